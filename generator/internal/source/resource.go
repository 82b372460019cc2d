package source

import (
	"cmp"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// declaredResource reads an entry of x-pantograph.resources.
func (l *loader) declaredResource(m *node) *model.Resource {
	r := &model.Resource{
		Pos: m.pos(), Name: m.str("name"), Singular: m.str("singular"), Declared: true,
		Doc: model.Doc{Summary: m.str("summary"), Text: m.str("description"), Source: l.source(m.get("source"))},
	}
	check := func(n *node, f func(*model.Resource, *node)) {
		if n != nil {
			l.checks = append(l.checks, func() { f(r, n) })
		}
	}
	if n := m.get("parent"); n != nil {
		r.Parent = &model.Parent{Pos: n.pos(), Name: n.text}
		check(n, l.checkParent)
	}
	if n := m.get("identity"); n != nil {
		r.Identity = &model.Identity{Pos: n.pos(), ID: n.str("id"), Name: n.str("name"), Parameter: n.str("parameter")}
		check(n, l.checkIdentity)
	}
	if n := m.get("find"); n != nil {
		r.Find = &model.Find{Pos: n.pos(), Filter: n.str("filter"), ID: n.str("id"), Name: n.str("name"), List: n.str("list")}
		check(n, l.checkFind)
	}
	for _, n := range m.get("wait").entries() {
		r.Waits = append(r.Waits, readWait(n))
		check(n, l.checkWait)
	}
	if n := m.get("ensure"); n != nil {
		r.Ensure = &model.Ensure{Pos: n.pos(), Create: n.str("create"), Update: n.str("update")}
		check(n, l.checkEnsure)
	}
	for _, n := range m.get("dependents").entries() {
		r.Dependents = append(r.Dependents, &model.Dependent{Pos: n.pos(), Resource: n.str("resource"), Method: n.str("method")})
		check(n, l.checkDependent)
	}
	if n := m.get("drain"); n != nil {
		r.Drain = readDrain(n)
		check(n, l.checkDrain)
	}
	if n := m.get("simulate"); n != nil {
		r.Simulate = l.simulation(n)
		check(n, l.checkSimulation)
	}
	return r
}

func readWait(n *node) *model.Wait {
	w := &model.Wait{
		Pos: n.pos(), Doc: model.Doc{Summary: n.str("summary")},
		For: n.str("for"), Member: n.str("member"), Equals: n.str("equals"), Missing: n.str("missing") == "true", Appears: n.str("appears") == "true",
		Also: textsOf(n.get("also")), Success: textsOf(n.get("success")), Failure: textsOf(n.get("failure")),
	}
	w.Every, _ = time.ParseDuration(n.str("every"))
	w.Within, _ = time.ParseDuration(n.str("within"))
	w.Settle, _ = n.get("settle").integer()
	return w
}

func readDrain(n *node) *model.Drain {
	d := &model.Drain{Pos: n.pos(), Method: n.str("method"), Resource: n.str("resource"), By: n.str("by"), Wait: n.str("wait")}
	for _, v := range n.get("set").entries() {
		set := &model.DrainedValue{Pos: v.keyPos(), Member: v.key}
		set.Value, _ = v.integer()
		d.Set = append(d.Set, set)
	}
	return d
}

func textsOf(n *node) []string {
	var texts []string
	for _, m := range n.entries() {
		texts = append(texts, m.text)
	}
	return texts
}

// layer completes what an earlier document says of a resource beyond its operations.
func layer(have, more *model.Resource) {
	have.Parent = cmp.Or(have.Parent, more.Parent)
	have.Identity = cmp.Or(have.Identity, more.Identity)
	have.Find = cmp.Or(have.Find, more.Find)
	have.Ensure = cmp.Or(have.Ensure, more.Ensure)
	have.Simulate = cmp.Or(have.Simulate, more.Simulate)
	have.Drain = cmp.Or(have.Drain, more.Drain)
	if len(have.Waits) == 0 {
		have.Waits = more.Waits
	}
	if len(have.Dependents) == 0 {
		have.Dependents = more.Dependents
	}
}

// readBatch reads how an operation takes lists.
func readBatch(m *node) *model.Batch {
	b := &model.Batch{Pos: m.pos(), Method: m.str("method"), Items: m.str("items")}
	b.Limit, _ = m.get("limit").integer()
	if n := m.get("errors"); n != nil {
		b.Errors = &model.ItemErrors{Pos: n.pos(), Code: n.str("code"), Member: n.str("member"), ID: n.str("id"), ItemCode: n.str("itemCode"), Message: n.str("message")}
	}
	return b
}

// readChange reads how an operation replaces what it is given.
func readChange(m *node) *model.Change {
	return &model.Change{Pos: m.pos(), Method: m.str("method"), Read: m.str("read"), From: m.str("from"), IfMatch: m.str("ifMatch") == "true", Maps: textsOf(m.get("maps"))}
}
