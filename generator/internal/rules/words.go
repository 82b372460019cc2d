package rules

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Words states a condition in plain words: "if type is ALARM, alarm_id is set". What validators check, what comments
// say and what tests break is made from one tree.
func (e *Expr) Words() string {
	var s speaker
	e.Walk(func(e *Expr) bool {
		if e.loops() {
			for _, body := range e.Args[1:] {
				body.Walk(func(inner *Expr) bool {
					s.named = s.named || inner.loops()
					return true
				})
			}
		}
		return true
	})
	return s.words(e, false)
}

// speaker makes words of one expression.
type speaker struct {
	named bool // loops stand within loops, and what they are at has names
}

func (e *Expr) loops() bool {
	return e.Op == OpAll || e.Op == OpAny || e.Op == OpOne || e.Op == OpCount || e.Op == OpFilter || e.Op == OpEach || e.Op == OpRanges || e.Op == OpUnique
}

// words states a condition, or its opposite.
func (s speaker) words(e *Expr, not bool) string {
	switch e.Op {
	case OpNot:
		return s.words(e.Args[0], !not)
	case OpAnd, OpOr:
		return s.joined(e, not)
	case OpHas:
		return s.term(&Expr{Op: OpMember, Args: e.Args, Name: e.Name}) + either(not, " is absent", " is set")
	case OpIf:
		switch {
		case len(e.Args) != 3:
		case e.Args[2].Op == OpLiteral && e.Args[2].Value == true && !not:
			return fmt.Sprintf("if %s, %s", s.words(e.Args[0], false), s.words(e.Args[1], false))
		case e.Args[1].Op == OpLiteral && e.Args[1].Value == true && !not:
			return fmt.Sprintf("if %s, %s", s.words(e.Args[0], true), s.words(e.Args[2], false))
		default:
			return fmt.Sprintf("if %s, %s, else %s", s.words(e.Args[0], false), s.words(e.Args[1], not), s.words(e.Args[2], not))
		}
	case OpAll:
		return s.each(e, not, "for each of %s, %s", "for one of %s at least, %s")
	case OpAny:
		return s.each(e, not, "for one of %s at least, %s", "for each of %s, %s")
	case OpOne:
		return s.each(e, false, either(not, "not for exactly one of %s, %s", "for exactly one of %s, %s"), "")
	case OpRanges:
		return fmt.Sprintf("the ranges of %s, from %s to below %s, %s", s.term(e.Args[0]), s.end(e.Args[1]), s.end(e.Args[2]), either(not, "overlap", "do not overlap"))
	case OpUnique:
		keys := make([]string, len(e.Args)-1)
		for i, key := range e.Args[1:] {
			keys[i] = s.end(key)
		}
		last := len(keys) - 1
		return fmt.Sprintf("%s of %s are equal in %s and %s", either(not, "two", "no two"), s.term(e.Args[0]), strings.Join(keys[:last], ", "), keys[last])
	case OpIs:
		return s.term(e.Args[0]) + either(not, " is not ", " is ") + types(e.Types, e.Null)
	case OpConforms:
		return s.term(e.Args[0]) + either(not, " is not ", " is ") + described(e.Schema)
	case OpMatch:
		return s.term(e.Args[0]) + either(not, " does not match ", " matches ") + shown(e.Pattern)
	case OpLiteral:
		if e.Value == false != not {
			return "nothing is allowed"
		}
		return "everything is allowed"
	case OpCall:
		return s.relation(e, not)
	}
	return s.term(e) + either(not, " is false", " is true")
}

func either(not bool, negative, positive string) string {
	if not {
		return negative
	}
	return positive
}

// joined states "and" and "or". An "or" of which some operands are negated is an implication, which is how people
// say it: if a and b, c.
func (s speaker) joined(e *Expr, not bool) string {
	if (e.Op == OpAnd) != not {
		return s.list(e.Args, not, " and ")
	}
	var when, then []*Expr
	for _, arg := range e.Args {
		if negated := arg.Op == OpNot || arg.Op == OpCall && arg.Name == "not_equals"; negated != not && len(then) == 0 {
			when = append(when, arg)
		} else {
			then = append(then, arg)
		}
	}
	if n := len(when) - 1; len(then) == 0 && n > 0 { // one must not be where the others are
		when, then = when[:n], when[n:]
	}
	if len(when) == 0 || len(then) == 0 {
		return s.list(e.Args, not, " or ")
	}
	return "if " + s.list(when, !not, " and ") + ", " + s.list(then, not, " or ")
}

