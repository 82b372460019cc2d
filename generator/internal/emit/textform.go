package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// forms prints the forms that a pattern permits.
func (e *emitter) forms(list []plan.Form) *jen.Statement {
	many := jen.Options{Open: "{", Close: "}", Separator: ",", Multi: len(list) > 1}
	return jen.CustomFunc(many, func(g *jen.Group) {
		for _, form := range list {
			g.ValuesFunc(func(g *jen.Group) {
				if len(form.Parts) > 0 {
					g.Id("Parts").Op(":").Index().Add(e.rt("TextPart")).ValuesFunc(func(g *jen.Group) {
						for _, p := range form.Parts {
							g.Add(e.formPart(p))
						}
					})
				}
				if form.Open {
					g.Id("Open").Op(":").True()
				}
			})
		}
	})
}

func (e *emitter) formPart(p plan.Part) *jen.Statement {
	if p.Text != "" {
		return jen.Values(jen.Id("Text").Op(":").Add(jenx.Lit(p.Text)))
	}
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("Class").Op(":").Add(e.rt("CharClass")).Add(e.charClass(p.Class))
		if p.Least > 0 {
			g.Id("Least").Op(":").Lit(p.Least)
		}
		g.Id("Most").Op(":").Lit(p.Most)
	})
}
