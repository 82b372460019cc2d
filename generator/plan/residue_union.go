package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// unionMet reports whether a representation says what a union asserts: that a value is one of its members, or exactly
// one.
func (b *builder) unionMet(p *model.Schema, keyword string, s *model.Schema, r repr) bool {
	members := p.OneOf
	if keyword == "anyOf" {
		members = p.AnyOf
	}
	switch {
	case len(members) == 1: // it is a conjunct
		return true
	case len(p.Enum) == 0 && model.Constants(members) != nil: // they are an enum
		return true
	case rules.ListsHeirs(p): // whatever inherits from it is one of them
		return true
	case b.chosen[s] != nil && b.chosen[s][p]: // the union around this variant asks for it
		return true
	case keyword == "anyOf" && slices.ContainsFunc(members, func(m *model.Schema) bool { return b.saysNoMore(m, r) }):
		return true
	case r.form == iface:
		anyOne := keyword == "anyOf" && !indistinct(r.union.shape)
		return b.membersAre(p, members, r.union.shape) && (anyOne || b.toldApart(p, r.union.shape) || keyword == "oneOf" && b.overlap(members))
	case r.form == scalar:
		return b.listedValues(members, r) != nil
	}
	return false
}

// saysNoMore reports whether a member of a union asserts nothing but the type that a representation has anyhow.
func (b *builder) saysNoMore(m *model.Schema, r repr) bool {
	for p := range m.Conjuncts() {
		typed := slices.Contains(p.Types, r.written()) || r.written() == model.TypeNumber && slices.Contains(p.Types, model.TypeInteger) && r.codec.Kind != "Float64" && r.codec.Kind != "Decimal"
		more := func(rule rules.Rule) bool {
			return rule.Keyword != "$ref" && rule.Keyword != "allOf" && !(rule.Keyword == "type" && typed)
		}
		if rules.Asserts(p, more) || b.opt.asserts(p.Format) {
			return false
		}
	}
	return true
}

// judgeUnion plans the checks of an interface as a whole. Where they ask whether the value is a member of the union,
// the variant is only one that it may be: so they ask everything.
func (b *builder) judgeUnion(u *Union, sh *shape.Shape) {
	r := repr{typ: defined(u.Name), form: iface, codec: CodecField{Kind: "Interface", Sub: u.Codec}, union: u}
	u.Judged = slices.ContainsFunc(b.left(b.one(sh.Node), r, nil), func(l left) bool { return l.rule.Keyword == "oneOf" || l.rule.Keyword == "anyOf" })
	u.Checks = b.residueOnly(u.Name, sh.Node, r)
}

// membersAre reports whether the variants of an interface are the members of a union, one by one: what is one of them
// and conforms to it is a member of the union then.
func (b *builder) membersAre(p *model.Schema, members []*model.Schema, sh *shape.Shape) bool {
	if !conjuncts(sh.Node)[p] {
		return false
	}
	if decides(p, sh) {
		return true
	}
	left := slices.DeleteFunc(slices.Clone(members), func(m *model.Schema) bool { return b.shapes.Of(m).Kind == shape.Null })
	return len(sh.Variants) == len(left) && !slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool {
		return v.Within != sh.Node || v.Kind == shape.Union || !slices.Contains(left, v.Member) || v.Self && demands(v.Member)
	})
}

// indistinct reports whether objects of a union have the same members, and differ in what is asked of these by members of the union
// that name no type. Which of them a value is nobody can see: it may fit another than the one that it is read as.
func indistinct(sh *shape.Shape) bool {
	untyped := func(v *shape.Variant) bool {
		return v.Kind == shape.Object && !anyOf(v.Member, func(p *model.Schema) bool { return len(p.Types) > 0 })
	}
	for i, v := range sh.Variants {
		if untyped(v) && slices.ContainsFunc(sh.Variants[:i], func(w *shape.Variant) bool {
			return untyped(w) && slices.EqualFunc(v.Members, w.Members, func(a, b *shape.Member) bool { return a.Name == b.Name })
		}) {
			return true
		}
	}
	return false
}

