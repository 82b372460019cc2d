package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// pathParam prints how a path parameter is written.
func (e *emitter) pathParam(a *plan.PathArg) *jen.Statement {
	text := jen.Id(a.Name)
	switch {
	case len(a.Encoding.Style) > 0:
		return jen.Id("call").Dot("Path").Call(jenx.Lit(a.Wire), e.style(a.Encoding.Style), e.styledRef(a.Encoding, a.Name))
	case a.Encoding.Func == "PathText":
		text = e.rt("PathText").Call(text)
	case a.Type.Kind != plan.Basic:
		text = jen.String().Call(text)
	}
	return jen.Id("call").Dot("PathParam").Call(jenx.Lit(a.Wire), text)
}

// style is the style of a parameter, as the runtime has it.
func (e *emitter) style(names []string) *jen.Statement {
	s := e.rt(names[0])
	for _, flag := range names[1:] {
		s = s.Op("|").Add(e.rt(flag))
	}
	return s
}

// styledRef is the codec's reference to the value of a variable.
func (e *emitter) styledRef(enc plan.ParamEncoding, variable string) *jen.Statement {
	if enc.Codec < 0 {
		return jen.Id(variable).Dot("ref").Call()
	}
	return e.rootRef(enc.Codec, jen.Op("&").Id(variable))
}

// rootRef is the codec's reference to a value that is no struct.
func (e *emitter) rootRef(codec int, pointer *jen.Statement) *jen.Statement {
	return jen.Id("ref" + e.p.Codec.Types[codec].Var[1:]).Call(pointer)
}

func paramsChecked(p *plan.Params) bool {
	for _, f := range p.Fields {
		if len(f.Checks) > 0 {
			return true
		}
	}
	return false
}

// params prints the parameter structs and how they are written.
func (e *emitter) params(f *jen.File) {
	for _, p := range e.p.Params {
		f.Comment("// " + p.Name + " holds the parameters of " + p.Call + ".")
		f.Type().Id(p.Name).StructFunc(func(g *jen.Group) {
			for _, fld := range p.Fields {
				g.Add(fieldDocs(fld.Doc))
				g.Id(fld.Name).Add(jenx.Type(fld.Type))
			}
		})
		f.Line()
		f.Func().Params(jen.Id("p").Op("*").Id(p.Name)).Id("encode").Params(jen.Id("call").Op("*").Add(e.rt("Call"))).BlockFunc(func(g *jen.Group) {
			g.If(jen.Id("p").Op("==").Nil()).Block(missing(p)...)
			if paramsChecked(p) {
				g.Add(checks("p"))
			}
			for _, fld := range p.Fields {
				g.Add(e.encodeParam(fld))
			}
		})
		f.Line()
	}
}

// missing is what is done without parameters: a call that needs some is refused.
func missing(p *plan.Params) []jen.Code {
	var out []jen.Code
	if required := p.Required(); len(required) > 0 {
		names := make([]jen.Code, len(required))
		for i, name := range required {
			names[i] = jenx.Lit(name)
		}
		out = append(out, jen.Id("call").Dot("Missing").Call(names...))
	}
	return append(out, jen.Return())
}

func (e *emitter) encodeParam(p *plan.Param) jen.Code {
	name := p.Encoding.Func
	value := jen.Id("p").Dot(p.Name)
	if len(p.Encoding.Style) > 0 {
		return e.encodeStyled(p, value)
	}
	args := []jen.Code{jen.Id("call"), jenx.Lit(p.Wire)}
	list := name == "QueryList" || name == "HeaderList"
	if !p.Optional && !list {
		if name == "Query" || name == "Header" || name == "Cookie" {
			name += "Value"
		} else {
			value = jen.Id("Some").Call(value)
		}
	}
	args = append(args, value)
	switch {
	case name == "QueryList":
		args = append(args, e.listStyle(p))
	case name != "HeaderList":
		for _, a := range p.Encoding.Args {
			args = append(args, jenx.Lit(a))
		}
	}
	return e.rt(name).Call(args...)
}

// styledFuncs are the methods of a call that write a parameter in a style, by its place.
var styledFuncs = map[model.In]string{model.InQuery: "Query", model.InHeader: "Header", model.InCookie: "Cookie"}

