package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// enums prints enum types with their constants, and the distinct scalar types.
func (e *emitter) enums(f *jen.File) {
	for _, n := range e.p.Named {
		f.Add(docs(n.Name, n.Doc))
		f.Type().Id(n.Name).Id(n.Base)
		f.Line()
	}
	for _, en := range e.p.Enums {
		e.enum(f, en)
		e.filled(f, slot.EnumMethods, func() any { return e.views().Enums[en] })
	}
}

func (e *emitter) enum(f *jen.File, en *plan.Enum) {
	f.Add(docs(en.Name, en.Doc))
	f.Type().Id(en.Name).Id(en.Base)
	f.Line()
	literal := func(v *plan.EnumValue) *jen.Statement {
		if en.Base == "string" {
			return jenx.Lit(v.Text)
		}
		return jenx.Num(v.Number)
	}
	f.Comment("// The values the API documents for " + en.Name + ".")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range en.Values {
			g.Add(fieldDocs(v.Doc))
			g.Id(v.Name).Id(en.Name).Op("=").Add(literal(v))
		}
	})
	f.Line()
	f.Comment("// Known reports whether the API documents the value. Others are kept as they are.")
	known := f.Func().Params(jen.Id("v").Id(en.Name)).Id("Known").Params().Bool()
	if en.Base == "string" {
		known.Add(onOneLine(jen.Return(e.rt("OneOf").Call(jen.String().Call(jen.Id("v")), jen.Id("known"+en.Name)))))
		f.Line()
		e.knownTexts(f, en)
	} else {
		known.Add(knownNumber(en))
		f.Line()
	}
	f.Comment("// " + en.List + " lists the documented values.")
	// Made with append: for a composite literal, the compiler would write a type of arrays and a comparison of them.
	f.Func().Id(en.List).Params().Index().Id(en.Name).Block(
		jen.Return(jen.Append(jen.Index().Id(en.Name).Parens(jen.Nil()), jen.ListFunc(func(g *jen.Group) {
			for _, v := range en.Values {
				g.Id(v.Name)
			}
		}))))
	f.Line()
}

// knownTexts prints what Known looks through. For a switch over strings the compiler would write a search of its own for each
// type, and once more wherever it is called: a sixth of what a client with many enums costs to build.
func (e *emitter) knownTexts(f *jen.File, en *plan.Enum) {
	f.Var().Id("known" + en.Name).Op("=").Add(e.rt("Values")).ValuesFunc(func(g *jen.Group) {
		for _, v := range en.Values {
			g.Add(jenx.Lit(v.Text))
		}
	})
	f.Line()
}

// knownNumber is the body of Known for numbers, which are few and cheap.
func knownNumber(en *plan.Enum) *jen.Statement {
	return jen.BlockFunc(func(g *jen.Group) {
		g.Switch(jen.Id("v")).Block(
			jen.CaseFunc(func(g *jen.Group) {
				for _, v := range en.Values {
					g.Id(v.Name)
				}
			}).Block(jen.Return(jen.True())))
		g.Return(jen.False())
	})
}