// demands reports whether a member of a union asks anything but a type. One that is held as what stands beside the union
// is not checked for it.
func demands(member *model.Schema) bool {
	for p := range member.Conjuncts() {
		if rules.Asserts(p, func(rule rules.Rule) bool {
			return rule.Keyword != "$ref" && rule.Keyword != "allOf" && rule.Keyword != "type"
		}) {
			return true
		}
	}
	return false
}

// decides reports whether the document has a discriminator, which says which variant a value is.
func decides(p *model.Schema, sh *shape.Shape) bool {
	return p.Discriminator != nil && p.Discriminator.Property == sh.Discriminator && sh.Discriminator != ""
}

// toldApart reports whether no value is of two variants: since their JSON types differ, or a member that all require
// does.
func (b *builder) toldApart(p *model.Schema, sh *shape.Shape) bool {
	kinds := map[model.Type]int{}
	for _, v := range sh.Variants {
		switch v.Kind {
		case shape.Object, shape.Map:
			kinds[model.TypeObject]++
		case shape.List, shape.Tuple:
			kinds[model.TypeArray]++
		case shape.Integer, shape.Number:
			kinds[model.TypeNumber]++
		default:
			kinds[model.Type(v.Kind)]++
		}
	}
	for t, n := range kinds {
		if n > 1 && (t != model.TypeObject || !keyRequired(sh)) && !decides(p, sh) {
			return false
		}
	}
	return true
}

// overlap reports whether all values of one object in a union are values of another as well. Then nothing that is meant
// to be the one is exactly one of them, so exactly one cannot be meant.
func (b *builder) overlap(members []*model.Schema) bool {
	for i, m := range members {
		for j, other := range members {
			if i != j && b.isWithin(m, other) {
				b.warnOnce(m.Pos, "union-overlap", "whatever is this member of the union is the one at %s as well; to be one of them is enough", other.Pos)
				return true
			}
		}
	}
	return false
}

// isWithin reports whether the objects that a schema describes are what another describes: as far as their members are
// declared.
func (b *builder) isWithin(inner, outer *model.Schema) bool {
	in, out := b.shapes.Of(inner), b.shapes.Of(outer)
	if in.Kind != shape.Object || out.Kind != shape.Object || out.Closed || len(out.Members) == 0 {
		return false
	}
	lacks := func(m *shape.Member) bool { // most have not even the names
		have := in.Member(m.Name)
		return m.Required && (have == nil || !have.Required)
	}
	if slices.ContainsFunc(out.Members, lacks) || saysMore(outer) {
		return false
	}
	return !slices.ContainsFunc(out.Members, func(m *shape.Member) bool {
		have := in.Member(m.Name)
		return have != nil && !b.shapes.Covers(have.Schema, m.Schema) && !schematext.Same(have.Schema, m.Schema)
	})
}

// saysMore reports whether a schema of an object asserts more than which members there are and what they are.
func saysMore(s *model.Schema) bool {
	more := func(rule rules.Rule) bool {
		return !slices.Contains([]string{"$ref", "allOf", "type", "properties", "required"}, rule.Keyword)
	}
	for p := range s.Conjuncts() {
		if rules.Asserts(p, more) {
			return true
		}
	}
	return false
}

// keyRequired reports whether all objects of a union require the member that tells them apart.
func keyRequired(sh *shape.Shape) bool {
	return sh.Discriminator != "" && !slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool {
		if v.Kind != shape.Object {
			return v.Kind == shape.Map
		}
		m := v.Shape.Member(sh.Discriminator)
		return m == nil || !m.Required || len(v.Values) == 0 || v.Implied
	})
}

// listedValues are the values of a union whose members list values, each a scalar; nil where a member says anything
// else, or two of them list the same value.
func (b *builder) listedValues(members []*model.Schema, r repr) []*model.Enum {
	var out []*model.Enum
	for _, m := range members {
		var listed []*model.Enum
		for p := range m.Conjuncts() {
			more := func(rule rules.Rule) bool {
				switch {
				case rule.Keyword == "enum" && listed == nil:
					listed = rule.Values
					return false
				case rule.Keyword == "$ref", rule.Keyword == "type" && slices.Contains(p.Types, r.written()):
					return false
				}
				return true
			}
			if rules.Asserts(p, more) {
				return nil
			}
		}
		if len(listed) == 0 {
			return nil
		}
		out = append(out, listed...)
	}
	if len(distinct(out)) < len(out) {
		return nil
	}
	return out
}
