package conformance

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/generator"
)

// TestTypesAreDescribedWell generates clients of the documents that hold every construct, and has the codec check
// what they say of their types: the codec itself takes it for correct, and leaves Go's type system on its word.
func TestTypesAreDescribedWell(t *testing.T) {
	t.Parallel()
	m := &scratch.Module{Dir: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(m.Dir, "go.mod"), []byte("module "+scratch.Path+"\n\ngo 1.24.0\n"), 0o666))
	documents, err := filepath.Glob("constructs/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	for i, document := range documents {
		name := fmt.Sprintf("constructs%d", i)
		out := filepath.Join(m.Dir, name)
		var diagnostics bytes.Buffer
		status := generator.Command([]string{"gen", "-spec", document, "-out", out, "-package", name, "-import", scratch.Path + "/" + name}, &diagnostics, &diagnostics)
		require.Zero(t, status, "%s: %s", document, &diagnostics)
		test := "package " + name + "\n\nimport (\n\t\"testing\"\n\n\t\"" + scratch.Path + "/" + name + "/rt/json\"\n)\n\nfunc TestTypes(t *testing.T) {\n\tif err := json.Check("
		types := describedTypes(t, filepath.Join(out, "codec.go"))
		require.NotEmpty(t, types, document)
		for _, v := range types {
			test += "\n\t\t&" + v + ","
		}
		test += "\n\t); err != nil {\n\t\tt.Error(err)\n\t}\n}\n"
		require.NoError(t, os.WriteFile(filepath.Join(out, "types_test.go"), []byte(test), 0o666))
	}
	_, err = m.Go(context.Background(), "test", "-count=1", "./...")
	require.NoError(t, err)
}

// describedTypes returns the variables of a file that are made as a json.Type.
func describedTypes(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	var names []string
	for _, d := range parsed.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.VAR {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec)
			if len(spec.Values) != 1 {
				continue
			}
			value, ok := spec.Values[0].(*ast.CompositeLit)
			if !ok {
				continue
			}
			if sel, ok := value.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "Type" {
				names = append(names, spec.Names[0].Name)
			}
		}
	}
	return names
}
