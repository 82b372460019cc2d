package plan

import (
	"math"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Rules become Go here. An expression is true, false, or fails; Go knows two of the three. So for a condition we ask
// when it is true, and when it is false: what fails is neither. That && and || absorb what fails comes by itself then:
// "a and b" is false when one of them is. For a value we ask which code computes it, and when that code can.
//
// What takes a statement (a value with a second result, a choice) is a temporary, defined where it is needed: see
// lower_print.go.

// lowering is the state of one rule becoming Go.
type lowering struct {
	b        *builder
	frame    *frame
	id       string // names matchers
	self     value
	call     *callSelf         // instead of self: all that a call sends
	vars     map[string]value  // of loops
	locals   map[string]string // what they are called in Go
	matchers []*Matcher
	complete bool // what is true and what is false is set against each other
	bad      bool // the rule cannot be checked; it has been said why
}

// value is Go code for a value of a rule.
type value struct {
	code     *Code
	ok       *cond      // when there is a value
	safe     *cond      // when the code can be run, if that is more often: what it gives else does not count
	typ      TypeRef    // of the code; of a constant without one, the zero TypeRef
	kind     rules.Kind // what rules take it for
	elem     *repr      // of a list or map of the document: what is in it
	item     rules.Kind // of a list: the kind of what is in it
	of       *Struct    // of an object
	union    *Union     // of a value of several types
	part     model.In   // of a call: the parameters that stand there
	whole    bool       // all that a call sends
	within   *interval  // of an integer: what it can be at most
	chain    *Code      // of an integer: the computation that it is the result of
	before   *cond      // of a chain: when there are its operands
	runnable *cond      // of a chain: when its code can be run
	lit      any        // of a constant: its value
}

func (v value) isConstant() bool { return v.lit != nil }

// safely is when the code of a value can be run.
func (v value) safely() *cond {
	if v.safe != nil {
		return v.safe
	}
	return v.ok
}

// temp is a variable that a statement defines.
type temp struct {
	name string // what to call it
	typ  TypeRef
	call *Code // of two results, the second of which says whether there is the first
	can  *cond // when it can be called

	plain, plainOK *Code // the same without a variable; nil: there must be one

	choice []branch // instead of call: the first whose condition holds
}

// branch is a value for when a condition holds.
type branch struct {
	when *cond
	give value
}

// refuse says that a rule cannot be checked by generated code, and why.
func (l *lowering) refuse(pos model.Pos, format string, args ...any) value {
	if !l.bad {
		l.b.diags.Warnf(pos, "rule-not-checked", "the rule is not checked: "+format, args...)
		if l.b.opt.Strict {
			l.b.diags[len(l.b.diags)-1].Severity = diag.Error
		}
	}
	l.bad = true
	return value{code: name("nil"), ok: never}
}

// temp is the temporary for a call, the same for the same call.
func (l *lowering) temp(t *temp) *temp {
	key := t.call.key()
	if have := l.frame.temps[key]; have != nil {
		return have
	}
	l.frame.temps[key] = t
	return t
}

// result is the value of a temporary, which has one where its operands have, and it has.
func (t *temp) result(kind rules.Kind, before *cond) value {
	return value{code: &Code{Op: codeTemp, temp: t}, typ: t.typ, kind: kind, ok: allOf(before, t.okay()), safe: always}
}

// okay holds when a temporary that can be called has a value.
func (t *temp) okay() *cond {
	return &cond{kind: condAtom, code: &Code{Op: codeTemp, Name: "ok", temp: t}, exact: true, guard: true, temp: t}
}

// rule is the import path of what rules compute at run time.
func (b *builder) rulePkg() string { return b.opt.Runtime + "/rule" }

// canonical are the Go types of kinds, in which functions take them.
var canonical = map[rules.Kind]TypeRef{
	rules.Bool: basic("bool"), rules.Int: basic("int64"), rules.Uint: basic("uint64"), rules.Double: basic("float64"), rules.String: basic("string"),
	rules.Bytes: slice(basic("byte")), rules.Timestamp: {Kind: Defined, Name: "Time", Pkg: "time"}, rules.Duration: {Kind: Defined, Name: "Duration", Pkg: "time"},
}

// in is a value in a Go type.
func (v value) in(t TypeRef) *Code {
	if v.isConstant() && (t.Kind == Defined && t.Pkg == "" || t == basic("string") || t == basic("float64") || t == basic("bool")) || sameType(v.typ, t) {
		return v.code
	}
	return convert(t, v.code)
}

// plain is a value in the type that functions take.
func (v value) plain() *Code {
	if t, ok := canonical[v.kind]; ok {
		return v.in(t)
	}
	return v.code
}

func sameType(x, y TypeRef) bool {
	if x.Elem == nil || y.Elem == nil {
		return x == y
	}
	return x.Kind == y.Kind && sameType(*x.Elem, *y.Elem)
}

// kindOf is what rules take a representation for.
func (b *builder) kindOf(r repr) rules.Kind {
	switch r.codec.Kind {
	case "String":
		return rules.String
	case "Bool":
		return rules.Bool
	case "Int", "Int64":
		return rules.Int
	case "Uint64":
		return rules.Uint
	case "Float64":
		return rules.Double
	case "Time":
		return rules.Timestamp
	case "Bytes":
		return rules.Bytes
	case "Slice", "Strings":
		return rules.List
	case "Map":
		return rules.Map
	case "Object":
		return rules.Object
	case "Wired":
		return map[string]rules.Kind{
			"WireBool": rules.Bool, "WireInt": rules.Int, "WireInt64": rules.Int, "WireUint64": rules.Uint, "WireFloat": rules.Double,
			"WireTime": rules.Timestamp, "WireList": rules.List, "WireBase64URL": rules.Bytes, "WireBase16": rules.Bytes,
		}[b.pkg.Codec.Wires[r.codec.Sub].Kind]
	}
	return rules.JSON
}

// heldAs is the value of a representation that stands in code of its Go type.
func (l *lowering) heldAs(code *Code, r repr, ok *cond) value {
	v := value{code: code, ok: ok, typ: r.typ, kind: l.b.kindOf(r), elem: r.each, of: r.object, union: r.union}
	if v.kind == rules.List && r.each != nil {
		v.item = l.b.kindOf(*r.each)
	}
	if v.kind != rules.Object {
		v.of = nil
	}
	return v
}

// value is the code of a value.
func (l *lowering) value(e *rules.Expr) value {
	switch e.Op {
	case rules.OpLiteral:
		return l.literal(e)
	case rules.OpSelf:
		return l.self
	case rules.OpNow:
		return value{code: &Code{Op: CodeNow}, ok: always, typ: canonical[rules.Timestamp], kind: rules.Timestamp}
	case rules.OpVar:
		return l.vars[e.Name]
	case rules.OpMember:
		return l.as(e, l.member(e).value)
	case rules.OpIndex:
		return l.as(e, l.index(e))
	case rules.OpIf:
		return l.choice(e)
	case rules.OpList:
		return l.list(e)
	case rules.OpCount, rules.OpFilter, rules.OpEach:
		return l.loop(e)
	case rules.OpCall:
		if operator, ok := arithmetic[e.Name]; ok {
			return l.integers(e, operator)
		}
		if part, ok := calendarPart(e); ok {
			return l.calendar(e, part)
		}
		if f, ok := functions[e.Name]; ok {
			return l.function(e, f)
		}
	}
	if e.Type.Kind == rules.Bool {
		return l.boolean(e)
	}
	return l.refuse(e.Pos, "there is no Go for %s", called(e))
}

// as holds that a value of the document is held as what the rule takes it for.
func (l *lowering) as(e *rules.Expr, v value) value {
	switch want := e.Type.Kind; {
	case l.bad, want == v.kind, want == rules.JSON:
		return v
	case want == rules.Double && v.kind == rules.Int:
		v.code, v.typ, v.kind = convert(basic("float64"), v.code), basic("float64"), rules.Double
		return v
	case v.kind == rules.JSON:
		return l.refuse(e.Pos, "%s is held as a %s, of which rules know nothing", called(e), v.typ)
	default:
		return l.refuse(e.Pos, "%s is %s here, and held as %s", called(e), want, v.kind)
	}
}

// boolean is a condition as a value.
func (l *lowering) boolean(e *rules.Expr) value {
	yes, no := l.truth(e, true), l.truth(e, false)
	return value{code: &Code{Op: codeClosure, when: yes}, ok: anyOne(yes, no), typ: basic("bool"), kind: rules.Bool}
}

// literal is a constant.
func (l *lowering) literal(e *rules.Expr) value {
	v := value{ok: always, kind: e.Type.Kind, lit: e.Value}
	switch x := e.Value.(type) {
	case bool:
		v.code = name(strconv.FormatBool(x))
	case int64:
		v.code, v.within = numeral(strconv.FormatInt(x, 10)), &interval{x, x}
	case uint64:
		v.code = numeral(strconv.FormatUint(x, 10))
	case float64:
		v.code = real(x)
		if x == 0 && math.Signbit(x) || math.IsInf(x, 0) || math.IsNaN(x) {
			v.typ, v.lit = basic("float64"), nil
		}
	case string:
		v.code = literalText(x)
	case []byte:
		v.typ, v.lit = canonical[rules.Bytes], nil
		v.code = convert(v.typ, literalText(string(x)))
	default:
		return l.composed(e, v)
	}
	return v
}

// real is a number. Constants of Go are exact: they have no negative zero, and nothing infinite.
func real(x float64) *Code {
	switch {
	case x == 0 && math.Signbit(x):
		return callFunc("math", "Copysign", numeral("0"), numeral("-1"))
	case math.IsNaN(x):
		return callFunc("math", "NaN")
	case math.IsInf(x, 0):
		sign := "1"
		if x < 0 {
			sign = "-1"
		}
		return callFunc("math", "Inf", numeral(sign))
	}
	return numeral(strconv.FormatFloat(x, 'g', -1, 64))
}

// choice is one of two values.
func (l *lowering) choice(e *rules.Expr) value {
	if len(e.Args) == 3 && e.Args[0].Op == rules.OpHas && e.Args[1].Op == rules.OpMember && e.Args[0].Name == e.Args[1].Name {
		if v, ok := l.orElse(e); ok {
			return v
		}
	}
	yes, no := l.truth(e.Args[0], true), l.truth(e.Args[0], false)
	a := l.value(e.Args[1])
	if len(e.Args) == 2 { // an end of a range that may be missing
		a.ok = allOf(yes, a.ok)
		return a
	}
	b := l.value(e.Args[2])
	if l.bad {
		return a
	}
	out := a
	out.lit, out.within, out.chain = nil, nil, nil
	if t, ok := canonical[a.kind]; ok {
		out.typ = t
	} else if !sameType(a.typ, b.typ) {
		return l.refuse(e.Pos, "%s is held as a %s, or as a %s", called(e), a.typ, b.typ)
	}
	t := l.temp(&temp{
		name: "chosen", typ: out.typ, can: always,
		call:   &Code{Op: CodeList, Type: ptr(out.typ), Args: []*Code{a.code, b.code, {Op: codeClosure, when: yes}}}, // stands for it in keys
		choice: []branch{{allOf(yes, a.ok), a}, {allOf(no, b.ok), b}},
	})
	out.code, out.ok, out.safe = &Code{Op: codeTemp, temp: t}, anyOne(allOf(yes, a.ok), allOf(no, b.ok)), always
	return out
}

// orElse is an optional value, or a constant where there is none.
func (l *lowering) orElse(e *rules.Expr) (value, bool) {
	m, other := l.member(e.Args[1]), e.Args[2]
	if m.opt == nil || other.Op != rules.OpLiteral || m.value.kind != other.Type.Kind {
		return value{}, false
	}
	lit := l.literal(other)
	out := m.value
	out.ok = m.owner
	if lit.typ.Kind != "" && !sameType(lit.typ, out.typ) {
		return value{}, false
	}
	if c := l.constantOf(out, other); c != nil {
		lit.code = c
	}
	out.code = callMethod(m.opt, "Or", lit.code)
	return out, true
}

// list is a list that is written out.
func (l *lowering) list(e *rules.Expr) value {
	elem := e.Type.Elem.Kind
	t, ok := canonical[elem]
	if !ok && len(e.Args) > 0 {
		first := l.value(e.Args[0])
		t, ok = first.typ, first.kind == rules.Object || first.kind == rules.List
	}
	if !ok && len(e.Args) > 0 {
		return l.refuse(e.Pos, "there is no Go for a list of %s", elem)
	}
	if !ok {
		t = basic("bool") // of nothing
	}
	out := value{ok: always, typ: slice(t), kind: rules.List, item: elem, code: &Code{Op: CodeList, Type: ptr(slice(t))}}
	for _, arg := range e.Args {
		v := l.value(arg)
		out.ok = allOf(out.ok, v.ok)
		if v.kind == rules.Object {
			r := repr{typ: v.typ, form: object, object: v.of, codec: CodecField{Kind: "Object"}}
			out.elem = &r
		}
		out.code.Args = append(out.code.Args, unconverted(v, func(v value) *Code { return v.in(t) }))
	}
	return out
}

func ptr[T any](v T) *T { return &v }

// called names what an expression is about, for people.
func called(e *rules.Expr) string {
	if e.Name != "" {
		return e.Name
	}
	return "this"
}
