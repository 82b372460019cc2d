package cel_test

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// mutant is a rule with one thing wrong.
type mutant struct {
	what string // where it stands is left out: it changes with the document
	cond *rules.Expr
}

// mutants are the ways in which one node of a condition can be wrong: a comparison that is off by one or turned round, an operand
// that is forgotten, a presence that is not asked for, a number or a word that is another.
func mutants(cond *rules.Expr) []mutant {
	var out []mutant
	var nodes []*rules.Expr
	cond.Walk(func(e *rules.Expr) bool {
		nodes = append(nodes, e)
		return true
	})
	for i, node := range nodes {
		for what, change := range changes(node) {
			copied, at := clone(cond), 0
			copied.Walk(func(e *rules.Expr) bool {
				if at++; at == i+1 {
					change(e)
				}
				return true
			})
			out = append(out, mutant{what, copied})
		}
	}
	return out
}

// clone copies a tree, so that one node can be changed. Nodes that stand twice stand twice in the copy.
func clone(e *rules.Expr) *rules.Expr {
	c := *e
	c.Args = make([]*rules.Expr, len(e.Args))
	for i, arg := range e.Args {
		c.Args[i] = clone(arg)
	}
	return &c
}

// changes are what can be done to a node, by what it is called.
func changes(e *rules.Expr) map[string]func(*rules.Expr) {
	out := map[string]func(*rules.Expr){}
	set := func(value bool) func(*rules.Expr) {
		return func(e *rules.Expr) { *e = rules.Expr{Op: rules.OpLiteral, Type: e.Type, Pos: e.Pos, Value: value} }
	}
	switch e.Op {
	case rules.OpAnd, rules.OpOr:
		other := map[rules.Op]rules.Op{rules.OpAnd: rules.OpOr, rules.OpOr: rules.OpAnd}[e.Op]
		out[fmt.Sprintf("%s is %s", e.Op, other)] = func(e *rules.Expr) { e.Op = other }
		for i := range e.Args {
			out[fmt.Sprintf("%s without operand %d", e.Op, i)] = func(e *rules.Expr) { e.Args = append(e.Args[:i:i], e.Args[i+1:]...) }
		}
	case rules.OpNot:
		out["not is left out"] = func(e *rules.Expr) { *e = *e.Args[0] }
	case rules.OpHas:
		out["has "+e.Name+" is true"], out["has "+e.Name+" is false"] = set(true), set(false)
	case rules.OpAll:
		out["all is exists"] = func(e *rules.Expr) { e.Op = rules.OpAny }
	case rules.OpAny:
		out["exists is all"] = func(e *rules.Expr) { e.Op = rules.OpAll }
	case rules.OpOne:
		out["exists_one is exists"] = func(e *rules.Expr) { e.Op = rules.OpAny }
	case rules.OpRanges:
		out["ranges are always disjoint"] = set(true)
	case rules.OpUnique:
		out["items are always unique"] = set(true)
		for i := 1; len(e.Args) > 2 && i < len(e.Args); i++ {
			out[fmt.Sprintf("unique without key %d", i)] = func(e *rules.Expr) { e.Args = append(e.Args[:i:i], e.Args[i+1:]...) }
		}
	case rules.OpList:
		for i := range e.Args {
			out[fmt.Sprintf("list without item %d", i)] = func(e *rules.Expr) { e.Args = append(e.Args[:i:i], e.Args[i+1:]...) }
		}
	case rules.OpLiteral:
		switch v := e.Value.(type) {
		case int64:
			out[fmt.Sprintf("%d is one more", v)] = func(e *rules.Expr) { e.Value = v + 1 }
			out[fmt.Sprintf("%d is one less", v)] = func(e *rules.Expr) { e.Value = v - 1 }
		case float64:
			out[fmt.Sprintf("%v is more", v)] = func(e *rules.Expr) { e.Value = v + 0.001 }
			out[fmt.Sprintf("%v is less", v)] = func(e *rules.Expr) { e.Value = v - 0.001 }
		case string:
			out[fmt.Sprintf("%q is another", v)] = func(e *rules.Expr) { e.Value = v + "?" }
		case bool:
			out[fmt.Sprintf("%v is the opposite", v)] = func(e *rules.Expr) { e.Value = !v }
		}
	case rules.OpCall:
		for _, c := range [...]struct{ prefix, to string }{
			{"less_equals_", "less_"}, {"less_", "less_equals_"}, {"greater_equals_", "greater_"}, {"greater_", "greater_equals_"},
			{"add_", "subtract_"}, {"subtract_", "add_"},
		} {
			if rest, is := strings.CutPrefix(e.Name, c.prefix); is {
				if strings.HasPrefix(c.prefix, "less_") && strings.HasPrefix(rest, "equals_") || strings.HasPrefix(c.prefix, "greater_") && strings.HasPrefix(rest, "equals_") {
					continue
				}
				out[c.prefix+" is "+c.to] = func(e *rules.Expr) { e.Name = c.to + rest }
			}
		}
		switch e.Name {
		case "equals":
			out["== is !="] = func(e *rules.Expr) { e.Name = "not_equals" }
		case "not_equals":
			out["!= is =="] = func(e *rules.Expr) { e.Name = "equals" }
		}
	}
	return out
}
