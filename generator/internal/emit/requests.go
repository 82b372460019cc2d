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

// direct reports whether a body is sent as it is given, without the codec: text, a reader, or files by name.
func direct(r *plan.Body) bool { return r.Codec < 0 }

// directBody prints how a body that needs no codec becomes that of the call.
func (e *emitter) directBody(g *jen.Group, r *plan.Body) {
	name := jen.Id(bodyName(r))
	switch {
	case r.Kind == plan.BodyBinary:
		g.Id("call").Dot("Reader").Call(name)
	case r.Kind == plan.BodyMultipart:
		g.Id("call").Dot("FileMap").Call(name)
	case r.Type.Kind == plan.Basic:
		g.Id("call").Dot("Text").Call(name)
	default:
		g.Id("call").Dot("Text").Call(jen.String().Call(name))
	}
}

// files are the fields of a body that are files.
func files(r *plan.Body) []*plan.Field {
	if r == nil || r.Struct == nil {
		return nil
	}
	var out []*plan.Field
	for _, f := range r.Struct.Fields {
		if f.File != "" {
			out = append(out, f)
		}
	}
	return out
}

// fileFuncs are the methods that add files to a call, and those that read them from an exchange.
var fileFuncs = map[plan.FileKind]string{plan.OneFile: "File", plan.ManyFiles: "Files"}

// structGiven prints what a call does with a body that is a struct, when it is given: it adds its files, and checks
// it. A required one that is nil is refused before it is checked.
func structGiven(g *jen.Group, r *plan.Body) {
	if r == nil || r.Constant || r.Struct == nil {
		return
	}
	var given []jen.Code
	for _, f := range files(r) {
		given = append(given, jen.Id("call").Dot(fileFuncs[f.File]).Call(jenx.Lit(f.Wire), jen.Id("req").Dot(f.Name)))
	}
	check := checks("req")
	required := r.Required && !r.NilIsNull()
	if r.Struct.Checked && !required {
		given = append(given, check)
	}
	if len(given) > 0 {
		g.If(jen.Id("req").Op("!=").Nil()).Block(given...)
	}
	if r.Struct.Checked && required {
		g.Add(check)
	}
}

// readFiles prints how the fake server reads the files of a body.
func readFiles(r *plan.Body) []jen.Code {
	var out []jen.Code
	for _, f := range files(r) {
		out = append(out, jen.Id("req").Dot(f.Name).Op("=").Id("x").Dot(fileFuncs[f.File]).Call(jenx.Lit(f.Wire)))
	}
	return out
}

// readDirect prints how the fake server reads a body that needs no codec.
func (e *emitter) readDirect(g *jen.Group, r *plan.Body) []jen.Code {
	name := jen.Id(bodyName(r))
	switch {
	case r.Kind == plan.BodyBinary:
		g.Add(name).Op(":=").Id("x").Dot("Reader").Call(jen.Lit(!r.Required))
	case r.Kind == plan.BodyMultipart:
		g.Add(name).Op(":=").Id("x").Dot("FileMap").Call(jen.Lit(!r.Required))
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
var readers = map[plan.BodyKind]string{plan.BodyJSON: "Decode", plan.BodyForm: "ReadForm", plan.BodyMultipart: "ReadMultipart", plan.BodyLines: "ReadLines", plan.BodyXML: "ReadXML"}

// readValue prints how the fake server reads a body that is no struct, or no JSON.
func (e *emitter) readValue(g *jen.Group, r *plan.Body) []jen.Code {
	entry := e.p.Codec.Types[r.Codec]
	read := func(pointer jen.Code) *jen.Statement {
		args := []jen.Code{e.wireRef(entry, pointer), jen.Lit(!r.Required)}
		if r.XML != nil {
			args = append([]jen.Code{e.home("Wire").Values().Dot(xmlName(r.XML)).Call()}, args...)
		}
		return jen.Id("x").Dot(readers[r.Kind]).Call(args...)
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
	then := readFiles(r)
	if r.Struct.Checked {
		then = append(then, jen.Id("x").Dot("Check").Call(req.Clone().Dot("Validate")))
	}
	switch {
	case r.Required:
		g.Add(read(req))
		for _, c := range then {
			g.Add(c)
		}
	case len(then) > 0:
		g.If(read(req)).Block(then...).Else().Block(req.Clone().Op("=").Nil())
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
	check := jen.Id("x").Dot("Judge").Call(e.wireCheck(r.Check, jen.Id(bodyName(r))))
	if is := given(r); is != nil {
		check = jen.If(is).Block(check)
	}
	g.Add(check)
}
