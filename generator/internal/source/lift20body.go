package source

import (
	"slices"
	"strings"
)

// bodies lifts a list of parameters, and takes out those that are parts of the body.
func (t *swagger) bodies(n *node) []*node {
	list := n.get("parameters")
	if !list.is(kindArray) {
		return nil
	}
	var bodies, rest []*node
	for _, m := range list.members {
		p := t.deref(m)
		if isBody(p) {
			bodies = append(bodies, p)
			m.pointer()
			m.doc().moved = append(m.doc().moved, m)
			continue
		}
		if p != nil {
			t.parameter(p)
		}
		m.pointer()
		rest = append(rest, m)
	}
	list.members = rest
	return bodies
}

// joinBodies joins the parts of the body that a path item has and those of an operation, which count more.
func joinBodies(shared, own []*node) []*node {
	if len(own) == 0 || len(shared) == 0 || own[0].str("in") == "body" || shared[0].str("in") == "body" {
		if len(own) > 0 {
			return own
		}
		return shared
	}
	joined := slices.Clone(own)
	names := map[string]bool{}
	for _, p := range own {
		names[p.str("name")] = true
	}
	for _, p := range shared {
		if !names[p.str("name")] {
			joined = append(joined, p)
		}
	}
	return joined
}

// requestBody makes a body of a body parameter, or of form parameters.
func (t *swagger) requestBody(op *node, bodies []*node, consumes *node) *node {
	if len(bodies) == 0 {
		return nil
	}
	first := bodies[0]
	for _, p := range bodies[1:] {
		if first.str("in") == "body" || p.str("in") == "body" {
			t.warnf(p.pos(), "parameter-body", "an operation has one body, or parameters of a form; %q is left out", p.str("name"))
		}
	}
	if first.str("in") != "body" {
		return t.form(op, slices.DeleteFunc(slices.Clone(bodies), func(p *node) bool { return p.str("in") == "body" }), consumes)
	}
	body := t.object("requestBody", first)
	for _, name := range []string{"description", "required"} {
		body.put(first.get(name))
	}
	schema := first.get("schema")
	if schema == nil {
		schema = t.schema(first) // as those of other places have it
	}
	body.put(t.content(schema, t.types(consumes, first), nil))
	return body
}

// form makes a body of form parameters.
func (t *swagger) form(op *node, parts []*node, consumes *node) *node {
	first := parts[0]
	body, schema := t.object("requestBody", first), t.object("schema", first)
	schema.path = op.pointer() + "/parameters" // as their list: the first of them has a schema of its own
	schema.put(t.scalar("type", kindString, "object", first))
	properties, required, encodings := t.object("properties", first), t.scalar("required", kindArray, "", first), t.object("encoding", first)
	upload := false
	for _, p := range parts {
		name := p.get("name")
		if name.scalar() == "" {
			continue
		}
		t.parameter(p)
		properties.put(t.property(p, name.scalar()))
		file := p.at("schema").str("format") == "binary" || p.at("schema", "items").str("format") == "binary"
		upload = upload || file
		if style := p.get("style"); style != nil && !file {
			encoding := t.object(name.scalar(), p)
			encoding.put(t.scalar("style", kindString, style.text, p))
			encoding.put(t.scalar("explode", kindBool, p.str("explode"), p))
			encodings.put(encoding)
		}
		if t.flag(p, "required") {
			required.push(t.scalar("", kindString, name.scalar(), p))
		}
	}
	schema.put(properties)
	if len(required.members) > 0 {
		schema.put(required)
		body.put(t.scalar("required", kindBool, "true", first))
	}
	body.put(t.content(schema, t.formTypes(consumes, upload, first), nil))
	if len(encodings.members) > 0 {
		for _, media := range body.get("content").members {
			media.put(encodings)
		}
	}
	return body
}

// property makes a property of a form parameter, one and the same for all that share it.
func (t *swagger) property(p *node, name string) *node {
	if made := t.properties[p]; made != nil {
		return made
	}
	property := *p.get("schema")
	property.key = name
	property.members = slices.Clone(property.members)
	property.put(p.get("description"))
	if t.properties == nil {
		t.properties = map[*node]*node{}
	}
	t.properties[p] = &property
	return &property
}

// formTypes are the media types of a form: those that are consumed, but none that cannot hold a file where there is one.
func (t *swagger) formTypes(consumes *node, upload bool, at *node) []*node {
	const multipart, encoded = "multipart/form-data", "application/x-www-form-urlencoded"
	types := slices.DeleteFunc(slices.Clone(t.list(consumes)), func(m *node) bool {
		name, _, _ := strings.Cut(strings.ToLower(m.scalar()), ";")
		return name != multipart && (name != encoded || upload)
	})
	switch {
	case len(types) > 0:
		return types
	case upload:
		return []*node{t.scalar("", kindString, multipart, at)}
	}
	return []*node{t.scalar("", kindString, encoded, at)}
}
