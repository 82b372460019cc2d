package stdlib

import (
	"go/build"
	"go/types"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryPackageReads(t *testing.T) {
	assert.True(t, slices.IsSorted(Packages()))
	imp := NewImporter()
	for _, path := range Packages() {
		assert.True(t, imp.Has(path))
		pkg, err := imp.Import(path)
		require.NoError(t, err, path)
		assert.True(t, pkg.Complete(), path)
		assert.NotEmpty(t, pkg.Scope().Names(), path)
		again, err := imp.Import(path)
		require.NoError(t, err)
		assert.Same(t, pkg, again)
	}
}

func TestSomeNamesOfAPackage(t *testing.T) {
	imp := NewImporter()
	pkg, err := imp.Take("net/http", slices.Values([]string{"Client", "MethodGet", "no such name"}))
	require.NoError(t, err)
	assert.Equal(t, []string{"Client", "MethodGet"}, pkg.Scope().Names())
	client := pkg.Scope().Lookup("Client").Type()
	method, _, _ := types.LookupFieldOrMethod(types.NewPointer(client), true, pkg, "Do")
	assert.Equal(t, "func (*net/http.Client).Do(req *net/http.Request) (*net/http.Response, error)", method.String())

	_, err = imp.Take("net/http", slices.Values([]string{"Request"}))
	require.NoError(t, err)
	assert.Equal(t, []string{"Client", "MethodGet", "Request"}, pkg.Scope().Names())
	assert.Same(t, client, pkg.Scope().Lookup("Client").Type())
	all, err := imp.Import("net/http")
	require.NoError(t, err)
	assert.Same(t, pkg, all)
	assert.Same(t, client, all.Scope().Lookup("Client").Type())
	assert.NotNil(t, all.Scope().Lookup("Transport"))
}

func TestWhatIsNewerIsKnown(t *testing.T) {
	imp := NewImporter()
	assert.Equal(t, "go1.24", imp.GoVersion())
	pkg, err := imp.Import("sync")
	require.NoError(t, err)
	group := pkg.Scope().Lookup("WaitGroup")
	assert.Empty(t, imp.Newer(group))
	method, _, _ := types.LookupFieldOrMethod(group.Type(), true, pkg, "Go")
	assert.Equal(t, "sync.(*WaitGroup).Go requires go1.25 or later", imp.Newer(method))
}

func TestEmbeddedDataNamesNoPlaceOfAMachine(t *testing.T) {
	assert.NotContains(t, api, build.Default.GOROOT)
}

func TestImportOrderDoesNotMatter(t *testing.T) {
	forth, back := NewImporter(), NewImporter()
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
		require.Equal(t, a.Scope().Names(), b.Scope().Names(), path)
		for _, name := range a.Scope().Names() {
			assert.Equal(t, a.Scope().Lookup(name).String(), b.Scope().Lookup(name).String())
		}
	}
}

func TestUnknownPackages(t *testing.T) {
	imp := NewImporter()
	for _, path := range []string{"os/exec", "plugin", "example.com/x", "", "../list.go", "internal/abi"} {
		_, err := imp.Import(path)
		assert.ErrorContains(t, err, "not a standard package", path)
		_, err = imp.Take(path, slices.Values([]string{"X"}))
		assert.ErrorContains(t, err, "not a standard package", path)
		assert.False(t, imp.Has(path))
	}
	unsafe, err := imp.Import("unsafe")
	require.NoError(t, err)
	assert.Equal(t, "unsafe", unsafe.Path())
	assert.True(t, imp.Has("unsafe"))
}
