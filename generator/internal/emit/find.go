package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// found is what Find returns: what get answers, else an item of the list.
func found(l *plan.Layer) *plan.Struct {
	if l.Get != nil {
		return l.Item
	}
	return l.Listed
}

// key is the function that names a resource: its id and its name.
func (e *emitter) key(s *plan.Struct, k plan.Key) *jen.Statement {
	text := func(path []*plan.Field) *jen.Statement {
		if len(path) == 0 {
			return jen.Lit("")
		}
		return e.keyText(member(jen.Id("v"), path), path[len(path)-1])
	}
	return jen.Func().Params(jen.Id("v").Op("*").Id(s.Name)).Params(jen.Id("id"), jen.Id("name").String()).BlockFunc(func(g *jen.Group) {
		if guard := guards(jen.Id("v"), k.ID); guard != nil {
			g.If(guard).Block(jen.Return(jen.Lit(""), jen.Lit("")))
		}
		if guard := guards(jen.Id("v"), k.Name); guard != nil {
			g.If(guard).Block(jen.Return(text(k.ID), jen.Lit("")))
		}
		g.Return(text(k.ID), text(k.Name))
	})
}

// keyText is the value of a field as text.
func (e *emitter) keyText(v *jen.Statement, f *plan.Field) *jen.Statement {
	v = valueOr(v, f, 0)
	switch {
	case f.Codec.Kind != "String":
		return e.rt("PathText").Call(v)
	case f.Held().Name == "string":
		return v
	}
	return jen.String().Call(v)
}

// getCall is a call of the method that reads, with nothing but its path arguments.
func getCall(m *plan.Method, recv, ctx jen.Code, args []jen.Code, opts jen.Code) *jen.Statement {
	all := append([]jen.Code{ctx}, args...)
	if m.Params != nil {
		all = append(all, jen.Nil())
	}
	return jen.Add(recv).Dot(m.Name).Call(append(all, opts)...)
}

// match are the arguments for a call's path, out of those at hand: the value for the id, and others by the parameter they are for.
func (e *emitter) match(want, have []*plan.PathArg, id jen.Code, isID func(*plan.PathArg) bool) []jen.Code {
	var out []jen.Code
	for _, a := range want {
		if isID(a) {
			out = append(out, id)
		} else if h := a.In(have); h != nil {
			out = append(out, jen.Id(h.Name))
		}
	}
	return out
}

// listCall is a call of the iterator over the resources.
func listCall(l *plan.Layer, recv jen.Code, args []jen.Code, params jen.Code, opts jen.Code) *jen.Statement {
	all := append([]jen.Code{jen.Id("ctx")}, args...)
	if l.List.Params != nil {
		all = append(all, params)
	}
	return jen.Add(recv).Dot(l.List.Pages.Name).Call(append(all, opts)...)
}

func optsSpread() *jen.Statement { return jen.Id("opts").Op("...") }

// findBody prints how a resource is found.
func (e *emitter) findBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	l := s.Layer
	what, text := jenx.Lit(l.What), jen.Id("nameOrID")
	switch {
	case x.Read == nil: // it may be an id, so the list is not narrowed to a name
		g.Return(e.resource("Lookup").Call(what, text, e.narrowed(l, x, nil, optsSpread()), e.key(l.Listed, l.ItemKey)))
	case l.Listed == l.Item:
		g.Return(e.resource("Find").Call(what, text, e.getter(l, x, text.Clone(), optsSpread()), e.narrowed(l, x, text.Clone(), optsSpread()), e.key(l.Item, l.ItemKey)))
	default:
		g.Return(e.resource("FindListed").Call(what, text, e.getter(l, x, nil, optsSpread()), e.narrowed(l, x, text.Clone(), optsSpread()), e.key(l.Listed, l.ItemKey), e.ownKey(l)))
	}
}

// ownKey names what get answers, for items of the list that have no name there; nil where get does not say more.
func (e *emitter) ownKey(l *plan.Layer) *jen.Statement {
	if l.Listed == l.Item || len(l.Key.Name) == 0 {
		return jen.Nil()
	}
	return e.key(l.Item, l.Key)
}

// getter is a function that reads a resource by an id that is a text: a certain one, or its argument.
func (e *emitter) getter(l *plan.Layer, x *plan.Extra, text *jen.Statement, opts jen.Code) *jen.Statement {
	var params []jen.Code
	if text == nil {
		text = jen.Id("id")
		params = append(params, text.Clone().String())
	}
	get := func(id jen.Code) *jen.Statement {
		return jen.Return(getCall(x.Read, jen.Id("s"), jen.Id("ctx"), e.match(x.Read.PathArgs, x.PathArgs, id, l.IsID), opts))
	}
	return jen.Func().Params(params...).Params(jen.Op("*").Id(l.Item.Name), jen.Error()).BlockFunc(func(g *jen.Group) {
		if e.isString(l.ID) {
			g.Add(get(idOf(l.ID, text)))
			return
		}
		g.List(jen.Id("number"), jen.Err()).Op(":=").Add(e.resource("WholeNumber").Types(jenx.Type(l.ID)).Call(text))
		g.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
		g.Add(get(jen.Id("number")))
	})
}

// narrowed is a call of the iterator over the resources, filtered by a name where the server can.
func (e *emitter) narrowed(l *plan.Layer, find *plan.Extra, name *jen.Statement, opts jen.Code) *jen.Statement {
	var params jen.Code = jen.Nil()
	if find.Filter != nil && name != nil {
		params = jen.Op("&").Id(l.List.Params.Name).Values(jen.Id(find.Filter.Name).Op(":").Add(cursorValue(find.Filter, name, "string")))
	}
	return listCall(l, jen.Id("s"), e.match(l.List.PathArgs, find.PathArgs, nil, func(*plan.PathArg) bool { return false }), params, opts)
}

// idOf is a text as the type of an id.
func idOf(t plan.TypeRef, v *jen.Statement) *jen.Statement {
	if t.Kind == plan.Defined {
		return jenx.Type(t).Call(v)
	}
	return v
}
