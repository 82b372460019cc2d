package source

import (
	"slices"
)

// isBody reports whether a parameter is the body, or a part of it.
func isBody(p *node) bool { return p.str("in") == "body" || p.str("in") == "formData" }

// parameters lifts shared parameters; those of bodies are lifted where they are used.
func (t *swagger) parameters(old *node) *node {
	if !t.loader.object(old) {
		return nil
	}
	list := t.object("parameters", old)
	for _, p := range slices.Clone(old.members) {
		if !isBody(p) {
			t.parameter(p)
		}
		list.put(p)
	}
	return list
}

// typed are the members of a parameter or header that say its type.
func typed() []string {
	return []string{
		"type", "format", "items", "default", "enum", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
		"maxItems", "minItems", "uniqueItems", "multipleOf", "x-nullable", "x-enum-varnames",
	}
}

// parameter gives a parameter or header a schema.
func (t *swagger) parameter(p *node) {
	if !p.is(kindObject) || t.lifted[p] || p.get("$ref") != nil {
		return
	}
	t.lifted[p] = true
	format := p.take("collectionFormat")
	isArray := p.str("type") == "array"
	if p.get("schema") == nil {
		p.put(t.schema(p))
	}
	if !isArray {
		return
	}
	style, explode := "form", "false"
	switch inQuery := p.str("in") == "query" || p.str("in") == "formData"; format.scalar() {
	case "", "csv":
		if !inQuery {
			return // commas are what they are separated by anyway
		}
	case "multi":
		if explode = "true"; !inQuery {
			t.warnf(format.pos(), "collection-format", "only parameters of the query and of forms can be repeated; commas are taken")
			return
		}
	case "ssv":
		if style = "spaceDelimited"; !inQuery {
			t.separated(p, " ")
			return
		}
	case "pipes":
		if style = "pipeDelimited"; !inQuery {
			t.separated(p, "|")
			return
		}
	case "tsv":
		t.separated(p, "\t")
		return
	default:
		t.warnf(format.pos(), "collection-format", "%q is no format of a list; commas are taken", format.scalar())
	}
	p.put(t.scalar("style", kindString, style, p))
	p.put(t.scalar("explode", kindBool, explode, p))
}

// separated makes a list a text in which its entries are separated, for which later versions of OpenAPI have no word.
func (t *swagger) separated(p *node, separator string) {
	schema := p.get("schema")
	text := t.object("schema", schema)
	text.put(t.scalar("type", kindString, "string", schema))
	represents, x := t.object("represents", schema), t.object(extension, schema)
	represents.put(t.scalar("type", kindString, "array", schema))
	represents.put(t.scalar("separator", kindString, separator, schema))
	items := schema.take("items")
	if items == nil {
		items = t.object("items", schema)
	}
	represents.put(items)
	x.put(represents)
	text.put(x)
	p.put(text)
}

// schema makes a schema of the members that say a parameter's type.
func (t *swagger) schema(p *node) *node {
	s := t.object("schema", p)
	for _, name := range typed() {
		s.put(p.take(name))
	}
	t.file(s)
	return s
}

// file lifts the type of uploads and downloads, alone or in a list, and reports whether the schema is of it.
func (t *swagger) file(s *node) bool {
	if items := s.get("items"); items.is(kindObject) {
		t.file(items)
	}
	if s.str("type") != "file" {
		return false
	}
	s.get("type").text = "string"
	s.put(t.scalar("format", kindString, "binary", s))
	return true
}
