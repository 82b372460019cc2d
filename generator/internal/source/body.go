package source

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// requestBody returns the node of an operation's body. Some documents have it among the parameters, as Swagger 2.0.
func (l *loader) requestBody(at site, n *node) *node {
	body := n.get("requestBody")
	var old []*node
	for _, list := range append(at.item.parameters(), n.get("parameters")) {
		for _, m := range list.entries() {
			if p := l.deref(m); isBody(p) && !p.doc().two {
				l.warnf(p.pos(), "parameter-old", "the parameter %q stands in %q, as in Swagger 2.0; it is read as a body", p.str("name"), p.str("in"))
				old = append(old, p)
			}
		}
	}
	if body != nil || len(old) == 0 {
		return body
	}
	lift := &swagger{loader: l, lifted: map[*node]bool{}}
	return lift.requestBody(n, old, n.get("consumes"))
}

// body reads a request body.
func (l *loader) body(m *node) *model.Body {
	if m == nil {
		return nil
	}
	n := l.deref(m)
	if n == nil { // it leads nowhere, which is reported
		return &model.Body{Pos: m.pos(), Content: anyJSON(m)}
	}
	if !l.object(n) {
		return nil
	}
	l.noExtension(n, "a request body")
	b := &model.Body{Pos: n.pos(), Required: l.flag(n, "required"), Doc: l.doc(n)}
	if b.Content = l.content(n); len(b.Content) == 0 {
		l.warnf(n.pos(), "body-empty", "the request body says nothing of its content; any JSON is taken")
		b.Content = anyJSON(n)
	}
	return b
}

// anyJSON is the content of a body of which nothing is known.
func anyJSON(at *node) []*model.MediaType {
	return []*model.MediaType{{Pos: at.pos(), Name: "application/json", Schema: &model.Schema{Pos: at.pos()}}}
}

// variantBody is the body of an operation narrowed to the request of one variant.
func (l *loader) variantBody(m, request *node) *model.Body {
	if m == nil && request != nil {
		l.errorf(request.keyPos(), "variant-request", "the operation has no request body")
	}
	b := l.body(m)
	if b == nil || request == nil {
		return b
	}
	target := l.target(request)
	if target == nil {
		return b
	}
	wanted := l.use(request, nil)
	found := false
	for _, c := range b.Content {
		whole := c.Schema.Target()
		l.checks = append(l.checks, func() {
			if narrow(whole, l.schemas[target]) {
				c.Schema = wanted
				c.Examples = slices.DeleteFunc(c.Examples, func(e *model.Example) bool { return !matches(e.Value, wanted.Target()) })
				found = true
			}
		})
	}
	l.checks = append(l.checks, func() {
		if !found {
			l.errorf(request.keyPos(), "variant-request", "the request of the variant is none of the schemas of the body")
			l.hint("list it in the oneOf of the request body")
		}
	})
	return b
}

// target is the node at which a schema reference ends, or the schema itself.
func (l *loader) target(n *node) *node {
	if ref := n.get("$ref"); ref != nil {
		return l.resolve(ref)
	}
	return n
}

// narrow reports whether a body's schema offers the wanted one.
func narrow(whole, wanted *model.Schema) bool {
	if whole == nil || wanted == nil {
		return false
	}
	same := func(s *model.Schema) bool { return s == wanted || s.Target() == wanted }
	return same(whole) || slices.ContainsFunc(whole.OneOf, same) || slices.ContainsFunc(whole.AnyOf, same)
}

// matches reports whether an example has the constants of an object schema.
func matches(example model.Value, s *model.Schema) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(example, &members) != nil {
		return true
	}
	for _, p := range s.Properties {
		if c := p.Schema.Target().Const; p.Required && c != nil && string(members[p.Name]) != string(c) {
			return false
		}
	}
	return true
}

// content reads the media types of a body or response.
func (l *loader) content(n *node) []*model.MediaType {
	var list []*model.MediaType
	for _, m := range l.fields(n.get("content")) {
		list = append(list, l.mediaType(m, nil))
	}
	return list
}

// mediaType reads one representation of a body.
func (l *loader) mediaType(m *node, src *model.Source) *model.MediaType {
	name := m.key
	t := &model.MediaType{Pos: m.pos(), Name: name}
	if m = l.deref(m); !l.object(m) {
		return t
	}
	l.noExtension(m, "a media type")
	schema := m.get("schema")
	t.Schema = l.use(schema, src)
	if e := m.get("example"); e != nil {
		l.example(t, &model.Example{Pos: e.pos()}, e, schema)
	}
	for _, e := range l.fields(m.get("examples")) {
		name := e.key
		if e = l.deref(e); e.get("value") != nil {
			l.example(t, &model.Example{Pos: e.pos(), Name: name}, e.get("value"), schema)
		}
	}
	t.Items = l.use(m.get("itemSchema"), src)
	for _, e := range l.fields(m.get("encoding")) {
		if l.object(e) {
			t.Encoding = append(t.Encoding, l.encoding(e))
		}
	}
	return t
}

// example reads an example of a body. Of media types that are not JSON, it is not the value itself.
func (l *loader) example(t *model.MediaType, e *model.Example, value, schema *node) {
	e.Value = l.value(value, schema)
	t.Examples = append(t.Examples, e)
	if strings.Contains(strings.ToLower(t.Name), "json") {
		l.instances = append(l.instances, instance{value, t.Schema, "example", func() {
			t.Examples = slices.DeleteFunc(t.Examples, func(have *model.Example) bool { return have == e })
		}})
	}
}

// encoding reads how one member of a form is written.
func (l *loader) encoding(e *node) *model.Encoding {
	enc := &model.Encoding{Pos: e.pos(), Property: e.key, ContentType: l.str(e, "contentType"), Headers: l.headers(e.get("headers"))}
	if e.get("style") == nil && e.get("explode") == nil && e.get("allowReserved") == nil {
		return enc
	}
	enc.Style, enc.AllowReserved = cmp.Or(l.str(e, "style"), "form"), l.flag(e, "allowReserved")
	enc.Explode = enc.Style == "form"
	if explode := e.get("explode"); explode != nil {
		enc.Explode = l.flagOf(explode)
	}
	return enc
}
