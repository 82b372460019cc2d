package rt

import (
	"strings"
	"unicode/utf8"
)

// TextForm is what texts that match a pattern look like, part by part from their beginning: the compiled form of a pattern
// like ^urn:[a-z0-9]{2,32}-.
type TextForm struct {
	Parts []TextPart
	Open  bool // anything may follow
}

// TextPart is a part of a [TextForm]: a text as it stands, or else characters of a class. What follows a part of no one
// length begins with none of its characters, so each part takes all that it can.
type TextPart struct {
	Text  string
	Class CharClass
	Least int
	Most  int // below 0: any number
}

// TextForms is a [Matcher]: the forms that are permitted.
type TextForms []TextForm

// Match reports whether s has one of the forms.
func (f *TextForms) Match(s string) bool { return MatchForms(s, *f) }

// MatchForms reports whether s has one of the forms.
func MatchForms[T ~string](s T, forms []TextForm) bool {
	for i := range forms {
		if forms[i].match(string(s)) {
			return true
		}
	}
	return false
}

func (f *TextForm) match(s string) bool {
	for i := range f.Parts {
		rest, ok := f.Parts[i].cut(s)
		if !ok {
			return false
		}
		s = rest
	}
	return f.Open || s == ""
}

// cut is what follows the part in a text that begins with it.
func (p *TextPart) cut(s string) (string, bool) {
	if p.Text != "" {
		return strings.CutPrefix(s, p.Text)
	}
	n := 0
	for ; n != p.Most && s != ""; n++ {
		r, size := utf8.DecodeRuneInString(s)
		if !p.Class.Has(r) {
			break
		}
		s = s[size:]
	}
	return s, n >= p.Least
}
