package emit

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// validate prints the rules of requests and parameters, and their checks.
func (e *emitter) validate(f *jen.File) {
	e.matchers(f)
	for _, s := range e.p.Structs {
		if s.Validated {
			e.ruleTable(f, s.Table)
			e.structValidator(f, s)
		}
	}
	for _, u := range e.p.Codec.Unions {
		e.ruleTable(f, u.Table)
		e.unionCheck(f, u)
	}
	for _, p := range e.p.Params {
		e.ruleTable(f, p.Table)
		e.validator(f, p.Name, paramsChecked(p), func(g *jen.Group) {
			for _, q := range p.Fields {
				if len(q.Checks) > 0 {
					e.fieldCheck(g, &q.Field)
				}
			}
		})
	}
	e.checked(f, slices.ContainsFunc(e.p.Params, paramsChecked) || e.checksBodies())
	e.methods(func(_ *plan.Service, m *plan.Method) {
		e.ruleTable(f, m.Table)
		if m.Request != nil && m.Request.Check != "" {
			e.bodyCheck(f, m.Request)
		}
		if m.Judge != "" {
			e.callCheck(f, m)
		}
	})
}

// checksBodies reports whether some call has a body with checks of its own.
func (e *emitter) checksBodies() bool {
	found := false
	e.methods(func(_ *plan.Service, m *plan.Method) {
		r := m.Request
		found = found || r != nil && r.Struct != nil && r.Struct.Checked && !r.Constant
	})
	return found
}

// checked prints how validators, and calls, come by the checks of a value: by an interface, since for the method of each as a
// value the compiler would write a function, and a call would allocate.
func (e *emitter) checked(f *jen.File, calls bool) {
	if !calls && !slices.ContainsFunc(e.p.Structs, func(s *plan.Struct) bool { return s.Validated && s.Checked }) {
		return
	}
	f.Comment("// checked is what has documented rules, itself or below.")
	f.Type().Id("checked").Interface(jen.Id("check").Params(e.checker()))
	f.Line()
	f.Comment("// validate lists every violation of v.")
	f.Func().Id("validate").Params(jen.Id("v").Id("checked")).Error().Block(jen.Return(e.rt("Validate").Call(jen.Id("v"), jen.Id("inspect"))))
	f.Line()
	if calls {
		f.Comment("// checks has v checked before the call is made.")
		f.Func().Id("checks").Params(jen.Id("call").Op("*").Add(e.rt("Call")), jen.Id("v").Id("checked")).Add(onOneLine(
			jen.Id("call").Dot("CheckValue").Call(jen.Id("v"), jen.Id("inspect"))))
		f.Line()
	}
	f.Func().Id("inspect").Params(jen.Id("v").Any(), e.checker()).Add(onOneLine(
		jen.Id("v").Assert(jen.Id("checked")).Dot("check").Call(jen.Id("c"))))
	f.Line()
}

// checks has a value checked before the call.
func checks(name string) *jen.Statement { return jen.Id("checks").Call(jen.Id("call"), jen.Id(name)) }

// bodyCheck prints the checks of a body that is no struct.
func (e *emitter) bodyCheck(f *jen.File, r *plan.Body) {
	f.Func().Id(r.Check).Params(jen.Id("c").Op("*").Add(e.rt("Checker")), jen.Id("v").Add(jenx.Type(r.Type))).BlockFunc(func(g *jen.Group) {
		e.present(g, r.Checks, jen.Id("v"), r.Type, 1)
	})
	f.Line()
}

