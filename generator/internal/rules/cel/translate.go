package cel

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/rt/rule"
)

// translator makes the rule tree of a checked expression.
type translator struct {
	ast      *ast.AST
	provider *provider
	source   model.Expression
	self     *rules.Type
	scope    []binding
	names    map[string]int
	diags    diag.List
}

// binding is a variable of a loop: its name in CEL, and in the tree, where no two loops share one.
type binding struct {
	name, unique string
	typ          *rules.Type
}

func (t *translator) pos(e ast.Expr) model.Pos {
	if r, ok := t.ast.SourceInfo().GetOffsetRange(e.ID()); ok {
		return t.source.At(int(r.Start))
	}
	return t.source.At(0)
}

// refuse reports what the tree cannot say, and returns something in its place.
func (t *translator) refuse(e ast.Expr, format string, args ...any) *rules.Expr {
	t.diags.Errorf(t.pos(e), "rule-unsupported", format, args...)
	return &rules.Expr{Op: rules.OpLiteral, Type: t.provider.ruleType(t.ast.GetType(e.ID())), Pos: t.pos(e)}
}

func (t *translator) node(e ast.Expr, op rules.Op, args ...*rules.Expr) *rules.Expr {
	return &rules.Expr{Op: op, Type: t.provider.ruleType(t.ast.GetType(e.ID())), Pos: t.pos(e), Args: args}
}

func (t *translator) exprs(list []ast.Expr) []*rules.Expr {
	out := make([]*rules.Expr, len(list))
	for i, e := range list {
		out[i] = t.expr(e)
	}
	return out
}

func (t *translator) expr(e ast.Expr) *rules.Expr {
	switch e.Kind() {
	case ast.LiteralKind:
		return t.literal(e)
	case ast.IdentKind:
		return t.ident(e)
	case ast.SelectKind:
		return t.selected(e)
	case ast.ListKind:
		if len(e.AsList().OptionalIndices()) > 0 {
			return t.refuse(e, "optional values are not part of the language here")
		}
		return t.node(e, rules.OpList, t.exprs(e.AsList().Elements())...)
	case ast.CallKind:
		return t.call(e)
	case ast.ComprehensionKind:
		return t.loop(e)
	}
	return t.refuse(e, "objects and maps cannot be made here")
}

func (t *translator) literal(e ast.Expr) *rules.Expr {
	x := t.node(e, rules.OpLiteral)
	switch v := e.AsLiteral().(type) {
	case types.Bool:
		x.Value = bool(v)
	case types.Int:
		x.Value = int64(v)
	case types.Uint:
		x.Value = uint64(v)
	case types.Double:
		x.Value = float64(v)
	case types.String:
		x.Value = string(v)
	case types.Bytes:
		x.Value = []byte(v)
	default:
		t.refuse(e, "there is no null here: a member that is null counts as absent")
		t.diags.Hint("ask with has()")
	}
	return x
}

func (t *translator) ident(e ast.Expr) *rules.Expr {
	for i := len(t.scope) - 1; i >= 0; i-- {
		if b := t.scope[i]; b.name == e.AsIdent() {
			return &rules.Expr{Op: rules.OpVar, Type: b.typ, Pos: t.pos(e), Name: b.unique}
		}
	}
	switch e.AsIdent() {
	case "self":
		return t.typed(e, &rules.Expr{Op: rules.OpSelf, Type: t.self, Pos: t.pos(e)})
	case "now":
		return t.node(e, rules.OpNow)
	}
	return t.refuse(e, "types are no values here")
}

// typed refuses a value that has no one type.
func (t *translator) typed(e ast.Expr, x *rules.Expr) *rules.Expr {
	if x.Type.Kind == rules.JSON {
		return t.refuse(e, "this may be of several types, or of one that CEL does not have; a rule can only ask whether it is there")
	}
	return x
}

