package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// listed is the list that a method returns.
func listed(m *plan.Method) plan.TypeRef {
	if m.Unwrap != nil {
		return m.Unwrap.Type
	}
	return m.Result.Type
}

// singleBody prints how one item of a list is sent.
func (e *emitter) singleBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	m := x.Method
	elem := jenx.Type(*m.Request.Type.Elem)
	g.If(jen.Id("item").Op("==").Nil()).Block(jen.Id("item").Op("=").New(elem))
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	if m.Params != nil {
		args = append(args, jen.Id("params"))
	}
	g.List(jen.Id("made"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(append(args, jen.Index().Add(elem.Clone()).Values(jen.Op("*").Id("item")), optsSpread())...)
	g.Return(e.resource("First").Call(jenx.Lit(s.Layer.What), jen.Id("made"), jen.Err()))
}

// batchBody prints how a list is split.
func (e *emitter) batchBody(g *jen.Group, x *plan.Extra) {
	m, items := x.Method, x.Items
	elem := *items.Type.Elem
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	if m.Params != nil {
		args = append(args, jen.Id("params"))
	}
	var list *jen.Statement = jen.Id("items")
	if !x.Only {
		g.If(jen.Id("req").Op("==").Nil()).Block(jen.Id("req").Op("=").New(jen.Id(m.Request.Struct.Name)))
		list = jen.Id("req").Dot(items.Name)
	}
	key := jen.Nil()
	if e.isString(elem) {
		text := jen.String().Call(jen.Id("v"))
		if elem.Name == "string" {
			text = jen.Id("v")
		}
		key = jen.Func().Params(jen.Id("v").Add(jenx.Type(elem))).String().Block(jen.Return(text))
	}
	hidden := jen.Nil()
	if h := x.Hidden; h != nil {
		hidden = jen.Op("&").Add(e.resource("ItemErrors")).ValuesFunc(func(g *jen.Group) {
			g.Id("Code").Op(":").Add(jenx.Lit(h.Code))
			g.Id("Member").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, m := range h.Member {
					g.Add(jenx.Lit(m))
				}
			})
			for _, p := range []struct{ name, value string }{{"ID", h.ID}, {"ItemCode", h.ItemCode}, {"Message", h.Message}} {
				if p.value != "" {
					g.Id(p.name).Op(":").Add(jenx.Lit(p.value))
				}
			}
			g.Id("Errors").Op(":").Op("&").Id("api").Dot("Errors")
		})
	}
	call := jen.Func().Params(ctxParam(), jen.Id("part").Add(jenx.Type(items.Type))).Error().BlockFunc(func(g *jen.Group) {
		req := jen.Op("&").Id(m.Request.Struct.Name).Values(jen.Id(items.Name).Op(":").Id("part"))
		if !x.Only {
			g.Id("some").Op(":=").Op("*").Id("req")
			g.Id("some").Dot(items.Name).Op("=").Id("part")
			req = jen.Op("&").Id("some")
		}
		do := jen.Id("s").Dot(m.Name).Call(append(args[:len(args):len(args)], req, optsSpread())...)
		e.onlyError(g, m, do)
	})
	g.Return(e.resource("Batch").Call(jen.Id("ctx"), jenx.Lit(items.Wire), jen.Lit(x.Limit), list, jen.Id("opts"), key, hidden, call))
}
