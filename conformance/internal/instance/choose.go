package instance

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// choose takes the decisions that a schema leaves: which member of a union, which child of a base. What is left is one schema
// without combinations.
func (m *Maker) choose(ref *openapi3.SchemaRef, depth int) (s *openapi3.Schema, c *choice, err error) {
	c = &choice{maker: m}
	if child, tag := m.child(ref); child != nil {
		if s, err = c.flatten(child, depth); err == nil {
			s = tagged(s, ref.Value.Discriminator.PropertyName, tag)
		}
		return s, c, err
	}
	s, err = c.flatten(ref, depth)
	return s, c, err
}

// MeantOne is an extension of a schema: of its anyOf, exactly one is meant.
const MeantOne = "x-meant-one"

// choice is what was chosen for one value.
type choice struct {
	maker   *Maker
	members []*openapi3.SchemaRef
	others  []*openapi3.SchemaRef // of the same unions
	rivals  []*openapi3.SchemaRef // those of them that a value of a request must not be too
	values  []any                 // that what lies around a union permits; empty: nothing is said
}

// flatten merges what a schema is combined of into one.
func (c *choice) flatten(ref *openapi3.SchemaRef, depth int) (*openapi3.Schema, error) {
	if depth > tooDeep {
		return nil, endless
	}
	if ref == nil || ref.Value == nil {
		return &openapi3.Schema{}, nil
	}
	s := ref.Value
	if len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) == 0 {
		return s, nil
	}
	if len(s.Enum) > 0 {
		c.values = s.Enum
	}
	out := *s
	out.AllOf, out.OneOf, out.AnyOf, out.Discriminator = nil, nil, nil, nil
	for _, member := range s.AllOf {
		flat, err := c.flatten(member, depth+1)
		if err != nil {
			return nil, err
		}
		out = *merge(&out, flat)
	}
	for _, union := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(union) == 0 {
			continue
		}
		member := c.maker.member(c.permitted(union), depth)
		flat, err := c.flatten(member, depth+1)
		if err != nil {
			return nil, err
		}
		c.members = append(c.members, member)
		for _, other := range union {
			if other == member {
				continue
			}
			c.others = append(c.others, other)
			if s.Extensions[MeantOne] == true && !c.maker.Answer {
				c.rivals = append(c.rivals, other)
			}
		}
		if d := s.Discriminator; d != nil {
			flat = tagged(flat, d.PropertyName, c.maker.tag(d, member))
		}
		out = *merge(&out, flat)
	}
	return &out, nil
}

// ambiguous reports whether a value looks like one of another member too, by the names of what it holds, and is none, by the
// limits of some: nobody could tell what it is meant to be.
func (c *choice) ambiguous(v any) bool {
	if slices.ContainsFunc(c.rivals, func(rival *openapi3.SchemaRef) bool { return c.maker.Judge(rival, v) == nil }) {
		return true
	}
	object, ok := v.(map[string]any)
	return ok && slices.ContainsFunc(c.others, func(other *openapi3.SchemaRef) bool {
		if other.Value == nil || len(other.Value.Properties) == 0 || len(other.Value.AllOf)+len(other.Value.OneOf)+len(other.Value.AnyOf) > 0 {
			return false
		}
		for name, member := range object {
			p := other.Value.Properties[name]
			if p == nil || c.maker.distinct(p, member) {
				return false
			}
		}
		for _, name := range other.Value.Required {
			if _, ok := object[name]; !ok {
				return false
			}
		}
		return c.maker.Judge(other, v) != nil
	})
}

// distinct reports whether a value is of another type than a schema states, or holds other values than it lists.
func (m *Maker) distinct(p *openapi3.SchemaRef, v any) bool {
	if p.Value == nil {
		return false
	}
	bare := &openapi3.Schema{Type: p.Value.Type, Enum: p.Value.Enum, Const: p.Value.Const, Nullable: p.Value.Nullable, AllOf: p.Value.AllOf, OneOf: p.Value.OneOf, AnyOf: p.Value.AnyOf, Properties: p.Value.Properties, Items: p.Value.Items}
	return m.Judge(openapi3.NewSchemaRef("", bare), v) != nil
}

