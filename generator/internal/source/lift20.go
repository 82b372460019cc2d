package source

import (
	"slices"
	"strings"
)

// Swagger 2.0 documents are given the shape of OpenAPI 3.0 on the tree, before anything is read: what moves
// keeps its position and its pointer, what is made stands where its cause does. References to the old places
// still lead there: lookup translates them.

// lift20 reshapes a Swagger 2.0 document.
func (l *loader) lift20(f *file) {
	t := &swagger{loader: l, root: f.root, lifted: map[*node]bool{}}
	f.lifted, f.old = true, true
	root := f.root
	root.get("swagger").text = "3.0.3"
	root.get("swagger").rename("openapi")

	components := t.object("components", root)
	if definitions := root.get("definitions"); l.object(definitions) {
		definitions.rename("schemas")
		components.put(definitions)
	}
	parameters := t.parameters(root.get("parameters"))
	components.put(parameters)
	components.put(t.responses(root.get("responses")))
	components.put(t.securitySchemes(root.get("securityDefinitions")))
	root.put(t.servers())
	root.put(components)
	for _, item := range l.fields(root.get("paths")) {
		if !strings.HasPrefix(item.key, "x-") && l.object(item) {
			t.path(item)
		}
	}
	for _, name := range []string{"definitions", "schemas", "parameters", "responses", "securityDefinitions", "schemes", "host", "basePath", "consumes", "produces"} {
		root.remove(name)
	}
	for _, p := range slices.Clone(parameters.entries()) {
		if isBody(p) {
			parameters.remove(p.key)
		}
	}
}

// isBody reports whether a parameter is the body, or a part of it.
func isBody(p *node) bool { return p.str("in") == "body" || p.str("in") == "formData" }

// swagger lifts one document.
type swagger struct {
	*loader
	root   *node
	lifted map[*node]bool
}

// object makes an object that stands where its cause does.
func (t *swagger) object(key string, at *node) *node { return t.scalar(key, kindObject, "", at) }

func (t *swagger) scalar(key string, k kind, text string, at *node) *node {
	return &node{file: at.file, key: key, kind: k, text: text, line: at.line, col: at.col, keyLine: at.keyLine, keyCol: at.keyCol, path: at.pointer()}
}

// put moves a member, which keeps its pointer, under another object. Nil is no member.
func (n *node) put(m *node) {
	if m == nil {
		return
	}
	m.pointer()
	n.remove(m.key)
	parent := m.parent
	n.add(m)
	if parent != nil {
		m.parent = parent // of its name and pointer
	}
}

// rename gives a member another name; its pointer stays that of the document.
func (n *node) rename(name string) {
	n.pointer()
	parent := n.parent
	old := n.key
	n.key = name
	if parent.index != nil {
		parent.index[name] = parent.index[old]
		delete(parent.index, old)
	}
}

// take removes a member and returns it.
func (n *node) take(name string) *node {
	m := n.get(name)
	if m != nil {
		m.pointer()
		n.remove(name)
	}
	return m
}

func (t *swagger) servers() *node {
	host, base := t.root.str("host"), t.root.str("basePath")
	if host == "" && base == "" {
		return nil
	}
	servers := t.scalar("servers", kindArray, "", t.root)
	schemes := t.list(t.root.get("schemes"))
	if len(schemes) == 0 {
		schemes = []*node{t.scalar("", kindString, "https", t.root)}
	}
	for _, scheme := range schemes {
		url := strings.TrimSuffix(base, "/")
		if host != "" {
			url = scheme.scalar() + "://" + host + url
		}
		server := t.object("", t.root)
		server.put(t.scalar("url", kindString, url, t.root))
		servers.push(server)
		if host == "" {
			break
		}
	}
	return servers
}

func (t *swagger) securitySchemes(old *node) *node {
	if !t.loader.object(old) {
		return nil
	}
	schemes := t.object("securitySchemes", old)
	for _, s := range slices.Clone(old.members) {
		if !t.loader.object(s) {
			continue
		}
		switch s.str("type") {
		case "basic":
			s.get("type").text = "http"
			s.put(t.scalar("scheme", kindString, "basic", s))
		case "oauth2":
			name := map[string]string{"application": "clientCredentials", "accessCode": "authorizationCode"}[s.str("flow")]
			if name == "" {
				name = s.str("flow")
			}
			flow := t.object(name, s)
			for _, part := range []string{"authorizationUrl", "tokenUrl", "scopes"} {
				flow.put(s.take(part))
			}
			if flow.get("scopes") == nil {
				flow.put(t.object("scopes", s))
			}
			flows := t.object("flows", s)
			flows.put(flow)
			s.remove("flow")
			s.put(flows)
		}
		schemes.put(s)
	}
	return schemes
}

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
	if !isArray || p.str("in") != "query" && p.str("in") != "formData" {
		return // everywhere else, commas are the only way
	}
	style, explode := "form", "false"
	switch format.scalar() {
	case "multi":
		explode = "true"
	case "ssv":
		style = "spaceDelimited"
	case "pipes":
		style = "pipeDelimited"
	case "tsv":
		t.warnf(format.pos(), "collection-format", "lists separated by tabs are not supported; commas are taken")
	}
	p.put(t.scalar("style", kindString, style, p))
	p.put(t.scalar("explode", kindBool, explode, p))
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

