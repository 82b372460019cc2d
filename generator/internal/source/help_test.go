package source_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(name, data, 0o644))
}

// load loads one document given as text.
func load(name, text string) (*model.API, diag.List) {
	return source.Load(source.Request{FS: fstest.MapFS{name: {Data: []byte(text)}}, Specs: []string{name}})
}
