package source

import (
	"slices"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// simulation reads how a fake server keeps resources.
func (l *loader) simulation(m *node) *model.Simulation {
	s := &model.Simulation{Pos: m.pos(), Missing: m.str("missing"), Full: m.str("full"), ID: m.str("id"), Param: m.str("parameter"), Newest: m.str("newest") == "true"}
	s.Limit, _ = m.get("limit").integer()
	if n := m.get("initial"); n != nil {
		s.Initial = l.value(n, nil)
	}
	for _, n := range m.get("flow").entries() {
		f := &model.Flow{Pos: n.pos()}
		f.After, _ = time.ParseDuration(n.str("after"))
		f.When = memberValues(n.get("when"))
		if set := n.get("set"); set != nil {
			f.Set = l.value(set, nil)
		}
		s.Flows = append(s.Flows, f)
	}
	for _, n := range m.get("children").entries() {
		s.Children = append(s.Children, &model.SimulatedChild{Pos: n.pos(), Member: n.key, Resource: n.text})
	}
	s.Capacity, s.Scale = l.capacity(m.get("capacity")), l.scale(m.get("scale"))
	return s
}

// simulatedAct reads what an operation does to them.
func (l *loader) simulatedAct(m *node) *model.SimulatedAct {
	a := &model.SimulatedAct{Pos: m.pos(), Of: m.str("of"), At: m.str("at"), Each: m.str("each"), Delete: m.str("delete") == "true"}
	if n := m.get("set"); n != nil {
		a.Set = l.value(n, nil)
	}
	a.Run, a.Through, a.Quiet = m.str("run") == "true", m.str("through"), m.str("quiet") == "true"
	if n := m.get("leaves"); n != nil {
		a.Leaves = &model.Leaving{Pos: n.pos(), Replaced: n.str("replaced"), Below: n.str("below")}
	}
	if n := m.get("joins"); n != nil {
		a.Joins = &model.Joining{Pos: n.pos(), Above: n.str("above"), Taken: n.str("taken")}
	}
	for _, n := range m.get("needs").entries() {
		a.Needs = append(a.Needs, &model.Need{Pos: n.pos(), Of: n.str("of"), Member: n.str("member"), Values: textsOf(n.get("values")), Code: n.str("code"), Unless: n.str("unless")})
	}
	return a
}

// checkSimulation makes sure that what a simulation names exists.
func (l *loader) checkSimulation(r *model.Resource, m *node) {
	if r.Identity == nil && r.Simulate.ID == "" {
		l.errorf(m.pos(), "resource-identity", "what is simulated needs an identity, or an \"id\" here")
		return
	}
	l.simulatedPath(r, m.get("id"))
	for _, name := range []string{"missing", "full"} {
		l.needCode(m.get(name))
	}
	for _, f := range m.get("flow").entries() {
		l.simulatedStates(r, f.get("when"))
		l.simulatedSet(r, f.get("set"))
	}
	l.simulatedSet(r, m.get("initial"))
	for _, n := range m.get("children").entries() {
		l.belonging(r, n)
	}
	if n := m.get("capacity"); n != nil {
		l.checkCapacity(r, n)
	}
	if n := m.get("scale"); n != nil {
		l.checkScale(r, n)
	}
}

// simulatedMemberAt finds a member of a resource that must be there, given by its path.
func (l *loader) simulatedMemberAt(r *model.Resource, path string, pos model.Pos) *model.Schema {
	list := l.simulatedKinds(r)
	for _, s := range list {
		if at := schemaAt(s, path); at != nil {
			return at
		}
	}
	l.errorf(pos, "resource-member", "the resource %s has no member %q", r.Name, path)
	l.didYouMean(path, membersOf(list))
	return nil
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
	if r == nil || !r.Declared || r.Identity == nil && (r.Simulate == nil || r.Simulate.ID == "") {
		l.errorf(m.pos(), "resource-identity", "%q is no resource with an identity", name)
		return
	}
	l.simulatedSet(r, m.get("set"), op)
	l.simulatedPath(r, m.get("at"))
	for _, n := range m.get("needs").entries() {
		of := r
		if up := n.get("of"); up != nil {
			for of = r; of != nil && of.Name != up.text; {
				if of.Parent == nil {
					of = nil
				} else {
					of = l.resources[of.Parent.Name]
				}
			}
			if of == nil {
				l.errorf(up.pos(), "resource-parent", "%q does not belong to %q", r.Name, up.text)
				continue
			}
		}
		s := l.simulatedPath(of, n.get("member"))
		if values := n.get("values"); len(values.entries()) == 0 && values != nil {
			l.errorf(values.pos(), "resource-simulation", "a need without values cannot be met")
		} else {
			for _, v := range values.entries() {
				l.knownValue(s, n.str("member"), v.text, v.pos())
			}
		}
		l.needQuery(op, n.get("unless"))
		l.needCode(n.get("code"))
	}
	if each := m.get("each"); each != nil {
		l.needMember(each, bodiesOf(op), "the body of "+op.ID)
	}
	l.checkWhatRuns(op, r, m)
}
