package plan

import (
	"regexp/syntax"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// inList is whether a value is one of a list.
func (l *lowering) inList(e *rules.Expr) (ok, is *cond) {
	x := l.value(e.Args[0])
	if list := e.Args[1]; list.Op == rules.OpList { // written out
		var any []*cond
		for _, arg := range list.Args {
			item := l.value(arg)
			if l.bad {
				return never, never
			}
			x.ok = allOf(x.ok, item.ok)
			any = append(any, l.compare("==", true, x, item, &rules.Expr{Args: []*rules.Expr{e.Args[0], arg}, Pos: e.Pos}))
		}
		return x.ok, anyOne(any...)
	}
	of := l.value(e.Args[1])
	if l.bad {
		return never, never
	}
	ok = allOf(x.ok, of.ok)
	item := l.item(of, nil)
	if x.kind != rules.Bytes && x.kind != rules.Timestamp && x.kind != rules.List && !x.wide() &&
		(sameType(x.typ, item.typ) || x.kind == rules.String || x.isConstant()) {
		return ok, atom(callFunc("slices", "Contains", of.code, x.in(item.typ)))
	}
	variable := l.frame.local("item")
	item.code = name(variable)
	f := &Code{Op: codeClosure, Type: ptr(basic("bool")), Params: []Local{{variable, item.typ}}, when: l.equal(item, x, e)}
	return ok, atom(callFunc(l.b.rulePkg(), "Any", of.code, f))
}

// equal is whether two values of a kind are equal.
func (l *lowering) equal(a, b value, e *rules.Expr) *cond {
	return l.compare("==", false, a, b, &rules.Expr{Args: []*rules.Expr{{}, {}}, Pos: e.Pos})
}

// equalLists is whether two lists hold the same, one by one.
func (l *lowering) equalLists(a, b value, e *rules.Expr) *Code {
	x, y := l.item(a, nil), l.item(b, nil)
	if sameType(x.typ, y.typ) && x.kind != rules.Bytes && x.kind != rules.Timestamp && x.kind != rules.List {
		return callFunc("slices", "Equal", a.code, b.code)
	}
	first, second := l.frame.local("a"), l.frame.local("b")
	x.code, y.code = name(first), name(second)
	return callFunc("slices", "EqualFunc", a.code, b.code, &Code{
		Op: codeClosure, Type: ptr(basic("bool")), Params: []Local{{first, x.typ}, {second, y.typ}}, when: l.equal(x, y, e),
	})
}

// listFunction are the functions whose result is a list.
func (l *lowering) listFunction(e *rules.Expr, f function, args []value, out value) value {
	if e.Name == "string_split_string" {
		out.code, out.typ, out.item = callFunc(f.pkg, f.name, args[0].plain(), args[1].plain()), slice(basic("string")), rules.String
		return out
	}
	out = args[0] // add_list
	out.ok, out.safe = allOf(args[0].ok, args[1].ok), allOf(args[0].safely(), args[1].safely())
	out.code, out.lit = nil, nil
	if !sameType(args[0].typ, args[1].typ) {
		t, ok := canonical[out.item]
		if !ok {
			return l.refuse(e.Pos, "the lists are held as %s and %s", args[0].typ, args[1].typ)
		}
		out.typ, out.elem = slice(t), nil
	}
	out.code = callFunc(f.pkg, f.name, l.listOf(args[0], *out.typ.Elem), l.listOf(args[1], *out.typ.Elem))
	return out
}

// splits reports whether code makes a list of the parts of a text. Where one part is asked for, or each, no list is made.
func (c *Code) splits() bool {
	return c.Op == CodeCall && c.Pkg == "strings" && c.Name == "Split" && c.Args[1].Op == CodeText && c.Args[1].Text != ""
}

// signs are the characters at which code takes a text apart: the separator, and those that were replaced by it before.
func (c *Code) signs() (of *Code, signs string) {
	if !c.splits() || len(c.Args[1].Text) != 1 || c.Args[1].Text >= "\x80" {
		return nil, ""
	}
	sep := c.Args[1].Text
	of, signs = c.Args[0], sep
	for of.Op == CodeCall && of.Name == "ReplaceAll" && of.Args[2].Op == CodeText && of.Args[2].Text == sep &&
		of.Args[1].Op == CodeText && len(of.Args[1].Text) == 1 && of.Args[1].Text < "\x80" {
		of, signs = of.Args[0], signs+of.Args[1].Text
	}
	return of, signs
}

// listOf is a list as one of another type of items.
func (l *lowering) listOf(v value, t TypeRef) *Code {
	item := l.item(v, nil)
	if sameType(item.typ, t) {
		return v.code
	}
	variable := l.frame.local("item")
	item.code = name(variable)
	give := item
	give.code = item.in(t)
	give.typ = t
	return callFunc(l.b.rulePkg(), "Map", v.code, &Code{Op: codeClosure, Params: []Local{{variable, item.typ}}, Type: ptr(t), give: give, sure: always})
}

// matches is whether a part of a text matches a pattern.
func (l *lowering) matches(v value, e *rules.Expr) *cond {
	re, err := syntax.Parse(e.Pattern, syntax.Perl)
	switch {
	case err != nil: // it was parsed when the rule was read
		l.refuse(e.Pos, "the pattern is wrong: %v", err)
		return never
	case e.Pattern == "":
		return always
	}
	with := func(fn string, m *Matcher) *cond {
		if m = l.b.matcher(l.id, m); m.Forms != nil {
			l.matchers = append(l.matchers, m)
			return atom(callFunc(l.b.opt.Runtime, "MatchForms", v.code, name(m.Var)))
		}
		l.matchers = append(l.matchers, m)
		return atom(callFunc(l.b.opt.Runtime, fn, v.code, &Code{Op: CodeAddress, Name: m.Var}))
	}
	class, nonEmpty, ok := repeatedClass(re.Simplify())
	switch {
	case !ok:
		return with("MatchPattern", &Matcher{Expr: e.Pattern, Pattern: e.Pattern})
	case nonEmpty:
		return allOf(comparison(infix("!=", v.code, literalText(""))), with("MatchClass", &Matcher{Class: class, Pattern: e.Pattern}))
	}
	return with("MatchClass", &Matcher{Class: class, Pattern: e.Pattern})
}
