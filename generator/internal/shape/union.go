package shape

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/model"
)

// How unions are resolved.
//
// Every member is merged with what stands beside the union. A member that adds nothing to it is an assertion:
// when all are, the union is none, and where some are, what stands beside is a variant itself. A member whose
// type contradicts the type beside the union counts; of two unions side by side, only those combinations that
// do not contradict each other. More than maxCombined combinations are not spelled out.
//
// Then variants come together: a union within a union is part of it, null makes the whole nullable, strings
// are one variant, and so are numbers, lists and maps. One variant that is left is no union.

// maxCombined bounds the variants that come of several unions side by side.
const maxCombined = 64

// distribute merges the members of the unions among the parts with the others.
func (x *Shapes) distribute(node *model.Schema, c *parts) *Shape {
	first, more := c.choices[0], c.choices[1:]
	combined := c.weight * len(first.members)
	for _, other := range more {
		combined *= len(other.members)
	}
	if (c.chosen || len(more) > 0) && combined > maxCombined {
		x.warn(node.Pos, "raw-fallback", "unions side by side have %d combinations; more than %d are not spelled out", combined, maxCombined)
		return x.merge(node, c, nil)
	}
	plain := *c
	plain.choices = nil
	plain.asks, plain.others = slices.Clone(c.asks), slices.Clone(c.others)
	for _, m := range first.members {
		asks := true
		for p := range m.Conjuncts() {
			plain.others = append(plain.others, p)
			asks = asks && !speaks(p) && len(p.Types) == 0 && len(p.Enum) == 0 && p.Const == nil
		}
		if asks {
			plain.asks = append(plain.asks, m)
		}
	}
	var base *Shape
	if len(more) == 0 {
		base = x.merge(node, &plain, nil)
	}
	var variants []*Variant
	for i, m := range first.members {
		step := "/" + first.keyword + "/" + strconv.Itoa(i)
		if x.open[m.Target()] {
			x.warn(m.Pos, "schema-cycle", "the union lists itself; this member is left out")
			continue
		}
		if sh := x.variant(node, &plain, first, more, m, step); sh != nil {
			variants = append(variants, &Variant{Shape: sh, Member: m})
		}
	}
	if base != nil && base.Kind != Any {
		asserted := 0
		for _, v := range variants {
			if v.Kind == base.Kind && v.Node != v.Member.Target() && adornsOnly(base, v.Shape) {
				v.Shape = &Shape{}
				*v.Shape = *base
				v.Self = true
				asserted++
			}
		}
		if asserted > 0 && asserted == len(variants) {
			return x.same(node, c, base)
		}
	}
	out := x.union(node, variants, x.discriminator(c))
	out.Nullable = out.Nullable || slices.ContainsFunc(c.near, func(p *model.Schema) bool { return p.Nullable })
	return out
}

// adornsOnly reports whether a variant has the shape of what stands beside the union.
func adornsOnly(base, v *Shape) bool {
	switch base.Kind {
	case Object, Map:
		return len(base.Members) == len(v.Members) && base.Additional == v.Additional && !slices.ContainsFunc(base.Members, func(m *Member) bool {
			o := v.Member(m.Name)
			return o == nil || o.Schema != m.Schema
		})
	case List:
		return base.Items == v.Items
	case Tuple:
		return base.Items == v.Items && slices.Equal(base.Prefix, v.Prefix)
	}
	return base.Format == v.Format && base.Encoding == v.Encoding && len(base.Enum) == len(v.Enum)
}

