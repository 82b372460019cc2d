package jenx

import (
	"regexp"
	"strings"
)

// addresses are those of the links of a comment, in their order.
type addresses struct {
	texts []string
	of    map[string]string
}

// lines is what stands at the end of the comment.
func (a *addresses) lines() []string {
	out := make([]string, len(a.texts))
	for i, text := range a.texts {
		out[i] = "[" + text + "]: " + a.of[text]
	}
	return out
}

// add is a link within the text.
func (a *addresses) add(text, address string) string {
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, "**", "")), " ")
	switch known, ok := a.of[text]; {
	case text == "", text == address:
		return address
	case strings.HasPrefix(address, "#"): // a part of a page that the reader does not see
		return text
	case !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://"), ok && known != address, len(text) > width:
		return text + " (" + address + ")"
	case strings.Contains(text, "://"):
		return address
	case !ok:
		if a.of == nil {
			a.of = map[string]string{}
		}
		a.of[text] = address
		a.texts = append(a.texts, text)
	}
	return "[" + text + "]"
}

// spans are what inline changes, and the code that it does not look into.
var spans = regexp.MustCompile("(`+)" + `|!?\[([^\[\]]+)\]\(([^()\s]+)(?: "[^"]*")?\)|<(https?://[^<>\s]+)>|(\*\*+)`)

// inline is text without Markdown's marks within lines, which a comment would show as they are: emphasis and
// addresses of links. Code keeps its marks.
func (a *addresses) inline(text string) string {
	if !strings.ContainsAny(text, "*[<") {
		return text
	}
	var parts []string
	strong := -1 // the part that begins emphasis
	for {
		m := spans.FindStringSubmatchIndex(text)
		if m == nil {
			return strings.Join(append(parts, text), "")
		}
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		before, whole, after := text[:m[0]], group(0), text[m[1]:]
		ticks, link, address, bare := group(1), group(2), group(3), group(4)
		parts = append(parts, before)
		text = after
		switch {
		case ticks != "":
			end := strings.Index(after, whole)
			if end >= 0 {
				end += len(whole)
				parts, text = append(parts, whole+after[:end]), after[end:]
			} else {
				parts = append(parts, whole)
			}
		case link != "":
			parts = append(parts, a.add(link, address))
		case bare != "":
			parts = append(parts, bare)
		case strong >= 0 && before != "" && !strings.HasSuffix(before, " "):
			parts[strong], strong = "", -1
		default:
			if strong < 0 && after != "" && after[0] != ' ' && (before == "" || strings.HasSuffix(before, " ") || strings.HasSuffix(before, "(")) {
				strong = len(parts)
			}
			parts = append(parts, whole)
		}
	}
}
