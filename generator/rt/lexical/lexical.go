// Package lexical reads values of generated types from text, which says nothing of types by itself: parameters, forms,
// XML. What the codec's description says of a value tells how its text is to be read; the result is JSON, which the
// codec decodes.
package lexical

import (
	stdjson "encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// Shape is what the description of a value says of reading it.
type Shape struct {
	kind  json.Kind
	flags json.Flags
	sub   *json.Type
	text  string // Constant: its JSON
}

// Of returns the shape of the value that v describes.
func Of(v json.Ref) Shape { return typeShape(v.Type) }

func typeShape(t *json.Type) Shape {
	t = t.Real()
	if t.Kind == json.Struct || t.Kind == json.Tuple {
		return Shape{kind: json.Object, flags: t.Flags, sub: t}
	}
	return Shape{kind: t.Kind, flags: t.Flags, sub: t.Form()}
}

func fieldShape(f *json.Field) Shape {
	return Shape{kind: f.Kind, flags: f.Flags, sub: f.Sub, text: f.Const}
}

// Class is the form of a value in JSON.
type Class uint8

// The classes.
const (
	Scalar Class = iota
	List
	Object
)

// As returns what a value is when it has the class: a variant of a union, or the shape itself. Raw JSON has
// any.
func (s Shape) As(c Class) (Shape, bool) {
	for _, v := range s.variants(0) {
		switch {
		case v.kind == json.Any:
			return v, true
		case v.Class() == c:
			return v, true
		}
	}
	return Shape{}, false
}

// variants are the shapes that a value may have: those of a union, or one.
func (s Shape) variants(depth int) []Shape {
	const most = 8 // unions within unions
	if s.kind != json.Interface || depth == most {
		return []Shape{s}
	}
	var out []Shape
	for _, v := range s.sub.Real().Union.Variants {
		out = append(out, typeShape(v.Type).variants(depth+1)...)
	}
	return out
}

// Objects are the objects that a value may be: the variants of a union that are some, or the shape itself.
func (s Shape) Objects() []Shape {
	return slices.DeleteFunc(s.variants(0), func(v Shape) bool { return v.Class() != Object })
}

// Class is the form of the value, where it is no union.
func (s Shape) Class() Class {
	switch s.kind {
	case json.Map:
		return Object
	case json.Strings, json.Slice:
		return List
	case json.Object:
		if s.sub.Real().Kind == json.Tuple {
			return List
		}
		return Object
	}
	return Scalar
}

// Members are the names that an object can have, and whether it can have others.
func (s Shape) Members() (names []string, open bool) {
	for _, v := range s.variants(0) {
		switch {
		case v.kind == json.Map || v.kind == json.Any:
			open = true
		case v.kind == json.Object:
			t := v.sub.Real()
			open = open || t.Flags&json.HasAdditional != 0
			for i := range t.Fields {
				if name := memberName(&t.Fields[i]); !slices.Contains(names, name) { // variants share members
					names = append(names, name)
				}
			}
		}
	}
	return names, open
}

// memberName is the name in the key of a field: `,"name":`.
func memberName(f *json.Field) string {
	var name string
	if len(f.Key) > 2 {
		_ = stdjson.Unmarshal([]byte(f.Key[1:len(f.Key)-1]), &name)
	}
	return name
}

// Member is the shape of a member; of several variants the first that has it decides.
func (s Shape) Member(name string) (Shape, bool) {
	var additional Shape
	open := false
	for _, v := range s.variants(0) {
		switch v.kind {
		case json.Any:
			additional, open = v, true
		case json.Map:
			additional, open = typeShape(v.sub), true
		case json.Object:
			t := v.sub.Real()
			for i := range t.Fields {
				if memberName(&t.Fields[i]) == name {
					return fieldShape(&t.Fields[i]), true
				}
			}
			if t.Flags&json.HasAdditional != 0 {
				additional, open = typeShape(t.Sub), true
			}
		}
	}
	return additional, open
}

// Item is the shape of an element of a list.
func (s Shape) Item(i int) Shape {
	switch s.kind {
	case json.Strings:
		return Shape{kind: json.String}
	case json.Slice:
		return typeShape(s.sub)
	case json.Object:
		t := s.sub.Real()
		if i < len(t.Fields) {
			return fieldShape(&t.Fields[i])
		}
		if t.Flags&json.HasAdditional != 0 {
			return typeShape(t.Sub)
		}
	}
	return Shape{kind: json.Any}
}

// JSON makes JSON of a text. A list or object is JSON already: styles that know scalars only write it so.
func (s Shape) JSON(text string) ([]byte, error) {
	if s.kind == json.Interface {
		return s.union(text)
	}
	switch s.kind {
	case json.Constant:
		if quoted := json.AppendString(nil, text); string(quoted) == s.text || text != s.text {
			return quoted, nil
		}
		return []byte(text), nil
	case json.Bool:
		if text != "true" && text != "false" {
			return nil, errors.New("is neither true nor false")
		}
		return []byte(text), nil
	case json.Int, json.Int32, json.Int64, json.Uint32, json.Uint64:
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			if _, err := strconv.ParseUint(text, 10, 64); err != nil {
				return nil, errors.New("is no integer")
			}
		}
		return []byte(text), nil
	case json.Float32, json.Float64, json.Decimal:
		if !number(text) {
			return nil, errors.New("is no number")
		}
		return []byte(text), nil
	case json.Marshaled:
		if s.sub.Real().Text.Number {
			return []byte(text), nil
		}
	case json.Any:
		if !strings.HasPrefix(text, `"`) && stdjson.Valid([]byte(text)) {
			return []byte(text), nil
		}
	case json.Object, json.Map, json.Strings, json.Slice:
		if !stdjson.Valid([]byte(text)) {
			return nil, errors.New("is no JSON")
		}
		return []byte(text), nil
	}
	return json.AppendString(nil, text), nil
}