func (t *translator) selected(e ast.Expr) *rules.Expr {
	s := e.AsSelect()
	of := t.expr(s.Operand())
	x := &rules.Expr{Op: rules.OpMember, Pos: t.pos(e), Name: s.FieldName(), Args: []*rules.Expr{of}}
	switch {
	case s.IsTestOnly():
		x.Op, x.Type = rules.OpHas, &rules.Type{Kind: rules.Bool}
		return x
	case of.Type.Kind == rules.Map:
		key := &rules.Expr{Op: rules.OpLiteral, Type: &rules.Type{Kind: rules.String}, Pos: x.Pos, Value: x.Name}
		return t.typed(e, &rules.Expr{Op: rules.OpIndex, Type: of.Type.Elem, Pos: x.Pos, Args: []*rules.Expr{of, key}})
	}
	f := of.Type.Field(x.Name)
	if f == nil { // of something that was refused
		return t.node(e, rules.OpLiteral)
	}
	x.Type = f.Type
	return t.typed(e, x)
}

func (t *translator) call(e ast.Expr) *rules.Expr {
	c := e.AsCall()
	operands := c.Args()
	if c.IsMemberFunction() {
		operands = append([]ast.Expr{c.Target()}, operands...)
	}
	switch c.FunctionName() {
	case operators.LogicalAnd:
		return t.flat(e, rules.OpAnd, operands)
	case operators.LogicalOr:
		return t.flat(e, rules.OpOr, operands)
	case operators.LogicalNot:
		return t.node(e, rules.OpNot, t.exprs(operands)...)
	case operators.Conditional:
		x := t.node(e, rules.OpIf, t.exprs(operands)...)
		if x.Args[1].Type.Kind != rules.List || x.Args[1].Type.Elem.Kind != rules.JSON {
			x.Type = x.Args[1].Type // it may tell more than what cel-go knows
		}
		return x
	case operators.Index:
		x := t.node(e, rules.OpIndex, t.exprs(operands)...)
		if elem := x.Args[0].Type.Elem; elem != nil {
			x.Type = elem
		}
		return t.typed(e, x)
	case defaultOf:
		return t.defaultOf(e, operands[0])
	case disjoint:
		return t.joined(e, rules.OpRanges, operands)
	case distinct:
		return t.joined(e, rules.OpUnique, operands)
	}
	ids := t.ast.GetOverloadIDs(e.ID())
	if len(ids) != 1 {
		return t.refuse(e, "the types of the operands leave open what is meant")
	}
	return t.function(e, ids[0], operands)
}

// flat makes one node of a chain of the same operator.
func (t *translator) flat(e ast.Expr, op rules.Op, operands []ast.Expr) *rules.Expr {
	x := t.node(e, op)
	for _, arg := range t.exprs(operands) {
		if arg.Op == op {
			x.Args = append(x.Args, arg.Args...)
		} else {
			x.Args = append(x.Args, arg)
		}
	}
	return x
}

func (t *translator) function(e ast.Expr, id string, operands []ast.Expr) *rules.Expr {
	x := t.node(e, rules.OpCall, t.exprs(operands)...)
	x.Name = id
	switch id {
	case "equals", "not_equals", "in_list", "list_is_unique":
		of := x.Args[len(x.Args)-1].Type
		for of.Kind == rules.List && of.Elem != nil {
			of = of.Elem
		}
		if !of.Scalar() && !(of.Kind == rules.JSON && x.Args[len(x.Args)-1].Op == rules.OpList) {
			return t.refuse(e, "%ss cannot be compared: they may have members that the document does not know", strings.TrimPrefix(strings.TrimPrefix(of.Kind.String(), "an "), "a "))
		}
	case "list_is_sorted":
		if elem := x.Args[0].Type.Elem; elem == nil || !elem.Scalar() {
			return t.refuse(e, "the items have no order")
		}
	case "matches", "matches_string":
		pattern, ok := x.Args[1].Value.(string)
		if x.Args[1].Op != rules.OpLiteral || !ok {
			return t.refuse(operands[1], "a pattern must be written out")
		}
		if _, err := regexp.Compile(pattern); err != nil {
			t.diags.Errorf(x.Args[1].Pos, "rule-pattern", "the pattern is wrong: %v", err)
			t.diags.Hint("patterns are RE2: no look-around and no back-references")
		}
		x.Args, x.Pattern = x.Args[:1], pattern
	case "string_to_timestamp", "string_to_duration":
		return t.folded(e, x)
	case "type", "to_dyn", "string_format", "strings_quote", "string_split_string_int", "string_replace_string_string_int":
		return t.refuse(e, "the function %s is not part of the language here", e.AsCall().FunctionName())
	}
	if strings.HasSuffix(id, "_tz") {
		return t.zoned(e, x)
	}
	return x
}

