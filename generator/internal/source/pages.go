package source

import (
	"cmp"
	"maps"
	"net/url"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// A reference has many tables on few pages, and two references may have pages of the same titles. Where its pages lie
// stands once then, on the document, and a source names the page alone. So a file can be shared by the documents of
// two references: each leads its readers to its own page.

// page is a page of the reference.
type page struct {
	at           *node
	url, revised string
}

// readPages reads the table of pages, which may stand in a file of its own.
func (l *loader) readPages(m *node) {
	if m = l.section(m, "pages"); m == nil {
		return
	}
	var base *url.URL
	if b := m.get("base"); b != nil {
		parsed, err := url.Parse(b.text)
		if err != nil || !parsed.IsAbs() {
			l.errorf(b.pos(), "pages-base", "the base of pages is no absolute URL")
			return
		}
		base = parsed
	}
	for _, entry := range m.get("list").entries() {
		p := page{at: entry, url: entry.str("url"), revised: cmp.Or(entry.str("revised"), m.str("revised"))}
		if ref, err := url.Parse(p.url); err != nil {
			l.errorf(entry.get("url").pos(), "pages-url", "this is no URL")
			continue
		} else if base != nil && p.url != "" {
			p.url = base.ResolveReference(ref).String()
		}
		title := entry.str("page")
		if have, ok := l.pages[title]; !ok {
			l.pages[title] = p
		} else if have.url != p.url || have.revised != p.revised {
			l.errorf(entry.pos(), "conflict", "the page %q lies elsewhere, or has another date, at %s", title, have.at.pos())
			l.related(have.at.pos())
		}
	}
}

// section follows the $ref of a part of the document's x-pantograph that may stand in a file of its own, and checks what is
// there. It is nil if there is nothing, or if it was read before.
func (l *loader) section(m *node, name string) *node {
	if m == nil || m.get("$ref") == nil {
		return m
	}
	if m = l.deref(m); m == nil || l.checked[m] {
		return nil
	}
	l.checked[m] = true
	s, _ := l.vocab.document.member(name)
	if !l.check(m, s.shape) {
		return nil
	}
	return m
}

// source reads a source member. What it does not say of its page, the table of pages does.
func (l *loader) source(n *node) *model.Source {
	if n == nil {
		return nil
	}
	s := &model.Source{Page: n.str("page"), Table: n.str("table"), Row: n.str("row"), URL: n.str("url"), Revised: n.str("revised")}
	if s.Page == "" || s.URL != "" || len(l.pages) == 0 {
		return s
	}
	p, ok := l.pages[s.Page]
	if !ok && !l.reported[n] {
		l.reported[n] = true
		l.warnf(n.get("page").pos(), "page-unknown", "the table of pages has no page %q", s.Page)
		l.didYouMean(s.Page, slices.Sorted(maps.Keys(l.pages)))
	}
	s.URL, s.Revised = p.url, cmp.Or(s.Revised, p.revised)
	return s
}
