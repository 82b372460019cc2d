package source

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// document reads one document into the API.
func (l *loader) document(f *file) {
	root := f.root
	if !l.isOpenAPI(root) {
		return
	}
	version := root.str("openapi")
	f.old = strings.HasPrefix(version, "3.0")
	if root.get("swagger") != nil {
		version = "2.0"
		l.lift20(f)
	}
	l.specs = append(l.specs, f)
	info := root.get("info")
	l.object(info)
	doc := &model.Document{Pos: root.pos(), OpenAPI: version}
	doc.Title, doc.Version = l.str(info, "title"), l.str(info, "version")
	doc.Doc = l.doc(info)
	l.api.Documents = append(l.api.Documents, doc)
	x := l.extension(root, l.vocab.document)
	l.noExtension(info, "info")
	l.readPages(x.get("pages"))
	doc.Source = l.source(x.get("source"))

	l.client(x)
	l.tags(root)
	known := map[string]bool{}
	for _, s := range l.api.Servers {
		known[s.URL] = true
	}
	for _, s := range l.servers(root.get("servers")) {
		if !known[s.URL] {
			l.api.Servers = append(l.api.Servers, s)
		}
	}
	components := root.get("components")
	l.object(components)
	for _, m := range l.fields(components.get("securitySchemes")) {
		l.securityScheme(m)
	}
	for _, m := range l.fields(components.get("schemas")) {
		l.shared(m)
	}
	for _, m := range l.fields(root.get("paths")) {
		if !strings.HasPrefix(m.key, "x-") {
			l.path(f, m)
		}
	}
	for _, m := range l.fields(root.get("webhooks")) {
		if !strings.HasPrefix(m.key, "x-") {
			l.api.Webhooks = append(l.api.Webhooks, l.webhook(m, m.key, "")...)
		}
	}
	if x := root.get("x-webhooks"); x != nil {
		l.notef(x.keyPos(), "webhooks-not-read", "x-webhooks is an extension of another tool; the calls in it are not generated")
		l.hint("OpenAPI 3.1 has them as webhooks")
	}
}

// isOpenAPI reports whether the root is that of a document of a version we read.
func (l *loader) isOpenAPI(root *node) bool {
	if !root.is(kindObject) {
		l.errorf(root.pos(), "not-openapi", "this is not an OpenAPI document: it is %s", root.kind)
		return false
	}
	version, swagger := root.get("openapi"), root.get("swagger")
	switch {
	case swagger != nil:
		l.vague(swagger, "2", "2.0")
		if swagger.text == "2.0" {
			return true
		}
		l.errorf(swagger.pos(), "version-unsupported", "Swagger %q is not read", swagger.text)
		l.hint("2.0 is, and OpenAPI 3.0, 3.1 and 3.2")
	case version == nil:
		l.errorf(root.pos(), "not-openapi", "this is not an OpenAPI document: it has no member \"openapi\"")
		if near := diag.Nearest("openapi", root.names(maxNear)); near != "" {
			l.hint("%q is misspelt", near)
		}
	case l.vague(version, "3", "3.0") == "": // reported
	case !strings.HasPrefix(version.text, "3.0") && !strings.HasPrefix(version.text, "3.1") && !strings.HasPrefix(version.text, "3.2"):
		l.errorf(version.pos(), "version-unsupported", "OpenAPI %q is not read", version.text)
		l.hint("3.0, 3.1 and 3.2 are")
	default:
		return true
	}
	return false
}

// vague reads a version. A major version alone is its first minor one; what YAML takes for a number loses digits elsewhere.
func (l *loader) vague(version *node, major, first string) string {
	number := version.is(kindNumber) && version.plain
	switch text := l.text(version); {
	case text == major:
		l.warnf(version.pos(), "version-vague", "the version %q names no minor one, and they differ; it is taken for %q", text, first)
		version.text = first
	case number:
		l.warnf(version.pos(), "version-vague", "the version is a number, which has to be a text; it is taken for %q", text)
	}
	return version.text
}

// client reads what x-pantograph says of the whole client. Several documents join: lists are
// concatenated, equal entries count once.
func (l *loader) client(x *node) {
	api := l.api
	for _, m := range x.get("clientParameters").entries() {
		if !slices.Contains(api.ClientParameters, m.text) {
			api.ClientParameters = append(api.ClientParameters, m.text)
			l.checks = append(l.checks, func() { l.checkClientParameter(m) })
		}
	}
	for _, m := range x.get("headers").entries() {
		h := model.Header{Name: m.key, Value: m.text}
		i := slices.IndexFunc(api.Headers, func(have model.Header) bool { return strings.EqualFold(have.Name, h.Name) })
		if i < 0 {
			api.Headers = append(api.Headers, h)
		} else if api.Headers[i].Value != h.Value {
			l.errorf(m.keyPos(), "conflict", "the header %q has another value in an earlier document", h.Name)
		}
	}
	for _, m := range x.get("resources").entries() {
		l.resource(l.declaredResource(m))
	}
	api.Digits = api.Digits || x.str("integers") == "digits"
	if m := x.get("catalog"); m != nil && api.InCatalog == nil {
		api.InCatalog = &model.InCatalog{Pos: m.pos(), Type: m.str("type"), Path: m.str("path")}
		l.checks = append(l.checks, func() { l.checkInCatalog(m) })
	}
	for _, m := range x.get("regions").entries() {
		r := &model.Region{
			Pos: m.pos(), Name: m.str("name"), Endpoint: m.str("endpoint"),
			Doc: model.Doc{Summary: m.str("summary"), Source: l.source(m.get("source"))},
		}
		i := slices.IndexFunc(api.Regions, func(have *model.Region) bool { return have.Name == r.Name })
		if i < 0 {
			api.Regions = append(api.Regions, r)
		} else if api.Regions[i].Endpoint != r.Endpoint {
			l.errorf(r.Pos, "conflict", "the region %q has another endpoint at %s", r.Name, api.Regions[i].Pos)
			l.related(api.Regions[i].Pos)
		}
	}
	l.errors(x.get("errors"))
}

// resource adds a resource, or completes the declared one of that name.
func (l *loader) resource(r *model.Resource) {
	have := l.resources[r.Name]
	switch {
	case have == nil:
		l.resources[r.Name] = r
		l.api.Resources = append(l.api.Resources, r)
	case !r.Declared:
	case have.Singular != "" && r.Singular != "" && have.Singular != r.Singular:
		l.errorf(r.Pos, "conflict", "the resource %q is declared with the singular %q at %s", r.Name, have.Singular, have.Pos)
		l.related(have.Pos)
	default:
		have.Singular = cmp.Or(have.Singular, r.Singular)
		have.Summary = cmp.Or(have.Summary, r.Summary)
		have.Text = cmp.Or(have.Text, r.Text)
		layer(have, r)
	}
}

// tags reads what the tags list says of resources. A tag without a resource of its name is kept until
// an operation uses it.
func (l *loader) tags(root *node) {
	for _, m := range l.list(root.get("tags")) {
		if !l.object(m) {
			continue
		}
		x := l.extension(m, l.vocab.tag)
		r := &model.Resource{
			Pos: m.pos(), Name: cmp.Or(x.str("name"), m.str("name")), Singular: x.str("singular"),
			Doc: l.doc(m),
		}
		r.Source = l.source(x.get("source"))
		if l.tagged[m.str("name")] == nil {
			l.tagged[m.str("name")] = r
		}
	}
}
