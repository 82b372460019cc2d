package schematest

import (
	"encoding/json"
	"math/rand/v2"
)

// Chooser makes random schemas and values out of few parts, so that they meet.
type Chooser struct{ *rand.Rand }

// Pick chooses one of a list.
func Pick[T any](c Chooser, list ...T) T { return list[c.IntN(len(list))] }

// Value makes a JSON value.
func (c Chooser) Value(depth int) any {
	kinds := 7
	if depth <= 0 {
		kinds = 5
	}
	switch c.IntN(kinds) {
	case 0:
		return nil
	case 1:
		return c.IntN(2) == 0
	case 2, 3:
		return json.Number(Pick(c, "0", "1", "1.0", "2", "2.5", "-1", "3", "10", "0.3", "1e2", "100", "9007199254740993", "1e400"))
	case 4:
		return Pick(c, "", "a", "ab", "abc", "ä", "😀", "foo", "b1")
	case 5:
		list := []any{}
		for range c.IntN(4) {
			list = append(list, c.Value(depth-1))
		}
		return list
	}
	object := map[string]any{}
	for range c.IntN(4) {
		object[Pick(c, "a", "b", "ab", "foo", "x1")] = c.Value(depth - 1)
	}
	return object
}

// Schema makes a schema.
func (c Chooser) Schema(depth int) any {
	if c.IntN(12) == 0 {
		return c.IntN(3) > 0
	}
	s := map[string]any{}
	sub := func() any {
		if depth <= 0 {
			return map[string]any{"type": Pick(c, "string", "integer", "number", "object", "array", "boolean")}
		}
		return c.Schema(depth - 1)
	}
	subs := func() []any {
		list := []any{sub()}
		for range c.IntN(3) {
			list = append(list, sub())
		}
		return list
	}
	name := func() string { return Pick(c, "a", "b", "ab", "foo", "x1") }
	members := func() map[string]any {
		m := map[string]any{name(): sub()}
		for range c.IntN(3) {
			m[name()] = sub()
		}
		return m
	}
	limit := func() json.Number { return json.Number(Pick(c, "0", "1", "2", "2.5", "-1", "100")) }
	for range 1 + c.IntN(3) {
		switch c.IntN(27) {
		case 0:
			s["type"] = Pick[any](c, "string", "integer", "number", "object", "array", "boolean", []any{"string", "integer"}, []any{"object", "array"})
		case 1:
			s["minLength"] = c.IntN(3)
		case 2:
			s["maxLength"] = c.IntN(3)
		case 3:
			s["pattern"] = Pick(c, "^a", "b$", "^[a-z]*$", "\\d", "^.$")
		case 4:
			s["minimum"] = limit()
		case 5:
			s["maximum"] = limit()
		case 6:
			s[Pick(c, "exclusiveMinimum", "exclusiveMaximum")] = limit()
		case 7:
			s["multipleOf"] = json.Number(Pick(c, "1", "0.1", "2", "2.5"))
		case 8:
			s["enum"] = []any{c.scalar(), c.scalar(), []any{json.Number("1")}}
		case 9:
			s["const"] = Pick[any](c, c.scalar(), map[string]any{"a": json.Number("1")})
		case 10:
			s[Pick(c, "minItems", "minProperties")] = c.IntN(3)
		case 11:
			s[Pick(c, "maxItems", "maxProperties")] = c.IntN(4)
		case 12:
			s["uniqueItems"] = true
		case 13:
			s["items"] = sub()
		case 14:
			s["prefixItems"] = subs()
		case 15:
			s["contains"] = sub()
			if c.IntN(2) == 0 {
				s[Pick(c, "minContains", "maxContains")] = c.IntN(3)
			}
		case 16:
			s["properties"] = members()
		case 17:
			s["required"] = []any{name()}
		case 18:
			s["patternProperties"] = map[string]any{Pick(c, "^a", "o", "1$"): sub()}
		case 19:
			s["additionalProperties"] = sub()
		case 20:
			s["propertyNames"] = sub()
		case 21:
			s["dependentRequired"] = map[string]any{name(): []any{name()}}
		case 22:
			s["dependentSchemas"] = members()
		case 23:
			s[Pick(c, "allOf", "anyOf", "oneOf")] = subs()
		case 24:
			s["not"] = sub()
		case 25:
			s["if"], s["then"] = sub(), sub()
			if c.IntN(2) == 0 {
				s["else"] = sub()
			}
		case 26:
			s[Pick(c, "unevaluatedProperties", "unevaluatedItems")] = Pick[any](c, false, sub())
			if c.IntN(2) == 0 {
				s["allOf"] = subs()
			}
		}
	}
	return s
}

func (c Chooser) scalar() any {
	return Pick[any](c, true, json.Number("1"), json.Number("2.50"), "a", "foo", json.Number("100"))
}
