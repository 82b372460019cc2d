package agree

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/scratch/inline"
	"example.com/scratch/rt/json"
	"example.com/scratch/table"
)

// names are those of the types, in order.
var names = slices.Sorted(maps.Keys(table.Refs))

// modes are the ways to read.
var modes = []json.Mode{0, json.WithPresence, json.Strict, json.Alias, json.WithPresence | json.Known, json.Strict | json.Alias}

// reading is all that can be seen of a value that was read.
type reading struct {
	Syntax     string
	Deviations []json.Deviation
	Strict     string
	Text       string
	Error      string
	Members    []string
	Unknown    map[string]json.Raw
	Recorded   bool
}

func read(v json.Ref, data []byte, mode json.Mode) (r reading) {
	err := json.Decode(data, v, json.DecodeOptions{Mode: mode, Report: func(d json.Deviation) { r.Deviations = append(r.Deviations, d) }})
	var wrong *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		r.Syntax = err.Error()
		return r
	case err != nil:
		r.Strict = err.Error()
	}
	look(&r, v)
	return r
}

// look finds out what a value is.
func look(r *reading, v json.Ref) {
	b, err := json.Append([]byte("before"), v)
	if r.Text = string(b); err != nil {
		r.Error = err.Error()
	}
	t := v.Type.Real()
	for _, f := range t.Fields {
		if f.Key == "" {
			continue
		}
		var name string
		if err := stdjson.Unmarshal([]byte(f.Key[1:len(f.Key)-1]), &name); err != nil {
			panic(err)
		}
		r.Members = append(r.Members, fmt.Sprint(name, v.Has(name), v.IsNull(name)))
	}
	for _, name := range []string{"x-unknown", "other", ""} {
		r.Members = append(r.Members, fmt.Sprint(name, v.Has(name), v.IsNull(name)))
	}
	r.Unknown, r.Recorded = v.Unknown(), v.Recorded()
	if n, ok := json.Len(v); ok {
		for i := range n {
			b, err := json.AppendElement(nil, v, i)
			r.Members = append(r.Members, string(b), fmt.Sprint(err))
		}
	}
}

// digest is of all that was found to be the same, so that it can be compared with what others find.
var digest = sha256.New()

// agree reads data with both codecs, in every mode, and again over what is there.
func agree(t *testing.T, name string, data []byte) {
	t.Helper()
	same := func(what string, mode json.Mode, a, b reading) {
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%s, %s, mode %b: %s\n table: %+v\ninline: %+v", name, what, mode, data, a, b)
		}
		fmt.Fprintf(digest, "%s %s %b %s %+v\n", name, what, mode, data, a)
	}
	a, b := table.Refs[name](), inline.Refs[name]()
	var x, y reading
	look(&x, a)
	look(&y, b)
	same("zero", 0, x, y)
	for _, mode := range modes {
		x, y := read(a, bytes.Clone(data), mode), read(b, bytes.Clone(data), mode)
		same("read", mode, x, y)
		if x.Syntax != "" {
			if mode == 0 && stdjson.Valid(data) && !strings.Contains(x.Syntax, "nest") && !strings.Contains(x.Syntax, "UTF-8") {
				t.Fatalf("%s: encoding/json takes %q: %s", name, data, x.Syntax)
			}
			a, b = table.Refs[name](), inline.Refs[name]() // in an unknown state
			continue
		}
		if !stdjson.Valid(data) {
			t.Fatalf("%s: encoding/json does not take %q", name, data)
		}
		if text := strings.TrimPrefix(x.Text, "before"); x.Error == "" {
			if !stdjson.Valid([]byte(text)) {
				t.Fatalf("%s: what is written is no JSON: %s", name, text)
			}
			same("written", mode, read(a, []byte(text), mode), read(b, []byte(text), mode))
		}
	}
}

