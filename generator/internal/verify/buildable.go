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
