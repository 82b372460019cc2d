// Package conformance proves things about the project as a whole.
package conformance

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/pantograph-go/pantograph"

// The runtime under generated/ is the one under generator/, but for the import paths of its own
// packages. This looks at the text, with none of the generator's code.
func TestGeneratedRuntimeIsTheRuntime(t *testing.T) {
	source, copied := goFiles(t, "../generator/rt"), goFiles(t, "../generated/rt")
	for _, name := range slices.Sorted(keys(source)) {
		if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata/") || strings.HasPrefix(name, "json/safe/") { // of the edition without unsafe
			continue
		}
		want, ok := copied[name]
		switch got := reimported(t, name, source[name]); {
		case !ok:
			t.Errorf("generated/rt/%s is missing", name)
		case !bytes.Equal(got, want):
			t.Errorf("generated/rt/%s differs from generator/rt/%[1]s", name)
		}
		delete(copied, name)
	}
	for _, name := range slices.Sorted(keys(copied)) {
		t.Errorf("generated/rt/%s has no counterpart under generator/rt", name)
	}
	if t.Failed() {
		t.Log(`"make generate" brings generated/ up to date`)
	}
}

// reimported replaces the prefix of the runtime's packages in import declarations.
func reimported(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	const from, to = `"` + module + "/generator/rt", `"` + module + "/generated/rt"
	out, at := []byte(nil), 0
	for _, spec := range file.Imports {
		start := fset.Position(spec.Path.Pos()).Offset
		if rest, ok := strings.CutPrefix(spec.Path.Value, from); ok && (rest[0] == '"' || rest[0] == '/') {
			out = append(append(out, text[at:start]...), to...)
			at = start + len(from)
		}
	}
	return append(out, text[at:]...)
}

// goFiles reads the Go files below a folder, by their path in it.
func goFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
