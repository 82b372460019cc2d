package json

import "strings"

// IsMediaType reports whether a media type, with or without parameters, is JSON.
func IsMediaType(name string) bool {
	if i := strings.IndexByte(name, ';'); i >= 0 {
		name = name[:i]
	}
	t := strings.TrimSpace(name)
	return strings.EqualFold(t, "application/json") || strings.EqualFold(t, "text/json") ||
		len(t) > 5 && strings.EqualFold(t[len(t)-5:], "+json")
}
