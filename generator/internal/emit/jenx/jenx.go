// Package jenx is the only code that touches jennifer's sharp edges: comments, literals and type
// expressions made from document text and planned types. Nothing else turns text into Go source.
package jenx

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// width is the column at which comments wrap, without their indentation.
const width = 100

// Type is the code of a planned type expression in its own package, its imports included.
func Type(t plan.TypeRef) *jen.Statement { return TypeIn("", t) }

// TypeIn is Type as another package sees it: types of the plan's package are qualified with its
// import path.
func TypeIn(home string, t plan.TypeRef) *jen.Statement {
	local := func(name string) *jen.Statement {
		if home == "" {
			return jen.Id(name)
		}
		return jen.Qual(home, name)
	}
	switch t.Kind {
	case plan.Basic:
		return jen.Id(t.Name)
	case plan.Slice:
		return jen.Index().Add(TypeIn(home, *t.Elem))
	case plan.Map:
		return jen.Map(jen.String()).Add(TypeIn(home, *t.Elem))
	case plan.Pointer:
		return jen.Op("*").Add(TypeIn(home, *t.Elem))
	case plan.Opt:
		return local("Opt").Index(TypeIn(home, *t.Elem))
	}
	if t.Pkg != "" {
		return jen.Qual(t.Pkg, t.Name)
	}
	return local(t.Name)
}

// Lit is a string literal: raw when that reads better and is exact, quoted otherwise.
func Lit(s string) *jen.Statement {
	if strings.ContainsAny(s, "\"\\") && plain(s) {
		return jen.Op("`" + s + "`")
	}
	return jen.Op(strconv.Quote(s))
}

// Quoted is a string literal in double quotes that is safe in a raw literal and in a comment too: in a struct tag that a
// template of a user writes.
func Quoted(s string) *jen.Statement {
	return jen.Op(strings.NewReplacer("`", `\x60`, "*/", `\x2a/`).Replace(strconv.Quote(s)))
}

// plain reports whether a text can stand in a raw literal and look like what it is.
func plain(s string) bool {
	return strconv.CanBackquote(s) && !strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) })
}

// indented is the end of a line with the indentation of the next.
var indented = regexp.MustCompile(`\n\t*`)

// Text is a string literal of several lines: raw when that is exact and no line could be taken for a
// comment or directive.
func Text(s string) *jen.Statement {
	// A space keeps the lines apart: halves of a character that a line end has split are no character.
	if plain(indented.ReplaceAllString(s, " ")) && !strings.Contains(s, "\n//") && !strings.Contains(s, "\n#") {
		return jen.Op("`" + s + "`")
	}
	return Lit(s)
}

// Num is a number literal that the plan has checked.
func Num(s string) *jen.Statement { return jen.Op(s) }

// Comment is text as line comments, wrapped; nothing when the text is empty. It is the only way for
// text to become a comment.
func Comment(paragraphs ...string) *jen.Statement {
	var lines []string
	for _, p := range paragraphs {
		block := layout(p)
		if len(block) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	if len(lines) == 0 {
		return jen.Null()
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("//")
		if l != "" && l[0] != '\t' {
			b.WriteByte(' ')
		}
		b.WriteString(undirected(l))
	}
	return jen.Comment(b.String())
}

// Line is text as one comment line, for the few places that have no room for more.
func Line(s string) string {
	return "// " + undirected(strings.Join(strings.Fields(clean(strings.ReplaceAll(lineFeeds(s), "\n", " "))), " "))
}

// undirected keeps a comment line from being read as a build constraint of the old form, the one
// directive that may have a space in front.
func undirected(line string) string {
	if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "+build"); ok {
		return "+ build" + rest
	}
	return line
}

// EndsInList reports whether the last of the paragraphs that hold text ends in a list.
func EndsInList(paragraphs ...string) bool {
	for i := len(paragraphs) - 1; i >= 0; i-- {
		if block := layout(paragraphs[i]); len(block) > 0 {
			return inList(block)
		}
	}
	return false
}

// Code is a paragraph that Comment prints as preformatted text.
func Code(text string) string { return "\t" + clean(text) }

// layout wraps the paragraphs and lists of a text.
func layout(text string) []string {
	if strings.HasPrefix(text, "\t") { // Code
		return []string{"\t" + strings.TrimSpace(clean(text[1:]))}
	}
	var out []string
	var para []string
	flush := func() {
		if len(para) == 0 {
			return
		}
		if len(out) > 0 && !inList(out) {
			out = append(out, "")
		} else if inList(out) {
			out = append(out, "")
		}
		out = append(out, wrap(strings.Join(para, " "), "", "")...)
		para = nil
	}
	for line := range strings.SplitSeq(lineFeeds(text), "\n") {
		line = strings.TrimSpace(clean(line))
		item, isItem := listItem(line)
		switch {
		case line == "":
			flush()
		case isItem:
			flush()
			if len(out) > 0 && !inList(out) {
				out = append(out, "")
			}
			out = append(out, wrap(item, "  - ", "    ")...)
		case len(para) == 0 && inList(out) && text != "":
			// a continuation line of the item above
			last := len(out) - 1
			for last > 0 && !strings.HasPrefix(out[last], "  - ") {
				last--
			}
			item := strings.Join(trimAll(out[last:]), " ")
			out = append(out[:last], wrap(strings.TrimPrefix(item, "- ")+" "+line, "  - ", "    ")...)
		default:
			if len(para) == 0 {
				line = strings.TrimLeft(line, "#") // a heading of our comment it is not
			}
			para = append(para, strings.TrimSpace(line))
		}
		if line == "" && inList(out) {
			out = append(out, "")
		}
	}
	flush()
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return squeeze(out)
}

func trimAll(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimSpace(l)
	}
	return out
}

func squeeze(lines []string) []string {
	var out []string
	for _, l := range lines {
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return out
}

func inList(out []string) bool {
	return len(out) > 0 && (strings.HasPrefix(out[len(out)-1], "  - ") || strings.HasPrefix(out[len(out)-1], "    "))
}

func listItem(line string) (string, bool) {
	for _, bullet := range []string{"- ", "* ", "+ ", "• "} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// wrap breaks a text into lines between words. The lines are parts of one string, since there are many.
func wrap(text, first, rest string) []string {
	var b strings.Builder
	b.Grow(len(first) + len(text) + len(text)/width*(len(rest)+1))
	var ends []int // of lines, in b
	b.WriteString(first)
	column, empty := utf8.RuneCountInString(first), true
	for word := range strings.FieldsSeq(text) {
		length := utf8.RuneCountInString(word)
		if !empty && column+1+length > width {
			ends = append(ends, b.Len())
			b.WriteString(rest)
			column, empty = utf8.RuneCountInString(rest), true
		}
		if !empty {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column, empty = column+length, false
	}
	if !empty {
		ends = append(ends, b.Len())
	}
	out, start := make([]string, len(ends)), 0
	for i, end := range ends {
		out[i], start = b.String()[start:end], end
	}
	return out
}

// lineFeeds maps every form of line end to LF.
func lineFeeds(s string) string {
	for i := range len(s) {
		switch s[i] {
		case '\r', '\f', '\v', 0xc2, 0xe2: // the latter begin the others
			return newlines.Replace(s)
		}
	}
	return s
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\f", "\n", "\v", "\n")

// clean removes what must not stand in a comment: control characters, bidirectional marks and
// invalid UTF-8.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == utf8.RuneError:
			return -1
		}
		return r
	}, lineFeeds(s))
}
