package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// TestFilesThatReferToEachOther has schemas of one name in files that refer to each other, in a circle, and to a whole file: each
// reference means that of its own file, to the validator of 3.1 too, which takes references for names.
func TestFilesThatReferToEachOther(t *testing.T) {
	file := files(t,
		"openapi.yaml", `
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}}
        "201": {$ref: "deep/other.yaml#/components/responses/Other"}
  /b: {$ref: "deep/item.yaml"}
components:
  schemas:
    Node:
      type: object
      required: [kind]
      properties: {kind: {const: root}, other: {$ref: "deep/other.yaml#/components/schemas/Node"}}
`,
		"deep/other.yaml", `
components:
  responses:
    Other: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}}
  schemas:
    Node:
      type: object
      required: [kind]
      properties:
        kind: {const: other}
        own: {$ref: "#/components/schemas/Node"}
        back: {$ref: "../openapi.yaml#/components/schemas/Node"}
        whole: {$ref: "whole.yaml"}
`,
		"deep/whole.yaml", `{type: object, required: [n], properties: {n: {const: 7}, again: {$ref: "whole.yaml"}, node: {$ref: "other.yaml#/components/schemas/Node"}}}`,
		"deep/item.yaml", `{get: {responses: {"200": {description: ok, content: {application/json: {schema: {oneOf: [{$ref: "other.yaml#/components/schemas/Node"}, {$ref: "whole.yaml"}],
  discriminator: {propertyName: kind, mapping: {other: "other.yaml#/components/schemas/Node", whole: "whole.yaml"}}}}}}}}}`)
	d, err := read(file)
	require.NoError(t, err)
	require.Len(t, d.operations, 2)
	m := &instance.Maker{Doc: d.T, Answer: true}
	schema := d.operations[0].Responses.Value("200").Value.Content["application/json"].Schema
	object := func(kind string, members ...any) map[string]any {
		out := map[string]any{"kind": kind}
		for i := 0; i < len(members); i += 2 {
			out[members[i].(string)] = members[i+1]
		}
		return out
	}
	whole := map[string]any{"n": 7, "again": map[string]any{"n": 7, "node": object("other")}}
	assert.NoError(t, m.Judge(schema, object("root", "other", object("other", "own", object("other"), "back", object("root"), "whole", whole))))
	assert.Error(t, m.Judge(schema, object("root", "other", object("root"))))
	assert.Error(t, m.Judge(schema, object("root", "other", object("other", "own", object("root")))))
	assert.Error(t, m.Judge(schema, object("root", "other", object("other", "back", object("other")))))
	assert.Error(t, m.Judge(schema, object("root", "other", object("other", "whole", map[string]any{"n": 8}))))
	assert.Error(t, m.Judge(d.operations[0].Responses.Value("201").Value.Content["application/json"].Schema, object("root")))

	union := d.operations[1].Responses.Value("200").Value.Content["application/json"].Schema.Value
	assert.Equal(t, "#/components/schemas/Node", d.Components.Schemas["Node"].Value.Properties["other"].Value.Properties["back"].Ref)
	for value, member := range map[string]int{"other": 0, "whole": 1} {
		assert.Equal(t, union.OneOf[member].Ref, union.Discriminator.Mapping[value].Ref)
	}
	assert.Regexp(t, "/Node$", union.OneOf[0].Ref)
}
