package write

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFilesOfBadNamesAreRefused(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "../x.go", "/etc/x", "a/../b.go", "a//b.go", "a/", `..\x.go`, `a\b.go`, "C:x.go", "CON", "nul.go", "a/aux.txt",
		"com1.go", "x.go.", "x.go ", "a./x.go", "nul\x00.go", "a\nb.go", "．．/x.go", "é.go", "_x.go", ".x.go", "x_test.go", "x_linux.go",
		"x_amd64.go", "a/x_windows_arm64.go", stagingName + "/x.go", strings.Repeat("x", 300) + ".go", "a:b", "a*b", "a|b",
	} {
		dir := t.TempDir()
		_, list := Output(request(dir, name, "1"))
		if assert.NotEmpty(t, list, "%q", name) {
			assert.Equal(t, "output-name", list[0].Code, "%q", name)
		}
		assert.Empty(t, tree(t, dir))
	}
}

func TestConstrainedNamesAreWrittenWhenMeant(t *testing.T) {
	req := request(t.TempDir(), "x_test.go", "1", "rt/x_amd64.go", "1")
	for i := range req.Files {
		req.Files[i].Constrained = true
	}
	write(t, req)
}

func TestNamesThatAreEqualOnSomeSystems(t *testing.T) {
	tests := []struct {
		names []string
		want  string
	}{
		{[]string{"Foo.go", "foo.go"}, "foo.go: error: on some systems this is the same name as Foo.go [output-name]"},
		{[]string{"A/x.go", "a/y.go"}, "a/y.go: error: on some systems this is the same name as A/ [output-name]"},
		{[]string{"a", "a/y.go"}, "a/y.go: error: on some systems this is the same name as a [output-name]"},
		{[]string{"a/y.go", "A"}, "a/y.go: error: on some systems this is the same name as A [output-name]"},
		{[]string{"x.go", "x.go"}, "x.go: error: on some systems this is the same name as x.go [output-name]"},
		{[]string{"a/x.go", "a/y.go", "b/x.go"}, ""},
	}
	for _, test := range tests {
		var pairs []string
		for _, name := range test.names {
			pairs = append(pairs, name, "1")
		}
		_, list := Output(request(t.TempDir(), pairs...))
		assert.Equal(t, test.want, strings.Join(lines(list), "\n"))
	}
}
