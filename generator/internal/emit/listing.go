package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// listing prints the functions that list the documented rules. Programs that call neither do not hold them.
func (e *emitter) listing(f *jen.File) {
	list := func(rules []*plan.Rule) []jen.Code {
		out := make([]jen.Code, len(rules))
		for i, r := range rules {
			out[i] = jen.Op("&").Id(r.Var)
		}
		return out
	}
	f.Comment("// Rules lists the documented rules of a type of requests or parameters, given as a pointer, which may be nil: those")
	f.Comment("// of its fields and of itself, not those of the types it holds.")
	f.Func().Id("Rules").Params(jen.Id("of").Any()).Index().Id("Rule").BlockFunc(func(g *jen.Group) {
		g.Switch(jen.Id("of").Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
			for _, t := range e.p.Listing.Types {
				g.Case(jen.Op("*").Id(t.Name)).Block(jen.Return(e.rt("ListRules").Call(list(t.Rules)...)))
			}
		})
		g.Return(jen.Nil())
	})
	f.Line()
	f.Comment("// Explain lists all documented rules of an operation, by its operationId: those that are checked before a call, those")
	f.Comment("// that are only told, and those that only the service can tell. With error codes, it lists those that the service reports")
	f.Comment("// by one of them: Explain(err.Operation, err.Code).")
	f.Func().Id("Explain").Params(jen.Id("operation").String(), jen.Id("codes").Op("...").String()).Index().Id("Rule").BlockFunc(func(g *jen.Group) {
		g.Switch(jen.Id("operation")).BlockFunc(func(g *jen.Group) {
			for _, o := range e.p.Listing.Operations {
				args := []jen.Code{jen.Id("codes"), e.rt("ListRules").Call(list(o.Rules)...)}
				if len(o.Rules) == 0 {
					args[1] = jen.Nil()
				}
				for _, name := range o.Types {
					args = append(args, jen.Id("Rules").Call(jen.Parens(jen.Op("*").Id(name)).Parens(jen.Nil())))
				}
				g.Case(jenx.Lit(o.ID)).Block(jen.Return(e.rt("ReportedRules").Call(args...)))
			}
		})
		g.Return(jen.Nil())
	})
}
