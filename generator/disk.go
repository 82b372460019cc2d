package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// disk is where a run reads: the files of the system, or those of a file system that the caller gives.
type disk struct{ fsys fs.FS }

// open returns a directory, outside of which nothing is read, and what closes it.
func (d disk) open(dir string) (fs.FS, func(), error) {
	if d.fsys == nil {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, nil, err
		}
		return root.FS(), func() { root.Close() }, nil
	}
	name := filepath.ToSlash(filepath.Clean(dir))
	info, err := fs.Stat(d.fsys, name)
	if err == nil && !info.IsDir() {
		err = errors.New("not a directory")
	}
	if err != nil {
		return nil, nil, err
	}
	sub, err := fs.Sub(d.fsys, name)
	return sub, func() {}, err
}

// file reads a file that is named by its path, wherever it is.
func (d disk) file(name string, limit int64) ([]byte, error) {
	stat, read := os.Stat, os.ReadFile
	if d.fsys != nil {
		name = filepath.ToSlash(name)
		stat = func(name string) (fs.FileInfo, error) { return fs.Stat(d.fsys, name) }
		read = func(name string) ([]byte, error) { return fs.ReadFile(d.fsys, name) }
	}
	info, err := stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("does not exist")
	case err != nil || !info.Mode().IsRegular():
		return nil, errors.New("is no file that can be read")
	case info.Size() > limit:
		return nil, errTooLarge
	}
	data, err := read(name)
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	return data, nil
}

var errTooLarge = errors.New("is too large")
