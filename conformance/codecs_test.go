package conformance

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/generator"
)

// TestCodecsAgree generates the clients of the documents that hold every construct with either codec, and reads random
// texts with both, in every mode: what is read, what is said of it and what is written again is the same, and it is JSON
// when encoding/json says so.
func TestCodecsAgree(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob("constructs/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	for _, document := range documents {
		t.Run(filepath.Base(document), func(t *testing.T) {
			t.Parallel()
			m := &scratch.Module{Dir: t.TempDir()}
			testCodecs(t, m, document)
			_, err := m.Go(context.Background(), "test", "-count=1", "./agree")
			require.NoError(t, err)
		})
	}
}

// testCodecs writes a module with both clients of a document, and the test that compares them.
func testCodecs(t *testing.T, m *scratch.Module, document string) {
	t.Helper()
	document, err := filepath.Abs(document)
	require.NoError(t, err)
	write := func(name, text string) {
		file := filepath.Join(m.Dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	write("go.mod", "module "+scratch.Path+"\n\ngo 1.24.0\n")
	write("pantograph.yaml", "runtimeOnly: true\n")
	codecs := []string{"table", "inline"}
	for _, codec := range codecs {
		write(codec+"/pantograph.yaml", fmt.Sprintf("specs: [%q]\nroot: %q\npackage: %s\nruntime: %s/rt\ncodec: %s\ntest: false\n", document, filepath.Dir(document), codec, scratch.Path, codec))
	}
	var diagnostics bytes.Buffer
	require.Zero(t, generator.Command([]string{"gen", m.Dir}, &diagnostics, &diagnostics), &diagnostics)
	for _, codec := range codecs {
		write(codec+"/refs.go", refs(t, codec, filepath.Join(m.Dir, codec, "codec.go")))
	}
	test, err := os.ReadFile("testdata/codecs/agree_test.go")
	require.NoError(t, err)
	write("agree/agree_test.go", string(test))
}

// refs is a file that gives the codec's references to new values of all types, by their names.
func refs(t *testing.T, pkg, file string) string {
	t.Helper()
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, nil, 0)
	require.NoError(t, err)
	var entries, imports strings.Builder
	for _, d := range parsed.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				require.NoError(t, printer.Fprint(&imports, fset, d))
			}
		case *ast.FuncDecl:
			var of *ast.Field
			call := "%[2]s(new(%[1]s))"
			switch {
			case d.Recv != nil && d.Name.Name == "ref":
				of, call = d.Recv.List[0], "new(%[1]s).%[2]s()"
			case d.Recv == nil && strings.HasPrefix(d.Name.Name, "ref"):
				of = d.Type.Params.List[0]
			default:
				continue
			}
			var name strings.Builder
			require.NoError(t, printer.Fprint(&name, fset, of.Type.(*ast.StarExpr).X))
			fmt.Fprintf(&entries, "\t%q: func() json.Ref { return %s },\n", name.String()+" "+d.Name.Name, fmt.Sprintf(call, &name, d.Name.Name))
		}
	}
	text := entries.String()
	var used strings.Builder
	for _, line := range strings.Split(imports.String(), "\n") {
		path := strings.Trim(strings.TrimSpace(line), `"`)
		if base := path[strings.LastIndex(path, "/")+1:]; strings.Contains(line, `"`) && (base == "json" || strings.Contains(text, base+".")) {
			fmt.Fprintln(&used, strings.TrimPrefix(strings.TrimSpace(line), "import "))
		}
	}
	return "package " + pkg + "\n\nimport (\n" + used.String() + ")\n\n// Refs are references to new values.\nvar Refs = map[string]func() json.Ref{\n" + text + "}\n"
}
