package write

import (
	"errors"
	"path"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/model"
)

// checkNames refuses planned files that cannot or must not be written under their name.
func checkNames(req Request) diag.List {
	var list diag.List
	folded := make(map[string]string) // by lower-cased path: a path, or a directory with a slash behind
	for _, f := range planned(req, manifest{}) {
		pos := model.Pos{File: f.Path}
		if err := checkPath(f.Path); err != nil {
			list.Errorf(pos, "output-name", "a file of this name cannot be written: %v", err)
			continue
		}
		base, isGo := strings.CutSuffix(path.Base(f.Path), ".go")
		switch {
		case isGo && strings.HasPrefix(base, "_"), strings.HasPrefix(path.Base(f.Path), "."):
			list.Errorf(pos, "output-name", "the Go tools pass over a file of this name")
		case isGo && filename.Constrained(base) && !f.Constrained:
			list.Errorf(pos, "output-name", "the Go tools take a file of this name for a test, or for one of a single platform")
		}
		if other, taken := taken(folded, f.Path); taken {
			list.Errorf(pos, "output-name", "on some systems this is the same name as %s", other)
		}
	}
	return list
}

// taken enters a path and its directories into folded, and reports a path or directory that is
// already there under another spelling or as the other sort of thing.
func taken(folded map[string]string, name string) (string, bool) {
	enter := func(entry string) (string, bool) {
		key := strings.ToLower(strings.TrimSuffix(entry, "/"))
		if other, ok := folded[key]; ok && (other != entry || !strings.HasSuffix(entry, "/")) {
			return other, true
		}
		folded[key] = entry
		return "", false
	}
	for i := range len(name) {
		if name[i] == '/' {
			if other, taken := enter(name[:i+1]); taken {
				return other, true
			}
		}
	}
	return enter(name)
}

// checkPath refuses paths that lead out of the output directory or mean different things on
// different systems.
func checkPath(name string) error {
	if name == "" || path.Clean(name) != name || path.IsAbs(name) {
		return errors.New("it is not a clean relative path")
	}
	for elem := range strings.SplitSeq(name, "/") {
		switch {
		case elem == "." || elem == "..":
			return errors.New("it leads out of the output directory")
		case len(elem) > filename.MaxLength:
			return errors.New("it is too long")
		case strings.ContainsFunc(elem, func(r rune) bool { return !filename.Portable(r) }):
			return errors.New("it holds a character that is not portable")
		case strings.HasSuffix(elem, "."):
			return errors.New("a dot at its end is dropped on Windows")
		case filename.Device(elem):
			return errors.New("it names a device on Windows")
		case elem == stagingName:
			return errors.New("it is the name of our own staging directory")
		}
	}
	return nil
}