// encodeStyled prints how a parameter is written by way of the codec, when it is there.
func (e *emitter) encodeStyled(p *plan.Param, value *jen.Statement) jen.Code {
	write := func(ref *jen.Statement) *jen.Statement {
		return jen.Id("call").Dot(styledFuncs[p.In]).Call(jenx.Lit(p.Wire), e.style(p.Encoding.Style), ref)
	}
	switch struc := p.Encoding.Codec < 0; {
	case p.Optional:
		x := jen.Op("&").Id("x")
		ref := jen.Id("x").Dot("ref").Call()
		if !struc {
			ref = e.rootRef(p.Encoding.Codec, x)
		}
		return jen.If(jen.List(jen.Id("x"), jen.Id("ok")).Op(":=").Add(value).Dot("Get").Call(), jen.Id("ok")).Block(write(ref))
	case struc:
		return write(value.Dot("ref").Call())
	case p.Encoding.Nil:
		return jen.If(value.Clone().Op("!=").Nil()).Block(write(e.rootRef(p.Encoding.Codec, jen.Op("&").Add(value))))
	}
	return write(e.rootRef(p.Encoding.Codec, jen.Op("&").Add(value)))
}

// listStyle is how a list stands in the query.
func (e *emitter) listStyle(p *plan.Param) *jen.Statement {
	switch {
	case p.Encoding.Explode:
		return e.rt("ListRepeat")
	case p.Encoding.Args[0] == " ":
		return e.rt("ListSpace")
	case p.Encoding.Args[0] == "|":
		return e.rt("ListPipe")
	}
	return e.rt("ListComma")
}

// styledEntry is the description of a parameter that the codec writes.
func (e *emitter) styledEntry(enc plan.ParamEncoding, t plan.TypeRef) *plan.CodecType {
	if enc.Codec >= 0 {
		return e.p.Codec.Types[enc.Codec]
	}
	for t.Elem != nil {
		t = *t.Elem
	}
	for _, c := range e.p.Codec.Types {
		if c.Struct != nil && c.Struct.Name == t.Name {
			return c
		}
	}
	return nil
}

// readStyled prints how the fake server reads a parameter that the codec writes.
func (e *emitter) readStyled(g *jen.Group, p *plan.Param) {
	entry := e.styledEntry(p.Encoding, p.Type)
	read := func(pointer jen.Code) *jen.Statement {
		return jen.Id("x").Dot("Read"+styledFuncs[p.In]).Call(jenx.Lit(p.Wire), e.style(p.Encoding.Style), e.wireRef(entry, pointer))
	}
	field := jen.Id("params").Dot(p.Name)
	v := jen.Id("v")
	switch pointer := p.Type.Kind == plan.Pointer || p.Type.Kind == plan.Opt && p.Type.Elem.Kind == plan.Pointer; {
	case p.Type.Kind == plan.Opt && pointer:
		g.If(v.Clone().Op(":=").New(e.homeType(entry.Type)), read(v)).Block(field.Op("=").Add(e.home("Some").Call(v)))
	case p.Type.Kind == plan.Opt:
		g.If(v.Clone().Op(":=").New(e.homeType(entry.Type)), read(v)).Block(field.Op("=").Add(e.home("Some").Call(jen.Op("*").Add(v))))
	case pointer:
		g.If(v.Clone().Op(":=").New(e.homeType(entry.Type)), read(v)).Block(field.Op("=").Add(v))
	case p.Required:
		g.If(jen.Op("!").Add(read(jen.Op("&").Add(field)))).Block(jen.Id("x").Dot("Missing").Call(jenx.Lit(p.Wire)))
	default:
		g.Add(read(jen.Op("&").Add(field)))
	}
}

// readPathStyled prints how the fake server reads a path parameter that the codec writes.
func (e *emitter) readPathStyled(g *jen.Group, a *plan.PathArg) {
	entry := e.styledEntry(a.Encoding, a.Type)
	pointer := jen.Op("&").Id(a.Name)
	if a.Type.Kind == plan.Pointer {
		g.Id(a.Name).Op(":=").New(e.homeType(entry.Type))
		pointer = jen.Id(a.Name)
	} else {
		g.Var().Id(a.Name).Add(e.homeType(a.Type))
	}
	g.Id("x").Dot("ReadPath").Call(jenx.Lit(a.Wire), e.style(a.Encoding.Style), e.wireRef(entry, pointer))
}