// folded computes times and durations that are written out.
func (t *translator) folded(e ast.Expr, x *rules.Expr) *rules.Expr {
	s, ok := x.Args[0].Value.(string)
	if x.Args[0].Op != rules.OpLiteral || !ok {
		return x
	}
	var value any
	if x.Type.Kind == rules.Timestamp {
		value, ok = rule.ParseTime(s)
	} else {
		value, ok = rule.ParseDuration(s)
	}
	if !ok {
		t.diags.Errorf(x.Args[0].Pos, "rule-literal", "%q is not %s", s, x.Type.Kind)
	}
	lit := t.node(e, rules.OpLiteral)
	lit.Value = value
	return lit
}

// zoned replaces the time zone of a call by its offset in seconds. Zones with a name are refused: what they mean
// depends on the machine.
func (t *translator) zoned(e ast.Expr, x *rules.Expr) *rules.Expr {
	zone, _ := x.Args[1].Value.(string)
	m := regexp.MustCompile(`^([+-])([01][0-9]|2[0-3]):([0-5][0-9])$`).FindStringSubmatch(zone)
	if x.Args[1].Op != rules.OpLiteral || m == nil && zone != "UTC" {
		return t.refuse(e, "a time zone must be written out, as UTC or an offset like +08:00")
	}
	var seconds int64
	if m != nil {
		offset, err := time.ParseDuration(m[1] + m[2] + "h" + m[3] + "m")
		if err != nil {
			return t.refuse(e, "the time zone cannot be read: %v", err)
		}
		seconds = int64(offset / time.Second)
	}
	x.Args[1] = &rules.Expr{Op: rules.OpLiteral, Type: &rules.Type{Kind: rules.Int}, Pos: x.Args[1].Pos, Value: seconds}
	return x
}

// defaultOf is the documented default of a member.
func (t *translator) defaultOf(e, member ast.Expr) *rules.Expr {
	s := member.AsSelect()
	of := t.expr(s.Operand())
	f := of.Type.Field(s.FieldName())
	x := t.node(e, rules.OpLiteral)
	x.Pos = t.pos(member)
	switch {
	case f == nil:
		return t.refuse(member, "only members of objects have a default")
	case f.Default == nil:
		t.diags.Errorf(x.Pos, "rule-default", "no default of %s is documented", f.Name)
		t.diags.Hint("state the default in the schema, or ask with has()")
		return x
	}
	value, err := constant(f.Type, f.Default)
	if err != nil {
		t.diags.Errorf(x.Pos, "rule-default", "the default of %s cannot be used in a rule: %v", f.Name, err)
		return x
	}
	x.Type, x.Value = f.Type, value
	return x
}