func (s speaker) list(args []*Expr, not bool, word string) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = s.words(arg, not)
		if nested := arg.Op == OpOr || arg.Op == OpAnd || arg.Op == OpIf || arg.Op == OpAll || arg.Op == OpAny; nested && len(args) > 1 {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, word)
}

func (s speaker) each(e *Expr, not bool, positive, negative string) string {
	return fmt.Sprintf(either(not, negative, positive), s.over(e), s.words(e.Args[1], not))
}

// over names what a loop goes through.
func (s speaker) over(e *Expr) string {
	if s.named {
		return s.term(e.Args[0]) + " (" + e.Name + ")"
	}
	return s.term(e.Args[0])
}

// end is a bound of a range, or a key.
func (s speaker) end(e *Expr) string {
	for e.Op == OpIf {
		e = e.Args[1]
	}
	return s.term(e)
}

// relation states a function that is true or false.
func (s speaker) relation(e *Expr, not bool) string {
	is := either(not, " is not ", " is ")
	operand := func(i int) string { return s.term(e.Args[i]) }
	for _, r := range [...]struct{ prefix, is, not string }{
		{"less_equals", " is at most ", " is more than "}, {"less", " is less than ", " is at least "},
		{"greater_equals", " is at least ", " is less than "}, {"greater", " is more than ", " is at most "},
		{JSONAtMost, " is at most ", " is more than "}, {JSONAtLeast, " is at least ", " is less than "},
		{JSONGreater, " is more than ", " is at most "}, {JSONLess, " is less than ", " is at least "},
		{JSONMultiple, " is a multiple of ", " is no multiple of "},
		{"not_equals", " is not ", " is "}, {"equals", " is ", " is not "}, {JSONEquals, " is ", " is not "},
		{"contains_string", " contains ", " does not contain "}, {"starts_with", " begins with ", " does not begin with "},
		{"ends_with", " ends with ", " does not end with "}, {"in_map", " is a key of ", " is no key of "},
	} {
		if strings.HasPrefix(e.Name, r.prefix) {
			return operand(0) + either(not, r.not, r.is) + operand(1)
		}
	}
	switch e.Name {
	case "in_list":
		return operand(0) + is + "one of " + operand(1)
	case "matches", "matches_string":
		return operand(0) + either(not, " does not match ", " matches ") + shown(e.Pattern)
	case "list_is_unique", JSONUnique:
		return s.by(e.Args[0], either(not, "two of %s are equal", "no two of %s are equal"))
	case "list_is_sorted":
		return s.by(e.Args[0], either(not, "%s are not in order", "%s are in order"))
	case ExactlyOne:
		parts := make([]string, len(e.Args))
		for i, arg := range e.Args {
			parts[i] = s.words(arg, false)
		}
		return either(not, "not exactly one of these: ", "exactly one of these: ") + strings.Join(parts, "; ")
	}
	return s.term(e) + either(not, " is false", " is true")
}

// by says what a statement about a list is about, where its items were mapped to something.
func (s speaker) by(e *Expr, statement string) string {
	if e.Op == OpEach {
		return fmt.Sprintf(statement, s.term(e.Args[0])) + " in " + s.term(e.Args[1])
	}
	return fmt.Sprintf(statement, s.term(e))
}

