package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// each is a function of the items of a list, or the keys of a map, that a loop is at. What it returns is filled in
// where the variable is known.
func (l *lowering) each(e *rules.Expr, of value, fill func(f *Code)) *Code {
	variable, ok := l.locals[e.Name]
	if !ok {
		variable = l.frame.local(e.Name)
		l.locals[e.Name] = variable
	}
	item, param := value{code: name(variable), ok: always, typ: basic("string"), kind: rules.String}, Local{variable, basic("string")}
	if of.kind == rules.List {
		item, param = l.itemOf(of, variable)
	}
	l.vars[e.Name] = item
	f := &Code{Op: codeClosure, Params: []Local{param}, Type: ptr(basic("bool"))}
	fill(f)
	return f
}

// itemOf is one of the items of a list, and the parameter by which a function has it: its place, or itself.
func (l *lowering) itemOf(of value, variable string) (value, Local) {
	item := l.item(of, name(variable))
	if !of.byPlace() {
		return item, Local{variable, item.typ}
	}
	item.code = &Code{Op: CodeIndex, Args: []*Code{of.code, name(variable)}}
	return item, Local{variable, basic("int")}
}

// byPlace reports whether functions have the items of a list by their places: those that are objects. As a value, one would be
// copied, and what goes through the list would be compiled once more for its type.
func (v value) byPlace() bool {
	return v.kind == rules.List && v.elem != nil && v.elem.form == object && v.elem.typ.Kind == Defined && v.code.isPlace()
}

// isPlace reports whether code does no more than to say where something is.
func (c *Code) isPlace() bool {
	switch c.Op {
	case CodeSelf, CodeName:
		return true
	case CodeMember, CodeIndex:
		return c.Args[0].isPlace()
	case CodeMethod:
		return c.Name == "Or" && c.Args[0].isPlace()
	}
	return false
}

// items is the call of a function of package rule that goes through the items of a list.
func (l *lowering) items(fn string, of value, more ...*Code) *Code {
	list := of.code
	if of.byPlace() {
		fn, list = fn+"At", callFunc("", "len", list)
	}
	return callFunc(l.b.rulePkg(), fn, append([]*Code{list}, more...)...)
}

// where is a function that says whether a condition holds for an item.
func (l *lowering) where(e *rules.Expr, of value, holds func() *cond) *Code {
	return l.each(e, of, func(f *Code) { f.when = holds() })
}

// over is what a loop goes through.
func (l *lowering) over(e *rules.Expr) value {
	if areNames(e.Args[0]) {
		return l.names(e.Args[0])
	}
	of := l.value(e.Args[0])
	switch {
	case l.bad:
	case of.kind == rules.Map:
		if r := of.elem; r == nil || r.form == raw || r.typ.Kind == Opt || r.typ.Kind == Pointer {
			return l.refuse(e.Pos, "what the map holds may be null")
		}
	case of.kind != rules.List:
		return l.refuse(e.Pos, "%s is held as a %s", called(e.Args[0]), of.typ)
	}
	return of
}

// among holds when one of the items, or keys, is such that the function says so.
func (l *lowering) among(of value, f *Code) *cond {
	if of.kind == rules.Map {
		return atom(callFunc(l.b.rulePkg(), "AnyKey", of.code, f))
	}
	if text, signs := of.code.signs(); len(signs) > 1 {
		return atom(callFunc(l.b.rulePkg(), "AnyPartAt", text, literalText(signs), f))
	}
	if of.code.splits() {
		return atom(callFunc(l.b.rulePkg(), "AnyPart", of.code.Args[0], of.code.Args[1], f))
	}
	return atom(l.items("Any", of, f))
}

// quantified are the conditions on all, one or exactly one of the items.
func (l *lowering) quantified(e *rules.Expr, want bool) *cond {
	of := l.over(e)
	switch {
	case l.bad:
		return never
	case of.code == nil:
		return constantly((e.Op == rules.OpAll) == want)
	case e.Op == rules.OpOne:
		all := l.computed(e, of, func() *cond { return l.decided(e.Args[1]) })
		return allOf(of.ok, all, comparison(infix("==", l.count(e, of), numeral("1"))).as(want))
	case (e.Op == rules.OpAny) == want: // one is true, or one is false
		return allOf(of.ok, l.among(of, l.where(e, of, func() *cond { return l.truth(e.Args[1], want) })))
	}
	return allOf(of.ok, l.among(of, l.where(e, of, func() *cond { return l.truth(e.Args[1], want).opposite() })).opposite())
}

// computed is when something can be computed for all items.
func (l *lowering) computed(e *rules.Expr, of value, can func() *cond) *cond {
	f := l.where(e, of, func() *cond { return can().opposite() })
	if f.when.simplify(nil).isNever() {
		return always
	}
	return l.among(of, f).opposite()
}

// decided is when a condition is true or false.
func (l *lowering) decided(e *rules.Expr) *cond {
	switch e.Op {
	case rules.OpLiteral:
		return always
	case rules.OpNot:
		return l.decided(e.Args[0])
	case rules.OpAnd, rules.OpOr, rules.OpIf:
		if !slices.ContainsFunc(e.Args, func(arg *rules.Expr) bool { return !l.decided(arg).isAlways() }) {
			return always
		}
	case rules.OpAll, rules.OpAny:
		if of := l.over(e); !l.bad && l.computed(e, of, func() *cond { return l.decided(e.Args[1]) }).isAlways() {
			return of.ok
		}
	}
	was := l.complete
	l.complete = true
	either := anyOne(l.truth(e, true), l.truth(e, false)).simplify(nil).simplify(nil)
	l.complete = was
	return either
}

