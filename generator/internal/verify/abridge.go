package verify

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Much of the output are tables: variables with rows that stand on a line each. The printer of gofmt looks at such a row
// four times, to learn how it lines up with others; what it lines up are keys, so that a value that stays on its line may
// as well be a single word. abridge makes it one, with the text that the printer would give it.

// abridge returns the syntax of a file as the printer shall see it. What it is given is left alone: the type checker may
// be reading it.
func abridge(f *file) *ast.File {
	out := *f.syntax
	out.Decls = slices.Clone(out.Decls)
	a := &abridger{file: f}
	for i, decl := range out.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			out.Decls[i] = a.variables(d)
		}
	}
	return &out
}

type abridger struct {
	*file
	text []byte // of the value at hand
}

func (a *abridger) variables(d *ast.GenDecl) *ast.GenDecl {
	out := *d
	out.Specs = slices.Clone(d.Specs)
	for i, spec := range d.Specs {
		s := *spec.(*ast.ValueSpec)
		s.Values = a.list(s.Values)
		out.Specs[i] = &s
	}
	return &out
}

func (a *abridger) list(list []ast.Expr) []ast.Expr {
	out := slices.Clone(list)
	for i, x := range list {
		out[i] = a.value(x)
	}
	return out
}

// value returns a value in which the outermost of what can be a word is one.
func (a *abridger) value(x ast.Expr) ast.Expr {
	if word := a.word(x); word != nil {
		return word
	}
	switch x := x.(type) {
	case *ast.CompositeLit:
		out := *x
		out.Elts = a.list(x.Elts)
		return &out
	case *ast.KeyValueExpr: // remains what it is: keys line up
		out := *x
		out.Value = a.value(x.Value)
		return &out
	case *ast.UnaryExpr:
		out := *x
		out.X = a.value(x.X)
		return &out
	}
	return x
}

// word returns a value on one line as a literal with its text, which the printer does not look into; nil where it is not one to abridge.
func (a *abridger) word(x ast.Expr) ast.Expr {
	switch x.(type) {
	case *ast.CompositeLit, *ast.CallExpr, *ast.UnaryExpr, *ast.BinaryExpr, *ast.SelectorExpr:
	default:
		return nil
	}
	start, end := x.Pos(), x.End()
	source := a.Bytes[start-a.syntax.FileStart : end-a.syntax.FileStart]
	if bytes.IndexByte(source, '\n') >= 0 {
		return nil
	}
	a.text = a.text[:0]
	if !a.element(x) {
		return nil
	}
	// The printer counts on from the text of a word, and writes a comment that begins before there.
	if a.commented(start, max(end, start+token.Pos(len(a.text)))) {
		return nil
	}
	return &ast.BasicLit{ValuePos: start, ValueEnd: end, Kind: token.STRING, Value: string(a.text)}
}

// commented reports whether a comment begins between two positions.
func (a *abridger) commented(start, end token.Pos) bool {
	at, _ := slices.BinarySearchFunc(a.syntax.Comments, start, func(c *ast.CommentGroup, pos token.Pos) int { return cmp.Compare(c.Pos(), pos) })
	return at < len(a.syntax.Comments) && a.syntax.Comments[at].Pos() <= end
}

// element adds the text of what stands in a list, as gofmt writes it on one line. It reports whether it knows: what our
// tables do not hold, it leaves to gofmt.
func (a *abridger) element(x ast.Expr) bool {
	if x, ok := x.(*ast.BinaryExpr); ok && x.Op == token.OR {
		return a.flags(x)
	}
	return a.operand(x)
}

// flags adds names with "|" between them.
func (a *abridger) flags(x *ast.BinaryExpr) bool {
	if left, ok := x.X.(*ast.BinaryExpr); ok && left.Op == token.OR {
		if !a.flags(left) {
			return false
		}
	} else if !a.operand(x.X) {
		return false
	}
	return a.add(" | ") && a.operand(x.Y)
}

func (a *abridger) operand(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return a.add(x.Name)
	case *ast.BasicLit:
		return a.literal(x)
	case *ast.SelectorExpr:
		return a.operand(x.X) && a.add(".") && a.add(x.Sel.Name)
	case *ast.IndexExpr:
		return a.operand(x.X) && a.add("[") && a.typed(x.Index) && a.add("]")
	case *ast.UnaryExpr:
		if _, number := x.X.(*ast.BasicLit); x.Op == token.AND || x.Op == token.SUB && number {
			return a.add(x.Op.String()) && a.operand(x.X)
		}
	case *ast.CallExpr:
		return !x.Ellipsis.IsValid() && a.operand(x.Fun) && a.add("(") && a.between(x.Args, a.operand) && a.add(")")
	case *ast.CompositeLit:
		return (x.Type == nil || a.typed(x.Type)) && a.add("{") && a.between(x.Elts, a.pair) && a.add("}")
	case *ast.ArrayType, *ast.MapType:
		return a.typed(x)
	}
	return false
}

// pair adds an element with its key, if it has one.
func (a *abridger) pair(x ast.Expr) bool {
	if pair, ok := x.(*ast.KeyValueExpr); ok {
		return a.element(pair.Key) && a.add(": ") && a.element(pair.Value)
	}
	return a.element(x)
}

// typed adds a type.
func (a *abridger) typed(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.StarExpr:
		return a.add("*") && a.typed(x.X)
	case *ast.ArrayType:
		return a.add("[") && (x.Len == nil || a.typed(x.Len)) && a.add("]") && a.typed(x.Elt)
	case *ast.Ellipsis:
		return x.Elt == nil && a.add("...")
	case *ast.MapType:
		return a.add("map[") && a.typed(x.Key) && a.add("]") && a.typed(x.Value)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.BasicLit:
		return a.operand(x)
	}
	return false
}

// between adds a list with commas between.
func (a *abridger) between(list []ast.Expr, add func(ast.Expr) bool) bool {
	for i, x := range list {
		if i > 0 {
			a.add(", ")
		}
		if !add(x) {
			return false
		}
	}
	return true
}

// literal adds a literal that the printer neither spells in another way nor breaks.
func (a *abridger) literal(x *ast.BasicLit) bool {
	switch x.Kind {
	case token.STRING, token.CHAR:
		return strings.IndexFunc(x.Value, disguises) < 0 && a.add(x.Value)
	case token.INT, token.FLOAT:
		return strings.ToLower(x.Value) == x.Value && a.add(x.Value)
	}
	return false
}

func (a *abridger) add(text string) bool {
	a.text = append(a.text, text...)
	return true
}
