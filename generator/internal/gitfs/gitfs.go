// Package gitfs reads files as they are in a revision of a git repository. It asks the git command, which knows how
// repositories are stored; it reads objects only and changes nothing.
package gitfs

import (
	"bytes"
	"errors"
	"io/fs"
	"os/exec"
	"path"
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
type FS struct {
	revision string
	dir      string
}

// New returns a directory of a revision of the repository that the working directory is in. The directory is a path from the
// root of the repository, or from the working directory when it begins with a dot and a slash.
func New(revision, dir string) FS { return FS{revision, dir} }

// Open reads a file.
func (f FS) Open(name string) (fs.File, error) {
	failed := func(err error) error { return &fs.PathError{Op: "open", Path: name, Err: err} }
	if !fs.ValidPath(name) || name == "." {
		return nil, failed(fs.ErrInvalid)
	}
	object := f.revision + ":" + path.Join(f.dir, name)
	var out, complaint bytes.Buffer
	git := exec.Command("git", "cat-file", "blob", object)
	git.Stdout, git.Stderr = &out, &complaint
	if err := git.Run(); err != nil {
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
			return nil, failed(errors.New("the git command cannot be run"))
		}
		return nil, failed(fs.ErrNotExist)
	}
	return &file{Reader: bytes.NewReader(out.Bytes()), name: path.Base(name)}, nil
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
