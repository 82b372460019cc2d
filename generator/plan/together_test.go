package plan_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/plan"
	"github.com/pantograph-go/pantograph/generator/rt/schema"
)

// Closed schemas that are put together are meant in answers as the types of requests are.
func TestClosedSchemasInAnswers(t *testing.T) {
	const document = `
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "https://example.com"}]
paths:
  /a: {get: {operationId: getA, responses: {"200": {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Rates'}}}}}}}
  /b: {get: {operationId: getB, responses: {"200": {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Batch'}}}}}}}
  /c: {get: {operationId: getC, responses: {"200": {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Alone'}}}}}}}
components:
  schemas:
    Batch:
      allOf: [{$ref: '#/components/schemas/Named'}, {type: object, properties: {next: {$ref: '#/components/schemas/Batch'}}}]
    Named:
      type: object
      properties: {name: {type: string}, parts: {type: array, items: {$ref: '#/components/schemas/Part'}}}
      allOf: [{$ref: '#/components/schemas/Part'}]
    Part: {type: object, additionalProperties: false, properties: {weight: {type: number}}}
    Alone: {allOf: [{$ref: '#/components/schemas/Part'}]}
    Rates:
      type: object
      additionalProperties: false
      properties: {carrier: {type: string}}
      oneOf: [{$ref: '#/components/schemas/ByID'}, {$ref: '#/components/schemas/ByPart'}]
    ByID: {type: object, additionalProperties: false, required: [id], properties: {id: {type: string}}}
    ByPart: {allOf: [{$ref: '#/components/schemas/Part'}, {type: object, required: [part], properties: {part: {$ref: '#/components/schemas/Part'}}}]}
`
	api, diags := source.Load(source.Request{FS: fstest.MapFS{"api.yaml": {Data: []byte(document)}}, Specs: []string{"api.yaml"}})
	require.NotNil(t, api, diags)
	p, diags := plan.Build(api, plan.Options{Package: "c", ImportPath: "example.com/c", Runtime: "example.com/c/rt", CheckResponses: true}, plan.NewLock())
	require.NotNil(t, p, diags)
	var set schema.Set
	for _, a := range p.Answers {
		set.Texts = append(set.Texts, schema.Text{Name: a.Name, JSON: a.JSON})
	}
	for _, c := range []struct {
		answer, body string
		conforms     bool
	}{
		{"getA 200", `{"carrier":"c","id":"1"}`, true},
		{"getA 200", `{"id":"1"}`, true},
		{"getA 200", `{"carrier":"c","weight":1,"part":{"weight":1}}`, true},
		{"getA 200", `{"carrier":"c"}`, false},
		{"getA 200", `{"carrier":"c","id":"1","part":{}}`, false},
		{"getA 200", `{"carrier":"c","id":"1","more":1}`, false},
		{"getA 200", `{"carrier":"c","part":{},"more":1}`, false},
		{"getA 200", `{"carrier":"c","part":{"carrier":"c"}}`, false},
		{"getB 200", `{"name":"n","weight":1,"parts":[{"weight":2}],"next":{"name":"m","weight":3}}`, true},
		{"getB 200", `{"name":"n","more":1}`, false},
		{"getB 200", `{"parts":[{"weight":2,"name":"n"}]}`, false},
		{"getB 200", `{"next":{"more":1}}`, false},
		{"getC 200", `{"weight":1}`, true},
		{"getC 200", `{"name":"n"}`, false},
	} {
		assert.Equal(t, c.conforms, set.Conforms(c.answer, schema.OfText([]byte(c.body))), "%s %s\n%v", c.answer, c.body, set.Texts)
	}
}
