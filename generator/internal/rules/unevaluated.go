package rules

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// unevaluated are the keywords about what nothing beside them has judged. What that is depends on the value: a member
// of a union judges only what conforms to it. So the condition says of each member, or item, under which conditions
// it is judged.
func (k *keywords) unevaluated() {
	if s := k.s.UnevaluatedProperties; s != nil {
		k.add("unevaluatedProperties", func() *Expr {
			value := k.json(OpIndex, "", k.self(), k.variable("name"))
			judged := append(k.judged(k.s, k.members, nil, true), k.conforms(value, s))
			return k.where(model.TypeObject, k.loop(OpAll, k.json(OpCall, JSONKeys, k.self()), "name", k.cond(OpOr, judged...)))
		})
	}
	if s := k.s.UnevaluatedItems; s != nil {
		k.add("unevaluatedItems", func() *Expr {
			places := k.json(OpCall, JSONKeys, k.self()) // of a list: 0, 1, …
			item := k.json(OpIndex, "", k.self(), k.variable("place"))
			judged := append(k.judged(k.s, k.items, nil, true), k.conforms(item, s))
			return k.where(model.TypeArray, k.loop(OpAll, places, "place", k.cond(OpOr, judged...)))
		})
	}
}

// judged are the conditions under which a schema, or one that it applies to the same value, judges what a loop is at;
// own are those of one schema. One of them is enough.
func (k *keywords) judged(s *model.Schema, own func(s *model.Schema, outermost bool) []*Expr, open []*model.Schema, outermost bool) []*Expr {
	if s == nil || slices.Contains(open, s) {
		return nil
	}
	open = append(slices.Clone(open), s)
	inner := func(s *model.Schema) []*Expr { return k.judged(s, own, open, false) }
	out := append(own(s, outermost), inner(s.Ref)...)
	for _, m := range s.AllOf {
		out = append(out, inner(m)...)
	}
	where := func(cond *Expr, judged []*Expr) {
		if len(judged) > 0 {
			out = append(out, k.cond(OpAnd, cond, k.cond(OpOr, judged...)))
		}
	}
	for _, m := range slices.Concat(s.AnyOf, s.OneOf) {
		where(k.conforms(k.self(), m), inner(m))
	}
	for _, d := range s.DependentSchemas {
		where(k.has(d.Name), inner(d.Schema))
	}
	if s.If != nil {
		where(k.conforms(k.self(), s.If), append(inner(s.If), inner(s.Then)...))
		where(k.cond(OpNot, k.conforms(k.self(), s.If)), inner(s.Else))
	}
	return out
}

// members are the conditions under which a schema itself judges the member name.
func (k *keywords) members(s *model.Schema, outermost bool) []*Expr {
	if s.Additional != nil || s.UnevaluatedProperties != nil && !outermost {
		return []*Expr{k.boolean(true)}
	}
	return k.named(s)
}

// items are the conditions under which a schema itself judges the item at place.
func (k *keywords) items(s *model.Schema, outermost bool) []*Expr {
	if s.Items != nil || s.UnevaluatedItems != nil && !outermost {
		return []*Expr{k.boolean(true)}
	}
	var out []*Expr
	if n := len(s.PrefixItems); n > 0 {
		out = append(out, k.test(JSONLess, k.variable("place"), k.number(n)))
	}
	if s.Contains != nil {
		out = append(out, k.conforms(k.json(OpIndex, "", k.self(), k.variable("place")), s.Contains))
	}
	return out
}