// variant is the shape of a member of a union together with what stands beside it; nil when both
// contradict each other.
func (x *Shapes) variant(node *model.Schema, c *parts, of choice, more []choice, m *model.Schema, step string) *Shape {
	if len(more) == 0 && !c.chosen {
		if sh := x.Of(m); sh.Kind != Any && !x.narrows(c, sh) {
			return sh
		}
	}
	mc := &parts{} // nothing more, where the member holds anyhow
	if !slices.Contains(c.near, m.Target()) {
		mc = x.collect(m)
	}
	if x.excludes(c, of.holder, mc) {
		return nil
	}
	all := c.with(mc, more, len(of.members))
	all.types = x.types(all.near)
	s := &model.Schema{Pos: below(node, step, m), AllOf: []*model.Schema{m, node}}
	for p := range m.Conjuncts() {
		if s.Title == "" {
			s.Title = p.Title
		}
		if s.Text == "" {
			s.Doc = p.Doc
		}
	}
	x.place(node, s)
	return x.build(s, all)
}

// excludes reports whether a member of a union is of another type than what stands elsewhere. What stands
// beside the union itself is taken for a mistake then, and the member counts.
func (x *Shapes) excludes(c *parts, holder *model.Schema, member *parts) bool {
	return len(member.types) > 0 && slices.ContainsFunc(c.near, func(p *model.Schema) bool {
		return p != holder && len(p.Types) > 0 && len(common(member.types, p.Types)) == 0
	})
}

// place remembers around which schema one was made up.
func (x *Shapes) place(owner, s *model.Schema) {
	o := &origin{owner: owner, of: []*model.Schema{s}}
	if outer := x.lineage[owner]; outer != nil {
		o.nested = outer.nested + 1
	}
	x.lineage[s] = o
}

// narrows reports whether what stands beside a union says more of the shape than a member of it.
func (x *Shapes) narrows(c *parts, sh *Shape) bool {
	return slices.ContainsFunc(c.near, func(p *model.Schema) bool {
		beside := *p
		beside.OneOf, beside.AnyOf, beside.Discriminator = nil, nil, nil
		if sh.Kind == Object && len(beside.Properties) > 0 && x.has(sh, beside.Properties) {
			beside.Properties = nil
		}
		if a := beside.Additional; a != nil && a.Always != nil && sh.Kind == Object {
			beside.Additional = nil
		}
		return speaks(&beside) || x.adds(&beside, sh)
	})
}

// has reports whether an object says at least as much of its members as the properties beside a union.
func (x *Shapes) has(sh *Shape, properties []*model.Property) bool {
	return !slices.ContainsFunc(properties, func(p *model.Property) bool {
		m := sh.Member(p.Name)
		return m == nil || p.Required && !m.Required || !x.Covers(m.Schema, p.Schema)
	})
}

// build is the shape of parts, unions among them or not.
func (x *Shapes) build(node *model.Schema, c *parts) *Shape {
	switch {
	case len(c.choices) > 0:
		return x.distribute(node, c)
	case len(c.types) > 1:
		return x.byType(node, c)
	}
	return x.merge(node, c, nil)
}

// byType is the union of the JSON types that the parts permit.
func (x *Shapes) byType(node *model.Schema, c *parts) *Shape {
	var variants []*Variant
	for _, t := range c.types {
		s := &model.Schema{Pos: below(node, "/type/"+string(t), node), AllOf: []*model.Schema{node}}
		x.place(node, s)
		variants = append(variants, &Variant{Shape: x.merge(s, c, []model.Type{t}), Member: s})
	}
	return x.union(node, variants, nil)
}

// union brings variants together.
func (x *Shapes) union(node *model.Schema, list []*Variant, d *model.Discriminator) *Shape {
	out := &Shape{Kind: Union, Node: node}
	var flat []*Variant
	var anything, nothing *Variant
	for _, v := range list {
		out.Nullable = out.Nullable || v.Nullable || v.Kind == Null
		switch v.Kind {
		case Union:
			flat = append(flat, v.Variants...)
			if v.Open {
				anything = v
			}
		case Any:
			anything = v
		case Never:
			nothing = v
		case Null:
		default:
			flat = append(flat, v)
		}
	}
	out.Variants = x.together(node, flat)
	switch n := len(out.Variants); {
	case n == 0 && anything == nil && nothing == nil && out.Nullable:
		return &Shape{Kind: Null, Node: node, Nullable: true}
	case n == 0 && anything == nil:
		return &Shape{Kind: Never, Node: node}
	case n == 0, n == 1 && anything != nil && out.Variants[0].Kind != Object:
		return &Shape{Kind: Any, Node: node, Nullable: out.Nullable}
	case n == 1:
		one := *out.Variants[0].Shape
		one.Nullable, one.Self = one.Nullable || out.Nullable, one.Self && one.Node != node
		return &one
	}
	if anything != nil {
		out.Open, out.Nullable = true, out.Nullable || permitsNull(node)
	}
	x.tell(out, d)
	return out
}

