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
	f.lifted, f.two, f.old = true, true, true
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
	root.put(t.servers(root.get("schemes")))
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
			f.moved = append(f.moved, p)
			parameters.remove(p.key)
		}
	}
}

// swagger lifts one document.
type swagger struct {
	*loader
	root   *node
	lifted map[*node]bool

	properties map[*node]*node // of forms, by the parameters of which they are made
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

// servers makes the servers of the schemes that are given, by the document or an operation.
func (t *swagger) servers(schemes *node) *node {
	host, base := t.root.str("host"), t.root.str("basePath")
	if host == "" && base == "" {
		return nil
	}
	at := t.root
	if schemes != nil {
		at = schemes
	}
	names := slices.DeleteFunc(slices.Clone(t.list(schemes)), func(s *node) bool { return s.scalar() != "http" && s.scalar() != "https" })
	if len(names) == 0 {
		names = []*node{t.scalar("", kindString, "https", at)}
	}
	slices.SortStableFunc(names, func(a, b *node) int { return strings.Compare(b.text, a.text) }) // https first
	servers := t.scalar("servers", kindArray, "", at)
	for _, scheme := range names {
		url := strings.TrimSuffix(base, "/")
		if url != "" && url[0] != '/' {
			url = "/" + url
		}
		if host != "" {
			url = scheme.scalar() + "://" + host + url
		}
		if url == "" {
			url = "/"
		}
		server := t.object("", at)
		server.put(t.scalar("url", kindString, url, at))
		servers.push(server)
		if host == "" {
			break
		}
	}
	return servers
}

// sameSchemes reports whether two lists name the same schemes.
func sameSchemes(a, b *node) bool {
	names := func(list *node) []string {
		var names []string
		for _, m := range list.entries() {
			names = append(names, m.scalar())
		}
		slices.Sort(names)
		return names
	}
	return slices.Equal(names(a), names(b))
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
	switch {
	case schema == nil:
		return
	case schema.is(kindNull):
		t.warnf(schema.pos(), "null-ignored", "schema is null; the response has no body")
		return
	}
	types := t.types(produces, schema)
	if schema.is(kindObject) && t.file(schema) { // whatever else the operation produces is for its failures
		types = slices.DeleteFunc(slices.Clone(types), func(m *node) bool { return structured(m.scalar()) })
		if len(types) == 0 {
			types = []*node{t.scalar("", kindString, "*/*", schema)}
		}
	}
	r.put(t.content(schema, types, examples))
}

// structured reports whether a media type is that of values, not of files.
func structured(media string) bool {
	return strings.Contains(media, "json") || strings.Contains(media, "xml")
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
		if schemes := op.take("schemes"); schemes != nil && !sameSchemes(schemes, t.root.get("schemes")) {
			op.put(t.servers(schemes))
		}
		op.put(t.requestBody(op, joinBodies(shared, t.bodies(op)), consumes))
		for _, r := range op.get("responses").entries() {
			if !strings.HasPrefix(r.key, "x-") {
				t.response(r, produces)
			}
		}
	}
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
