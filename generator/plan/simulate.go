package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Simulation is what a fake server keeps, and what operations do to it.
type Simulation struct {
	Tables []*SimulatedTable `json:"tables"`
	Acts   []*SimulatedAct   `json:"acts"`
}

// SimulatedTable describes the resources of one kind.
type SimulatedTable struct {
	What     string            `json:"what"`
	ID       string            `json:"id"`               // member
	Parent   int               `json:"parent,omitempty"` // index of the table, plus one
	ParentID string            `json:"parentID,omitempty"`
	Initial  string            `json:"initial,omitempty"` // JSON
	Missing  SimulatedFailure  `json:"missing"`
	Limit    int               `json:"limit,omitempty"`
	Full     SimulatedFailure  `json:"full"`
	Flows    []*SimulatedFlow  `json:"flows,omitempty"`
	Children []*SimulatedChild `json:"children,omitempty"`
}

// SimulatedFlow is what becomes of a resource by itself.
type SimulatedFlow struct {
	When  []*model.MemberValues `json:"when,omitempty"`
	After time.Duration         `json:"after,omitempty"`
	Set   string                `json:"set,omitempty"` // JSON
}

// SimulatedChild is a list in a request that becomes resources of another table.
type SimulatedChild struct {
	Member string `json:"member"`
	Table  int    `json:"table"`
}

