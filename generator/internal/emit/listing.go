package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// listing prints the functions that list the documented rules, and the tables they look them up in. Programs that call
// neither do not hold them.
func (e *emitter) listing(f *jen.File) {
	f.Comment("// Rules lists the documented rules of a type of requests or parameters, given as a pointer, which may be nil: those")
	f.Comment("// of its fields and of itself, not those of the types it holds.")
	f.Func().Id("Rules").Params(jen.Id("of").Any()).Index().Id("Rule").BlockFunc(func(g *jen.Group) {
		for _, t := range e.p.Listing.Types {
			if !t.Union {
				g.Return(e.rt("ListRules").Call(jen.Id("typeRules"), jen.Parens(jen.Op("*").Id(t.Name)).Call(jen.Nil()), jen.Id("of")))
				return
			}
		}
		g.Return(jen.Nil())
	})
	f.Line()
	f.Comment("// Explain lists all documented rules of an operation, by its operationId: those that are checked before a call, those")
	f.Comment("// that are only told, and those that only the service can tell. With error codes, it lists those that the service reports")
	f.Comment("// by one of them: Explain(err.Operation, err.Code).")
	f.Func().Id("Explain").Params(jen.Id("operation").String(), jen.Id("codes").Op("...").String()).Index().Id("Rule").Block(
		jen.Return(e.rt("ExplainRules").Call(jen.Id("operationRules"), jen.Id("typeRules"), jen.Id("operation"), jen.Id("codes"))))
	f.Line()
	f.Comment("// typeRules are the rules of each type, and where those of the types stand that it holds.")
	f.Var().Id("typeRules").Op("=").Index().Add(e.rt("RuleSet")).ValuesFunc(func(g *jen.Group) {
		for _, t := range e.p.Listing.Types {
			g.Line().Values(ruleSet(jenx.Lit(t.Name), t.Rules, t.Holds)...)
		}
		g.Line()
	})
	f.Line()
	f.Comment("// operationRules are the rules of each operation as a whole, and where those of the types stand that it sends.")
	f.Var().Id("operationRules").Op("=").Index().Add(e.rt("RuleSet")).ValuesFunc(func(g *jen.Group) {
		for _, o := range e.p.Listing.Operations {
			g.Line().Values(ruleSet(jenx.Lit(o.ID), o.Rules, o.Holds)...)
		}
		g.Line()
	})
}

// ruleSet is a row of a table of rules.
func ruleSet(of jen.Code, rules []*plan.Rule, holds []int) []jen.Code {
	out := []jen.Code{jen.Id("Of").Op(":").Add(of)}
	if len(rules) > 0 {
		out = append(out, jen.Id("Rules").Op(":").Index().Index().Id("Rule").ValuesFunc(func(g *jen.Group) {
			for len(rules) > 0 {
				n := 1
				for n < len(rules) && plan.Adjoin(rules[:n], rules[n]) {
					n++
				}
				g.Add(rulesFrom(rules[0], n))
				rules = rules[n:]
			}
		}))
	}
	if len(holds) > 0 {
		out = append(out, jen.Id("Holds").Op(":").Index().Int32().ValuesFunc(func(g *jen.Group) {
			for _, i := range holds {
				g.Lit(i)
			}
		}))
	}
	return out
}