// together makes one variant of those that Go holds in one type.
func (x *Shapes) together(node *model.Schema, list []*Variant) []*Variant {
	groups := map[Kind][]*Variant{}
	key := func(v *Variant) Kind {
		switch v.Kind {
		case Integer:
			return Number
		case Tuple:
			return List
		}
		return v.Kind
	}
	type identity struct {
		node *model.Schema
		self bool
	}
	seen := map[identity]bool{}
	for _, v := range list {
		if id := (identity{v.Node, v.Self}); !seen[id] {
			seen[id] = true
			groups[key(v)] = append(groups[key(v)], v)
		}
	}
	alone := len(groups) == 1
	var out []*Variant
	done := map[Kind]bool{}
	for _, v := range list {
		k := key(v)
		if done[k] {
			continue
		}
		done[k] = true
		if group := groups[k]; k == Object {
			out = append(out, group...)
		} else {
			out = append(out, x.one(node, k, group, alone))
		}
	}
	return out
}

// one is the shape that holds the values of several variants of one JSON type. Alone, it takes the place of
// the union.
func (x *Shapes) one(node *model.Schema, k Kind, group []*Variant, alone bool) *Variant {
	if len(group) == 1 {
		return group[0]
	}
	sh := &Shape{Kind: k, Node: node}
	if !alone {
		sh.Node = &model.Schema{Pos: below(node, "/"+string(k), group[0].Node)}
		x.place(node, sh.Node)
	}
	out := &Variant{Shape: sh, Member: node}
	switch k {
	case List, Map:
		var within []*model.Schema
		for _, v := range group {
			within = append(within, v.Prefix...)
			if further := cmp.Or(v.Items, v.Additional); further != nil {
				within = append(within, further)
			} else if !v.Ends {
				within = append(within, &model.Schema{Pos: v.Node.Pos})
			}
		}
		if k == List {
			sh.Items = x.either(sh.Node, "/items", within)
		} else {
			sh.Additional = x.either(sh.Node, "/additionalProperties", within)
		}
	default:
		x.scalars(sh, group)
	}
	return out
}

// scalars brings scalars of one JSON type together: the values all of them list, the format they share.
func (x *Shapes) scalars(sh *Shape, group []*Variant) {
	first := group[0]
	sh.Format, sh.Encoding = first.Format, first.Encoding
	var listed []*Variant // those that list values
	integers := true
	for _, v := range group {
		if v.Format != sh.Format {
			sh.Format = ""
			if v.Kind != String {
				sh.Format = "int64" // of integers, the widest
			}
		}
		if v.Encoding != sh.Encoding {
			sh.Encoding = ""
		}
		if len(v.Enum) > 0 {
			listed = append(listed, v)
		}
		integers = integers && v.Kind == Integer
		for _, e := range v.Enum {
			if !permits(sh.Enum, e.Value) {
				sh.Enum = append(sh.Enum, e)
			}
		}
	}
	if integers {
		sh.Kind = Integer
	} else if sh.Kind == Number {
		sh.Format = ""
	}
	if len(listed) == 1 && listed[0].Node.Name != "" && listed[0].Kind == sh.Kind {
		sh.Node = listed[0].Node // any string beside the values of a component: all enums are open
	}
}
