package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// layers plans what resources declare beyond their operations.
func (b *builder) layers(services map[string]*Service) {
	for _, r := range b.api.Resources {
		if s := services[r.Name]; s != nil && r.Identity != nil && len(s.Methods) > 0 {
			b.identify(r, s)
		}
	}
	for _, op := range b.called {
		if op.model.Batch != nil || op.model.Change != nil || op.model.Session != nil || op.model.Single != nil || op.model.Link != nil {
			b.operationExtras(op, services[op.model.Resource])
		}
	}
	for _, r := range b.api.Resources {
		if s := services[r.Name]; r.Identity != nil && s != nil && s.Layer != nil && s.Layer.Item != nil { // a tag of the same name shares its service
			b.resourceExtras(r, s, services)
		}
	}
	list := b.parentsFirst()
	for _, r := range list {
		if s := services[r.Name]; r.Identity != nil && s != nil && s.Layer != nil && s.Layer.Item != nil {
			b.handle(r, s, services)
		}
	}
	for _, r := range list {
		if s := services[r.Name]; s != nil && r.Parent != nil {
			b.children(r, s, services)
		}
	}
}

// parentsFirst are the resources, those that others belong to before them.
func (b *builder) parentsFirst() []*model.Resource {
	var out []*model.Resource
	done := map[string]bool{}
	var add func(r *model.Resource)
	add = func(r *model.Resource) {
		if done[r.Name] {
			return
		}
		done[r.Name] = true
		for _, up := range b.api.Resources {
			if r.Parent != nil && up.Name == r.Parent.Name {
				add(up)
			}
		}
		out = append(out, r)
	}
	for _, r := range b.api.Resources {
		add(r)
	}
	return out
}

// layer is the layer of a service, empty at first.
func (b *builder) layer(s *Service, r *model.Resource) *Layer {
	if s.Layer == nil {
		s.Layer = &Layer{}
		if r != nil {
			s.Layer.What = strings.ToLower(strings.Join(words(cmp.Or(r.Singular, singular(r.Name))), " "))
		}
	}
	return s.Layer
}

// verb finds the method of a service by its declared verb.
func (b *builder) verb(s *Service, verb string) *Method {
	i := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Name == b.namer.Exported(verb) })
	if i < 0 {
		return nil
	}
	return s.Methods[i]
}

// returned is the struct that a method returns a pointer to; nil when it returns something else.
func (b *builder) returned(m *Method) *Struct {
	switch {
	case m == nil || m.Answer.Kind != AnswerValue || m.Result == nil:
		return nil
	case m.Unwrap != nil:
		return b.fieldStruct(m.Unwrap)
	}
	return m.Result.Struct
}

// identify finds out what a resource is, and where its id stands.
func (b *builder) identify(r *model.Resource, s *Service) {
	l := b.layer(s, r)
	fail := func(format string, args ...any) { b.diags.Errorf(r.Identity.Pos, "resource-identity", format, args...) }
	verb := "list"
	if r.Find != nil {
		verb = cmp.Or(r.Find.List, verb)
	}
	if l.List = b.verb(s, verb); l.List != nil && l.List.Pages == nil {
		l.List = nil
	}
	if l.List != nil {
		l.Listed = b.listed(l.List, l.List.Pages)
	}
	item := l.Listed
	if l.Get = b.verb(s, "get"); l.Get != nil {
		item = b.returned(l.Get)
	}
	if item == nil {
		fail("what the resource %q is, is no object", r.Name)
		return
	}
	l.Key = Key{ID: b.path(item, r.Identity.ID)}
	if r.Identity.Name != "" {
		l.Key.Name = b.path(item, r.Identity.Name)
	}
	id := b.idArg(s, r)
	switch {
	case id == nil:
		fail("no operation of %q has the path parameter of its id", r.Name)
		return
	case len(l.Key.ID) == 0 || r.Identity.Name != "" && len(l.Key.Name) == 0 || !b.nameable(l.Key):
		fail("the id and the name of %q must be texts or whole numbers", r.Name)
		return
	}
	l.Item, l.ID, l.ItemKey = item, id.Type, l.Key
	if l.Listed != nil && l.Listed != item {
		l.ItemKey = b.itemKey(r, l.Listed)
	} else if r.Find != nil && (r.Find.ID != "" || r.Find.Name != "") && l.Listed != nil {
		l.ItemKey = b.itemKey(r, l.Listed)
	}
	l.Handle = &Handle{Service: s}
}

// itemKey is the key in an item of the list.
func (b *builder) itemKey(r *model.Resource, s *Struct) Key {
	id, name := r.Identity.ID, r.Identity.Name
	if r.Find != nil {
		id, name = cmp.Or(r.Find.ID, id), cmp.Or(r.Find.Name, name)
	}
	k := Key{ID: b.path(s, id)}
	if name != "" {
		k.Name = b.path(s, name)
	}
	return k
}

// nameable reports whether the members of a key can be compared with a text.
func (b *builder) nameable(k Key) bool {
	for _, path := range [][]*Field{k.ID, k.Name} {
		if len(path) > 0 && !b.textual(path[len(path)-1]) && !b.numeric(path[len(path)-1]) {
			return false
		}
	}
	return true
}

// idArg is the path argument that holds the id of a resource.
func (b *builder) idArg(s *Service, r *model.Resource) *PathArg {
	if r.Identity.Parameter == "" {
		if get := b.verb(s, "get"); get != nil && len(get.PathArgs) > 0 {
			return get.PathArgs[len(get.PathArgs)-1]
		}
		return nil
	}
	for _, m := range s.Methods {
		for _, a := range m.PathArgs {
			if a.Wire == r.Identity.Parameter {
				return a
			}
		}
	}
	return nil
}

// without are the path arguments but for the id of a resource.
func (b *builder) without(args []*PathArg, id *PathArg) []*PathArg {
	return slices.DeleteFunc(slices.Clone(args), func(a *PathArg) bool { return a.Holds(id.Type, id.Wire) })
}

// extra adds a method of the layer, unless its name is taken.
func (b *builder) extra(s *Service, x *Extra, pos model.Pos) *Extra {
	if taken := b.namesIn(s); taken[x.Name] {
		b.diags.Errorf(pos, "resource-name", "the service %s has two methods %s", s.Field, x.Name)
		return nil
	}
	var more []string
	if x.Kind == ExtraFind || x.Kind == ExtraTree {
		more = append(more, "id") // of functions that take one
	}
	x.PathArgs = b.clear(x.PathArgs, more...)
	s.Layer.Extras = append(s.Layer.Extras, x)
	return x
}

// namesIn are the names of the methods of a service.
func (b *builder) namesIn(s *Service) map[string]bool {
	taken := map[string]bool{}
	for _, m := range s.Methods {
		taken[m.Name] = true
		if m.Pages != nil {
			taken[m.Pages.Name], taken[m.Pages.Pages] = true, true
		}
	}
	if s.Layer != nil {
		for _, x := range s.Layer.Extras {
			taken[x.Name] = true
		}
	}
	return taken
}
