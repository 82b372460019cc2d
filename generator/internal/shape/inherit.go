package shape

import (
	"encoding/json"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// heirs lists, for each component, the components that combine it with allOf.
func heirs(components []*model.Schema) map[*model.Schema][]*model.Schema {
	out := map[*model.Schema][]*model.Schema{}
	for _, c := range components {
		for _, p := range parents(c) {
			out[p] = append(out[p], c)
		}
	}
	return out
}

// parents are the components that a schema combines with allOf, in place or within schemas in place.
func parents(s *model.Schema) []*model.Schema {
	var out []*model.Schema
	for stack := slices.Clone(s.AllOf); len(stack) > 0; {
		m := stack[0].Target()
		if stack = stack[1:]; m.Name == "" {
			stack = append(stack, m.AllOf...)
		} else if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// descendants are the components that combine s, directly or not, the direct ones first.
func (x *Shapes) descendants(s *model.Schema) []*model.Schema {
	var out []*model.Schema
	seen := map[*model.Schema]bool{s: true}
	for queue := []*model.Schema{s}; len(queue) > 0; queue = queue[1:] {
		for _, h := range x.heirs[queue[0]] {
			if !seen[h] {
				seen[h] = true
				out, queue = append(out, h), append(queue, h)
			}
		}
	}
	return out
}

// inherited is the shape of a base type: an object with a discriminator that components inherit from stands,
// where it is used, for any of them and for itself. Nil when s is none.
func (x *Shapes) inherited(s *model.Schema) *Shape {
	if s.Discriminator == nil || len(s.OneOf)+len(s.AnyOf) > 0 {
		return nil
	}
	list := x.descendants(s)
	for _, c := range s.Discriminator.Mapping {
		if c.Schema != nil && c.Schema.Target() != s && !slices.Contains(list, c.Schema.Target()) {
			list = append(list, c.Schema.Target())
		}
	}
	if len(list) == 0 {
		return nil
	}
	base := x.Base(s)
	if base.Kind != Object {
		return nil
	}
	var variants []*Variant
	for _, d := range list {
		if x.open[d] {
			x.warn(d.Pos, "schema-cycle", "the schema inherits from one that it is needed for; it is no variant of it")
			continue
		}
		sh := x.Of(d)
		if sh.Kind == Union && sh.Node == d && d.Discriminator != nil {
			sh = x.Base(d) // its own heirs are in the list
		}
		variants = append(variants, &Variant{Shape: sh, Member: d})
	}
	variants = append(variants, &Variant{Shape: base, Member: s})
	if len(variants) == 1 {
		return nil
	}
	return nullable(x.union(s, variants, s.Discriminator), base.Nullable)
}

// text is a string as a JSON value.
func text(s string) model.Value {
	b, _ := json.Marshal(s) // a string always encodes
	return b
}
