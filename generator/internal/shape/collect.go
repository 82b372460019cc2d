package shape

import (
	"maps"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// maxConjuncts bounds how many schemas one value may have to meet.
const maxConjuncts = 1000

// parts are the schemas that all hold for a value, each read for its own keywords alone.
type parts struct {
	near    []*model.Schema                 // the nearest first
	order   []*model.Schema                 // the same as the document reads: what is inherited comes first
	owners  map[*model.Schema]*model.Schema // of each, the component in whose text it stands, or the schema that it is collected for
	types   []model.Type                    // what all of them permit; empty: nothing is said
	choices []choice                        // unions among them
	chosen  bool                            // a member of a union is among them
	heir    bool                            // one of them is a union that lists what inherits from it
	weight  int                             // how many combinations of union members this one is among
	asks    []*model.Schema                 // members of unions that say nothing of the shape: what they require may be there
	others  []*model.Schema                 // all members of the unions that were chosen from, with what they are made of
}

// choice is a union of at least two members.
type choice struct {
	holder  *model.Schema
	keyword string
	members []*model.Schema
}

// collect finds everything that holds for a value of s.
func (x *Shapes) collect(s *model.Schema) *parts {
	c := &parts{weight: 1, owners: map[*model.Schema]*model.Schema{}}
	for p := range s.Conjuncts() {
		if len(c.near) == maxConjuncts {
			x.warn(s.Pos, "schema-limit", "more than %d schemas are combined here; the others are left out", maxConjuncts)
			break
		}
		c.near = append(c.near, p)
	}
	v := &visitor{x: x, c: c, within: map[*model.Schema]bool{}, done: map[*model.Schema]bool{}}
	for _, p := range c.near {
		v.done[p] = false
	}
	v.visit(s, s)
	c.types = x.types(c.near)
	return c
}

// visitor walks conjuncts in the order of the document.
type visitor struct {
	x      *Shapes
	c      *parts
	within map[*model.Schema]bool // what is being visited
	done   map[*model.Schema]bool // has an entry for each conjunct
}

func (v *visitor) visit(s, owner *model.Schema) {
	if s.Name != "" {
		owner = s
	}
	if v.within[s] {
		v.x.warn(s.Pos, "schema-cycle", "allOf leads back to this schema; it adds nothing to itself")
		return
	}
	if done, ok := v.done[s]; done || !ok {
		return
	}
	v.within[s], v.done[s], v.c.owners[s] = true, true, owner
	if s.Ref != nil {
		v.visit(s.Ref, owner)
	}
	for _, m := range s.AllOf {
		v.visit(m, owner)
	}
	v.union(s, owner, "oneOf", s.OneOf)
	v.union(s, owner, "anyOf", s.AnyOf)
	delete(v.within, s)
	v.c.order = append(v.c.order, s)
}

// union adds a union to the choices: unless it has one member only, which holds; or constants only, which
// are values; or was chosen from already, where a member inherits from the schema that lists it.
func (v *visitor) union(holder, owner *model.Schema, keyword string, members []*model.Schema) {
	if len(members) == 1 {
		v.visit(members[0], owner)
		return
	}
	heir := func(m *model.Schema) bool { return m.Target() != holder && v.within[m.Target()] }
	never := func(m *model.Schema) bool { return m.Always != nil && !*m.Always }
	if len(members) == 0 || model.Constants(members) != nil {
		return
	}
	if slices.ContainsFunc(members, heir) {
		v.c.heir = true
		return
	}
	v.c.choices = append(v.c.choices, choice{holder, keyword, slices.DeleteFunc(slices.Clone(members), never)})
}

// with adds a member of one of the unions to what holds anyhow. The member is nearer.
func (c *parts) with(m *parts, rest []choice, members int) *parts {
	out := &parts{
		near: slices.Clone(m.near), order: slices.Clone(c.order), owners: maps.Clone(c.owners), chosen: true, weight: c.weight * members,
		asks: c.asks, others: c.others,
	}
	for p, owner := range m.owners {
		if out.owners[p] == nil {
			out.owners[p] = owner
		}
	}
	for _, p := range c.near {
		if !slices.Contains(out.near, p) {
			out.near = append(out.near, p)
		}
	}
	for _, p := range m.order {
		if !slices.Contains(out.order, p) {
			out.order = append(out.order, p)
		}
	}
	out.choices = append(slices.Clone(m.choices), rest...)
	return out
}

// types are the JSON types that all conjuncts permit.
func (x *Shapes) types(near []*model.Schema) []model.Type {
	var types []model.Type
	var from *model.Schema
	for _, p := range near {
		switch {
		case len(p.Types) == 0:
		case from == nil:
			types, from = p.Types, p
		default:
			if both := common(types, p.Types); len(both) > 0 {
				types = both
			} else {
				x.conflict("type", "the type", from, p)
			}
		}
	}
	if len(types) == 0 {
		types = implied(near, !x.AsWritten)
	}
	if slices.Contains(types, model.TypeNumber) {
		types = slices.DeleteFunc(slices.Clone(types), func(t model.Type) bool { return t == model.TypeInteger })
	}
	return types
}

// common are the types that both lists permit, in the order of the first.
func common(a, b []model.Type) []model.Type {
	var out []model.Type
	for _, t := range a {
		switch {
		case slices.Contains(b, t), t == model.TypeInteger && slices.Contains(b, model.TypeNumber):
			out = append(out, t)
		case t == model.TypeNumber && slices.Contains(b, model.TypeInteger):
			out = append(out, model.TypeInteger)
		}
	}
	return out
}

// implied are the types of schemas that state none, by the values they list or, where that is wanted, the one type
// that their keywords are about.
func implied(near []*model.Schema, byKeywords bool) []model.Type {
	var values, keywords []model.Type
	add := func(list *[]model.Type, t model.Type) {
		if t != "" && !slices.Contains(*list, t) {
			*list = append(*list, t)
		}
	}
	for _, p := range near {
		if p.Const != nil {
			add(&values, typeOf(p.Const))
		}
		for _, v := range p.Values() {
			add(&values, typeOf(v.Value))
		}
		for _, t := range keywordTypes(p) {
			add(&keywords, t)
		}
	}
	if len(values) > 0 {
		return values
	}
	if len(keywords) == 1 && byKeywords {
		return keywords
	}
	return nil
}

// typeOf is the JSON type of a value; empty for null.
func typeOf(v model.Value) model.Type {
	if len(v) == 0 {
		return ""
	}
	switch v[0] {
	case '"':
		return model.TypeString
	case 't', 'f':
		return model.TypeBoolean
	case '{':
		return model.TypeObject
	case '[':
		return model.TypeArray
	case 'n':
		return ""
	}
	if isInteger(v) {
		return model.TypeInteger
	}
	return model.TypeNumber
}

// keywordTypes are the types that the keywords of a schema are about.
func keywordTypes(s *model.Schema) []model.Type {
	var out []model.Type
	if len(s.Properties)+len(s.PatternProperties) > 0 || s.Additional != nil {
		out = append(out, model.TypeObject)
	}
	if s.Items != nil || len(s.PrefixItems) > 0 {
		out = append(out, model.TypeArray)
	}
	if s.MinLength != nil || s.MaxLength != nil || s.Pattern != "" || s.ContentEncoding != "" || slices.Contains(textFormats, s.Format) {
		out = append(out, model.TypeString)
	}
	if s.Minimum+s.Maximum+s.ExclusiveMinimum+s.ExclusiveMaximum+s.MultipleOf != "" || s.Format == "double" || s.Format == "float" {
		out = append(out, model.TypeNumber)
	}
	if s.Format == "int32" || s.Format == "int64" {
		out = append(out, model.TypeInteger)
	}
	return out
}

// textFormats are the formats of the standard that only strings have.
var textFormats = []string{
	"date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference",
	"iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex", "byte", "binary", "password",
}
