package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
)

// stagingName is the directory inside the output in which a transaction is prepared: there, so that
// renaming never crosses file systems, and everything happens below one root handle. The Go tools
// pass over names with a dot in front.
const stagingName = ".pantograph-staging"

// transaction applies steps, all or none. Everything is written to the staging directory first, and
// the files that will be replaced are kept there; then come only renames, of a directory that is new
// as a whole. When one fails, those before it are undone.
type transaction struct {
	root   *os.Root
	rename func(from, to string) error // root.Rename, but in tests
	undo   []func() error
	stages *stages
	moved  map[string]bool // new directories that are in their place
}

func newTransaction(root *os.Root) *transaction {
	return &transaction{root: root, rename: root.Rename, stages: newStages(root), moved: map[string]bool{}}
}

// run applies steps.
func (t *transaction) run(steps []step) error {
	if len(steps) == 0 {
		return nil
	}
	if err := t.root.Mkdir(stagingName, 0o777); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists: another run is writing here; if there is none, remove it", stagingName)
	} else if err != nil {
		return err
	}
	if err := t.attempt(steps); err != nil {
		if failed := t.revert(); failed != nil {
			return fmt.Errorf("%w; undoing it failed too (%v), and the former files are in %s", err, failed, stagingName)
		}
		_ = t.root.RemoveAll(stagingName) // the first error is the one to report
		return err
	}
	t.prune(steps)
	return t.root.RemoveAll(stagingName)
}

// attempt stages all steps and then applies them.
func (t *transaction) attempt(steps []step) error {
	defer t.stages.close()
	for i, s := range steps {
		if err := t.stage(i, s); err != nil {
			return err
		}
	}
	t.stages.close() // some systems rename no directory that is open
	for i, s := range steps {
		if err := t.apply(i, s); err != nil {
			return err
		}
	}
	return nil
}

// revert undoes what was done, newest first.
func (t *transaction) revert() error {
	var errs []error
	for i := len(t.undo) - 1; i >= 0; i-- {
		errs = append(errs, t.undo[i]())
	}
	return errors.Join(errs...)
}

// staged is where a step's new content waits: in a copy of a directory that is new, or beside others.
func (t *transaction) staged(i int, s step) string {
	if s.old == nil && t.stages.above(path.Dir(s.Path)) != "" {
		return path.Join(treeName, s.Path)
	}
	return path.Join(stagingName, "new-"+strconv.Itoa(i))
}

func oldName(i int) string { return path.Join(stagingName, "old-"+strconv.Itoa(i)) }

// stage writes the new content of a step, and keeps the old.
func (t *transaction) stage(i int, s step) error {
	if s.old != nil {
		if err := t.keep(i, s); err != nil {
			return err
		}
	}
	if s.Kind.removes() {
		return nil
	}
	mode := s.mode
	if s.old != nil {
		mode = s.old.info.Mode().Perm()
	}
	name := t.staged(i, s)
	if err := t.stages.write(name, s.content, mode); err != nil {
		return err
	}
	if s.old != nil {
		return t.root.Chmod(name, mode)
	}
	return nil
}

// keep puts the old file into the staging directory under a second name; where the file system has
// no such links, a copy.
func (t *transaction) keep(i int, s step) error {
	if t.root.Link(s.Path, oldName(i)) == nil {
		return nil
	}
	if err := t.root.WriteFile(oldName(i), s.old.content, s.old.info.Mode().Perm()); err != nil {
		return err
	}
	return t.root.Chtimes(oldName(i), s.old.info.ModTime(), s.old.info.ModTime())
}

// apply makes one change visible, or with it those of all files in a directory that is new.
func (t *transaction) apply(i int, s step) error {
	if s.Kind.removes() {
		if err := t.root.Remove(s.Path); err != nil {
			return err
		}
	} else {
		from, to := t.staged(i, s), s.Path
		if above := t.stages.above(path.Dir(s.Path)); s.old == nil && above != "" {
			from, to = path.Join(treeName, above), above
		}
		if t.moved[to] {
			return nil
		}
		if err := t.rename(from, to); err != nil {
			return err
		}
		if s.old == nil {
			t.moved[to] = true
			t.undo = append(t.undo, func() error { return t.root.Rename(to, from) })
			return nil
		}
	}
	t.undo = append(t.undo, func() error { return t.root.Rename(oldName(i), s.Path) })
	return nil
}

// prune removes directories that lost their last file. What is not empty stays.
func (t *transaction) prune(steps []step) {
	for _, s := range steps {
		if s.Kind.removes() {
			for dir := path.Dir(s.Path); dir != "." && t.root.Remove(dir) == nil; dir = path.Dir(dir) {
			}
		}
	}
}
