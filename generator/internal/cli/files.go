package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// maxShown bounds the files that are read for an excerpt.
const maxShown = 64 << 20

// files reads files for excerpts, each once.
type files struct{ content map[string][]byte }

func newFiles() *files { return &files{content: make(map[string][]byte)} }

// read returns the content of a file; nil when it cannot be read.
func (f *files) read(name string) []byte {
	if content, ok := f.content[name]; ok {
		return content
	}
	content, err := f.file(filepath.FromSlash(name))
	if err != nil {
		content = nil
	}
	f.content[name] = content
	return content
}

// file reads a regular file of bounded size.
func (*files) file(name string) ([]byte, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxShown {
		return nil, fmt.Errorf("%s is not a file of reasonable size", filepath.ToSlash(name))
	}
	return io.ReadAll(in)
}
