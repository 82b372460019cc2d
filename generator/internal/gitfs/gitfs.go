// Package gitfs reads files as they are in a revision of a git repository. It reads objects only: it changes nothing,
// starts no program and reaches no network.
package gitfs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
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
	tree func() (*object.Tree, error)
	dir  string
}

// New returns a directory of a revision of the repository that the working directory is in. The directory is a path from
// the root of the repository.
func New(revision, dir string) FS {
	return FS{func() (*object.Tree, error) { return tree(revision) }, dir}
}

// tree is what a revision holds.
func tree(revision string) (*object.Tree, error) {
	here, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	repository, err := git.PlainOpenWithOptions(here, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if err != nil {
		return nil, fmt.Errorf("there is no git repository around %s: %w", here, err)
	}
	hash, err := repository.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return nil, fmt.Errorf("there is no revision %s: %w", revision, err)
	}
	commit, err := repository.CommitObject(*hash)
	if err != nil {
		return nil, fmt.Errorf("revision %s: %w", revision, err)
	}
	return commit.Tree()
}

// Open reads a file.
func (f FS) Open(name string) (fs.File, error) {
	failed := func(err error) error { return &fs.PathError{Op: "open", Path: name, Err: err} }
	if !fs.ValidPath(name) || name == "." {
		return nil, failed(fs.ErrInvalid)
	}
	tree, err := f.tree()
	if err != nil {
		return nil, failed(err)
	}
	blob, err := tree.File(path.Join(f.dir, name))
	if errors.Is(err, object.ErrFileNotFound) {
		return nil, failed(fs.ErrNotExist)
	}
	if err != nil {
		return nil, failed(err)
	}
	r, err := blob.Reader()
	if err != nil {
		return nil, failed(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, failed(err)
	}
	return &file{Reader: bytes.NewReader(data), name: path.Base(name)}, nil
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
