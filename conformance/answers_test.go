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

// TestAnswersOfEveryForm generates the client of testdata/answers and runs the tests beside its document, which
// send answers of every form through the fake server and read them back.
func TestAnswersOfEveryForm(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a client")
	}
	t.Parallel()
	m := &scratch.Module{Dir: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(m.Dir, "go.mod"), []byte("module "+scratch.Path+"\n\ngo 1.24.0\n"), 0o666))
	out := filepath.Join(m.Dir, "answers")
	status := generator.Main([]string{"gen", "-spec", filepath.Join("testdata", "answers", "openapi.yaml"), "-out", out,
		"-package", "answers", "-import", scratch.Path + "/answers"}, os.Stdout, os.Stderr)
	require.Zero(t, status)
	test, err := os.ReadFile(filepath.Join("testdata", "answers", "answers_test.go"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(out, "answers_test.go"), test, 0o666))
	_, err = m.Go(context.Background(), "vet", "./answers/...")
	require.NoError(t, err)
	_, err = m.Go(context.Background(), "test", "-count=1", "./answers")
	require.NoError(t, err)
}
