// Package schematest holds what the proofs of the keywords share: the JSON-Schema-Test-Suite, whose folder is given,
// and random schemas and values.
package schematest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Folder is the variable that says where the suite is: the folder tests/draft2020-12 of it.
const Folder = "JSON_SCHEMA_TEST_SUITE"

// File is a file of the suite.
type File struct {
	Name    string
	Groups  []Group
	LeftOut string // why, of a file that is not read
}

// Group is a schema of the suite and its cases.
type Group struct {
	Description string
	Schema      json.RawMessage
	Tests       []Case
	LeftOut     string // why, of a schema that is not read
}

// Case is a value and whether it conforms.
type Case struct {
	Description string
	Data        json.RawMessage
	Valid       bool
}

// notRead are the files of the suite about what documents of OpenAPI do otherwise, and why.
var notRead = map[string]string{
	"dynamicRef.json": "dynamic references are read as plain ones",
	"refRemote.json":  "nothing is fetched",
	"vocabulary.json": "meta-schemas are not read",
}

// Suite reads the files of the suite, or skips the test where none is given.
func Suite(t *testing.T) []File {
	folder := os.Getenv(Folder)
	if folder == "" {
		t.Skipf("the suite is not part of this repository: make suite SUITE=DIR, the folder tests/draft2020-12 of it (%s)", Folder)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, names, "there is no suite in %s", folder)
	var files []File
	for _, name := range names {
		f := File{Name: filepath.Base(name)}
		if f.LeftOut = notRead[f.Name]; f.LeftOut == "" {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(text, &f.Groups))
			for i := range f.Groups {
				f.Groups[i].LeftOut = leftOut(f.Groups[i].Schema)
			}
		}
		files = append(files, f)
	}
	return files
}

// leftOut says why a schema is not read: see docs/adr/0005.
func leftOut(schema []byte) string {
	switch {
	case bytes.Contains(schema, []byte(`"$id"`)):
		return "$id is not read"
	case bytes.Contains(schema, []byte(`"$ref":"http`)), bytes.Contains(schema, []byte(`"$ref": "http`)):
		return "nothing is fetched"
	}
	return ""
}

// Decode reads a value, its numbers as they are written.
func Decode(t testing.TB, text []byte) any {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	require.NoError(t, dec.Decode(&v))
	return v
}

// Schema reads a schema as the component X of a document. What is nonsense is mended by the loader, which says so.
func Schema(t testing.TB, text []byte) (x *model.Schema, mended bool) {
	t.Helper()
	document, err := json.Marshal(map[string]any{
		"openapi": "3.1.1", "info": map[string]any{"title": "T", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": map[string]any{"X": Moved(Decode(t, text), "#/components/schemas/X")}},
	})
	require.NoError(t, err)
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"openapi.json": {Data: document}}, Specs: []string{"openapi.json"}})
	require.NotNil(t, api, "%s: %v", text, diags)
	i := slices.IndexFunc(api.Schemas, func(s *model.Schema) bool { return s.Name == "X" })
	return api.Schemas[i], len(diags) > 0
}

// Moved makes the references in a schema lead to where it stands now.
func Moved(v any, to string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if ref, ok := member.(string); ok && name == "$ref" && strings.HasPrefix(ref, "#") && (ref == "#" || ref[1] == '/') {
				member = to + ref[1:]
			}
			if name != "const" && name != "enum" {
				member = Moved(member, to)
			}
			out[name] = member
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = Moved(v[i], to)
		}
		return out
	}
	return v
}
