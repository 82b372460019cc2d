package json

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
)

// documents makes random texts for a type, with all that servers do to them.
type documents struct{ *rand.Rand }

func (d documents) pick(s ...string) string { return s[d.IntN(len(s))] }

func (d documents) space() string { return d.pick("", "", "", "", " ", "\n    ", "\t") }

// anything is a value of any type.
func (d documents) anything(depth int) string {
	if depth > 0 && d.IntN(4) == 0 {
		if d.IntN(2) == 0 {
			return "[" + d.anything(depth-1) + d.space() + "," + d.anything(depth-1) + "]"
		}
		return `{"k":` + d.anything(depth-1) + `,"` + d.text() + `":` + d.space() + d.anything(depth-1) + `}`
	}
	return d.pick("null", "true", "false", "0", "-1", "1.5", "1e999", "-0", `""`, `"x"`, "[]", "{}", `"`+d.text()+`"`)
}

func (d documents) text() string {
	return d.pick("", "a", "hello world", `\n\t\"`, `\u00e9`, "é", `\ud83d\ude00`, `\udead`, "a rather long text that does not fit into eight bytes", "2020-01-01T00:00:00Z", "yes", "1", "1,2")
}

func (d documents) value(t *Type, depth int) []byte {
	switch t.Kind {
	case Struct:
		return d.object(t, depth)
	case Tuple:
		return d.tuple(t, depth)
	}
	return []byte(d.kind(t.Kind, t.Form(), depth))
}

func (d documents) object(t *Type, depth int) []byte {
	var b bytes.Buffer
	b.WriteString("{" + d.space())
	members := d.Perm(len(t.Fields))
	if d.IntN(2) == 0 {
		for i := range members {
			members[i] = i
		}
	}
	first := true
	add := func(key, value string) {
		if !first {
			b.WriteString(d.space() + "," + d.space())
		}
		first = false
		b.WriteString(key + d.space() + ":" + d.space() + value)
	}
	for _, i := range members {
		f := &t.Fields[i]
		key := f.Key[1 : len(f.Key)-1]
		for range max(1, d.IntN(30)-27) { // now and then a member twice
			switch n := d.IntN(20); {
			case n < 7:
			case n < 8:
				add(key, "null")
			case n < 10:
				add(key, d.anything(depth))
			case n < 11:
				add(`"new_`+d.text()+`"`, d.anything(depth))
			default:
				add(key, d.field(f, depth))
			}
		}
	}
	if t.Flags&HasAdditional != 0 {
		for range d.IntN(3) {
			add(`"`+d.text()+`"`, string(d.value(t.Sub, depth-1)))
		}
	}
	b.WriteString(d.space() + "}")
	return b.Bytes()
}

func (d documents) field(f *Field, depth int) string {
	if f.Kind == Constant || f.Const != "" && d.IntN(8) > 0 {
		return f.Const
	}
	return d.kind(f.Kind, f.Sub, depth)
}

func (d documents) tuple(t *Type, depth int) []byte {
	var list []string
	for i := range max(0, len(t.Fields)+d.IntN(3)-d.IntN(3)) {
		switch {
		case i < len(t.Fields):
			list = append(list, d.field(&t.Fields[i], depth-1))
		case t.Flags&HasAdditional != 0:
			list = append(list, string(d.value(t.Sub, depth-1)))
		default:
			list = append(list, d.anything(1))
		}
	}
	return []byte("[" + d.space() + strings.Join(list, d.space()+","+d.space()) + "]")
}

func (d documents) union(u *Union, depth int) string {
	v := &u.Variants[d.IntN(len(u.Variants))]
	text := string(d.value(v.Type, depth-1))
	if len(v.Values) == 0 || text[0] != '{' {
		return text
	}
	members := strings.Trim(text[1:len(text)-1], " \n\t")
	key := u.Key[1:] + d.pick(v.Values...)
	switch {
	case members == "":
		return "{" + key + "}"
	case d.IntN(2) == 0:
		return "{" + key + "," + members + "}"
	}
	return "{" + members + "," + key + "}"
}

