package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// files writes a document of several files, and returns the first.
func files(t *testing.T, texts ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(texts); i += 2 {
		file := filepath.Join(dir, filepath.FromSlash(texts[i]))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(texts[i+1]), 0o666))
	}
	return filepath.Join(dir, texts[0])
}

// TestDocumentsOfSeveralFiles reads what tools that split documents write and kin-openapi does not look for: operations, and all the
// properties of a schema, as references, in the root and in other files. Rules count wherever they stand.
func TestDocumentsOfSeveralFiles(t *testing.T) {
	d, err := read(files(t,
		"openapi.yaml", `{openapi: 3.1.0, info: {title: T, version: "1"}, paths: {/a: {get: {$ref: "a/get.yaml"}}}}`,
		"a/get.yaml", `{operationId: get, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "models.yaml#/Pet"}}}}}}`,
		"a/models.yaml", `
Pet:
  oneOf: [{$ref: "#/Cat"}]
  discriminator: {propertyName: kind, mapping: {cat: "#/Cat"}}
Cat: {type: object, properties: {$ref: "../names.yaml#/both"}, x-validations: [{id: X-1, rule: "true", message: m}]}
`,
		"names.yaml", `both: {kind: {type: string}, name: {type: string}}`))
	require.NoError(t, err)
	require.Len(t, d.operations, 1)
	schema := d.operations[0].Responses.Value("200").Value.Content["application/json"].Schema.Value
	cat := schema.OneOf[0].Value
	assert.Len(t, cat.Properties, 2)
	assert.True(t, d.brokenBetween("pet: the request breaks a rule: m [X-1]"))
	assert.False(t, d.brokenBetween("pet: the request breaks 2 rules:\n\tm [X-1]\n\tm [Cat.name.maxLength]"))

	d, err = read(files(t,
		"swagger.json", `{"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {"parameters": [{"$ref": "p.json#/n"}], "responses": {"200": {"description": "ok"}}}}}}`,
		"p.json", `{"n": {"name": "n", "in": "query", "type": "integer"}}`))
	require.NoError(t, err)
	assert.True(t, parameter(d.operations[0], "query", "n").Schema.Value.Type.Is("integer"))

	_, err = read(files(t, "openapi.yaml", `{openapi: 3.1.0, info: {title: T, version: "1"}, paths: {/a: {get: {$ref: "a.yaml#/none"}}}}`, "a.yaml", `{}`))
	assert.ErrorContains(t, err, "leads nowhere")
}

// TestSchemasAndExamples reads a document whose schema has examples with names, and whose failure has a media type with nothing but
// an example beside one with a schema.
func TestSchemasAndExamples(t *testing.T) {
	d, err := read(files(t, "openapi.yaml", `
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    get:
      parameters: [{in: query, name: q, schema: {type: string, examples: {one: {value: x}}}}]
      responses:
        "200": {description: ok, content: {application/json: {example: {}}, text/plain: {schema: {type: string}}}}
        "404": {description: no, content: {application/json: {examples: {one: {value: {}}}}, application/x-tar: {schema: {type: object}}}}
`))
	require.NoError(t, err)
	assert.True(t, parameter(d.operations[0], "query", "q").Schema.Value.Type.Is("string"))
	assert.Nil(t, d.operations[0].Responses.Value("200").Value.Content["application/json"].Schema)
	assert.True(t, d.operations[0].Responses.Value("404").Value.Content["application/json"].Schema.Value.Type.Is("object"))
}

// TestSchemasWithinResponses reads a document whose schema refers to one that stands in a response.
func TestSchemasWithinResponses(t *testing.T) {
	d, err := read(files(t, "openapi.yaml", `
openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /a: {get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/responses/R/content/text~1json/schema"}}}}}}}
components: {responses: {R: {description: ok, content: {text/json: {schema: {type: string}}}}}}
`))
	require.NoError(t, err)
	assert.True(t, d.operations[0].Responses.Value("200").Value.Content["application/json"].Schema.Value.Type.Is("string"))
}

// TestOddDocuments reads what kin-openapi refuses: patterns that Go does not know, and texts among the paths of Swagger 2.
func TestOddDocuments(t *testing.T) {
	d, err := read(files(t, "swagger.yaml", `
swagger: "2.0"
info: {title: T, version: "1"}
paths:
  x-note: nothing
  /a/{b}/{c}:
    get:
      parameters: [{in: path, required: true, name: b, type: string, pattern: "^(?!x)"}, {in: path, required: true, name: c, type: string, pattern: "^[\\u0020-\\u007e]+$"}]
      responses: {"200": {description: ok, schema: {$ref: "#/responses/none"}}}
responses: {none: {description: none}}
`))
	require.NoError(t, err)
	require.Len(t, d.operations, 1)
	assert.Empty(t, parameter(d.operations[0], "path", "b").Schema.Value.Pattern)
	assert.NotEmpty(t, parameter(d.operations[0], "path", "c").Schema.Value.Pattern)
}

