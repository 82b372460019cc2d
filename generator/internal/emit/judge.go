package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// callCheck prints the check of the arguments that go into the path, and of what the parameters and the body of a call
// must be together. Without parameters that are required it is the call that is refused, for want of them.
func (e *emitter) callCheck(f *jen.File, m *plan.Method) {
	args := append([]jen.Code{jen.Id("c").Op("*").Add(e.rt("Checker"))}, signature(m)...)
	f.Func().Id(m.Judge).Params(args...).BlockFunc(func(g *jen.Group) {
		for _, a := range m.PathArgs {
			e.argCheck(g, a)
		}
		if len(m.Rules) == 0 {
			return
		}
		if m.Params != nil && len(m.Params.Required()) > 0 {
			g.If(jen.Id("params").Op("==").Nil()).Block(jen.Return())
		} else if m.Params != nil {
			g.If(jen.Id("params").Op("==").Nil()).Block(jen.Id("params").Op("=").New(jen.Id(m.Params.Name)))
		}
		e.ruleChecks(g, m.Rules, "", jen.Null())
	})
	f.Line()
}

func (e *emitter) argCheck(g *jen.Group, a *plan.PathArg) {
	switch checks := func(g *jen.Group) { e.checks(g, a.Checks, a.Wire, jen.Id(a.Name), a.Type, 1) }; {
	case len(a.Checks) == 0:
	case a.Type.Kind == plan.Pointer:
		g.If(jen.Id(a.Name).Op("!=").Nil()).BlockFunc(checks)
	default:
		checks(g)
	}
}

// callJudged prints how a call is checked as a whole.
func callJudged(g *jen.Group, m *plan.Method, c jen.Code) {
	if m.Judge != "" {
		g.Id("call").Dot("Check").Call(jen.Func().Params(c).Block(jen.Id(m.Judge).Call(append([]jen.Code{jen.Id("c")}, arguments(m)...)...)))
	}
}
