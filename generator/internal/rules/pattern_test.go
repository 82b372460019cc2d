package rules_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// Patterns mean what ECMA-262 says, where RE2 would mean something else or nothing.
func TestPatternsAreThoseOfECMAScript(t *testing.T) {
	for _, c := range []struct{ pattern, yes, no string }{
		{`^\s$`, "\u3000", "a"}, {`^[\s]$`, "\v", "a"}, {`^\S$`, "a", "\u00a0"}, {`^.$`, "😀", "\u2028"}, {`^a\/b$`, "a/b", "a\\/b"},
		{`^\u00e4$`, "ä", "a"}, {`^\u{1f600}$`, "😀", "a"}, {`^\cJ$`, "\n", "J"}, {`^[^]$`, "\n", ""}, {`^[]$`, "\x00never", ""},
		{`^[[]$`, "[", "a"}, {`^[\b]$`, "\b", "b"}, {`^\0$`, "\x00", "0"}, {`^[a\-z]$`, "-", "m"}, {`^\d$`, "5", "٥"}, {`^(?<year>\d)$`, "1", ""},
	} {
		re, err := rules.Pattern(c.pattern)
		require.NoError(t, err, c.pattern)
		if c.yes != "\x00never" {
			assert.True(t, re.MatchString(c.yes), "%s does not match %q", c.pattern, c.yes)
		}
		assert.False(t, re.MatchString(c.no), "%s matches %q", c.pattern, c.no)
	}
	for _, pattern := range []string{`(?=a)`, `(?<!a)b`, `(a)\1`, `\k<a>`, `\u{1f600`, `\y`, `[`, `\`} {
		_, err := rules.Pattern(pattern)
		assert.Error(t, err, pattern)
	}
}
