package filename

import (
	"go/build"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSafeGo(t *testing.T) {
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
		assert.Equal(t, want, SafeGo(base), "%q", base)
	}
	long := strings.Repeat("ab", 500)
	assert.LessOrEqual(t, len(SafeGo(long)), MaxLength)
	assert.NotEqual(t, SafeGo(long), SafeGo(long+"c"))
}

func TestSafeNamesAreBuiltEverywhere(t *testing.T) {
	for _, suffix := range append(platforms[:], "test", "linux_amd64") {
		name := SafeGo("foo_" + suffix)
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
		assert.False(t, strings.ContainsFunc(name, func(r rune) bool { return !Portable(r) }))
	}
}
