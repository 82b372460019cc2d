package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// fails returns an error from a method that returns what another one does.
func fails(m *plan.Method, err jen.Code) *jen.Statement {
	if m.Answer.Kind == plan.AnswerNone {
		return jen.Return(err)
	}
	return jen.Return(zeroOf(m), err)
}

// zeroOf is the zero value of what a method returns.
func zeroOf(m *plan.Method) *jen.Statement {
	if m.Answer.Kind != plan.AnswerValue || isPointer(m) {
		return jen.Nil()
	}
	t := m.Result.Type
	if m.Unwrap != nil {
		t = m.Unwrap.Type
	}
	switch t.Name {
	case "string":
		return jen.Lit("")
	case "int", "int64", "uint64", "float64":
		return jen.Lit(0)
	case "bool":
		return jen.False()
	}
	return jen.Op("*").New(jen.Id(t.Name))
}

// changeBody prints how a request is made of what there is.
func (e *emitter) changeBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	m := x.Method
	check := func(err jen.Code) {
		g.If(jen.Err().Op(":=").Add(err), jen.Err().Op("!=").Nil()).Block(fails(m, jen.Err()))
	}
	response := jen.Nil()
	if x.IfMatch {
		g.Var().Id("read").Add(e.rt("RawResponse"))
		response = jen.Op("&").Id("read")
	}
	get := getCall(x.Read, jen.Id("s"), jen.Id("ctx"), e.match(x.Read.PathArgs, x.PathArgs, nil, func(*plan.PathArg) bool { return false }),
		e.resource("Reading").Call(jen.Id("opts"), response).Op("..."))
	g.List(jen.Id("have"), jen.Err()).Op(":=").Add(get)
	g.If(jen.Err().Op("!=").Nil()).Block(fails(m, jen.Err()))
	if x.Whole {
		g.List(jen.Id("req"), jen.Err()).Op(":=").Id("change").Call(jen.Id("have"))
		g.If(jen.Err().Op("!=").Nil()).Block(fails(m, jen.Err()))
	} else {
		g.Id("req").Op(":=").New(jen.Id(m.Request.Struct.Name))
		check(e.rebase(x))
		check(jen.Id("change").Call(jen.Id("req")))
	}
	opts := optsSpread()
	if x.IfMatch {
		opts = e.resource("IfMatch").Call(jen.Op("&").Id("read"), jen.Id("opts")).Op("...")
	}
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	g.Return(jen.Id("s").Dot(m.Name).Call(append(args, jen.Id("req"), opts)...))
}

// rebase makes the request of what was read.
func (e *emitter) rebase(x *plan.Extra) *jen.Statement {
	args := []jen.Code{jen.Id("have").Dot("ref").Call(), jen.Id("req").Dot("ref").Call()}
	for _, f := range x.From {
		args = append(args, jen.Lit(f.Wire))
	}
	return e.resource("Rebase").Call(args...)
}

// mergeBody prints how entries of a map are set.
func (e *emitter) mergeBody(g *jen.Group, x *plan.Extra) {
	last := x.Map[len(x.Map)-1]
	field := member(jen.Id("req"), x.Map)
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	merge := func(g *jen.Group, out ...jen.Code) {
		merged := field.Clone()
		if last.Type.Kind == plan.Opt {
			merged = jen.Id("merged")
			g.Id("merged").Op(":=").Add(field.Clone()).Dot("Or").Call(jen.Nil())
		}
		g.If(merged.Clone().Op("==").Nil()).Block(merged.Clone().Op("=").Make(jenx.Type(last.Held()), jen.Len(jen.Id("entries"))))
		g.Qual("maps", "Copy").Call(merged.Clone(), jen.Id("entries"))
		if last.Type.Kind == plan.Opt {
			g.Add(field.Clone()).Op("=").Id("Some").Call(merged.Clone())
		}
		g.Return(out...)
	}
	var change *jen.Statement
	if x.Variant == nil {
		change = jen.Func().Params(jen.Id("req").Op("*").Id(x.Method.Request.Struct.Name)).Error().BlockFunc(func(g *jen.Group) { merge(g, jen.Nil()) })
	} else {
		union := jenx.Type(x.Method.Request.Type)
		change = jen.Func().Params(jen.Id("have").Add(union)).Params(union.Clone(), jen.Error()).BlockFunc(func(g *jen.Group) {
			g.List(jen.Id("req"), jen.Id("ok")).Op(":=").Id("have").Assert(jen.Op("*").Id(x.Variant.Name))
			g.If(jen.Op("!").Id("ok")).Block(jen.Return(jen.Nil(), e.resource("NoMember").Call(jen.Id("have"), jenx.Lit(strings.Join(wirePath(x.Map), ".")))))
			merge(g, jen.Id("req"), jen.Nil())
		})
	}
	g.Return(jen.Id("s").Dot(x.Base.Name).Call(append(args, change, optsSpread())...))
}