// term names a value.
func (s speaker) term(e *Expr) string {
	switch e.Op {
	case OpSelf:
		return "it"
	case OpNow:
		return "now"
	case OpVar:
		if s.named {
			return e.Name
		}
		return "the item"
	case OpMember:
		if of := e.Args[0]; of.Op == OpMember || of.Op == OpIndex || of.Op == OpVar && s.named {
			return s.term(of) + "." + e.Name
		}
		return e.Name
	case OpIndex:
		return s.term(e.Args[0]) + "[" + s.term(e.Args[1]) + "]"
	case OpLiteral:
		return constant(e.Value)
	case OpList:
		return s.terms(e.Args)
	case OpIf:
		if len(e.Args) == 3 && e.Args[0].Op == OpHas && e.Args[2].Op == OpLiteral { // effective
			return fmt.Sprintf("%s (by default %s)", s.term(e.Args[1]), s.term(e.Args[2]))
		}
		return fmt.Sprintf("(%s if %s, else %s)", s.term(e.Args[1]), s.words(e.Args[0], false), s.term(e.Args[2]))
	case OpFilter:
		return fmt.Sprintf("those of %s for which %s", s.over(e), s.words(e.Args[1], false))
	case OpEach:
		return fmt.Sprintf("%s of each of %s", s.term(e.Args[1]), s.term(e.Args[0]))
	case OpCount:
		return fmt.Sprintf("the number of %s for which %s", s.over(e), s.words(e.Args[1], false))
	case OpCall:
		return s.called(e)
	}
	return "(" + s.words(e, false) + ")"
}

// called names the result of a function.
func (s speaker) called(e *Expr) string {
	name := e.Name
	for prefix, sign := range map[string]string{"add_": "+", "subtract_": "-", "multiply_": "*", "divide_": "/", "modulo_": "%"} {
		if strings.HasPrefix(name, prefix) && len(e.Args) == 2 {
			return "(" + s.term(e.Args[0]) + " " + sign + " " + s.term(e.Args[1]) + ")"
		}
	}
	switch {
	case strings.HasPrefix(name, "negate_"):
		return "-" + s.term(e.Args[0])
	case strings.HasPrefix(name, "size_") || strings.HasSuffix(name, "_size"):
		what := map[Kind]string{String: "the length", Bytes: "the length"}[e.Args[0].Type.Kind]
		if what == "" {
			what = "the number"
		}
		return what + " of " + s.term(e.Args[0])
	case name == JSONLength:
		return "the length of " + s.term(e.Args[0])
	case name == JSONSize:
		return "the size of " + s.term(e.Args[0])
	case name == JSONKeys:
		return "the names of the members"
	case name == JSONTail:
		if e.Args[1].Value == int64(0) {
			return "the items"
		}
		return "the items from " + s.term(e.Args[1]) + " on"
	case strings.Contains(name, "_to_") && len(e.Args) == 1 && !strings.HasPrefix(name, "timestamp_to_") && !strings.HasPrefix(name, "duration_to_"):
		return s.term(e.Args[0])
	case strings.HasPrefix(name, "timestamp_to_") || strings.HasPrefix(name, "duration_to_"):
		_, part, _ := strings.Cut(name, "_to_")
		part, _, _ = strings.Cut(part, "_with_tz")
		return "the " + strings.ReplaceAll(part, "_", " ") + " of " + s.term(e.Args[0])
	}
	return name + "(" + s.terms(e.Args) + ")"
}

func (s speaker) terms(args []*Expr) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = s.term(arg)
	}
	return strings.Join(parts, ", ")
}

// constant is a value as people write it.
func constant(v any) string {
	switch v := v.(type) {
	case string:
		if v == "" {
			return "empty"
		}
		return v
	case []byte:
		return strconv.Quote(string(v))
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case nil:
		return "null"
	case []any, map[string]any:
		text, err := json.Marshal(v)
		if err == nil {
			return string(text)
		}
	}
	return fmt.Sprint(v)
}

func types(list []model.Type, null bool) string {
	var names []string
	for _, t := range list {
		names = append(names, map[model.Type]string{model.TypeString: "a string", model.TypeInteger: "an integer", model.TypeNumber: "a number",
			model.TypeBoolean: "true or false", model.TypeArray: "a list", model.TypeObject: "an object"}[t])
	}
	if null {
		names = append(names, "null")
	}
	return strings.Join(names, " or ")
}

// shown is a pattern, unless it is too long to be read.
func shown(pattern string) string {
	if len(pattern) > maxShownPattern {
		return "the documented pattern"
	}
	return pattern
}
