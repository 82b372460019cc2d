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
	if n := len(properties.entries()); n > maxMembers {
		r.errorf(properties.pos(), "limit", "the object has more than %d properties", maxMembers)
		return
	}
	required := set(s.Required)
	for _, m := range r.fields(properties) {
		p := &model.Property{Pos: m.pos(), Name: m.key, Required: required(m.key) || isTrue(m.get("required"))}
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
	list := r.list(m)
	names := make([]string, 0, len(list))
	for _, name := range list {
		if name.isText() {
			names = append(names, name.text)
		} else {
			r.wrongType(name, "a string")
		}
	}
	return distinct(names)
}

// distinct leaves out repetitions.
func distinct(names []string) []string {
	if len(names) < indexFrom {
		kept := names[:0]
		for _, name := range names {
			if !slices.Contains(kept, name) {
				kept = append(kept, name)
			}
		}
		return kept
	}
	seen := make(map[string]bool, len(names))
	return slices.DeleteFunc(names, func(name string) bool {
		repeated := seen[name]
		seen[name] = true
		return repeated
	})
}

// set returns a function that knows the names, of which there are a handful, mostly.
func set(names []string) func(string) bool {
	if len(names) < indexFrom {
		return func(name string) bool { return slices.Contains(names, name) }
	}
	known := make(map[string]bool, len(names))
	for _, name := range names {
		known[name] = true
	}
	return func(name string) bool { return known[name] }
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
