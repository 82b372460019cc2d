package write

import (
	"io/fs"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// reader is what a plan is compared with: the root of the output directory, or a file system in memory.
type reader interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
}

// memory is a file system as a reader.
type memory struct{ fs.FS }

func (m memory) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(m.FS, name) }
func (m memory) ReadFile(name string) ([]byte, error)   { return fs.ReadFile(m.FS, name) }

// empty is a file system without files.
type empty struct{}

func (empty) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// InMemory does what Output does and writes nothing: it returns the files that the output consists of, names.lock and
// the manifest included. Before is what the output directory holds; nil for nothing.
func InMemory(before fs.FS, req Request) (Result, []File, diag.List) {
	list := checkNames(req)
	if list.HasErrors() {
		return Result{}, nil, list.Sort()
	}
	if before == nil {
		before = empty{}
	}
	p, list := compare(memory{before}, req)
	if list.HasErrors() {
		return Result{}, nil, list.Sort()
	}
	result := Result{Changes: p.changes(), Unchanged: p.unchanged}
	if req.Check {
		list = drift(result.Changes, p.why, req.Mend)
	} else {
		list = refusals(result.Changes, req.Force)
	}
	if list.HasErrors() {
		return result, nil, list.Sort()
	}
	return result, planned(req, newManifest(req)), nil
}
