package spec

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	return file
}

func TestReferencesAreFollowedThroughFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "paths/a.yaml", "get: {responses: {}}\npost: {$ref: '../ops.yaml#/make%20it'}\nparameters: []\n")
	write(t, dir, "ops.yaml", "make it: {operationId: made}\n")
	file := write(t, dir, "api.yaml", `openapi: 3.1.0
paths:
  /a: {$ref: paths/a.yaml}
  /b: {$ref: '#/components/pathItems/b'}
  x-other: {get: {}}
components:
  pathItems: {b: {trace: {}}}
  schemas:
    "odd/name": {$ref: '#/components/schemas/Loop'}
    Loop: {$ref: '#/components/schemas/odd~1name'}
`)
	doc, err := Open(file)
	require.NoError(t, err)
	var calls []string
	for _, o := range doc.Operations() {
		calls = append(calls, o.String())
	}
	assert.Equal(t, []string{"GET /a", "POST /a", "TRACE /b"}, calls)
	assert.Equal(t, "made", doc.Operations()[1].Get("operationId").Text())
	assert.False(t, doc.Get("components", "schemas", "Loop").Found(), "a loop leads nowhere")
	assert.True(t, doc.Pointer("/components/pathItems/b/trace").Found())
	assert.False(t, doc.Pointer("/components/none").Found())
}

func TestWhatASchemaStates(t *testing.T) {
	file := write(t, t.TempDir(), "api.yaml", `
yes:
  - {type: string}
  - {type: [integer, "null"]}
  - {properties: {}}
  - {enum: [1]}
  - {allOf: [{description: x}, {$ref: '#/yes/0'}]}
  - {$ref: '#/yes/1'}
no: [{}, {description: x}, {type: "null"}, {oneOf: [{}, {}]}, {$ref: '#/none'}]
one: {allOf: [{properties: {a: {type: string}}}, {anyOf: [{properties: {b: {}}}]}]}
`)
	doc, err := Open(file)
	require.NoError(t, err)
	for i, s := range doc.Get("yes").Items() {
		assert.True(t, s.States(), i)
	}
	for i, s := range doc.Get("no").Items() {
		assert.False(t, s.States(), i)
	}
	assert.True(t, doc.Get("one").Property("a").States())
	assert.True(t, doc.Get("one").Property("b").Found())
	assert.False(t, doc.Get("one").Property("c").Found())
}

func TestFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.yaml", "openapi: 3.1.0\n")
	write(t, dir, "b.json", `{"swagger": "2.0"}`)
	write(t, dir, "c.yaml", "other: thing\n")
	write(t, dir, "d.txt", "openapi: 3.1.0\n")
	write(t, dir, "deep/e.yaml", "openapi: 3.1.0\n")
	names := func(only ...string) (out []string) {
		entries, err := Folder(dir, only)
		require.NoError(t, err)
		for _, e := range entries {
			out = append(out, e.Name)
		}
		return out
	}
	assert.Equal(t, []string{"a", "b"}, names())
	assert.Equal(t, []string{"b"}, names("b"))
	_, err := Folder(dir, []string{"c"})
	assert.Error(t, err)
	write(t, dir, "index.json", `[{"name": "e", "file": "deep/e.yaml"}]`)
	assert.Equal(t, []string{"e"}, names())
	write(t, dir, "index.json", `[{"name": "e", "file": "../e.yaml"}]`)
	_, err = Folder(dir, nil)
	assert.Error(t, err)
	_, err = Folder(t.TempDir(), nil)
	assert.Error(t, err)
}
