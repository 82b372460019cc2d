package verify

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/passes/stdversion"
)

// checkVersions runs the stdversion analyzer: the type checker knows which language a Go version
// has, but not which library.
func (s *session) checkVersions(u *unit, pkg *types.Package, info *types.Info) {
	uses := s.foreignUses(u, pkg, info)
	info.FileVersions[uses] = GoVersion
	pass := &analysis.Pass{
		Analyzer:  inspect.Analyzer,
		Fset:      s.fset,
		Files:     []*ast.File{uses},
		Pkg:       pkg,
		TypesInfo: info,
	}
	inspector, err := inspect.Analyzer.Run(pass)
	if err != nil {
		s.diags = append(s.diags, broken(err)...)
		return
	}
	pass.Analyzer = stdversion.Analyzer
	pass.ResultOf = map[*analysis.Analyzer]any{inspect.Analyzer: inspector}
	pass.Report = func(d analysis.Diagnostic) {
		s.internal(s.fileAt(u, d.Pos), d.Pos, "internal-output-version", "generated code is too new: %s", d.Message)
	}
	if _, err := stdversion.Analyzer.Run(pass); err != nil {
		s.diags = append(s.diags, broken(err)...)
	}
}

// foreignUses returns a file that consists of the identifiers with which u refers to other
// packages, which is all that the analyzer looks at. The files themselves would not do: it passes
// over what says it is generated.
func (s *session) foreignUses(u *unit, pkg *types.Package, info *types.Info) *ast.File {
	var idents []ast.Expr
	for id, obj := range info.Uses {
		if obj.Pkg() != nil && obj.Pkg() != pkg && s.byPath[obj.Pkg().Path()] == nil {
			if f := s.fileAt(u, id.Pos()); f != nil && !f.hand {
				idents = append(idents, id)
			}
		}
	}
	blank := []*ast.Ident{ast.NewIdent("_")}
	uses := &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: blank, Values: idents}}}
	return &ast.File{Name: ast.NewIdent(pkg.Name()), Decls: []ast.Decl{uses}}
}
