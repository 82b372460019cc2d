package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// schemaReader reads one schema object.
type schemaReader struct {
	*loader
	s *model.Schema
	n *node
	x *node // its x-pantograph
}

// vocabulary reads what x-pantograph says of the schema itself.
func (r *schemaReader) vocabulary(outer *model.Source) {
	s := r.s
	r.x = r.extension(r.n, r.vocab.schema)
	s.Source = inherit(r.source(r.x.get("source")), outer)
	s.Unit = r.x.str("unit")
	s.Secret = r.x.flag("secret") || r.n.str("format") == "password"
	s.Tristate = r.x.flag("tristate")
	s.Inline = r.x.str("codec") == "inline"
	if s.Name != "" {
		s.PinnedName = r.x.str("name")
	}
	if rep := r.x.get("represents"); rep != nil {
		s.Represents = r.represents(rep)
	}
}

// types reads the type keyword first, for it decides how scalars are read.
func (r *schemaReader) types() {
	t := r.n.get("type")
	if t == nil || r.annotationsOnly() {
		return
	}
	names := []*node{t}
	if t.is(kindArray) {
		names = t.members
		if r.n.doc().old && len(names) > 0 {
			r.warnf(t.keyPos(), "type-list", "OpenAPI 3.0 and older know one type, not a list; it is read as in 3.1")
		}
	}
	known := true
	for _, name := range names {
		switch text := name.scalar(); {
		case text == "null" || name.is(kindNull):
			r.s.Nullable = true
		case !isType(text):
			known = r.unknownType(name) && known
		case !slices.Contains(r.s.Types, model.Type(text)):
			r.s.Types = append(r.s.Types, model.Type(text))
		}
	}
	if !known {
		r.s.Types = nil
	} else if r.s.Nullable && len(r.s.Types) == 0 {
		r.s.Const = model.Value("null")
	}
}

// place records where a keyword stands.
func (r *schemaReader) place(m *node) {
	k := model.KeywordPlace{Name: m.key, File: m.file.name, Line: m.keyLine, Col: m.keyCol}
	if k.Line == 0 {
		k.Line, k.Col = m.line, m.col
	}
	if r.s.Keywords == nil {
		r.s.Keywords = make([]model.KeywordPlace, 0, len(r.n.members))
	}
	r.s.Keywords = append(r.s.Keywords, k)
}

// at is the position of a keyword.
func (r *schemaReader) at(keyword string) model.Pos {
	pos, _ := r.s.KeywordPos(keyword)
	return pos
}

