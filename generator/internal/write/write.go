// Package write brings verified files to disk, all of them or none. It knows what it wrote before
// from a manifest that lies beside the output, so it can tell its own files from edited and from
// foreign ones, and removes what is no longer generated. It is the only stage that touches the
// disk, and it stays inside the output directory (os.Root).
package write

import (
	"errors"
	"io/fs"
	"os"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Request says what the output directory should hold. Paths are slash-separated and relative to it.
type Request struct {
	Dir       string
	Files     []File
	Lock      *File      // names.lock: people commit and may edit it, so it is not guarded against edits
	Documents []Document // what the files were made of
	Generator string     // version of the generator
	Origin    *Origin    // of a vendored output
	Force     bool       // overwrite edited and foreign files
	Check     bool       // compare only
	Mend      string     // the command that writes the output, for messages
}

// File is a planned file.
type File struct {
	Path        string
	Bytes       []byte
	Constrained bool // its name is meant to limit where it is built: _test, _linux
}

// Document is an input, named relative to the load root.
type Document struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Result says how disk and plan differed; without Check they are equal now.
type Result struct {
	Changes   []Change // sorted by path
	Unchanged int      // files left alone
	Inputs    []string // files and directories that were read or looked for, also when there are errors
}

// Change is a difference between disk and plan.
type Change struct {
	Path string
	Kind Kind
}

// Kind is how a file differs from the plan.
type Kind string

// The kinds of change. Those from Edited on are made only by force.
const (
	Missing     Kind = "missing"      // planned, not on disk
	Changed     Kind = "changed"      // ours, and different now
	Stale       Kind = "stale"        // ours, and no longer planned
	Edited      Kind = "edited"       // ours, planned, and changed by hand
	EditedStale Kind = "edited-stale" // ours, no longer planned, and changed by hand
	Foreign     Kind = "foreign"      // planned, and there is a file that we never wrote
)

// removes reports whether the change takes the file away.
func (k Kind) removes() bool { return k == Stale || k == EditedStale }

// forced reports whether the change destroys somebody's work.
func (k Kind) forced() bool { return k == Edited || k == EditedStale || k == Foreign }

// Output makes the output directory equal to the plan, or with Check says how it differs. Positions
// of diagnostics are relative to the output directory. When there are errors nothing has changed.
func Output(req Request) (Result, diag.List) {
	list := checkNames(req)
	if list.HasErrors() {
		return Result{}, list.Sort()
	}
	root, err := os.OpenRoot(req.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		if req.Check {
			return missing(req)
		}
		if err = os.MkdirAll(req.Dir, 0o777); err == nil {
			root, err = os.OpenRoot(req.Dir)
		}
	}
	if err != nil {
		return Result{}, unusable(err)
	}
	defer root.Close()

	plan, list := compare(root, req)
	if list.HasErrors() {
		return Result{}, list.Sort()
	}
	result := Result{Changes: plan.changes(), Unchanged: plan.unchanged}
	if req.Check {
		return result, drift(result.Changes, plan.why, req.Mend)
	}
	if list := refusals(result.Changes, req.Force); list.HasErrors() {
		return Result{}, list.Sort()
	}
	if err := newTransaction(root).run(plan.steps); err != nil {
		list.Errorf(model.Pos{File: "."}, "output-failed", "the files could not be written: %v", err)
		return Result{}, list
	}
	return result, nil
}

// missing is the result of checking a directory that does not exist.
func missing(req Request) (Result, diag.List) {
	var result Result
	for _, f := range planned(req, newManifest(req)) {
		result.Changes = append(result.Changes, Change{f.Path, Missing})
	}
	sortChanges(result.Changes)
	return result, drift(result.Changes, "", req.Mend)
}

// drift reports changes that a check found, with what brought them about.
func drift(changes []Change, why, mend string) diag.List {
	var list diag.List
	if why == "" {
		why = "the generator itself, the configuration or a template changed"
	}
	if mend == "" {
		mend = "pantograph gen"
	}
	for _, c := range changes {
		pos := model.Pos{File: c.Path}
		switch c.Kind {
		case Missing:
			list.Errorf(pos, "drift-missing", "generated file is missing")
		case Changed:
			list.Errorf(pos, "drift-changed", "generated file is out of date: %s", why)
		case Stale:
			list.Errorf(pos, "drift-stale", "file is no longer generated")
		case Edited, EditedStale:
			list.Errorf(pos, "edited-by-hand", "generated file was edited by hand")
			list.Hint("gen refuses such a file: put the addition into a file of its own; gen -force discards the edit")
			continue
		case Foreign:
			list.Errorf(pos, "foreign-file", "a file that pantograph did not write stands where a generated one belongs")
			list.Hint("gen refuses such a file: move it away; gen -force overwrites it")
			continue
		}
		list.Hint("run %s and commit the result", mend)
	}
	return list.Sort()
}

// refusals reports the changes that need force and do not have it.
func refusals(changes []Change, force bool) diag.List {
	var list diag.List
	for _, c := range changes {
		if force || !c.Kind.forced() {
			continue
		}
		if c.Kind == Foreign {
			list.Errorf(model.Pos{File: c.Path}, "foreign-file", "this file was not written by pantograph and is in the way of a generated one")
			list.Hint("move it away, or overwrite it with -force")
			continue
		}
		list.Errorf(model.Pos{File: c.Path}, "edited-by-hand", "this generated file was edited by hand")
		list.Hint("put the addition into a file of its own, which pantograph leaves alone; -force discards the edit")
	}
	return list
}

// unusable reports that the output directory can be neither opened nor made.
func unusable(err error) diag.List {
	var list diag.List
	list.Errorf(model.Pos{File: "."}, "output-directory", "the output directory cannot be used: %s", cause(err))
	list.Hint("the output has to be a directory in which files may be made")
	return list
}

// cause describes an error of the file system without its path, which the diagnostic gives.
func cause(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