// loop recognises what the macros of CEL expand to.
func (t *translator) loop(e ast.Expr) *rules.Expr {
	c := e.AsComprehension()
	if c.HasIterVar2() {
		return t.refuse(e, "loops with two variables are not part of the language here")
	}
	list := t.expr(c.IterRange())
	x := t.node(e, "", list)
	elem := list.Type.Elem
	if list.Type.Kind == rules.Map {
		elem = &rules.Type{Kind: rules.String}
	}
	if elem == nil {
		return t.refuse(e, "there is nothing to go through")
	}
	x.Name = t.unique(c.IterVar())
	t.scope = append(t.scope, binding{c.IterVar(), x.Name, elem})
	defer func() { t.scope = t.scope[:len(t.scope)-1] }()
	step := c.LoopStep().AsCall()
	switch step.FunctionName() {
	case operators.LogicalAnd:
		x.Op, x.Args = rules.OpAll, append(x.Args, t.expr(step.Args()[1]))
	case operators.LogicalOr:
		x.Op, x.Args = rules.OpAny, append(x.Args, t.expr(step.Args()[1]))
	case operators.Conditional: // exists_one, filter, and map with a condition
		if c.AccuInit().Kind() == ast.LiteralKind {
			x.Op, x.Args = rules.OpOne, append(x.Args, t.expr(step.Args()[0]))
			break
		}
		result := step.Args()[1].AsCall().Args()[1].AsList().Elements()[0]
		if result.Kind() == ast.IdentKind && result.AsIdent() == c.IterVar() {
			x.Op, x.Args = rules.OpFilter, append(x.Args, t.expr(step.Args()[0]))
			x.Type = &rules.Type{Kind: rules.List, Elem: elem}
			break
		}
		return t.refuse(e, "a map with a condition is not part of the language here; filter first")
	default: // map
		result := t.expr(step.Args()[1].AsList().Elements()[0])
		x.Op, x.Args = rules.OpEach, append(x.Args, result)
		x.Type = &rules.Type{Kind: rules.List, Elem: result.Type}
	}
	if list.Type.Kind == rules.Map && (x.Op == rules.OpFilter || x.Op == rules.OpEach) {
		return t.refuse(e, "the members of a map have no order that a list could have")
	}
	return x
}

// unique is a name for a variable that no other loop of the expression has.
func (t *translator) unique(name string) string {
	t.names[name]++
	if n := t.names[name]; n > 1 {
		return name + strconv.Itoa(n)
	}
	return name
}

// joined makes one loop of lists of what may be absent: bounds of ranges, or keys.
func (t *translator) joined(e ast.Expr, op rules.Op, operands []ast.Expr) *rules.Expr {
	x := t.node(e, op)
	for _, list := range t.exprs(operands) {
		if list.Op != rules.OpEach {
			return t.refuse(e, "bounds and keys must be written out")
		}
		if x.Args == nil {
			x.Name, x.Args = list.Name, list.Args[:1]
		}
		own := list.Args[1]
		own.Walk(func(inner *rules.Expr) bool {
			if inner.Op == rules.OpVar && inner.Name == list.Name {
				inner.Name = x.Name
			}
			return true
		})
		x.Args = append(x.Args, bound(own))
	}
	for _, b := range x.Args[1:] {
		switch elem := b.Type.Elem; {
		case op == rules.OpUnique && (elem == nil || !elem.Scalar()):
			return t.refuse(e, "%s cannot be a key", kindOf(elem))
		case op == rules.OpRanges && (elem == nil || !elem.Scalar() || elem.Kind == rules.Bool || elem.Kind == rules.Bytes):
			return t.refuse(e, "%s cannot bound a range", kindOf(elem))
		}
	}
	return x
}

func kindOf(t *rules.Type) string {
	if t == nil {
		return "this"
	}
	return fmt.Sprint(t.Kind)
}

// bound makes an end of a range, or a key, of a list of one or none.
func bound(list *rules.Expr) *rules.Expr {
	b := &rules.Type{Kind: rules.Bound, Elem: list.Type.Elem}
	switch {
	case list.Op == rules.OpIf && len(list.Args) == 3 && list.Args[2].Op == rules.OpList && len(list.Args[2].Args) == 0:
		one := bound(list.Args[1])
		return &rules.Expr{Op: rules.OpIf, Type: one.Type, Pos: list.Pos, Args: []*rules.Expr{list.Args[0], one}}
	case list.Op == rules.OpList && len(list.Args) == 1:
		b.Elem = list.Args[0].Type
		return &rules.Expr{Op: rules.OpIf, Type: b, Pos: list.Pos, Args: []*rules.Expr{always(list.Pos), list.Args[0]}}
	}
	return &rules.Expr{Op: rules.OpLiteral, Type: b, Pos: list.Pos}
}

func always(pos model.Pos) *rules.Expr {
	return &rules.Expr{Op: rules.OpLiteral, Type: &rules.Type{Kind: rules.Bool}, Pos: pos, Value: true}
}
