package slot

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// lines cuts text at every form of line end, and takes out what changes how a line looks.
func lines(s string) []string {
	s = newlines.Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Split(s, "\n")
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\f", "\n", "\v", "\n")

// hashComment is text as comment lines that begin with #.
func hashComment(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	out := lines(s)
	for i, l := range out {
		out[i] = strings.TrimRight("# "+l, " ")
	}
	return strings.Join(out, "\n")
}

// jsonString is a JSON string, in which every character can be seen. It is a YAML and a TOML string too.
func jsonString(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always encodes
	}
	return visible(string(data))
}

// visible escapes the characters that JSON may leave in strings and that change how text looks.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// shellWord is a word of the POSIX shell, in which nothing is expanded.
func shellWord(s string) string {
	s = strings.Join(lines(s), "\n")
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// special are the characters that mean something to Markdown or HTML, wherever they stand.
const special = "\\`*_{}[]()<>#|&~!+=\"'$@:/^"

// markdownProse is text as paragraphs and lists of Markdown, in which nothing but those is markup.
func markdownProse(s string) string {
	var out []string
	for _, l := range lines(strings.TrimSpace(s)) {
		l = strings.TrimSpace(l)
		item := ""
		for _, bullet := range []string{"- ", "* ", "+ ", "• "} {
			if rest, ok := strings.CutPrefix(l, bullet); ok {
				item, l = "- ", strings.TrimSpace(rest)
				break
			}
		}
		out = append(out, item+markdownLine(l))
	}
	return strings.Join(out, "\n")
}

// markdownLine escapes one line. Entities mean the same in text, in a table and in HTML.
func markdownLine(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("`*_[]<>|&\\~", r), i == 0 && strings.ContainsRune("#-+=:", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	out := b.String()
	if strings.Trim(s, "-="+blanks) == "" { // the line below a heading, a rule across the page
		out = strings.ReplaceAll(strings.ReplaceAll(out, "-", "&#45;"), "=", "&#61;")
	}
	rest := strings.TrimLeft(out, "0123456789")
	if at := len(out) - len(rest); at > 0 && rest != "" && (rest[0] == '.' || rest[0] == ')') && (len(rest) == 1 || strings.ContainsRune(blanks, rune(rest[1]))) {
		return out[:at] + fmt.Sprintf("&#%d;", rest[0]) + rest[1:] // the number of an item
	}
	return out
}

// blanks are what Markdown takes for space within a line.
const blanks = "\t\n\f\r "

// simple reports whether a text can stand between backquotes in any place.
func simple(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return c < ' ' || c > '~' || strings.ContainsRune("\\<>|`", c) }) < 0
}

// markdownCode is text as code in a line of Markdown.
func markdownCode(s string) string {
	s = strings.TrimSpace(strings.Join(lines(s), " "))
	switch {
	case s == "":
		return "(empty)"
	case simple(s):
		return "`" + s + "`"
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(special, r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return "<code>" + b.String() + "</code>"
}
