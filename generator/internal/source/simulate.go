package source

import (
	"slices"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// simulation reads how a fake server keeps resources.
func (l *loader) simulation(m *node) *model.Simulation {
	s := &model.Simulation{Pos: m.pos(), Missing: m.str("missing"), Full: m.str("full")}
	s.Limit, _ = m.get("limit").integer()
	if n := m.get("initial"); n != nil {
		s.Initial = l.value(n, nil)
	}
	for _, n := range m.get("flow").entries() {
		f := &model.Flow{Pos: n.pos()}
		f.After, _ = time.ParseDuration(n.str("after"))
		for _, w := range n.get("when").entries() {
			f.When = append(f.When, &model.MemberValues{Member: w.key, Values: strings.Split(w.text, "|")})
		}
		if set := n.get("set"); set != nil {
			f.Set = l.value(set, nil)
		}
		s.Flows = append(s.Flows, f)
	}
	for _, n := range m.get("children").entries() {
		s.Children = append(s.Children, &model.SimulatedChild{Pos: n.pos(), Member: n.key, Resource: n.text})
	}
	return s
}

// simulatedAct reads what an operation does to them.
func (l *loader) simulatedAct(m *node) *model.SimulatedAct {
	a := &model.SimulatedAct{Pos: m.pos(), Of: m.str("of"), At: m.str("at"), Each: m.str("each"), Delete: m.str("delete") == "true"}
	if n := m.get("set"); n != nil {
		a.Set = l.value(n, nil)
	}
	for _, n := range m.get("needs").entries() {
		a.Needs = append(a.Needs, &model.Need{Pos: n.pos(), Member: n.str("member"), Values: textsOf(n.get("values")), Code: n.str("code"), Unless: n.str("unless")})
	}
	return a
}

// checkSimulation makes sure that what a simulation names exists.
func (l *loader) checkSimulation(r *model.Resource, m *node) {
	if r.Identity == nil {
		l.errorf(m.pos(), "resource-identity", "what is simulated needs an identity")
		return
	}
	for _, name := range []string{"missing", "full"} {
		l.needCode(m.get(name))
	}
	for _, f := range m.get("flow").entries() {
		for _, w := range f.get("when").entries() {
			l.simulatedMember(r, w, w.key)
		}
		for _, set := range f.get("set").entries() {
			l.simulatedMember(r, set, set.key)
		}
	}
	for _, n := range m.get("initial").entries() {
		l.simulatedMember(r, n, n.key)
	}
	for _, n := range m.get("children").entries() {
		child := l.resources[n.text]
		switch {
		case child == nil || !child.Declared:
			l.checkResource(n)
		case child.Parent == nil || child.Parent.Name != r.Name:
			l.errorf(n.pos(), "resource-dependent", "the parent of %q is not %q", child.Name, r.Name)
		}
	}
}

// simulatedMember makes sure that a resource has a member, given by its path.
func (l *loader) simulatedMember(r *model.Resource, n *node, path string) {
	list := l.kindsOf(r)
	if !slices.ContainsFunc(list, func(s *model.Schema) bool { return schemaAt(s, path) != nil }) {
		l.errorf(n.keyPos(), "resource-member", "the resource %s has no member %q", r.Name, path)
		l.didYouMean(path, membersOf(list))
	}
}

// needCode makes sure that an error code is documented.
func (l *loader) needCode(n *node) {
	if n == nil {
		return
	}
	var codes []string
	if l.api.Errors != nil {
		for _, c := range l.api.Errors.Codes {
			codes = append(codes, c.Code)
		}
	}
	if !slices.Contains(codes, n.text) {
		l.errorf(n.pos(), "simulation-code", "%q is no code of the table of errors", n.text)
		l.didYouMean(n.text, codes)
	}
}

// checkSimulatedAct makes sure that what an operation does can be done.
func (l *loader) checkSimulatedAct(op *model.Operation, m *node) {
	name := op.Resource
	if of := m.get("of"); of != nil {
		name = of.text
	}
	r := l.resources[name]
	if r == nil || !r.Declared || r.Identity == nil {
		l.errorf(m.pos(), "resource-identity", "%q is no resource with an identity", name)
		return
	}
	for _, set := range m.get("set").entries() {
		l.simulatedMember(r, set, set.key)
	}
	if at := m.get("at"); at != nil {
		l.simulatedMember(r, at, at.text)
	}
	for _, n := range m.get("needs").entries() {
		l.simulatedMember(r, n.get("member"), n.str("member"))
		l.needCode(n.get("code"))
	}
	if each := m.get("each"); each != nil {
		l.needMember(each, bodiesOf(op), "the body of "+op.ID)
	}
}
