package cel

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// What is wrong with the rules of testdata/*.txtar is found where it is.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			_, api := load(t, string(archive.Files[0].Data))
			subjects, diags := Compile(api, shape.New(api.Schemas))
			got := map[string]string{"want.diagnostics": diagnostics(diags), "want.rules": inWords(subjects)}
			for i, want := range archive.Files[1:] {
				if *update {
					archive.Files[1+i].Data = []byte(got[want.Name])
					continue
				}
				assert.Equal(t, string(want.Data), got[want.Name], want.Name)
			}
			if *update {
				require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
			}
		})
	}
}

// diagnostics prints one a line, hints below.
func diagnostics(list diag.List) string {
	var b strings.Builder
	for _, d := range list.Sort() {
		b.WriteString(d.String() + "\n")
		if d.Hint != "" {
			b.WriteString("\t" + d.Hint + "\n")
		}
	}
	return b.String()
}

// inWords prints the rules.
func inWords(subjects []*rules.Subject) string {
	var b strings.Builder
	for _, s := range subjects {
		for _, r := range s.Rules {
			words := r.Stated.Message
			if r.Cond != nil {
				words = r.Cond.Words()
			}
			fmt.Fprintf(&b, "%s %s %s: %s\n", s.Type.Name, r.Stated.ID, r.Path, words)
		}
	}
	return b.String()
}
