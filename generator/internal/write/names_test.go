package write

import (
	"go/build"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSafeGoFileName(t *testing.T) {
	tests := map[string]string{
		"groups":          "groups.go",
		"scaling_groups":  "scaling_groups.go",
		"ScalingGroups":   "scalinggroups.go",
		"foo_test":        "foo_test_.go",
		"foo_linux":       "foo_linux_.go",
		"foo_linux_amd64": "foo_linux_amd64_.go",
		"foo_windows_arm": "foo_windows_arm_.go",
		"linux":           "linux.go",
		"test":            "test.go",
		"con":             "con_.go",
		"NUL":             "nul_.go",
		"com1":            "com1_.go",
		"com10":           "com10.go",
		"aux.x":           "aux_x.go",
		"":                "file.go",
		"...":             "file.go",
		"_hidden":         "hidden.go",
		".hidden":         "hidden.go",
		"../../etc/x":     "etc_x.go",
		`..\x`:            "x.go",
		"C:x":             "c_x.go",
		"a/b":             "a_b.go",
		"nul\x00l":        "nul_l.go",
		"%2e%2e":          "2e_2e.go",
		"．．":              "file.go",
		"x ":              "x_.go",
		"_test":           "test.go",
	}
	for base, want := range tests {
		assert.Equal(t, want, SafeGoFileName(base), "%q", base)
	}
	long := strings.Repeat("ab", 500)
	assert.LessOrEqual(t, len(SafeGoFileName(long)), maxName)
	assert.NotEqual(t, SafeGoFileName(long), SafeGoFileName(long+"c"))
}

func TestSafeGoFileNamesAreBuiltEverywhere(t *testing.T) {
	for _, suffix := range append(platforms[:], "test", "linux_amd64") {
		name := SafeGoFileName("foo_" + suffix)
		platform := build.Context{GOOS: "plan9", GOARCH: "arm", Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("package p\n")), nil
		}}
		if suffix == "plan9" || suffix == "arm" {
			platform.GOOS, platform.GOARCH = "windows", "386"
		}
		match, err := platform.MatchFile(".", name)
		require.NoError(t, err)
		assert.True(t, match, name)
		assert.False(t, strings.HasSuffix(name, "_test.go"))
		assert.NoError(t, checkPath(name))
	}
}

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
