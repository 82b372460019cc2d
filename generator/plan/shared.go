package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Documents that were made by programs write one and the same object or enum at many members of one name. Inline
// schemas that say the same, in the same words, of members of the same name, and on the same side of the wire, are
// one type where there are many of them. It is named after the first of their places in the order of ids, not in
// that of the document. A type that is published stays one of its own.

// fewestShared is from how many equal schemas on they are one type. Below, it is better that each can change for
// itself: a type that falls apart because one of its places has changed breaks the programs that use the others.
const fewestShared = 5

// share finds the inline schemas that are one type, and names it.
func (b *builder) share() {
	groups := map[string][]*model.Schema{}
	prints := map[*model.Schema]string{}
	told := map[typeKey]bool{} // what the value of a discriminator stands for is no other type
	for k := range b.keys {
		told[k.typeKey] = true
	}
	for k := range b.tells {
		told[k.typeKey] = true
	}
	for key, side := range b.reach {
		s := key.schema
		if key != (typeKey{schema: s}) || told[key] {
			continue
		}
		member := memberName(s.Pointer)
		if s.Name != "" || s.PinnedName != "" || s.Ref != nil || s.Represents != nil || len(s.Properties)+len(s.Enum) == 0 || member == "" {
			continue
		}
		own := *s
		own.Doc, own.Title, own.Default, own.Examples, own.ReadOnly, own.WriteOnly = model.Doc{}, "", nil, nil, false, false
		key := strings.Join([]string{member, fingerprint(&own, prints), text01(side.request), text01(side.response)}, "\x00")
		groups[key] = append(groups[key], s)
	}
	var shared [][]*model.Schema
	for _, g := range groups {
		if len(g) >= fewestShared {
			slices.SortFunc(g, byPlace)
			shared = append(shared, g)
		}
	}
	slices.SortFunc(shared, func(x, y []*model.Schema) int { return byPlace(x[0], y[0]) })
	components := map[string]*model.Schema{}
	for _, s := range b.api.Schemas {
		components[s.ID()] = s
	}
	for _, g := range shared {
		first := g[0]
		if i := slices.IndexFunc(g, func(s *model.Schema) bool { _, published := b.lock.get("type", s.ID()); return published }); i >= 0 {
			first = g[i]
		}
		name := b.placeName(first, components)
		if name == "" {
			continue
		}
		b.claimed[first] = b.derive("type", first.ID(), name, "Shared", first.Pos)
		for _, s := range g {
			if _, published := b.lock.get("type", s.ID()); !published {
				b.same[s] = first
			}
		}
	}
}

// one is the schema that stands for all that are one type with it.
func (b *builder) one(s *model.Schema) *model.Schema {
	if o := b.same[s]; o != nil {
		return o
	}
	return s
}

// byPlace orders schemas by where they stand: components first, then the shorter path.
func byPlace(x, y *model.Schema) int {
	outside := func(s *model.Schema) int {
		if componentPath(s.Pointer) == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(outside(x), outside(y)), cmp.Compare(len(x.Pointer), len(y.Pointer)),
		strings.Compare(x.Pointer, y.Pointer), strings.Compare(x.File, y.File))
}

// componentPath is the pointer of the component schema that a pointer leads into; empty for others.
func componentPath(pointer string) string {
	for _, section := range []string{"/components/schemas/", "/definitions/"} {
		if rest, ok := strings.CutPrefix(pointer, section); ok {
			name, _, _ := strings.Cut(rest, "/")
			return section + name
		}
	}
	return ""
}

// memberName is the name of the member whose schema, or whose items', stands at a pointer; empty where there is none.
func memberName(pointer string) string {
	tokens := strings.Split(pointer, "/")
	for i := len(tokens) - 1; i > 0; i-- {
		switch {
		case tokens[i-1] == "properties":
			return tokens[i]
		case tokens[i] != "items" && tokens[i] != "additionalProperties":
			return ""
		}
	}
	return ""
}

