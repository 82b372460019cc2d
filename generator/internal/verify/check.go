package verify

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// checked is the outcome of type-checking a unit.
type checked struct {
	started bool
	types   *types.Package // nil while it is being checked
}

// check type-checks every unit, dependencies first, and then looks at what only types can tell.
func (s *session) check() {
	for _, u := range s.units {
		_, _ = s.Import(u.path)
	}
}

// Import returns a package of this session, of the runtime or of the standard library; it makes a session a types.Importer.
func (s *session) Import(path string) (*types.Package, error) {
	u := s.byPath[path]
	if u == nil {
		return s.library(path)
	}
	if !u.pkg.started {
		u.pkg.started = true
		u.pkg.types = s.checkUnit(u)
	}
	if u.pkg.types == nil {
		return nil, fmt.Errorf("import cycle through %s", path)
	}
	return u.pkg.types, nil
}

// library returns what files name of a package that is no unit.
func (s *session) library(path string) (*types.Package, error) {
	imp := s.importer(path)
	if w := s.wanted[path]; w != nil && !w.whole {
		return imp.Take(path, maps.Keys(w.names))
	}
	return imp.Import(path)
}

// importer is where a package comes from that is no unit.
func (s *session) importer(path string) *stdlib.Importer {
	if s.ofRuntime(path) {
		return s.own
	}
	return s.std
}

// ofRuntime reports whether a package is one of our runtime.
func (s *session) ofRuntime(path string) bool { return s.own != nil && s.own.Has(path) }

// planned reports whether a package is a unit, or one of our runtime.
func (s *session) planned(path string) bool { return s.byPath[path] != nil || s.ofRuntime(path) }

// checkUnit type-checks a unit, with its hand-written files, and reports what is wrong.
func (s *session) checkUnit(u *unit) *types.Package {
	info := &types.Info{}
	if audited := !s.declarations && (!u.runtime || s.bodies); audited {
		info.Uses = make(map[*ast.Ident]types.Object, u.uses())
	}
	pkg, found := s.typeCheck(u, slices.Concat(u.files, u.hand), info)
	if len(found) > 0 {
		s.blame(u, found)
		return pkg
	}
	if s.declarations {
		return pkg
	}
	if !u.runtime {
		s.auditInitializers(u, info)
	}
	if !u.runtime || s.bodies {
		s.checkVersions(u, pkg, info)
	}
	return pkg
}

// uses is about how many names the files of u use: growing a map to that many costs more than an estimate.
func (u *unit) uses() int {
	size := 0
	for _, f := range u.files {
		size += len(f.Bytes)
	}
	return size / bytesPerUse
}

// bytesPerUse is what our output has of source for each name used, or a little less.
const bytesPerUse = 18

// typeCheck checks files as the package of u. It always returns a package, complete as far as it goes.
func (s *session) typeCheck(u *unit, files []*file, info *types.Info) (*types.Package, []typeError) {
	var found []typeError
	config := types.Config{
		GoVersion:        GoVersion,
		IgnoreFuncBodies: s.declarations || u.runtime && !s.bodies,
		FakeImportC:      true, // a hand-written file may use cgo; generated ones are audited
		Importer:         s,
		Sizes:            s.sizes,
		Error: func(err error) {
			e := err.(types.Error)                                // as documented
			if strings.HasPrefix(e.Msg, "\t") && len(found) > 0 { // "other declaration of X", a place of the last error
				last := &found[len(found)-1]
				last.related = append(last.related, e.Pos)
				return
			}
			found = append(found, typeError{pos: e.Pos, message: e.Msg})
		},
	}
	syntax := make([]*ast.File, len(files))
	for i, f := range files {
		syntax[i] = f.syntax
	}
	pkg, _ := config.Check(u.path, s.fset, syntax, info)
	found = slices.DeleteFunc(found, func(e typeError) bool { return s.unresolvable(files, e.pos) })
	return pkg, found
}

// typeError is an error of the type checker, with the other places it names.
type typeError struct {
	pos     token.Pos
	message string
	related []token.Pos
}

// unresolvable reports whether pos is an import that nobody here can check: any import of a
// hand-written file, and those of generated files that the configuration allows by name (mapped
// types). The type checker then takes what is selected from such a package on trust.
func (s *session) unresolvable(files []*file, pos token.Pos) bool {
	for _, f := range files {
		for _, spec := range f.syntax.Imports {
			if spec.Pos() <= pos && pos < spec.End() {
				path := importPath(spec)
				known := s.planned(path) || s.std.Has(path)
				return !known && (f.hand || slices.Contains(s.allowed, path))
			}
		}
	}
	return false
}
