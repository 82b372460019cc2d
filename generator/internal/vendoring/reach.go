package vendoring

import (
	"go/ast"
	"go/token"
	"go/types"
)

// reach finds the declarations of the runtime that the client needs: those that it names, and what those name. A type
// needs all of its methods, since interfaces may.
func (m *merger) reach() {
	needs := map[types.Object][]ast.Decl{} // by object, the declarations that come with it
	in := map[ast.Decl]*unit{}
	var pending []ast.Decl
	for i, u := range m.units {
		for _, f := range u.files {
			for _, d := range f.Decls {
				in[d] = u
				if i == len(m.units)-1 {
					pending = append(pending, d)
					continue
				}
				for _, obj := range m.declares(u, d) {
					needs[obj] = append(needs[obj], d)
				}
			}
		}
	}
	seen := map[ast.Decl]bool{}
	for len(pending) > 0 {
		d := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if seen[d] {
			continue
		}
		seen[d] = true
		u := in[d]
		for _, obj := range m.declares(u, d) {
			m.keep[obj] = true
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if obj := u.object(id); m.global(obj) {
					pending = append(pending, needs[obj]...)
				}
			}
			return true
		})
	}
}

// declares are the objects that a declaration introduces; of a method, its type.
func (m *merger) declares(u *unit, d ast.Decl) []types.Object {
	var out []types.Object
	add := func(id *ast.Ident) {
		if obj := u.object(id); m.global(obj) {
			out = append(out, obj)
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			add(d.Name)
		} else if id := receiver(d.Recv.List[0].Type); id != nil {
			add(id)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				add(spec.Name)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					add(id)
				}
			}
		}
	}
	return out
}

// receiver is the name of the type that a method is of.
func receiver(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.ParenExpr:
		return receiver(x.X)
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	}
	return nil
}

// kept reports whether a declaration is part of the merged package. Assertions of the runtime about itself, which
// declare nothing, are not.
func (m *merger) kept(u *unit, d ast.Decl) bool {
	if u.pkg == m.home() {
		return true
	}
	if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
		return false
	}
	for _, obj := range m.declares(u, d) {
		if m.keep[obj] {
			return true
		}
	}
	return false
}
