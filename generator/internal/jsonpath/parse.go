package jsonpath

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds the nesting of expressions in a query.
const maxDepth = 100

// maxInt is the largest index: those beyond it are not exact in JSON.
const maxInt = 1<<53 - 1

// Parse reads a query.
func Parse(text string) (path *Path, err error) {
	p := &parser{text: text}
	defer func() {
		if e := recover(); e != nil {
			failure, ok := e.(*Error)
			if !ok {
				panic(e)
			}
			path, err = nil, failure
		}
	}()
	if !utf8.ValidString(text) {
		p.fail("the query is not UTF-8")
	}
	if !p.accept("$") {
		p.fail("a query begins with $")
	}
	segments := p.segments()
	if p.pos < len(p.text) {
		p.fail("%q is not expected here", p.rest(10))
	}
	return &Path{segments}, nil
}

type parser struct {
	text  string
	pos   int
	depth int
}

func (p *parser) fail(format string, args ...any) {
	panic(&Error{Offset: p.pos, Message: fmt.Sprintf(format, args...)})
}

// rest is the beginning of what is not read yet.
func (p *parser) rest(most int) string {
	rest := p.text[p.pos:]
	if len(rest) > most {
		rest = strings.ToValidUTF8(rest[:most], "")
	}
	return rest
}

func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

func (p *parser) accept(token string) bool {
	if strings.HasPrefix(p.text[p.pos:], token) {
		p.pos += len(token)
		return true
	}
	return false
}

func (p *parser) expect(token string) {
	if !p.accept(token) {
		p.fail("%q is missing", token)
	}
}

func (p *parser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// segments reads all that follow. Space may stand between them, but not at the end of a query.
func (p *parser) segments() []segment {
	var list []segment
	for {
		start := p.pos
		p.space()
		switch {
		case p.accept(".."):
			s := segment{descendant: true}
			switch {
			case p.accept("["):
				s.selectors = p.bracketed()
			case p.accept("*"):
				s.selectors = []selector{wildcard{}}
			default:
				s.selectors = []selector{byName(p.shorthand())}
			}
			list = append(list, s)
		case p.accept("."):
			if p.accept("*") {
				list = append(list, segment{selectors: []selector{wildcard{}}})
			} else {
				list = append(list, segment{selectors: []selector{byName(p.shorthand())}})
			}
		case p.accept("["):
			list = append(list, segment{selectors: p.bracketed()})
		default:
			p.pos = start
			return list
		}
	}
}

// shorthand reads a member name after a dot.
func (p *parser) shorthand() string {
	start := p.pos
	for p.pos < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80
		if !letter && (r < '0' || r > '9' || p.pos == start) {
			break
		}
		p.pos += size
	}
	if p.pos == start {
		p.fail("a name is missing; one with other signs is written ['name']")
	}
	return p.text[start:p.pos]
}

// bracketed reads selectors up to the closing bracket.
func (p *parser) bracketed() []selector {
	var list []selector
	for {
		p.space()
		list = append(list, p.selector())
		p.space()
		if p.accept("]") {
			return list
		}
		p.expect(",")
	}
}

func (p *parser) selector() selector {
	switch c := p.peek(); {
	case c == '\'' || c == '"':
		return byName(p.quoted())
	case p.accept("*"):
		return wildcard{}
	case p.accept("?"):
		p.space()
		return filter{p.expression()}
	case c == ':' || c == '-' || c >= '0' && c <= '9':
		return p.indexOrSlice()
	}
	p.fail("a selector is missing: a name in quotes, an index, *, or a filter ?…")
	return nil
}

func (p *parser) indexOrSlice() selector {
	var start, end *int
	step := 1
	if p.peek() != ':' {
		i := p.integer()
		start = &i
		at := p.pos
		if p.space(); p.peek() != ':' {
			p.pos = at
			return byIndex(i)
		}
	}
	p.expect(":")
	p.space()
	if c := p.peek(); c == '-' || c >= '0' && c <= '9' {
		i := p.integer()
		end = &i
		p.space()
	}
	if p.accept(":") {
		p.space()
		if c := p.peek(); c == '-' || c >= '0' && c <= '9' {
			step = p.integer()
		}
	}
	return slice{start, end, step}
}

var integerForm = regexp.MustCompile(`^(0|-?[1-9][0-9]*)`)

func (p *parser) integer() int {
	digits := integerForm.FindString(p.text[p.pos:])
	i, err := strconv.Atoi(digits)
	if digits == "" || err != nil || i > maxInt || i < -maxInt {
		p.fail("a whole number is missing")
	}
	if p.pos += len(digits); p.peek() >= '0' && p.peek() <= '9' {
		p.fail("a number does not begin with 0")
	}
	return i
}

// quoted reads a string.
func (p *parser) quoted() string {
	quote := p.peek()
	p.pos++
	var b strings.Builder
	for {
		if p.pos >= len(p.text) {
			p.fail("the string does not end")
		}
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		switch {
		case byte(r) == quote && size == 1:
			p.pos++
			return b.String()
		case r == '\\':
			p.pos++
			p.escape(&b, quote)
		case r < 0x20:
			p.fail("a control character is written \\u%04x", r)
		default:
			b.WriteRune(r)
			p.pos += size
		}
	}
}

func (p *parser) escape(b *strings.Builder, quote byte) {
	c := p.peek()
	p.pos++
	switch c {
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case '/', '\\':
		b.WriteByte(c)
	case 'u':
		r := p.unit()
		if utf16.IsSurrogate(r) {
			p.expect(`\u`)
			if r = utf16.DecodeRune(r, p.unit()); r == utf8.RuneError {
				p.fail("half a pair of surrogates is no character")
			}
		}
		b.WriteRune(r)
	default:
		if c != quote {
			p.pos--
			p.fail("there is no escape \\%c", c)
		}
		b.WriteByte(c)
	}
}

// unit reads four hexadecimal digits.
func (p *parser) unit() rune {
	if p.pos+4 > len(p.text) {
		p.fail("four hexadecimal digits are missing")
	}
	u, err := strconv.ParseUint(p.text[p.pos:p.pos+4], 16, 16)
	if err != nil {
		p.fail("four hexadecimal digits are missing")
	}
	p.pos += 4
	return rune(u)
}
