package generator

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a run read is said, also when it failed, with what it did not find: a watch waits for that.
func TestInputs(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	document := "openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {operationId: a, responses: {'200': {description: x, content: {application/json: {schema: {$ref: 'parts.yaml#/A'}}}}}}\n"
	require.NoError(t, os.WriteFile("api.yaml", []byte(document), 0o666))
	c := NewConfig()
	c.Specs, c.Package, c.Out, c.Import = []string{"api.yaml"}, "client", "client", "example.com/client"
	result, list := Run(Options{Config: *c})
	require.NotEmpty(t, list, "a file is missing")
	assert.Equal(t, []string{"api.yaml", "parts.yaml"}, result.Inputs)

	require.NoError(t, os.WriteFile("parts.yaml", []byte("A: {type: object, properties: {a: {type: string}}}\n"), 0o666))
	result, list = Run(Options{Config: *c})
	assert.Empty(t, list)
	assert.Equal(t, []string{"api.yaml", "parts.yaml"}, result.Inputs)
	assert.FileExists(t, filepath.Join("client", "names.lock"))
}
