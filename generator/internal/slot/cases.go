package slot

import "strings"

// pascal writes words as MinInstanceNumber.
func pascal(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(strings.ToUpper(w[:1]) + strings.ToLower(w[1:]))
	}
	return b.String()
}

// camel writes words as minInstanceNumber.
func camel(words []string) string {
	s := pascal(words)
	if s == "" {
		return ""
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// separated writes words in lower case with a separator between them.
func separated(by string) func([]string) string {
	return func(words []string) string { return strings.ToLower(strings.Join(words, by)) }
}
