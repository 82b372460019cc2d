package stdlib

import (
	"archive/zip"
	"go/build"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEmbeddedDataIsTheListAndReads(t *testing.T) {
	assert.True(t, slices.IsSorted(Packages()))
	archive, err := zip.NewReader(strings.NewReader(exportData), int64(len(exportData)))
	require.NoError(t, err)
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	require.Equal(t, Packages(), names, "run go generate ./generator/internal/verify/stdlib")

	imp, err := NewImporter(token.NewFileSet())
	require.NoError(t, err)
	for _, path := range Packages() {
		pkg, err := imp.Import(path)
		require.NoError(t, err, path)
		assert.True(t, pkg.Complete(), path)
		again, err := imp.Import(path)
		require.NoError(t, err)
		assert.Same(t, pkg, again)
	}
}

func TestEmbeddedDataNamesNoPlaceOfAMachine(t *testing.T) {
	imp, err := NewImporter(token.NewFileSet())
	require.NoError(t, err)
	pkg, err := imp.Import("net/http")
	require.NoError(t, err)
	assert.Zero(t, imp.fset.Position(pkg.Scope().Lookup("Client").Pos()).Line)
	assert.NotContains(t, exportData, build.Default.GOROOT)
}

func TestImportOrderDoesNotMatter(t *testing.T) {
	forth, err := NewImporter(token.NewFileSet())
	require.NoError(t, err)
	back, err := NewImporter(token.NewFileSet())
	require.NoError(t, err)
	paths := Packages()
	for i := range paths {
		_, err := forth.Import(paths[i])
		require.NoError(t, err)
		_, err = back.Import(paths[len(paths)-1-i])
		require.NoError(t, err)
	}
	for _, path := range paths {
		a, _ := forth.Import(path)
		b, _ := back.Import(path)
		assert.Equal(t, a.Scope().Names(), b.Scope().Names(), path)
	}
}

func TestUnknownPackages(t *testing.T) {
	imp, err := NewImporter(token.NewFileSet())
	require.NoError(t, err)
	for _, path := range []string{"os/exec", "plugin", "example.com/x", "", "../list.go"} {
		_, err := imp.Import(path)
		assert.ErrorContains(t, err, "not a standard package", path)
		assert.False(t, imp.Has(path))
	}
	unsafe, err := imp.Import("unsafe")
	require.NoError(t, err)
	assert.Equal(t, "unsafe", unsafe.Path())
}
