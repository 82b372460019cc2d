package conformance

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/generator"
)

// TestCodecsAgree generates the clients of the documents that hold every construct with either codec, and reads random
// texts with both, in every mode: what is read, what is said of it and what is written again is the same, and it is JSON
// when encoding/json says so. A runtime without unsafe finds the same.
func TestCodecsAgree(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob("constructs/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	for _, document := range documents {
		t.Run(filepath.Base(document), func(t *testing.T) {
			t.Parallel()
			found := compareCodecs(t, document, "table")
			require.Len(t, found, 64)
			if !strings.Contains(document, "3.1") { // which holds the most
				return
			}
			require.Equal(t, found, compareCodecs(t, document, "inline"), "the runtime without unsafe reads or writes something else")
			require.Equal(t, found, compareCodecs(t, document, "mixed"), "a package with both codecs reads or writes something else")
		})
	}
}

// compareCodecs compares an inline codec with another one, in a module whose runtime is made for that, and returns a digest
// of what both find.
func compareCodecs(t *testing.T, document, other string) string {
	t.Helper()
	m := &scratch.Module{Dir: t.TempDir()}
	document, err := filepath.Abs(document)
	require.NoError(t, err)
	write := func(name, text string) {
		file := filepath.Join(m.Dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	write("go.mod", "module "+scratch.Path+"\n\ngo 1.24.0\n")
	overlays := ""
	if other == "mixed" {
		other, overlays = "table", "overlays: [overlay.yaml]\n"
		write("table/overlay.yaml", inlineSome(t, document))
	}
	write("pantograph.yaml", "runtimeOnly: true\ncodec: "+other+"\n")
	codecs := map[string]string{"table": other, "inline": "inline"}
	for name, codec := range codecs {
		text := fmt.Sprintf("specs: [%q]\nroot: %q\npackage: %s\nruntime: %s/rt\ncodec: %s\ntest: false\n", document, filepath.Dir(document), name, scratch.Path, codec)
		if name == "table" {
			text += overlays
		}
		write(name+"/pantograph.yaml", text)
	}
	var diagnostics bytes.Buffer
	require.Zero(t, generator.Command([]string{"gen", m.Dir}, &diagnostics, &diagnostics), &diagnostics)
	for name := range codecs {
		write(name+"/refs.go", refs(t, name, filepath.Join(m.Dir, name, "codec.go")))
	}
	test, err := os.ReadFile("testdata/codecs/agree_test.go")
	require.NoError(t, err)
	write("agree/agree_test.go", string(test))
	if strings.Contains(document, "3.1") { // which they were found for
		require.NoError(t, os.CopyFS(filepath.Join(m.Dir, "agree", "testdata", "fuzz", "FuzzCodecsAgree"), os.DirFS("testdata/codecs/fuzz")))
	}
	found := filepath.Join(m.Dir, "digest")
	args := []string{"test", "-vet=off", "-count=1", "./agree"}
	_, _, err = scratch.Run(context.Background(), m.Dir, []string{"GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off", "DIGEST=" + found}, "go", args...)
	require.NoError(t, err)
	text, err := os.ReadFile(found)
	require.NoError(t, err)
	return string(text)
}

// inlineSome is an overlay that gives code to every third schema of a document.
func inlineSome(t *testing.T, document string) string {
	t.Helper()
	data, err := os.ReadFile(document)
	require.NoError(t, err)
	var doc struct {
		Definitions map[string]any
		Components  struct{ Schemas map[string]any }
	}
	require.NoError(t, yaml.Unmarshal(data, &doc))
	schemas, path := doc.Components.Schemas, "$.components.schemas"
	if schemas == nil {
		schemas, path = doc.Definitions, "$.definitions"
	}
	text := "overlay: 1.0.0\ninfo: {title: Codecs, version: \"1\"}\nactions:\n"
	n := 0
	for i, name := range slices.Sorted(maps.Keys(schemas)) {
		if of, ok := schemas[name].(map[string]any); ok && i%3 == 0 && of["$ref"] == nil {
			text += fmt.Sprintf("  - {target: \"%s['%s']\", update: {x-pantograph: {codec: inline}}}\n", path, name)
			n++
		}
	}
	require.NotZero(t, n)
	return text
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
