package cel

import (
	"fmt"
	"maps"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// guard finds members that may be absent where nothing has asked for them. Reading one fails, and a rule that fails
// refuses a value for a reason that its author did not think of.
type guard struct{ diags *diag.List }

// facts are members that are known to be there, by their paths.
type facts map[string]bool

func (f facts) and(more facts) facts {
	if len(more) == 0 {
		return f
	}
	all := maps.Clone(f)
	if all == nil {
		all = facts{}
	}
	maps.Copy(all, more)
	return all
}

// both keeps what each of two sets says.
func both(a, b facts) facts {
	out := facts{}
	for path := range a {
		if b[path] {
			out[path] = true
		}
	}
	return out
}

// check goes through an expression whose value counts only where known holds.
func (g *guard) check(e *rules.Expr, known facts) {
	switch e.Op {
	case rules.OpMember:
		path := pathOf(e)
		if f := e.Args[0].Type.Field(e.Name); f != nil && !f.Required && !known[path] {
			g.diags.Errorf(e.Pos, "rule-unguarded", "%s may be absent", e.Name)
			if f.Default != nil {
				g.diags.Hint("ask first, with has(%s), or take the default for it, with effective(%s)", path, path)
			} else {
				g.diags.Hint("ask first, with has(%s)", path)
			}
		}
	case rules.OpAnd, rules.OpOr:
		for i, arg := range e.Args {
			beside := known
			for j, other := range e.Args {
				if i != j {
					beside = beside.and(told(other, e.Op == rules.OpAnd))
				}
			}
			g.check(arg, beside)
		}
		return
	case rules.OpIf:
		g.check(e.Args[0], known)
		g.check(e.Args[1], known.and(told(e.Args[0], true)))
		if len(e.Args) > 2 {
			g.check(e.Args[2], known.and(told(e.Args[0], false)))
		}
		return
	}
	for _, arg := range e.Args {
		g.check(arg, known)
	}
}

// told is what is known once a condition has a value.
func told(e *rules.Expr, value bool) facts {
	switch e.Op {
	case rules.OpHas:
		if path := pathOf(e); value && path != "" {
			return facts{path: true}
		}
	case rules.OpNot:
		return told(e.Args[0], !value)
	case rules.OpAnd, rules.OpOr:
		every := value == (e.Op == rules.OpAnd) // all operands have the value; else one of them has
		var out facts
		for i, arg := range e.Args {
			switch f := told(arg, value); {
			case every:
				out = out.and(f)
			case i == 0:
				out = f
			default:
				out = both(out, f)
			}
		}
		return out
	case rules.OpIf:
		if len(e.Args) < 3 {
			return nil
		}
		yes := told(e.Args[0], true).and(told(e.Args[1], value))
		no := told(e.Args[0], false).and(told(e.Args[2], value))
		switch {
		case never(e.Args[1], value):
			return no
		case never(e.Args[2], value):
			return yes
		}
		return both(yes, no)
	}
	return nil
}

func never(e *rules.Expr, value bool) bool { return e.Op == rules.OpLiteral && e.Value == !value }

// pathOf is the way to a member as people write it; empty for what is computed.
func pathOf(e *rules.Expr) string {
	switch e.Op {
	case rules.OpSelf:
		return "self"
	case rules.OpVar:
		return e.Name
	case rules.OpMember, rules.OpHas:
		if of := pathOf(e.Args[0]); of != "" {
			return of + "." + e.Name
		}
	case rules.OpIndex:
		if of := pathOf(e.Args[0]); of != "" && e.Args[1].Op == rules.OpLiteral {
			return fmt.Sprintf("%s[%#v]", of, e.Args[1].Value)
		}
	}
	return ""
}
