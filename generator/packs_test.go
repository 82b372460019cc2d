package generator

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPacks generates the consumer's document with each pack of templates/.
func TestPacks(t *testing.T) {
	packs, err := os.ReadDir("../templates")
	require.NoError(t, err)
	for _, entry := range packs {
		if !entry.IsDir() {
			continue
		}
		pack := filepath.Join("../templates", entry.Name())
		t.Run(entry.Name(), func(t *testing.T) {
			out := t.TempDir()
			config := NewConfig()
			config.Specs = []string{"../conformance/consumer/petstore/openapi.yaml"}
			config.Package, config.Out, config.Import, config.Templates = "petstore", out, "example.com/m/petstore", pack
			_, diags := Run(Options{Config: *config})
			require.Empty(t, diags)
			if filepath.Base(pack) == "wire" {
				list, err := os.ReadFile(filepath.Join(out, "operations_list.go"))
				require.NoError(t, err)
				assert.Contains(t, string(list), `Service: "Pets", Go: "List", Method: "GET", Path: "/pets"`)
				models, err := os.ReadFile(filepath.Join(out, "models.go"))
				require.NoError(t, err)
				assert.Contains(t, string(models), "func (*Pet) WireNames() []string {\n\treturn []string{\"id\", ")
			}
		})
	}
}
