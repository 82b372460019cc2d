package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/model"
)

// The printed form is bounded: messages can quote documents, and documents are not ours.
const (
	maxMessage = 2000     // bytes of a message, hint or line of detail
	maxExcerpt = 120      // characters of a source line
	maxColumn  = 16 << 10 // beyond it, there is no excerpt: minified documents are one line
)

// Sources gives the content of a file for excerpts; nil when there is none.
type Sources func(file string) []byte

// Text prints diagnostics for people, in the order given: a line each, an excerpt of the source
// with a caret, other places, a hint. A hint that several diagnostics of one code in a row share stands
// below the last of them. Control characters and bidirectional marks are quoted.
func Text(w io.Writer, list List, sources Sources) error {
	var b bytes.Buffer
	from := lines{sources: sources}
	for i, d := range list {
		if at := d.Pos.String(); at != "" {
			fmt.Fprintf(&b, "%s: ", Quote(at))
		}
		fmt.Fprintf(&b, "%s: %s [%s]\n", d.Severity, Quote(limit(d.Message, maxMessage)), Quote(d.Code))
		if d.Detail != "" {
			for line := range strings.Lines(d.Detail) {
				fmt.Fprintf(&b, "    %s\n", Quote(limit(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    "), maxMessage)))
			}
		} else if sources != nil {
			excerpt(&b, d.Pos, &from)
		}
		for _, pos := range d.Related {
			if pos.String() != d.Pos.String() {
				fmt.Fprintf(&b, "    see %s\n", Quote(pos.String()))
			}
		}
		shared := i+1 < len(list) && list[i+1].Code == d.Code && list[i+1].Hint == d.Hint
		if d.Hint != "" && !shared {
			fmt.Fprintf(&b, "    hint: %s\n", Quote(limit(d.Hint, maxMessage)))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// JSON prints diagnostics as JSON lines, for editors and scripts.
func JSON(w io.Writer, list List) error {
	for _, d := range list {
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		// What would rearrange a terminal is escaped too; outside of strings there is none.
		var b strings.Builder
		for _, r := range string(line) {
			if invisible(r) {
				for _, unit := range utf16.Encode([]rune{r}) {
					fmt.Fprintf(&b, `\u%04x`, unit)
				}
			} else {
				b.WriteRune(r)
			}
		}
		b.WriteByte('\n')
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// excerpt prints the line of a position and a caret below its column.
func excerpt(b *bytes.Buffer, pos model.Pos, from *lines) {
	if pos.Line <= 0 || pos.Col <= 0 || pos.Col > maxColumn {
		return
	}
	line, ok := from.at(pos)
	if !ok || strings.TrimSpace(line) == "" {
		return
	}
	text := []rune(strings.ToValidUTF8(line, "\ufffd"))
	col := min(pos.Col-1, len(text))
	if start := max(0, col-maxExcerpt/2); len(text) > maxExcerpt {
		text, col = text[start:min(len(text), start+maxExcerpt)], col-start
	}
	before, after := show(text[:col]), show(text[col:])
	fmt.Fprintf(b, "%5d | %s%s\n      | %s^\n", pos.Line, before, after, strings.Repeat(" ", utf8.RuneCountInString(before)))
}

// lines finds lines of files. Diagnostics mostly stand in the order of a file, so it goes on from the line before.
type lines struct {
	sources Sources
	file    string
	number  int    // of the line that rest begins with; 0: none yet
	rest    []byte // of the file
}

// at returns the line of a position, without its end.
func (l *lines) at(pos model.Pos) (string, bool) {
	if l.number == 0 || l.file != pos.File || l.number > pos.Line {
		l.file, l.number, l.rest = pos.File, 1, l.sources(pos.File)
	}
	for ; l.number < pos.Line; l.number++ {
		_, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return "", false
		}
		l.rest = rest
	}
	line, _, _ := bytes.Cut(l.rest, []byte("\n"))
	line = line[:min(len(line), (maxColumn+maxExcerpt)*utf8.UTFMax)]
	return strings.TrimSuffix(string(line), "\r"), len(line) > 0
}

// show makes a part of a line printable: tabs as spaces, what is invisible quoted.
func show(text []rune) string { return Quote(strings.ReplaceAll(string(text), "\t", " ")) }

// Quote replaces control characters, bidirectional marks and other characters that do not show as
// themselves by their escapes.
func Quote(s string) string {
	if !strings.ContainsFunc(s, invisible) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case invisible(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case invisible(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// invisible reports whether a character does not show as itself in a terminal.
func invisible(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }

// limit cuts text that is too long, at a character.
func limit(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max] + "…"
}
