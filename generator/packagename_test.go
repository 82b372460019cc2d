package generator

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// A package may have the name of a parameter, or of a variable that generated code uses: where it is imported it has another.
func TestPackagesHaveAnyName(t *testing.T) {
	const doc = `{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/pets/{pet}": {"put": {"operationId": "putPet", "tags": ["pets"],
		"parameters": [{"name": "pet", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "dry", "in": "query", "schema": {"type": "integer", "minimum": 1}}],
		"requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string", "minLength": 2}}}}}},
		"responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}}}},
		"get": {"operationId": "getPet", "tags": ["pets"], "parameters": [{"name": "pet", "in": "path", "required": true, "schema": {"type": "string"}}],
		"responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
		"components": {"schemas": {"Pet": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}}}`
	for _, name := range []string{"pet", "x", "s", "r", "w", "c", "v", "out", "req", "err", "params", "answer", "client", "server", "ctx", "opts", "base", "to", "rt", "fake", "json", "fmt"} {
		fsys := fstest.MapFS{"api.json": {Data: []byte(doc)}, "go.mod": {Data: []byte("module example.com/m\n")}}
		_, diags := Run(Options{FS: fsys, Config: Config{Specs: []string{"api.json"}, Out: name, Package: name, Test: true}})
		for _, d := range diags {
			require.NotEqual(t, Error, d.Severity, "package %s: %s", name, d)
		}
	}
}
