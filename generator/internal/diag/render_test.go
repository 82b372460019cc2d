package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/model"
)

func render(t *testing.T, d Diagnostic, source string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Text(&b, List{d}, func(file string) []byte {
		assert.Equal(t, d.Pos.File, file)
		return []byte(source)
	}))
	return b.String()
}

func TestText(t *testing.T) {
	at := func(line, col int) model.Pos { return model.Pos{File: "api.yaml", Line: line, Col: col} }
	source := "openapi: 3.1.1\n\tpaths: ü {}\r\n\nlast"
	tests := []struct {
		name string
		d    Diagnostic
		want string
	}{
		{"one line", Diagnostic{Severity: Error, Code: "c", Message: "m"}, "error: m [c]\n"},
		{"a file without a line", Diagnostic{Pos: model.Pos{File: "api.yaml"}, Severity: Note, Code: "c", Message: "m"}, "api.yaml: note: m [c]\n"},
		{"an excerpt", Diagnostic{Pos: at(1, 10), Severity: Warning, Code: "c", Message: "m"},
			"api.yaml:1:10: warning: m [c]\n    1 | openapi: 3.1.1\n      |          ^\n"},
		{"tabs and wide characters", Diagnostic{Pos: at(2, 11), Severity: Error, Code: "c", Message: "m"},
			"api.yaml:2:11: error: m [c]\n    2 |  paths: ü {}\n      |           ^\n"},
		{"an empty line has no excerpt", Diagnostic{Pos: at(3, 1), Severity: Error, Code: "c", Message: "m"}, "api.yaml:3:1: error: m [c]\n"},
		{"a column behind the end", Diagnostic{Pos: at(4, 99), Severity: Error, Code: "c", Message: "m"},
			"api.yaml:4:99: error: m [c]\n    4 | last\n      |     ^\n"},
		{"a line behind the end", Diagnostic{Pos: at(9, 1), Severity: Error, Code: "c", Message: "m"}, "api.yaml:9:1: error: m [c]\n"},
		{"detail instead of an excerpt, places and hint",
			Diagnostic{Pos: at(1, 1), Severity: Error, Code: "c", Message: "m", Hint: "do it", Detail: "in X\n>  1 | \tx", Related: []model.Pos{at(1, 1), at(2, 2)}},
			"api.yaml:1:1: error: m [c]\n    in X\n    >  1 |     x\n    see api.yaml:2:2\n    hint: do it\n"},
		{"what a terminal would obey", Diagnostic{Severity: Error, Code: "c", Message: "a\x1b[31m\n\u202eb\u2028\U000e0001\xff"},
			"error: a\\u001b[31m\\n\\u202eb\\u2028\\U000e0001\ufffd [c]\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, render(t, test.d, source)) })
	}
}

func TestTextGivesASharedHintOnce(t *testing.T) {
	d := Diagnostic{Severity: Error, Code: "c", Message: "m", Hint: "do it"}
	other := d
	other.Hint = "do that"
	var b bytes.Buffer
	require.NoError(t, Text(&b, List{d, d, other, d}, nil))
	assert.Equal(t, "error: m [c]\nerror: m [c]\n    hint: do it\nerror: m [c]\n    hint: do that\nerror: m [c]\n    hint: do it\n", b.String())
}

func TestTextIsBounded(t *testing.T) {
	long := strings.Repeat("ä", 1_000_000)
	out := render(t, Diagnostic{Pos: model.Pos{File: "x", Line: 1, Col: 10_000}, Severity: Error, Code: "c", Message: long, Hint: long, Detail: ""}, long)
	assert.Less(t, len(out), 3*maxMessage)
	lines := strings.Split(out, "\n")
	assert.Equal(t, strings.IndexRune(lines[2], '^'), len("      | ")+maxExcerpt/2)
}

func TestTextQuotesSource(t *testing.T) {
	assert.Equal(t, "x:1:4: error: m [c]\n    1 | a\\u001bb\n      |         ^\n",
		render(t, Diagnostic{Pos: model.Pos{File: "x", Line: 1, Col: 4}, Severity: Error, Code: "c", Message: "m"}, "a\x1bb"))
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	d := Diagnostic{Pos: model.Pos{File: "x", Line: 1, Col: 2}, Severity: Error, Code: "c", Message: "a\x1b\u202e\n<\U000e0001"}
	require.NoError(t, JSON(&b, List{d, d}))
	lines := strings.SplitAfter(b.String(), "\n")
	require.Len(t, lines, 3)
	assert.NotContains(t, b.String(), "\u202e")
	var back Diagnostic
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &back))
	assert.Equal(t, d, back)
}

func TestNearest(t *testing.T) {
	names := []string{"specs", "package", "out", "import"}
	for name, want := range map[string]string{"spec": "specs", "pakage": "package", "Output": "", "imports": "import", "zzz": "", "OUT": "out"} {
		assert.Equal(t, want, Nearest(name, names), name)
	}
}

func TestListSortDropsRepetitions(t *testing.T) {
	var list List
	list.Warnf(model.Pos{File: "b", Line: 1, Col: 1}, "c", "m")
	list.Errorf(model.Pos{File: "a", Line: 2, Col: 1}, "c", "m")
	list.Errorf(model.Pos{File: "a", Line: 2, Col: 1}, "c", "m")
	list.Hint("h %d", 1)
	assert.True(t, list.HasErrors())
	list = list.Sort()
	require.Len(t, list, 2)
	assert.Equal(t, "a:2:1: error: m [c]", list[0].String())
}

func TestExcerptsComeInAnyOrder(t *testing.T) {
	files := map[string]string{"a": "a1\na2\na3", "b": "b1\nb2\nb3"}
	var list List
	want := ""
	for _, at := range []struct {
		file string
		line int
	}{{"a", 1}, {"a", 3}, {"a", 2}, {"b", 2}, {"b", 2}, {"a", 3}, {"b", 9}, {"b", 1}} {
		pos := model.Pos{File: at.file, Line: at.line, Col: 1}
		list = append(list, Diagnostic{Pos: pos, Severity: Error, Code: "c", Message: "m"})
		want += pos.String() + ": error: m [c]\n"
		if at.line <= 3 {
			want += fmt.Sprintf("%5d | %s%d\n      | ^\n", at.line, at.file, at.line)
		}
	}
	var b bytes.Buffer
	require.NoError(t, Text(&b, list, func(file string) []byte { return []byte(files[file]) }))
	assert.Equal(t, want, b.String())
}
