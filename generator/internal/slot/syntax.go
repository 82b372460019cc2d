package slot

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Import is a package that a whole Go file imports by a declaration of its own.
type Import struct {
	Path, Name string
	Named      bool // the declaration says the name
	Pos        model.Pos
}

// head makes a file of declarations.
const head = "package p\n"

// syntax looks whether what a template printed is a list of declarations. A whole file may begin with imports: they are
// taken out of the text, which keeps its length, so that what stands in it is found where it was.
func syntax(o *Output, whole bool) diag.List {
	var diags diag.List
	at := func(offset int) model.Pos {
		pos := model.Pos{File: o.Template, Line: 1, Col: 1}
		for _, l := range o.Lines() {
			if l.Offset <= offset-len(head) {
				pos = l.Pos
			}
		}
		return pos
	}
	report := func(offset int, format string, args ...any) {
		diags.Errorf(at(offset), "template-output", "%s (for %s)", fmt.Sprintf(format, args...), o.For)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", head+o.Text, parser.SkipObjectResolution)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		list.RemoveMultiples()
		report(list[0].Pos.Offset, "this prints what is no Go: %s", list[0].Msg)
		diags.Hint("%s", declarations(whole))
		return diags
	}
	used := selected(file)
	text := []byte(o.Text)
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		begin, end := fset.Position(g.Pos()).Offset, fset.Position(g.End()).Offset
		if !whole {
			report(begin, "this prints an import")
			diags.Hint(`write {{qual "net/http" "Header"}} where the name is used, and it is imported`)
			continue
		}
		for _, spec := range g.Specs {
			i := imported(spec.(*ast.ImportSpec))
			i.Pos = at(fset.Position(spec.Pos()).Offset)
			if i.Name == "_" || i.Name == "." {
				report(fset.Position(spec.Pos()).Offset, "generated code does not import under the name %s", i.Name)
			} else if used[i.Name] {
				o.Imports = append(o.Imports, i)
			}
		}
		for i := begin - len(head); i < end-len(head); i++ {
			if text[i] != '\n' {
				text[i] = ' '
			}
		}
	}
	o.Text = string(text)
	return diags
}

// declarations says what a template prints.
func declarations(whole bool) string {
	if whole {
		return "a template prints declarations, without a package clause; imports stand in front of all others, or qual imports what it names"
	}
	return "a template prints declarations, without a package clause and imports; qual imports what it names"
}

// selected are the names in front of a dot: those of the packages that a file uses are among them.
func selected(file *ast.File) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				out[id.Name] = true
			}
		}
		return true
	})
	return out
}

// versionElement reports whether the last element of an import path says a major version.
func versionElement(s string) bool {
	number, ok := strings.CutPrefix(s, "v")
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// imported reads an import. Without a name it is called like the last element of its path that is no version.
func imported(spec *ast.ImportSpec) Import {
	p, _ := strconv.Unquote(spec.Path.Value) // the parser has looked at it
	if spec.Name != nil {
		return Import{Path: p, Name: spec.Name.Name, Named: true}
	}
	base := path.Base(p)
	if dir := path.Dir(p); versionElement(base) && dir != "." {
		base = path.Base(dir)
	}
	if before, after, ok := strings.Cut(base, ".v"); ok && versionElement("v"+after) {
		base = before
	}
	return Import{Path: p, Name: base}
}
