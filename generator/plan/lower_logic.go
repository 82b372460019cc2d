package plan

import (
	"math"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// truth is when an expression is true, or false. Where it fails, it is neither.
func (l *lowering) truth(e *rules.Expr, want bool) *cond {
	switch e.Op {
	case rules.OpLiteral:
		return constantly(e.Value == want)
	case rules.OpNot:
		return l.truth(e.Args[0], !want)
	case rules.OpAnd, rules.OpOr:
		args := make([]*cond, len(e.Args))
		for i, arg := range e.Args {
			args[i] = l.truth(arg, want)
		}
		if (e.Op == rules.OpAnd) == want {
			return allOf(args...)
		}
		return anyOne(args...)
	case rules.OpIf:
		yes, no := l.truth(e.Args[0], true), l.truth(e.Args[0], false)
		return anyOne(allOf(yes, l.truth(e.Args[1], want)), allOf(no, l.truth(e.Args[2], want)))
	case rules.OpHas:
		m := l.member(e)
		if want {
			return m.has
		}
		return allOf(m.owner, m.has.opposite())
	case rules.OpAll, rules.OpAny, rules.OpOne:
		return l.quantified(e, want)
	case rules.OpRanges:
		return l.ranges(e, want)
	case rules.OpUnique:
		return l.distinct(e, want)
	case rules.OpIs:
		return l.isVariant(e, want)
	case rules.OpCall:
		if ok, is := l.relation(e); is != nil {
			return allOf(ok, is.as(want))
		}
	}
	v := l.value(e)
	if l.bad {
		return never
	}
	if t := v.code.temp; want && !l.complete && t != nil && t.plain != nil { // true says that it is there
		return allOf(t.can, &cond{kind: condAtom, code: t.plain, implies: t})
	}
	return allOf(v.ok, atom(v.code).as(want))
}

// relation is a function that is true or false whenever its operands can be computed: when they can, and when it is
// true. Both are nil for other functions.
func (l *lowering) relation(e *rules.Expr) (ok, is *cond) {
	op, kinds := compared(e.Name)
	switch {
	case op != "":
		a, b := l.value(e.Args[0]), l.value(e.Args[1])
		if l.bad {
			return never, never
		}
		return allOf(a.ok, b.ok), l.compare(op, kinds, a, b, e)
	case e.Name == "in_list":
		return l.inList(e)
	case e.Name == "in_map":
		key, of := l.value(e.Args[0]), l.value(e.Args[1])
		if l.bad {
			return never, never
		}
		has := l.entry(of, key, e.Pos)
		return has.owner, has.has
	case e.Name == "list_is_unique", e.Name == "list_is_sorted":
		return l.arranged(e)
	case e.Name == rules.ExactlyOne:
		return l.exactlyOne(e)
	case e.Name == "matches" || e.Name == "matches_string":
		v := l.value(e.Args[0])
		return v.ok, l.matches(v, e)
	}
	return nil, nil
}

// compared is the operator of an overload that compares, and whether its operands are of several types.
func compared(overload string) (op string, mixed bool) {
	for _, c := range [...]struct{ prefix, op string }{
		{"less_equals", "<="}, {"less", "<"}, {"greater_equals", ">="}, {"greater", ">"}, {"not_equals", "!="}, {"equals", "=="},
	} {
		if overload == c.prefix {
			return c.op, false
		}
		if of, ok := strings.CutPrefix(overload, c.prefix+"_"); ok {
			return c.op, strings.Contains(of, "_")
		}
	}
	return "", false
}

// compare is a comparison of values that are there.
func (l *lowering) compare(op string, mixed bool, a, b value, e *rules.Expr) *cond {
	if mixed && a.kind != b.kind {
		return l.compareMixed(op, a, b)
	}
	switch a.kind {
	case rules.Bool:
		return l.compareBool(op, a, b)
	case rules.Bytes:
		if op == "==" || op == "!=" {
			return atom(callFunc("bytes", "Equal", a.plain(), b.plain())).as(op == "==")
		}
		return comparison(infix(op, callFunc("bytes", "Compare", a.plain(), b.plain()), numeral("0")))
	case rules.Timestamp:
		switch op {
		case "==", "!=":
			return atom(callMethod(a.code, "Equal", b.code)).as(op == "==")
		case "<", ">=":
			return atom(callMethod(a.code, "Before", b.code)).as(op == "<")
		}
		return atom(callMethod(a.code, "After", b.code)).as(op == ">")
	case rules.List:
		return atom(l.equalLists(a, b, e)).as(op == "==")
	case rules.JSON:
		return l.equalVariants(a, b).as(op == "==")
	}
	x, y := l.alike(a, b, e)
	if a.isConstant() && !b.isConstant() { // x > 1 reads better than 1 < x
		x, y, op = y, x, mirrored[op]
	}
	out := comparison(infix(op, x, y))
	out.exact = a.kind != rules.Double
	if t := x.temp; t != nil && x.Name == "" && t.plain != nil && (op == "==" || op == "!=") && !l.complete && (a.tells() || b.tells()) {
		out.code, out.implies = infix("==", t.plain, y), t
		return out.as(op == "==")
	}
	return out
}

// tells reports whether a value is a constant that no absent text or integer is equal to.
func (v value) tells() bool {
	switch x := v.lit.(type) {
	case string:
		return x != ""
	case int64:
		return x != 0
	}
	return false
}

// mirrored are the operators with their operands the other way round.
var mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

// alike are two operands of one Go type.
func (l *lowering) alike(a, b value, e *rules.Expr) (x, y *Code) {
	switch {
	case a.isConstant() && b.isConstant():
		return a.plain(), b.plain()
	case a.isConstant() && !a.wide():
		if c := l.constantOf(b, e.Args[0]); c != nil {
			return c, b.code
		}
		return a.code, b.code
	case b.isConstant() && !b.wide():
		if c := l.constantOf(a, e.Args[1]); c != nil {
			return a.code, c
		}
		return a.code, b.code
	case sameType(a.typ, b.typ):
		return a.code, b.code
	}
	return a.plain(), b.plain()
}

// constantOf is the constant of an enum that stands for a literal; nil when there is none.
func (l *lowering) constantOf(v value, e *rules.Expr) *Code {
	if v.typ.Kind != Defined || v.typ.Pkg != "" {
		return nil
	}
	for _, enum := range l.b.pkg.Enums {
		if enum.Name != v.typ.Name {
			continue
		}
		text := ""
		switch x := e.Value.(type) {
		case string:
			text = x
		case int64:
			text = numeralText(x)
		}
		if c := enum.constant(text); c != "" && text != "" {
			return name(c)
		}
	}
	return nil
}

// compareBool compares truth values: false is less than true.
func (l *lowering) compareBool(op string, a, b value) *cond {
	x, y := l.isTrue(a), l.isTrue(b)
	switch op {
	case "==", "!=":
		return comparison(infix(op, a.plain(), b.plain()))
	case "<":
		return allOf(x.opposite(), y)
	case "<=":
		return anyOne(x.opposite(), y)
	case ">":
		return allOf(x, y.opposite())
	}
	return anyOne(x, y.opposite())
}

func (l *lowering) isTrue(v value) *cond {
	if b, ok := v.lit.(bool); ok {
		return constantly(b)
	}
	return atom(v.code)
}

// compareMixed compares numbers of two types.
func (l *lowering) compareMixed(op string, a, b value) *cond {
	if order := map[rules.Kind]int{rules.Int: 0, rules.Uint: 1, rules.Double: 2}; order[a.kind] > order[b.kind] {
		a, b, op = b, a, mirrored[op]
	}
	pkg := l.b.rulePkg()
	switch {
	case b.kind == rules.Uint:
		return comparison(infix(op, callFunc(pkg, "CompareIntUint", a.plain(), b.plain()), numeral("0")))
	case a.isConstant() && exactly(a): // a number that a float64 holds
		out := comparison(infix(mirrored[op], b.code, a.code))
		out.exact = false
		return out
	}
	fn := "CompareIntFloat"
	if a.kind == rules.Uint {
		fn = "CompareUintFloat"
	}
	t := l.temp(&temp{name: "order", typ: basic("int"), call: callFunc(pkg, fn, a.plain(), b.plain()), can: allOf(a.safely(), b.safely())})
	return allOf(t.okay(), comparison(infix(op, &Code{Op: codeTemp, temp: t}, numeral("0"))))
}

// exactly reports whether an integer is a number without loss.
func exactly(v value) bool {
	n, ok := v.lit.(int64)
	return ok && n > -1<<53 && n < 1<<53
}

// wide reports whether a value is a constant that does not fit the int of every machine.
func (v value) wide() bool {
	n, ok := v.lit.(int64)
	return ok && (n > math.MaxInt32 || n < math.MinInt32)
}
