package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// bodyName is the argument that a body is given as.
func bodyName(r *plan.Body) string {
	if r.Kind == plan.BodyBinary {
		return "body"
	}
	return "req"
}

// direct reports whether a body is sent as it is given, without the codec.
func direct(r *plan.Body) bool { return r.Kind == plan.BodyText || r.Kind == plan.BodyBinary }

// directBody prints how a body that needs no codec becomes that of the call.
func (e *emitter) directBody(g *jen.Group, r *plan.Body) {
	name := jen.Id(bodyName(r))
	switch {
	case r.Kind == plan.BodyBinary:
		g.Id("call").Dot("Reader").Call(name)
		return
	case r.Type.Kind == plan.Basic:
		g.Id("call").Dot("Text").Call(name)
	default:
		g.Id("call").Dot("Text").Call(jen.String().Call(name))
	}
	bodyChecked(g, r)
}

// readDirect prints how the fake server reads a body that needs no codec.
func (e *emitter) readDirect(g *jen.Group, r *plan.Body) []jen.Code {
	name := jen.Id(bodyName(r))
	switch {
	case r.Kind == plan.BodyBinary:
		g.Add(name).Op(":=").Id("x").Dot("Reader").Call(jen.Lit(!r.Required))
	case r.Type.Kind == plan.Basic:
		g.Add(name).Op(":=").Id("x").Dot("Text").Call()
	default:
		g.Add(name).Op(":=").Add(e.homeType(r.Type)).Call(jen.Id("x").Dot("Text").Call())
	}
	e.checkValue(g, r)
	return []jen.Code{jen.Id(bodyName(r))}
}

// contentTypes are the media types that a route takes.
func contentTypes(g *jen.Group, op *plan.Operation) {
	if len(op.ContentTypes) == 0 {
		return
	}
	g.Id("ContentTypes").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
		for _, t := range op.ContentTypes {
			g.Add(jenx.Lit(t))
		}
	})
}

// readValue prints how the fake server reads a JSON body that is no struct.
func (e *emitter) readValue(g *jen.Group, r *plan.Body) []jen.Code {
	g.Var().Id("req").Add(e.homeType(r.Type))
	g.Id("x").Dot("Decode").Call(e.wireRef(e.p.Codec.Types[r.Codec], jen.Op("&").Id("req")), jen.Lit(!r.Required))
	e.checkValue(g, r)
	return []jen.Code{jen.Id("req")}
}

// checkValue prints the check of a body that is no struct.
func (e *emitter) checkValue(g *jen.Group, r *plan.Body) {
	if r.Check == "" {
		return
	}
	check := jen.Id("x").Dot("Check").Call(jen.Func().Params().Error().Block(jen.Return(e.wireCheck(r, jen.Id(bodyName(r))))))
	if absentWhenNil(r) {
		check = jen.If(jen.Id("req").Op("!=").Nil()).Block(check)
	}
	g.Add(check)
}
