package shape

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// alias is the shape of the one schema that s is a use of: a reference, or a composition of one schema with
// others that say nothing more of the shape. Nil when s is a type of its own, as a component with an allOf is.
func (x *Shapes) alias(s *model.Schema, c *parts) *Shape {
	if s.Name != "" && len(s.AllOf) > 0 || speaks(s) || c.heir {
		return nil
	}
	for _, t := range uses(s) {
		beside := rest(s, t)
		if slices.ContainsFunc(beside, speaks) || x.open[t.Target()] {
			continue
		}
		sh := x.Of(t)
		if !slices.ContainsFunc(beside, func(p *model.Schema) bool { return x.adds(p, sh) }) {
			return nullable(sh, slices.ContainsFunc(beside, func(p *model.Schema) bool { return p.Nullable }))
		}
	}
	return nil
}

// nullable is the shape, with null as a value when it was none and should be.
func nullable(sh *Shape, yes bool) *Shape {
	if !yes || sh.Nullable {
		return sh
	}
	out := *sh
	out.Nullable = true
	return &out
}

// uses are the schemas that s is put together from.
func uses(s *model.Schema) []*model.Schema {
	var out []*model.Schema
	if s.Ref != nil {
		out = append(out, s.Ref)
	}
	out = append(out, s.AllOf...)
	for _, union := range [][]*model.Schema{s.OneOf, s.AnyOf} {
		if len(union) == 1 {
			out = append(out, union[0])
		}
	}
	return out
}

// rest are the conjuncts of s that do not come with t: s itself, and what it is put together from beside t.
func rest(s, t *model.Schema) []*model.Schema {
	with := map[*model.Schema]bool{}
	for p := range t.Conjuncts() {
		with[p] = true
	}
	var out []*model.Schema
	for p := range s.Conjuncts() {
		if !with[p] {
			out = append(out, p)
		}
	}
	return out
}

// speaks reports whether a schema itself says something of the shape that no other schema can have said
// already: whatever it is combined with becomes a type of its own.
func speaks(s *model.Schema) bool {
	return s.Always != nil || s.Represents != nil || s.Discriminator != nil || len(s.Properties)+len(s.PatternProperties)+len(s.PrefixItems) > 0 ||
		s.Items != nil || s.Additional != nil || len(s.OneOf) > 1 || len(s.AnyOf) > 1
}

// adds reports whether a conjunct that does not speak adds something to a shape.
func (x *Shapes) adds(p *model.Schema, sh *Shape) bool {
	switch {
	case len(p.Types) > 0 && !within(sh, p.Types):
		return true
	case p.Format != "" && p.Format != sh.Format && sh.scalar():
		return true
	case p.ContentEncoding != "" && p.ContentEncoding != sh.Encoding:
		return true
	case p.Const != nil && !sh.scalar():
		return true
	case sh.Kind == Object:
		return slices.ContainsFunc(p.Required, func(name string) bool {
			m := sh.Member(name)
			return m != nil && !m.Required
		})
	}
	// A list of values narrows a component that lists more: that is a check. Any other list makes a type.
	values := p.Values()
	return len(values) > 0 && !(sh.Node.Name != "" && len(sh.Enum) > 0 && !slices.ContainsFunc(values, func(v *model.Enum) bool { return !permits(sh.Enum, v.Value) }))
}

// Member returns the member of that name, or nil.
func (s *Shape) Member(name string) *Member {
	if len(s.Members) <= fewMembers {
		for _, m := range s.Members {
			if m.Name == name {
				return m
			}
		}
		return nil
	}
	if s.byName == nil {
		s.byName = make(map[string]*Member, len(s.Members))
	}
	for ; s.indexed < len(s.Members); s.indexed++ { // members are only ever added
		m := s.Members[s.indexed]
		s.byName[m.Name] = m
	}
	return s.byName[name]
}

// fewMembers are sooner looked through than indexed.
const fewMembers = 16