func TestCodecsAgree(t *testing.T) {
	rounds := 20
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil {
		rounds = n
	}
	seed := uint64(1)
	if n, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed = n
	}
	if len(names) != len(inline.Refs) || len(names) == 0 {
		t.Fatalf("%d and %d types", len(names), len(inline.Refs))
	}
	t.Logf("%d types, SEED=%d ROUNDS=%d", len(names), seed, rounds)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			r := &random{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
			for n := range rounds {
				r.odd = n % 4 * 8 // of 100 values; some texts are as the document has them
				data := []byte(r.value(table.Refs[name]().Type, 0))
				agree(t, name, data)
				if n%3 == 0 && len(data) > 0 { // a text that is mostly none
					agree(t, name, data[:r.IntN(len(data))])
					data[r.IntN(len(data))] = ` "{}[],:\0etn-.1`[r.IntN(16)]
					agree(t, name, data)
				}
			}
		})
	}
}

// TestDigest says what was found, to a file.
func TestDigest(t *testing.T) {
	if file := os.Getenv("DIGEST"); file != "" {
		if err := os.WriteFile(file, []byte(hex.EncodeToString(digest.Sum(nil))), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func FuzzCodecsAgree(f *testing.F) {
	for i, name := range names {
		r := &random{Rand: rand.New(rand.NewPCG(7, uint64(i)))}
		for n := range 3 {
			r.odd = n * 10
			f.Add(uint16(i), []byte(r.value(table.Refs[name]().Type, 0)))
		}
	}
	f.Fuzz(func(t *testing.T, i uint16, data []byte) { agree(t, names[int(i)%len(names)], data) })
}

// random makes values of types.
type random struct {
	*rand.Rand
	odd int // percent of values that the document does not have
}

func (r *random) one(list ...string) string { return list[r.IntN(len(list))] }

func (r *random) space() string {
	if r.IntN(4) > 0 {
		return ""
	}
	return r.one(" ", "\n", "\n          ", "\t", " \r\n  ")
}

// anything is a value of any type.
func (r *random) anything(depth int) string {
	switch r.IntN(10) {
	case 0:
		return "null"
	case 1:
		return r.one("true", "false")
	case 2:
		return r.one("0", "-0", "1", "-7", "1.0", "1e2", "1.50", "0.1", "1e400", "99999999999999999999", "-9223372036854775808", "18446744073709551615", "2147483648")
	case 3:
		return `[` + r.one("", "1", `"a","b"`, "{}", "null,1", "[[]]") + `]`
	case 4:
		return `{` + r.one("", `"a":1`, `"type":"x"`, `"kind":null,"id":"z"`) + `}`
	case 5:
		return r.one(`"2024-02-03T04:05:06Z"`, `"2024-02-03T04:05:06.100+02:00"`, `"2024-02-03"`, `"YWJj"`, `"YWJj\n"`, `"616263"`, `"12"`, `"true"`, `"1,2,3"`, `"10.0.0.1"`, `"https://example.com/a?b"`)
	}
	return r.text()
}

func (r *random) text() string {
	return `"` + r.one("", "a", "b", "plain text of some length", `\u0041\n`, `\ud800`, `\ud83d\ude00`, "é", "x\\\"y", "dog", "cat", "active", strings.Repeat("long ", 40)) + `"`
}

// value is a value of a type.
func (r *random) value(t *json.Type, depth int) string {
	t = t.Real()
	switch t.Kind {
	case json.Struct, json.Tuple:
		return r.of(json.Object, 0, t, depth)
	}
	return r.of(t.Kind, t.Flags, t.Form(), depth)
}

func (r *random) of(kind json.Kind, fl json.Flags, sub *json.Type, depth int) string {
	if r.IntN(100) < r.odd || depth > 6 {
		return r.anything(depth)
	}
	if fl&json.Nullable != 0 && r.IntN(5) == 0 {
		return "null"
	}
	switch kind {
	case json.String:
		return r.text()
	case json.Bool:
		return r.one("true", "false")
	case json.Int, json.Int32, json.Int64:
		return r.one("0", "1", "-1", "42", "2147483647", "1e3", "7.0")
	case json.Uint32, json.Uint64:
		return r.one("0", "1", "42", "4294967295", "1e3")
	case json.Float32, json.Float64, json.Decimal:
		return r.one("0", "-0", "1", "1.5", "1.50", "1e-9", "3.25E+2", "100")
	case json.Time:
		return r.one(`"2024-02-03T04:05:06Z"`, `"2024-02-03T04:05:06.100+02:00"`, `"2024-02-03t04:05:06z"`)
	case json.Bytes:
		return r.one(`""`, `"YWJj"`, `"YQ=="`)
	case json.Object:
		return r.object(sub.Real(), depth)
	case json.Strings:
		return r.list(func() string { return r.text() })
	case json.Slice:
		return r.list(func() string { return r.value(sub, depth+1) })
	case json.Map:
		var b strings.Builder
		for i := range r.IntN(4) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(r.space() + r.text() + r.space() + ":" + r.space() + r.value(sub, depth+1) + r.space())
		}
		return "{" + b.String() + "}"
	case json.Wired:
		switch sub.Wire.Kind {
		case json.WireBool:
			return strconv.Quote(r.one(sub.Wire.True, sub.Wire.False))
		case json.WireList:
			return strconv.Quote(r.one("", "1", "1"+sub.Wire.Separator+"2"))
		case json.WireInt, json.WireInt64, json.WireUint64, json.WireFloat:
			return r.one(`"0"`, `"12"`, `"-3"`, `"1.50"`, `"01"`)
		case json.WireTime:
			return r.one(`"2024-02-03"`, `"2024-02-03T04:05Z"`, `"2024-02-03 04:05:06"`, `"04:05"`)
		}
		return r.one(`""`, `"YWJj"`, `"YQ"`, `"616263"`, `"_-"`)
	case json.Interface:
		variants := sub.Real().Union.Variants
		v := &variants[r.IntN(len(variants))]
		text := r.value(v.Type, depth+1)
		if len(v.Values) > 0 && strings.HasPrefix(text, "{") && r.IntN(8) > 0 {
			member := sub.Real().Union.Key[1:] + v.Values[r.IntN(len(v.Values))]
			if text == "{}" {
				return "{" + member + "}"
			}
			return "{" + member + "," + text[1:]
		}
		return text
	case json.Marshaled:
		return r.one(`"10.0.0.1"`, `"10.0.0.0/8"`, `"::1"`, `"https://example.com/a?b"`, "12", "1.5", `"2001:db8::1"`)
	}
	return r.anything(depth)
}

func (r *random) list(item func() string) string {
	var b strings.Builder
	n := r.IntN(5)
	if r.IntN(20) == 0 {
		n = 40
	}
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(r.space() + item() + r.space())
	}
	return "[" + b.String() + "]"
}

func (r *random) object(t *json.Type, depth int) string {
	var members []string
	field := func(f *json.Field) string {
		if f.Kind == json.Constant && r.IntN(100) >= r.odd {
			return f.Const
		}
		if f.Const != "" && r.IntN(3) > 0 {
			return f.Const
		}
		return r.of(f.Kind, f.Flags, f.Sub, depth+1)
	}
	if t.Kind == json.Tuple {
		n := len(t.Fields)
		if r.IntN(100) < r.odd {
			n = r.IntN(n + 2)
		}
		for i := range n {
			if i < len(t.Fields) {
				members = append(members, field(&t.Fields[i]))
			} else {
				members = append(members, r.anything(depth))
			}
		}
		if n == len(t.Fields) && t.Flags&json.HasAdditional != 0 {
			for range r.IntN(3) {
				members = append(members, r.value(t.Sub, depth+1))
			}
		}
		return "[" + strings.Join(members, r.space()+",") + "]"
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		key := f.Key[1:]
		if r.IntN(30) == 0 {
			key = `"\u00` + strconv.FormatInt(int64(key[1]), 16) + key[2:] // of ASCII
		}
		if f.Flags&json.Required == 0 && r.IntN(3) == 0 || r.IntN(100) < r.odd/4 {
			continue
		}
		members = append(members, r.space()+key+r.space()+field(f)+r.space())
		if r.IntN(200) < r.odd {
			members = append(members, key+field(f))
		}
	}
	if t.Flags&json.HasAdditional != 0 {
		for range r.IntN(3) {
			members = append(members, r.text()+":"+r.value(t.Sub, depth+1))
		}
	} else if r.IntN(100) < r.odd {
		members = append(members, `"x-unknown":`+r.anything(depth))
	}
	if r.IntN(3) == 0 {
		r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	}
	return "{" + strings.Join(members, ",") + "}"
}
