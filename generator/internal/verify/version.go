package verify

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/passes/stdversion"
)

// checkVersions runs the stdversion analyzer: the type checker knows which language a Go version
// has, but not which library. It sees a file of our own that consists of what u uses of other packages, each once: the
// files themselves would not do, since it passes over what says it is generated. What it is told by position is the place
// among the uses, since the distance of positions is what memory is taken for.
func (s *session) checkVersions(u *unit, pkg *types.Package, info *types.Info) {
	uses := s.foreignUses(u, pkg, info)
	stand := &types.Info{Uses: make(map[*ast.Ident]types.Object, len(uses)), FileVersions: make(map[*ast.File]string, 1)}
	values := make([]ast.Expr, len(uses))
	for i, use := range uses {
		id := &ast.Ident{NamePos: token.Pos(1 + i), Name: use.id.Name}
		stand.Uses[id], values[i] = use.object, id
	}
	all := &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent("_")}, Values: values}}}
	file := &ast.File{Name: ast.NewIdent(pkg.Name()), Decls: []ast.Decl{all}}
	stand.FileVersions[file] = GoVersion
	pass := &analysis.Pass{
		Analyzer:  inspect.Analyzer,
		Fset:      s.fset,
		Files:     []*ast.File{file},
		Pkg:       pkg,
		TypesInfo: stand,
	}
	inspector, err := inspect.Analyzer.Run(pass)
	if err != nil {
		s.diags = append(s.diags, broken(err)...)
		return
	}
	pass.Analyzer = stdversion.Analyzer
	pass.ResultOf = map[*analysis.Analyzer]any{inspect.Analyzer: inspector}
	pass.Report = func(d analysis.Diagnostic) {
		at := uses[d.Pos-1].id.Pos()
		s.internal(s.fileAt(u, at), at, "internal-output-version", "generated code is too new: %s", d.Message)
	}
	if _, err := stdversion.Analyzer.Run(pass); err != nil {
		s.diags = append(s.diags, broken(err)...)
	}
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
		if from := object.Pkg(); from == nil || from == pkg || s.byPath[from.Path()] != nil {
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
