package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Every operation has an id of its own, by which all later stages tell it apart. Documents forget ids and repeat
// them; then ids are made of method and path, in a way that no order of operations decides.

// identify takes down the id that the document gives an operation.
func (l *loader) identify(op *model.Operation, id *node) {
	if id != nil {
		op.ID = l.text(id)
	}
	if op.ID == "" {
		l.derived = append(l.derived, op)
		return
	}
	if first := l.ids[op.ID]; len(first) > 0 {
		if at := first[0].at; op.Variant || first[0].op.Variant {
			l.errorf(id.pos(), "operation-id-repeated", "the operationId %q is already that of the operation at %s", op.ID, at.pos())
			l.related(at.pos())
		} else {
			l.warnf(id.pos(), "operation-id-repeated", "the operationId %q is already that of the operation at %s; both are told apart by method and path", op.ID, at.pos())
			l.hint("operationIds are unique over all documents of an API")
			l.related(at.pos())
		}
	}
	l.ids[op.ID] = append(l.ids[op.ID], identified{op, id})
}

// identified is an operation with an id, and where that stands.
type identified struct {
	op *model.Operation
	at *node
}

// nameOperations gives an id of its own to every operation that has none: to those without, and to all that share one.
func (l *loader) nameOperations() {
	for _, op := range l.all {
		if group := l.ids[op.ID]; len(group) > 1 && group[0].op == op {
			qualify(group)
		}
	}
	for _, op := range l.derived {
		op.ID = derivedID(op)
	}
	made := map[*model.Operation]bool{}
	for _, op := range l.derived {
		made[op] = true
	}
	for _, group := range l.ids {
		for _, i := range group {
			made[i.op] = made[i.op] || len(group) > 1
		}
	}
	for _, form := range []func(op *model.Operation) string{
		func(op *model.Operation) string { return op.Method + " " + op.Path },
		func(op *model.Operation) string { return op.Method + " " + op.Path + " " + op.Pos.ID() },
	} {
		count := map[string]int{}
		for _, op := range l.all {
			count[op.ID]++
		}
		for _, op := range l.all {
			if count[op.ID] > 1 && made[op] {
				op.ID = form(op)
			}
		}
	}
}

// qualify tells operations of one id apart by the segments of their paths in which they differ, or by the methods
// where they do not.
func qualify(group []identified) {
	paths := make([][]string, len(group))
	for i, g := range group {
		paths[i] = strings.Split(strings.Trim(g.op.Path, "/"), "/")
	}
	start, end := common(paths)
	places := make([]string, len(group))
	for i, path := range paths {
		places[i] = words(path[start : len(path)-end]) // empty: the others have more there, and it keeps the id
	}
	samePath := !slices.ContainsFunc(group, func(g identified) bool { return g.op.Path != group[0].op.Path })
	seen := map[string]bool{}
	unique := !samePath
	for _, p := range places {
		unique = unique && !seen[p]
		seen[p] = true
	}
	for i, g := range group {
		switch {
		case unique:
			g.op.ID += places[i]
		case samePath:
			g.op.ID += title(strings.ToLower(g.op.Method))
		default:
			g.op.ID += title(derivedID(g.op))
		}
	}
}

// common is the number of segments that all paths share at the start, and at the end beyond it.
func common(paths [][]string) (start, end int) {
	least := len(paths[0])
	for _, p := range paths {
		least = min(least, len(p))
	}
	same := func(at func(p []string) string) bool {
		return !slices.ContainsFunc(paths, func(p []string) bool { return at(p) != at(paths[0]) })
	}
	for start < least && same(func(p []string) string { return p[start] }) {
		start++
	}
	for end < least-start && same(func(p []string) string { return p[len(p)-1-end] }) {
		end++
	}
	return start, end
}

// derivedID makes an id of method and path: getV1GroupsByGroupId.
func derivedID(op *model.Operation) string {
	return strings.ToLower(op.Method) + words(strings.Split(op.Path, "/"))
}

// words makes one word of segments of a path: V1GroupsByGroupId.
func words(segments []string) string {
	var b strings.Builder
	for _, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			b.WriteString("By")
		}
		for _, w := range strings.FieldsFunc(segment, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		}) {
			b.WriteString(title(w))
		}
	}
	return b.String()
}

// title puts a word of ASCII letters in front of others.
func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
