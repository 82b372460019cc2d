package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Simulation is what a fake server keeps, and what operations do to it.
type Simulation struct {
	Tables []*SimulatedTable `json:"tables"`
	Acts   []*SimulatedAct   `json:"acts"`
}

// simulate plans what the fake server keeps.
func (b *builder) simulate(services map[string]*Service) {
	all := map[string]*simulated{}
	sim := &Simulation{}
	for _, r := range b.parentsFirst() {
		x := b.simulated(r, services[r.Name])
		if x == nil {
			continue
		}
		t := &SimulatedTable{
			What: x.what, ID: x.id, Initial: string(r.Simulate.Initial), Limit: r.Simulate.Limit,
			Missing: b.failure(r.Simulate.Missing), Full: b.failure(r.Simulate.Full), Newest: r.Simulate.Newest,
		}
		for _, f := range r.Simulate.Flows {
			t.Flows = append(t.Flows, &SimulatedFlow{When: f.When, After: f.After, Set: string(f.Set)})
		}
		x.table, x.at = t, len(sim.Tables)
		all[r.Name] = x
		sim.Tables = append(sim.Tables, t)
	}
	if len(sim.Tables) == 0 {
		return
	}
	b.relate(all, services)
	for _, c := range b.called {
		s := services[c.model.Resource]
		i := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Operation.Var == c.ways[0].variable })
		if i < 0 {
			continue
		}
		if a := b.act(c.model, s.Methods[i], all); a != nil {
			sim.Acts = append(sim.Acts, a)
		}
	}
	b.pkg.Simulation = sim
}

// failure is a documented failure by its code.
func (b *builder) failure(code string) SimulatedFailure {
	if b.api.Errors != nil && code != "" {
		for _, c := range b.api.Errors.Codes {
			if c.Code == code {
				return SimulatedFailure{Status: cmp.Or(c.Status, 400), Code: c.Code, Message: c.Message}
			}
		}
	}
	return SimulatedFailure{}
}

// memberOf is the member of a struct that has the type of an id.
func (b *builder) memberOf(s *Struct, id TypeRef) string {
	for _, f := range s.Fields {
		if id.Kind == Defined && f.Held().Kind == Defined && f.Held().Name == id.Name {
			return f.Wire
		}
	}
	return ""
}

// act plans what an operation does to the tables; nil when that is nothing.
func (b *builder) act(op *model.Operation, m *Method, all map[string]*simulated) *SimulatedAct {
	name := op.Resource
	if op.Simulate != nil {
		name = cmp.Or(op.Simulate.Of, name)
	}
	x := all[name]
	if x == nil {
		return nil
	}
	a := &SimulatedAct{Method: m, Table: x.at}
	own := x
	if op.Simulate != nil && all[op.Simulate.Through] != nil {
		own = all[op.Simulate.Through]
		a.Through = own.at + 1
		if len(m.PathArgs) > 0 && own.arg.In(m.PathArgs) == nil { // it is named by something else: the last there is
			a.ID = m.PathArgs[len(m.PathArgs)-1].Wire
		}
	}
	if own.arg != nil {
		if arg := own.arg.In(m.PathArgs); arg != nil {
			a.ID = arg.Wire
		}
	}
	if up := x.parent; up != nil && up.arg != nil {
		if arg := up.arg.In(m.PathArgs); arg != nil && arg.Wire != a.ID {
			a.Parent = arg.Wire
		}
	}
	if !b.kindOfAct(a, op, m, x) {
		return nil
	}
	if d := op.Simulate; d != nil {
		if a.Set = string(d.Set); d.At != "" {
			a.At = strings.Split(d.At, ".")
		}
		a.Each, a.Quiet = d.Each, d.Quiet
		for _, n := range d.Needs {
			need := &SimulatedNeed{Member: n.Member, Values: n.Values, Or: b.failure(n.Code), Unless: n.Unless}
			if of := all[n.Of]; of != nil && of != x {
				need.Of = of.at + 1
			}
			a.Needs = append(a.Needs, need)
		}
		if d.Leaves != nil {
			a.Replaced, a.Below = d.Leaves.Replaced, b.failure(d.Leaves.Below)
		}
		if d.Joins != nil {
			a.Above, a.Taken = b.failure(d.Joins.Above), b.failure(d.Joins.Taken)
		}
	}
	b.answerOf(a, m)
	return a
}

