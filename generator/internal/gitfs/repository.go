package gitfs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// repository is what git stores. Of go-git only the storage is used: the packages above it know how to push and to sign, and
// to have them in the program made each start of it slower.
type repository struct{ *filesystem.Storage }

// open finds the repository around a directory.
func open(dir string) (repository, error) {
	dot := filepath.Join(dir, ".git")
	info, err := os.Stat(dot)
	if parent := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && parent != dir {
		return open(parent)
	}
	if err != nil {
		return repository{}, err
	}
	if !info.IsDir() { // of a worktree, or a submodule
		if dot, err = named(dir, dot, "gitdir: "); err != nil {
			return repository{}, err
		}
	}
	var common billy.Filesystem
	shared, err := named(dot, filepath.Join(dot, "commondir"), "")
	switch {
	case err == nil:
		common = osfs.New(shared)
	case !errors.Is(err, fs.ErrNotExist):
		return repository{}, err
	}
	return repository{filesystem.NewStorage(dotgit.NewRepositoryFilesystem(osfs.New(dot), common), cache.NewObjectLRUDefault())}, nil
}

// named is the directory that a file names, in a line with a prefix, as seen from a directory.
func named(from, file, prefix string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	line, ok := strings.CutPrefix(line, prefix)
	if !ok {
		return "", errors.New(filepath.Base(file) + " names no directory")
	}
	if dir := strings.TrimSpace(line); filepath.IsAbs(dir) {
		return dir, nil
	} else {
		return filepath.Join(from, dir), nil
	}
}

// object reads an object.
func (r repository) object(hash plumbing.Hash) (plumbing.ObjectType, []byte, error) {
	encoded, err := r.EncodedObject(plumbing.AnyObject, hash)
	if err != nil {
		return plumbing.InvalidObject, nil, err
	}
	reader, err := encoded.Reader()
	if err != nil {
		return plumbing.InvalidObject, nil, err
	}
	defer reader.Close()
	data, err := io.ReadAll(reader)
	return encoded.Type(), data, err
}

// file reads a file below a tree.
func (r repository) file(tree plumbing.Hash, name string) ([]byte, error) {
	for {
		kind, data, err := r.object(tree)
		if err != nil {
			return nil, err
		}
		element, rest, below := strings.Cut(name, "/")
		if kind != plumbing.TreeObject {
			return nil, fs.ErrNotExist
		}
		hash, ok := entry(data, element)
		if !ok {
			return nil, fs.ErrNotExist
		}
		if below {
			tree, name = hash, rest
			continue
		}
		kind, data, err = r.object(hash)
		if err == nil && kind != plumbing.BlobObject {
			err = fs.ErrNotExist
		}
		return data, err
	}
}

// entry finds a name in a tree, which is a row of entries: a mode, a space, a name, a zero byte, a hash.
func entry(tree []byte, name string) (hash plumbing.Hash, ok bool) {
	for len(tree) > 0 {
		head, rest, found := bytes.Cut(tree, []byte{0})
		if !found || len(rest) < len(hash) {
			return hash, false
		}
		if _, called, _ := bytes.Cut(head, []byte(" ")); string(called) == name {
			copy(hash[:], rest)
			return hash, true
		}
		tree = rest[len(hash):]
	}
	return hash, false
}
