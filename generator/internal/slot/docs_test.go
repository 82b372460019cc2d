package slot

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/view"
)

var update = flag.Bool("update", false, "rewrite docs/template-data.md")

// TestTheDataIsDocumented compares docs/template-data.md with the declarations of package view: what stands between the
// marks is made of them. go test ./generator/internal/slot -update writes it.
func TestTheDataIsDocumented(t *testing.T) {
	const name = "../../../docs/template-data.md"
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	text := string(data)
	for mark, content := range map[string]string{"functions": functionTable(), "data": dataTables(t)} {
		begin, end := "<!-- "+mark+": made from the source -->\n", "<!-- end of "+mark+" -->"
		head, rest, ok := strings.Cut(text, begin)
		require.True(t, ok, mark)
		_, tail, ok := strings.Cut(rest, end)
		require.True(t, ok, mark)
		text = head + begin + "\n" + content + "\n" + end + tail
	}
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		return
	}
	assert.Equal(t, text, string(data), "go test ./generator/internal/slot -run Documented -update rewrites it")
}

func functionTable() string {
	var b strings.Builder
	b.WriteString("| Function | Prints |\n|---|---|\n")
	for _, f := range Functions() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", f.Use, f.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// dataTables lists the views with their fields, in the order of the source.
func dataTables(t *testing.T) string {
	file, err := parser.ParseFile(token.NewFileSet(), "../view/view.go", nil, parser.ParseComments)
	require.NoError(t, err)
	var b strings.Builder
	fmt.Fprintf(&b, "This is version %d of the data.\n", view.Version)
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		spec := g.Specs[0].(*ast.TypeSpec)
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| Field | Type | |\n|---|---|---|\n", spec.Name.Name, strings.ReplaceAll(strings.TrimSpace(g.Doc.Text()), "\n", " "))
		about := false
		for _, f := range spec.Type.(*ast.StructType).Fields.List {
			if len(f.Names) == 0 {
				about = true
				continue
			}
			comment := strings.TrimSpace(f.Comment.Text())
			require.NotEmpty(t, comment, "%s.%s", spec.Name.Name, f.Names[0].Name)
			for _, n := range f.Names {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", n.Name, typeInWords(f.Type), comment)
			}
		}
		if about {
			b.WriteString("| … | | the fields of [About](#about) |\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func typeInWords(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return typeInWords(x.X)
	case *ast.ArrayType:
		return "list of " + typeInWords(x.Elt)
	}
	switch name := types.ExprString(x); name {
	case "Text", "Type":
		return fmt.Sprintf("[%s](#what-is-opaque)", name)
	case "string", "int", "bool":
		return name
	default:
		return fmt.Sprintf("[%s](#%s)", name, strings.ToLower(name))
	}
}
