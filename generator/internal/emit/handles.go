package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// handled are the handles of the package.
func (e *emitter) handled() []*plan.Handle {
	var out []*plan.Handle
	for _, s := range e.p.Services {
		if s.Layer != nil && s.Layer.Handle != nil && len(s.Layer.Handle.IDs) > 0 {
			out = append(out, s.Layer.Handle)
		}
	}
	return out
}

// handles prints the types that bind calls to an id.
func (e *emitter) handles(f *jen.File) {
	for _, h := range e.handled() {
		e.handle(f, h)
		for _, c := range h.Children {
			e.children(f, h, c)
		}
	}
}

func (e *emitter) handle(f *jen.File, h *plan.Handle) {
	f.Add(jenx.Comment(fmt.Sprintf("%s is %s by its id: the calls about it, without naming it each time. It holds no data, and making one sends nothing.", h.Type, noun(h.Words))))
	f.Type().Id(h.Type).StructFunc(func(g *jen.Group) {
		for _, id := range h.IDs {
			g.Id(id.Field).Add(jenx.Type(id.Type))
		}
		if len(h.Children) > 0 {
			g.Line()
		}
		for _, c := range h.Children {
			g.Id(c.Field).Id(c.Type)
		}
		g.Line().Id("client").Op("*").Id("Client")
	})
	f.Line()
	recv, client := jen.Id("c").Op("*").Id("Client"), jen.Id("c")
	if h.Parent != nil {
		recv, client = jen.Id("h").Op("*").Id(h.Parent.Type), jen.Id("h").Dot("client")
	}
	own := h.IDs[len(h.IDs)-1]
	f.Add(jenx.Comment(fmt.Sprintf("%s is the %s of that id, whether there is one or not.", h.Method, h.Words)))
	f.Func().Params(recv).Id(h.Method).Params(jen.Id(own.Arg).Add(jenx.Type(own.Type))).Op("*").Id(h.Type).BlockFunc(func(g *jen.Group) {
		value := func(id *plan.HandleID) jen.Code {
			if id == own {
				return jen.Id(own.Arg)
			}
			return jen.Id("h").Dot(id.Outer)
		}
		g.Return(jen.Op("&").Id(h.Type).Add(multi(func(add func(jen.Code)) {
			for _, id := range h.IDs {
				add(jen.Id(id.Field).Op(":").Add(value(id)))
			}
			for _, c := range h.Children {
				add(jen.Id(c.Field).Op(":").Id(c.Type).ValuesFunc(func(g *jen.Group) {
					g.Add(client.Clone())
					for _, id := range h.IDs {
						g.Add(value(id))
					}
				}))
			}
			add(jen.Id("client").Op(":").Add(client.Clone()))
		})))
	})
	f.Line()
	for _, b := range h.Bound {
		e.bound(f, b, h.Service, jen.Id("h").Op("*").Id(h.Type), func(i int) jen.Code { return jen.Id("h").Dot(h.IDs[i].Field) }, nil,
			fmt.Sprintf("%s calls %s.%s for this %s.", b.Name, h.Service.Field, b.Name, h.Words))
	}
}

// children prints the calls about the children of a resource.
func (e *emitter) children(f *jen.File, h *plan.Handle, c *plan.Children) {
	f.Add(jenx.Comment(fmt.Sprintf("%s are the calls of %s about one %s.", c.Type, c.Service.Field, h.Words)))
	f.Type().Id(c.Type).StructFunc(func(g *jen.Group) {
		g.Id("client").Op("*").Id("Client")
		for _, id := range h.IDs {
			g.Id(childField(h, id)).Add(jenx.Type(id.Type))
		}
	})
	f.Line()
	value := func(i int) jen.Code { return jen.Id("h").Dot(childField(h, h.IDs[i])) }
	for _, b := range c.Bound {
		doc := fmt.Sprintf("%s calls %s.%s for the %s.", b.Name, c.Service.Field, b.Name, h.Words)
		if b.Body != nil {
			doc = fmt.Sprintf("%s calls %s.%s with the id of the %s in the request.", b.Name, c.Service.Field, b.Name, h.Words)
		}
		e.bound(f, b, c.Service, jen.Id("h").Id(c.Type), value, value(len(h.IDs)-1), doc)
	}
}

// childField is the field of the children's type that holds an id.
func childField(h *plan.Handle, id *plan.HandleID) string {
	if id.Field == "ID" {
		return "id"
	}
	return id.Arg
}

// bound prints a method that calls one of a service with ids at hand. The parent's id may go into the request.
func (e *emitter) bound(f *jen.File, b *plan.Bound, s *plan.Service, recv *jen.Statement, id func(int) jen.Code, parent jen.Code, doc string) {
	params, args := []jen.Code{ctxParam()}, []jen.Code{jen.Id("ctx")}
	for i, a := range b.PathArgs {
		if at := b.IDs[i]; at >= 0 {
			args = append(args, id(at))
			continue
		}
		params, args = append(params, jen.Id(a.Name).Add(jenx.Type(a.Type))), append(args, jen.Id(a.Name))
	}
	var returned *jen.Statement
	if x := b.Extra; x != nil {
		more, names := e.extraArgs(s, x)
		params, args, returned = append(params, more...), append(args, names...), e.extraReturns(s, x)
	} else {
		m := b.Method
		skip := len(m.PathArgs)
		more, names := signature(m)[skip:], arguments(m)[skip:]
		params, args = append(params, more...), append(args, names...)
		switch returned = returns(m); {
		case b.All:
			returned = e.sequence(m)
		case b.Pages:
			returned = seq(pageType(m))
		}
	}
	f.Add(jenx.Comment(doc))
	f.Func().Params(recv).Id(b.Name).Params(append(params, optsParam())...).Add(returned).BlockFunc(func(g *jen.Group) {
		if b.Body != nil {
			g.Var().Id("own").Id(b.Method.Request.Struct.Name)
			g.If(jen.Id("req").Op("!=").Nil()).Block(jen.Id("own").Op("=").Op("*").Id("req"))
			v := jen.Add(parent)
			if b.Body.Optional {
				v = jen.Id("Some").Call(v)
			}
			g.Id("own").Dot(b.Body.Name).Op("=").Add(v)
			args[len(args)-1] = jen.Op("&").Id("own")
		}
		call := jen.Id("h").Dot("client").Dot(s.Field).Dot(b.Name).Call(append(args, optsSpread())...)
		g.Return(call)
	})
	f.Line()
}
