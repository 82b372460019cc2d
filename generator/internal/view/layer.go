package view

import "github.com/pantograph-go/pantograph/generator/plan"

// relate fills in what the resource layer knows, once there is a view of each resource and operation.
func (b *builder) relate() {
	for _, s := range b.p.Services {
		if s.Layer != nil {
			b.layer(b.out.Resources[s], s.Layer)
		}
	}
	for _, s := range b.p.Services {
		for _, m := range s.Methods {
			b.owners(s, m.PathArgs, b.out.Operations[m].Arguments)
		}
		if s.Layer == nil {
			continue
		}
		for i, x := range s.Layer.Extras {
			b.owners(s, x.PathArgs, b.out.Resources[s].Helpers[i].Arguments)
		}
	}
}

func (b *builder) layer(r *Resource, l *plan.Layer) {
	r.What = l.What
	if l.Item != nil {
		r.Model = b.out.Models[l.Item]
	}
	key := l.Key
	if l.Listed != nil {
		r.Item = b.out.Models[l.Listed]
		if len(l.ItemKey.ID) > 0 {
			key = l.ItemKey
		}
	}
	for _, f := range key.ID {
		r.ID = append(r.ID, b.field(f))
	}
	for _, f := range key.Name {
		r.Title = append(r.Title, b.field(f))
	}
	if l.List != nil {
		r.List = b.out.Operations[l.List]
	}
	for _, x := range l.Extras {
		h := &Helper{Name: x.Name, Kind: string(x.Kind), Arguments: b.arguments(x.PathArgs)}
		switch x.Kind {
		case plan.ExtraFind:
			found := l.Item
			if l.Get == nil && l.Listed != nil {
				found = l.Listed
			}
			h.Returns = pointerTo(local(found.Name))
		case plan.ExtraWait:
			h.Words, h.About = x.Wait.Words, about(x.Wait.Doc)
			if !x.Wait.Missing {
				h.Returns = pointerTo(local(l.Item.Name))
			}
		case plan.ExtraTree:
			h.Returns, h.Params = pointerTo(local("DeletePlan")), b.out.Operations[x.Method].Params
		}
		r.Helpers = append(r.Helpers, h)
	}
}

// owners finds the resources whose ids arguments are: the service's own first.
func (b *builder) owners(own *plan.Service, args []*plan.PathArg, views []*Argument) {
	for i, a := range args {
		for _, s := range append([]*plan.Service{own}, b.p.Services...) {
			if s.Layer != nil && s.Layer.Handle != nil && (s == own || a.Type.Name == s.Layer.ID.Name && a.Type.Kind == plan.Defined) && s.Layer.IsID(a) {
				views[i].Resource = b.out.Resources[s]
				break
			}
		}
	}
}
