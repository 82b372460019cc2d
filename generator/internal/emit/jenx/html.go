package jenx

import (
	"html"
	"regexp"
	"strings"
)

// tag is a tag of HTML as descriptions have it, which Markdown allows.
var tag = regexp.MustCompile(`(?i)</?(a|b|blockquote|br|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>`)

var href = regexp.MustCompile(`(?i)\shref\s*=\s*["']?([^"'\s>]+)`)

// tagless is text with Markdown in the place of its HTML. What looks like a tag and has no end is a
// placeholder, and stays.
func tagless(text string) string {
	if !strings.Contains(text, "<") && !strings.Contains(text, "&") {
		return text
	}
	spans := strings.Split(text, "`")
	for i := 0; i < len(spans); i += 2 { // code is between
		spans[i] = html.UnescapeString(untag(spans[i]))
	}
	return strings.Join(spans, "`")
}

func untag(text string) string {
	if !tag.MatchString(text) {
		return text
	}
	lower := strings.ToLower(text)
	closed := map[string]bool{}
	address := ""
	return tag.ReplaceAllStringFunc(text, func(t string) string {
		name := strings.ToLower(tag.FindStringSubmatch(t)[1])
		end := t[1] == '/'
		switch name {
		case "br", "hr":
			return "\n"
		case "img":
			return ""
		case "p", "div", "blockquote", "dl", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6":
			return "\n\n"
		case "tr", "dt", "tbody", "thead":
			return "\n"
		case "td", "th", "dd":
			return " "
		case "li":
			if end {
				return "\n"
			}
			return "\n- "
		case "pre":
			return "\n```\n"
		}
		if _, ok := closed[name]; !ok {
			closed[name] = strings.Contains(lower, "</"+name+">")
		}
		switch {
		case !closed[name]:
			return t
		case name == "code":
			return "`"
		case name == "a" && end && address != "":
			t, address = "]("+address+")", ""
			return t
		case name == "a" && !end:
			if m := href.FindStringSubmatch(t); m != nil {
				address = m[1]
				return "["
			}
		}
		return ""
	})
}
