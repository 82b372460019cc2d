package generator

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

// emitted returns the whole runtime, in one of its editions, under another import path.
func emitted(t *testing.T, unsafe bool, prefix string) []runtime.File {
	t.Helper()
	source := runtime.NewTree(runtimeSource(unsafe))
	packages, err := source.Packages()
	require.NoError(t, err)
	files, err := source.Emit(packages, runtime.Prefix, prefix)
	require.NoError(t, err)
	return files
}

func TestTheWholeRuntimeIsEmbedded(t *testing.T) {
	embedded := map[string]bool{}
	both := append(emitted(t, true, runtime.Prefix), emitted(t, false, runtime.Prefix)...)
	for _, f := range both {
		if f.Path == "json/safe.go" { // moves
			f.Path = "json/safe/safe.go"
		}
		embedded[f.Path] = true
		disk, err := os.ReadFile("rt/" + f.Path)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(disk, f.Bytes), "%s changes although the prefix does not", f.Path)
	}
	require.NoError(t, fs.WalkDir(os.DirFS("rt"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			assert.True(t, embedded[name], "%s is not matched by the patterns of embed.go", name)
		}
		return err
	}))
}

// The stage verify trusts the function bodies of the runtime: here is why it may.
func TestTheRuntimeIsGo124(t *testing.T) {
	for _, unsafe := range []bool{true, false} {
		for _, d := range verify.Runtime(byImport(emitted(t, unsafe, "example.com/m/client/rt"), "example.com/m/client/rt")) {
			t.Errorf("unsafe: %v: %s\n%s", unsafe, d, d.Detail)
		}
	}
}

func TestTheRuntimeImportsNothingButTheStandardLibraryAndItself(t *testing.T) {
	standard := stdlib.Packages()
	for _, f := range emitted(t, true, runtime.Prefix) {
		for _, imported := range importsOf(t, path.Join("rt", f.Path)) {
			if _, ours := runtime.Package(imported, runtime.Prefix); !ours && imported != "unsafe" {
				assert.Contains(t, standard, imported, "%s: add the package to verify/stdlib/list.go and run go generate there", f.Path)
			}
		}
	}
}

func TestOneEditionOfTheRuntimeHasNoUnsafe(t *testing.T) {
	for _, f := range emitted(t, false, runtime.Prefix) {
		assert.NotContains(t, runtime.Imports(f.Bytes), "unsafe", f.Path)
	}
	for _, f := range emitted(t, true, runtime.Prefix) {
		if f.Path != "json/unsafe.go" {
			assert.NotContains(t, runtime.Imports(f.Bytes), "unsafe", "%s: only json/unsafe.go leaves Go's type system", f.Path)
		}
	}
}

func TestTheRuntimeStaysFormattedUnderAnyPrefix(t *testing.T) {
	for _, prefix := range []string{"aaa.example/rt", "zzz.example/rt"} {
		for _, f := range emitted(t, true, prefix) {
			formatted, err := format.Source(f.Bytes)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(formatted, f.Bytes), "%s: not as gofmt has it; imports of the runtime's own packages stand in a group of their own, behind the others", f.Path)
		}
	}
}
