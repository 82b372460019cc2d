package verify

import (
	"go/ast"
	"go/token"
	"go/types"
)

// auditInitializers refuses package-level variables whose initialisation could have an effect:
// calls other than conversions, harmless builtins and a short list, and receive operations. What
// stands inside a function literal does not run at import.
func (s *session) auditInitializers(u *unit, info *types.Info) {
	for _, f := range u.files {
		for _, decl := range f.syntax.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
				for _, spec := range d.Specs {
					for _, value := range spec.(*ast.ValueSpec).Values {
						s.auditInitializer(f, value, info)
					}
				}
			}
		}
	}
}

func (s *session) auditInitializer(f *file, value ast.Expr, info *types.Info) {
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if !harmless(n.Fun, info) {
				s.internal(f, n.Pos(), "internal-output-initializer", "a package-level variable of generated code is initialised by a call: %s", types.ExprString(n.Fun))
				return false
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				s.internal(f, n.Pos(), "internal-output-initializer", "a package-level variable of generated code is initialised by a receive operation")
			}
		}
		return true
	})
}

// harmless reports whether calling fun has no effect at import.
func harmless(fun ast.Expr, info *types.Info) bool {
	switch fun := fun.(type) {
	case *ast.ParenExpr:
		return harmless(fun.X, info)
	case *ast.StarExpr: // (*T)(x); a call through a pointer cannot be written so
		return harmless(fun.X, info)
	case *ast.IndexExpr: // T[int](x)
		return harmless(fun.X, info)
	case *ast.IndexListExpr:
		return harmless(fun.X, info)
	case *ast.ArrayType, *ast.MapType, *ast.FuncType, *ast.InterfaceType, *ast.ChanType, *ast.StructType:
		return true // a conversion
	case *ast.Ident:
		return harmlessObject(info.Uses[fun])
	case *ast.SelectorExpr:
		return harmlessObject(info.Uses[fun.Sel])
	}
	return false
}

func harmlessObject(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.TypeName:
		return true // a conversion
	case *types.Builtin:
		switch obj.Name() {
		case "len", "cap", "make", "new", "min", "max", "append", "complex", "real", "imag",
			"Sizeof", "Offsetof", "Alignof":
			return true
		}
	case *types.Func:
		return obj.FullName() == "errors.New"
	}
	return false
}
