package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// operationExtras plans what an operation says of lists and changes.
func (b *builder) operationExtras(c *call, s *Service) {
	op := c.model
	i := slices.IndexFunc(s.Methods, func(m *Method) bool { return m.Operation.Var == c.ways[0].variable })
	if i < 0 {
		return
	}
	m := s.Methods[i]
	var declared *model.Resource
	for _, r := range b.api.Resources {
		if r.Name == op.Resource {
			declared = r
		}
	}
	b.layer(s, declared)
	if d := op.Batch; d != nil {
		b.batch(s, m, d)
	}
	if d := op.Change; d != nil {
		b.change(s, m, d)
	}
	if d := op.Single; d != nil {
		b.single(s, m, d)
	}
	if d := op.Link; d != nil {
		b.link(s, m, d)
	}
	if d := op.Session; d != nil {
		b.session(s, m, d)
	}
}

// layerWords are the names that the bodies of the layer's methods use.
var layerWords = []string{"h", "own", "some", "part", "have", "made", "item", "changed", "change", "update", "read", "resource", "nameOrID", "items", "entries", "d", "reading", "errors", "session", "raw", "grant", "token", "service", "endpoint", "link", "at"}

// clear are path arguments none of which hides a name that the layer's methods use.
func (b *builder) clear(args []*PathArg, more ...string) []*PathArg {
	out := make([]*PathArg, len(args))
	for i, a := range args {
		own := *a
		for slices.Contains(layerWords, own.Name) || slices.Contains(more, own.Name) || slices.ContainsFunc(out[:i], func(o *PathArg) bool { return o.Name == own.Name }) {
			own.Name += "Value"
		}
		out[i] = &own
	}
	return out
}

// batch plans the method that splits the list of a request.
func (b *builder) batch(s *Service, m *Method, d *model.Batch) {
	if m.Request == nil || m.Request.Struct == nil {
		b.diags.Errorf(d.Pos, "batch-items", "the body of %s is no object", m.Operation.ID)
		return
	}
	items := fieldByWire(m.Request.Struct, d.Items)
	if items == nil || items.Type.Kind != Slice {
		b.diags.Errorf(d.Pos, "batch-items", "%s is no list that the body of %s always has", d.Items, m.Operation.ID)
		return
	}
	x := &Extra{Kind: ExtraBatch, Name: b.namer.Exported(d.Method), PathArgs: m.PathArgs, Method: m, Items: items, Limit: d.Limit, Only: m.Params == nil}
	for _, f := range m.Request.Struct.All() {
		if f != items && f.Name != "" {
			x.Only = false
		}
	}
	if h := d.Errors; h != nil {
		x.Hidden = &HiddenErrors{Code: h.Code, Member: strings.Split(h.Member, "."), ID: h.ID, ItemCode: h.ItemCode, Message: h.Message}
	}
	b.extra(s, x, d.Pos)
}

// change plans the method that changes what it has read, and those that merge into its maps.
func (b *builder) change(s *Service, m *Method, d *model.Change) {
	fail := func(format string, args ...any) { b.diags.Errorf(d.Pos, "change-body", format, args...) }
	read := b.verb(s, cmp.Or(d.Read, "get"))
	have := b.returned(read)
	if have == nil && b.sameUnion(read, m) && m.Params == nil && d.From == "" && b.within(read.PathArgs, m.PathArgs) && (read.Params == nil || len(read.Params.Required()) == 0) {
		x := &Extra{Kind: ExtraChange, Name: b.namer.Exported(d.Method), PathArgs: m.PathArgs, Method: m, Read: read, IfMatch: d.IfMatch, Whole: true}
		if b.extra(s, x, d.Pos) != nil {
			b.merges(s, m, d, x, b.variantsOf(m.Request.Type.Name))
		}
		return
	}
	switch {
	case m.Request == nil || m.Request.Struct == nil:
		fail("the body of %s is no object", m.Operation.ID)
		return
	case have == nil:
		fail("what %s starts from is no object", m.Operation.ID)
		return
	case m.Params != nil || !b.within(read.PathArgs, m.PathArgs) || read.Params != nil && len(read.Params.Required()) > 0:
		fail("%s and %s do not take the same arguments", m.Operation.ID, read.Operation.ID)
		return
	}
	x := &Extra{Kind: ExtraChange, Name: b.namer.Exported(d.Method), PathArgs: m.PathArgs, Method: m, Read: read, IfMatch: d.IfMatch}
	if d.From != "" {
		x.From = b.path(have, d.From)
		if len(x.From) == 0 || b.fieldStruct(x.From[len(x.From)-1]) == nil {
			fail("the member %s of what %s starts from is no object", d.From, m.Operation.ID)
			return
		}
	}
	if b.extra(s, x, d.Pos) != nil {
		b.merges(s, m, d, x, []*Struct{m.Request.Struct})
	}
}

