// Package instance makes random values that a schema allows. It works on the schemas of kin-openapi, which resolved them
// from the document without our help, and has each value judged by kin-openapi's validator before it lets go of it.
package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Fill is how much of an object is there.
type Fill int

// The fills.
const (
	Required Fill = iota // what must be there
	All                  // every property
	Some                 // each property by chance
)

// Maker makes values.
type Maker struct {
	Rand   *rand.Rand
	Doc    *openapi3.T
	Answer bool // values of responses: without what is only written; of requests: without what is only read
	Fill   Fill
	Text   Alphabet // of strings that have no format and no pattern
	Filled bool     // no empty lists, objects or strings: where they stand they cannot be told from absent ones

	left     int // values that may still be made before only the necessary ones are
	children map[*openapi3.Schema][]*openapi3.SchemaRef
}

// tries is how often a value is made anew when the validator refuses it. Each third, less of it is made.
const tries = 24

// Value makes a value. An error says that none was found that the validator accepts; one that is a [NoneError] says that
// there is none.
func (m *Maker) Value(s *openapi3.SchemaRef) (any, error) {
	fill := m.Fill
	defer func() { m.Fill = fill }()
	var last error
	none := true // in the tries that make no more than they have to
	for i := range tries {
		if i == tries/3 {
			m.Fill = Some
		} else if i == 2*tries/3 {
			m.Fill = Required
		}
		m.left = plenty
		v, err := m.value(s, 0)
		if err == nil {
			if err = m.Judge(s, v); err == nil {
				return v, nil
			}
		}
		if last = err; i >= 2*tries/3 {
			none = none && errors.As(err, new(NoneError))
		}
	}
	if v, ok := m.example(s); ok {
		return v, nil
	}
	if none {
		return nil, fmt.Errorf("there is no instance: %w", last)
	}
	return nil, fmt.Errorf("no instance found: %v", last)
}

// Judge is kin-openapi's verdict on a value.
func (m *Maker) Judge(s *openapi3.SchemaRef, v any) error {
	if s == nil || s.Value == nil {
		return nil
	}
	opts := []openapi3.SchemaValidationOption{openapi3.VisitAsRequest()}
	if m.Answer {
		opts = []openapi3.SchemaValidationOption{openapi3.VisitAsResponse()}
	}
	if m.Doc != nil && m.Doc.IsOpenAPI31OrLater() {
		opts = append(opts, openapi3.EnableJSONSchema2020())
	}
	return s.Value.VisitJSON(plain(v), opts...)
}

// plain is a value as encoding/json would decode it: what the validators know.
func plain(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		return v
	}
	var out any
	if json.Unmarshal(data, &out) != nil {
		return v
	}
	return out
}

// example falls back to what the document shows.
func (m *Maker) example(s *openapi3.SchemaRef) (any, bool) {
	if s == nil || s.Value == nil {
		return nil, false
	}
	for _, e := range append([]any{s.Value.Example, s.Value.Default}, s.Value.Examples...) {
		if e != nil && m.Judge(s, e) == nil {
			return e, true
		}
	}
	return nil, false
}

// plenty is how many values one may hold before only the necessary ones are made; at twice as many it has no end.
const plenty = 400

// deep is the nesting below which only what must be there is made; too deep is none at all.
const deep, tooDeep = 5, 24

// NoneError is why a schema allows no value at all.
type NoneError string

func (e NoneError) Error() string { return string(e) }

const endless NoneError = "the schema has no end"

func (m *Maker) value(ref *openapi3.SchemaRef, depth int) (any, error) {
	if ref == nil || ref.Value == nil {
		return m.anything(depth), nil
	}
	if m.left--; depth > tooDeep || m.left < -plenty {
		return nil, endless
	}
	var last error
	for i := range chances {
		s, c, err := m.choose(ref, depth)
		if err != nil {
			return nil, err
		}
		v, err := m.of(s, depth)
		if err != nil {
			return nil, err
		}
		if last = m.all(c.members, v); last == nil && (i == chances-1 || !c.ambiguous(v)) {
			return v, nil
		}
	}
	return nil, last
}

// chances is how often a value of a union is made anew that is none of the member that was chosen: of another one it
// may be, but would mean something else.
const chances = 6

// all reports whether a value is one of each schema.
func (m *Maker) all(list []*openapi3.SchemaRef, v any) error {
	for _, s := range list {
		if err := m.Judge(s, v); err != nil {
			return err
		}
	}
	return nil
}

// of makes a value of a schema without combinations.
func (m *Maker) of(s *openapi3.Schema, depth int) (any, error) {
	if s.Const != nil {
		return s.Const, nil
	}
	if len(s.Enum) > 0 {
		return m.listed(s)
	}
	none := s.Type != nil && len(*s.Type) == 0
	if m.nullable(s) && (none || m.chance(12)) {
		return nil, nil
	}
	if none {
		return nil, NoneError("what is combined is of different types")
	}
	switch m.typeOf(s) {
	case "object":
		return m.object(s, depth)
	case "array":
		return m.array(s, depth)
	case "string":
		return m.text(s), nil
	case "integer":
		return m.integer(s), nil
	case "number":
		return m.number(s), nil
	case "boolean":
		return m.chance(2), nil
	case "null":
		return nil, nil
	}
	return m.anything(depth), nil
}

// listed chooses one of the values that a schema lists, of those that are of its type.
func (m *Maker) listed(s *openapi3.Schema) (any, error) {
	bare := openapi3.NewSchemaRef("", &openapi3.Schema{Type: s.Type, Nullable: s.Nullable})
	fits := slices.DeleteFunc(slices.Clone(s.Enum), func(v any) bool { return m.Judge(bare, v) != nil })
	if len(fits) == 0 {
		return nil, NoneError("none of the values that are listed is of the type")
	}
	return fits[m.Rand.IntN(len(fits))], nil
}

func (m *Maker) chance(n int) bool { return m.Rand.IntN(n) == 0 }

func (m *Maker) nullable(s *openapi3.Schema) bool {
	return !m.Filled && (s.Nullable || s.Type != nil && s.Type.Includes("null") && len(*s.Type) > 1)
}

// typeOf chooses one of the types a schema allows.
func (m *Maker) typeOf(s *openapi3.Schema) string {
	if s.Type != nil && len(*s.Type) > 0 {
		types := *s.Type
		if t := types[m.Rand.IntN(len(types))]; t != "null" {
			return t
		}
		return types[0]
	}
	switch {
	case len(s.Properties) > 0, len(s.Required) > 0, s.AdditionalProperties.Schema != nil, len(s.PatternProperties) > 0:
		return "object"
	case s.Items != nil, len(s.PrefixItems) > 0:
		return "array"
	case s.Pattern != "", s.MinLength > 0, s.MaxLength != nil, s.Format != "" && !strings.HasPrefix(s.Format, "int"):
		return "string"
	case s.Min != nil, s.Max != nil, s.MultipleOf != nil:
		return "number"
	}
	return ""
}

// anything is a value where all are allowed.
func (m *Maker) anything(depth int) any {
	switch n := m.Rand.IntN(6); {
	case n == 0 && depth < deep:
		return map[string]any{"any": m.Text.Word(m.Rand, 1, 8), "n": m.Rand.IntN(100)}
	case n == 1 && depth < deep:
		return []any{m.Text.Word(m.Rand, 1, 8), m.chance(2)}
	case n == 2:
		return m.Rand.IntN(1000)
	case n == 3:
		return m.chance(2)
	}
	return m.Text.Word(m.Rand, 1, 12)
}
