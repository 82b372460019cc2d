package runtime

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Where the runtime comes in two editions: one reads and writes JSON by descriptions with offsets, too, and needs unsafe.
// The other, for outputs with an inline codec, has one file in place of those that do.
const (
	editions = "json"
	standIn  = "json/safe/safe.go"
)

// byOffset reports whether a file, of the runtime itself or of package json, is only about descriptions with offsets.
func byOffset(name string) bool {
	return name == "unsafe.go" || strings.HasPrefix(name, "table")
}

// Edition returns the runtime in one of its editions: with unsafe, or without.
func Edition(fsys fs.FS, unsafe bool) fs.FS { return edition{fsys, unsafe} }

type edition struct {
	fs.FS
	unsafe bool
}

// ReadDir lists a folder.
func (e edition) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(e.FS, name)
	if err != nil || name != editions && name != "." {
		return entries, err
	}
	if name == "." {
		return slices.DeleteFunc(entries, func(f fs.DirEntry) bool { return !e.unsafe && byOffset(f.Name()) }), nil
	}
	folder := path.Dir(standIn)
	entries = slices.DeleteFunc(entries, func(f fs.DirEntry) bool {
		return f.IsDir() && f.Name() == path.Base(folder) || !e.unsafe && byOffset(f.Name())
	})
	if e.unsafe {
		return entries, nil
	}
	others, err := fs.ReadDir(e.FS, folder)
	entries = append(entries, others...)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// ReadFile returns a file.
func (e edition) ReadFile(name string) ([]byte, error) {
	if !e.unsafe && name == path.Join(editions, path.Base(standIn)) {
		name = standIn
	}
	return fs.ReadFile(e.FS, name)
}
