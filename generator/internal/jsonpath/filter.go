package jsonpath

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// expression is a test of the current node.
type expression interface {
	holds(r *run, current Node) bool
}

type (
	and []expression
	or  []expression
	not struct{ of expression }
)

func (e and) holds(r *run, n Node) bool {
	for _, part := range e {
		if !part.holds(r, n) {
			return false
		}
	}
	return true
}

func (e or) holds(r *run, n Node) bool {
	for _, part := range e {
		if part.holds(r, n) {
			return true
		}
	}
	return false
}

func (e not) holds(r *run, n Node) bool { return !e.of.holds(r, n) }

// query is a path in an expression, from the root or the current node. Alone, it tests whether it finds anything.
type query struct {
	fromRoot bool
	segments []segment
}

func (q query) nodes(r *run, current Node) []Node {
	if q.fromRoot {
		current = r.root
	}
	return r.follow(current, q.segments)
}

func (q query) holds(r *run, n Node) bool { return len(q.nodes(r, n)) > 0 }

// singular reports whether the query finds one node at most.
func (q query) singular() bool {
	for _, s := range q.segments {
		if s.descendant || len(s.selectors) != 1 {
			return false
		}
		switch s.selectors[0].(type) {
		case byName, byIndex:
		default:
			return false
		}
	}
	return true
}

// value is what is compared: a node, a literal, or nothing.
type value struct {
	node    Node // or
	kind    Kind
	text    string
	nothing bool
}

var nothing = value{nothing: true}

func valueOf(n Node) value {
	if n.Kind() >= Array {
		return value{node: n, kind: n.Kind()}
	}
	return value{kind: n.Kind(), text: n.Text()}
}

// operand yields a value to compare.
type operand interface {
	value(r *run, current Node) value
}

func (v value) value(*run, Node) value { return v }

func (q query) value(r *run, n Node) value {
	if found := q.nodes(r, n); len(found) == 1 {
		return valueOf(found[0])
	}
	return nothing
}

// comparison compares two operands.
type comparison struct {
	left, right operand
	operator    string
}

func (c comparison) holds(r *run, n Node) bool {
	a, b := c.left.value(r, n), c.right.value(r, n)
	switch c.operator {
	case "==":
		return r.equal(a, b)
	case "!=":
		return !r.equal(a, b)
	case "<":
		return less(a, b)
	case "<=":
		return less(a, b) || r.equal(a, b)
	case ">":
		return less(b, a)
	}
	return less(b, a) || r.equal(a, b)
}

func (r *run) equal(a, b value) bool {
	r.step()
	if a.nothing || b.nothing {
		return a.nothing && b.nothing
	}
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case Null:
		return true
	case Number:
		return a.text == b.text || order(a.text, b.text) == 0
	case Array, Object:
		return a.node == b.node || r.equalTrees(a.node, b.node)
	}
	return a.text == b.text
}

func (r *run) equalTrees(a, b Node) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		x := a.At(i)
		y := b.At(i)
		if a.Kind() == Object {
			var ok bool
			if y, ok = b.Get(a.Name(i)); !ok {
				return false
			}
		}
		if !r.equal(valueOf(x), valueOf(y)) {
			return false
		}
	}
	return true
}

func less(a, b value) bool {
	if a.nothing || b.nothing || a.kind != b.kind {
		return false
	}
	switch a.kind {
	case Number:
		return order(a.text, b.text) < 0
	case String:
		return a.text < b.text // by code points, as UTF-8 is
	}
	return false
}

// order compares two numbers. Those that are too large to hold are not equal to anything, and not less.
func order(a, b string) int {
	const most = 400
	if len(a) > most || len(b) > most || exponent(a) > most || exponent(b) > most {
		return 1
	}
	x, _ := new(big.Rat).SetString(a)
	y, _ := new(big.Rat).SetString(b)
	if x == nil || y == nil {
		return 1
	}
	return x.Cmp(y)
}

func exponent(s string) int {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return 0
	}
	digits := strings.TrimLeft(s[i+1:], "+-0")
	if len(digits) > 4 {
		return 1 << 30
	}
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

// length is the function of that name: of a string, array or object.
type length struct{ of operand }

func (f length) value(r *run, n Node) value {
	v := f.of.value(r, n)
	switch {
	case v.nothing:
	case v.kind == String:
		return count(utf8.RuneCountInString(v.text))
	case v.kind >= Array:
		return count(v.node.Len())
	}
	return nothing
}

func count(n int) value { return value{kind: Number, text: big.NewInt(int64(n)).String()} }

// counted is the function count: how many nodes a query finds.
type counted struct{ of query }

func (f counted) value(r *run, n Node) value { return count(len(f.of.nodes(r, n))) }

// single is the function value: that of the only node that a query finds.
type single struct{ of query }

func (f single) value(r *run, n Node) value { return f.of.value(r, n) }

// matches are the functions match (the whole string) and search (a part of it).
type matches struct {
	text, pattern operand
	whole         bool
	compiled      map[string]*regexp.Regexp
}

func (f matches) holds(r *run, n Node) bool {
	text, pattern := f.text.value(r, n), f.pattern.value(r, n)
	if text.nothing || pattern.nothing || text.kind != String || pattern.kind != String {
		return false
	}
	re, known := f.compiled[pattern.text]
	if !known {
		source := dots(pattern.text)
		if f.whole {
			source = `^(?:` + source + `)$`
		}
		re, _ = regexp.Compile(source) // what is no expression matches nothing
		f.compiled[pattern.text] = re
	}
	r.steps += len(text.text) / 16
	r.step()
	return re != nil && re.MatchString(text.text)
}

// dots rewrites the dot of RFC 9485, which matches neither end of a line: Go's excludes the line feed alone.
func dots(pattern string) string {
	var b strings.Builder
	inClass, escaped := false, false
	for _, c := range pattern {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '.' && !inClass:
			b.WriteString(`[^\n\r]`)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}
