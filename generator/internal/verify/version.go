package verify

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// checkVersions looks for library API that is too new: the type checker knows which language a Go version has, but not which
// library.
func (s *session) checkVersions(u *unit, pkg *types.Package, info *types.Info) {
	for _, use := range s.foreignUses(u, pkg, info) {
		if newer := s.std.Newer(origin(use.object)); newer != "" {
			at := use.id.Pos()
			s.internal(s.fileAt(u, at), at, "internal-output-version", "generated code is too new: %s (module is %s)", newer, GoVersion)
		}
	}
}

// origin returns what an object is an instance of.
func origin(object types.Object) types.Object {
	switch object := object.(type) {
	case *types.Var:
		return object.Origin()
	case *types.Func:
		return object.Origin()
	}
	return object
}

// use is where something is used.
type use struct {
	id     *ast.Ident
	object types.Object
}

// foreignUses returns the first use that u makes of each thing in other packages, in the order of the source.
func (s *session) foreignUses(u *unit, pkg *types.Package, info *types.Info) []use {
	first := make(map[types.Object]*ast.Ident)
	for id, object := range info.Uses {
		if from := object.Pkg(); from == nil || from == pkg || s.planned(from.Path()) {
			continue
		}
		if seen := first[object]; seen != nil && seen.Pos() < id.Pos() {
			continue
		}
		if f := s.fileAt(u, id.Pos()); f != nil && !f.hand {
			first[object] = id
		}
	}
	uses := make([]use, 0, len(first))
	for object, id := range first {
		uses = append(uses, use{id, object})
	}
	slices.SortFunc(uses, func(a, b use) int { return cmp.Compare(a.id.Pos(), b.id.Pos()) })
	return uses
}
