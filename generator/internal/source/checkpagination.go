package source

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// checkPagination makes sure that what the pagination names exists.
func (l *loader) checkPagination(op *model.Operation, m *node) {
	p := op.Pagination
	needs := map[model.PaginationKind][]string{
		model.PageOffset: {"cursor"}, model.PageNumber: {"cursor"}, model.PageMarker: {"cursor"}, model.PageToken: {"cursor", "next"}, model.PageNextLink: {"next"},
	}[p.Kind]
	for _, need := range needs {
		if m.get(need) == nil {
			l.errorf(m.pos(), "pagination-incomplete", "pagination of kind %s needs %q", p.Kind, need)
		}
	}
	if p.Kind == model.PageMarker && p.Next == "" && p.NextItem == nil && p.ItemMarker == "" {
		l.errorf(m.pos(), "pagination-incomplete", "pagination of kind marker needs \"next\" or \"itemMarker\"")
	}
	for _, name := range []string{"cursor", "limit"} {
		l.checkRequestMember(op, m.get(name))
	}
	for _, name := range []string{"items", "total", "next"} {
		if name == "next" && p.NextItem != nil {
			l.checkSelector(op, m.get(name), p.NextItem)
			continue
		}
		l.checkResponseMember(op, m.get(name))
	}
	if m.get("items") == nil && !slices.ContainsFunc(successes(op), isList) {
		l.errorf(m.pos(), "pagination-items", "no successful response of %s is a list: \"items\" names the member that is one", op.ID)
	}
	if marker := m.get("itemMarker"); marker != nil {
		for _, s := range successes(op) {
			items, of := s, "the response"
			if p.Items != "" {
				items, of = schemaAt(s, p.Items), strconv.Quote(p.Items)
			}
			if items == nil || items.Items == nil {
				continue
			}
			if item := items.Items.Target(); schemaAt(item, marker.text) == nil {
				l.errorf(marker.pos(), "pagination-member-missing", "the items of %s have no member %q", of, marker.text)
				l.didYouMean(marker.text, membersOf([]*model.Schema{item}))
			}
		}
	}
}

func isList(s *model.Schema) bool { return s.Items != nil || s.Is(model.TypeArray) }

// checkRequestMember makes sure that a parameter, or a member of the body, exists.
func (l *loader) checkRequestMember(op *model.Operation, m *node) {
	if m == nil {
		return
	}
	var names []string
	name, inBody := strings.CutPrefix(m.text, "body:")
	name, inHeader := strings.CutPrefix(name, "header:")
	if inBody && op.Body != nil {
		for _, c := range op.Body.Content {
			if schemaAt(c.Schema.Target(), name) != nil {
				return
			}
			names = append(names, membersOf([]*model.Schema{c.Schema.Target()})...)
		}
	}
	for _, p := range op.Parameters {
		switch {
		case inHeader && p.In == model.InHeader:
			if strings.EqualFold(p.Name, name) {
				return
			}
			names = append(names, p.Name)
		case !inBody && !inHeader && p.In == model.InQuery:
			names = append(names, p.Name)
		}
	}
	if inBody || inHeader || !slices.Contains(names, name) {
		l.errorf(m.pos(), "pagination-parameter-missing", "%s has no parameter %q", op.ID, m.text)
		l.didYouMean(name, names)
	}
}

// checkResponseMember makes sure that a response has a member, or a header; items must be a list.
func (l *loader) checkResponseMember(op *model.Operation, m *node) {
	if m == nil {
		return
	}
	if header, ok := strings.CutPrefix(m.text, "header:"); ok && m.key != "items" {
		l.checkResponseHeader(op, m, header)
		return
	}
	for _, s := range successes(op) {
		found := schemaAt(s, m.text)
		if found == nil {
			continue
		}
		if m.key == "items" && !isList(found) {
			l.errorf(m.pos(), "pagination-items", "the member %q of the response is no list", m.text)
		}
		return
	}
	l.errorf(m.pos(), "pagination-member-missing", "no successful response of %s has the member %q", op.ID, m.text)
	l.didYouMean(m.text, membersOf(successes(op)))
}

// checkResponseHeader makes sure that a name can be that of a header. Documents seldom list the header Link and its
// like, so one that is not documented is only doubtful where others are.
func (l *loader) checkResponseHeader(op *model.Operation, m *node, name string) {
	if !isToken(name) {
		l.errorf(m.pos(), "pagination-header", "%q is no name of a header", name)
		return
	}
	var names []string
	for _, r := range op.Responses {
		if r.Success() {
			for _, h := range r.Headers {
				names = append(names, h.Name)
			}
		}
	}
	if len(names) > 0 && !slices.ContainsFunc(names, func(have string) bool { return strings.EqualFold(have, name) }) {
		l.warnf(m.pos(), "pagination-header", "no successful response of %s documents the header %q", op.ID, name)
		l.didYouMean(name, names)
	}
}