func (d documents) kind(kind Kind, sub *Type, depth int) string {
	if d.IntN(12) == 0 {
		return d.anything(1)
	}
	switch kind {
	case String:
		return `"` + d.text() + `"`
	case Bool:
		return d.pick("true", "false")
	case Int, Int32, Int64, Uint32, Uint64:
		return d.pick("0", "1", "-1", "12345", "2147483648", "9223372036854775807", "18446744073709551615", "1.0", "1e3", "-0", "1e30")
	case Float32, Float64:
		return d.pick("0", "0.1", "1.50", "-2e10", "1e-7", "1E5", "16777217", "1e39", "1e309", "123456789.123456789")
	case Decimal:
		return d.pick("0", "0.10", "12345678901234567890.1", "-1e5")
	case Time:
		return d.pick(`"2020-01-01T00:00:00Z"`, `"2020-01-01T00:00:00.5+02:00"`, `"2020-01-01T00:00:00.50Z"`, `"2020-01-01t00:00:00z"`, `"0001-01-01T00:00:00Z"`, `"never"`)
	case Bytes:
		return d.pick(`""`, `"aGk="`, `"aGk"`, `"aGl="`, `"a\u0047k="`)
	case Any:
		return d.anything(depth)
	case Object:
		if t := sub; t.Kind == Tuple {
			if depth <= 0 {
				return "[]"
			}
			return string(d.tuple(t, depth))
		}
		if depth > 0 {
			return string(d.value(sub, depth-1))
		}
		return "{}"
	case Strings, Slice:
		var list []string
		for range d.IntN(4) {
			if kind == Strings {
				list = append(list, d.kind(String, nil, depth))
			} else if depth > 0 {
				list = append(list, string(d.value(sub, depth-1)))
			}
		}
		return "[" + d.space() + strings.Join(list, d.space()+","+d.space()) + "]"
	case Map:
		var list []string
		for range d.IntN(4) {
			if depth > 0 {
				list = append(list, `"`+d.text()+`"`+d.space()+":"+d.space()+string(d.value(sub, depth-1)))
			}
		}
		return "{" + strings.Join(list, ",") + d.space() + "}"
	case Interface:
		if depth <= 0 {
			return d.anything(0)
		}
		return d.union(sub.Union, depth)
	case Marshaled:
		switch sub {
		case xy(xAddr):
			return d.pick(`"10.0.0.1"`, `"::1"`, `"0:0::1"`, `""`, `"x"`, `"\u003a:1"`)
		case xy(xURL):
			return d.pick(`"https://example.com/a?b=c"`, `""`, `"HTTP://x"`, `":"`, `"a b"`)
		case xy(xBig):
			return d.pick("0", "-0", "123456789012345678901234567890", "1.5", "1e3", `"1"`)
		}
	case Wired:
		switch w := sub.Wire; w.Kind {
		case WireBool:
			return d.pick(`"yes"`, `"no"`, `"y\u0065s"`, `"YES"`, "true")
		case WireInt, WireInt64, WireUint64:
			return d.pick(`"1"`, `"-5"`, `"007"`, `"0"`, "1")
		case WireFloat:
			return d.pick(`"1.5"`, `"1.50"`, `"1e400"`, `"0"`)
		case WireList:
			return d.pick(`""`, `"a,b"`, `"1, 2"`, `","`, "[]")
		case WireBase64URL:
			return d.pick(`""`, `"-_8="`, `"-_8"`, `"+/8="`, `"-\u005f8="`)
		case WireBase16:
			return d.pick(`""`, `"00FF"`, `"00ff"`, `"0"`)
		case WireTime:
			return d.pick(`"16:05"`, `"00:00"`, `"2015-12-14T03:34Z"`, `"2015-12-14T03:34:00Z"`, `"7:5"`)
		}
	}
	panic(fmt.Sprint("kind ", kind))
}