// permitted leaves out the constants of a union that what lies around it does not permit.
func (c *choice) permitted(union openapi3.SchemaRefs) openapi3.SchemaRefs {
	out := slices.DeleteFunc(slices.Clone(union), func(member *openapi3.SchemaRef) bool {
		return member.Value != nil && member.Value.Const != nil && len(c.values) > 0 &&
			!slices.ContainsFunc(c.values, func(v any) bool { return equal(v, member.Value.Const) })
	})
	if len(out) == 0 {
		return union
	}
	return out
}

// member chooses one of a union; far down, one that ends.
func (m *Maker) member(union openapi3.SchemaRefs, depth int) *openapi3.SchemaRef {
	if depth >= deep || m.left <= 0 {
		for _, member := range union {
			if v := member.Value; v != nil && len(v.Properties)+len(v.AllOf)+len(v.OneOf)+len(v.AnyOf) == 0 && v.Items == nil {
				return member
			}
		}
	}
	return union[m.Rand.IntN(len(union))]
}

// tag is the value by which a discriminator knows a member of its union.
func (m *Maker) tag(d *openapi3.Discriminator, member *openapi3.SchemaRef) string {
	var tags []string
	for _, value := range slices.Sorted(maps.Keys(d.Mapping)) {
		if to := d.Mapping[value]; to.Ref == member.Ref || nameOf(to.Ref) == nameOf(member.Ref) {
			tags = append(tags, value)
		}
	}
	if len(tags) > 0 {
		return tags[m.Rand.IntN(len(tags))]
	}
	return nameOf(member.Ref)
}

func nameOf(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

// tagged is a schema whose discriminator has one value. A property that has constants of its own keeps them.
func tagged(s *openapi3.Schema, property, tag string) *openapi3.Schema {
	if p := s.Properties[property]; tag == "" || p != nil && p.Value != nil && (p.Value.Const != nil || len(p.Value.Enum) == 1) {
		return s
	}
	out := *s
	out.Properties = maps.Clone(s.Properties)
	if out.Properties == nil {
		out.Properties = openapi3.Schemas{}
	}
	out.Properties[property] = openapi3.NewSchemaRef("", &openapi3.Schema{Type: &openapi3.Types{"string"}, Enum: []any{tag}})
	if !slices.Contains(out.Required, property) {
		out.Required = append(slices.Clone(out.Required), property)
	}
	return &out
}

// child chooses one of the schemas that a base with a discriminator stands for: those that are made of it, and those that
// its mapping names. A nil child means the schema itself.
func (m *Maker) child(ref *openapi3.SchemaRef) (*openapi3.SchemaRef, string) {
	s := ref.Value
	if s.Discriminator == nil || len(s.OneOf)+len(s.AnyOf) > 0 || m.Doc == nil || m.Doc.Components == nil {
		return nil, ""
	}
	children := m.childrenOf(s)
	if len(children) == 0 {
		return nil, ""
	}
	child := children[m.Rand.IntN(len(children))]
	return child, m.tag(s.Discriminator, child)
}

func (m *Maker) childrenOf(s *openapi3.Schema) []*openapi3.SchemaRef {
	if list, ok := m.children[s]; ok {
		return list
	}
	var list []*openapi3.SchemaRef
	for _, name := range slices.Sorted(maps.Keys(m.Doc.Components.Schemas)) {
		c := m.Doc.Components.Schemas[name]
		if c.Value == nil || c.Value == s {
			continue
		}
		ref := openapi3.NewSchemaRef("#/components/schemas/"+name, c.Value)
		if slices.ContainsFunc(c.Value.AllOf, func(p *openapi3.SchemaRef) bool { return p.Value == s }) {
			list = append(list, ref)
		}
	}
	if m.children == nil {
		m.children = map[*openapi3.Schema][]*openapi3.SchemaRef{}
	}
	m.children[s] = list
	return list
}