func TestIdleDiscriminators(t *testing.T) {
	for name, c := range map[string]struct {
		union string
		idle  bool
	}{
		"a mapping":                     {`{"oneOf": [{"$ref": "#/components/schemas/Typed"}], "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/Typed"}}}`, false},
		"a member that is no component": {`{"oneOf": [{"type": "object"}], "discriminator": {"propertyName": "kind", "mapping": {"a": "#/x"}}}`, true},
		"names that are allowed":        {`{"anyOf": [{"$ref": "#/components/schemas/Free"}], "discriminator": {"propertyName": "kind"}}`, false},
		"names that are listed":         {`{"oneOf": [{"$ref": "#/components/schemas/Listed"}], "discriminator": {"propertyName": "kind"}}`, false},
		"names that are not":            {`{"oneOf": [{"$ref": "#/components/schemas/Typed"}], "discriminator": {"propertyName": "kind"}}`, true},
		"no such property":              {`{"oneOf": [{"$ref": "#/components/schemas/Other"}], "discriminator": {"propertyName": "kind"}}`, true},
	} {
		var root map[string]any
		require.NoError(t, json.Unmarshal([]byte(`{"components": {"schemas": {
			"Typed": {"properties": {"kind": {"$ref": "#/components/schemas/Kind"}}}, "Kind": {"enum": ["a", "b"]}, "Listed": {"properties": {"kind": {"enum": ["Listed"]}}},
			"Free": {"properties": {"kind": {"type": "string"}}}, "Other": {"properties": {}}, "Union": `+c.union+`}}}`), &root))
		repair(root)
		union := follow(root, "#/components/schemas/Union", 1).(map[string]any)
		assert.Equal(t, c.idle, union["discriminator"] == nil, name)
	}
}

// TestCredentialsInOnePlace is about a document that wants two at once in one header: one of them is as good as it gets.
func TestCredentialsInOnePlace(t *testing.T) {
	doc := &openapi3.T{
		Security: openapi3.SecurityRequirements{{"key": nil, "bearer": nil}, {"other": nil}},
		Components: &openapi3.Components{SecuritySchemes: openapi3.SecuritySchemes{
			"key":    {Value: &openapi3.SecurityScheme{Type: "apiKey", In: "header", Name: "authorization"}},
			"bearer": {Value: &openapi3.SecurityScheme{Type: "http", Scheme: "bearer"}},
			"other":  {Value: &openapi3.SecurityScheme{Type: "apiKey", In: "header", Name: "X-Key"}},
		}},
	}
	plan := new(planned)
	require.NoError(t, json.Unmarshal([]byte(`{"Client": {"Schemes": [{"Name": "key", "Options": [{"Name": "WithKey", "Form": "secret"}]}, {"Name": "bearer", "Options": [{"Name": "WithBearer", "Form": "secret"}]},
		{"Name": "other", "Options": [{"Name": "WithOther", "Form": "secret"}]}]}}`), plan))
	s := &server{target: &target{document: &document{T: doc}, plan: plan}}
	ask := func(header, scheme string) error {
		r, err := http.NewRequest(http.MethodGet, "https://example.com/", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", header)
		return s.authenticate(context.Background(), &openapi3filter.AuthenticationInput{SecuritySchemeName: scheme, SecurityScheme: doc.Components.SecuritySchemes[scheme].Value,
			RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: &routers.Route{Operation: new(openapi3.Operation)}}})
	}
	for _, header := range []string{secretOf("key"), "Bearer " + secretOf("bearer")} {
		assert.NoError(t, ask(header, "key"))
		assert.NoError(t, ask(header, "bearer"))
		assert.Error(t, ask(header, "other"))
	}
	assert.Error(t, ask("Bearer nonsense", "bearer"))
	assert.Error(t, ask("", "key"))
}

// What kin-openapi finds no valid value of, though it is plain what is meant, is said in its words.
func TestRepairs(t *testing.T) {
	d, err := read(files(t, "swagger.json", `{"swagger": "2.0", "info": {"title": "T", "version": "1"}, "produces": ["text/csv"], "paths": {"/a": {"get": {"parameters": [
		{"name": "n", "in": "query", "type": "integer", "enum": ["1", "2"]}, {"name": "s", "in": "query", "type": "string", "enum": [1, true, "x"]},
		{"name": "h", "in": "head", "type": "string"}], "responses": {"200": {"description": "ok", "schema": {"type": "string"}}}}}}}`))
	require.NoError(t, err)
	o := d.operations[0]
	assert.Contains(t, o.Responses.Value("200").Value.Content, "text/csv")
	assert.Len(t, o.Parameters, 2)
	assert.Equal(t, []any{float64(1), float64(2)}, parameter(o, "query", "n").Schema.Value.Enum)
	assert.Equal(t, []any{"1", "true", "x"}, parameter(o, "query", "s").Schema.Value.Enum)
}

// Where nothing else tells apart the methods of one path, what they ask for does.
func TestMethodsOfOnePath(t *testing.T) {
	plan := new(planned)
	require.NoError(t, json.Unmarshal([]byte(`{"Services": [{"Methods": [
		{"Name": "A", "Operation": {"Method": "GET", "Path": "/x"}, "Params": {"Fields": [{"Wire": "a", "In": "query"}]}},
		{"Name": "B", "Operation": {"Method": "GET", "Path": "/x"}, "Params": {"Fields": [{"Wire": "b", "In": "query"}, {"Wire": "h", "In": "header"}]}}]}]}`), plan))
	for path, want := range map[string]string{"/x?a={a}": "A", "/x?b={b}": "B"} {
		methods := plan.methods(&operation{method: "GET", path: path, Operation: new(openapi3.Operation), item: new(openapi3.PathItem)})
		require.Len(t, methods, 1, path)
		assert.Equal(t, want, methods[0].Name)
	}
}
