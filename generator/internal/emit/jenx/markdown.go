package jenx

import (
	"regexp"
	"strings"
	"unicode"
)

// A block is a part of a text.
type block struct {
	kind  blockKind
	mark  string   // of an item: "-", or a number with a point
	lines []string // those of code are ready to print
}

type blockKind int

const (
	paragraph blockKind = iota
	item
	code
)

func (b block) text() string   { return strings.Join(b.lines, " ") }
func (b block) numbered() bool { return b.mark != "-" }

// A parser takes the blocks of a text from its lines. It knows what descriptions of APIs use of
// Markdown; what it does not know is words.
type parser struct {
	blocks []block
	open   bool   // the last block goes on
	quoted bool   // the last line was a quotation
	fence  string // which ends the code that the lines belong to
	indent int    // of that fence
}

func parse(text string) []block {
	var p parser
	for line := range strings.SplitSeq(lineFeeds(tagless(lineFeeds(text))), "\n") {
		p.line(line)
	}
	return separate(p.blocks)
}

// add begins a block.
func (p *parser) add(kind blockKind, mark string, lines ...string) {
	p.blocks = append(p.blocks, block{kind, mark, lines})
	p.open = true
}

// goOn adds a line to the last block if it is of that kind and goes on, and begins one otherwise.
func (p *parser) goOn(kind blockKind, line string) {
	if last := len(p.blocks) - 1; p.open && (p.blocks[last].kind == code) == (kind == code) {
		p.blocks[last].lines = append(p.blocks[last].lines, line)
		return
	}
	p.add(kind, "", line)
}

func (p *parser) line(raw string) {
	line := strings.TrimSpace(clean(raw))
	if p.fence != "" {
		if strings.HasPrefix(line, p.fence) && strings.Trim(line, p.fence[:1]) == "" {
			p.fence, p.open = "", false
			return
		}
		p.goOn(code, verbatim(raw, p.indent))
		return
	}
	quotation, quoted := quotedLine(line)
	if quoted {
		line = quotation
	}
	if quoted && !p.quoted {
		p.open = false
	}
	p.quoted = quoted
	mark, rest := listItem(line)
	switch {
	case strings.Trim(line, "#") == "", ruler(line):
		p.open = false
	case fenced(line) != "":
		p.fence, p.indent, p.open = fenced(line), indentation(raw), false
	case line[0] == '|': // a table
		p.goOn(code, "\t"+line)
	case strings.HasPrefix(line, "#") && strings.HasPrefix(strings.TrimLeft(line, "#"), " "): // a heading of our comment it is not
		p.add(paragraph, "", strings.TrimSpace(strings.Trim(line, "#")))
		p.open = false
	case mark == "-", mark == "1.", mark != "" && (!p.open || p.blocks[len(p.blocks)-1].kind == item):
		p.add(item, mark, rest)
	default:
		p.goOn(paragraph, line)
	}
}

// separate keeps apart what Go takes for one, since it is indented: lists that touch code become paragraphs,
// and code that begins like a list keeps its fence. Code without lines goes.
func separate(blocks []block) []block {
	out := blocks[:0]
	for _, b := range blocks {
		if b.kind == code {
			if b.lines = trimmed(b.lines); len(b.lines) == 0 {
				continue
			}
			if first := strings.TrimSpace(b.lines[0]); strings.HasPrefix(first, "•") || strings.ContainsAny(first[:1], "-*+0123456789") {
				b.lines = append(append([]string{"\t```"}, b.lines...), "\t```")
			}
		}
		out = append(out, b)
	}
	for first := 0; first < len(out); {
		end := first
		for end < len(out) && out[end].kind == item {
			end++
		}
		if first > 0 && out[first-1].kind == code || end < len(out) && out[end].kind == code {
			for i := range out[first:end] {
				b := &out[first+i]
				b.kind, b.lines = paragraph, append([]string{b.mark}, b.lines...)
			}
		}
		first = end + 1
	}
	return out
}

// trimmed is lines of code without empty ones at the ends.
func trimmed(lines []string) []string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// verbatim is a line of code that is indented within its fence.
func verbatim(raw string, indent int) string {
	line := clean(strings.ReplaceAll(raw, "\t", "    "))
	for ; indent > 0 && strings.HasPrefix(line, " "); indent-- {
		line = line[1:]
	}
	if line = strings.TrimRightFunc(line, unicode.IsSpace); line == "" {
		return ""
	}
	return "\t" + line
}

func indentation(raw string) int { return len(raw) - len(strings.TrimLeft(raw, " ")) }

// fenced is the fence that a line of code begins with, nothing if it does not.
func fenced(line string) string {
	for _, fence := range []string{"```", "~~~"} {
		if rest, ok := strings.CutPrefix(line, fence); ok && !strings.Contains(rest, fence) {
			return fence
		}
	}
	return ""
}

// ruler reports whether a line is the underline of a heading, or a line between parts.
func ruler(line string) bool {
	return len(line) >= 3 && strings.ContainsRune("-=*_", rune(line[0])) && strings.Trim(strings.ReplaceAll(line, " ", ""), line[:1]) == ""
}

// admonition is how a quotation begins that is none.
var admonition = regexp.MustCompile(`^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]`)

// quotedLine is a line of a quotation without its mark. Comparisons are none.
func quotedLine(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, ">")
	if !ok || strings.HasPrefix(rest, "=") {
		return "", false
	}
	rest = strings.TrimSpace(rest)
	if rest != "" && '0' <= rest[0] && rest[0] <= '9' {
		return "", false
	}
	if kind := admonition.FindString(rest); kind != "" {
		word := kind[len("[!") : len(kind)-1]
		rest = word[:1] + strings.ToLower(word[1:]) + ": " + strings.TrimSpace(rest[len(kind):])
	}
	return rest, true
}

var number = regexp.MustCompile(`^(\d{1,3})[.)] `)

// listItem is the mark and the text of an item of a list.
func listItem(line string) (mark, text string) {
	for _, bullet := range []string{"- ", "* ", "+ ", "• "} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			return "-", strings.TrimSpace(rest)
		}
	}
	if m := number.FindStringSubmatch(line); m != nil {
		return m[1] + ".", strings.TrimSpace(line[len(m[0]):])
	}
	return "", ""
}
