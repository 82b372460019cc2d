package slot

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var payloads = []string{
	"", "plain", "`x`", "a | b", "<script>alert(1)</script>", "&lt;", "[a](javascript:x)", "![x](y)", "# head", "- item\n\n# head\n===\n---", "1. one", "$(rm -rf /)", "it's", "`id`",
	"a\nb", "a\r\nb", "a\u2028b", "a\u0085b", "a\x00b", "\u202eabc", "\ufeffx", "\\", "\"", "'; rm x; '", "{{.}}", "%s", "a: b # c", "- x", "*/", "~~~", "```", ": def", "+ x", "||spoiler||", "\xff\xfe",
}

func TestEscapers(t *testing.T) {
	for _, p := range payloads {
		held(t, p)
	}
}

func FuzzEscapers(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) { held(t, s) })
}

// held looks whether a text stays in the place that each format has for it.
func held(t *testing.T, s string) {
	valid := strings.ToValidUTF8(s, "\ufffd")
	quoted := jsonString(s)
	for _, r := range quoted {
		assert.False(t, unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r), "%q", quoted)
	}
	var back string
	require.NoError(t, json.Unmarshal([]byte(quoted), &back), "%q", quoted)
	if valid == s {
		assert.Equal(t, s, back)
	}
	var tree map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(hashComment(s)+"\nkey: "+quoted+"\nend: 1\n"), &tree), "%q", s)
	assert.Len(t, tree, 2)

	for line := range strings.SplitSeq(hashComment(s), "\n") {
		assert.True(t, line == "" || line[0] == '#', "%q", line)
	}
	word := shellWord(s)
	assert.Equal(t, 1, words(word), "%q", word)

	for _, m := range []string{markdownProse(s), markdownCode(s), markdownLine(strings.Join(lines(s), " "))} {
		outside := m
		if strings.HasPrefix(m, "`") {
			require.Len(t, m, len(strings.Trim(m, "`"))+2, "%q", m)
			outside = ""
		}
		outside = strings.TrimSuffix(strings.TrimPrefix(outside, "<code>"), "</code>")
		assert.False(t, strings.ContainsAny(outside, "`*_[]<>|\\~"), "%q", m)
		for line := range strings.SplitSeq(outside, "\n") {
			assert.False(t, strings.HasPrefix(line, "#") || strings.HasPrefix(line, "+") || strings.HasPrefix(line, "=") || strings.HasPrefix(line, "--"), "%q", m)
		}
	}
	assert.NotContains(t, markdownCode(s), "\n")
}

// words counts the words of a shell command as POSIX splits it, 0 when something would be expanded or run.
func words(s string) int {
	n, in, quoted := 0, false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			quoted = !quoted
			if !in {
				in = true
				n++
			}
		case quoted:
		case c == '\\' && i+1 < len(s):
			i++
		default:
			return 0
		}
	}
	if quoted {
		return 0
	}
	return n
}
