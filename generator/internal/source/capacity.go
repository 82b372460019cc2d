package source

import (
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// capacity reads what a resource is made of.
func (l *loader) capacity(m *node) *model.Capacity {
	units := m.get("units")
	if units == nil {
		return nil
	}
	return &model.Capacity{
		Pos: m.pos(), Number: m.str("number"), Least: m.str("least"), Most: m.str("most"), Outside: m.str("outside"), Cooldown: m.str("cooldown"),
		When: memberValues(m.get("when")), Ready: m.str("ready"), Pending: m.str("pending"), Busy: m.str("busy"), List: m.str("list"),
		Units: &model.Units{
			Pos: units.pos(), Resource: units.str("resource"), Comes: l.phase(units.get("comes")), There: l.optionalValue(units.get("there")),
			Goes: l.phase(units.get("goes")), Keep: memberValues(units.get("keep")),
		},
		Log: l.simulatedLog(m.get("log")),
	}
}

func (l *loader) phase(m *node) model.Phase {
	p := model.Phase{Set: l.optionalValue(m.get("set"))}
	p.For, _ = time.ParseDuration(m.str("for"))
	return p
}

func (l *loader) simulatedLog(m *node) *model.SimulatedLog {
	if m == nil {
		return nil
	}
	return &model.SimulatedLog{Pos: m.pos(), Resource: m.str("resource"), Set: l.optionalValue(m.get("set")), Run: l.optionalValue(m.get("run"))}
}

func (l *loader) optionalValue(m *node) model.Value {
	if m == nil {
		return nil
	}
	return l.value(m, nil)
}

// memberValues reads members and the values they have, with | between several.
func memberValues(m *node) []*model.MemberValues {
	var out []*model.MemberValues
	for _, w := range m.entries() {
		out = append(out, &model.MemberValues{Member: w.key, Values: strings.Split(w.text, "|")})
	}
	return out
}

// scale reads how what runs changes a capacity.
func (l *loader) scale(m *node) *model.Scale {
	if m == nil {
		return nil
	}
	s := &model.Scale{
		Pos: m.pos(), To: m.str("to"), By: m.str("by"), Percent: m.str("percent"), Away: m.str("round") == "away", Cooldown: m.str("cooldown"),
		Cooling: m.str("cooling"), Unchanged: m.str("unchanged"), Full: m.str("full"), Log: l.simulatedLog(m.get("log")),
	}
	s.Otherwise, _ = m.get("otherwise").integer()
	if o := m.get("operation"); o != nil {
		s.Operation = &model.ScaleOperation{Pos: o.pos(), Member: o.str("member"), More: textsOf(o.get("more")), Less: textsOf(o.get("less")), Exactly: textsOf(o.get("exactly"))}
	}
	return s
}

// checkCapacity makes sure that what is counted exists, and what it is made of.
func (l *loader) checkCapacity(r *model.Resource, m *node) {
	for _, name := range []string{"number", "least", "most", "cooldown", "ready", "pending", "busy", "list"} {
		l.simulatedPath(r, m.get(name))
	}
	l.simulatedStates(r, m.get("when"))
	l.needCode(m.get("outside"))
	units := m.get("units")
	n := units.get("resource")
	if n == nil {
		return
	}
	if unit := l.belonging(r, n); unit != nil {
		if unit.Simulate == nil {
			l.errorf(n.pos(), "resource-simulation", "the resource %q is not simulated", unit.Name)
			l.hint("give it simulate: {}")
		}
		for _, set := range []*node{units.get("comes").get("set"), units.get("there"), units.get("goes").get("set")} {
			l.simulatedSet(unit, set)
		}
		l.simulatedStates(unit, units.get("keep"))
	}
	l.checkLog(m.get("log"))
}

// belonging is a resource whose parent is r.
func (l *loader) belonging(r *model.Resource, n *node) *model.Resource {
	child := l.resources[n.scalar()]
	switch {
	case child == nil || !child.Declared:
		l.checkResource(n)
	case child.Parent == nil || child.Parent.Name != r.Name:
		l.errorf(n.pos(), "resource-dependent", "the parent of %q is not %q", child.Name, r.Name)
	default:
		return child
	}
	return nil
}

// checkLog makes sure that there is the resource that an entry is.
func (l *loader) checkLog(m *node) {
	n := m.get("resource")
	if n == nil {
		return
	}
	r := l.resources[n.scalar()]
	switch {
	case r == nil || !r.Declared:
		l.checkResource(n)
	case r.Simulate == nil:
		l.errorf(n.pos(), "resource-simulation", "the resource %q is not simulated", r.Name)
		l.hint("give it simulate: {id: …}")
	default:
		l.loggedSet(r, m.get("set"))
		l.loggedSet(r, m.get("run"))
	}
}

// checkScale makes sure that a run has something to change, and knows by how much.
func (l *loader) checkScale(r *model.Resource, m *node) {
	up := (*model.Resource)(nil)
	if r.Parent != nil {
		up = l.resources[r.Parent.Name]
	}
	if up == nil || up.Simulate == nil || up.Simulate.Capacity == nil {
		l.errorf(m.pos(), "resource-simulation", "what %q scales is its parent, and that has no \"capacity\"", r.Name)
	}
	for _, name := range []string{"to", "by", "percent", "cooldown"} {
		l.simulatedPath(r, m.get(name))
	}
	l.simulatedPath(r, m.get("operation").get("member"))
	for _, name := range []string{"cooling", "unchanged", "full"} {
		l.needCode(m.get(name))
	}
	l.checkLog(m.get("log"))
}

// simulatedKinds are the schemas of what a resource is in a fake: of a unit, the items of the list of what is made of it, too.
func (l *loader) simulatedKinds(r *model.Resource) []*model.Schema {
	list := l.kindsOf(r)
	if r.Parent == nil {
		return list
	}
	up := l.resources[r.Parent.Name]
	if up == nil || up.Simulate == nil || up.Simulate.Capacity == nil || up.Simulate.Capacity.Units.Resource != r.Name || up.Simulate.Capacity.List == "" {
		return list
	}
	for _, s := range l.kindsOf(up) {
		if at := schemaAt(s, up.Simulate.Capacity.List); at != nil && at.Items != nil {
			list = append(list, at.Items.Target())
		}
	}
	return list
}

// checkWhatRuns makes sure that what an operation says of a capacity can be done.
func (l *loader) checkWhatRuns(op *model.Operation, r *model.Resource, m *node) {
	if n := m.get("run"); n != nil && (r.Simulate == nil || r.Simulate.Scale == nil) {
		l.errorf(n.pos(), "resource-simulation", "the resource %q has no \"scale\" that says what a run does", r.Name)
	}
	if n := m.get("through"); n != nil {
		l.belonging(r, n)
	}
	for _, name := range []string{"leaves", "joins"} {
		n := m.get(name)
		if n == nil {
			continue
		}
		up := (*model.Resource)(nil)
		if r.Parent != nil {
			up = l.resources[r.Parent.Name]
		}
		if up == nil || up.Simulate == nil || up.Simulate.Capacity == nil || up.Simulate.Capacity.Units.Resource != r.Name {
			l.errorf(n.keyPos(), "resource-simulation", "nothing says in its \"capacity\" that it is made of %q", r.Name)
		}
		if name == "joins" && m.get("each") == nil {
			l.errorf(n.pos(), "resource-simulation", "\"joins\" needs \"each\": the member of the body that lists the ids")
		}
		for _, code := range []string{"below", "above", "taken"} {
			l.needCode(n.get(code))
		}
		l.needQuery(op, n.get("replaced"))
	}
}