// within reports whether all values of a shape are of the given types.
func within(sh *Shape, types []model.Type) bool {
	of := map[Kind]model.Type{String: model.TypeString, Integer: model.TypeInteger, Number: model.TypeNumber, Boolean: model.TypeBoolean,
		List: model.TypeArray, Tuple: model.TypeArray, Object: model.TypeObject, Map: model.TypeObject}
	if sh.Kind == Union {
		return !slices.ContainsFunc(sh.Variants, func(v *Variant) bool { return !within(v.Shape, types) })
	}
	t, ok := of[sh.Kind]
	return ok && (slices.Contains(types, t) || t == model.TypeInteger && slices.Contains(types, model.TypeNumber))
}

// same gives a shape the identity of the schema that it is a use of, where merging has changed nothing.
func (x *Shapes) same(s *model.Schema, c *parts, sh *Shape) *Shape {
	if s.Name != "" || sh.Kind != Object || c.heir {
		return sh
	}
	for _, t := range uses(s) {
		if x.open[t.Target()] || t.Target().Name == "" {
			continue
		}
		if of := x.Of(t); of.Kind == Object && sameMembers(of, sh) {
			return nullable(of, sh.Nullable)
		}
	}
	return sh
}

// sameMembers reports whether two objects have the same members, in any order.
func sameMembers(a, b *Shape) bool {
	return len(a.Members) == len(b.Members) && a.Additional == b.Additional && !slices.ContainsFunc(a.Members, func(m *Member) bool {
		o := b.Member(m.Name)
		return o == nil || o.Schema != m.Schema || o.Required != m.Required
	})
}

// Covers reports whether a scalar schema says everything that another one says, so that both together
// are the first.
func (x *Shapes) Covers(s, other *model.Schema) bool {
	if s == other {
		return true
	}
	if !isScalar(s) || !isScalar(other) {
		return false
	}
	a, b := x.Of(s), x.Of(other)
	switch {
	case b.Kind != Any && b.Kind != a.Kind && !(b.Kind == Number && a.Kind == Integer),
		b.Format != "" && b.Format != a.Format, b.Encoding != a.Encoding, b.Represents != nil:
		return false
	}
	for p := range other.Conjuncts() {
		if asserts(p) {
			return false
		}
	}
	values := x.Constants(s)
	return len(b.Enum) == 0 && len(x.Constants(other)) == 0 || len(values) > 0 && len(b.Enum) > 0 &&
		!slices.ContainsFunc(values, func(v model.Value) bool { return !permits(b.Enum, v) })
}

// isScalar reports whether a schema is about strings, numbers and booleans only, by its own words.
func isScalar(s *model.Schema) bool {
	for p := range s.Conjuncts() {
		if p.Always != nil || len(p.Properties)+len(p.PatternProperties)+len(p.PrefixItems) > 0 || p.Items != nil || p.Additional != nil || p.Represents != nil ||
			slices.Contains(p.Types, model.TypeObject) || slices.Contains(p.Types, model.TypeArray) || len(p.Types) > 1 {
			return false
		}
		for _, union := range [][]*model.Schema{p.OneOf, p.AnyOf} {
			if len(union) > 1 && model.Constants(union) == nil {
				return false
			}
		}
	}
	return true
}

// asserts reports whether a schema itself limits its values otherwise than by listing them.
func asserts(s *model.Schema) bool {
	return s.MinLength != nil || s.MaxLength != nil || s.Pattern != "" || s.MultipleOf != "" || s.Not != nil ||
		s.Minimum+s.Maximum+s.ExclusiveMinimum+s.ExclusiveMaximum != ""
}

// Constants are the values that a scalar schema permits: its constant, or the values it lists.
func (x *Shapes) Constants(s *model.Schema) []model.Value {
	if !isScalar(s) {
		return nil
	}
	var out []model.Value
	for p := range s.Conjuncts() {
		if p.Const != nil {
			return []model.Value{p.Const}
		}
	}
	for p := range s.Conjuncts() {
		own := p.Values()
		switch {
		case len(own) == 0:
		case out == nil:
			for _, v := range own {
				out = append(out, v.Value)
			}
		default:
			if both := slices.DeleteFunc(slices.Clone(out), func(v model.Value) bool { return !permits(own, v) }); len(both) > 0 {
				out = both
			}
		}
	}
	return out
}
