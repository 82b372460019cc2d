package json

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// The grammar of RFC 8259, by our own cases. Texts between quotes of Go hold bytes that are not UTF-8.
var accepted = []string{
	// any value may be a text, white space around it
	`null`, `true`, `false`, `0`, `""`, `"x"`, `[]`, `{}`, " \t\r\n null\n", "\t[\r\n]\t", `-0`, `1`,
	// numbers
	`-1`, `10`, `1234567890`, `0.0`, `0.1`, `-0.1`, `1.25`, `0e0`, `0E0`, `1e5`, `1E5`, `1e+5`, `1e-5`, `1E+05`, `1.5e10`,
	`-0.0`, `-0e-0`, `123e65`, `1e400`, `-1e400`, `1e-400`, `0.` + strings.Repeat("0", 80) + `1`, strings.Repeat("9", 400),
	// strings
	`"\""`, `"\\"`, `"\/"`, `"/"`, `"\b\f\n\r\t"`, `"\u0000"`, `"\u00e9"`, `"\u00E9"`, `"\uD83D\uDE00"`, `"\ud83d\ude00x"`,
	`"é"`, `"€"`, `"😀"`, "\"\x7f\"", "\"\u0080\"", "\"\u2028\u2029\"", "\"\ufeff\"", "\"\uffff\"", "\"\U0010ffff\"", `" "`, `"` + strings.Repeat("a", 100) + `"`,
	`"12345678"`, `"1234567\n"`, `"\n1234567"`, `"\u005C"`, `"\u0022"`,
	// halves of surrogate pairs, in every place: the grammar has them
	`"\ud800"`, `"\udc00"`, `"\ud800\ud800"`, `"\udc00\ud800"`, `"\ud800x"`, `"\ud800\n"`, `"\ud800\u0041"`,
	// arrays and objects
	`[1]`, `[1,2]`, `[ 1 , 2 ]`, `[[]]`, `[[],[[]],{}]`, `[null,true,"x",1,{},[]]`, `["a",1]`,
	`{"a":1}`, `{"a":1,"b":2}`, ` { "a" : 1 , "b" : { } } `, `{"":0}`, `{"a":1,"a":2}`, `{"a":{"a":{"a":[]}}}`, `{"\u0061\n":1}`, `{"a":[{}],"b":null}`,
	`[` + strings.Repeat(" ", 100) + `]`, "[\n" + strings.Repeat(" ", 17) + "1,\n" + strings.Repeat(" ", 9) + "2]",
}