// matchers prints the character classes and regular expressions that checks use, and of which patterns they are made.
func (e *emitter) matchers(f *jen.File) {
	for _, m := range e.p.Matchers {
		if m.Pattern != m.Expr || m.Forms != nil {
			f.Comment(jenx.Line(m.Var + " is " + m.Pattern))
		}
		switch {
		case m.Expr == "":
			f.Var().Id(m.Var).Op("=").Add(e.rt("CharClass")).Add(e.charClass(m.Class))
		case m.Forms != nil:
			f.Var().Id(m.Var).Op("=").Add(e.rt("TextForms")).Add(e.forms(m.Forms))
		default:
			f.Var().Id(m.Var).Op("=").Add(e.rt("Pattern")).Values(jen.Id("Expr").Op(":").Add(jenx.Lit(m.Expr)))
		}
	}
	f.Line()
}

func (e *emitter) charClass(ranges []plan.Range) *jen.Statement {
	var ascii [2]uint64
	var wide []plan.Range
	for _, r := range ranges {
		for c := r.Lo; c <= min(r.Hi, 127); c++ {
			ascii[c>>6] |= 1 << (c & 63)
		}
		if r.Hi > 127 {
			wide = append(wide, plan.Range{Lo: max(r.Lo, 128), Hi: r.Hi})
		}
	}
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("ASCII").Op(":").Index(jen.Lit(2)).Uint64().Values(jen.Op(fmt.Sprintf("%#x", ascii[0])), jen.Op(fmt.Sprintf("%#x", ascii[1])))
		if len(wide) > 0 {
			g.Id("Runes").Op(":").Index().Add(e.rt("RuneRange")).ValuesFunc(func(g *jen.Group) {
				for _, r := range wide {
					g.Values(jen.Id("Lo").Op(":").Op(fmt.Sprintf("%#x", r.Lo)), jen.Id("Hi").Op(":").Op(fmt.Sprintf("%#x", r.Hi)))
				}
			})
		}
	})
}

// structValidator prints the checks of a struct.
func (e *emitter) structValidator(f *jen.File, s *plan.Struct) {
	e.validator(f, s.Name, s.Checked, func(g *jen.Group) {
		e.memberChecks(g, s)
		if rest := s.Additional; rest != nil && len(rest.Checks) > 0 {
			e.restCheck(g, s)
		}
		for _, c := range s.Checks {
			e.check(g, c, "", jen.Id("v"), plan.TypeRef{}, 1)
		}
		e.ruleChecks(g, s.Rules, "", jen.Id("v"))
	})
}

// memberChecks prints the checks of the members one after the other: what is data altogether in as few calls as that takes.
func (e *emitter) memberChecks(g *jen.Group, s *plan.Struct) {
	var rows []*plan.Rule
	flush := func() {
		if len(rows) > 0 {
			g.Id("c").Dot("Members").Call(jen.Id("v").Dot("ref").Call(), rulesFrom(rows[0], len(rows)))
			rows = nil
		}
	}
	for i, fld := range s.Fields {
		if fld.Name == "" {
			continue
		}
		for checks := fld.Checks; len(checks) > 0; {
			if own, n := plan.Rows(checks); n > 0 {
				if len(rows) > 0 && !plan.Adjoin(rows, own[0]) {
					flush()
				}
				rows, checks = append(rows, own...), checks[n:]
				continue
			}
			flush()
			n := slices.IndexFunc(checks, func(c *plan.Check) bool { return c.Tabular })
			if n < 0 {
				n = len(checks)
			}
			code := *fld
			code.Checks, checks = checks[:n], checks[n:]
			if !s.Tuple {
				e.fieldCheck(g, &code)
				continue
			}
			g.Id("c").Dot("Enter").Call(jen.Lit(""), jen.Lit(i))
			e.fieldCheck(g, &code)
			g.Id("c").Dot("Leave").Call()
		}
	}
	flush()
}