// keyword reads one member of a schema object.
func (r *schemaReader) keyword(m *node) {
	s := r.s
	if r.annotationsOnly() && !isAnnotation(m.key) {
		return
	}
	r.place(m)
	switch m.key {
	case "title":
		s.Title = r.text(m)
	case "description":
		s.Text = r.text(m)
	case "format":
		s.Format = r.text(m)
	case "contentEncoding":
		s.ContentEncoding = r.text(m)
	case "contentMediaType":
		s.ContentMediaType = r.text(m)
	case "contentSchema":
		s.ContentSchema = r.use(m, nil)
	case "deprecated":
		s.Deprecated = r.flagOf(m)
	case "readOnly":
		s.ReadOnly = r.flagOf(m)
	case "writeOnly":
		s.WriteOnly = r.flagOf(m)
	case "default":
		s.Default = r.value(m, r.n)
		r.instances = append(r.instances, instance{m, s, "default", func() { s.Default = nil }})
	case "const":
		s.Const = r.value(m, r.n)
	case "enum":
		r.enum(m)
	case "example":
		r.example(m)
	case "examples":
		for _, e := range r.examples(m) {
			r.example(e)
		}
	case "nullable":
		if !r.n.doc().old {
			r.warnf(m.keyPos(), "nullable-old", "nullable is no keyword since OpenAPI 3.1; it is read as in 3.0")
			r.hint("list null among the types")
		}
		s.Nullable = r.flagOf(m) || s.Nullable
	case "x-nullable":
		s.Nullable = r.flagOf(m) || s.Nullable

	case "minLength":
		s.MinLength = r.count(m)
	case "maxLength":
		s.MaxLength = r.count(m)
	case "minItems":
		s.MinItems = r.count(m)
	case "maxItems":
		s.MaxItems = r.count(m)
	case "minProperties":
		s.MinProperties = r.count(m)
	case "maxProperties":
		s.MaxProperties = r.count(m)
	case "minContains":
		s.MinContains = r.count(m)
	case "maxContains":
		s.MaxContains = r.count(m)
	case "pattern":
		s.Pattern = r.text(m)
	case "uniqueItems":
		s.UniqueItems = r.flagOf(m)
	case "minimum":
		s.Minimum = r.limit(m)
	case "maximum":
		s.Maximum = r.limit(m)
	case "multipleOf":
		s.MultipleOf = r.limit(m)
	case "exclusiveMinimum":
		s.ExclusiveMinimum = r.exclusive(m)
	case "exclusiveMaximum":
		s.ExclusiveMaximum = r.exclusive(m)

	case "$ref":
		if target := r.resolve(m); target != nil {
			s.Ref = r.shared(target)
		}
	case "$dynamicRef":
		if target := r.peek(m); target != nil && s.Ref == nil {
			s.Ref = r.shared(target)
			r.notef(m.pos(), "dynamic-ref", "the dynamic reference %q is read as a plain one", m.text)
		} else {
			r.warnf(m.pos(), "ref-not-found", "the dynamic reference %q leads nowhere", m.scalar())
		}
	case "required":
		if isFlag(m) {
			r.requiredFlag(m)
		} else {
			s.Required = r.names(m)
		}
	case "additionalProperties":
		s.Additional = r.use(m, s.Source)
	case "items":
		if m.is(kindArray) { // before 2020-12, a tuple
			s.PrefixItems = r.uses(m)
		} else {
			s.Items = r.use(m, s.Source)
		}
	case "prefixItems":
		s.PrefixItems = r.uses(m)
	case "patternProperties":
		r.patternProperties(m)
	case "propertyNames":
		s.PropertyNames = r.use(m, s.Source)
	case "unevaluatedProperties":
		s.UnevaluatedProperties = r.use(m, s.Source)
	case "unevaluatedItems":
		s.UnevaluatedItems = r.use(m, s.Source)
	case "contains":
		s.Contains = r.use(m, s.Source)
	case "dependentRequired", "dependentSchemas", "dependencies":
		r.dependencies(m)
	case "allOf":
		s.AllOf = r.uses(m)
	case "oneOf":
		s.OneOf = r.uses(m)
	case "anyOf":
		s.AnyOf = r.uses(m)
	case "not":
		s.Not = r.use(m, s.Source)
	case "if":
		s.If = r.use(m, s.Source)
	case "then":
		s.Then = r.use(m, s.Source)
	case "else":
		s.Else = r.use(m, s.Source)
	case "discriminator":
		s.Discriminator = r.discriminator(m)

	case validations:
		s.Validations = r.validations(m, s.Source)

	case "xml":
		s.XML = r.xml(m)

	case "type", "properties": // read before and after
	case "$comment", "$defs", "definitions", "externalDocs", "summary", "$schema", "$id", "$anchor", "$dynamicAnchor", extension: // nothing of a value
	case "$recursiveRef", "$vocabulary":
		r.notef(m.keyPos(), "keyword-not-read", "the keyword %q is not read", m.key)
	default:
		if !strings.HasPrefix(m.key, "x-") {
			r.warnf(m.keyPos(), "keyword-unknown", "%q is no keyword of a schema", m.key)
			if !r.dropped {
				r.didYouMean(m.key, keywords())
			}
		}
	}
}

// keywords are the names to which a misspelt one can be near.
func keywords() []string {
	return []string{
		"type", "title", "description", "format", "deprecated", "readOnly", "writeOnly", "default", "const", "enum", "examples", "minLength", "maxLength",
		"minItems", "maxItems", "minProperties", "maxProperties", "pattern", "uniqueItems", "minimum", "maximum", "multipleOf", "exclusiveMinimum",
		"exclusiveMaximum", "required", "properties", "additionalProperties", "patternProperties", "unevaluatedProperties", "dependentRequired",
		"dependentSchemas", "items", "prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems", "propertyNames", "allOf", "oneOf", "anyOf",
		"not", "if", "then", "else", "discriminator", "contentEncoding", "contentMediaType", "contentSchema", "xml", "$ref",
	}
}

// example reads one example of the schema.
func (r *schemaReader) example(n *node) {
	s, v := r.s, r.value(n, r.n)
	s.Examples = append(s.Examples, v)
	r.instances = append(r.instances, instance{n, s, "example", func() {
		s.Examples = slices.DeleteFunc(s.Examples, func(e model.Value) bool { return &e[0] == &v[0] })
	}})
}

