package generator

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
)

// What keywords ask of members whose types are declared is asked of Go values, not of what is written. The verdict stays that
// of another implementation.
func TestWhatIsAskedOfTypedMembersIsJudgedAsAnotherImplementation(t *testing.T) {
	c := claimer{schematest.Chooser{Rand: rand.New(rand.NewPCG(*randomSeed, 7))}}
	var subjects []subject
	for len(subjects) < *randomSchemas {
		s := c.object()
		text, ok := sensible(t, s)
		if !ok {
			continue
		}
		var values []json.RawMessage
		for len(values) < randomValues {
			v, err := json.Marshal(c.value())
			require.NoError(t, err)
			values = append(values, v)
		}
		subjects = append(subjects, subject{text, values})
	}
	agree(t, "", subjects, true)
	text, err := os.ReadFile("client/validate.go")
	require.NoError(t, err)
	for _, code := range []string{"rule.AnyKey(", "rule.UniqueFuncAt(", "rule.ExactlyOne(", ".(Subject"} {
		require.Contains(t, string(text), code, "what is asked of a value itself")
	}
}

// claimer makes objects whose members have types, and more that is claimed of them.
type claimer struct{ schematest.Chooser }

// claimed are the members of objects, by their types.
var claimed = map[string]any{
	"a":  map[string]any{"type": "string"},
	"b":  map[string]any{"type": "integer"},
	"ab": map[string]any{"type": "boolean"},
	"l":  map[string]any{"type": "array", "items": map[string]any{"type": "string"}},
	"n":  map[string]any{"type": "array", "items": map[string]any{"type": "integer"}},
	"m":  map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"}},
	"u":  map[string]any{"oneOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "integer"}}},
	"o": map[string]any{"type": "object", "additionalProperties": false, "required": []any{"x"}, "properties": map[string]any{
		"x": map[string]any{"type": "string"}, "y": map[string]any{"type": "integer"}}},
	"p": map[string]any{"type": "array", "items": map[string]any{"type": "object", "additionalProperties": false, "properties": map[string]any{
		"x": map[string]any{"type": "string"}, "y": map[string]any{"oneOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "boolean"}}}}}},
	"e": map[string]any{"type": "string", "enum": []any{"on", "off"}},
	"f": map[string]any{"type": "number"},
}

var claimedNames = []string{"a", "b", "ab", "l", "n", "m", "u", "o", "p", "e", "f"}

func (c claimer) name() string { return schematest.Pick(c.Chooser, claimedNames...) }

// object is an object with some of the members, and claims.
func (c claimer) object() map[string]any {
	declared := map[string]any{}
	for _, name := range claimedNames {
		declared[name] = c.member(name)
	}
	s := map[string]any{"type": "object", "properties": declared}
	if c.IntN(2) == 0 {
		s["additionalProperties"] = false
	} else {
		s["additionalProperties"] = map[string]any{"type": "string"}
	}
	if c.IntN(3) == 0 {
		s["required"] = []any{c.name()}
	}
	for range 1 + c.IntN(2) {
		c.claim(s, 2)
	}
	return s
}

// member is a declared member, of which something may be claimed too.
func (c claimer) member(name string) any {
	out := map[string]any{}
	for keyword, v := range claimed[name].(map[string]any) {
		out[keyword] = v
	}
	if c.IntN(3) > 0 {
		return out
	}
	switch name {
	case "l":
		out["contains"] = c.of("a", 0)
		if c.IntN(2) == 0 {
			out[schematest.Pick(c.Chooser, "minContains", "maxContains")] = c.IntN(3)
		}
	case "n", "p":
		out["uniqueItems"] = true
	case "m":
		out["propertyNames"] = c.of("a", 0)
	}
	return out
}

// claim adds a keyword about an object.
func (c claimer) claim(s map[string]any, depth int) {
	kinds := 10
	if depth <= 0 {
		kinds = 2
	}
	switch c.IntN(kinds) {
	case 0:
		s["required"] = []any{c.name()}
	case 1:
		if s["type"] == nil { // else they are declared
			name := c.name()
			s["properties"] = map[string]any{name: c.of(name, depth)}
		}
	case 2:
		s["not"] = c.about(depth - 1)
	case 3, 4:
		s["if"], s["then"] = c.about(depth-1), c.about(depth-1)
		if c.IntN(2) == 0 {
			s["else"] = c.about(depth - 1)
		}
		if c.IntN(4) == 0 {
			delete(s, "then")
		}
	case 5, 6:
		s[schematest.Pick(c.Chooser, "anyOf", "allOf")] = []any{c.about(depth - 1), c.about(depth - 1), c.about(depth - 1)}[:2+c.IntN(2)]
		if c.IntN(2) == 0 { // of what overlaps it is enough to be one
			needs := func() any { return map[string]any{"required": []any{c.name()}} }
			s["oneOf"] = []any{needs(), needs(), map[string]any{"not": needs()}}[:2+c.IntN(2)]
		}
	case 7:
		s["dependentRequired"] = map[string]any{c.name(): []any{c.name()}}
	case 8:
		s["dependentSchemas"] = map[string]any{c.name(): c.about(depth - 1)}
	case 9:
		s["propertyNames"] = c.of("a", 0)
	}
}

// about is a schema that claims something of an object.
func (c claimer) about(depth int) map[string]any {
	s := map[string]any{}
	for range 1 + c.IntN(2) {
		c.claim(s, depth)
	}
	return s
}

// of claims something of a member.
func (c claimer) of(name string, depth int) any {
	switch name {
	case "a", "e":
		return schematest.Pick[any](c.Chooser, map[string]any{"const": "on"}, map[string]any{"minLength": 2}, map[string]any{"maxLength": 1}, map[string]any{"pattern": "^[a-o]*$"},
			map[string]any{"pattern": "b"}, map[string]any{"enum": []any{"a", "on", json.Number("1")}}, map[string]any{"minimum": json.Number("3")}, map[string]any{"type": "integer"})
	case "b":
		return schematest.Pick[any](c.Chooser, map[string]any{"const": json.Number("1")}, map[string]any{"minimum": json.Number("2")}, map[string]any{"exclusiveMaximum": json.Number("2")},
			map[string]any{"enum": []any{json.Number("1"), json.Number("3"), "a"}}, map[string]any{"type": "number"})
	case "f":
		return schematest.Pick[any](c.Chooser, map[string]any{"minimum": json.Number("2.5")}, map[string]any{"const": json.Number("1")}, map[string]any{"exclusiveMinimum": json.Number("0.3")}, map[string]any{"type": "integer"})
	case "ab":
		return schematest.Pick[any](c.Chooser, map[string]any{"const": true}, map[string]any{"enum": []any{false}}, map[string]any{"type": "boolean"}, false)
	case "l":
		return schematest.Pick[any](c.Chooser, map[string]any{"minItems": 1}, map[string]any{"contains": c.of("a", 0)}, map[string]any{"uniqueItems": true}, map[string]any{"items": c.of("a", 0)})
	case "n":
		return schematest.Pick[any](c.Chooser, map[string]any{"maxItems": 1}, map[string]any{"contains": c.of("b", 0), "maxContains": 1}, map[string]any{"uniqueItems": true}, map[string]any{"items": c.of("b", 0)})
	case "m":
		return schematest.Pick[any](c.Chooser, map[string]any{"minProperties": 1}, map[string]any{"propertyNames": c.of("a", 0)}, map[string]any{"maxProperties": 1})
	case "u":
		return schematest.Pick[any](c.Chooser, map[string]any{"type": "string"}, map[string]any{"type": "integer"}, map[string]any{"type": []any{"string", "integer"}}, map[string]any{"const": "a"})
	case "o":
		return schematest.Pick[any](c.Chooser, map[string]any{"required": []any{"y"}}, map[string]any{"properties": map[string]any{"x": c.of("a", 0)}}, map[string]any{"properties": map[string]any{"y": c.of("b", 0)}, "additionalProperties": false})
	}
	return schematest.Pick[any](c.Chooser, map[string]any{"minItems": 1}, map[string]any{"uniqueItems": true})
}

func (c claimer) text() string {
	return schematest.Pick(c.Chooser, "", "a", "ab", "abc", "on", "off", "ä", "b")
}

func (c claimer) integer() any { return json.Number(schematest.Pick(c.Chooser, "0", "1", "2", "3")) }

// list is a list of up to three things.
func (c claimer) list(of func() any) any {
	out := []any{}
	for range c.IntN(4) {
		out = append(out, of())
	}
	return out
}

// value is an object with some of the members.
func (c claimer) value() any {
	v := map[string]any{}
	for _, name := range claimedNames {
		if c.IntN(2) == 0 {
			continue
		}
		v[name] = c.valueOf(name)
	}
	if c.IntN(4) == 0 {
		v[schematest.Pick(c.Chooser, "on", "abc", "z")] = c.text()
	}
	return v
}

func (c claimer) valueOf(name string) any {
	switch name {
	case "b":
		return c.integer()
	case "f":
		return json.Number(schematest.Pick(c.Chooser, "0.3", "1", "2.5", "1.0", "3"))
	case "ab":
		return c.IntN(2) == 0
	case "l":
		return c.list(func() any { return c.text() })
	case "n":
		return c.list(c.integer)
	case "m":
		m := map[string]any{}
		for range c.IntN(3) {
			m[c.text()] = c.text()
		}
		return m
	case "u":
		return schematest.Pick[any](c.Chooser, c.text(), c.integer())
	case "o":
		o := map[string]any{"x": c.text()}
		if c.IntN(2) == 0 {
			o["y"] = c.integer()
		}
		return o
	case "p":
		return c.list(func() any {
			o := map[string]any{}
			if c.IntN(2) == 0 {
				o["x"] = schematest.Pick(c.Chooser, "", "a")
			}
			if c.IntN(2) == 0 {
				o["y"] = schematest.Pick[any](c.Chooser, "", true, false)
			}
			return o
		})
	case "e":
		return schematest.Pick(c.Chooser, "on", "off")
	}
	return c.text()
}
