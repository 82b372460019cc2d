// Package eval computes expressions on JSON values. It is what generated validators are compared with, and is itself
// compared with cel-go and with a validator of JSON Schema. Speed is no concern of it.
package eval

import (
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// Scope is what an expression can refer to.
type Scope struct {
	Self any // a value that Bind has made, or any JSON value for the keywords of a schema
	Now  time.Time

	vars *variable
}

// variable is a variable of a loop.
type variable struct {
	name  string
	value any
	outer *variable
}

func (s Scope) with(name string, value any) Scope {
	s.vars = &variable{name, value, s.vars}
	return s
}

// Value computes an expression; false: it fails, as an index outside of a list does.
func Value(e *rules.Expr, s Scope) (any, bool) {
	switch e.Op {
	case rules.OpLiteral:
		return e.Value, true
	case rules.OpSelf:
		return s.Self, true
	case rules.OpNow:
		return s.Now, true
	case rules.OpVar:
		for v := s.vars; v != nil; v = v.outer {
			if v.name == e.Name {
				return v.value, true
			}
		}
		return nil, false
	case rules.OpMember, rules.OpHas:
		m, ok := Value(e.Args[0], s)
		if !ok {
			return nil, false
		}
		members, isObject := m.(map[string]any)
		v, has := members[e.Name]
		if e.Op == rules.OpHas {
			return has, isObject
		}
		return v, has
	case rules.OpIndex:
		return index(e, s)
	case rules.OpNot, rules.OpAnd, rules.OpOr, rules.OpIf:
		return logic(e, s)
	case rules.OpAll, rules.OpAny, rules.OpOne, rules.OpCount, rules.OpFilter, rules.OpEach, rules.OpRanges, rules.OpUnique:
		return loop(e, s)
	case rules.OpList:
		return operands(e.Args, s)
	case rules.OpCall:
		args, ok := operands(e.Args, s)
		if !ok {
			return nil, false
		}
		return call(e, args)
	case rules.OpIs, rules.OpConforms, rules.OpMatch:
		return keyword(e, s)
	}
	return nil, false
}

// Holds reports whether a condition is true; a condition that fails is not.
func Holds(e *rules.Expr, s Scope) bool {
	v, ok := Value(e, s)
	return ok && v == true
}

func operands(args []*rules.Expr, s Scope) ([]any, bool) {
	out := make([]any, len(args))
	for i, arg := range args {
		v, ok := Value(arg, s)
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

func index(e *rules.Expr, s Scope) (any, bool) {
	args, ok := operands(e.Args, s)
	if !ok {
		return nil, false
	}
	switch of := args[0].(type) {
	case []any:
		i, isInt := args[1].(int64)
		if !isInt || i < 0 || i >= int64(len(of)) {
			return nil, false
		}
		return of[i], true
	case map[string]any:
		key, isText := args[1].(string)
		v, has := of[key]
		return v, isText && has
	}
	return nil, false
}

// logic computes what absorbs failures: one operand that decides is enough.
func logic(e *rules.Expr, s Scope) (any, bool) {
	switch e.Op {
	case rules.OpNot:
		v, ok := Value(e.Args[0], s)
		return ok && v == false, ok
	case rules.OpIf:
		v, ok := Value(e.Args[0], s)
		switch {
		case !ok:
			return nil, false
		case v == true:
			return Value(e.Args[1], s)
		case len(e.Args) == 2:
			return nil, true // an absent bound
		}
		return Value(e.Args[2], s)
	}
	decides := e.Op == rules.OpOr
	d := decision{decides: decides, ok: true}
	for _, arg := range e.Args {
		d.take(Value(arg, s))
	}
	return d.result()
}

// decision is that of an "and" or an "or" of any number.
type decision struct {
	decides bool // the value that decides
	decided bool
	ok      bool
}

func (d *decision) take(v any, ok bool) {
	d.decided = d.decided || ok && v == d.decides
	d.ok = d.ok && ok
}

func (d *decision) result() (any, bool) {
	if d.decided {
		return d.decides, true
	}
	return !d.decides, d.ok
}

func loop(e *rules.Expr, s Scope) (any, bool) {
	over, ok := Value(e.Args[0], s)
	if !ok {
		return nil, false
	}
	var list []any
	switch over := over.(type) {
	case []any:
		list = over
	case map[string]any:
		list = keys(over)
	}
	switch e.Op {
	case rules.OpRanges:
		return ranges(e, list, s)
	case rules.OpUnique:
		return distinct(e, list, s)
	}
	body := e.Args[1]
	all, anyOf := decision{decides: false, ok: true}, decision{decides: true, ok: true}
	count, kept, results := int64(0), []any{}, []any{}
	allOK := true
	for _, item := range list {
		v, ok := Value(body, s.with(e.Name, item))
		all.take(v, ok)
		anyOf.take(v, ok)
		allOK = allOK && ok
		results = append(results, v)
		if ok && v == true {
			count++
			kept = append(kept, item)
		}
	}
	switch e.Op {
	case rules.OpAll:
		return all.result()
	case rules.OpAny:
		return anyOf.result()
	case rules.OpOne:
		return count == 1, allOK
	case rules.OpCount:
		return count, allOK
	case rules.OpFilter:
		return kept, allOK
	}
	return results, allOK
}
