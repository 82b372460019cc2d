package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// drainBody prints how a resource is emptied and deleted.
func (e *emitter) drainBody(g *jen.Group, x *plan.Extra) {
	d := x.Drain
	service := jen.Id("s")
	if d.Var != "" {
		service = jen.Id(d.Var)
		g.Add(service.Clone()).Op(":=").Op("&").Id(d.Service.Type).Values(jen.Id("s").Dot("client"))
	}
	update := d.Method
	if d.Change != nil {
		update = d.Change.Method
	}
	outer := func(args []*plan.PathArg) []jen.Code {
		return append([]jen.Code{jen.Id("ctx")}, e.match(args, x.PathArgs, nil, func(*plan.PathArg) bool { return false })...)
	}
	var change *jen.Statement
	if d.Change != nil {
		change = service.Clone().Dot(d.Change.Name).Call(append(outer(d.Change.PathArgs), jen.Func().Params(jen.Id("req").Op("*").Id(update.Request.Struct.Name)).Error().BlockFunc(func(g *jen.Group) {
			for _, v := range d.Set {
				g.Id("req").Dot(v.Field.Name).Op("=").Add(drained(v))
			}
			g.Return(jen.Nil())
		}), optsSpread())...)
	} else {
		req := jen.Op("&").Id(update.Request.Struct.Name).ValuesFunc(func(g *jen.Group) {
			for _, v := range d.Set {
				g.Id(v.Field.Name).Op(":").Add(drained(v))
			}
		})
		change = service.Clone().Dot(update.Name).Call(append(outer(update.PathArgs), req, optsSpread())...)
	}
	try := func(call *jen.Statement, one bool) {
		assign := jen.Err().Op(":=").Add(call)
		if !one {
			assign = jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(call)
		}
		g.If(assign, jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err()))
	}
	try(change, update.Answer.Kind == plan.AnswerNone)
	try(jen.Id("s").Dot(d.Wait.Name).Call(append(outer(d.Wait.PathArgs), optsSpread())...), d.Wait.Wait.Missing)
	e.onlyError(g, d.Delete, getCall(d.Delete, jen.Id("s"), jen.Id("ctx"), outer(d.Delete.PathArgs)[1:], optsSpread()))
}

// drained is what a member becomes.
func drained(v *plan.DrainedSet) *jen.Statement {
	lit := jen.Lit(v.Value)
	if !v.Field.Optional {
		return lit
	}
	some := jen.Id("Some")
	if t := v.Field.Held(); t.Name != "int" {
		some = some.Types(jenx.Type(t))
	}
	return some.Call(lit)
}

// linkBody prints how the address of a call is taken apart.
func (e *emitter) linkBody(g *jen.Group, x *plan.Extra) {
	m := x.Method
	failed := fails(m, jen.Err())
	g.List(jen.Id("at"), jen.Err()).Op(":=").Add(e.rt("ParseLink")).Call(jen.Op("&").Id(m.Operation.Var), jen.Id("link"))
	g.If(jen.Err().Op("!=").Nil()).Block(failed)
	args := []jen.Code{jen.Id("ctx")}
	for _, a := range m.PathArgs {
		v := jen.Id("at").Dot("Param").Call(jenx.Lit(a.Wire))
		if a.Type.Name != "string" {
			v = jenx.Type(a.Type).Call(v)
		}
		args = append(args, v)
	}
	rest := arguments(m)[len(m.PathArgs):]
	args = append(args, rest...)
	g.Return(jen.Id("s").Dot(m.Name).Call(append(args, jen.Id("at").Dot("Options").Call(jen.Id("opts")).Op("..."))...))
}