// SimulatedFailure is a documented failure.
type SimulatedFailure struct {
	Status  int    `json:"status,omitempty"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// SimulatedAct is what an operation does.
type SimulatedAct struct {
	Method *Method          `json:"-"`
	Kind   string           `json:"kind"` // name of the runtime constant
	Table  int              `json:"table"`
	ID     string           `json:"id,omitempty"`     // path parameters
	Parent string           `json:"parent,omitempty"` //
	At     []string         `json:"at,omitempty"`
	Set    string           `json:"set,omitempty"` // JSON
	Needs  []*SimulatedNeed `json:"needs,omitempty"`
	Each   string           `json:"each,omitempty"`
	Wrap   string           `json:"wrap,omitempty"`
	Only   []string         `json:"only,omitempty"`
	Empty  bool             `json:"empty,omitempty"`
	Many   bool             `json:"many,omitempty"`
	All    []string         `json:"all,omitempty"`
	Page   *SimulatedPage   `json:"page,omitempty"`
}

// SimulatedNeed is what a member has to be.
type SimulatedNeed struct {
	Member string           `json:"member"`
	Values []string         `json:"values"`
	Or     SimulatedFailure `json:"or"`
	Unless string           `json:"unless,omitempty"`
}

// SimulatedPage is how a list is cut into pages; paths are members of the answer.
type SimulatedPage struct {
	Items  []string    `json:"items"`
	Total  []string    `json:"total,omitempty"`
	Next   []string    `json:"next,omitempty"`
	Link   []string    `json:"link,omitempty"`
	Rel    bool        `json:"rel,omitempty"`
	Cursor string      `json:"cursor,omitempty"`
	Number bool        `json:"number,omitempty"`
	Limit  string      `json:"limit,omitempty"`
	Size   int         `json:"size,omitempty"`
	Most   int         `json:"most,omitempty"`
	Fuzzy  string      `json:"fuzzy,omitempty"`
	Match  [][2]string `json:"match,omitempty"` // query parameter and member
}

// simulate plans what the fake server keeps.
func (b *builder) simulate(services map[string]*Service) {
	tables := map[string]int{}
	sim := &Simulation{}
	for _, r := range b.parentsFirst() {
		s := services[r.Name]
		if r.Simulate == nil || s == nil || s.Layer == nil || s.Layer.Item == nil {
			continue
		}
		t := &SimulatedTable{
			What: s.Layer.What, ID: r.Identity.ID, Initial: string(r.Simulate.Initial), Limit: r.Simulate.Limit,
			Missing: b.failure(r.Simulate.Missing), Full: b.failure(r.Simulate.Full),
		}
		if r.Parent != nil {
			if at, ok := tables[r.Parent.Name]; ok {
				t.Parent = at + 1
				t.ParentID = b.memberOf(s.Layer.Item, services[r.Parent.Name].Layer.ID)
			}
		}
		for _, f := range r.Simulate.Flows {
			t.Flows = append(t.Flows, &SimulatedFlow{When: f.When, After: f.After, Set: string(f.Set)})
		}
		tables[r.Name] = len(sim.Tables)
		sim.Tables = append(sim.Tables, t)
	}
	if len(sim.Tables) == 0 {
		return
	}
	for _, r := range b.api.Resources {
		if at, ok := tables[r.Name]; ok {
			for _, c := range r.Simulate.Children {
				if child, ok := tables[c.Resource]; ok {
					sim.Tables[at].Children = append(sim.Tables[at].Children, &SimulatedChild{Member: c.Member, Table: child})
				}
			}
		}
	}
	for _, c := range b.called {
		s := services[c.model.Resource]
		i := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Operation.Var == c.ways[0].variable })
		if i < 0 {
			continue
		}
		if a := b.act(c.model, s.Methods[i], tables, services); a != nil {
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
func (b *builder) act(op *model.Operation, m *Method, tables map[string]int, services map[string]*Service) *SimulatedAct {
	name := op.Resource
	if op.Simulate != nil {
		name = cmp.Or(op.Simulate.Of, name)
	}
	table, ok := tables[name]
	if !ok {
		return nil
	}
	s := services[name]
	a := &SimulatedAct{Method: m, Table: table}
	var r *model.Resource
	for _, x := range b.api.Resources {
		if x.Name == name {
			r = x
		}
	}
	id := b.idArg(s, r)
	if own := id.In(m.PathArgs); own != nil {
		a.ID = own.Wire
	}
	if r.Parent != nil && services[r.Parent.Name] != nil && services[r.Parent.Name].Layer != nil && services[r.Parent.Name].Layer.Handle != nil && len(services[r.Parent.Name].Layer.Handle.IDs) > 0 {
		up := services[r.Parent.Name].Layer.Handle
		outer := up.IDs[len(up.IDs)-1]
		for _, arg := range m.PathArgs {
			if arg.Holds(outer.Type, outer.Wire) {
				a.Parent = arg.Wire
			}
		}
	}
	if !b.kindOfAct(a, op, m, s) {
		return nil
	}
	if op.Simulate != nil {
		if a.Set = string(op.Simulate.Set); op.Simulate.At != "" {
			a.At = strings.Split(op.Simulate.At, ".")
		}
		a.Each = op.Simulate.Each
		for _, n := range op.Simulate.Needs {
			a.Needs = append(a.Needs, &SimulatedNeed{Member: n.Member, Values: n.Values, Or: b.failure(n.Code), Unless: n.Unless})
		}
	}
	b.answerOf(a, m)
	return a
}

// kindOfAct finds out what an operation does, and reports whether it does anything.
func (b *builder) kindOfAct(a *SimulatedAct, op *model.Operation, m *Method, s *Service) bool {
	d := op.Simulate
	switch {
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
	case m == s.Layer.List:
		a.Kind, a.Page = "List", b.simulatedPage(op, m, s)
	case m == s.Layer.Get:
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
	return a.ID != "" || a.Kind == "List" || a.Kind == "Create" || a.Kind == "Note" || d != nil && d.Each != ""
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
func (b *builder) simulatedPage(op *model.Operation, m *Method, s *Service) *SimulatedPage {
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
	for _, x := range s.Layer.Extras {
		if x.Kind == ExtraFind && x.Filter != nil {
			p.Fuzzy = x.Filter.Wire
		}
	}
	for _, f := range m.Params.Fields {
		switch {
		case f.In != model.InQuery:
		case f.Wire == p.Cursor || f.Wire == p.Limit:
		case pg.Kind == model.PageNextLink && f.Wire == "marker":
			p.Cursor = f.Wire
		case pg.Kind == model.PageNextLink && f.Wire == "limit":
			p.Limit = f.Wire
		case s.Layer.Listed != nil && fieldByWire(s.Layer.Listed, f.Wire) != nil:
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