// merges plans the methods that set entries of maps, by a change. Of a union, the first variant that has the map.
func (b *builder) merges(s *Service, m *Method, d *model.Change, base *Extra, of []*Struct) {
	for _, name := range d.Maps {
		x := &Extra{Kind: ExtraMerge, PathArgs: m.PathArgs, Method: m, Base: base}
		for _, v := range of {
			if path := b.path(v, name); len(path) > 0 && x.Map == nil {
				x.Map = path
				if base.Whole {
					x.Variant = v
				}
			}
		}
		inside := func(f *Field) bool { return f.Optional || f.Type.Kind == Pointer || f.Name == "" }
		if n := len(x.Map) - 1; n < 0 || x.Map[n].Held().Kind != Map || slices.ContainsFunc(x.Map[:n], inside) {
			b.diags.Errorf(d.Pos, "change-map", "%s is no map that the body of %s has, inside of objects that are always there", name, m.Operation.ID)
			continue
		}
		x.Name = "Merge" + x.Map[len(x.Map)-1].Name
		b.extra(s, x, d.Pos)
	}
}

// variantsOf are the structs that a value of a union can be.
func (b *builder) variantsOf(union string) []*Struct {
	var out []*Struct
	for _, u := range b.pkg.Codec.Unions {
		for _, v := range u.Variants {
			if u.Name == union && v.Struct != nil {
				out = append(out, v.Struct)
			}
		}
	}
	return out
}

// sameUnion reports whether what one method answers is the union that another one sends.
func (b *builder) sameUnion(read, write *Method) bool {
	if read == nil || read.Answer.Kind != AnswerValue || write.Request == nil || write.Request.Struct != nil || write.Request.Codec < 0 {
		return false
	}
	t := read.Result.Type
	if read.Unwrap != nil {
		t = read.Unwrap.Type
	}
	return t.Kind == Defined && sameType(t, write.Request.Type) && slices.ContainsFunc(b.pkg.Codec.Unions, func(u *Union) bool { return u.Name == t.Name })
}

// single plans the method that sends one item of a list and answers one.
func (b *builder) single(s *Service, m *Method, d *model.Single) {
	list := func(t TypeRef) bool { return t.Kind == Slice && t.Elem.Kind == Defined }
	var answer TypeRef
	if m.Answer.Kind == AnswerValue {
		answer = m.Result.Type
		if m.Unwrap != nil {
			answer = m.Unwrap.Type
		}
	}
	if m.Request == nil || !list(m.Request.Type) || !list(answer) {
		b.diags.Errorf(d.Pos, "single-list", "%s does not take a list of objects and answer one", m.Operation.ID)
		return
	}
	b.extra(s, &Extra{Kind: ExtraSingle, Name: b.namer.Exported(d.Method), PathArgs: m.PathArgs, Method: m}, d.Pos)
}

// within reports whether all path arguments of one method are arguments of another.
func (b *builder) within(some, all []*PathArg) bool {
	return !slices.ContainsFunc(some, func(a *PathArg) bool { return a.In(all) == nil })
}

// resourceExtras plans what a resource says of finding, waiting and the like.
func (b *builder) resourceExtras(r *model.Resource, s *Service, services map[string]*Service) {
	if r.Find != nil {
		b.find(r, s)
	}
	for _, w := range r.Waits {
		b.wait(r, s, w)
	}
	if r.Ensure != nil {
		b.ensure(r, s)
	}
	if len(r.Dependents) > 0 {
		b.tree(r, s, services)
	}
	if r.Drain != nil {
		b.drain(r, s, services)
	}
}

