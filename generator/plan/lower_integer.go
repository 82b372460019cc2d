package plan

import (
	"math"
	"math/big"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// Integers do not wrap around in rules. Where it is known that they cannot, they are computed as Go does it; else step
// by step in the runtime, which says whether all went well.

// interval is what an integer is at least and at most.
type interval struct{ lo, hi int64 }

// arithmetic are the operators of integers, by the ids of their overloads.
var arithmetic = map[string]struct{ op, method string }{
	"add_int64": {"+", "Add"}, "subtract_int64": {"-", "Sub"}, "multiply_int64": {"*", "Mul"}, "divide_int64": {"/", "Div"}, "modulo_int64": {"%", "Mod"}, "negate_int64": {"-", "Neg"},
}

// integers is an operation on integers.
func (l *lowering) integers(e *rules.Expr, operator struct{ op, method string }) value {
	a := l.value(e.Args[0])
	b := value{ok: always}
	if len(e.Args) > 1 {
		b = l.value(e.Args[1])
	}
	if l.bad {
		return a
	}
	out := value{ok: allOf(a.ok, b.ok), safe: allOf(a.safely(), b.safely()), kind: rules.Int, typ: basic("int64")}
	if out.within = computedWithin(operator.op, len(e.Args) == 1, a.within, b.within); out.within != nil {
		if a.isConstant() && (len(e.Args) == 1 || b.isConstant()) {
			n := out.within.lo
			return value{ok: always, kind: rules.Int, lit: n, code: numeral(numeralText(n)), within: out.within}
		}
		operand := value.plain
		shrinks := operator.op == "/" || operator.op == "%"
		if small(out.within) && (short(a) || shrinks && sameType(a.typ, basic("int"))) && (len(e.Args) == 1 || short(b)) { // int is enough on every machine
			out.typ, operand = basic("int"), func(v value) *Code { return v.code }
		}
		if len(e.Args) == 1 {
			out.code = &Code{Op: CodeUnary, Name: "-", Args: []*Code{operand(a)}}
		} else {
			out.code = infix(operator.op, unconverted(a, operand), unconverted(b, operand))
		}
		return out
	}
	chain, before, runnable := a.chain, a.before, a.runnable
	if chain == nil {
		start := a.code
		if a.isConstant() || a.typ.Kind != Basic {
			start = convert(basic("int64"), a.code)
		}
		chain, before, runnable = callFunc(l.b.rulePkg(), "Of", start), a.ok, a.safely()
	}
	if len(e.Args) == 1 {
		chain = callMethod(chain, operator.method)
	} else {
		chain, before, runnable = callMethod(chain, operator.method, unconverted(b, value.plain)), allOf(before, b.ok), allOf(runnable, b.safely())
	}
	t := l.temp(&temp{name: map[string]string{"Add": "sum", "Sub": "difference", "Mul": "product", "Div": "quotient", "Mod": "remainder", "Neg": "negative"}[operator.method],
		typ: basic("int64"), call: callMethod(chain, "Get"), can: runnable})
	out = t.result(rules.Int, before)
	out.chain, out.before, out.runnable = chain, before, runnable
	return out
}

// unconverted is an operand beside one that has a type.
func unconverted(v value, operand func(value) *Code) *Code {
	if v.isConstant() {
		return v.code
	}
	return operand(v)
}

// short reports whether a value is an int, or a constant that fits one.
func short(v value) bool {
	return v.isConstant() && !v.wide() || sameType(v.typ, basic("int")) && small(v.within)
}

func small(x *interval) bool { return x != nil && x.lo >= math.MinInt32 && x.hi <= math.MaxInt32 }

// computedWithin is what comes of an operation at least and at most; nil when that is not known, or it may fail.
func computedWithin(op string, unary bool, a, b *interval) *interval {
	any := &interval{math.MinInt64, math.MaxInt64}
	if a == nil {
		a = any
	}
	if b == nil {
		b = any
	}
	if unary {
		b, a = a, &interval{}
	}
	n := func(x int64) *big.Int { return big.NewInt(x) }
	var all []*big.Int
	switch op {
	case "+":
		all = []*big.Int{n(0).Add(n(a.lo), n(b.lo)), n(0).Add(n(a.hi), n(b.hi))}
	case "-":
		all = []*big.Int{n(0).Sub(n(a.lo), n(b.hi)), n(0).Sub(n(a.hi), n(b.lo))}
	case "*":
		for _, x := range []int64{a.lo, a.hi} {
			for _, y := range []int64{b.lo, b.hi} {
				all = append(all, n(0).Mul(n(x), n(y)))
			}
		}
	default: // by a number that is known
		if b.lo != b.hi || b.lo == 0 || b.lo == -1 {
			return nil
		}
		if a.lo == a.hi {
			if op == "/" {
				return &interval{a.lo / b.lo, a.lo / b.lo}
			}
			return &interval{a.lo % b.lo, a.lo % b.lo}
		}
		if op == "/" {
			all = []*big.Int{n(a.lo / b.lo), n(a.hi / b.lo)}
			break
		}
		most := n(0).Sub(n(0).Abs(n(b.lo)), n(1))
		all = []*big.Int{n(0), n(0)}
		if a.lo < 0 {
			all[0] = n(0).Neg(most)
		}
		if a.hi > 0 {
			all[1] = most
		}
	}
	lo, hi := all[0], all[0]
	for _, x := range all {
		if x.Cmp(lo) < 0 {
			lo = x
		}
		if x.Cmp(hi) > 0 {
			hi = x
		}
	}
	if !lo.IsInt64() || !hi.IsInt64() {
		return nil
	}
	return &interval{lo.Int64(), hi.Int64()}
}
