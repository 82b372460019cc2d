package rules

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/model"
)

// The functions by which JSON Schema judges values of any type. They stand beside the overloads of CEL in OpCall.
const (
	JSONEquals   = "json_equals"   // values are equal: 1.0 is 1
	JSONAtLeast  = "json_at_least" // numbers, as decimals; likewise the next three
	JSONAtMost   = "json_at_most"
	JSONGreater  = "json_greater"
	JSONLess     = "json_less"
	JSONMultiple = "json_multiple" // of a number greater than zero
	JSONLength   = "json_length"   // of a string, in characters
	JSONSize     = "json_size"     // of a list or an object
	JSONUnique   = "json_unique"   // no two items are equal
	JSONKeys     = "json_keys"     // the names of an object's members
	JSONTail     = "json_tail"     // the items of a list from a place on
	ExactlyOne   = "exactly_one"   // of the operands is true
)

// Assertions lists all that a schema itself asserts, in a fixed order; what it refers to and what it combines is a
// condition of one of them. A value conforms to the schema when the condition of each is true.
func Assertions(s *model.Schema) []Rule {
	return Picked(s, func(Rule) bool { return true })
}

// Picked lists those of the assertions that pick wants. It sees them without conditions and without their places and words:
// for most, and for large schemas above all, it is enough to know that they are there.
func Picked(s *model.Schema, pick func(Rule) bool) []Rule {
	k := keywords{s: s, pick: pick}
	if s.Always != nil {
		if !*s.Always {
			k.add("false", func() *Expr { return k.boolean(false) })
		}
		return k.rules
	}
	k.values()
	for r := range own(s) {
		if !pick(r) {
			continue
		}
		if cond := k.single(r); cond != nil {
			r.Cond, r.Pos = cond, k.pos(r.Keyword)
			k.rules = append(k.rules, r)
		}
	}
	k.list()
	k.object()
	k.combined()
	k.unevaluated()
	return k.rules
}

// Asserts reports whether a schema itself asserts something that is as asked for.
func Asserts(s *model.Schema, is func(Rule) bool) bool {
	found := false
	Picked(s, func(r Rule) bool {
		found = found || is(r)
		return false
	})
	return found
}

// keywords collects the assertions of one schema.
type keywords struct {
	s     *model.Schema
	pick  func(Rule) bool
	rules []Rule
}

func (k *keywords) pos(keyword string) model.Pos {
	if p, ok := k.s.KeywordPos(keyword); ok {
		return p
	}
	return k.s.Pos
}

func (k *keywords) add(keyword string, cond func() *Expr) {
	if r := (Rule{Keyword: keyword, Source: k.s.Source, Unit: k.s.Unit}); k.pick(r) {
		r.Cond, r.Pos, r.says = cond(), k.pos(keyword), k.says(keyword)
		k.rules = append(k.rules, r)
	}
}

// depends adds an assertion about an object that has a member.
func (k *keywords) depends(keyword, name string, cond func() *Expr, then func() string) {
	if r := (Rule{Keyword: keyword, Source: k.s.Source, Unit: k.s.Unit, Where: name}); k.pick(r) {
		r.Cond, r.Pos = k.where(model.TypeObject, k.cond(OpOr, k.cond(OpNot, k.has(name)), cond())), k.pos(keyword)
		r.says = "must " + then() + " where " + name + " is set"
		k.rules = append(k.rules, r)
	}
}

// The makers of nodes. Values of any type are JSON; conditions are booleans.

func (k *keywords) cond(op Op, args ...*Expr) *Expr {
	return &Expr{Op: op, Type: &Type{Kind: Bool}, Pos: k.s.Pos, Args: args}
}

func (k *keywords) test(function string, args ...*Expr) *Expr {
	e := k.cond(OpCall, args...)
	e.Name = function
	return e
}

func (k *keywords) self() *Expr { return &Expr{Op: OpSelf, Type: &Type{Schema: k.s}, Pos: k.s.Pos} }

func (k *keywords) variable(name string) *Expr {
	return &Expr{Op: OpVar, Type: &Type{}, Pos: k.s.Pos, Name: name}
}

func (k *keywords) json(op Op, name string, args ...*Expr) *Expr {
	return &Expr{Op: op, Type: &Type{}, Pos: k.s.Pos, Name: name, Args: args}
}

func (k *keywords) literal(v any) *Expr {
	return &Expr{Op: OpLiteral, Type: &Type{}, Pos: k.s.Pos, Value: v}
}

func (k *keywords) boolean(v bool) *Expr {
	e := k.cond(OpLiteral)
	e.Value = v
	return e
}

func (k *keywords) number(n int) *Expr { return k.literal(json.Number(strconv.Itoa(n))) }

