package verify

import (
	"bytes"
	"go/build"
	"io"
	"path"
	"strings"
)

// buildable reports whether a file is part of its package on an ordinary platform: no test, no
// other system's file, no "//go:build ignore". A file whose constraints do not parse counts, so
// that its errors are seen.
func buildable(src Source) bool {
	name := path.Base(src.Path)
	if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
		return false
	}
	if !constrained(name, src.Bytes) {
		return true
	}
	// One platform on every machine, so that verdicts are equal everywhere.
	platform := build.Context{
		GOOS: "linux", GOARCH: "amd64", Compiler: "gc",
		ReleaseTags: build.Default.ReleaseTags,
		OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(src.Bytes)), nil
		},
	}
	match, err := platform.MatchFile(path.Dir(src.Path), name)
	return match || err != nil
}

// constrained reports whether a file may be meant for some platforms alone, by its name or by what it says. Most are not, and
// go/build takes longer to see that.
func constrained(name string, text []byte) bool {
	return strings.ContainsRune(name, '_') || strings.HasPrefix(name, ".") ||
		bytes.Contains(text, []byte("//go:build")) || bytes.Contains(text, []byte("+build"))
}