// wirePath is a path of members as the document has them.
func wirePath(path []*plan.Field) []string {
	var names []string
	for _, f := range path {
		names = append(names, f.Wire)
	}
	return names
}

// ensureBody prints how a resource is made to be as a request says.
func (e *emitter) ensureBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	l := s.Layer
	failed := func() *jen.Statement { return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())) }
	outer := func(args []*plan.PathArg, id jen.Code) []jen.Code { return e.match(args, x.PathArgs, id, l.IsID) }
	done := func(v jen.Code, action string, more ...jen.Code) *jen.Statement {
		return jen.Op("&").Id("Ensured").Types(jen.Id(l.Item.Name)).Values(append([]jen.Code{
			jen.Id("Resource").Op(":").Add(v), jen.Id("Action").Op(":").Add(e.resource(action))}, more...)...)
	}
	if len(x.Own) == 0 {
		g.If(jen.Id("req").Op("==").Nil()).Block(jen.Id("req").Op("=").New(jen.Id(x.Method.Request.Struct.Name)))
	} else {
		g.Var().Id("own").Id(x.Method.Request.Struct.Name)
		g.If(jen.Id("req").Op("!=").Nil()).Block(jen.Id("own").Op("=").Op("*").Id("req"))
		for _, o := range x.Own {
			v := jen.Id(o.Arg.Name)
			if o.Field.Optional {
				v = jen.Id("Some").Call(v)
			}
			g.Id("own").Dot(o.Field.Name).Op("=").Add(v)
		}
		g.Id("req").Op("=").Op("&").Id("own")
	}
	g.Id("reading").Op(":=").Add(e.resource("Reading")).Call(jen.Id("opts"), jen.Nil())
	reading := jen.Id("reading").Op("...")
	find := e.findNamed(l, x, reading)
	g.List(jen.Id("have"), jen.Err()).Op(":=").Add(find)
	g.If(jen.Qual("errors", "Is").Call(jen.Err(), e.rt("ErrNotFound"))).BlockFunc(func(g *jen.Group) {
		create := jen.Id("s").Dot(x.Method.Name).Call(append(append([]jen.Code{jen.Id("ctx")}, outer(x.Method.PathArgs, nil)...), jen.Id("req"), optsSpread())...)
		switch {
		case x.Method.Result != nil && x.Method.Unwrap == nil && x.Method.Result.Struct == l.Item, x.Method.Unwrap != nil && x.Method.Unwrap.Type.Name == l.Item.Name:
			g.List(jen.Id("made"), jen.Err()).Op(":=").Add(create)
			g.Add(failed())
			g.Return(done(jen.Id("made"), "Created"), jen.Nil())
		case x.Made != nil:
			g.List(jen.Id("made"), jen.Err()).Op(":=").Add(create)
			g.Add(failed())
			g.List(jen.Id("have"), jen.Err()).Op("=").Add(getCall(x.Read, jen.Id("s"), jen.Id("ctx"), outer(x.Read.PathArgs, jen.Id("made").Dot(x.Made.Name)), reading))
			g.Return(done(jen.Id("have"), "Created"), jen.Err())
		default:
			if x.Method.Answer.Kind == plan.AnswerNone {
				g.If(jen.Err().Op(":=").Add(create), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
			} else {
				g.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(create), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
			}
			g.List(jen.Id("have"), jen.Err()).Op("=").Add(find)
			g.Return(done(jen.Id("have"), "Created"), jen.Err())
		}
	})
	g.Add(failed())
	g.Id("update").Op(":=").New(jen.Id(x.Update.Request.Struct.Name))
	if x.Base != nil {
		args := []jen.Code{jen.Id("have").Dot("ref").Call(), jen.Id("update").Dot("ref").Call()}
		for _, f := range x.Base.From {
			args = append(args, jen.Lit(f.Wire))
		}
		g.If(jen.Err().Op(":=").Add(e.resource("Rebase").Call(args...)), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
	}
	g.List(jen.Id("changed"), jen.Err()).Op(":=").Add(e.resource("Difference").Call(jen.Id("have").Dot("ref").Call(), jen.Id("req").Dot("ref").Call(), jen.Id("update").Dot("ref").Call()))
	g.Add(failed())
	g.If(jen.Len(jen.Id("changed")).Op("==").Lit(0)).Block(jen.Return(done(jen.Id("have"), "Unchanged"), jen.Nil()))
	id := member(jen.Id("have"), l.Key.ID)
	if f := l.Key.ID[len(l.Key.ID)-1]; f.Held().Name != l.ID.Name {
		id = idOf(l.ID, id)
	}
	update := jen.Id("s").Dot(x.Update.Name).Call(append(append([]jen.Code{jen.Id("ctx")}, outer(x.Update.PathArgs, id)...), jen.Id("update"), optsSpread())...)
	if x.Update.Answer.Kind == plan.AnswerNone {
		g.If(jen.Err().Op(":=").Add(update), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
	} else {
		g.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(update), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
	}
	g.List(jen.Id("have"), jen.Err()).Op("=").Add(getCall(x.Read, jen.Id("s"), jen.Id("ctx"), outer(x.Read.PathArgs, id.Clone()), reading))
	g.Return(done(jen.Id("have"), "Updated", jen.Id("Changed").Op(":").Id("changed")), jen.Err())
}

// findNamed finds the resource that has the name in the request. By name alone: another one may have an id like it.
func (e *emitter) findNamed(l *plan.Layer, x *plan.Extra, opts jen.Code) *jen.Statement {
	find := l.Extras[slices.IndexFunc(l.Extras, func(x *plan.Extra) bool { return x.Kind == plan.ExtraFind })]
	name := e.keyText(jen.Id("req").Dot(x.Filter.Name), x.Filter)
	list := e.narrowed(l, find, name.Clone(), opts)
	return e.resource("Named").Call(jenx.Lit(l.What), name, e.getter(l, x, nil, opts), list, e.key(l.Listed, l.ItemKey), e.ownKey(l))
}

// treeBody prints how a resource is deleted after what belongs to it.
func (e *emitter) treeBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	own := x.PathArgs[len(x.PathArgs)-1]
	for _, a := range x.PathArgs {
		if s.Layer.IsID(a) {
			own = a
		}
	}
	g.Id("d").Op(":=").Add(e.resource("NewDeleter")).Call(jen.Id("ctx"), jen.Id("opts"))
	g.Id("reading").Op(":=").Add(e.resource("Reading")).Call(jen.Id("opts"), jen.Nil())
	e.declareServices(g, x.Steps)
	e.steps(g, x.Steps, x.PathArgs)
	g.Return(jen.Id("d").Dot("Finally").Call(jenx.Lit(s.Layer.What), e.idText(jen.Id(own.Name), own.Type), jen.Func().Params().Error().BlockFunc(func(g *jen.Group) {
		_, params := e.extraArgs(s, x)
		args := append(append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...), append(params, optsSpread())...)
		e.onlyError(g, x.Method, jen.Id("s").Dot(x.Method.Name).Call(args...))
	})))
}

