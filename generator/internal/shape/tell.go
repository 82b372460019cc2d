package shape

import (
	"cmp"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// discriminator is the nearest discriminator among the parts.
func (x *Shapes) discriminator(c *parts) *model.Discriminator {
	for _, p := range c.near {
		if p.Discriminator != nil {
			return p.Discriminator
		}
	}
	return nil
}

// tell finds what tells the objects of a union apart: the discriminator, or a member that is a constant in
// each of them.
func (x *Shapes) tell(sh *Shape, d *model.Discriminator) {
	for i, v := range sh.Variants { // shapes are shared, variants are not
		shape := *v.Shape
		shape.Nullable = false // the union is
		sh.Variants[i] = &Variant{Shape: &shape, Member: v.Member, Within: cmp.Or(v.Within, sh.Node)}
	}
	if d != nil && d.Property != "" {
		sh.Discriminator = d.Property
		x.mapped(sh, d)
		return
	}
	objects := slices.DeleteFunc(slices.Clone(sh.Variants), func(v *Variant) bool { return v.Kind != Object })
	if len(objects) < 2 {
		return
	}
	for _, m := range objects[0].Members {
		if values := x.apart(objects, m.Name); values != nil {
			sh.Discriminator, sh.Found = m.Name, true
			for i, v := range objects {
				v.Values = values[i]
			}
			return
		}
	}
}

// mapped finds the values of a discriminator: those that the mapping gives, those that the member itself
// permits, or the name of the component. What the mapping gives stands for one variant, and so does a name. Several may
// permit the same: then the value does not tell them apart.
func (x *Shapes) mapped(sh *Shape, d *model.Discriminator) {
	for _, c := range d.Mapping {
		if c.Schema == nil || slices.ContainsFunc(sh.Variants, func(v *Variant) bool { return v.stands(c.Schema) }) || x.open[c.Schema.Target()] {
			continue
		}
		if of := x.Of(c.Schema); of.Kind == Object { // mapped, and not listed
			sh.Variants = append(sh.Variants, &Variant{Shape: of, Member: c.Schema, Within: sh.Node})
		}
	}
	var taken []model.Value
	take := func(v *Variant, values ...model.Value) {
		for _, value := range values {
			if !slices.ContainsFunc(taken, func(t model.Value) bool { return equal(t, value) }) {
				taken, v.Values = append(taken, value), append(v.Values, value)
			}
		}
	}
	for _, c := range d.Mapping {
		for _, v := range sh.Variants {
			if v.Kind == Object && c.Schema != nil && v.stands(c.Schema) {
				take(v, text(c.Value))
				break
			}
		}
	}
	given := len(taken)
	for _, v := range sh.Variants {
		if v.Kind != Object {
			continue
		}
		if m := v.Shape.Member(d.Property); m != nil {
			for _, value := range x.Constants(m.Schema) {
				same := func(t model.Value) bool { return equal(t, value) }
				if !slices.ContainsFunc(taken[:given], same) && !slices.ContainsFunc(v.Values, same) {
					taken, v.Values = append(taken, value), append(v.Values, value)
				}
			}
		}
		if len(v.Values) == 0 && v.Member.Target().Name != "" {
			take(v, text(v.Member.Target().Name))
			v.Implied = true
		}
	}
}

// stands reports whether a variant is what a mapping means by a schema.
func (v *Variant) stands(s *model.Schema) bool {
	return v.Member.Target() == s.Target() || v.Node == s.Target()
}

// apart returns the values of a member in each of the objects, when every one permits some only, and no two
// the same.
func (x *Shapes) apart(objects []*Variant, name string) [][]model.Value {
	var out [][]model.Value
	var taken []model.Value
	for _, v := range objects {
		m := v.Shape.Member(name)
		if m == nil {
			return nil
		}
		values := x.Constants(m.Schema)
		if len(values) == 0 || slices.ContainsFunc(values, func(a model.Value) bool {
			return typeOf(a) == model.TypeObject || typeOf(a) == model.TypeArray || slices.ContainsFunc(taken, func(b model.Value) bool { return equal(a, b) })
		}) {
			return nil
		}
		out, taken = append(out, values), append(taken, values...)
	}
	return out
}