// restCheck prints a loop over what the fields leave over.
func (e *emitter) restCheck(g *jen.Group, s *plan.Struct) {
	rest := s.Additional
	value := jen.Id("v").Dot(rest.Name)
	loop, enter, item := jen.List(jen.Id("k"), jen.Id("e")).Op(":=").Range().Add(value), jen.Id("c").Dot("EnterField").Call(jen.Id("k")), jen.Id("e")
	if s.Tuple {
		loop, enter = jen.Id("i").Op(":=").Range().Add(value.Clone()), jen.Id("c").Dot("Enter").Call(jen.Lit(""), jen.Id("i").Op("+").Lit(len(s.Fields)))
		item = value.Clone().Index(jen.Id("i"))
	}
	g.For(loop).BlockFunc(func(g *jen.Group) {
		g.Add(enter)
		for _, c := range rest.Checks {
			e.present(g, c.Items, item, *rest.Type.Elem, 2)
		}
		g.Id("c").Dot("Leave").Call()
	})
}

// validator prints Validate, and the checks behind it.
func (e *emitter) validator(f *jen.File, name string, checked bool, checks func(g *jen.Group)) {
	recv := func() *jen.Statement { return jen.Id("v").Op("*").Id(name) }
	if !checked {
		f.Comment("// Validate reports nothing: the document states no rule that can be checked here.")
		f.Func().Params(jen.Op("*").Id(name)).Id("Validate").Params().Error().Block(jen.Return(jen.Nil()))
		f.Line()
		return
	}
	f.Comment("// Validate checks the documented rules and returns a *ValidationError that lists every violation.")
	f.Func().Params(recv()).Id("Validate").Params().Error().Block(
		jen.Return(jen.Id("validate").Call(jen.Id("v"))))
	f.Line()
	f.Func().Params(recv()).Id("check").Params(jen.Id("c").Op("*").Add(e.rt("Checker"))).BlockFunc(checks)
	f.Line()
}

// fieldCheck prints the checks of one field, inside the test that it holds a value.
func (e *emitter) fieldCheck(g *jen.Group, f *plan.Field) {
	value := jen.Id("v").Dot(f.Name)
	if !f.Optional {
		e.presentCheck(g, f, value)
		return
	}
	x, t := jen.Id("x"), *f.Type.Elem
	cond := jen.Id("ok")
	if t.Kind == plan.Pointer {
		cond = jen.Id("ok").Op("&&").Id("x").Op("!=").Nil()
	}
	get := jen.List(x.Clone(), jen.Id("ok")).Op(":=").Add(value).Dot("Get").Call()
	if len(f.Checks) == 1 && f.Checks[0].Tested == "" {
		if broken := e.broken(f.Checks[0], x); broken != nil {
			g.If(get, cond.Op("&&").Add(broken)).Block(fail(f.Wire, f.Checks[0], x))
			return
		}
	}
	g.If(get, cond).BlockFunc(func(g *jen.Group) { e.checks(g, f.Checks, f.Wire, x, t, 1) })
}

// presentCheck prints the checks of a field that is absent when nil, or cannot be absent.
func (e *emitter) presentCheck(g *jen.Group, f *plan.Field, value *jen.Statement) {
	checks := f.Checks
	if checks[0].Op == plan.CheckPresent {
		absent := value.Clone().Op("==").Nil()
		if f.File == plan.OneFile {
			absent = value.Clone().Dot("IsZero").Call()
		}
		g.If(absent).Block(fail(f.Wire, checks[0], jen.Nil()))
		checks = checks[1:]
	}
	if f.Type.Kind == plan.Pointer && len(checks) > 0 {
		g.If(value.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) { e.checks(g, checks, f.Wire, value, f.Type, 1) })
		return
	}
	nilable := f.Type.Kind == plan.Slice || f.Type.Kind == plan.Map || f.Codec.Kind == "Interface" || f.Codec.Kind == "Any" && !f.Required
	for len(checks) > 0 {
		c, n := checks[0], plan.Together(checks)
		switch {
		case n > 0 && nilable && slices.ContainsFunc(checks[:n], func(c *plan.Check) bool { return c.Op == plan.CheckMinItems }):
			g.If(value.Clone().Op("!=").Nil()).Block(tested(checks[:n], f.Wire, value, f.Type))
		case n > 0:
			g.Add(tested(checks[:n], f.Wire, value, f.Type))
		case c.Op == plan.CheckSchema && nilable:
			g.If(value.Clone().Op("!=").Nil()).Block(e.judge(c, f.Wire, value))
		default:
			e.check(g, c, f.Wire, value, f.Type, 1)
		}
		checks = checks[max(n, 1):]
	}
}

