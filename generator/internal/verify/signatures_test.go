package verify

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSignaturesLeaveOutBodiesAndKeepLines(t *testing.T) {
	got := signatures([]byte("package p\n\nfunc f(a int) int {\n\tif a > 0 {\n\t\treturn 1\n\t}\n\treturn 2\n}\n\nfunc g() {}\n\nfunc h(\n\ta int,\n) {\n\tg()\n}\n\nvar x = func() {\n\tg()\n}\n"))
	assert.Equal(t, "package p\n\nfunc f(a int) int {\n\n\n\n\n}\n\nfunc g() {}\n\nfunc h(\n\ta int,\n) {\n\tg()\n}\n\nvar x = func() {\n\tg()\n}\n", string(got))
}

// Every declaration of the runtime is still there, on its line.
func TestSignaturesOfTheRuntime(t *testing.T) {
	root := os.DirFS("../../rt")
	files, smaller := 0, 0
	require.NoError(t, fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(root, path)
		require.NoError(t, err)
		short := signatures(source)
		assert.Equal(t, declared(t, source), declared(t, short), path)
		assert.Equal(t, bytes.Count(source, []byte("\n")), bytes.Count(short, []byte("\n")), path)
		files++
		if len(short) < len(source) {
			smaller++
		}
		return nil
	}))
	assert.Greater(t, smaller, files/2)
}

// declared are the declarations of a file, without the bodies of functions.
func declared(t *testing.T, source []byte) (list []string) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	require.NoError(t, err)
	for _, decl := range syntax.Decls {
		end := decl.End()
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
			end = f.Body.Lbrace
		}
		text := source[fset.Position(decl.Pos()).Offset:fset.Position(end).Offset]
		list = append(list, fset.Position(decl.Pos()).String()+" "+string(text))
	}
	return list
}
