package plan

import (
	"cmp"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// handle plans the type that binds the calls about a resource to its id.
func (b *builder) handle(r *model.Resource, s *Service, services map[string]*Service) {
	h := s.Layer.Handle
	h.Name = b.namer.Exported(cmp.Or(r.Singular, singular(r.Name)))
	h.Words, h.Method = s.Layer.What, h.Name
	id := b.idArg(s, r)
	own := &HandleID{Field: "ID", Arg: "id", Type: id.Type, Wire: id.Wire}
	h.IDs = []*HandleID{own}
	if up := b.parentHandle(r, services); up != nil && b.needsParent(s, id, up) {
		h.Parent = up
		h.IDs = nil
		for _, x := range up.IDs {
			outer := *x
			outer.Outer = x.Field
			if outer.Field == "ID" {
				outer.Field, outer.Arg = up.Name+"ID", b.namer.Unexported(up.Name+"_id")
			}
			h.IDs = append(h.IDs, &outer)
		}
		h.IDs = append(h.IDs, own)
		up.Nested = append(up.Nested, h)
	}
	h.Type = b.deriveAs("handle", r.Name, want{name: h.Name + "Handle", alt: "API" + h.Name + "Handle", rank: foremost}, r.Identity.Pos)
	h.Bound = b.bind(s, h.IDs)
	if h.Parent == nil {
		b.handleMethod(h, r)
	}
}

// parentHandle is the handle of the parent of a resource.
func (b *builder) parentHandle(r *model.Resource, services map[string]*Service) *Handle {
	if r.Parent == nil {
		return nil
	}
	up := services[r.Parent.Name]
	if up == nil || up.Layer == nil || up.Layer.Handle == nil || len(up.Layer.Handle.IDs) == 0 {
		return nil
	}
	return up.Layer.Handle
}

// needsParent reports whether the calls about one child take the id of its parent too.
func (b *builder) needsParent(s *Service, id *PathArg, up *Handle) bool {
	outer := up.IDs[len(up.IDs)-1]
	for _, m := range s.Methods {
		if id.In(m.PathArgs) != nil && slices.ContainsFunc(m.PathArgs, func(a *PathArg) bool { return a.Holds(outer.Type, outer.Wire) }) {
			return true
		}
	}
	return false
}

// handleMethod makes sure that the client can have a method for a handle.
func (b *builder) handleMethod(h *Handle, r *model.Resource) {
	taken := clientFields[h.Method]
	for _, s := range b.pkg.Services {
		taken = taken || s.Field == h.Method || s.Layer != nil && s.Layer.Handle != nil && s.Layer.Handle != h && s.Layer.Handle.Parent == nil && s.Layer.Handle.Method == h.Method
	}
	if taken {
		b.diags.Errorf(r.Identity.Pos, "resource-name", "the client has two members %s: give the resource %q another singular", h.Method, r.Name)
	}
}

// bind finds the methods of a service that take the last of the ids.
func (b *builder) bind(s *Service, ids []*HandleID) []*Bound {
	var out []*Bound
	add := func(bound Bound, args []*PathArg) {
		last := false
		bound.PathArgs = b.clear(args)
		for _, a := range args {
			at := slices.IndexFunc(ids, func(id *HandleID) bool { return a.Holds(id.Type, id.Wire) })
			bound.IDs = append(bound.IDs, at)
			last = last || at == len(ids)-1
		}
		if last {
			out = append(out, &bound)
		}
	}
	for _, m := range s.Methods {
		add(Bound{Method: m, Name: m.Name}, m.PathArgs)
		if m.Pages != nil {
			add(Bound{Method: m, Name: m.Pages.Pages, Pages: true}, m.PathArgs)
			add(Bound{Method: m, Name: m.Pages.Name, All: true}, m.PathArgs)
		}
	}
	for _, x := range s.Layer.Extras {
		add(Bound{Extra: x, Name: x.Name}, x.PathArgs)
	}
	return out
}

// children plans the field of the parent's handle for the children of a resource.
func (b *builder) children(r *model.Resource, s *Service, services map[string]*Service) {
	up := b.parentHandle(r, services)
	if up == nil {
		return
	}
	b.layer(s, r)
	c := &Children{Field: s.Field, Service: s}
	var id *PathArg
	if r.Identity != nil {
		id = b.idArg(s, r)
	}
	for _, x := range b.bind(s, up.IDs) {
		if id == nil || id.In(x.PathArgs) == nil {
			c.Bound = append(c.Bound, x)
		}
	}
	outer := up.IDs[len(up.IDs)-1]
	for _, m := range s.Methods {
		bound := slices.ContainsFunc(c.Bound, func(x *Bound) bool { return x.Method == m })
		if bound || id != nil && id.In(m.PathArgs) != nil || outer.Type.Kind != Defined {
			continue
		}
		x := &Bound{Method: m, Name: m.Name, PathArgs: b.clear(m.PathArgs), IDs: slices.Repeat([]int{-1}, len(m.PathArgs))}
		holds := func(f *Field) bool {
			t := f.Type
			if t.Kind == Opt {
				t = *t.Elem
			}
			return f.Name != "" && t.Kind == Defined && t.Name == outer.Type.Name
		}
		if m.Request != nil && m.Request.Struct != nil && !m.Request.Constant {
			if i := slices.IndexFunc(m.Request.Struct.Fields, holds); i >= 0 {
				x.Body = m.Request.Struct.Fields[i]
				c.Bound = append(c.Bound, x)
			}
		}
	}
	if len(c.Bound) == 0 {
		if s.Layer.Handle != nil && s.Layer.Handle.Parent == up {
			return // all there is stands in its own handle
		}
		b.diags.Errorf(r.Parent.Pos, "resource-parent", "no operation of %q takes the id of %q", r.Name, r.Parent.Name)
		return
	}
	c.Type = b.deriveAs("children", r.Parent.Name+" "+r.Name, want{name: up.Name + s.Field, alt: "API" + up.Name + s.Field, rank: foremost}, r.Parent.Pos)
	for _, x := range up.Bound {
		if x.Name == c.Field {
			b.diags.Errorf(r.Parent.Pos, "resource-name", "the handle %s has two members %s", up.Type, c.Field)
		}
	}
	up.Children = append(up.Children, c)
}
