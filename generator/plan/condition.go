package plan

import (
	"slices"
	"strings"
)

// cond is a condition that rules are made of: what can be known of it is settled before it is written. Operands
// are looked at in order, and one that could not be looked at alone has those before it that make it possible.
type cond struct {
	kind condKind
	args []*cond // all, any

	// Of an atom.
	code  *Code
	not   bool  // the opposite of what the code says
	exact bool  // a comparison whose opposite is another comparison; numbers that are none have none
	guard bool  // it says whether something is there
	temp  *temp // it says whether the temporary has a value

	implies *temp // where it holds, this has a value
}

type condKind uint8

const (
	condAll condKind = iota // all args; without any it always holds
	condAny                 // one of the args; without any it never holds
	condAtom
)

var (
	always = &cond{kind: condAll}
	never  = &cond{kind: condAny}
)

func (c *cond) isAlways() bool { return c.kind == condAll && len(c.args) == 0 }
func (c *cond) isNever() bool  { return c.kind == condAny && len(c.args) == 0 }

func constantly(holds bool) *cond {
	if holds {
		return always
	}
	return never
}

// atom is a condition that Go code decides.
func atom(code *Code) *cond { return &cond{kind: condAtom, code: code} }

// comparison is an atom whose opposite is a comparison too.
func comparison(code *Code) *cond { return &cond{kind: condAtom, code: code, exact: true} }

// guardOf is an atom that says whether something is there, in what is there when the owner holds. It comes before all
// else, but not before what makes it possible.
func guardOf(owner *cond, code *Code) *cond {
	return &cond{kind: condAtom, code: code, exact: true, guard: owner.guards()}
}

// guards reports whether a condition says only that something is there.
func (c *cond) guards() bool {
	if c.kind == condAtom {
		return c.guard && !c.not
	}
	return c.kind == condAll && !slices.ContainsFunc(c.args, func(arg *cond) bool { return !arg.guards() })
}

func allOf(args ...*cond) *cond  { return joined(condAll, args) }
func anyOne(args ...*cond) *cond { return joined(condAny, args) }

// joined puts conditions together: one that decides is all, those that decide nothing and nested ones of the same
// kind go.
func joined(kind condKind, args []*cond) *cond {
	out := &cond{kind: kind}
	for _, arg := range args {
		switch {
		case arg.kind == kind:
			out.args = append(out.args, arg.args...)
		case len(arg.args) == 0 && arg.kind != condAtom:
			return arg
		default:
			out.args = append(out.args, arg)
		}
	}
	if len(out.args) == 1 {
		return out.args[0]
	}
	return out
}

// opposite holds where c does not.
func (c *cond) opposite() *cond {
	if c.kind == condAtom {
		o := *c
		o.not = !o.not
		return &o
	}
	args := make([]*cond, len(c.args))
	for i, arg := range c.args {
		args[i] = arg.opposite()
	}
	if c.kind == condAll {
		return joined(condAny, args)
	}
	return joined(condAll, args)
}

// as is c where want holds, and its opposite else.
func (c *cond) as(want bool) *cond {
	if want {
		return c
	}
	return c.opposite()
}

func (c *cond) key() string {
	if c.kind == condAtom {
		if c.not {
			return "!" + c.code.key()
		}
		return c.code.key()
	}
	parts := make([]string, len(c.args))
	for i, arg := range c.args {
		parts[i] = arg.key()
	}
	return string('0'+rune(c.kind)) + "[" + strings.Join(parts, ",") + "]"
}

// known are conditions that hold where code stands, and those that do not.
type known map[string]bool

// with is what is known once c holds.
func (k known) with(c *cond) known {
	out := known{}
	for key, v := range k {
		out[key] = v
	}
	out.learn(c, true)
	return out
}

func (k known) learn(c *cond, holds bool) {
	switch {
	case c.kind == condAtom:
		k[c.code.key()] = holds != c.not
		if c.implies != nil && holds != c.not {
			k[c.implies.okay().code.key()] = true
		}
	case (c.kind == condAll) == holds:
		for _, arg := range c.args {
			k.learn(arg, holds)
		}
	}
}

// simplify leaves out what is known, from outside or by what stands beside it.
func (c *cond) simplify(k known) *cond {
	if c.kind == condAtom {
		if v, ok := k[c.code.key()]; ok {
			return constantly(v != c.not)
		}
		if c.code.findsNothing(k) {
			return constantly(c.not)
		}
		return c
	}
	args := slices.Clone(c.args)
	for _, arg := range c.args { // what is implied need not be said
		if t := arg.implied(c.kind == condAll); t != nil {
			args = slices.DeleteFunc(args, func(x *cond) bool { return x.kind == condAtom && x.temp == t && x.not == (c.kind == condAny) })
		}
	}
	if c.kind == condAll { // what says that something is there comes first
		slices.SortStableFunc(args, func(x, y *cond) int { return order(x) - order(y) })
	}
	beside := k.with(always)
	for i, arg := range args {
		args[i] = arg.simplify(beside)
		beside.learn(args[i], c.kind == condAll)
	}
	return joined(c.kind, args)
}

// implied is what has a value where c holds, or where it does not.
func (c *cond) implied(where bool) *temp {
	if c.kind == condAtom {
		if c.not == where {
			return nil
		}
		return c.implies
	}
	if len(c.args) == 0 || (c.kind == condAny) != where {
		return nil
	}
	t := c.args[0].implied(where)
	if slices.ContainsFunc(c.args[1:], func(arg *cond) bool { return arg.implied(where) != t }) {
		return nil
	}
	return t
}

// findsNothing reports whether code looks for an item that there cannot be.
func (c *Code) findsNothing(k known) bool {
	if c.Op != CodeCall || c.Name != "Any" && c.Name != "AnyAt" && c.Name != "AnyKey" && c.Name != "AnyPart" && c.Name != "AnyPartAt" {
		return false
	}
	f := c.Args[len(c.Args)-1]
	return f.Op == codeClosure && f.when != nil && f.when.simplify(k).isNever()
}

func order(c *cond) int {
	if c.kind == condAtom && c.guard && !c.not {
		return 0
	}
	return 1
}
