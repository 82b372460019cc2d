package jenx

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// width is the column at which comments wrap, without their indentation.
const width = 100

// Comment is text as line comments, wrapped; nothing when the text is empty. The text is Markdown, as
// OpenAPI says, and becomes what a Go comment has of it: paragraphs, lists, code, and links, whose
// addresses stand at the end. It is the only way for text to become a comment.
func Comment(paragraphs ...string) *jen.Statement {
	var links addresses
	var lines []string
	for _, p := range paragraphs {
		lines = apart(lines, layout(p, &links))
	}
	lines = apart(lines, links.lines())
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

// apart is lines and more lines with an empty one between.
func apart(lines, more []string) []string {
	if len(lines) > 0 && len(more) > 0 {
		lines = append(lines, "")
	}
	return append(lines, more...)
}

// Line is text as one comment line, for the few places that have no room for more.
func Line(s string) string {
	return "// " + undirected(strings.Join(strings.Fields(clean(strings.ReplaceAll(lineFeeds(s), "\n", " "))), " "))
}

// undirected keeps a comment line from being read as a build constraint of the old form, the one
// directive that may have a space in front.
func undirected(line string) string {
	if rest := strings.TrimLeft(line, " \t"); strings.HasPrefix(rest, "+build") {
		return line[:len(line)-len(rest)] + "+ " + rest[1:]
	}
	return line
}

// EndsIndented reports whether the last of the paragraphs that hold text ends in a list or in code:
// what is indented behind it would belong to it.
func EndsIndented(paragraphs ...string) bool {
	for i := len(paragraphs) - 1; i >= 0; i-- {
		if lines := layout(paragraphs[i], new(addresses)); len(lines) > 0 {
			last := lines[len(lines)-1]
			return last[0] == ' ' || last[0] == '\t'
		}
	}
	return false
}

// BeginsWithWords reports whether words can stand in front of a text: it begins with no list, code or quotation.
func BeginsWithWords(text string) bool {
	return plainLine(text) || !opening.MatchString(text)
}

var opening = regexp.MustCompile("^\\s*([-*+•#>|<]|```|~~~|\\d+[.)] )")

// IsParagraph reports whether a text is one paragraph, to which a sentence can be added.
func IsParagraph(text string) bool {
	if plainLine(text) {
		return true
	}
	blocks := parse(text)
	return len(blocks) == 1 && blocks[0].kind == paragraph && BeginsWithWords(text)
}

// Code is a paragraph that Comment prints as preformatted text.
func Code(text string) string { return "\t" + clean(text) }

// layout is the lines of a text.
func layout(text string, links *addresses) []string {
	if code, ok := strings.CutPrefix(text, "\t"); ok { // Code
		return []string{"\t" + strings.TrimSpace(clean(code))}
	}
	if plainLine(text) {
		return wrap(clean(text), "", "")
	}
	var out []string
	var before block
	for _, b := range parse(text) {
		lines := b.lines
		switch b.kind {
		case paragraph:
			lines = wrap(links.inline(b.text()), "", "")
		case item:
			indent := " "
			if !b.numbered() {
				indent = "  "
			}
			lines = wrap(links.inline(b.text()), indent+b.mark+" ", "    ")
		}
		if b.kind == item && before.kind == item && b.numbered() == before.numbered() {
			out = append(out, lines...)
		} else {
			out = apart(out, lines)
		}
		before = b
	}
	return out
}

// plainLine reports whether a text is one line of words: most are.
func plainLine(text string) bool {
	return text == "" || 'A' <= text[0] && text[0] <= 'z' && !strings.ContainsAny(text, "_[`*<&\n\r\f\v\u0085\u2028\u2029")
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