func (e *emitter) checks(g *jen.Group, checks []*plan.Check, wire string, value *jen.Statement, t plan.TypeRef, depth int) {
	for len(checks) > 0 {
		n := plan.Together(checks)
		if n > 0 {
			g.Add(tested(checks[:n], wire, value, t))
		} else {
			e.check(g, checks[0], wire, value, t, depth)
		}
		checks = checks[max(n, 1):]
	}
}

// tested is the call that checks one value by the data of rules that stand beside one another.
func tested(checks []*plan.Check, wire string, value *jen.Statement, t plan.TypeRef) *jen.Statement {
	c, v := checks[0], value.Clone()
	switch {
	case c.Tested == plan.TestedItems:
		v = jen.Len(v)
	case c.Tested == plan.TestedText && t.Kind != plan.Basic:
		v = jen.String().Call(v)
	}
	return jen.Id("c").Dot(string(c.Tested)).Call(jenx.Lit(wire), v, rulesOf(checks))
}

// rulesOf are the rules of checks, which stand beside one another.
func rulesOf(checks []*plan.Check) *jen.Statement {
	return rulesFrom(checks[0].Rule, len(checks))
}

// rulesFrom are n rules from the first on.
func rulesFrom(first *plan.Rule, n int) *jen.Statement {
	return jen.Id(first.Table).Index(jen.Lit(first.Index), jen.Lit(first.Index+n))
}

// itemChecks prints a loop over the items of a list or map. Depth tells the variables of loops within
// one another apart.
func (e *emitter) itemChecks(g *jen.Group, c *plan.Check, wire string, value *jen.Statement, t plan.TypeRef, depth int) {
	if t.Kind == plan.Slice && c.Items[0].Tested == plan.TestedText && plan.Together(c.Items) == len(c.Items) && (t.Elem.Kind == plan.Basic || t.Elem.Kind == plan.Defined) {
		e.textsCheck(g, c, wire, value, t)
		return
	}
	name := func(s string) *jen.Statement {
		if depth > 1 {
			s += fmt.Sprint(depth)
		}
		return jen.Id(s)
	}
	key, enter, item := name("i"), "Enter", value.Clone().Index(name("i"))
	loop := key.Clone().Op(":=").Range().Add(value.Clone())
	if t.Kind == plan.Map {
		key, enter, item = name("k"), "EnterKey", name("e")
		loop = jen.List(key.Clone(), item.Clone()).Op(":=").Range().Add(value.Clone())
	}
	g.For(loop).BlockFunc(func(g *jen.Group) {
		g.Id("c").Dot(enter).Call(jenx.Lit(wire), key)
		e.present(g, c.Items, item, *t.Elem, depth+1)
		g.Id("c").Dot("Leave").Call()
	})
}

// textsCheck prints a loop over a list of texts.
func (e *emitter) textsCheck(g *jen.Group, c *plan.Check, wire string, value *jen.Statement, t plan.TypeRef) {
	text := jen.Id("x")
	if t.Elem.Kind != plan.Basic {
		text = jen.String().Call(text)
	}
	g.For(jen.List(jen.Id("i"), jen.Id("x")).Op(":=").Range().Add(value.Clone())).Block(
		jen.Id("c").Dot("TextAt").Call(jenx.Lit(wire), jen.Id("i"), text, rulesOf(c.Items)))
}

