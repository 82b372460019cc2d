package verify

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// blame reports type errors where they can be mended. When the generated files alone are right,
// the hand-written ones are to blame: an error of a hand-written file is an error only when it
// clashes with generated code, and a warning otherwise, since what it wants may be what this very
// run is about to write or remove.
func (s *session) blame(u *unit, found []typeError) {
	alone := len(u.hand) == 0
	if !alone && s.anyGenerated(u, found) {
		_, own := s.typeCheck(u, u.files, &types.Info{})
		if len(own) > 0 {
			found, alone = own, true
		}
	}
	for _, e := range found {
		f := s.fileAt(u, e.pos)
		switch {
		case f != nil && f.hand && clashes(e.message):
			s.clash(f, e)
		case f != nil && f.hand:
			s.diags.Warnf(s.pos(e.pos), "hand-written-type", "%s", sentence(e.message))
			s.diags.Hint("this hand-written file does not compile with the code that is generated now")
		case alone:
			at := s.template(u, e)
			s.internal(s.fileAt(u, at), at, "internal-output-type", "generated code does not type-check: %s", sentence(e.message))
		default:
			s.clash(s.culprit(u, e.pos), e)
		}
	}
}

// anyGenerated reports whether an error stands in a generated file.
func (s *session) anyGenerated(u *unit, found []typeError) bool {
	for _, e := range found {
		if f := s.fileAt(u, e.pos); f == nil || !f.hand {
			return true
		}
	}
	return false
}

// clashes reports whether a message of the type checker is about two declarations of one name.
func clashes(message string) bool {
	for _, phrase := range []string{"redeclared", "already declared", "field and method with the same name", "; expected package"} {
		if strings.Contains(message, phrase) {
			return true
		}
	}
	return false
}

// culprit returns the hand-written file that declares a name used on the line of an error, or
// else the first one.
func (s *session) culprit(u *unit, pos token.Pos) *file {
	names := make(map[string]bool)
	if f := s.fileAt(u, pos); f != nil {
		line := s.pos(pos).Line
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && s.pos(id.Pos()).Line == line {
				names[id.Name] = true
			}
			return true
		})
	}
	for _, f := range u.hand {
		if declaresAny(f.syntax, names) {
			return f
		}
	}
	return u.hand[0]
}

// declaresAny reports whether a file declares one of names at package level or as a method.
func declaresAny(f *ast.File, names map[string]bool) bool {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if names[d.Name.Name] {
				return true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if slices.ContainsFunc(introduced(spec), func(id *ast.Ident) bool { return names[id.Name] }) {
					return true
				}
			}
		}
	}
	return false
}

// introduced returns the names that a type, variable or constant specification declares.
func introduced(spec ast.Spec) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return []*ast.Ident{spec.Name}
	case *ast.ValueSpec:
		return spec.Names
	}
	return nil
}

// fileAt returns the file of u that holds pos.
func (s *session) fileAt(u *unit, pos token.Pos) *file {
	for _, files := range [][]*file{u.files, u.hand} {
		for _, f := range files {
			if f.syntax.FileStart <= pos && pos <= f.syntax.FileEnd {
				return f
			}
		}
	}
	return nil
}
