package source

import (
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/model"
)

// expression reads a text in a language of its own, with the places of its characters: what is wrong with it is
// reported inside of it, however the file writes it down.
func (l *loader) expression(n *node) model.Expression {
	if n == nil {
		return model.Expression{}
	}
	e := model.Expression{Text: n.scalar()}
	start := model.Pos{File: n.file.name, Line: int(n.line), Col: int(n.col), Pointer: n.pointer()}
	if a, ok := newAligner(n.file.src, start); ok {
		e.Places = a.align(e.Text)
	}
	if len(e.Places) == 0 {
		e.Places = []model.Place{{Pos: start}}
	}
	return e
}

// aligner walks the source of a scalar beside its value. Indentation and line ends differ between the two, and escapes
// in quotes; all else is the same.
type aligner struct {
	src    []byte // from here on
	pos    model.Pos
	quote  byte // ", ' or 0
	places []model.Place
}

func newAligner(src []byte, start model.Pos) (*aligner, bool) {
	line := 1
	for line < start.Line {
		_, size := lineEnd(src)
		if size == 0 {
			return nil, false
		}
		src, line = src[size:], line+1
	}
	a := &aligner{src: src, pos: start}
	a.pos.Col = 1
	for a.pos.Col < start.Col && len(a.src) > 0 {
		a.step()
	}
	if len(a.src) == 0 {
		return nil, false
	}
	switch c := a.src[0]; c {
	case '"', '\'':
		a.quote = c
		a.step()
	case '|', '>': // a block: the rest of the line is its header
		for len(a.src) > 0 && a.src[0] != '\n' {
			a.step()
		}
		a.space()
	}
	return a, true
}

// lineEnd is where the first line ends, and how long it is with its end.
func lineEnd(src []byte) (end, size int) {
	for i, c := range src {
		if c == '\n' {
			return i, i + 1
		}
	}
	return len(src), len(src)
}

// step goes to the next character.
func (a *aligner) step() {
	r, size := utf8.DecodeRune(a.src)
	a.src = a.src[size:]
	a.pos.Col++
	if r == '\n' {
		a.pos.Line, a.pos.Col = a.pos.Line+1, 1
	}
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

// space skips white space, escaped line ends included.
func (a *aligner) space() {
	for len(a.src) > 0 {
		switch {
		case isSpace(rune(a.src[0])):
		case a.quote == '"' && len(a.src) > 1 && a.src[0] == '\\' && (a.src[1] == '\n' || a.src[1] == 'n' || a.src[1] == 't' || a.src[1] == 'r'):
			a.step()
		default:
			return
		}
		a.step()
	}
}

// align finds the place of each character. Where the two part ways, the places end.
func (a *aligner) align(text string) []model.Place {
	offset := 0
	for _, r := range text {
		if isSpace(r) {
			a.space()
		} else {
			if offset == 0 || isSpace(a.next()) {
				a.space()
			}
			a.mark(offset)
			if !a.take(r) {
				break
			}
		}
		offset++
	}
	return a.places
}

func (a *aligner) next() rune {
	r, _ := utf8.DecodeRune(a.src)
	return r
}

// mark notes where a character is, unless the last mark tells already.
func (a *aligner) mark(offset int) {
	if n := len(a.places); n > 0 {
		last := a.places[n-1]
		if last.Line == a.pos.Line && last.Col+offset-last.Offset == a.pos.Col {
			return
		}
	}
	a.places = append(a.places, model.Place{Offset: offset, Pos: a.pos})
}

// take skips a character as the source writes it, and reports whether it is there.
func (a *aligner) take(r rune) bool {
	escaped := a.quote == '"' && a.next() == '\\' || a.quote == '\'' && a.next() == '\''
	if escaped {
		a.step()
	}
	if !escaped || a.next() == r {
		same := a.next() == r
		a.step()
		return same
	}
	digits := map[rune]int{'x': 2, 'u': 4, 'U': 8}[a.next()]
	for range 1 + digits {
		a.step()
	}
	if r > 0xffff && digits == 4 { // the second half of a pair
		for range 6 {
			a.step()
		}
	}
	return len(a.src) > 0
}
