package rt

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Capture returns the options of the call that reads a page: those given, and that its header be kept, for lists
// whose header says where they go on.
func (p *pages) Capture(opts []CallOption) []CallOption {
	p.raw = new(RawResponse)
	return append(slices.Clip(opts), also(p.raw))
}

// Header returns a header of the page that has been read; empty when it has none.
func (p *pages) Header(name string) string {
	if p.raw == nil {
		return ""
	}
	return strings.TrimSpace(p.raw.Header.Get(name))
}

// HeaderNumber is Header for a number; zero when it is none.
func (p *pages) HeaderNumber(name string) int {
	n, err := strconv.Atoi(p.Header(name))
	if err != nil {
		return 0
	}
	return n
}

// NextLink returns the link to the next page that the header Link of the page holds (RFC 8288); empty when it
// holds none.
func (p *pages) NextLink() string {
	if p.raw == nil {
		return ""
	}
	return linkOf(p.raw.Header, "next")
}

// linkOf returns the target of the first link with a relation. Links of another context, which have an anchor,
// are not of the page. What is malformed is passed over.
func linkOf(h http.Header, relation string) string {
	for _, text := range h.Values("Link") {
		for text != "" {
			var l link
			if l, text = cutLink(text); l.is(relation) {
				return l.target
			}
		}
	}
	return ""
}

// link is an entry of a header Link.
type link struct {
	target   string
	relation string // types, separated by blanks; the first that is given counts
	anchored bool
}

func (l *link) is(relation string) bool {
	return l.target != "" && !l.anchored &&
		slices.ContainsFunc(strings.Fields(l.relation), func(r string) bool { return strings.EqualFold(r, relation) })
}

// cutLink reads the first link of a list, and returns the rest of the list. It always takes something.
func cutLink(text string) (l link, rest string) {
	text = strings.TrimLeft(text, " \t,")
	end := strings.IndexByte(text, '>')
	if text == "" || text[0] != '<' || end < 0 {
		return l, afterComma(text)
	}
	l.target, text = strings.TrimSpace(text[1:end]), text[end+1:]
	related := false
	for {
		text = strings.TrimLeft(text, " \t")
		if text == "" || text[0] != ';' {
			return l, afterComma(text)
		}
		var name, value string
		name, value, text = cutParam(text[1:])
		switch strings.ToLower(name) {
		case "rel":
			if !related {
				l.relation, related = value, true
			}
		case "anchor":
			l.anchored = true
		}
	}
}

// cutParam reads a parameter: a token, and a token or quoted text for its value.
func cutParam(text string) (name, value, rest string) {
	text = strings.TrimLeft(text, " \t")
	name, text = cutToken(text)
	text = strings.TrimLeft(text, " \t")
	if text == "" || text[0] != '=' {
		return name, "", text
	}
	text = strings.TrimLeft(text[1:], " \t")
	if text == "" || text[0] != '"' {
		value, text = cutToken(text)
		return name, value, text
	}
	b := make([]byte, 0, len(text))
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return name, string(b), text[i+1:]
		case c == '\\' && i+1 < len(text):
			i++
			fallthrough
		default:
			b = append(b, text[i])
		}
	}
	return name, "", "" // the quotes are not closed
}

// cutToken reads as far as a delimiter. That is more than a token may hold: servers write URLs without quotes.
func cutToken(text string) (token, rest string) {
	if i := strings.IndexAny(text, " \t;,=\""); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

// afterComma passes over what is left of a link.
func afterComma(text string) string {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			return text[i+1:]
		}
	}
	return ""
}
