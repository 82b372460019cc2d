package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// readSession reads how an operation logs in.
func readSession(m *node) *model.Session {
	s := &model.Session{Pos: m.pos(), Method: m.str("method"), Token: m.str("token"), Expires: m.str("expires")}
	if c := m.get("catalog"); c != nil {
		s.Catalog = &model.Catalog{
			Pos: c.pos(), Services: c.str("services"), Type: c.str("type"), Name: c.str("name"), Endpoints: c.str("endpoints"),
			URL: c.str("url"), Region: c.str("region"), Interface: c.str("interface"),
		}
	}
	return s
}

// checkSession makes sure that what an operation answers has what it says of it.
func (l *loader) checkSession(op *model.Operation, m *node) {
	result, what := resultsOf(op), "the result of "+op.ID
	if name, inHeader := strings.CutPrefix(m.str("token"), "header:"); inHeader {
		l.checkAnswerHeader(op, m.get("token"), name)
	} else {
		l.needMember(m.get("token"), result, what)
	}
	l.needMember(m.get("expires"), result, what)
	c := m.get("catalog")
	if c == nil {
		return
	}
	services := itemsAt(l.needMember(c.get("services"), result, what))
	if c.get("services") != nil && services == nil {
		return // reported, or not a list: plan says so
	}
	for _, name := range []string{"type", "name"} {
		l.needMember(c.get(name), services, "a service of the catalog")
	}
	endpoints := itemsAt(l.needMember(c.get("endpoints"), services, "a service of the catalog"))
	if endpoints == nil {
		return
	}
	for _, name := range []string{"url", "region", "interface"} {
		l.needMember(c.get(name), endpoints, "an endpoint of the catalog")
	}
}

// checkInCatalog makes sure that what an address in a catalog ends in has parameters of the client alone.
func (l *loader) checkInCatalog(m *node) {
	p := m.get("path")
	if p == nil {
		return
	}
	if !strings.HasPrefix(p.text, "/") {
		l.errorf(p.pos(), "catalog-path", "the path %q does not begin with a slash", p.text)
	}
	for _, name := range templateNames(p.text) {
		if !slices.Contains(l.api.ClientParameters, name) {
			l.errorf(p.pos(), "catalog-path", "%q is no parameter of the client", name)
			l.didYouMean(name, l.api.ClientParameters)
		}
	}
}

// itemsAt are the items of a list.
func itemsAt(s *model.Schema) []*model.Schema {
	if s == nil || s.Items == nil {
		return nil
	}
	return []*model.Schema{s.Items.Target()}
}

// checkAnswerHeader makes sure that an answer has a header.
func (l *loader) checkAnswerHeader(op *model.Operation, m *node, name string) {
	var names []string
	for _, r := range op.Responses {
		for _, h := range r.Headers {
			if strings.EqualFold(h.Name, name) {
				return
			}
			names = append(names, h.Name)
		}
	}
	l.errorf(m.pos(), "session-header", "no answer of %s has the header %q", op.ID, name)
	l.didYouMean(name, names)
}
