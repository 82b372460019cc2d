package verify

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func outlineOf(texts ...string) []string {
	files := make([]*file, len(texts))
	for i, text := range texts {
		files[i] = &file{Source: Source{Bytes: []byte(text)}}
	}
	outlines(files)
	out := make([]string, len(texts))
	for i, f := range files {
		out[i] = strings.TrimRight(string(f.outline), " \n") + "\n"
	}
	return out
}

func TestAnOutlineLeavesOutBodiesAndKeepsLines(t *testing.T) {
	got := outlineOf("package p\n\n// F is.\nfunc F(a int) int {\n\tif a > 0 {\n\t\treturn 1\n\t}\n\treturn 2\n}\n\nfunc G() {}\n\nfunc h(\n\ta int,\n) {\n\tg()\n}\n\nvar x = func() {\n\tg()\n}\n")
	assert.Equal(t, []string{"package p\n\n\nfunc F(a int) int {\n\n\n\n\n}\n\nfunc G() {}\n\nfunc h(\n\ta int,\n) {\n\tg()\n}\n\nvar x = func() {\n\tg()\n}\n"}, got)
}

func TestAnOutlineHasTheFunctionsThatDeclarationsName(t *testing.T) {
	got := outlineOf(
		"package p\n\nvar x = used()\n\nfunc unused() {\n\tused()\n}\n\nfunc used() int {\n\treturn 1\n}\n\nfunc one() {}\n\ntype I interface{ seal() }\n",
		"package p\n\ntype T struct{}\n\nfunc (t T) seal() {}\n\nfunc (t *T) other(i I) {\n\tt.seal()\n}\n\nfunc generic[A any](a A) {}\n\nvar y = generic[int]\n",
	)
	blanks := func(n int) string { return strings.Repeat(" ", n) }
	assert.Equal(t, []string{
		"package p\n\nvar x = used()\n\n" + blanks(len("func unused() {")) + "\n\n \n\nfunc used() int {\n\n}\n\n" + blanks(len("func one() {}")) + "\n\ntype I interface{ seal() }\n",
		"package p\n\ntype T struct{}\n\nfunc (t T) seal() {}\n\n" + blanks(len("func (t *T) other(i I) {")) + "\n\n \n\nfunc generic[A any](a A) {}\n\nvar y = generic[int]\n",
	}, got)
}

// Every declaration of the runtime that others can tell is still there, on its line, and the packages check.
func TestOutlinesOfTheRuntime(t *testing.T) {
	root := os.DirFS("../../rt")
	packages := map[string][]*file{}
	require.NoError(t, fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(root, name)
		require.NoError(t, err)
		packages[path.Dir(name)] = append(packages[path.Dir(name)], &file{Source: Source{Path: name, Bytes: source}})
		return nil
	}))
	all, hidden := 0, 0
	for _, files := range packages {
		outlines(files)
		for _, f := range files {
			before, now := declared(t, f.Bytes), declared(t, f.outline)
			for at, text := range before {
				all++
				if now[at] == "" && strings.HasPrefix(text, "func ") && hiddenName([]byte(text)) != "" {
					hidden++
					continue
				}
				assert.Equal(t, text, now[at], "%s:%d", f.Path, at)
			}
			assert.Equal(t, bytes.Count(f.Bytes, []byte("\n")), bytes.Count(f.outline, []byte("\n")), f.Path)
		}
	}
	assert.Greater(t, hidden, all/5)
}

// declared are the declarations of a file by their lines, without the bodies of functions and without comments.
func declared(t *testing.T, source []byte) map[int]string {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	require.NoError(t, err)
	list := map[int]string{}
	for _, decl := range syntax.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			f.Body = nil
		}
		var text bytes.Buffer
		require.NoError(t, printer.Fprint(&text, token.NewFileSet(), decl))
		list[fset.Position(decl.Pos()).Line] = text.String()
	}
	return list
}
