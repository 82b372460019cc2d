// Package cel reads the rules that documents write in CEL, x-validations, into the rule tree. It alone knows cel-go,
// which parses and checks them against the types of the schemas. What the tree cannot say with exactly the meaning
// of CEL is refused where it stands.
package cel

import (
	"slices"
	"strings"

	celgo "cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// The limits of an expression. A rule that people can read is far below them.
const (
	maxSize  = 10_000 // characters
	maxDepth = 100    // of nesting
)

// Compile reads the rules of all schemas and operations that are in use, in document order. A rule with an error is
// left out.
func Compile(api *model.API, shapes *shape.Shapes) ([]*rules.Subject, diag.List) {
	if !api.HasValidations {
		return nil, nil
	}
	return newCompiler(api, shapes).compile()
}

func (c *compiler) compile() ([]*rules.Subject, diag.List) {
	used := reach{}
	used.operations(c.api)
	reached := used.list
	var subjects []*rules.Subject
	for _, op := range c.api.Operations {
		if len(op.Validations) > 0 {
			subjects = append(subjects, c.subject(&rules.Subject{Operation: op, Type: c.types.Request(op)}, op.Validations))
		}
	}
	for _, s := range reached {
		if len(s.Validations) > 0 {
			subjects = append(subjects, c.subject(&rules.Subject{Schema: s, Type: c.types.Of(s)}, s.Validations))
		}
	}
	c.unused(used)
	return subjects, c.diags
}

// compiler is the state of one Compile.
type compiler struct {
	api      *model.API
	types    *rules.Types
	provider *provider
	env      *celgo.Env                 // without self; nil until the first rule
	envs     map[*rules.Type]*celgo.Env // with self
	seen     map[string]model.Pos
	diags    diag.List
}

func newCompiler(api *model.API, shapes *shape.Shapes) *compiler {
	return &compiler{api: api, types: rules.NewTypes(shapes), provider: newProvider(), envs: map[*rules.Type]*celgo.Env{}, seen: map[string]model.Pos{}}
}

// subject reads the rules of one subject.
func (c *compiler) subject(s *rules.Subject, list []*model.Validation) *rules.Subject {
	for _, v := range list {
		before := len(c.diags)
		c.identify(v)
		r := &rules.Rule{Keyword: "x-validations", Pos: v.Pos, Source: v.Source, Stated: v}
		if v.Rule.Text != "" {
			r.Cond = c.expression(v.Rule, s.Type, rules.Bool, "the rule", nil)
		}
		c.fieldPath(r, v.FieldPath, s.Type)
		if v.MessageExpression.Text != "" {
			var broken facts // the message is made where the rule does not hold
			if r.Cond != nil {
				broken = told(r.Cond, false)
			}
			r.Message = c.expression(v.MessageExpression, s.Type, rules.String, "the message", broken)
		}
		c.codes(v)
		if r.Cond != nil && !r.Cond.Reads(rules.OpSelf) {
			c.diags.Errorf(v.Rule.At(0), "rule-constant", "the rule %s says nothing of self", v.ID)
		}
		if !c.diags[before:].HasErrors() {
			s.Rules = append(s.Rules, r)
		}
	}
	return s
}

// identify reports an id that another rule has.
func (c *compiler) identify(v *model.Validation) {
	first, ok := c.seen[v.ID]
	if ok && first != v.Pos {
		c.diags.Errorf(v.Pos, "rule-repeated", "another rule has the id %s; first at %s", v.ID, first)
		c.diags[len(c.diags)-1].Related = []model.Pos{first}
	} else if !ok {
		c.seen[v.ID] = v.Pos
	}
}

// codes reports error codes that the API does not document.
func (c *compiler) codes(v *model.Validation) {
	if c.api.Errors == nil {
		return
	}
	var known []string
	for _, code := range c.api.Errors.Codes {
		known = append(known, code.Code)
	}
	for _, code := range v.Codes {
		if len(known) > 0 && !slices.Contains(known, code) {
			c.diags.Errorf(v.Pos, "rule-code", "the rule %s names the error code %s, which is not documented", v.ID, code)
			c.hintNear(code, known)
		}
	}
}

func (c *compiler) hintNear(name string, names []string) {
	if near := diag.Nearest(name, names); near != "" {
		c.diags.Hint("did you mean %q?", near)
	}
}

// environment is what rules about values of a type can refer to.
func (c *compiler) environment(self *rules.Type) (*celgo.Env, error) {
	if c.env == nil {
		env, err := celgo.NewEnv(
			celgo.CustomTypeProvider(c.provider), celgo.CustomTypeAdapter(c.provider), celgo.Variable("now", celgo.TimestampType),
			celgo.CrossTypeNumericComparisons(true), celgo.HomogeneousAggregateLiterals(), celgo.EnableIdentifierEscapeSyntax(),
			celgo.DefaultUTCTimeZone(true), celgo.ParserExpressionSizeLimit(maxSize), celgo.ParserRecursionLimit(maxDepth),
			ext.Strings(ext.StringsVersion(4)), celgo.Lib(library{}),
		)
		if err != nil {
			return nil, err
		}
		c.env = env
	}
	if env := c.envs[self]; env != nil {
		return env, nil
	}
	env, err := c.env.Extend(celgo.Variable("self", c.provider.celType(self)))
	if err == nil {
		c.envs[self] = env
	}
	return env, err
}

// expression reads one expression, whose value must be of a kind and counts where known holds; nil when there are
// errors.
func (c *compiler) expression(e model.Expression, self *rules.Type, want rules.Kind, what string, known facts) *rules.Expr {
	before := len(c.diags)
	ast := c.parse(e, self)
	if ast == nil {
		return nil
	}
	t := translator{ast: ast.NativeRep(), provider: c.provider, source: e, self: self, names: map[string]int{}}
	x := t.expr(t.ast.Expr())
	c.diags = append(c.diags, t.diags...)
	if t.diags.HasErrors() {
		return nil
	}
	if x.Type.Kind != want {
		c.diags.Errorf(x.Pos, "rule-type", "%s must be %s, not %s", what, want, x.Type.Kind)
	}
	g := guard{diags: &c.diags}
	g.check(x, known)
	if c.diags[before:].HasErrors() {
		return nil
	}
	return x
}

// parse has an expression parsed and checked by cel-go.
func (c *compiler) parse(e model.Expression, self *rules.Type) *celgo.Ast {
	env, err := c.environment(self)
	if err != nil {
		c.diags.Errorf(e.At(0), "rule-type", "the rules cannot be read: %v", err)
		return nil
	}
	ast, issues := env.Parse(e.Text)
	if issues.Err() != nil {
		c.issues(e, issues, "rule-syntax")
		return nil
	}
	ast, issues = env.Check(ast)
	if issues.Err() != nil {
		c.issues(e, issues, "rule-type")
		return nil
	}
	return ast
}

// issues reports what cel-go found, where it found it.
func (c *compiler) issues(e model.Expression, issues *celgo.Issues, code string) {
	lines := []int{0} // offsets of the lines
	for i, r := range []rune(e.Text) {
		if r == '\n' {
			lines = append(lines, i+1)
		}
	}
	for _, issue := range issues.Errors() {
		offset := 0
		if l := issue.Location.Line() - 1; l >= 0 && l < len(lines) {
			offset = lines[l] + max(issue.Location.Column(), 0)
		}
		message, of := issue.Message, code
		var names []string
		switch {
		case strings.HasPrefix(message, "undefined field"):
			of, names = "rule-member", c.members()
		case strings.HasPrefix(message, "undeclared reference"):
			of, names = "rule-name", []string{"self", "now"}
			message, _, _ = strings.Cut(message, " (in container")
		case strings.HasPrefix(message, "Syntax error: "):
			message, _, _ = strings.Cut(strings.TrimPrefix(message, "Syntax error: "), " expecting ")
			message = strings.Replace(message, "mismatched input '<EOF>'", "the expression ends too early", 1)
		}
		c.diags.Errorf(e.At(offset), of, "%s", message)
		if parts := strings.Split(message, "'"); len(parts) > 2 && names != nil {
			c.hintNear(parts[1], names)
		} else if strings.Contains(message, "null)") {
			c.diags.Hint("a member that is null counts as absent: ask with has()")
		}
	}
}

// members are the names of all members that rules have come across.
func (c *compiler) members() []string {
	var names []string
	for _, t := range c.provider.objects {
		for _, f := range t.Fields {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}
