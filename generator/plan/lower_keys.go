package plan

import "github.com/pantograph-go/pantograph/generator/internal/rules"

// distinct is whether no two items agree in all of several keys. The items are compared with each other, so that no
// key is made of several.
func (l *lowering) distinct(e *rules.Expr, want bool) *cond {
	of := l.over(e)
	if l.bad {
		return never
	}
	ok := of.ok
	for _, key := range e.Args[1:] {
		if key.Op != rules.OpIf { // what bounds are made of
			l.refuse(e.Pos, "a key must be written out")
			return never
		}
		ok = allOf(ok, l.optionally(e, of, key))
	}
	a, first := l.itemOf(of, l.frame.local("a"))
	b, second := l.itemOf(of, l.frame.local("b"))
	same := make([]*cond, len(e.Args)-1)
	for i, key := range e.Args[1:] {
		same[i] = l.sameKey(e, key, a, b)
	}
	f := &Code{Op: codeClosure, Type: ptr(basic("bool")), Params: []Local{first, second}, when: allOf(same...)}
	return allOf(ok, atom(l.items("UniqueFunc", of, f)).as(want))
}

// key is what an item has for a key: whether there is something, and what.
type key struct {
	has, lacks *cond
	value      value
	opt        *Code // an optional value that holds it
}

func (l *lowering) keyOf(e, of *rules.Expr, item value) key {
	l.vars[e.Name] = item
	k := key{has: l.truth(of.Args[0], true), lacks: l.truth(of.Args[0], false), value: l.value(of.Args[1])}
	for of.Op == rules.OpIf {
		of = of.Args[1]
	}
	if of.Op == rules.OpMember {
		k.opt = l.member(of).opt
	}
	return k
}

// sameKey is whether two items agree in one key.
func (l *lowering) sameKey(e, of *rules.Expr, a, b value) *cond {
	x, y := l.keyOf(e, of, a), l.keyOf(e, of, b)
	if l.bad {
		return never
	}
	if x.opt != nil && x.has.simplify(nil).kind == condAtom { // one that is absent gives what is empty
		for _, k := range []*key{&x, &y} {
			k.value.code = callMethod(k.opt, "Or", zeroOf(k.value.kind, k.value.typ))
		}
		both := comparison(infix("==", callMethod(x.opt, "IsSet"), callMethod(y.opt, "IsSet")))
		return allOf(both, l.equal(x.value, y.value, e))
	}
	return anyOne(allOf(x.has, y.has, l.equal(x.value, y.value, e)), allOf(x.lacks, y.lacks))
}
