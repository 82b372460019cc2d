package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// properties reads the members of an object. It comes last: they inherit the schema's source.
func (r *schemaReader) properties() {
	s := r.s
	if r.annotationsOnly() {
		return
	}
	properties := r.n.get("properties")
	if properties.get("$ref").isText() { // not OpenAPI, but some documents of many files have it
		properties = r.deref(properties)
	}
	for _, m := range r.fields(properties) {
		p := &model.Property{Pos: m.pos(), Name: m.key, Required: slices.Contains(s.Required, m.key) || isTrue(m.get("required"))}
		outer := within(s.Source, m.key)
		p.Schema = r.use(m, outer)
		p.PinnedName = m.at(extension, "name").scalar()
		p.Source = outer
		if p.Schema == r.schemas[m] { // not a component, which has a source of its own
			p.Schema.Source = rowed(p.Schema.Source, m.key)
			p.Source = p.Schema.Source
		}
		s.Properties = append(s.Properties, p)
	}
}

// patternProperties reads what members are whose names match.
func (r *schemaReader) patternProperties(m *node) {
	for _, entry := range r.fields(m) {
		r.s.PatternProperties = append(r.s.PatternProperties, &model.PatternProperty{Pos: entry.pos(), Pattern: entry.key, Schema: r.use(entry, r.s.Source)})
	}
}

// dependencies reads what the presence of a member asks for: names in a list, or a schema. Older drafts have
// both under one keyword.
func (r *schemaReader) dependencies(m *node) {
	for _, entry := range r.fields(m) {
		if entry.is(kindArray) {
			r.s.DependentRequired = append(r.s.DependentRequired, &model.DependentRequired{Pos: entry.pos(), Name: entry.key, Required: r.names(entry)})
		} else {
			r.s.DependentSchemas = append(r.s.DependentSchemas, &model.DependentSchema{Pos: entry.pos(), Name: entry.key, Schema: r.use(entry, r.s.Source)})
		}
	}
}

// names reads a list of member names.
func (r *schemaReader) names(m *node) []string {
	var names []string
	for _, name := range r.list(m) {
		if !name.isText() {
			r.wrongType(name, "a string")
		} else if !slices.Contains(names, name.text) {
			names = append(names, name.text)
		}
	}
	return names
}

// xml reads how a value is written as XML.
func (r *schemaReader) xml(m *node) *model.XML {
	if !r.object(m) {
		return nil
	}
	// 3.2 says the same by nodeType.
	return &model.XML{
		Pos: m.pos(), Name: m.str("name"), Namespace: m.str("namespace"), Prefix: m.str("prefix"),
		Attribute: r.flagOf(m.get("attribute")) || m.str("nodeType") == "attribute",
		Wrapped:   r.flagOf(m.get("wrapped")) || r.n.get("items") != nil && m.str("nodeType") == "element",
	}
}
