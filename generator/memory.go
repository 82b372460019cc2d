package generator

import (
	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/write"
)

// inMemory returns what the output would be, and how it differs from what there is.
func (r *run) inMemory(req write.Request) (Result, []Diagnostic) {
	before, done, err := r.disk.open(r.config.Out)
	if err != nil {
		before, done = nil, func() {}
	}
	defer done()
	planned, files, list := write.InMemory(before, req)
	r.add(r.config.Out, list)
	result := Result{Changes: planned.Changes, Unchanged: planned.Unchanged}
	for _, f := range files {
		result.Files = append(result.Files, File{Path: f.Path, Content: f.Bytes})
	}
	return result, r.diags.Sort()
}

// handWritten reads the hand-written files of the output, wherever that is.
func (r *run) handWritten(dirs, planned []string) ([]write.File, diag.List) {
	if r.disk.fsys == nil {
		return write.HandWritten(r.config.Out, dirs, planned)
	}
	before, done, err := r.disk.open(r.config.Out)
	if err != nil {
		return nil, nil // there is no output yet
	}
	defer done()
	return write.HandWrittenIn(before, dirs, planned)
}