// present prints the checks of an item or a body, where it is no null.
func (e *emitter) present(g *jen.Group, checks []*plan.Check, item *jen.Statement, t plan.TypeRef, depth int) {
	switch t.Kind {
	case plan.Pointer:
		g.If(item.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) { e.checks(g, checks, "", item, t, depth) })
	case plan.Opt:
		g.If(jen.List(jen.Id("x"), jen.Id("ok")).Op(":=").Add(item).Dot("Get").Call(), jen.Id("ok")).BlockFunc(func(g *jen.Group) {
			e.checks(g, checks, "", jen.Id("x"), *t.Elem, depth)
		})
	default:
		e.checks(g, checks, "", item, t, depth)
	}
}

func fail(wire string, c *plan.Check, value *jen.Statement) *jen.Statement {
	return jen.Id("c").Dot("Fail").Call(jenx.Lit(wire), ruleRef(c.Rule), value.Clone())
}

// check prints one check of one value. Wire is empty where the value is an item already entered.
func (e *emitter) check(g *jen.Group, c *plan.Check, wire string, value *jen.Statement, t plan.TypeRef, depth int) {
	if c.Tested != "" {
		g.Add(tested([]*plan.Check{c}, wire, value, t))
		return
	}
	switch c.Op {
	case plan.CheckSchema:
		g.Add(e.judge(c, wire, value))
	case plan.CheckItems:
		e.itemChecks(g, c, wire, value, t, depth)
	case plan.CheckCode:
		e.scoped(g, c, wire, value)
	case plan.CheckOneOf:
		var cases []jen.Code
		for _, name := range c.Names {
			cases = append(cases, jen.Id(name))
		}
		for _, x := range c.Values {
			cases = append(cases, jenx.Num(x))
		}
		g.Switch(value.Clone()).Block(
			jen.Case(cases...),
			jen.Default().Block(fail(wire, c, value)))
	case plan.CheckNested, plan.CheckVariant:
		if wire != "" {
			g.Id("c").Dot("EnterField").Call(jenx.Lit(wire))
		}
		if c.Op == plan.CheckNested {
			g.Add(value.Clone()).Dot("check").Call(jen.Id("c"))
		} else {
			g.Id("check"+c.Union.Name).Call(value.Clone(), jen.Id("c"))
		}
		if wire != "" {
			g.Id("c").Dot("Leave").Call()
		}
	default:
		g.If(e.broken(c, value)).Block(fail(wire, c, value))
	}
}

// broken is the condition under which a check fails; nil for those that are no condition.
func (e *emitter) broken(c *plan.Check, value *jen.Statement) *jen.Statement {
	v := value.Clone()
	bound := func(left *jen.Statement, op string) *jen.Statement {
		if c.Decimal {
			return e.rt("CompareDecimal").Call(jen.Id("Number").Call(left).Dot("String").Call(), jenx.Lit(c.Literal)).Op(op).Lit(0)
		}
		return left.Op(op).Add(jenx.Num(c.Literal))
	}
	switch c.Op {
	case plan.CheckMin:
		return bound(v, "<")
	case plan.CheckMax:
		return bound(v, ">")
	case plan.CheckGreater:
		return bound(v, "<=")
	case plan.CheckLess:
		return bound(v, ">=")
	case plan.CheckMultiple:
		if c.Decimal {
			return jen.Op("!").Add(e.rt("DecimalMultipleOf")).Call(jen.Id("Number").Call(v).Dot("String").Call(), jenx.Lit(c.Literal))
		}
		return jen.Op("!").Add(e.rt("MultipleOf")).Call(v, jenx.Lit(c.Literal))
	case plan.CheckFormat:
		return jen.Op("!").Add(e.schema("IsFormat")).Call(jenx.Lit(c.Literal), v)
	case plan.CheckUnique:
		return jen.Op("!").Qual(e.p.Runtime+"/rule", "Unique").Call(v)
	case plan.CheckKnown:
		return jen.Op("!").Add(v).Dot("Known").Call()
	}
	return nil
}
