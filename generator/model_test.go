package generator

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/pantograph-go/pantograph/generator/internal/source"
)

// TestModelsConformToTheirSchema holds the JSON of real models to docs/model.schema.json, which must know each member:
// those of all golden files, and of the curated documents.
func TestModelsConformToTheirSchema(t *testing.T) {
	schema := strictModelSchema(t)
	seen := 0
	check := func(name string, fsys fs.FS, specs []string) {
		api, list := source.Load(source.Request{FS: fsys, Specs: specs})
		if api == nil {
			return // documents that are wrong; the golden file says how
		}
		seen++
		text, err := json.Marshal(api)
		require.NoError(t, err, "%s: %v", name, list)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value), name)
	}
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	for _, name := range archives {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		input := fstest.MapFS{}
		var specs []string
		for _, f := range txtar.Parse(data).Files {
			input[f.Name] = &fstest.MapFile{Data: f.Data}
			if filepath.Dir(f.Name) == "." && filepath.Ext(f.Name) == ".yaml" && f.Name[0] != '_' {
				specs = append(specs, f.Name)
			}
		}
		check(name, input, specs)
	}
	assert.Greater(t, seen, len(archives)/2)
	curated, err := fs.Glob(os.DirFS("../spec"), "*/*/*/openapi.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, curated)
	for _, spec := range curated {
		before := seen
		check(spec, os.DirFS("../spec"), []string{spec})
		assert.Equal(t, before+1, seen, spec)
	}
}

// strictModelSchema is the published schema, with no member allowed that it does not know.
func strictModelSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("../docs/model.schema.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	root := doc.(map[string]any)
	root["additionalProperties"] = false
	for _, def := range root["$defs"].(map[string]any) {
		def.(map[string]any)["additionalProperties"] = false
	}
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("model.json", doc))
	schema, err := c.Compile("model.json")
	require.NoError(t, err)
	return schema
}
