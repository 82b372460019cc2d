package plan

import (
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// Form is one of the forms that a pattern permits: parts from the beginning of a text on.
type Form struct {
	Parts []Part `json:"parts,omitempty"`
	Open  bool   `json:"open,omitempty"` // anything may follow
}

// Part is a text as it stands, or characters of a class.
type Part struct {
	Text  string  `json:"text,omitempty"`
	Class []Range `json:"class,omitempty"`
	Least int     `json:"least,omitempty"`
	Most  int     `json:"most,omitempty"` // below 0: any number

	begin, end bool // it is an anchor
}

// maxForms and maxParts are how many a pattern may have; others are regular expressions.
const maxForms, maxParts = 8, 16

// forms are the forms of the texts that an expression matches; false: it is matched by package regexp. Forms are
// matched from the beginning on, each part taking all it can: an expression has forms where that decides the same.
func forms(expr string) ([]Form, bool) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, false
	}
	lists, ok := alternatives(re)
	if !ok {
		return nil, false
	}
	var out []Form
	for _, parts := range lists {
		f, ok := anchored(parts)
		if !ok || !f.decided() {
			return nil, false
		}
		out = append(out, f)
	}
	return out, true
}

// alternatives are the sequences of parts that an expression stands for.
func alternatives(re *syntax.Regexp) ([][]Part, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return [][]Part{nil}, true
	case syntax.OpBeginText:
		return [][]Part{{{begin: true}}}, true
	case syntax.OpEndText:
		return [][]Part{{{end: true}}}, true
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 || slices.Contains(re.Rune, utf8.RuneError) {
			return nil, false
		}
		return [][]Part{{{Text: string(re.Rune)}}}, true
	case syntax.OpCharClass, syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		p, ok := repeated(re)
		return [][]Part{{p}}, ok
	case syntax.OpCapture:
		return alternatives(re.Sub[0])
	case syntax.OpQuest:
		if p, ok := repeated(re); ok {
			return [][]Part{{p}}, true
		}
		with, ok := alternatives(re.Sub[0])
		return append(with, nil), ok
	case syntax.OpAlternate:
		var out [][]Part
		for _, sub := range re.Sub {
			lists, ok := alternatives(sub)
			if out = append(out, lists...); !ok || len(out) > maxForms {
				return nil, false
			}
		}
		return out, true
	case syntax.OpConcat:
		out := [][]Part{nil}
		for _, sub := range re.Sub {
			lists, ok := alternatives(sub)
			if !ok || len(out)*len(lists) > maxForms {
				return nil, false
			}
			var longer [][]Part
			for _, before := range out {
				for _, after := range lists {
					longer = append(longer, slices.Concat(before, after))
				}
			}
			out = longer
		}
		return out, true
	}
	return nil, false
}

// repeated is a class of characters, or one character, and how often it comes.
func repeated(re *syntax.Regexp) (Part, bool) {
	p, of := Part{Least: 1, Most: 1}, re
	switch re.Op {
	case syntax.OpStar:
		p.Least, p.Most = 0, -1
	case syntax.OpPlus:
		p.Most = -1
	case syntax.OpQuest:
		p.Least = 0
	case syntax.OpRepeat:
		p.Least, p.Most = re.Min, re.Max
	}
	if of.Op != syntax.OpCharClass {
		of = re.Sub[0]
	}
	switch {
	case of.Op == syntax.OpLiteral && len(of.Rune) == 1 && of.Flags&syntax.FoldCase == 0:
		p.Class = []Range{{of.Rune[0], of.Rune[0]}}
	case of.Op != syntax.OpCharClass || len(of.Rune) == 0 || len(of.Rune) > 128:
		return p, false
	}
	if p.Class == nil {
		for i := 0; i+1 < len(of.Rune); i += 2 {
			p.Class = append(p.Class, Range{of.Rune[i], of.Rune[i+1]})
		}
	}
	return p, true
}

// anchored is a form of parts that begin where the text does.
func anchored(parts []Part) (Form, bool) {
	f := Form{Open: true}
	begun := false
	for _, p := range parts {
		switch {
		case p.begin && len(f.Parts) == 0:
			begun = true
		case p.end:
			f.Open = false
		case p.begin, !f.Open, !begun:
			return f, false
		case p.Most != 0 || p.Text != "":
			f.Parts = append(f.Parts, p)
		}
	}
	return f, begun && len(f.Parts) <= maxParts
}

// decided reports whether no part of no one length could leave something to what follows it.
func (f Form) decided() bool {
	for i, p := range f.Parts {
		if p.Text != "" || p.Least == p.Most {
			continue
		}
		for _, next := range f.Parts[i+1:] {
			if next.beginsIn(p.Class) {
				return false
			}
			if next.Text != "" || next.Least > 0 {
				break
			}
		}
	}
	return true
}

// beginsIn reports whether the part can begin with a character of a class.
func (p Part) beginsIn(class []Range) bool {
	own := p.Class
	if p.Text != "" {
		r, _ := utf8.DecodeRuneInString(p.Text)
		own = []Range{{r, r}}
	}
	return slices.ContainsFunc(own, func(a Range) bool {
		return slices.ContainsFunc(class, func(b Range) bool { return a.Lo <= b.Hi && b.Lo <= a.Hi })
	})
}
