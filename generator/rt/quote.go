package rt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoteText prints text that came from elsewhere: control characters, bidi marks and other
// unprintable runes are escaped, invalid UTF-8 is shown as bytes, and at most limit bytes of s are
// kept. It can neither move a terminal's cursor nor forge a line of a log.
func quoteText(s string, limit int) string { return strconv.Quote(cut(s, limit)) }

// plainText is quoteText without the quotes, for messages that are sentences.
func plainText(s string, limit int) string {
	s = strings.TrimSpace(cut(s, limit))
	q := strconv.Quote(s)
	q = q[1 : len(q)-1]
	return strings.ReplaceAll(q, `\"`, `"`)
}

// cut shortens s to about limit bytes, at a rune, and says so with an ellipsis.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}
