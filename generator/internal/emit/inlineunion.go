package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// inlineUnion prints the codec of an interface.
func (e *emitter) inlineUnion(f *jen.File, u *plan.Union) {
	name := unionName(u)
	on := func(method string, takes []jen.Code, returns jen.Code) *jen.Statement {
		return f.Func().Params(jen.Id("v").Id(name)).Id(method).Params(takes...).Add(returns)
	}
	at := func() *jen.Statement { return jen.Op("*").Id("v").Dot("at") }
	if !e.p.Codec.Inline {
		f.Func().Id("valueOf"+u.Name).Params(jen.Id("v").Add(address())).Qual(e.json(), "Value").Add(onOneLine(jen.Return(jen.Id(name).Values(pointerTo(jen.Id(u.Name), jen.Id("v"))))))
		f.Line()
	}
	f.Comment("// " + name + " is how the codec reaches " + article(u.Name) + " " + u.Name + ".")
	f.Type().Id(name).Add(oneLine("struct", jen.Id("at").Op("*").Id(u.Name)))
	f.Line()
	on("ReadJSON", []jen.Code{e.decoder(), jen.Id("p").Int(), jen.Id("fl").Qual(e.json(), "Flags")}, jen.Int()).Block(
		at().Op("=").Nil(),
		jen.Return(jen.Id("d").Dot("Union").Call(jen.Id("p"), jen.Id("fl"), jen.Op("&").Id(u.Var), jen.Id("v"))))
	f.Line()
	on("ReadVariant", []jen.Code{e.decoder(), jen.List(jen.Id("p"), jen.Id("i")).Int()}, jen.Int()).Block(
		jen.Switch(jen.Id("i")).BlockFunc(func(g *jen.Group) {
			for i, v := range u.Variants {
				g.Case(jen.Lit(i)).BlockFunc(func(g *jen.Group) {
					t := e.p.Codec.Types[v.Codec]
					if v.Struct != nil {
						g.Id("x").Op(":=").New(jen.Id(v.Struct.Name))
						g.Id("p").Op("=").Parens(jen.Op("*").Id(valueName(t))).Call(jen.Id("x")).Dot("ReadJSON").Call(jen.Id("d"), jen.Id("p"), jen.Lit(0))
					} else {
						g.Var().Id("x").Add(jenx.Type(heldAs(v)))
						e.readInto(g, t.Element(), heldAs(v), jen.Id("x"))
					}
					if isList(v) {
						g.Add(at()).Op("=").Add(jenx.Type(v.Type)).Call(jen.Id("x"))
					} else {
						g.Add(at()).Op("=").Id("x")
					}
				})
			}
		}),
		jen.Return(jen.Id("p")))
	f.Line()
	on("SetUnknown", []jen.Code{jen.Id("raw").Qual(e.json(), "Raw")}, jen.Null()).Add(onOneLine(at().Op("=").Id(u.Unknown).Values(jen.Id("Raw").Op(":").Id("raw"))))
	f.Line()
	on("WriteJSON", []jen.Code{e.encoder(), jen.Id("b").Index().Byte()}, jen.Index().Byte()).Block(
		jen.Switch(jen.Id("x").Op(":=").Parens(at()).Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
			g.Case(jen.Nil()).Block(jen.Id("b").Op("=").Id("e").Dot("Null").Call(jen.Id("b")))
			for _, v := range u.Variants {
				g.Case(jenx.Type(v.Type)).BlockFunc(func(g *jen.Group) {
					t := e.p.Codec.Types[v.Codec]
					if v.Struct == nil {
						src := jen.Id("x")
						if isList(v) {
							src = jen.Id("list")
							g.Add(src.Clone()).Op(":=").Add(jenx.Type(heldAs(v))).Call(jen.Id("x"))
						}
						e.write(g, t.Element(), heldAs(v), src, false)
						return
					}
					g.If(jen.Id("x").Op("==").Nil()).Block(jen.Return(jen.Id("e").Dot("NilVariant").Call(jen.Id("b"), jenx.Lit(v.Struct.Name))))
					g.Id("b").Op("=").Parens(jen.Op("*").Id(valueName(t))).Call(jen.Id("x")).Dot("WriteJSON").Call(jen.Id("e"), jen.Id("b"))
				})
			}
			g.Case(jen.Id(u.Unknown)).Block(jen.Id("b").Op("=").Id("e").Dot("Any").Call(jen.Id("b"), jen.Id("x").Dot("Raw")))
			g.Default().Block(jen.Id("b").Op("=").Id("e").Dot("NoVariant").Call(jen.Id("b"), jenx.Lit(u.Name)))
		}),
		jen.Return(jen.Id("b")))
	f.Line()
}

// isList reports whether a variant is a list or map, for which the union has a type of its own.
func isList(v *plan.Variant) bool {
	return v.Of != nil && (v.Of.Kind == plan.Slice || v.Of.Kind == plan.Map)
}

// heldAs is the type that a variant which is no struct is read as.
func heldAs(v *plan.Variant) plan.TypeRef {
	if isList(v) {
		return *v.Of
	}
	return v.Type
}
