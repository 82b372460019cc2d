package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// The checks of the values that a simulation sets and looks at.

// simulatedPath finds the member of a resource that an entry names.
func (l *loader) simulatedPath(r *model.Resource, n *node) *model.Schema {
	if n == nil {
		return nil
	}
	return l.simulatedMemberAt(r, n.text, n.pos())
}

// simulatedStates makes sure that members can have the values that they are looked at for, with | between several.
func (l *loader) simulatedStates(r *model.Resource, m *node) {
	for _, n := range m.entries() {
		s := l.simulatedMemberAt(r, n.key, n.keyPos())
		for _, v := range strings.Split(n.text, "|") {
			l.knownValue(s, n.key, v, n.pos())
		}
	}
}

// simulatedSet makes sure that members can become what they are set to: a value that is known, or that of another member that
// there is, in what is kept or in the request.
func (l *loader) simulatedSet(r *model.Resource, m *node, ops ...*model.Operation) {
	for _, n := range m.entries() {
		s := l.simulatedMemberAt(r, n.key, n.keyPos())
		from, copies := strings.CutPrefix(n.text, "=")
		switch {
		case !n.isText():
		case !copies:
			l.knownValue(s, n.key, n.text, n.pos())
		case strings.HasPrefix(from, "^"):
			if r.Parent == nil || l.resources[r.Parent.Name] == nil {
				l.errorf(n.pos(), "resource-parent", "%q has no parent whose member it could be", r.Name)
				continue
			}
			l.simulatedMemberAt(l.resources[r.Parent.Name], from[1:], n.pos())
		default:
			if create := l.verb(r.Name, "create"); create != nil {
				ops = append(ops, create)
			}
			sent := slices.ContainsFunc(ops, func(op *model.Operation) bool {
				return slices.ContainsFunc(bodiesOf(op), func(s *model.Schema) bool { return schemaAt(s, from) != nil })
			})
			if !sent {
				l.simulatedMemberAt(r, from, n.pos())
			}
		}
	}
}

// told is what an entry of a log can tell of a change.
var told = []string{"from", "to", "change", "came", "went", "operation", "of", "run", "now"}

// loggedSet makes sure that an entry of a log has the members, and tells what there is to tell.
func (l *loader) loggedSet(r *model.Resource, m *node) {
	for _, n := range m.entries() {
		s := l.simulatedMemberAt(r, n.key, n.keyPos())
		from, copies := strings.CutPrefix(n.text, "=")
		switch first, _, _ := strings.Cut(from, "."); {
		case !n.isText():
		case !copies:
			l.knownValue(s, n.key, n.text, n.pos())
		case !slices.Contains(told, first):
			l.errorf(n.pos(), "resource-simulation", "%q is nothing that a change tells of", n.text)
			l.hint("it is one of %s", strings.Join(told, ", "))
		}
	}
}

// knownValue makes sure that an enum has a value. Texts that are filled in are not known yet.
func (l *loader) knownValue(s *model.Schema, member, value string, pos model.Pos) {
	if s == nil || strings.Contains(value, "{") {
		return
	}
	if known := enumTexts(s); len(known) > 0 && !slices.Contains(known, value) {
		l.errorf(pos, "resource-value", "%q is no value of the member %q", value, member)
		l.didYouMean(value, known)
	}
}

// enumTexts are the values of an enum, as text.
func enumTexts(s *model.Schema) []string {
	var known []string
	for _, v := range s.Enum {
		text, ok := v.Value.Text()
		if !ok {
			text = string(v.Value)
		}
		known = append(known, text)
	}
	return known
}

// needQuery makes sure that an operation has a query parameter.
func (l *loader) needQuery(op *model.Operation, n *node) {
	if n == nil {
		return
	}
	var names []string
	for _, p := range op.Parameters {
		if p.In == model.InQuery {
			names = append(names, p.Name)
		}
	}
	if !slices.Contains(names, n.text) {
		l.errorf(n.pos(), "resource-parameter", "%s has no query parameter %q", op.ID, n.text)
		l.didYouMean(n.text, names)
	}
}
