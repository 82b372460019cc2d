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
	if r.Limit != "" && (r.Test == nil || r.Limit != r.Test.Literal) {
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
	if r.Test != nil {
		out = append(out, e.test(r.Test)...)
	}
	if r.Of != "" && r.Of != plan.AsText {
		out = append(out, key("Of", e.rt(string(r.Of))))
	}
	if r.At != nil && *r.At > 0 {
		out = append(out, key("At", jen.Lit(*r.At)))
	}
	return out
}

// test is what a rule asks, as members of its literal.
func (e *emitter) test(c *plan.Check) []jen.Code {
	than := func(test, n string) []jen.Code {
		return []jen.Code{jen.Id("Test").Op(":").Add(e.rt(test)), jen.Id("N").Op(":").Add(jenx.Num(n))}
	}
	match := func(v *jen.Statement) []jen.Code { return []jen.Code{jen.Id("Match").Op(":").Op("&").Add(v)} }
	switch c.Op {
	case plan.CheckMatch:
		return match(jen.Id(c.Matcher.Var))
	case plan.CheckClass:
		if out := match(jen.Id(c.Matcher.Var)); c.NonEmpty {
			return append(than("MinLength", "1"), out...)
		} else {
			return out
		}
	case plan.CheckKnown:
		return match(jen.Id("known" + c.Type.Name))
	case plan.CheckOneOf:
		return match(e.rt("Values").ValuesFunc(func(g *jen.Group) {
			for _, name := range c.Names {
				g.String().Call(jen.Id(name))
			}
			for _, x := range c.Values {
				g.Add(jenx.Lit(x))
			}
		}))
	}
	return than(tests[c.Op], c.Literal)
}

// tests are the names that tests have in the runtime.
var tests = map[plan.CheckOp]string{
	plan.CheckMinLength: "MinLength", plan.CheckMaxLength: "MaxLength", plan.CheckMin: "Minimum", plan.CheckMax: "Maximum",
	plan.CheckMinItems: "MinItems", plan.CheckMaxItems: "MaxItems",
}

// severities are the names that severities have in the runtime.
var severities = map[model.Severity]string{model.SeverityWarning: "SeverityWarning", model.SeverityServer: "SeverityServer"}

// ruleRef points to a rule.
func ruleRef(r *plan.Rule) *jen.Statement { return jen.Op("&").Id(r.Table).Index(jen.Lit(r.Index)) }
