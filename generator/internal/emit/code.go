package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// codePrinter prints the code that rules became.
type codePrinter struct {
	self *jen.Statement // the value that is checked
	rule *plan.Rule
	path string // of what it is about
}

func (p codePrinter) block(list []*plan.Code) []jen.Code {
	var out []jen.Code
	for _, c := range list {
		if c.Op == plan.CodeFail && c.Name != "" { // of an item
			out = append(out, p.enter(jen.Id(c.Name)), p.within(c.Text).statement(c), jen.Id("c").Dot("Leave").Call())
			continue
		}
		out = append(out, p.statement(c))
	}
	return out
}

// within is a printer of what stands in an item.
func (p codePrinter) within(path string) codePrinter {
	return codePrinter{self: p.self, rule: p.rule, path: path}
}

// enter goes to an item of the list that the rule is about.
func (p codePrinter) enter(index jen.Code) jen.Code {
	return jen.Id("c").Dot("Enter").Call(jenx.Lit(p.path), index)
}

// fail is what is done when the rule is broken.
func (p codePrinter) fail(value, message jen.Code) jen.Code {
	if message != nil {
		return jen.Id("c").Dot("FailAs").Call(jenx.Lit(p.path), ruleRef(p.rule), value, message)
	}
	return jen.Id("c").Dot("Fail").Call(jenx.Lit(p.path), ruleRef(p.rule), value)
}

func (p codePrinter) statement(c *plan.Code) jen.Code {
	switch c.Op {
	case plan.CodeVar:
		return jen.Var().Id(c.Names[0]).Add(jenx.Type(*c.Type))
	case plan.CodeDefine, plan.CodeAssign:
		op := ":="
		if c.Op == plan.CodeAssign {
			op = "="
		}
		return names(c.Names).Op(op).List(p.list(c.Args)...)
	case plan.CodeIf:
		if c.Init != nil {
			return jen.If(p.statement(c.Init), p.expr(c.Args[0])).Block(p.block(c.Body)...)
		}
		out := jen.If(p.expr(c.Args[0])).Block(p.block(c.Body)...)
		if len(c.Else) > 0 {
			out.Else().Block(p.block(c.Else)...)
		}
		return out
	case plan.CodeFor:
		return jen.For(names(c.Names).Op(":=").Range().Add(p.expr(c.Args[0]))).Block(p.block(c.Body)...)
	case plan.CodeReturn:
		return jen.Return(p.list(c.Args)...)
	case plan.CodeFail:
		if len(c.Args) > 1 {
			return p.fail(p.expr(c.Args[0]), p.expr(c.Args[1]))
		}
		return p.fail(p.expr(c.Args[0]), nil)
	}
	return p.expr(c)
}

func names(list []string) *jen.Statement {
	out := make([]jen.Code, len(list))
	for i, name := range list {
		out[i] = jen.Id(name)
	}
	return jen.List(out...)
}

func (p codePrinter) list(args []*plan.Code) []jen.Code {
	out := make([]jen.Code, len(args))
	for i, c := range args {
		out[i] = p.expr(c)
	}
	return out
}

func (p codePrinter) expr(c *plan.Code) *jen.Statement {
	switch c.Op {
	case plan.CodeSelf:
		return p.self.Clone()
	case plan.CodeName:
		return qualified(c)
	case plan.CodeText:
		return jenx.Lit(c.Text)
	case plan.CodeNumber:
		return jenx.Num(c.Text)
	case plan.CodeMember:
		return p.operand(c.Args[0]).Dot(c.Name)
	case plan.CodeIndex:
		return p.operand(c.Args[0]).Index(p.expr(c.Args[1]))
	case plan.CodeCall:
		return qualified(c).Call(p.list(c.Args)...)
	case plan.CodeMethod:
		return p.operand(c.Args[0]).Dot(c.Name).Call(p.list(c.Args[1:])...)
	case plan.CodeConvert:
		return jenx.Type(*c.Type).Parens(p.expr(c.Args[0]))
	case plan.CodeAssert:
		return p.operand(c.Args[0]).Assert(jenx.Type(*c.Type))
	case plan.CodeList:
		return jenx.Type(*c.Type).Values(p.list(c.Args)...)
	case plan.CodeUnary:
		return jen.Op(c.Name).Add(p.operand(c.Args[0]))
	case plan.CodeBinary:
		return p.binary(c)
	case plan.CodeAddress:
		return jen.Op("&").Id(c.Name)
	case plan.CodeNow:
		return jen.Id("c").Dot("Now").Call()
	case plan.CodeFunc:
		return p.function(c)
	}
	return jen.Null()
}

func qualified(c *plan.Code) *jen.Statement {
	if c.Pkg == "" {
		return jen.Id(c.Name)
	}
	return jen.Qual(c.Pkg, c.Name)
}

// operand is an expression that a selector or operator binds to.
func (p codePrinter) operand(c *plan.Code) *jen.Statement {
	if c.Op == plan.CodeBinary || c.Op == plan.CodeUnary {
		return jen.Parens(p.expr(c))
	}
	return p.expr(c)
}

// precedence are the binary operators of Go by how tightly they bind.
var precedence = map[string]int{"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5}

// binary prints a chain of one operator.
func (p codePrinter) binary(c *plan.Code) *jen.Statement {
	out := jen.Null()
	for i, arg := range c.Args {
		x := p.expr(arg)
		if inner := precedence[arg.Name]; arg.Op == plan.CodeBinary && (inner < precedence[c.Name] || inner == precedence[c.Name] && i > 0) {
			x = jen.Parens(x)
		}
		if i == 0 {
			out = x
		} else {
			out = out.Op(c.Name).Add(x)
		}
	}
	return out
}

// function prints a function literal. A short one stands in one line.
func (p codePrinter) function(c *plan.Code) *jen.Statement {
	params := make([]jen.Code, len(c.Params))
	for i, param := range c.Params {
		params[i] = jen.Id(param.Name)
		if i+1 == len(c.Params) || c.Params[i+1].Type.String() != param.Type.String() { // func(a, b Tag)
			params[i] = jen.Id(param.Name).Add(jenx.Type(param.Type))
		}
	}
	out := jen.Func().Params(params...)
	if len(c.Names) > 0 {
		out.Params(jenx.Type(*c.Type), jen.Id(c.Names[0]))
	} else {
		out.Add(jenx.Type(*c.Type))
	}
	if len(c.Body) == 1 {
		return out.Op("{").Add(p.statement(c.Body[0])).Op("}")
	}
	return out.Block(p.block(c.Body)...)
}

// ruleChecks prints the rules that a document states of a value as a whole, or of a call.
func (e *emitter) ruleChecks(g *jen.Group, list []*plan.Check, wire string, self *jen.Statement) {
	for _, c := range list {
		e.ruleCheck(g, c, wire, self)
	}
}

func (e *emitter) ruleCheck(g *jen.Group, c *plan.Check, wire string, self *jen.Statement) {
	path := wire
	if c.Path != "" && wire != "" {
		path += "."
	}
	path += c.Path
	p := codePrinter{self: self, rule: c.Rule, path: path}
	for _, s := range p.block(c.Code) {
		g.Add(s)
	}
}

// scoped prints the rules of a value that stands beside others: what they define is theirs.
func (e *emitter) scoped(g *jen.Group, c *plan.Check, wire string, self *jen.Statement) {
	for _, s := range c.Code {
		if s.Op == plan.CodeDefine || s.Op == plan.CodeVar {
			g.BlockFunc(func(g *jen.Group) { e.ruleCheck(g, c, wire, self) })
			return
		}
	}
	e.ruleCheck(g, c, wire, self)
}