// declareServices prints the services of the children.
func (e *emitter) declareServices(g *jen.Group, steps []*plan.TreeStep) {
	for _, st := range steps {
		g.Id(st.Var).Op(":=").Op("&").Id(st.Child.Type).Values(jen.Id("s").Dot("client"))
		e.declareServices(g, st.Below)
	}
}

// steps prints what is deleted first, with the arguments at hand.
func (e *emitter) steps(g *jen.Group, steps []*plan.TreeStep, args []*plan.PathArg) {
	for _, st := range steps {
		l := st.Child.Layer
		service, mine := jen.Id(st.Var), l.IsID
		list := listCall(l, service, e.match(l.List.PathArgs, args, nil, func(*plan.PathArg) bool { return false }), jen.Nil(), jen.Id("reading").Op("..."))
		below := jen.Nil()
		if len(st.Below) > 0 {
			below = jen.Func().Params(jen.Id("id").String()).BlockFunc(func(g *jen.Group) {
				g.Id(st.ID.Name).Op(":=").Add(idOf(st.ID.Type, jen.Id("id")))
				e.steps(g, st.Below, append(args[:len(args):len(args)], st.ID))
			})
		}
		remove := jen.Func().Params(jen.Id("id").String()).Error().BlockFunc(func(g *jen.Group) {
			e.onlyError(g, st.Delete, getCall(st.Delete, service.Clone(), jen.Id("ctx"), e.match(st.Delete.PathArgs, args, idOf(st.ID.Type, jen.Id("id")), mine), optsSpread()))
		})
		g.Add(e.resource("Each")).Call(jen.Id("d"), jenx.Lit(l.What), list, e.key(l.Listed, l.ItemKey), below, remove)
	}
}

// onlyError returns the error of a call.
func (e *emitter) onlyError(g *jen.Group, m *plan.Method, call *jen.Statement) {
	if m.Answer.Kind == plan.AnswerNone {
		g.Return(call)
		return
	}
	g.List(jen.Id("_"), jen.Err()).Op(":=").Add(call)
	g.Return(jen.Err())
}

// idText is the value of an id as text.
func (e *emitter) idText(v *jen.Statement, t plan.TypeRef) *jen.Statement {
	if t.Name == "string" {
		return v
	}
	return jen.String().Call(v)
}
