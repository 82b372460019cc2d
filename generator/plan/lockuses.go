package plan

import (
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// usage are the places that use a schema: members, items and forms of others, parameters and bodies of operations. The lock
// keeps one for each type of a component, so that a component which is called otherwise is known by who uses it, even when it
// has no members that would tell.
type usage struct {
	at     map[string]*model.Schema // by place
	places map[string]string        // one of each schema, by its id: which does not depend on the order of the document
	seen   map[*model.Schema]bool
}

func usesIn(api *model.API) *usage {
	u := &usage{at: map[string]*model.Schema{}, places: map[string]string{}, seen: map[*model.Schema]bool{}}
	for _, op := range api.Operations {
		u.operation(op)
	}
	for _, w := range api.Webhooks {
		u.body(w.Body, w.Pos.ID())
	}
	for _, s := range api.Schemas {
		u.below(s)
	}
	return u
}

func (u *usage) operation(op *model.Operation) {
	id := op.Pos.ID()
	for _, p := range op.Parameters {
		place := id + "/parameters/" + string(p.In) + "/" + p.Name
		u.use(p.Schema, place)
		if p.Content != nil {
			u.use(p.Content.Schema, place)
		}
	}
	u.body(op.Body, id+"/requestBody")
	for _, r := range op.Responses {
		place := id + "/responses/" + r.Status
		u.content(r.Content, place)
		for _, h := range r.Headers {
			u.use(h.Schema, place+"/headers/"+h.Name)
		}
	}
	for _, w := range op.Callbacks {
		u.body(w.Body, w.Pos.ID())
	}
}

func (u *usage) body(b *model.Body, place string) {
	if b != nil {
		u.content(b.Content, place)
	}
}

func (u *usage) content(list []*model.MediaType, place string) {
	for _, c := range list {
		name := place + "/" + model.PointerToken(c.Name)
		u.use(c.Schema, name)
		u.use(c.Items, name+"/items")
	}
}

// pinUses notes in the lock who uses the components that have types: whom it names already, as long as that is so.
func (l *Lock) pinUses(u *usage) {
	for key, e := range l.used {
		if e.Kind != "type" || componentOf(e.ID) == "" {
			continue
		}
		if old := l.entries[key].Place; u.at[old] != nil && u.at[old].ID() == e.ID {
			e.Place = old
		} else {
			e.Place = u.places[e.ID]
		}
		l.used[key] = e
	}
}

// use notes that a place uses a schema, and looks into that.
func (u *usage) use(s *model.Schema, place string) {
	if s == nil {
		return
	}
	u.at[place] = s
	if id := s.ID(); u.places[id] == "" || before(place, u.places[id]) {
		u.places[id] = place
	}
	u.below(s)
}

func (u *usage) below(s *model.Schema) {
	if s == nil || u.seen[s] {
		return
	}
	u.seen[s] = true
	id := s.ID()
	for _, p := range s.Properties {
		u.use(p.Schema, id+"/properties/"+model.PointerToken(p.Name))
	}
	for _, p := range s.PatternProperties {
		u.use(p.Schema, id+"/patternProperties/"+model.PointerToken(p.Pattern))
	}
	u.use(s.Items, id+"/items")
	u.use(s.Additional, id+"/additionalProperties")
	u.use(s.Ref, id+"/$ref")
	for _, forms := range []struct {
		keyword string
		list    []*model.Schema
	}{{"allOf", s.AllOf}, {"oneOf", s.OneOf}, {"anyOf", s.AnyOf}, {"prefixItems", s.PrefixItems}} {
		for i, form := range forms.list {
			u.use(form, id+"/"+forms.keyword+"/"+strconv.Itoa(i))
		}
	}
}

// before reports whether a place is told rather than another: operations stay, components are called otherwise.
func before(place, other string) bool {
	a, b := strings.Contains(place, "#/paths/"), strings.Contains(other, "#/paths/")
	return a && !b || a == b && place < other
}