// find plans the method that finds a resource by name or id.
func (b *builder) find(r *model.Resource, s *Service) {
	l := s.Layer
	fail := func(format string, args ...any) { b.diags.Errorf(r.Find.Pos, "resource-find", format, args...) }
	switch {
	case l.List == nil || l.Listed == nil:
		fail("the list of %q is not read in pages, or has no objects", r.Name)
		return
	case len(l.ItemKey.ID) == 0 || !b.nameable(l.ItemKey) || len(l.Key.Name) > 0 && len(l.ItemKey.Name) == 0:
		fail("the id and the name of an item of the list of %q must be texts or whole numbers", r.Name)
		return
	case l.Get != nil && !b.within(b.without(l.Get.PathArgs, b.idArg(s, r)), l.List.PathArgs):
		fail("%s needs more than %s to find one", l.Get.Operation.ID, l.List.Operation.ID)
		return
	case l.List.Params != nil && len(l.List.Params.Required()) > 0 || l.List.Request != nil:
		fail("%s has parameters that cannot be left out; a header that is always the same can be one of x-pantograph.headers instead", l.List.Operation.ID)
		return
	}
	x := &Extra{Kind: ExtraFind, Name: "Find", PathArgs: l.List.PathArgs, Read: l.Get}
	if r.Find.Filter != "" {
		if x.Filter = requestField(l.List, r.Find.Filter); x.Filter == nil || !b.textual(x.Filter) || x.Filter.Type.Kind == Slice {
			fail("the parameter %q of %s is no text", r.Find.Filter, l.List.Operation.ID)
			return
		}
	}
	b.extra(s, x, r.Find.Pos)
}

// wait plans the method that waits for a state.
func (b *builder) wait(r *model.Resource, s *Service, w *model.Wait) {
	l := s.Layer
	fail := func(format string, args ...any) { b.diags.Errorf(w.Pos, "resource-wait", format, args...) }
	name := "WaitUntil" + b.namer.Exported(w.For)
	g := &Goal{
		Var: "goal" + b.namer.Exported(cmp.Or(r.Singular, singular(r.Name))) + b.namer.Exported(w.For), Words: strings.ToLower(strings.Join(words(w.For), " ")), Doc: b.text(w.Doc),
		Success: w.Success, Failure: w.Failure, Missing: w.Missing, Appears: w.Appears, Every: w.Every, Within: w.Within, Settle: w.Settle,
	}
	x := &Extra{Kind: ExtraWait, Name: name, Wait: g, Read: l.Get}
	switch {
	case l.Get != nil && (l.Get.Request != nil && !l.Get.Request.Constant || l.Get.Params != nil && len(l.Get.Params.Required()) > 0):
		fail("%s has parameters that cannot be left out; a header that is always the same can be one of x-pantograph.headers instead", l.Get.Operation.ID)
		return
	case l.Get != nil:
		x.PathArgs = l.Get.PathArgs
	case l.List == nil || l.List.Params != nil && len(l.List.Params.Required()) > 0:
		fail("there is no way to read the state of %q", r.Name)
		return
	default:
		id := *b.idArg(s, r)
		x.PathArgs = append(slices.Clone(b.without(l.List.PathArgs, &id)), &id)
	}
	if w.Member != "" {
		g.Member = b.path(l.Item, w.Member)
	}
	if w.Equals != "" {
		g.Equals = b.path(l.Item, w.Equals)
	}
	for _, member := range w.Also {
		g.Also = append(g.Also, b.path(l.Item, member))
	}
	for _, path := range append([][]*Field{g.Member, g.Equals}, g.Also...) {
		if len(path) == 0 {
			continue
		}
		f := path[len(path)-1]
		if scalar := b.textual(f) || b.numeric(f) || f.Codec.Kind == "Bool" || f.Codec.Kind == "Float64"; !scalar || f.Optional {
			fail("the member %s of %q has no plain value", f.Wire, r.Name)
			return
		}
	}
	if len(g.Member) > 0 && len(g.Equals) > 0 && !sameType(g.Member[len(g.Member)-1].Type, g.Equals[len(g.Equals)-1].Type) {
		fail("%s and %s are of different types", w.Member, w.Equals)
		return
	}
	b.extra(s, x, w.Pos)
}

