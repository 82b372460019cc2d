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

// readers are the methods of an exchange that read a body by way of the codec.
var readers = map[plan.BodyKind]string{plan.BodyJSON: "Decode", plan.BodyForm: "ReadForm", plan.BodyMultipart: "ReadMultipart", plan.BodyLines: "ReadLines"}

// readValue prints how the fake server reads a body that is no struct, or no JSON.
func (e *emitter) readValue(g *jen.Group, r *plan.Body) []jen.Code {
	entry := e.p.Codec.Types[r.Codec]
	read := func(pointer jen.Code) *jen.Statement {
		return jen.Id("x").Dot(readers[r.Kind]).Call(e.wireRef(entry, pointer), jen.Lit(!r.Required))
	}
	req := jen.Id("req")
	if r.Struct == nil {
		g.Var().Add(req.Clone()).Add(e.homeType(r.Type))
		g.Add(read(jen.Op("&").Add(req.Clone())))
		e.checkValue(g, r)
		return []jen.Code{req}
	}
	if r.Constant {
		g.Add(read(jen.New(e.home(r.Struct.Name))))
		return nil
	}
	g.Add(req.Clone()).Op(":=").New(e.home(r.Struct.Name))
	check := jen.Id("x").Dot("Check").Call(req.Clone().Dot("Validate"))
	switch {
	case r.Required:
		g.Add(read(req))
		if r.Struct.Checked {
			g.Add(check)
		}
	case r.Struct.Checked:
		g.If(read(req)).Block(check).Else().Block(req.Clone().Op("=").Nil())
	default:
		g.If(jen.Op("!").Add(read(req))).Block(req.Clone().Op("=").Nil())
	}
	return []jen.Code{req}
}

// encodings prints how the members of a form or multipart body are written.
func (e *emitter) encodings(op *plan.Operation) *jen.Statement {
	return jen.Index().Add(e.rt("Encoding")).Add(multi(func(add func(jen.Code)) {
		for _, enc := range op.Encoding {
			add(jen.ValuesFunc(func(g *jen.Group) {
				g.Id("Name").Op(":").Add(jenx.Lit(enc.Name))
				if len(enc.Style) > 0 {
					g.Id("Style").Op(":").Add(e.style(enc.Style))
				}
				if enc.ContentType != "" {
					g.Id("ContentType").Op(":").Add(jenx.Lit(enc.ContentType))
				}
				if len(enc.Headers) > 0 {
					g.Id("Header").Op(":").Index().Add(e.rt("HeaderField")).ValuesFunc(func(g *jen.Group) {
						for _, h := range enc.Headers {
							g.Values(jen.Id("Name").Op(":").Add(jenx.Lit(h.Name)), jen.Id("Value").Op(":").Add(jenx.Lit(h.Value)))
						}
					})
				}
			}))
		}
	}))
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
