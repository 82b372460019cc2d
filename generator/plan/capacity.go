package plan

import (
	"cmp"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// simulated is a resource that a fake server keeps.
type simulated struct {
	r         *model.Resource
	s         *Service
	what      string // in words
	id, name  string // members
	arg       *PathArg
	item      *Struct // nil: no operation tells
	list, get *Method
	listed    *Struct
	fuzzy     string // query parameter of the list
	parent    *simulated
	table     *SimulatedTable
	at        int // its index
}

// simulated finds out how a resource is kept; nil when it is not.
func (b *builder) simulated(r *model.Resource, s *Service) *simulated {
	if r.Simulate == nil || s == nil {
		return nil
	}
	if l := s.Layer; r.Identity != nil && l != nil && l.Item != nil {
		x := &simulated{r: r, s: s, what: l.What, id: r.Identity.ID, name: r.Identity.Name, arg: b.idArg(s, r), item: l.Item, list: l.List, get: l.Get, listed: l.Listed}
		for _, e := range l.Extras {
			if e.Kind == ExtraFind && e.Filter != nil {
				x.fuzzy = e.Filter.Wire
			}
		}
		return x
	}
	if r.Simulate.ID == "" {
		return nil
	}
	x := &simulated{r: r, s: s, what: strings.ToLower(strings.Join(words(cmp.Or(r.Singular, singular(r.Name))), " ")), id: r.Simulate.ID}
	if x.list = b.verb(s, "list"); x.list != nil && x.list.Pages == nil {
		x.list = nil
	}
	if x.list != nil {
		x.listed = b.listed(x.list, x.list.Pages)
		x.item = x.listed
	}
	for _, m := range s.Methods {
		for _, a := range m.PathArgs {
			if a.Wire == r.Simulate.Param {
				x.arg = a
			}
		}
	}
	return x
}

// relate plans what tables have to do with each other.
func (b *builder) relate(all map[string]*simulated, services map[string]*Service) {
	index := func(resource string) (int, bool) {
		x := all[resource]
		if x == nil {
			return 0, false
		}
		return x.at, true
	}
	log := func(of *simulated, l *model.SimulatedLog) *SimulatedLog {
		if l == nil || all[l.Resource] == nil {
			return nil
		}
		entry := all[l.Resource]
		if entry.parent == nil {
			entry.parent, entry.table.Parent = of, of.at+1
		}
		return &SimulatedLog{Table: entry.at, Set: string(l.Set), Run: string(l.Run)}
	}
	for _, r := range b.api.Resources {
		if x := all[r.Name]; x != nil && r.Parent != nil && all[r.Parent.Name] != nil {
			up := all[r.Parent.Name]
			x.parent, x.table.Parent = up, up.at+1
			if x.item != nil && up.s.Layer != nil {
				x.table.ParentID = b.memberOf(x.item, up.s.Layer.ID)
			}
		}
	}
	for _, r := range b.api.Resources {
		x := all[r.Name]
		if x == nil {
			continue
		}
		for _, c := range r.Simulate.Children {
			if at, ok := index(c.Resource); ok {
				x.table.Children = append(x.table.Children, &SimulatedChild{Member: c.Member, Table: at})
			}
		}
		if c := r.Simulate.Capacity; c != nil {
			if at, ok := index(c.Units.Resource); ok {
				all[c.Units.Resource].table.Name = all[c.Units.Resource].name
				x.table.Capacity = &SimulatedCapacity{Capacity: c, Outside: b.failure(c.Outside), Table: at, Log: log(x, c.Log)}
			}
		}
		if p := r.Simulate.Scale; p != nil {
			x.table.Scale = &SimulatedScale{
				Scale: p, Cooling: b.failure(p.Cooling), Unchanged: b.failure(p.Unchanged), Full: b.failure(p.Full), Log: log(x, p.Log),
			}
		}
	}
}