// uses reads a list of schemas.
func (r *schemaReader) uses(m *node) []*model.Schema {
	var list []*model.Schema
	for _, entry := range r.list(m) {
		list = append(list, r.use(entry, r.s.Source))
	}
	return list
}

// enum reads permitted values; null among them makes the schema nullable.
func (r *schemaReader) enum(m *node) {
	if m.is(kindArray) && len(m.members) == 0 {
		r.warnf(m.keyPos(), "enum-empty", "the enum lists no values; it is left out")
		return
	}
	names, docs := r.x.get("enumNames"), r.x.get("enumDocs")
	seen := map[string]bool{}
	for _, entry := range r.list(m) {
		v := r.value(entry, r.n)
		if v.IsNull() {
			r.s.Nullable = true
			continue
		}
		if seen[string(v)] {
			r.warnf(entry.pos(), "enum-repeated", "the value %s is listed twice", v)
			continue
		}
		seen[string(v)] = true
		e := &model.Enum{Pos: entry.pos(), Value: v}
		e.PinnedName = names.str(entry.text)
		e.Text = docs.str(entry.text)
		r.s.Enum = append(r.s.Enum, e)
	}
	if names == nil && docs == nil {
		return
	}
	listed := map[string]bool{}
	for _, e := range m.members {
		listed[e.scalar()] = true
	}
	for _, list := range []*node{names, docs} {
		for _, entry := range list.entries() {
			if !listed[entry.key] {
				r.errorf(entry.keyPos(), "enum-value-missing", "%q is no value of the enum", entry.key)
			}
		}
	}
}

// discriminator reads what tells the members of a union apart. A case that leads nowhere is left out.
func (r *schemaReader) discriminator(m *node) *model.Discriminator {
	property := m.get("propertyName")
	if m.isText() { // 2.0: the name alone
		if property = m; !m.doc().two {
			r.warnf(m.pos(), "discriminator-old", "since OpenAPI 3.0, a discriminator is an object; its text is taken for propertyName")
		}
	} else if !r.object(m) {
		return nil
	}
	d := &model.Discriminator{Pos: m.pos(), Property: r.text(property)}
	if d.Property == "" {
		r.warnf(m.pos(), "discriminator-incomplete", "a discriminator needs propertyName; it is left out")
		return nil
	}
	if m.isText() {
		return d
	}
	for _, c := range r.fields(m.get("mapping")) {
		if target := r.mapped(c); target != nil {
			d.Mapping = append(d.Mapping, model.DiscriminatorCase{Value: c.key, Schema: r.shared(target)})
		}
	}
	return d
}

// mapped returns the schema to which a case of a discriminator leads: the name of a component, or a reference.
func (r *schemaReader) mapped(c *node) *node {
	if !c.isText() {
		r.wrongType(c, "a string")
		return nil
	}
	for _, f := range append([]*file{c.file}, r.specs...) {
		if target := f.root.at("components", "schemas", c.text); target != nil {
			return target
		}
	}
	return r.resolveAs(c, diag.Warning)
}

// represents reads what a value is when the wire writes it as something else.
func (r *schemaReader) represents(m *node) *model.Represents {
	rep := &model.Represents{
		Pos: m.pos(), Type: model.Type(m.str("type")),
		True: m.str("true"), False: m.str("false"), Separator: m.str("separator"), Items: r.use(m.get("items"), nil),
	}
	for _, layout := range m.get("layouts").entries() {
		rep.Layouts = append(rep.Layouts, layout.text)
	}
	needs := map[model.Type][]string{model.TypeBoolean: {"true", "false"}, model.TypeArray: {"separator", "items"}, model.TypeTime: {"layouts"}}[rep.Type]
	for _, need := range needs {
		if m.get(need) == nil {
			r.errorf(m.pos(), "vocabulary-incomplete", "represents of type %s needs %q", rep.Type, need)
		}
	}
	for _, other := range []string{"true", "false", "separator", "items", "layouts"} {
		if extra := m.get(other); extra != nil && rep.Type != "" && !slices.Contains(needs, other) {
			r.errorf(extra.keyPos(), "vocabulary-value", "represents of type %s has no %q", rep.Type, other)
		}
	}
	return rep
}