// placeName is the name that a schema in place gets by its place: that of what it stands in, and of the members on
// the way.
func (b *builder) placeName(s *model.Schema, components map[string]*model.Schema) string {
	name, rest := "", ""
	switch component := componentPath(s.Pointer); {
	case component != "":
		owner := components[s.File+"#"+component]
		if owner == nil {
			return ""
		}
		if name = b.claimed[owner]; name == "" {
			name = b.componentName(owner)
		}
		rest = strings.TrimPrefix(s.Pointer, component)
	default:
		i := slices.IndexFunc(b.api.Operations, func(op *model.Operation) bool {
			return op.File == s.File && strings.HasPrefix(s.Pointer, op.Pointer+"/")
		})
		if i < 0 {
			return ""
		}
		op := b.api.Operations[i]
		name, rest = b.callName(op), strings.TrimPrefix(s.Pointer, op.Pointer)
		switch {
		case name == "":
			return "" // of the package of webhooks, which names no operations
		case strings.HasPrefix(rest, "/requestBody/"):
			name += "Request"
		case strings.HasPrefix(rest, "/responses/"):
			name += "Response"
		}
	}
	tokens := strings.Split(rest, "/")
	for i, t := range tokens {
		switch {
		case i > 0 && tokens[i-1] == "properties":
			member := model.ComponentName("/" + t)
			name += cmp.Or(b.namer.Exported(member), b.namer.Spelled(member))
		case t == "items":
			name = singular(name)
		case t == "additionalProperties":
			name += "Value"
		}
	}
	return name
}

// fingerprint is the same for schemas that say the same in the same words. A component is itself.
func fingerprint(s *model.Schema, known map[*model.Schema]string) string {
	if s == nil {
		return ""
	}
	if s.Name != "" {
		return s.ID()
	}
	if p, ok := known[s]; ok {
		return p
	}
	known[s] = s.ID() // a schema within itself is only itself
	own := *s
	own.Pos, own.Represents = model.Pos{}, nil
	var parts []string
	child := func(word string, c *model.Schema) {
		if c != nil {
			parts = append(parts, word, fingerprint(c, known))
		}
	}
	each := func(word string, list []*model.Schema) {
		for _, c := range list {
			child(word, c)
		}
	}
	child("ref", s.Ref)
	for _, p := range s.Properties {
		parts = append(parts, p.Name, text01(p.Required), p.PinnedName)
		if p.Source != nil {
			parts = append(parts, p.Source.String())
		}
		child("property", p.Schema)
	}
	for _, p := range s.PatternProperties {
		parts = append(parts, p.Pattern)
		child("pattern", p.Schema)
	}
	for _, d := range s.DependentSchemas {
		parts = append(parts, d.Name)
		child("dependent", d.Schema)
	}
	for _, d := range s.DependentRequired {
		parts = append(append(parts, d.Name), d.Required...)
	}
	if x := s.XML; x != nil {
		parts = append(parts, "xml", x.Name, x.Namespace, x.Prefix, text01(x.Attribute), text01(x.Wrapped))
	}
	for _, e := range s.Enum {
		parts = append(parts, string(e.Value), e.PinnedName, e.Summary, e.Text)
	}
	if d := s.Discriminator; d != nil {
		parts = append(parts, "discriminator", d.Property)
		for _, c := range d.Mapping {
			parts = append(parts, c.Value)
			child("case", c.Schema)
		}
	}
	if r := s.Represents; r != nil {
		parts = append(parts, append([]string{"represents", string(r.Type), r.True, r.False, r.Separator}, r.Layouts...)...)
		child("items", r.Items)
	}
	child("additional", s.Additional)
	child("names", s.PropertyNames)
	child("unevaluated", s.UnevaluatedProperties)
	child("items", s.Items)
	child("contains", s.Contains)
	child("unevaluatedItems", s.UnevaluatedItems)
	child("content", s.ContentSchema)
	child("not", s.Not)
	child("if", s.If)
	child("then", s.Then)
	child("else", s.Else)
	each("prefix", s.PrefixItems)
	each("allOf", s.AllOf)
	each("oneOf", s.OneOf)
	each("anyOf", s.AnyOf)
	own.Ref, own.Properties, own.PatternProperties, own.DependentSchemas, own.Enum, own.Discriminator = nil, nil, nil, nil, nil, nil
	own.DependentRequired, own.XML = nil, nil
	own.Additional, own.PropertyNames, own.UnevaluatedProperties, own.Items, own.Contains, own.UnevaluatedItems = nil, nil, nil, nil, nil, nil
	own.ContentSchema, own.Not, own.If, own.Then, own.Else = nil, nil, nil, nil, nil
	own.PrefixItems, own.AllOf, own.OneOf, own.AnyOf = nil, nil, nil, nil
	rest, err := json.Marshal(&own)
	if err != nil {
		return s.ID() // an example that is no JSON: nothing to compare with
	}
	sum := sha256.Sum256([]byte(strings.Join(append(parts, string(rest)), "\x00")))
	known[s] = string(sum[:16])
	return known[s]
}

func text01(v bool) string {
	if v {
		return "1"
	}
	return "0"
}
