package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/verify"
	"github.com/pantograph-go/pantograph/generator/internal/verify/stdlib"
)

func TestWhatIsWrittenReadsAsItWas(t *testing.T) {
	packages, err := load([]string{"io", "iter", "math", "slices", "sync/atomic", "testing"})
	require.NoError(t, err)
	required, err := newer(packages, verify.GoVersion)
	require.NoError(t, err)
	data := newWriter(required).write(verify.GoVersion, packages)
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
	assert.Equal(t, data, newWriter(required).write(verify.GoVersion, packages))

	assert.ErrorContains(t, compare(packages, stdlib.Read(string(newWriter(nil).write("", packages[:1])))), "iter is not")
	other, err := load([]string{"io"})
	require.NoError(t, err)
	other[0].Scope().Insert(packages[2].Scope().Lookup("Pi"))
	assert.ErrorContains(t, compare(other, imp), "- const math.Pi")
}
