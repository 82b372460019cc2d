package generator

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

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
			if filepath.Base(pack) == "docs" {
				page, err := os.ReadFile(filepath.Join(out, "docs", "index.html"))
				require.NoError(t, err)
				assert.Contains(t, string(page), "<td><code>params.Limit</code><td><code>Opt[int]</code><td>How many pets a page holds at most. 1 to 100. Default: 20.")
				assert.Contains(t, string(page), `<section id="PetsService.Sell">`)
				pets, err := os.ReadFile(filepath.Join(out, "docs", "pets.md"))
				require.NoError(t, err)
				assert.Contains(t, string(pets), "| `params.Limit` | `Opt[int]` | no | How many pets a page holds at most. 1 to 100. Default: 20. |")
			}
			if filepath.Base(pack) == "cli" {
				commands, err := os.ReadFile(filepath.Join(out, "cmd", "petstore", "pets_commands.go"))
				require.NoError(t, err)
				for _, want := range []string{
					`name: "create", id: "createPet", method: "POST", path: "/pets"`,
					`{in: "query", flag: "limit", wire: "limit", kind: "int", doc: "How many pets a page holds at most.", facts: "1 to 100." + " " + "Default: 20."}`,
					"return items(c, c.client.Pets.All(c.ctx, params, c.opts...))",
					"a0 := arg[petstore.PetID](c, 0)",
				} {
					assert.Contains(t, string(commands), want)
				}
			}
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

// Text of a document is text in the reference too, whatever it says.
func TestTheDocsPackEscapes(t *testing.T) {
	const evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) ` | a\n\n# head\n\n- item"
	document := strings.NewReplacer("title: Pets", "title: "+strconv.Quote(evil), "operationId: listPets", "operationId: listPets\n      description: "+strconv.Quote(evil),
		"properties: {name: {type: string}}", "description: "+strconv.Quote(evil)+", properties: {"+strconv.Quote(evil)+": {type: string, enum: ["+strconv.Quote(evil)+"], description: "+strconv.Quote(evil)+"}}").Replace(smallDocument)
	config := NewConfig()
	config.Specs, config.Package, config.Import, config.Packs = []string{"api.yaml"}, "client", "example.com/m", []string{"docs"}
	result, list := Run(Options{Config: *config, FS: fstest.MapFS{"api.yaml": {Data: []byte(document)}}})
	for _, d := range list {
		require.NotEqual(t, Error, d.Severity, d.String())
	}
	seen := 0
	for _, f := range result.Files {
		text := string(f.Content)
		if !strings.HasPrefix(f.Path, "docs/") {
			continue
		}
		seen++
		assert.NotContains(t, text, "<img", f.Path)
		if strings.HasSuffix(f.Path, ".html") {
			assert.Equal(t, 1, strings.Count(text, "<script"), f.Path)
			assert.Equal(t, 1, strings.Count(text, "</script"), f.Path)
			assert.Contains(t, text, "&lt;script&gt;alert(1)")
		} else {
			assert.NotContains(t, text, "<script", f.Path)
			assert.NotContains(t, text, "](javascript", f.Path)
			assert.NotContains(t, text, "\n# head", f.Path)
		}
	}
	assert.Equal(t, 4, seen)
}
