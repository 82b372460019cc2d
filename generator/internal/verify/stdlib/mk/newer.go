package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/passes/stdversion"
)

// newer asks the stdversion analyzer which of what packages export is newer than a Go version, and what it says of that. It
// is shown a package that uses everything once; the place among the uses tells what it speaks of.
func newer(packages []*types.Package, goVersion string) (map[types.Object]string, error) {
	objects := exported(packages)
	fset := token.NewFileSet()
	pkg, err := (&types.Config{GoVersion: goVersion}).Check("p", fset, []*ast.File{{Name: ast.NewIdent("p")}}, nil)
	if err != nil {
		return nil, err
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, FileVersions: map[*ast.File]string{}}
	values := make([]ast.Expr, len(objects))
	for i, object := range objects {
		id := &ast.Ident{NamePos: token.Pos(1 + i), Name: object.Name()}
		info.Uses[id], values[i] = object, id
	}
	all := &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent("_")}, Values: values}}}
	file := &ast.File{Name: ast.NewIdent("p"), Decls: []ast.Decl{all}}
	info.FileVersions[file] = goVersion
	pass := &analysis.Pass{Analyzer: inspect.Analyzer, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}
	inspector, err := inspect.Analyzer.Run(pass)
	if err != nil {
		return nil, err
	}
	found := map[types.Object]string{}
	pass.Analyzer = stdversion.Analyzer
	pass.ResultOf = map[*analysis.Analyzer]any{inspect.Analyzer: inspector}
	pass.Report = func(d analysis.Diagnostic) {
		if m := requires.FindStringSubmatch(d.Message); m != nil {
			found[objects[d.Pos-1]] = m[1]
		} else {
			err = fmt.Errorf("what does this mean: %s", d.Message)
		}
	}
	if _, failed := stdversion.Analyzer.Run(pass); failed != nil {
		return nil, failed
	}
	return found, err
}

var requires = regexp.MustCompile(`^(\S+ requires go1\.\d+ or later) \(module is`)

// exported returns what packages export: objects, their fields and methods.
func exported(packages []*types.Package) []types.Object {
	var list []types.Object
	for _, p := range packages {
		for _, name := range p.Scope().Names() {
			object := p.Scope().Lookup(name)
			if !object.Exported() {
				continue
			}
			list = append(list, object)
			t, ok := object.Type().(*types.Named)
			if !ok || !isType(object) {
				continue
			}
			for m := range t.Methods() {
				list = append(list, m)
			}
			switch u := t.Underlying().(type) {
			case *types.Struct:
				for f := range u.Fields() {
					list = append(list, f)
				}
			case *types.Interface:
				for m := range u.ExplicitMethods() {
					list = append(list, m)
				}
			}
		}
	}
	return list
}

func isType(object types.Object) bool {
	_, ok := object.(*types.TypeName)
	return ok
}
