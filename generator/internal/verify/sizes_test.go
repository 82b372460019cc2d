package verify

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counted counts how often the places of fields are found.
type counted struct {
	types.Sizes
	found *int
}

func (c counted) Offsetsof(fields []*types.Var) []int64 {
	*c.found++
	return c.Sizes.Offsetsof(fields)
}

// TestThePlacesOfFieldsAreFoundOnce checks a struct of many fields, each of which is asked for.
func TestThePlacesOfFieldsAreFoundOnce(t *testing.T) {
	var fields, uses strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&fields, "\tF%d string\n", i)
		fmt.Fprintf(&uses, "\tunsafe.Offsetof(T{}.F%d),\n", i)
	}
	source := Header + "\n\npackage p\n\nimport \"unsafe\"\n\ntype T struct {\n" + fields.String() + "}\n\nvar offsets = []uintptr{\n" + uses.String() + "}\n"
	s, err := newSession(Request{Files: []Source{{Path: "t.go", Bytes: []byte(source)}}, Paths: map[string]string{".": "example.com/p"}, Allowed: []string{"unsafe"}})
	require.NoError(t, err)
	found := 0
	s.sizes.Sizes = counted{s.sizes.Sizes, &found}
	s.parse()
	s.check()
	require.Empty(t, s.diags)
	assert.Equal(t, 1, found)
}

// TestTheSizesAreThoseOfTheCompiler asks for places in instances of one generic struct, which have a field in common.
func TestTheSizesAreThoseOfTheCompiler(t *testing.T) {
	source := Header + "\n\npackage p\n\nimport \"unsafe\"\n\ntype G[A any] struct {\n\tFirst byte\n\tMiddle A\n\tLast byte\n}\n\nconst (\n\tSmall = unsafe.Offsetof(G[byte]{}.Last)\n\tLarge = unsafe.Offsetof(G[string]{}.Last)\n)\n"
	s, err := newSession(Request{Files: []Source{{Path: "t.go", Bytes: []byte(source)}}, Paths: map[string]string{".": "example.com/p"}, Allowed: []string{"unsafe"}})
	require.NoError(t, err)
	s.parse()
	pkg, err := s.Import("example.com/p")
	require.NoError(t, err)
	require.Empty(t, s.diags)
	for name, want := range map[string]int64{"Small": 2, "Large": 24} {
		got := pkg.Scope().Lookup(name).(*types.Const).Val()
		assert.True(t, constant.Compare(constant.MakeInt64(want), token.EQL, got), "%s is %s", name, got)
	}
}
