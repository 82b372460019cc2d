package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Drain says how a resource is emptied before it is deleted.
type Drain struct {
	Service *Service      `json:"-"`   // whose method empties it
	Var     string        `json:"var"` // of that service; empty: it is the resource's own
	Change  *Extra        `json:"-"`   // changes what there is; nil where Method is
	Method  *Method       `json:"-"`   // updates the members that it is given
	Set     []*DrainedSet `json:"set"`
	Wait    *Extra        `json:"-"`
	Delete  *Method       `json:"-"`
}

// DrainedSet is what a member of the request becomes.
type DrainedSet struct {
	Field *Field `json:"field"`
	Value int    `json:"value"`
}

// drain plans the method that empties a resource, waits, and deletes it.
func (b *builder) drain(r *model.Resource, s *Service, services map[string]*Service) {
	d := r.Drain
	fail := func(format string, args ...any) { b.diags.Errorf(d.Pos, "resource-drain", format, args...) }
	by := services[cmp.Or(d.Resource, r.Name)]
	remove := b.verb(s, "delete")
	if by == nil || remove == nil || remove.Request != nil || remove.Params != nil && len(remove.Params.Required()) > 0 {
		fail("%q cannot be deleted by its id alone", r.Name)
		return
	}
	x := &Extra{Kind: ExtraDrain, Name: b.namer.Exported(d.Method), PathArgs: remove.PathArgs}
	out := &Drain{Service: by, Delete: remove, Wait: extraNamed(s, "WaitUntil"+b.namer.Exported(d.Wait)), Change: extraNamed(by, b.namer.Exported(d.By))}
	if by != s {
		out.Var = b.namer.Unexported(by.Field)
	}
	update := b.verb(by, d.By)
	if out.Change != nil && out.Change.Kind == ExtraChange && !out.Change.Whole {
		update = out.Change.Method
	} else {
		out.Change, out.Method = nil, update
	}
	switch {
	case out.Wait == nil:
		fail("%q has no wait for %q", r.Name, d.Wait)
		return
	case update == nil || update.Request == nil || update.Request.Struct == nil || out.Change == nil && update.Params != nil:
		fail("%q of %s is no method that changes or updates an object", d.By, by.Field)
		return
	case !b.within(update.PathArgs, x.PathArgs) || !b.within(out.Wait.PathArgs, x.PathArgs):
		fail("%q needs more than %s", d.By, remove.Operation.ID)
		return
	}
	for _, v := range d.Set {
		f := fieldByWire(update.Request.Struct, v.Member)
		if f == nil || f.Name == "" || !slices.Contains([]string{"int", "int64"}, builtinOf(f)) {
			b.diags.Errorf(v.Pos, "resource-drain", "the member %s of the body of %s is no whole number", v.Member, update.Operation.ID)
			return
		}
		out.Set = append(out.Set, &DrainedSet{Field: f, Value: v.Value})
	}
	x.Drain = out
	if x = b.extra(s, x, d.Pos); x != nil {
		x.PathArgs = b.clear(x.PathArgs, out.Var)
	}
}

// builtinOf is the name of a builtin type that a field holds; empty where it holds another.
func builtinOf(f *Field) string {
	if t := f.Held(); t.Kind == Basic {
		return t.Name
	}
	return ""
}

// extraNamed finds a method of the layer.
func extraNamed(s *Service, name string) *Extra {
	if s.Layer == nil {
		return nil
	}
	for _, x := range s.Layer.Extras {
		if x.Name == name {
			return x
		}
	}
	return nil
}

// link plans the method that takes the address of a call whole.
func (b *builder) link(s *Service, m *Method, d *model.LinkCall) {
	fail := func(format string, args ...any) { b.diags.Errorf(d.Pos, "operation-link", format, args...) }
	for segment := range strings.SplitSeq(m.Operation.Sent(), "/") {
		if strings.Contains(segment, "{") && !(strings.HasPrefix(segment, "{") && strings.Count(segment, "{") == 1 && strings.HasSuffix(segment, "}")) {
			fail("a segment of the path of %s has more than one parameter in it", m.Operation.ID)
			return
		}
	}
	if n := strings.Count(m.Operation.Sent(), "{"); n == 0 || n != len(m.PathArgs) {
		fail("%s does not take all parameters of its path as arguments", m.Operation.ID)
		return
	}
	for _, a := range m.PathArgs {
		if !b.isText(a.Type) {
			fail("the parameter %s of %s is no text", a.Wire, m.Operation.ID)
			return
		}
	}
	b.extra(s, &Extra{Kind: ExtraLink, Name: b.namer.Exported(d.Method), Method: m}, d.Pos)
}
