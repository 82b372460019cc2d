package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/rt/decimal"
)

// value is a JSON value as it stands: members in order, numbers as text. It is one of object, list,
// string, json.Number, bool and nil.
type value any

type object []member

type member struct {
	name  string
	value value
}

type list []value

// parse reads one JSON value. Two members of one name are an error: their meaning is open.
func parse(data []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("there is more after the value")
	}
	return v, nil
}

const maxDepth = 1000

func parseValue(d *json.Decoder, depth int) (value, error) {
	if depth > maxDepth {
		return nil, errors.New("nested too deep")
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		o, seen := object{}, map[string]bool{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			n, _ := name.(string)
			if seen[n] {
				return nil, errors.New("the member " + strconv.Quote(n) + " is there twice")
			}
			seen[n] = true
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			o = append(o, member{n, v})
		}
		_, err := d.Token()
		return o, err
	case json.Delim('['):
		l := list{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		_, err := d.Token()
		return l, err
	}
	return t, nil
}

// appendValue writes a value without white space.
func appendValue(b []byte, v value) []byte {
	switch v := v.(type) {
	case object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(append(appendString(b, m.name), ':'), m.value)
		}
		return append(b, '}')
	case list:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, e)
		}
		return append(b, ']')
	case string:
		return appendString(b, v)
	case json.Number:
		return append(b, v...)
	case bool:
		return strconv.AppendBool(b, v)
	}
	return append(b, "null"...)
}

func appendString(b []byte, s string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// Equal compares two JSON texts and returns the first difference, with its path, or "" when there is
// none. The order of members does not count, and numbers are compared by their exact value: 60.0 is
// 60, and 0.1 is not 0.10000000000000001. Two empty texts are equal.
func Equal(a, b []byte) (diff string) {
	a, b = bytes.TrimSpace(a), bytes.TrimSpace(b)
	if len(a) == 0 || len(b) == 0 {
		if len(a) == len(b) {
			return ""
		}
		return "one is empty: " + show(string(a)) + " and " + show(string(b))
	}
	x, err := parse(a)
	if err != nil {
		return "the first is no JSON: " + err.Error()
	}
	y, err := parse(b)
	if err != nil {
		return "the second is no JSON: " + err.Error()
	}
	return differ("", x, y)
}

func differ(path string, a, b value) string {
	at := func(what string) string {
		if path == "" {
			return "the value " + what
		}
		return path + " " + what
	}
	switch x := a.(type) {
	case object:
		y, ok := b.(object)
		if !ok {
			break
		}
		for _, m := range x {
			other, ok := y.get(m.name)
			if !ok {
				return join(path, m.name) + " is in the first only: " + show(string(appendValue(nil, m.value)))
			}
			if d := differ(join(path, m.name), m.value, other); d != "" {
				return d
			}
		}
		for _, m := range y {
			if _, ok := x.get(m.name); !ok {
				return join(path, m.name) + " is in the second only: " + show(string(appendValue(nil, m.value)))
			}
		}
		return ""
	case list:
		y, ok := b.(list)
		if !ok {
			break
		}
		for i := range min(len(x), len(y)) {
			if d := differ(path+"["+strconv.Itoa(i)+"]", x[i], y[i]); d != "" {
				return d
			}
		}
		if len(x) != len(y) {
			return at("has " + strconv.Itoa(len(x)) + " and " + strconv.Itoa(len(y)) + " elements")
		}
		return ""
	case json.Number:
		if y, ok := b.(json.Number); ok && decimal.Compare(string(x), string(y)) == 0 {
			return ""
		}
	default:
		if _, ok := b.(object); ok {
			break
		}
		if _, ok := b.(list); !ok && a == b {
			return ""
		}
	}
	return at("is " + show(string(appendValue(nil, a))) + " and " + show(string(appendValue(nil, b))))
}

func (o object) get(name string) (value, bool) {
	for _, m := range o {
		if m.name == name {
			return m.value, true
		}
	}
	return nil, false
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func show(s string) string {
	if len(s) > 120 {
		s = s[:120] + "…"
	}
	return s
}