// ensure plans the method that creates or updates a resource.
func (b *builder) ensure(r *model.Resource, s *Service) {
	l := s.Layer
	fail := func(format string, args ...any) { b.diags.Errorf(r.Ensure.Pos, "resource-ensure", format, args...) }
	create, update := b.verb(s, cmp.Or(r.Ensure.Create, "create")), b.verb(s, cmp.Or(r.Ensure.Update, "update"))
	i := slices.IndexFunc(l.Extras, func(x *Extra) bool { return x.Kind == ExtraFind })
	if create == nil || update == nil || l.Get == nil || i < 0 {
		fail("%q cannot be found, read, created and updated", r.Name)
		return
	}
	find := l.Extras[i]
	id := b.idArg(s, r)
	made := b.returned(create)
	switch {
	case create.Request == nil || create.Request.Struct == nil || update.Request == nil || update.Request.Struct == nil:
		fail("the bodies of %s and %s are no objects", create.Operation.ID, update.Operation.ID)
		return
	case create.Params != nil || update.Params != nil:
		fail("%s and %s have parameters", create.Operation.ID, update.Operation.ID)
		return
	case !b.within(create.PathArgs, find.PathArgs) || !b.within(b.without(update.PathArgs, id), find.PathArgs):
		fail("%s and %s need more than %s", create.Operation.ID, update.Operation.ID, l.List.Operation.ID)
		return
	}
	name := fieldByWire(create.Request.Struct, r.Identity.Name)
	if name == nil || !b.textual(name) {
		fail("the body of %s does not have the name of what it creates as %q", create.Operation.ID, r.Identity.Name)
		return
	}
	x := &Extra{Kind: ExtraEnsure, Name: "Ensure", PathArgs: find.PathArgs, Method: create, Update: update, Read: l.Get, Filter: name}
	if made != nil && made != l.Item {
		for _, f := range made.Fields {
			if f.Type.Kind == Defined && f.Type.Name == l.ID.Name && l.ID.Kind == Defined || f.Wire == r.Identity.ID && sameType(f.Type, l.ID) {
				x.Made = f
			}
		}
	}
	x.PathArgs = b.clear(x.PathArgs)
	for _, a := range x.PathArgs {
		for _, f := range create.Request.Struct.Fields {
			if f.Name != "" && a.Type.Kind == Defined && f.Held().Name == a.Type.Name && f.Held().Kind == Defined && a.In(create.PathArgs) == nil {
				x.Own = append(x.Own, &OwnMember{Field: f, Arg: a})
			}
		}
	}
	for _, c := range l.Extras {
		if c.Kind == ExtraChange && c.Method == update {
			x.Base = c
		}
	}
	b.extra(s, x, r.Ensure.Pos)
}

// tree plans the method that deletes a resource after what belongs to it.
func (b *builder) tree(r *model.Resource, s *Service, services map[string]*Service) {
	remove := b.verb(s, "delete")
	if remove == nil || !b.isText(s.Layer.ID) {
		b.diags.Errorf(r.Dependents[0].Pos, "resource-dependent", "%q cannot be deleted by an id that is a text", r.Name)
		return
	}
	x := &Extra{Kind: ExtraTree, Name: "DeleteWithDependents", PathArgs: remove.PathArgs, Method: remove}
	x.Steps = b.steps(r, x.PathArgs, services)
	for _, st := range allSteps(x.Steps) {
		x.PathArgs = b.clear(x.PathArgs, st.Var)
	}
	b.extra(s, x, r.Dependents[0].Pos)
}

func allSteps(list []*TreeStep) []*TreeStep {
	out := slices.Clone(list)
	for _, st := range list {
		out = append(out, allSteps(st.Below)...)
	}
	return out
}

// steps plans what is deleted before a resource, whose calls take the arguments at hand.
func (b *builder) steps(r *model.Resource, args []*PathArg, services map[string]*Service) []*TreeStep {
	var out []*TreeStep
	for _, d := range r.Dependents {
		child := services[d.Resource]
		if child == nil || child.Layer == nil || child.Layer.Item == nil {
			continue // reported
		}
		i := slices.IndexFunc(b.api.Resources, func(c *model.Resource) bool { return c.Name == d.Resource })
		of, l, remove := b.api.Resources[i], child.Layer, b.verb(child, cmp.Or(d.Method, "delete"))
		own := b.idArg(child, of)
		switch {
		case remove == nil || l.List == nil || l.Listed == nil || !b.nameable(l.ItemKey) || len(l.ItemKey.ID) == 0 || !b.isText(l.ID),
			!b.within(l.List.PathArgs, args) || !b.within(b.without(remove.PathArgs, own), args),
			remove.Request != nil && !remove.Request.Constant, remove.Params != nil && len(remove.Params.Required()) > 0:
			b.diags.Errorf(d.Pos, "resource-dependent", "the items of %q cannot be listed and deleted with what %s takes", d.Resource, "deleting "+r.Name)
			continue
		}
		id := *own
		id.Name = b.namer.Unexported(cmp.Or(of.Singular, singular(of.Name)) + "_id")
		out = append(out, &TreeStep{
			Var: b.namer.Unexported(of.Name), Child: child, ID: &id, Delete: remove,
			Below: b.steps(of, append(slices.Clone(args), &id), services),
		})
	}
	return out
}

// isText reports whether a type is a string or defined on one.
func (b *builder) isText(t TypeRef) bool {
	if t.Kind == Basic {
		return t.Name == "string"
	}
	return slices.ContainsFunc(b.pkg.Named, func(n *Named) bool { return n.Name == t.Name && n.Base == "string" }) ||
		slices.ContainsFunc(b.pkg.Enums, func(n *Enum) bool { return n.Name == t.Name && n.Base == "string" })
}