// count is the number of items for which the body is true.
func (l *lowering) count(e *rules.Expr, of value) *Code {
	f := l.where(e, of, func() *cond { return l.truth(e.Args[1], true) })
	if of.kind == rules.Map {
		return callFunc(l.b.rulePkg(), "CountKeys", of.code, f)
	}
	return l.items("Count", of, f)
}

// loop are the loops that make a value.
func (l *lowering) loop(e *rules.Expr) value {
	of := l.over(e)
	if l.bad {
		return of
	}
	if e.Op == rules.OpEach {
		return l.mapped(e, of)
	}
	out := value{ok: allOf(of.ok, l.computed(e, of, func() *cond { return l.decided(e.Args[1]) }))}
	if e.Op == rules.OpCount {
		out.code, out.typ, out.kind = l.count(e, of), basic("int"), rules.Int
		return out
	}
	f := l.where(e, of, func() *cond { return l.truth(e.Args[1], true) })
	out.code, out.typ, out.kind, out.elem, out.item = callFunc(l.b.rulePkg(), "Filter", of.code, f), of.typ, rules.List, of.elem, of.item
	if of.byPlace() {
		out.code = callFunc(l.b.rulePkg(), "FilterAt", of.code, f)
	}
	return out
}

// mapped is the list of what the body gives for each item.
func (l *lowering) mapped(e *rules.Expr, of value) value {
	ok := l.computed(e, of, func() *cond { return l.value(e.Args[1]).ok })
	f := l.each(e, of, func(f *Code) { l.gives(f, e.Args[1]) })
	give := f.give
	switch {
	case l.bad:
		return value{code: name("nil"), ok: never}
	case give.typ.Kind == "", give.kind == rules.List && give.elem != nil, give.kind == rules.JSON:
		return l.refuse(e.Pos, "there is no Go for a list of this")
	}
	out := value{code: l.items("Map", of, f), ok: allOf(of.ok, ok), typ: slice(give.typ), kind: rules.List, item: give.kind}
	if give.kind == rules.Object {
		out.elem = &repr{typ: give.typ, form: object, object: give.of, codec: CodecField{Kind: "Object"}}
	}
	return out
}

// gives makes a function return a value, where that can be computed.
func (l *lowering) gives(f *Code, e *rules.Expr) {
	give := l.value(e)
	if t, known := canonical[give.kind]; known {
		give.code, give.typ = give.in(t), t
	}
	f.give, f.Type, f.sure = give, ptr(give.typ), give.ok
}

// arranged is whether the items of a list are unique, or in order; of a list that is made of another, without
// making it.
func (l *lowering) arranged(e *rules.Expr) (ok, is *cond) {
	of := l.value(e.Args[0])
	if l.bad {
		return never, never
	}
	fn := map[bool]string{true: "Unique", false: "Sorted"}[e.Name == "list_is_unique"]
	switch of.item {
	case rules.Int, rules.Uint, rules.Double, rules.String, rules.Duration:
	case rules.Bool:
		if fn == "Sorted" {
			fn = "SortedBools"
		}
	case rules.Timestamp:
		fn += "Times"
	case rules.Bytes:
		fn += "Bytes"
	default:
		l.refuse(e.Pos, "the items of %s cannot be compared", called(e.Args[0]))
		return never, never
	}
	args := []*Code{of.code}
	if e.Args[0].Op == rules.OpEach {
		fn, args = fn+"By", of.code.Args
		if strings.HasSuffix(of.code.Name, "At") {
			fn += "At"
		}
	}
	return of.ok, atom(callFunc(l.b.rulePkg(), fn, args...))
}

// ranges is whether ranges overlap nowhere.
func (l *lowering) ranges(e *rules.Expr, want bool) *cond {
	of := l.over(e)
	if l.bad {
		return never
	}
	fn, ok, args := "Disjoint", of.ok, []*Code(nil)
	for _, end := range e.Args[1:] {
		if end.Op != rules.OpIf { // there is none
			l.refuse(e.Pos, "a range needs both ends")
			return never
		}
		ok = allOf(ok, l.optionally(e, of, end))
		f := l.each(e, of, func(f *Code) {
			l.gives(f, end.Args[1])
			f.pair = l.truth(end.Args[0], true)
			f.sure = always
		})
		if args = append(args, f); f.give.kind == rules.Timestamp {
			fn = "DisjointTimes"
		}
	}
	return allOf(ok, atom(l.items(fn, of, args...)).as(want))
}

// optionally is when it can be computed, for all items, whether there is a value, and which.
func (l *lowering) optionally(e *rules.Expr, of value, end *rules.Expr) *cond {
	return l.computed(e, of, func() *cond {
		yes, no := l.truth(end.Args[0], true), l.truth(end.Args[0], false)
		return anyOne(allOf(yes, l.value(end.Args[1]).ok), no).simplify(nil).simplify(nil)
	})
}
