package jsonpath

import "regexp"

// expression reads a logical expression: || binds least.
func (p *parser) expression() expression {
	if p.depth++; p.depth > maxDepth {
		p.fail("the expression is nested more than %d levels deep", maxDepth)
	}
	defer func() { p.depth-- }()
	any := or{p.conjunction()}
	for {
		start := p.pos
		p.space()
		if !p.accept("||") {
			p.pos = start
			break
		}
		p.space()
		any = append(any, p.conjunction())
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

func (p *parser) conjunction() expression {
	all := and{p.basic()}
	for {
		start := p.pos
		p.space()
		if !p.accept("&&") {
			p.pos = start
			break
		}
		p.space()
		all = append(all, p.basic())
	}
	if len(all) == 1 {
		return all[0]
	}
	return all
}

// basic reads a test, a comparison, or either in parentheses.
func (p *parser) basic() expression {
	if p.accept("!") {
		p.space()
		if p.peek() == '(' {
			return not{p.parenthesized()}
		}
		start := p.pos
		test, ok := p.operand().(expression)
		if !ok {
			p.pos = start
			p.fail("only a query, a function that is true or false, or parentheses can be negated")
		}
		return not{test}
	}
	if p.peek() == '(' {
		return p.parenthesized()
	}
	start := p.pos
	left := p.operand()
	at := p.pos
	p.space()
	for _, operator := range []string{"==", "!=", "<=", ">=", "<", ">"} {
		if !p.accept(operator) {
			continue
		}
		p.space()
		rightStart := p.pos
		right := p.operand()
		return comparison{p.comparable(left, start), p.comparable(right, rightStart), operator}
	}
	p.pos = at
	test, ok := left.(expression)
	if !ok {
		p.fail("a comparison is missing: == != < <= > >=")
	}
	return test
}

func (p *parser) parenthesized() expression {
	p.expect("(")
	p.space()
	e := p.expression()
	p.space()
	p.expect(")")
	return e
}

// comparable makes sure that what was read has one value.
func (p *parser) comparable(x any, at int) operand {
	o, ok := x.(operand)
	if q, isQuery := x.(query); isQuery && !q.singular() {
		p.pos = at
		p.fail("a query that is compared must lead to one value: names and indexes only")
	}
	if !ok {
		p.pos = at
		p.fail("the function has no value to compare")
	}
	return o
}

var (
	numberForm   = regexp.MustCompile(`^(-?0|-?[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?`)
	functionForm = regexp.MustCompile(`^[a-z][a-z0-9_]*\(`)
)

// operand reads a literal, a query or a function; the result is an operand, an expression, or both.
func (p *parser) operand() any {
	switch c := p.peek(); {
	case c == '@' || c == '$':
		p.pos++
		return query{fromRoot: c == '$', segments: p.segments()}
	case c == '\'' || c == '"':
		return value{kind: String, text: p.quoted()}
	case c == '-' || c >= '0' && c <= '9':
		digits := numberForm.FindString(p.text[p.pos:])
		if digits == "" {
			p.fail("a number is missing")
		}
		p.pos += len(digits)
		return value{kind: Number, text: digits}
	}
	if name := functionForm.FindString(p.text[p.pos:]); name != "" {
		return p.function(name)
	}
	for word, v := range map[string]value{"true": {kind: Bool, text: "true"}, "false": {kind: Bool, text: "false"}, "null": {kind: Null}} {
		if p.accept(word) {
			return v
		}
	}
	p.fail("a query (@…), a value or a function is missing")
	return nil
}

// function reads the arguments of a function.
func (p *parser) function(name string) any {
	if p.depth++; p.depth > maxDepth {
		p.fail("functions are nested more than %d levels deep", maxDepth)
	}
	defer func() { p.depth-- }()
	start := p.pos
	p.pos += len(name)
	arguments, places := []any{}, []int{}
	for p.space(); !p.accept(")"); p.space() {
		if len(arguments) > 0 {
			p.expect(",")
			p.space()
		}
		places = append(places, p.pos)
		arguments = append(arguments, p.operand())
	}
	want := map[string]int{"length(": 1, "count(": 1, "value(": 1, "match(": 2, "search(": 2}[name]
	if want == 0 {
		p.pos = start
		p.fail("there is no function %s; there are length, count, value, match and search", name[:len(name)-1])
	}
	if len(arguments) != want {
		p.pos = start
		p.fail("the number of arguments of %s is %d", name[:len(name)-1], want)
	}
	nodes := func() query {
		q, ok := arguments[0].(query)
		if !ok {
			p.pos = places[0]
			p.fail("the argument must be a query")
		}
		return q
	}
	switch name {
	case "length(":
		return length{p.comparable(arguments[0], places[0])}
	case "count(":
		return counted{nodes()}
	case "value(":
		return single{nodes()}
	}
	return matches{
		text: p.comparable(arguments[0], places[0]), pattern: p.comparable(arguments[1], places[1]),
		whole: name == "match(", compiled: map[string]*regexp.Regexp{},
	}
}
