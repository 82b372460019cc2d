package source

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// body reads a request body.
func (l *loader) body(m *node) *model.Body {
	if m == nil {
		return nil
	}
	n := l.deref(m)
	if !l.object(n) {
		return nil
	}
	l.noExtension(n, "a request body")
	b := &model.Body{Pos: n.pos(), Required: n.flag("required"), Doc: model.Doc{Text: n.str("description")}}
	b.Content = l.content(n)
	if len(b.Content) == 0 {
		l.errorf(n.pos(), "body-empty", "a request body needs content")
		return nil
	}
	return b
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
		t.Examples = append(t.Examples, &model.Example{Pos: e.pos(), Value: l.value(e, schema)})
	}
	for _, e := range l.fields(m.get("examples")) {
		name := e.key
		if e = l.deref(e); e.get("value") != nil {
			t.Examples = append(t.Examples, &model.Example{Pos: e.pos(), Name: name, Value: l.value(e.get("value"), schema)})
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

// encoding reads how one member of a form is written.
func (l *loader) encoding(e *node) *model.Encoding {
	enc := &model.Encoding{Pos: e.pos(), Property: e.key, ContentType: e.str("contentType"), Headers: l.headers(e.get("headers"))}
	if e.get("style") == nil && e.get("explode") == nil && e.get("allowReserved") == nil {
		return enc
	}
	enc.Style, enc.AllowReserved = cmp.Or(e.str("style"), "form"), e.flag("allowReserved")
	enc.Explode = enc.Style == "form"
	if explode := e.get("explode"); explode != nil {
		enc.Explode = l.flagOf(explode)
	}
	return enc
}

// responses reads the documented answers, in document order.
func (l *loader) responses(m *node) []*model.Response {
	status := regexp.MustCompile(`^([1-5]([0-9][0-9]|XX)|default)$`)
	var list []*model.Response
	for _, entry := range l.fields(m) {
		if len(entry.key) > 2 && entry.key[:2] == "x-" {
			continue
		}
		if !status.MatchString(entry.key) {
			l.errorf(entry.keyPos(), "status-invalid", "%q is no status of a response", entry.key)
			l.hint(`write "200", "4XX" or default`)
			continue
		}
		n := l.deref(entry)
		if n == nil || !l.object(n) {
			continue
		}
		l.noExtension(n, "a response")
		r := &model.Response{
			Pos: n.pos(), Status: entry.key, Headers: l.headers(n.get("headers")), Content: l.content(n), Links: l.links(n.get("links")),
			Doc: model.Doc{Summary: n.str("summary"), Text: n.str("description")},
		}
		if entry != n && entry.get("description") != nil { // 3.1: a reference may describe the use
			r.Text = entry.str("description")
		}
		list = append(list, r)
	}
	return list
}

// headers reads the headers of a response or of a part. Content-Type among them is ignored, as the standard says.
func (l *loader) headers(m *node) []*model.Parameter {
	var list []*model.Parameter
	for _, entry := range l.fields(m) {
		if strings.EqualFold(entry.key, "Content-Type") {
			continue
		}
		n := l.deref(entry)
		if n == nil || !l.object(n) {
			continue
		}
		x := l.extension(n, l.vocab.parameter)
		h := &model.Parameter{Name: entry.key, In: model.InHeader, Style: "simple", Required: n.flag("required"), PinnedName: x.str("name")}
		l.fillParameter(h, n, rowed(readSource(x.get("source")), entry.key))
		list = append(list, h)
	}
	return list
}
