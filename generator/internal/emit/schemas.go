package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) schema(name string) *jen.Statement { return jen.Qual(e.p.Runtime+"/schema", name) }

// schemas prints the schemas by which values and answers are judged.
func (e *emitter) schemas(f *jen.File) {
	for _, set := range []struct {
		name, doc string
		texts     []*plan.SchemaText
	}{
		{"schemas", "The schemas that say more of values than their Go types do. References are names, patterns are RE2.", e.p.Schemas},
		{"answers", "The schemas of answers, by operation and status. They are read when someone observes the client.", e.p.Answers},
	} {
		if len(set.texts) == 0 {
			continue
		}
		f.Comment("// " + set.doc)
		f.Var().Id(set.name).Op("=").Add(e.schema("Set")).Values(jen.Id("Texts").Op(":").Index().Add(e.schema("Text")).Add(multi(func(add func(jen.Code)) {
			for _, s := range set.texts {
				add(jen.Values(jen.Id("Name").Op(":").Add(jenx.Lit(s.Name)), jen.Id("JSON").Op(":").Add(jenx.Lit(s.JSON))))
			}
		})))
		f.Line()
	}
}

// judge is the judgement of a value as it is written.
func (e *emitter) judge(c *plan.Check, wire string, value *jen.Statement) *jen.Statement {
	var of *jen.Statement
	switch {
	case c.Struct != nil:
		of = e.schema("Of").Call(value.Clone().Dot("ref").Call())
	case c.Codec < 0:
		of = e.schema("OfText").Call(value.Clone())
	default:
		of = e.schema("Of").Call(e.rootRef(c.Codec, jen.Op("&").Add(value.Clone())))
	}
	out := jen.Id("schemas").Dot("Judge").Call(jen.Id("c"), jenx.Lit(wire), of)
	for _, a := range c.Asks {
		out.Op(".")
		if len(c.Asks) > 1 {
			out.Line()
		}
		out.Id("Asks").Call(jenx.Lit(a.Schema), jenx.Lit(a.Keyword), ruleRef(a.Rule))
	}
	return out
}
