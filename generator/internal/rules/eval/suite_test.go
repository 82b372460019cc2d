package eval_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// suiteFolder is where the JSON-Schema-Test-Suite is: the folder tests/draft2020-12 of it.
const suiteFolder = "JSON_SCHEMA_TEST_SUITE"

// group is a schema of the suite and its cases.
type group struct {
	Description string
	Schema      json.RawMessage
	Tests       []struct {
		Description string
		Data        json.RawMessage
		Valid       bool
	}
}

// notRead are the files of the suite about what documents of OpenAPI do otherwise, and why.
var notRead = map[string]string{
	"dynamicRef.json": "dynamic references are read as plain ones",
	"refRemote.json":  "nothing is fetched",
	"vocabulary.json": "meta-schemas are not read",
}

// The required cases of the suite get the verdict that the suite wants.
func TestSuite(t *testing.T) {
	folder := os.Getenv(suiteFolder)
	if folder == "" {
		t.Skipf("the suite is not part of this repository: make suite SUITE=DIR, the folder tests/draft2020-12 of it (%s)", suiteFolder)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "there is no suite in %s", folder)
	cases, left, unread := 0, 0, 0
	for _, name := range files {
		file := filepath.Base(name)
		if why := notRead[file]; why != "" {
			t.Logf("left out: %s: %s", file, why)
			unread++
			continue
		}
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			var groups []group
			require.NoError(t, json.Unmarshal(text, &groups))
			for _, g := range groups {
				if bytes.Contains(g.Schema, []byte(`"$id"`)) || bytes.Contains(g.Schema, []byte(`"$ref":"http`)) || bytes.Contains(g.Schema, []byte(`"$ref": "http`)) {
					left += len(g.Tests)
					continue // $id is not read: see docs/adr/0005
				}
				s, _ := schema(t, g.Schema)
				for _, c := range g.Tests {
					cases++
					assert.Equal(t, c.Valid, eval.Conforms(s, decode(t, c.Data)), "%s: %s: %s", g.Description, c.Description, c.Data)
				}
			}
		})
	}
	t.Logf("%d cases decided, %d left out, and %d files", cases, left, unread)
}

func decode(t testing.TB, text []byte) any {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	require.NoError(t, dec.Decode(&v))
	return v
}

// schema reads a schema as the component X of a document. What is nonsense is mended by the loader, which says so.
func schema(t testing.TB, text []byte) (x *model.Schema, mended bool) {
	t.Helper()
	document, err := json.Marshal(map[string]any{
		"openapi": "3.1.1", "info": map[string]any{"title": "T", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": map[string]any{"X": moved(decode(t, text))}},
	})
	require.NoError(t, err)
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"openapi.json": {Data: document}}, Specs: []string{"openapi.json"}})
	require.NotNil(t, api, "%s: %v", text, diags)
	i := slices.IndexFunc(api.Schemas, func(s *model.Schema) bool { return s.Name == "X" })
	return api.Schemas[i], len(diags) > 0
}

// moved makes references lead to where the schema stands now.
func moved(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if ref, ok := member.(string); ok && name == "$ref" && strings.HasPrefix(ref, "#") && (ref == "#" || ref[1] == '/') {
				member = "#/components/schemas/X" + ref[1:]
			}
			if name != "const" && name != "enum" {
				member = moved(member)
			}
			out[name] = member
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = moved(v[i])
		}
		return out
	}
	return v
}
