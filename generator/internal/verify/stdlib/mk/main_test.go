package main

import (
	"go/types"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/runtime"
	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

func TestWhatIsWrittenReadsAsItWas(t *testing.T) {
	packages, err := load([]string{"io", "iter", "math", "slices", "sync/atomic", "testing"})
	require.NoError(t, err)
	required, err := newer(packages, verify.GoVersion)
	require.NoError(t, err)
	data := newWriter(required, nil).write(verify.GoVersion, packages)
	imp := stdlib.Read(string(data))
	require.NoError(t, compare(packages, imp))
	for object, what := range required {
		if object.Parent() == object.Pkg().Scope() {
			read, err := imp.Import(object.Pkg().Path())
			require.NoError(t, err)
			assert.Equal(t, what, imp.Newer(read.Scope().Lookup(object.Name())))
		}
	}
	assert.NotEmpty(t, required)
	assert.Equal(t, data, newWriter(required, nil).write(verify.GoVersion, packages))

	assert.ErrorContains(t, compare(packages, stdlib.Read(string(newWriter(nil, nil).write("", packages[:1])))), "iter is not")
	other, err := load([]string{"io"})
	require.NoError(t, err)
	other[0].Scope().Insert(packages[2].Scope().Lookup("Pi"))
	assert.ErrorContains(t, compare(other, imp), "- const math.Pi")
}

// Verification trusts what is written of the runtime: here is why it may.
func TestTheTypesOfTheRuntimeAreThoseOfItsSource(t *testing.T) {
	for _, unsafe := range []bool{true, false} {
		data, err := runtimeTypes(os.DirFS("../../../../rt"), unsafe)
		require.NoError(t, err) // it compares them
		assert.True(t, runtime.Types(unsafe) == string(data), "run go generate ./generator/internal/runtime")
	}
}

func TestTheRuntimeHasTheTypesOfTheStandardLibrary(t *testing.T) {
	std := stdlib.NewImporter()
	const home = "example.com/client/rt"
	imp := std.Above(runtime.Types(true), home)
	rt, err := imp.Import(home)
	require.NoError(t, err)
	assert.Equal(t, home, rt.Path())
	http, err := std.Import("net/http")
	require.NoError(t, err)
	option := rt.Scope().Lookup("WithHTTPClient").Type().(*types.Signature)
	assert.True(t, types.Identical(types.NewPointer(http.Scope().Lookup("Client").Type()), option.Params().At(0).Type()))
	assert.True(t, imp.Has(home+"/json"))
	for _, path := range []string{"net/http", "rt", "rt/json", home + "x"} {
		assert.False(t, imp.Has(path), path)
	}
}
