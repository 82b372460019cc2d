package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// classes maps the meanings of the vocabulary to the runtime's error classes.
var classes = map[string]string{
	"invalid": "ErrInvalid", "unauthenticated": "ErrUnauthenticated", "permissionDenied": "ErrPermissionDenied",
	"notFound": "ErrNotFound", "conflict": "ErrConflict", "busy": "ErrBusy", "quotaExceeded": "ErrQuotaExceeded",
	"rateLimited": "ErrRateLimited", "unavailable": "ErrUnavailable", "internal": "ErrInternal",
}

// errors plans the error model: codes sorted for the runtime's search.
func (b *builder) errors() {
	e := b.api.Errors
	if e == nil {
		return
	}
	out := &b.pkg.Errors
	out.Shapes, out.RequestIDHeaders = e.Shapes, e.RequestIDHeaders
	list := make([]member, len(e.Codes))
	for i, c := range e.Codes {
		list[i] = member{wire: c.Code, pinned: upperFirst(c.Name), id: c.Code, pos: c.Pos}
	}
	names := b.members(scope{what: "error code", kind: "code", fallback: "Empty", hint: "give one of them a name of its own"}, list)
	for i, c := range e.Codes {
		name := "Code" + names[i]
		b.claim(name, c.Pos)
		for _, alias := range c.Aliases {
			out.Aliases = append(out.Aliases, &ErrorAlias{Name: alias, Of: name})
		}
		out.Codes = append(out.Codes, &ErrorCode{Const: name, Code: c.Code, Class: classes[c.Meaning], Status: c.Status, Message: c.Message})
	}
	slices.SortStableFunc(out.Codes, func(x, y *ErrorCode) int { return cmp.Compare(x.Code, y.Code) })
	for _, c := range e.Prefixes {
		out.Prefixes = append(out.Prefixes, &ErrorCode{Code: c.Code, Class: classes[c.Meaning]})
	}
	slices.SortStableFunc(out.Prefixes, func(x, y *ErrorCode) int {
		return cmp.Or(cmp.Compare(len(y.Code), len(x.Code)), cmp.Compare(x.Code, y.Code))
	})
	slices.SortFunc(out.Aliases, func(x, y *ErrorAlias) int { return cmp.Compare(x.Name, y.Name) })
	for _, s := range e.Statuses {
		out.Statuses = append(out.Statuses, &ErrorStatus{Status: s.Status, Class: classes[s.Meaning]})
	}
	slices.SortFunc(out.Statuses, func(x, y *ErrorStatus) int { return cmp.Compare(x.Status, y.Status) })
}

// codesFact says in the comment of a method with which codes it fails.
func (b *builder) codesFact(m *Method, op *model.Operation) {
	if len(op.Errors) == 0 {
		return
	}
	names := make([]string, len(op.Errors))
	for i, code := range op.Errors {
		names[i] = bounded(code)
	}
	m.Doc.Facts = append(m.Doc.Facts, "Error codes: "+strings.Join(names, ", ")+".")
}
