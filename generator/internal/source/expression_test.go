package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Each character of an expression is found where the file has it, however the file writes it.
func TestPlacesOfExpressions(t *testing.T) {
	for _, c := range []struct{ name, file, source string }{
		{"plain", "a.yaml", "rule: self.a == self.b\n"},
		{"plain over two lines", "a.yaml", "rule: self.a &&\n   1 == self.b\n"},
		{"double quotes", "a.yaml", `rule: "self.a == \"x\\d\u00e4\" && self.b"` + "\n"},
		{"a pair of surrogates", "a.json", `{"rule": "self.a == '\ud83d\ude00' && self.b"}`},
		{"an escaped line end", "a.yaml", "rule: \"self.a \\\n    && self.b\"\n"},
		{"single quotes", "a.yaml", "rule: 'self.a == ''x\\d'' && self.b'\n"},
		{"a literal block", "a.yaml", "rule: |\n    self.a == '\\d'\n      && self.b\n"},
		{"a folded block", "a.yaml", "rule: >-  # folded\n    self.ä ==\n    '😀'\n\n    && self.b\n"},
		{"json", "a.json", "{\n  \"rule\": \"self.a\\n  && self.nb\\t|| \\\"n\\\" == self.b\"}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &file{name: c.file, src: []byte(c.source), reader: &reader{}}
			root, err := f.parse(f.src)
			require.NoError(t, err)
			e := (&loader{}).expression(root.get("rule"))
			assert.Equal(t, root.str("rule"), e.Text)
			lines := strings.Split(c.source, "\n")
			for i, r := range []rune(e.Text) {
				if isSpace(r) {
					continue
				}
				pos := e.At(i)
				require.LessOrEqual(t, pos.Line, len(lines))
				rest := string([]rune(lines[pos.Line-1])[pos.Col-1:])
				assert.True(t, strings.HasPrefix(rest, string(r)) || rest[0] == '\\' || rest[0] == '\'', "%q at %d is looked for at %q", r, i, rest)
			}
			last := e.At(len([]rune(strings.TrimSpace(e.Text))) - 1)
			assert.Equal(t, "b", string([]rune(lines[last.Line-1])[last.Col-1])[0:1], "the last character decides whether all before it were right")
		})
	}
	t.Run("without its source, an expression has one place", func(t *testing.T) {
		n := &node{file: &file{name: "a.yaml", reader: &reader{}}, line: 3, col: 5, kind: kindString, text: "a"}
		assert.Equal(t, model.Pos{File: "a.yaml", Line: 3, Col: 7}, (&loader{}).expression(n).At(2))
	})
	assert.Equal(t, model.Pos{}, model.Expression{}.At(1))
}
