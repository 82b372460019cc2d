package verify

import (
	"go/token"
	"go/types"
	"path"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// Packages type-checks the declarations of generated files and returns their packages by directory: what a program that
// imports them sees. External tests are left out.
func Packages(req Request) (*token.FileSet, map[string]*types.Package, diag.List) {
	s, err := newSession(req)
	if err != nil {
		return nil, nil, broken(err)
	}
	s.declarations = true
	if s.parse(); s.diags.HasErrors() {
		return nil, nil, s.findings()
	}
	out := map[string]*types.Package{}
	for dir, importPath := range req.Paths {
		if u := s.byPath[importPath]; u != nil {
			if pkg, err := s.Import(importPath); err == nil {
				out[path.Clean(dir)] = pkg
			}
		}
	}
	return s.fset, out, s.findings()
}
