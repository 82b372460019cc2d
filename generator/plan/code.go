package plan

import (
	"fmt"
	"strings"
)

// Code is a piece of Go that a rule became: an expression or a statement. Plan decides all of it, and emitters
// print it as it stands.
type Code struct {
	Op     CodeOp   `json:"op"`
	Name   string   `json:"name,omitempty"`   // of a variable, member, function or operator
	Pkg    string   `json:"pkg,omitempty"`    // import path of a function; empty: built in, or of this package
	Text   string   `json:"text,omitempty"`   // of a literal
	Type   *TypeRef `json:"type,omitempty"`   // of a conversion, list, variable or result
	Args   []*Code  `json:"args,omitempty"`   // operands; of a statement, what it assigns or returns
	Params []Local  `json:"params,omitempty"` // of a function literal
	Names  []string `json:"names,omitempty"`  // that a statement defines or assigns to
	Init   *Code    `json:"init,omitempty"`   // of an if
	Body   []*Code  `json:"body,omitempty"`
	Else   []*Code  `json:"else,omitempty"` // of an if

	temp *temp // of codeTemp
	when *cond // of codeClosure: what it returns
	give value // of codeClosure: what it returns instead
	pair *cond // of codeClosure: a second result
	sure *cond // of codeClosure: what holds where it is called
}

// Local is a parameter of a function literal.
type Local struct {
	Name string  `json:"name"`
	Type TypeRef `json:"type"`
}

// CodeOp is a form of Go code.
type CodeOp string

// The forms of expressions.
const (
	CodeSelf    CodeOp = "self"    // the value that is checked
	CodeName    CodeOp = "name"    // a variable, or a constant of the package
	CodeText    CodeOp = "text"    // a string literal of Text
	CodeNumber  CodeOp = "number"  // Text as it is: a number
	CodeMember  CodeOp = "member"  // Args[0].Name
	CodeIndex   CodeOp = "index"   // Args[0][Args[1]]
	CodeCall    CodeOp = "call"    // Pkg.Name(Args…)
	CodeMethod  CodeOp = "method"  // Args[0].Name(Args[1:]…)
	CodeConvert CodeOp = "convert" // Type(Args[0])
	CodeAssert  CodeOp = "assert"  // Args[0].(Type), with a second result
	CodeList    CodeOp = "list"    // Type{Args…}
	CodeUnary   CodeOp = "unary"   // Name Args[0]
	CodeBinary  CodeOp = "binary"  // Args[0] Name Args[1], and so on
	CodeFunc    CodeOp = "func"    // func(Params) Type { Body }
	CodeAddress CodeOp = "address" // &Name: a variable of the package
	CodeNow     CodeOp = "now"     // the time of the client's clock
)

// The forms of statements.
const (
	CodeDefine CodeOp = "define" // Names := Args
	CodeAssign CodeOp = "assign" // Names = Args
	CodeVar    CodeOp = "var"    // var Names[0] Type
	CodeIf     CodeOp = "if"     // if Init; Args[0] { Body }
	CodeFor    CodeOp = "for"    // for Names := range Args[0] { Body }
	CodeReturn CodeOp = "return" // return Args
	CodeFail   CodeOp = "fail"   // the rule is broken: Args[0] is the offending value, Args[1] the message if it is made; of the item whose index is Name, Text is the place in it
)

// The forms that stand for code until it is known where it stands.
const (
	codeTemp    CodeOp = "temp"    // the value of a temporary; with Name, whether it has one
	codeClosure CodeOp = "closure" // a function that returns what when, give and pair say
)

func name(n string) *Code           { return &Code{Op: CodeName, Name: n} }
func numeral(text string) *Code     { return &Code{Op: CodeNumber, Text: text} }
func literalText(text string) *Code { return &Code{Op: CodeText, Text: text} }
func selected(x *Code, field string) *Code {
	return &Code{Op: CodeMember, Name: field, Args: []*Code{x}}
}
func convert(t TypeRef, x *Code) *Code {
	return &Code{Op: CodeConvert, Type: &t, Args: []*Code{x}}
}
func infix(op string, x, y *Code) *Code {
	return &Code{Op: CodeBinary, Name: op, Args: []*Code{x, y}}
}
func callMethod(x *Code, method string, args ...*Code) *Code {
	return &Code{Op: CodeMethod, Name: method, Args: append([]*Code{x}, args...)}
}
func callFunc(pkg, fn string, args ...*Code) *Code {
	return &Code{Op: CodeCall, Pkg: pkg, Name: fn, Args: args}
}

// key is the same for code that is the same.
func (c *Code) key() string {
	var b strings.Builder
	c.write(&b)
	return b.String()
}

func (c *Code) write(b *strings.Builder) {
	fmt.Fprintf(b, "(%s %s %s %q", c.Op, c.Name, c.Pkg, c.Text)
	if c.Type != nil {
		b.WriteString(c.Type.String())
	}
	for _, p := range c.Params {
		fmt.Fprintf(b, " %s %s", p.Name, p.Type)
	}
	for _, x := range c.Args {
		x.write(b)
	}
	if c.temp != nil {
		b.WriteString(c.temp.call.key())
	}
	for _, when := range []*cond{c.when, c.pair} {
		if when != nil {
			b.WriteString(when.key())
		}
	}
	if c.give.code != nil {
		c.give.code.write(b)
	}
	b.WriteByte(')')
}

// inverse are the operators that say the opposite, of values that have an order.
var inverse = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