var refused = []string{
	// no text, or more than one
	``, ` `, "\n\t", `null null`, `1 2`, `{}{}`, `[][]`, `[] x`, `""""`, `{} ,`, `1,`, `[1],`, `{"a":1}}`, `[1]]`, "1\x00", "\x00", "[]\x00",
	// byte order marks and other space
	"\ufeff1", "\u00a01", "\v1", "\f1", "\u20281", "[1\u00a0]", "[\f]", "1\u0085",
	// words
	`nul`, `nulll`, `Null`, `NULL`, `tru`, `truee`, `True`, `fals`, `falsey`, `undefined`, `NaN`, `nan`, `Infinity`, `-Infinity`, `inf`, `[nul`, `[tru]`, `nan()`, `n`, `t`, `f`,
	// numbers
	`-`, `+1`, `01`, `-01`, `00`, `0123`, `1.`, `.1`, `-.1`, `1.e1`, `1e`, `1e+`, `1e-`, `1E`, `1e1.5`, `1e1e1`, `1.2.3`, `--1`, `-+1`, `- 1`, `1 000`, `1_000`, `0x1F`, `0b1`, `1a`, `1-`, `1+1`, `１`, `[1.]`, `[.5]`, `[-]`, `[1e]`, `0.e1`, `-a`, `1f`, `1d`,
	// strings
	`"`, `"a`, `'a'`, `"\`, `"\"`, `"\x41"`, `"\a"`, `"\v"`, `"\0"`, `"\'"`, `"\U0041"`, `"\u"`, `"\u1"`, `"\u12"`, `"\u123"`, `"\u123g"`, `"\u 123"`, `"\u+123"`, `"\u-123"`, `"\ud800\u"`, `"\ud800\u12"`,
	"\"\n\"", "\"\t\"", "\"\x00\"", "\"\x1f\"", "\"a\rb\"", "\"1234567\x01\"", "\"\\\n\"", `a`, `a"`, `[a]`, `["a]`, "`a`", `"\é"`,
	// UTF-8
	"\"\x80\"", "\"\xff\"", "\"\xc3\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"", "\"\xf8\x88\x80\x80\x80\"", "\xff\xfe1\x00", "{\"\xff\":1}", "[\xc3\xa9]",
	// arrays
	`[`, `]`, `[1`, `[1,`, `[1,]`, `[,1]`, `[,]`, `[1,,2]`, `[1 2]`, `[1:2]`, `[1;2]`, `[1}`, `[}`, `[[1]`, `[1]]`, `(1)`, `["a" "b"]`, `[1,2`, `["a",`, `["a"`, `[*]`, `[...]`,
	// objects
	`{`, `}`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{,"a":1}`, `{"a":1,,"b":2}`, `{"a" 1}`, `{"a"::1}`, `{"a",1}`, `{"a"}`, `{a:1}`, `{'a':1}`, `{1:1}`, `{null:1}`, `{[]:1}`, `{"a":1 "b":2}`, `{"a":1;"b":2}`, `{"a":1]`, `{]`, `{"a":}`, `{"a":,}`, `{:1}`, `{"a":1:2}`, `{"a":{}`, `{"a":b}`, `{"a":1,"b"}`, `{"a\x":1}`, "{\"a\n\":1}", `{"a":1}/**/`,
	// comments
	`/**/1`, `1//`, `[1/**/]`, `#1`, `1 # one`, `{"a":1/*x*/}`,
}

// readers are the ways a text can be read: each must have the same grammar.
func readers() map[string]func(text string) error {
	return map[string]func(string) error{
		"Valid":   func(s string) error { return Valid([]byte(s)) },
		"Compact": func(s string) error { _, err := Compact(nil, []byte(s)); return err },
		"raw": func(s string) error {
			var v Raw
			return Decode([]byte(s), refAt(ty(tAny), pointerTo(&v)), DecodeOptions{})
		},
		"kinds":    func(s string) error { return Decode([]byte(s), new(kinds).ref(), DecodeOptions{}) },
		"options":  func(s string) error { return Decode([]byte(s), new(options).ref(), DecodeOptions{Mode: Alias}) },
		"presence": func(s string) error { return Decode([]byte(s), new(node).ref(), DecodeOptions{Mode: WithPresence}) },
		"strict": func(s string) error {
			var deviations *DeviationError
			if err := Decode([]byte(s), new(group).ref(), DecodeOptions{Mode: Strict}); !errors.As(err, &deviations) {
				return err
			}
			return nil
		},
	}
}

func TestTheGrammarIsThatOfRFC8259(t *testing.T) {
	// Around each text are the places where values stand.
	around := []string{`%s`, `[%s]`, `{"x":%s}`, `[[1,%s],2]`, `{"string":%s,"int":1}`, `{"object":{"id":%s}}`, `{"ints":[1,%s]}`, `{"names":{"k":%s}}`, `{"strings":["",%s]}`, "{\n    \"decimal\" : %s\n}", `{"left":{"children":[%s]}}`}
	for name, read := range readers() {
		for _, text := range accepted {
			for _, a := range around {
				text := fmt.Sprintf(a, text)
				if !stdjson.Valid([]byte(text)) {
					t.Fatalf("%q is a bad case", text)
				}
				if err := read(text); err != nil {
					t.Errorf("%s(%q): %v", name, text, err)
				}
			}
		}
		for _, text := range refused {
			for _, a := range around {
				text := fmt.Sprintf(a, text)
				if stdjson.Valid([]byte(text)) && utf8.ValidString(text) {
					continue // two texts side by side may be one in an array
				}
				err := read(text)
				var syntax *SyntaxError
				if !errors.As(err, &syntax) {
					t.Errorf("%s(%q): %v, a SyntaxError expected", name, text, err)
				} else if syntax.Offset < 0 || syntax.Offset > len(text) {
					t.Errorf("%s(%q): offset %d", name, text, syntax.Offset)
				}
			}
		}
	}
}

func TestEveryRefusedCaseIsRefusedAlone(t *testing.T) {
	for _, text := range refused {
		if stdjson.Valid([]byte(text)) && utf8.ValidString(text) {
			t.Errorf("%q is a bad case", text)
		}
	}
}

// Cut and changed in every byte, a text is accepted when encoding/json accepts it, and it is UTF-8.
func TestDamagedTexts(t *testing.T) {
	p := makePayloads(1)
	texts := map[string]string{"groups": string(p.compact), "kinds": everyKind, "pretty": string(p.pretty), "zoo": everyUnion}
	bytes := "\x00\n \"\\,:[]{}-+.eE09aftn/\x1f\x80\xc3"
	for name, text := range texts {
		refs := []func() Ref{func() Ref { return new(groupList).ref() }, func() Ref { return new(kinds).ref() }, func() Ref { return new(zoo).ref() }}
		n := 0
		try := func(damaged []byte) {
			n++
			want := stdjson.Valid(damaged) && utf8.Valid(damaged)
			mode := Mode(n % 5) // each of the modes, and two of them
			for _, ref := range refs {
				err := Decode(damaged, ref(), DecodeOptions{Mode: mode &^ Strict})
				if (err == nil) != want {
					t.Fatalf("%s: error %v, but valid is %v: %s", name, err, want, damaged)
				}
			}
			if err := Valid(damaged); (err == nil) != want {
				t.Fatalf("%s: Valid: %v, but valid is %v: %s", name, err, want, damaged)
			}
		}
		step := 1
		if testing.Short() || name == "pretty" {
			step = 7
		}
		for i := 0; i < len(text); i += step {
			try([]byte(text[:i]))
			try([]byte(text[i:]))
			try([]byte(text[:i] + text[i+1:]))
			for _, c := range []byte(bytes) {
				damaged := []byte(text)
				damaged[i] = c
				try(damaged)
			}
			try([]byte(text[:i] + string(bytes[i%len(bytes)]) + text[i:]))
		}
	}
}

func TestNestingHasALimit(t *testing.T) {
	nested := func(n int, open, close string) string {
		return strings.Repeat(open, n) + "1" + strings.Repeat(close, n)
	}
	for _, c := range []struct {
		name, open, close string
		per               int
	}{
		{"arrays", "[", "]", 1}, {"objects", `{"a":`, "}", 1}, {"unknown members", `{"new":[`, "]}", 2},
		{"recursive members", `{"left":`, `}`, 1}, {"recursive lists", `{"children":[`, `]}`, 2}, {"recursive maps", `{"named":{"k":`, `}}`, 2},
	} {
		for _, mode := range []Mode{0, WithPresence} {
			for _, limit := range []int{2, 10, 64, 65, 66, 200, DefaultMaxDepth} {
				o := DecodeOptions{Mode: mode, MaxDepth: limit}
				if limit == DefaultMaxDepth {
					o.MaxDepth = 0
				}
				if err := Decode([]byte(nested(limit/c.per, c.open, c.close)), new(node).ref(), o); err != nil {
					t.Errorf("%s at the limit of %d: %v", c.name, limit, err)
				}
				err := Decode([]byte(nested(limit/c.per+1, c.open, c.close)), new(node).ref(), o)
				var syntax *SyntaxError
				if !errors.As(err, &syntax) || !strings.Contains(syntax.Msg, "nesting") {
					t.Errorf("%s beyond the limit of %d: %v", c.name, limit, err)
				}
			}
		}
		if err := Decode([]byte(strings.Repeat(c.open, 1_000_000)), new(node).ref(), DecodeOptions{}); err == nil {
			t.Errorf("%s without end are accepted", c.name)
		}
		if err := Valid([]byte(strings.Repeat(c.open, 1_000_000))); err == nil {
			t.Errorf("%s without end are valid", c.name)
		}
		if _, ok := Lookup([]byte(strings.Repeat(c.open, 1_000_000)), "a", "left", "0"); ok {
			t.Errorf("%s without end are found", c.name)
		}
	}
}
