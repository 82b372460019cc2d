package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// errors reads the error section, which may stand in a file of its own.
func (l *loader) errors(m *node) {
	if m = l.section(m, "errors"); m == nil {
		return
	}
	l.errors(m.get("extends"))
	page := l.source(m.get("source"))
	if l.api.Errors == nil {
		l.api.Errors = &model.Errors{Pos: m.pos()}
	}
	e := l.api.Errors
	for _, s := range m.get("shapes").entries() {
		shape := &model.ErrorShape{
			Pos: s.pos(), Code: s.str("code"), Message: s.str("message"), RequestID: s.str("requestID"), Details: s.str("details"),
			Status: s.str("status"), RetryAfter: s.str("retryAfter"),
		}
		if !slices.ContainsFunc(e.Shapes, func(have *model.ErrorShape) bool { return sameBut(have, shape, have.Pos) }) {
			e.Shapes = append(e.Shapes, shape)
		}
	}
	for _, h := range m.get("requestIDHeaders").entries() {
		if !slices.Contains(e.RequestIDHeaders, h.text) {
			e.RequestIDHeaders = append(e.RequestIDHeaders, h.text)
		}
	}
	e.Codes = l.errorCodes(e.Codes, m.get("codes"), page)
	e.Prefixes = l.errorCodes(e.Prefixes, m.get("prefixes"), page)
	for _, s := range m.get("statuses").entries() {
		l.errorStatus(s)
	}
	l.checks = append(l.checks, func() { l.checkAliases(m.get("codes")) })
}

// sameBut reports whether two error shapes are equal, wherever they stand.
func sameBut(a, b *model.ErrorShape, pos model.Pos) bool {
	c := *b
	c.Pos = pos
	return *a == c
}

func (l *loader) errorCodes(have []*model.ErrorCode, list *node, page *model.Source) []*model.ErrorCode {
	known := make(map[string]*model.ErrorCode, len(have))
	for _, c := range have {
		known[c.Code] = c
	}
	for _, m := range list.entries() {
		c := &model.ErrorCode{Pos: m.pos(), Code: m.str("code"), Name: m.str("name"), Meaning: m.str("meaning"), Message: m.str("message")}
		c.Status, _ = m.get("status").integer()
		c.Source = inherit(l.source(m.get("source")), within(page, c.Code))
		for _, alias := range m.get("aliases").entries() {
			c.Aliases = append(c.Aliases, alias.text)
		}
		if first := known[c.Code]; first == nil {
			known[c.Code] = c
			have = append(have, c)
		} else if first.Meaning != c.Meaning || first.Status != c.Status || first.Name != c.Name || first.Message != c.Message || !slices.Equal(first.Aliases, c.Aliases) {
			l.errorf(c.Pos, "conflict", "the code %q is given with another meaning at %s", c.Code, first.Pos)
			l.related(first.Pos)
		}
	}
	return have
}

// errorStatus reads the meaning of a status.
func (l *loader) errorStatus(m *node) {
	s := &model.ErrorStatus{Pos: m.pos(), Meaning: m.str("meaning")}
	s.Status, _ = m.get("status").integer()
	e := l.api.Errors
	i := slices.IndexFunc(e.Statuses, func(have *model.ErrorStatus) bool { return have.Status == s.Status })
	if i < 0 {
		e.Statuses = append(e.Statuses, s)
	} else if first := e.Statuses[i]; first.Meaning != s.Meaning {
		l.errorf(s.Pos, "conflict", "the status %d is given with another meaning at %s", s.Status, first.Pos)
		l.related(first.Pos)
	}
}

// checkAliases makes sure that a name leads to one code.
func (l *loader) checkAliases(codes *node) {
	owner := map[string]*node{}
	for _, m := range codes.entries() {
		owner[m.str("code")] = m
	}
	for _, m := range codes.entries() {
		for _, alias := range m.get("aliases").entries() {
			if first := owner[alias.text]; first != nil {
				l.errorf(alias.pos(), "conflict", "%q is already the code at %s, or another name for it", alias.text, first.pos())
				l.related(first.pos())
				continue
			}
			owner[alias.text] = m
		}
	}
}

// checkErrors makes sure that the codes of an operation are documented.
func (l *loader) checkErrors(list *node) {
	if l.reported[list] { // the variants of an operation share them
		return
	}
	l.reported[list] = true
	var known []string
	if l.api.Errors != nil {
		for _, c := range l.api.Errors.Codes {
			known = append(known, c.Code)
		}
	}
	for _, m := range list.entries() {
		if !slices.Contains(known, m.text) {
			l.errorf(m.pos(), "error-code-missing", "the error code %q is not documented", m.text)
			l.didYouMean(m.text, known)
		}
	}
}
