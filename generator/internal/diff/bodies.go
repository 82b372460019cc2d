package diff

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// body compares request bodies.
func (w *walk) body(where string, old, now *model.Operation) {
	at := where + ", body"
	a, b := old.Body, now.Body
	switch {
	case a == nil && b == nil:
	case a == nil && b.Required:
		w.add(Change{Kind: "body-added", Level: Major, Where: at, Text: "a request has to have a body", Wire: refused}, old.Pos, b.Pos)
	case a == nil:
		w.add(Change{Kind: "body-added", Level: Minor, Where: at, Text: "a request may have a body", Wire: accepted}, old.Pos, b.Pos)
	case b == nil:
		w.add(Change{Kind: "body-removed", Level: Major, Where: at, Text: "a request has no body any more", Wire: refused}, a.Pos, now.Pos)
	default:
		w.required(at, request, a.Required, b.Required, a.Pos, b.Pos)
		w.media(at, request, a.Content, b.Content, a.Pos, b.Pos)
	}
}

// media compares the representations of a body by media type.
func (w *walk) media(where string, s side, old, now []*model.MediaType, at, to model.Pos) {
	base := func(m *model.MediaType) string {
		name, _, _ := strings.Cut(m.Name, ";")
		return strings.ToLower(strings.TrimSpace(name))
	}
	before := map[string]*model.MediaType{}
	for _, m := range old {
		before[base(m)] = m
	}
	for _, m := range now {
		q := before[base(m)]
		delete(before, base(m))
		if q != nil {
			w.pair(where, s, q.Schema, m.Schema)
			w.pair(where+", entry", s, q.Items, m.Items)
			continue
		}
		wire := accepted
		if s.has(response) {
			wire = newValues
		}
		w.add(Change{Kind: "media-type-added", Level: Minor, Where: where, Text: "the media type " + m.Name + " is new", Wire: wire, After: m.Name}, at, m.Pos)
	}
	for _, m := range old {
		if before[base(m)] == nil {
			continue
		}
		wire := refused
		if s.has(response) {
			wire = missing
		}
		w.add(Change{Kind: "media-type-removed", Level: Major, Where: where, Text: "the media type " + m.Name + " is gone", Wire: wire, Before: m.Name}, m.Pos, to)
	}
}

// responses compares answers by status.
func (w *walk) responses(where string, old, now *model.Operation) {
	before := map[string]*model.Response{}
	for _, r := range old.Responses {
		before[r.Status] = r
	}
	for _, r := range now.Responses {
		at := where + ", response " + r.Status
		q := before[r.Status]
		delete(before, r.Status)
		if q == nil {
			w.add(Change{Kind: "response-added", Level: Minor, Where: at, Text: "the status is new", Wire: newValues, After: r.Status}, old.Pos, r.Pos)
			continue
		}
		w.media(at, response, q.Content, r.Content, q.Pos, r.Pos)
		w.headers(at, q, r)
	}
	for _, r := range old.Responses {
		if before[r.Status] == nil {
			continue
		}
		c := Change{Kind: "response-removed", Level: Patch, Where: where + ", response " + r.Status, Text: "the status is gone", Before: r.Status}
		if r.Success() {
			c.Level, c.Wire = Major, missing
		}
		w.add(c, r.Pos, now.Pos)
	}
}

// headers compares the headers of an answer by name.
func (w *walk) headers(where string, old, now *model.Response) {
	before := map[string]*model.Parameter{}
	for _, h := range old.Headers {
		before[strings.ToLower(h.Name)] = h
	}
	for _, h := range now.Headers {
		at := where + ", header " + h.Name
		q := before[strings.ToLower(h.Name)]
		delete(before, strings.ToLower(h.Name))
		if q == nil {
			w.add(Change{Kind: "header-added", Level: Minor, Where: at, Text: "the header is new", Wire: newValues, After: h.Name}, old.Pos, h.Pos)
			continue
		}
		w.required(at, response, q.Required, h.Required, q.Pos, h.Pos)
		w.pair(at, response, q.Schema, h.Schema)
	}
	for _, h := range old.Headers {
		if before[strings.ToLower(h.Name)] != nil {
			w.add(Change{Kind: "header-removed", Level: Major, Where: where + ", header " + h.Name, Text: "the header is gone", Wire: missing, Before: h.Name}, h.Pos, now.Pos)
		}
	}
}