// union reads a text as the variant it fits best: what is no string comes first, since every text is one.
func (s Shape) union(text string) ([]byte, error) {
	var last []byte
	err := errors.New("is none of the variants")
	for _, v := range s.variants(0) {
		b, e := v.JSON(text)
		if e != nil {
			continue
		}
		if b[0] != '"' {
			return b, nil
		}
		last, err = b, nil
	}
	return last, err
}

// number reports whether a text is a number of JSON.
func number(text string) bool {
	var n stdjson.Number
	return text != "" && text[0] != '"' && stdjson.Unmarshal([]byte(text), &n) == nil && n != ""
}

// Members puts the JSON of an object together.
type Members struct{ text []byte }

// Add adds a member.
func (o *Members) Add(name string, value []byte) {
	if len(o.text) == 0 {
		o.text = append(o.text, '{')
	} else {
		o.text = append(o.text, ',')
	}
	o.text = append(append(json.AppendString(o.text, name), ':'), value...)
}

// Empty reports whether there is no member.
func (o *Members) Empty() bool { return len(o.text) == 0 }

// End returns the object.
func (o *Members) End() []byte {
	if len(o.text) == 0 {
		return []byte("{}")
	}
	return append(o.text, '}')
}

// ListOf reads each text as an element.
func (s Shape) ListOf(texts []string) ([]byte, error) {
	b := []byte{'['}
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		e, err := s.Item(i).JSON(text)
		if err != nil {
			return nil, err
		}
		b = append(b, e...)
	}
	return append(b, ']'), nil
}

// ObjectOf reads names and texts.
func (s Shape) ObjectOf(names, texts []string) ([]byte, error) {
	var o Members
	for i, name := range names {
		m, ok := s.Member(name)
		if !ok {
			return nil, errors.New("has an unknown member " + strconv.Quote(name))
		}
		e, err := m.JSON(texts[i])
		if err != nil {
			return nil, err
		}
		o.Add(name, e)
	}
	return o.End(), nil
}

// Required reports whether the value is a member that has to be there.
func (s Shape) Required() bool { return s.flags&json.Required != 0 }

// Open reports whether the value is any JSON.
func (s Shape) Open() bool { return s.kind == json.Any }

// Union reports whether the value is one of several.
func (s Shape) Union() bool { return s.kind == json.Interface }
