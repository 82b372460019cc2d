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
			config.Package, config.Out, config.Import, config.Packs = "petstore", out, "example.com/m/petstore", []string{entry.Name()}
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

func TestAPackThatDoesNotExistIsAnError(t *testing.T) {
	config := NewConfig()
	config.Specs = []string{"../conformance/consumer/petstore/openapi.yaml"}
	config.Package, config.Out, config.Import, config.Packs = "petstore", t.TempDir(), "example.com/m/petstore", []string{"wier", "../wire"}
	_, diags := Run(Options{Config: *config})
	require.Len(t, diags, 2)
	assert.Equal(t, `there is no pack "../wire"`, diags[0].Message)
	assert.Equal(t, `there is no pack "wier"`, diags[1].Message)
	assert.Equal(t, "did you mean wire?", diags[1].Hint)
	entries, err := os.ReadDir(config.Out)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

// A template cannot take the place of a file of ours, nor of the manifest.
func TestTemplatesDoNotReplaceFilesOfOurs(t *testing.T) {
	for name, want := range map[string]string{
		"file/client.go.tmpl":                "client.go is a file of pantograph's own",
		"file/Models.go.tmpl":                "Models.go is a file of pantograph's own",
		"file/pantograph.manifest.json.tmpl": "on some systems this is the same name as pantograph.manifest.json",
		"file/names.lock.tmpl":               "on some systems this is the same name as names.lock",
		"file/a-b/x.go.tmpl":                 `a-b/x.go would be of a package "a-b", which is no name of one`,
		"file/x_linux.go.tmpl":               "the Go tools take a file of this name for a test, or for one of a single platform",
		"file/petstoretest/server.go.tmpl":   "petstoretest/server.go is a file of pantograph's own",
	} {
		t.Run(name, func(t *testing.T) {
			templates, out := t.TempDir(), t.TempDir()
			require.NoError(t, os.MkdirAll(filepath.Join(templates, filepath.Dir(name)), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(templates, name), []byte("\n"), 0o644))
			config := NewConfig()
			config.Specs = []string{"../conformance/consumer/petstore/openapi.yaml"}
			config.Package, config.Out, config.Import, config.Templates = "petstore", out, "example.com/m/petstore", templates
			_, diags := Run(Options{Config: *config})
			require.NotEmpty(t, diags)
			assert.Contains(t, diags[0].Message, want)
			entries, err := os.ReadDir(out)
			require.NoError(t, err)
			assert.Empty(t, entries, "nothing is written")
		})
	}
}
