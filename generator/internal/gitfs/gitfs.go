// Package gitfs reads files as they are in a revision of a git repository. It reads objects only: it changes nothing,
// starts no program and reaches no network.
package gitfs

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Split takes a name apart that means a file of a revision: HEAD~1:spec/api.yaml.
func Split(name string) (revision, file string, ok bool) {
	revision, file, ok = strings.Cut(name, ":")
	if !ok || revision == "" || file == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(revision, "\x00\n") {
		return "", "", false
	}
	return revision, path.Clean(file), true
}

// FS is a directory in a revision. Its files are read when they are opened.
type FS struct{ revision, dir string }

// New returns a directory of a revision of the repository that the working directory is in. The directory is a path from
// the root of the repository.
func New(revision, dir string) FS { return FS{revision, dir} }

// Open reads a file.
func (f FS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) || name == "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	data, err := f.read(path.Join(f.dir, name))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{Reader: bytes.NewReader(data), name: path.Base(name)}, nil
}

// read returns the content of a file, whose path is one from the root of the repository.
func (f FS) read(name string) ([]byte, error) {
	here, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	r, err := open(here)
	if err != nil {
		return nil, fmt.Errorf("there is no git repository around %s: %v", here, err)
	}
	c, err := r.resolve(f.revision)
	if err != nil {
		return nil, fmt.Errorf("there is no revision %s: %v", f.revision, err)
	}
	return r.file(c.tree, name)
}

// file is a file in memory, and what is to be said about it.
type file struct {
	*bytes.Reader
	name string
}

func (f *file) Stat() (fs.FileInfo, error) { return f, nil }
func (f *file) Close() error               { return nil }
func (f *file) Name() string               { return f.name }
func (f *file) Mode() fs.FileMode          { return 0o444 }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return false }
func (f *file) Sys() any                   { return nil }