func (k *keywords) conforms(x *Expr, s *model.Schema) *Expr {
	e := k.cond(OpConforms, x)
	e.Schema = s
	return e
}

func (k *keywords) match(x *Expr, pattern string) *Expr {
	e := k.cond(OpMatch, x)
	e.Pattern = pattern
	return e
}

func (k *keywords) has(name string) *Expr {
	e := k.cond(OpHas, k.self())
	e.Name = name
	return e
}

// loop is a condition on each of a list.
func (k *keywords) loop(op Op, over *Expr, name string, body *Expr) *Expr {
	e := k.cond(op, over, body)
	e.Name = name
	return e
}

// where holds for values of other types, and asks the rest of those of a type.
func (k *keywords) where(t model.Type, cond *Expr) *Expr {
	is := k.cond(OpIs, k.self())
	is.Types = []model.Type{t}
	return k.cond(OpOr, k.cond(OpNot, is), cond)
}

// values are the keywords about values of every type.
func (k *keywords) values() {
	s := k.s
	if s.Ref != nil {
		k.add("$ref", func() *Expr { return k.orNull(k.conforms(k.self(), s.Ref)) })
	}
	if len(s.Types) > 0 {
		k.add("type", func() *Expr {
			is := k.cond(OpIs, k.self())
			is.Types, is.Null = s.Types, s.Nullable
			return is
		})
	}
}

// orNull is a condition that null meets too, where the reader took null out of a choice: {anyOf: [thing, null]} is
// a nullable reference to a thing.
func (k *keywords) orNull(cond *Expr) *Expr {
	if !k.s.Nullable || len(k.s.Types) > 0 {
		return cond
	}
	is := k.cond(OpIs, k.self())
	is.Null = true
	return k.cond(OpOr, is, cond)
}

// single is the condition of a keyword about one value.
func (k *keywords) single(r Rule) *Expr {
	counted := func(t model.Type, size, compare string) *Expr {
		return k.where(t, k.test(compare, k.json(OpCall, size, k.self()), k.number(r.Count)))
	}
	compared := func(compare string) *Expr {
		return k.where(model.TypeNumber, k.test(compare, k.self(), k.literal(json.Number(r.Number))))
	}
	switch r.Keyword {
	case "minLength":
		return counted(model.TypeString, JSONLength, JSONAtLeast)
	case "maxLength":
		return counted(model.TypeString, JSONLength, JSONAtMost)
	case "pattern":
		return k.where(model.TypeString, k.match(k.self(), r.Pattern))
	case "minimum":
		return compared(JSONAtLeast)
	case "maximum":
		return compared(JSONAtMost)
	case "exclusiveMinimum":
		return compared(JSONGreater)
	case "exclusiveMaximum":
		return compared(JSONLess)
	case "multipleOf":
		return compared(JSONMultiple)
	case "minItems":
		return counted(model.TypeArray, JSONSize, JSONAtLeast)
	case "maxItems":
		return counted(model.TypeArray, JSONSize, JSONAtMost)
	case "uniqueItems":
		return k.where(model.TypeArray, k.test(JSONUnique, k.self()))
	case "minProperties":
		return counted(model.TypeObject, JSONSize, JSONAtLeast)
	case "maxProperties":
		return counted(model.TypeObject, JSONSize, JSONAtMost)
	case "enum", "const":
		var any []*Expr
		for _, v := range r.Values {
			any = append(any, k.test(JSONEquals, k.self(), k.literal(decoded(v.Value))))
		}
		if r.Keyword == "enum" && k.s.Nullable {
			any = append(any, k.test(JSONEquals, k.self(), k.literal(nil)))
		}
		return k.cond(OpOr, any...)
	}
	return nil
}

// decoded is a value of the document, its numbers as they are written.
func decoded(v model.Value) any {
	if text, ok := v.Text(); ok {
		return text
	}
	dec := json.NewDecoder(bytes.NewReader(v))
	dec.UseNumber()
	var out any
	_ = dec.Decode(&out) // the document was read: it is JSON
	return out
}

// list are the keywords about the items of a list.
func (k *keywords) list() {
	s := k.s
	if len(s.PrefixItems) > 0 {
		k.add("prefixItems", func() *Expr {
			var each []*Expr
			for i, item := range s.PrefixItems {
				short := k.test(JSONAtMost, k.json(OpCall, JSONSize, k.self()), k.number(i))
				each = append(each, k.cond(OpOr, short, k.conforms(k.json(OpIndex, "", k.self(), k.literal(int64(i))), item)))
			}
			return k.where(model.TypeArray, k.cond(OpAnd, each...))
		})
	}
	if s.Items != nil {
		k.add("items", func() *Expr {
			rest := k.json(OpCall, JSONTail, k.self(), k.literal(int64(len(s.PrefixItems))))
			return k.where(model.TypeArray, k.loop(OpAll, rest, "item", k.conforms(k.variable("item"), s.Items)))
		})
	}
	if s.Contains == nil {
		return
	}
	counted := func(compare string, n int) *Expr {
		count := k.loop(OpCount, k.self(), "item", k.conforms(k.variable("item"), s.Contains))
		return k.where(model.TypeArray, k.test(compare, count, k.number(n)))
	}
	least := 1
	if s.MinContains != nil {
		least = *s.MinContains
	}
	k.add("contains", func() *Expr { return counted(JSONAtLeast, least) })
	if s.MaxContains != nil {
		k.add("maxContains", func() *Expr { return counted(JSONAtMost, *s.MaxContains) })
	}
}

