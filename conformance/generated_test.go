package conformance

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/generator"
)

// TestRequestsOfEveryForm sends random values in every style and body through the client, and holds that the fake
// server is given what was sent.
func TestRequestsOfEveryForm(t *testing.T) { testGenerated(t, "requests") }

// testGenerated generates the client of testdata/<name> and runs the tests beside its document.
func testGenerated(t *testing.T, name string) {
	t.Parallel()
	m := &scratch.Module{Dir: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(m.Dir, "go.mod"), []byte("module "+scratch.Path+"\n\ngo 1.24.0\n"), 0o666))
	out := filepath.Join(m.Dir, name)
	status := generator.Command([]string{"gen", "-spec", filepath.Join("testdata", name, "openapi.yaml"), "-out", out,
		"-package", name, "-import", scratch.Path + "/" + name}, os.Stdout, os.Stderr)
	require.Zero(t, status)
	tests, err := filepath.Glob(filepath.Join("testdata", name, "*_test.go"))
	require.NoError(t, err)
	require.NotEmpty(t, tests)
	for _, file := range tests {
		test, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(out, filepath.Base(file)), test, 0o666))
	}
	_, err = m.Go(context.Background(), "vet", "./"+name+"/...")
	require.NoError(t, err)
	_, err = m.Go(context.Background(), "test", "-count=1", "./"+name)
	require.NoError(t, err)
}
