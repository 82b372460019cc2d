package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// ruleTable prints the rules of a type or a call, if there are any.
func (e *emitter) ruleTable(f *jen.File, t *plan.RuleTable) {
	if t == nil {
		return
	}
	f.Comment("// " + t.Var + " are the documented rules of " + t.Of + ".")
	f.Var().Id(t.Var).Op("=").Index(jen.Op("...")).Add(e.rt("Rule")).ValuesFunc(func(g *jen.Group) {
		for _, r := range t.Rules {
			g.Line().Values(e.rule(r)...)
		}
		g.Line()
	})
	f.Line()
}

// rule is a rule as a literal.
func (e *emitter) rule(r *plan.Rule) []jen.Code {
	key := func(name string, value jen.Code) jen.Code { return jen.Id(name).Op(":").Add(value) }
	out := []jen.Code{key("ID", jenx.Lit(r.ID)), key("Text", jenx.Lit(r.Text))}
	if r.Limit != "" {
		out = append(out, key("Limit", jenx.Lit(r.Limit)))
	}
	if r.Source != "" {
		out = append(out, key("Source", jenx.Lit(r.Source)))
	}
	if r.Severity != "" {
		out = append(out, key("Severity", e.rt(severities[r.Severity])))
	}
	if len(r.Codes) > 0 {
		out = append(out, key("Codes", jen.Index().String().ValuesFunc(func(g *jen.Group) {
			for _, code := range r.Codes {
				g.Add(jenx.Lit(code))
			}
		})))
	}
	if r.Secret {
		out = append(out, key("Secret", jen.True()))
	}
	return out
}

// severities are the names that severities have in the runtime.
var severities = map[model.Severity]string{model.SeverityWarning: "SeverityWarning", model.SeverityServer: "SeverityServer"}

// ruleRef points to a rule.
func ruleRef(r *plan.Rule) *jen.Statement { return jen.Op("&").Id(r.Table).Index(jen.Lit(r.Index)) }