// file lifts the type of uploads and downloads.
func (t *swagger) file(s *node) {
	if s.str("type") == "file" {
		s.get("type").text = "string"
		s.put(t.scalar("format", kindString, "binary", s))
	}
}

func (t *swagger) responses(old *node) *node {
	if !t.loader.object(old) {
		return nil
	}
	for _, r := range old.members {
		t.response(r, t.root.get("produces"))
	}
	list := t.object("responses", old)
	for _, r := range slices.Clone(old.members) {
		list.put(r)
	}
	return list
}

func (t *swagger) response(r, produces *node) {
	if r = t.deref(r); !r.is(kindObject) || t.lifted[r] {
		return
	}
	t.lifted[r] = true
	for _, h := range r.get("headers").entries() {
		t.parameter(h)
	}
	schema, examples := r.take("schema"), r.take("examples")
	if schema != nil {
		t.file(schema)
		r.put(t.content(schema, t.types(produces, schema), examples))
	}
}

// types are the media types of a body.
func (t *swagger) types(list, at *node) []*node {
	if entries := t.list(list); len(entries) > 0 {
		return entries
	}
	return []*node{t.scalar("", kindString, "application/json", at)}
}

// content is a body of one schema in some media types.
func (t *swagger) content(schema *node, types []*node, examples *node) *node {
	content := t.object("content", schema)
	for _, name := range types {
		media := t.object(name.scalar(), schema)
		media.put(schema)
		if e := examples.get(name.scalar()); e != nil {
			example := *e
			example.key = "example"
			media.put(&example)
		}
		content.put(media)
	}
	return content
}

func (t *swagger) path(item *node) {
	if ref := item.get("$ref"); ref != nil {
		if item = t.deref(item); !item.is(kindObject) {
			return
		}
	}
	shared := t.bodies(item)
	for _, op := range item.members {
		if !slices.Contains([]string{"get", "put", "post", "delete", "options", "head", "patch"}, op.key) || !op.is(kindObject) || t.lifted[op] {
			continue
		}
		t.lifted[op] = true
		produces, consumes := op.take("produces"), op.take("consumes")
		if produces == nil {
			produces = t.root.get("produces")
		}
		if consumes == nil {
			consumes = t.root.get("consumes")
		}
		bodies := t.bodies(op)
		if len(bodies) == 0 {
			bodies = shared
		}
		op.put(t.requestBody(op, bodies, consumes))
		for _, r := range op.get("responses").entries() {
			if !strings.HasPrefix(r.key, "x-") {
				t.response(r, produces)
			}
		}
	}
}

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

// requestBody makes a body of a body parameter, or of form parameters.
func (t *swagger) requestBody(op *node, bodies []*node, consumes *node) *node {
	if len(bodies) == 0 {
		return nil
	}
	first := bodies[0]
	body := t.object("requestBody", first)
	if first.str("in") == "body" {
		for _, name := range []string{"description", "required"} {
			body.put(first.get(name))
		}
		if schema := first.get("schema"); schema != nil {
			body.put(t.content(schema, t.types(consumes, first), nil))
		}
		return body
	}
	schema := t.object("schema", first)
	schema.put(t.scalar("type", kindString, "object", first))
	properties, required := t.object("properties", first), t.scalar("required", kindArray, "", first)
	upload := false
	for _, p := range bodies {
		name := p.get("name")
		if name.scalar() == "" {
			continue
		}
		upload = upload || p.str("type") == "file"
		t.parameter(p)
		property := *p.get("schema")
		property.key = name.scalar()
		property.members = slices.Clone(property.members)
		property.put(p.get("description"))
		properties.put(&property)
		if p.flag("required") {
			required.push(t.scalar("", kindString, name.scalar(), p))
		}
	}
	schema.put(properties)
	if len(required.members) > 0 {
		schema.put(required)
		body.put(t.scalar("required", kindBool, "true", first))
	}
	types := slices.DeleteFunc(slices.Clone(t.list(consumes)), func(m *node) bool {
		return m.scalar() != "multipart/form-data" && m.scalar() != "application/x-www-form-urlencoded"
	})
	if len(types) == 0 {
		name := "application/x-www-form-urlencoded"
		if upload {
			name = "multipart/form-data"
		}
		types = []*node{t.scalar("", kindString, name, first)}
	}
	body.put(t.content(schema, types, nil))
	return body
}

// original returns the node that stood at a pointer before the document was reshaped.
func (f *file) original(pointer string) *node {
	if f.originals == nil {
		f.originals = map[string]*node{}
		for _, n := range append(f.moved, f.root) {
			n.collectOriginals(f.originals)
		}
	}
	return f.originals[pointer]
}

func (n *node) collectOriginals(all map[string]*node) {
	if _, ok := all[n.pointer()]; !ok {
		all[n.pointer()] = n
	}
	for _, m := range n.members {
		m.collectOriginals(all)
	}
}

// liftedPointer translates a pointer into a Swagger 2.0 document to the place where its target is now.
func liftedPointer(pointer string) string {
	for old, now := range map[string]string{
		"/definitions/": "/components/schemas/", "/parameters/": "/components/parameters/", "/responses/": "/components/responses/",
	} {
		if rest, ok := strings.CutPrefix(pointer, old); ok {
			return now + rest
		}
	}
	return pointer
}
