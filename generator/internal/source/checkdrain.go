package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// checkDrain makes sure that a resource can be emptied, waited for, and deleted.
func (l *loader) checkDrain(r *model.Resource, m *node) {
	var waits []string
	for _, w := range r.Waits {
		waits = append(waits, w.For)
	}
	if w := m.get("wait"); w != nil && !slices.Contains(waits, w.text) {
		l.errorf(w.pos(), "resource-drain", "the resource %q has no wait for %q", r.Name, w.text)
		l.didYouMean(w.text, waits)
	}
	l.needVerb(m, r.Name, "delete")
	of := r.Name
	if n := m.get("resource"); n != nil {
		if of = n.text; l.resources[of] == nil || !l.resources[of].Declared {
			l.checkResource(n)
			return
		}
	}
	by := m.get("by")
	if by == nil {
		return
	}
	op := l.changer(of, by.text)
	if op == nil {
		if op = l.needVerb(by, of, by.text); op == nil {
			return
		}
	}
	for _, v := range m.get("set").entries() {
		if _, ok := v.integer(); !ok {
			l.errorf(v.pos(), "resource-drain", "%q has to be a whole number", v.key)
		}
		if !slices.ContainsFunc(bodiesOf(op), func(s *model.Schema) bool { return schemaAt(s, v.key) != nil }) {
			l.errorf(v.keyPos(), "resource-member", "the body of %s has no member %q", op.ID, v.key)
			l.didYouMean(v.key, membersOf(bodiesOf(op)))
		}
	}
}

// changer is the operation of a resource that says it is changed by a method of this verb.
func (l *loader) changer(resource, verb string) *model.Operation {
	for _, op := range l.all {
		if op.Resource == resource && op.Change != nil && op.Change.Method == verb {
			return op
		}
	}
	return nil
}

// checkLink makes sure that a link carries no credentials: it may lead anywhere.
func (l *loader) checkLink(op *model.Operation, m *node) {
	for _, alternative := range op.Security {
		if len(alternative) > 0 {
			l.errorf(m.pos(), "operation-link", "%s asks for credentials, and a link may lead anywhere: only operations with \"security: []\" take links", op.ID)
			return
		}
	}
}