// kindOfAct finds out what an operation does, and reports whether it does anything.
func (b *builder) kindOfAct(a *SimulatedAct, op *model.Operation, m *Method, x *simulated) bool {
	d := op.Simulate
	switch {
	case d != nil && d.Run:
		a.Kind = "Run"
	case d != nil && d.Leaves != nil:
		a.Kind = "Leave"
	case d != nil && d.Joins != nil:
		a.Kind = "Join"
	case d != nil && d.Delete, op.Verb == "delete" && a.ID != "" && onlyNeeds(d):
		a.Kind = "Delete"
	case d != nil && d.Each != "", d != nil && len(d.Set) > 0 && a.ID != "" && m.Request == nil:
		a.Kind = "Set"
	case d != nil && d.At != "" && a.ID != "" && m.Request == nil:
		a.Kind = "Part"
	case d != nil && d.At != "" && a.ID != "":
		a.Kind = "Put"
	case d != nil && a.ID != "" && (m.Request == nil || m.Request.Constant):
		a.Kind = "Set"
	case d != nil && a.ID == "" && a.Parent == "" && m.Request == nil && m.Answer.Kind == AnswerNone && op.Verb != "create":
		a.Kind = "Note"
	case m == x.list:
		a.Kind, a.Page = "List", b.simulatedPage(op, m, x)
	case m == x.get:
		a.Kind = "Get"
	case op.Verb == "create" && m.Request != nil && a.ID == "":
		a.Kind, a.Many = "Create", m.Request.Type.Kind == Slice
	case op.Verb == "update" && m.Request != nil && a.ID != "":
		a.Kind = "Update"
		if op.Change != nil && m.Request.Struct != nil { // it replaces all that it is given
			for _, f := range m.Request.Struct.Fields {
				if f.Wire != "" {
					a.All = append(a.All, f.Wire)
				}
			}
		}
	case op.Verb == "delete" && a.ID != "":
		a.Kind = "Delete"
	default:
		return false
	}
	return a.ID != "" || a.Kind == "List" || a.Kind == "Create" || a.Kind == "Note" || a.Kind == "Join" || d != nil && d.Each != ""
}

// onlyNeeds reports whether a declaration says nothing but when the operation fails: what it does, its verb tells.
func onlyNeeds(d *model.SimulatedAct) bool {
	return d != nil && len(d.Needs) > 0 && d.Each == "" && d.At == "" && len(d.Set) == 0
}

// answerOf says how the answer is made of the result.
func (b *builder) answerOf(a *SimulatedAct, m *Method) {
	if m.Answer.Kind != AnswerValue {
		a.Empty = true
		return
	}
	of := m.Result.Struct
	switch {
	case a.Page != nil:
		of = nil
		if items := b.path(m.Result.Struct, strings.Join(a.Page.Items, ".")); len(items) > 0 {
			of = b.fieldStruct(items[len(items)-1])
		}
	case m.Unwrap != nil:
		a.Wrap, of = m.Unwrap.Wire, b.fieldStruct(m.Unwrap)
	}
	if of != nil && of.Additional == nil {
		for _, f := range of.Fields {
			if f.Wire != "" {
				a.Only = append(a.Only, f.Wire)
			}
		}
	}
}

// simulatedPage describes how a list is cut into pages.
func (b *builder) simulatedPage(op *model.Operation, m *Method, of *simulated) *SimulatedPage {
	pg := m.Pages
	wires := func(path []*Field) []string {
		var out []string
		for _, f := range path {
			out = append(out, f.Wire)
		}
		return out
	}
	p := &SimulatedPage{Items: wires(pg.Items), Total: wires(pg.Total)}
	switch {
	case pg.Kind == model.PageNextLink && pg.NextItem != nil:
		p.Link, p.Rel = wires(pg.NextItem.List), true
	case pg.Kind == model.PageNextLink:
		p.Link = wires(pg.Next)
	default:
		p.Next = wires(pg.Next)
	}
	if pg.Cursor != nil {
		p.Cursor, p.Number = pg.Cursor.Wire, pg.Kind == model.PageOffset
	}
	if pg.Limit != nil {
		p.Limit = pg.Limit.Wire
	}
	if m.Params == nil {
		return p
	}
	defer func() { p.Size, p.Most = pageSize(op, p.Limit) }()
	p.Fuzzy = of.fuzzy
	for _, f := range m.Params.Fields {
		switch {
		case f.In != model.InQuery:
		case f.Wire == p.Cursor || f.Wire == p.Limit:
		case pg.Kind == model.PageNextLink && f.Wire == "marker":
			p.Cursor = f.Wire
		case pg.Kind == model.PageNextLink && f.Wire == "limit":
			p.Limit = f.Wire
		case of.listed != nil && fieldByWire(of.listed, f.Wire) != nil:
			p.Match = append(p.Match, [2]string{f.Wire, f.Wire})
		}
	}
	return p
}

// pageSize is the usual size of a page, and the greatest, as the parameter says.
func pageSize(op *model.Operation, limit string) (usual, most int) {
	for _, p := range op.Parameters {
		if p.In != model.InQuery || p.Name != limit || p.Schema == nil {
			continue
		}
		s := p.Schema.Target()
		usual, _ = strconv.Atoi(string(s.Default))
		most, _ = strconv.Atoi(string(s.Maximum))
	}
	return usual, most
}