// object are the keywords about the members of an object.
func (k *keywords) object() {
	s := k.s
	if len(s.Required) > 0 {
		k.add("required", func() *Expr { return k.where(model.TypeObject, k.all(s.Required)) })
	}
	if len(s.Properties) > 0 {
		k.add("properties", func() *Expr {
			declared := make([]*Expr, len(s.Properties))
			for i, p := range s.Properties {
				member := k.json(OpMember, p.Name, k.self())
				declared[i] = k.cond(OpOr, k.cond(OpNot, k.has(p.Name)), k.conforms(member, p.Schema))
			}
			return k.where(model.TypeObject, k.cond(OpAnd, declared...))
		})
	}
	value := func() *Expr { return k.json(OpIndex, "", k.self(), k.variable("name")) }
	names := func(body *Expr) *Expr {
		return k.where(model.TypeObject, k.loop(OpAll, k.json(OpCall, JSONKeys, k.self()), "name", body))
	}
	if len(s.PatternProperties) > 0 {
		k.add("patternProperties", func() *Expr {
			var each []*Expr
			for _, p := range s.PatternProperties {
				each = append(each, k.cond(OpOr, k.cond(OpNot, k.match(k.variable("name"), p.Pattern)), k.conforms(value(), p.Schema)))
			}
			return names(k.cond(OpAnd, each...))
		})
	}
	if s.Additional != nil {
		k.add("additionalProperties", func() *Expr {
			return names(k.cond(OpOr, append(k.named(s), k.conforms(value(), s.Additional))...))
		})
	}
	if s.PropertyNames != nil {
		k.add("propertyNames", func() *Expr { return names(k.conforms(k.variable("name"), s.PropertyNames)) })
	}
	for _, d := range s.DependentRequired {
		k.depends("dependentRequired", d.Name, func() *Expr { return k.all(d.Required) }, func() string { return "have " + enumerated(d.Required) })
	}
	for _, d := range s.DependentSchemas {
		k.depends("dependentSchemas", d.Name, func() *Expr { return k.conforms(k.self(), d.Schema) }, func() string { return "be " + described(d.Schema) })
	}
}

// all asks for members.
func (k *keywords) all(names []string) *Expr {
	e := k.cond(OpAnd)
	for _, name := range names {
		e.Args = append(e.Args, k.has(name))
	}
	return e
}

// named are the conditions under which the name of a member is one that a schema declares.
func (k *keywords) named(s *model.Schema) []*Expr {
	var out []*Expr
	for _, p := range s.Properties {
		out = append(out, k.test(JSONEquals, k.variable("name"), k.literal(p.Name)))
	}
	for _, p := range s.PatternProperties {
		out = append(out, k.match(k.variable("name"), p.Pattern))
	}
	return out
}

// combined are the keywords that combine schemas.
func (k *keywords) combined() {
	s := k.s
	each := func(list []*model.Schema) []*Expr {
		var out []*Expr
		for _, m := range list {
			out = append(out, k.conforms(k.self(), m))
		}
		return out
	}
	if len(s.AllOf) > 0 {
		k.add("allOf", func() *Expr { return k.cond(OpAnd, each(s.AllOf)...) })
	}
	if len(s.AnyOf) > 0 {
		k.add("anyOf", func() *Expr { return k.orNull(k.cond(OpOr, each(s.AnyOf)...)) })
	}
	if len(s.OneOf) > 0 {
		k.add("oneOf", func() *Expr { return k.orNull(k.test(ExactlyOne, each(s.OneOf)...)) })
	}
	if s.Not != nil {
		k.add("not", func() *Expr { return k.cond(OpNot, k.conforms(k.self(), s.Not)) })
	}
	if s.If != nil && (s.Then != nil || s.Else != nil) {
		branch := func(s *model.Schema) *Expr {
			if s == nil {
				return k.boolean(true)
			}
			return k.conforms(k.self(), s)
		}
		k.add("if", func() *Expr { return k.cond(OpIf, k.conforms(k.self(), s.If), branch(s.Then), branch(s.Else)) })
	}
}
