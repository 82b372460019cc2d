package model_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/model"
)

// dump prints an API with one component, Node, of which the rest is made.
func dump(t *testing.T, fill func(api *model.API, node *model.Schema)) string {
	t.Helper()
	node := &model.Schema{Pos: model.Pos{File: "a.yaml", Line: 3, Col: 5, Pointer: "/Node"}, Name: "Node", Types: []model.Type{model.TypeObject}}
	api := &model.API{Schemas: []*model.Schema{node}}
	fill(api, node)
	text, err := json.Marshal(api)
	require.NoError(t, err)
	assert.True(t, json.Valid(text))
	return string(text)
}

func TestDump(t *testing.T) {
	cases := []struct {
		name string
		fill func(api *model.API, node *model.Schema)
		want string
	}{
		{
			"a component is printed among the schemas",
			func(*model.API, *model.Schema) {},
			`{"format":1,"documents":[],"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","types":["object"]}]}`,
		},
		{
			"a component that contains itself is a reference inside",
			func(_ *model.API, node *model.Schema) {
				node.Properties = []*model.Property{{Name: "next", Schema: node}}
				node.Items = node
			},
			`{"format":1,"documents":[],"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","types":["object"],` +
				`"properties":[{"name":"next","schema":{"$ref":"a.yaml#/Node"}}],"items":{"$ref":"a.yaml#/Node"}}]}`,
		},
		{
			"a reference with siblings names its target",
			func(_ *model.API, node *model.Schema) {
				node.Items = &model.Schema{Ref: node, Doc: model.Doc{Text: "a <b> & c"}}
			},
			`{"format":1,"documents":[],"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","types":["object"],` +
				`"items":{"id":"#","ref":"a.yaml#/Node","text":"a \u003cb\u003e \u0026 c"}}]}`,
		},
		{
			"a schema in place that is used twice is printed once",
			func(_ *model.API, node *model.Schema) {
				loop := &model.Schema{Pos: model.Pos{File: "a.yaml", Pointer: "/Node/not"}}
				loop.Not = loop
				node.Not = loop
			},
			`{"format":1,"documents":[],"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","types":["object"],` +
				`"not":{"id":"a.yaml#/Node/not","at":"a.yaml","not":{"$ref":"a.yaml#/Node/not"}}}]}`,
		},
		{
			"values keep their digits, pointers to values print them, discriminators name schemas",
			func(_ *model.API, node *model.Schema) {
				one, no := 0, false
				node.Default, node.MinLength, node.Always = model.Value(`1.00`), &one, &no
				node.Minimum = "18446744073709551617"
				node.Discriminator = &model.Discriminator{Property: "p", Mapping: []model.DiscriminatorCase{{Value: "v", Schema: node}}}
			},
			`{"format":1,"documents":[],"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","always":false,"types":["object"],"default":1.00,` +
				`"minLength":0,"minimum":"18446744073709551617","discriminator":{"property":"p","mapping":[{"value":"v","schema":"a.yaml#/Node"}]}}]}`,
		},
		{
			"operations print their places flat",
			func(api *model.API, node *model.Schema) {
				api.Operations = []*model.Operation{{
					Pos: model.Pos{File: "a.yaml", Line: 1, Col: 1}, ID: "Get", Doc: model.Doc{Source: &model.Source{Page: "P"}},
					Body:     &model.Body{Content: []*model.MediaType{{Name: "application/json", Schema: node}}},
					Security: []model.SecurityRequirement{{}},
				}}
			},
			`{"format":1,"documents":[],"operations":[{"at":"a.yaml:1:1","source":{"page":"P"},"id":"Get","resource":"","method":"","path":"",` +
				`"body":{"content":[{"name":"application/json","schema":{"$ref":"a.yaml#/Node"}}]},"security":[[]]}],` +
				`"schemas":[{"id":"a.yaml#/Node","at":"a.yaml:3:5","name":"Node","types":["object"]}]}`,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, dump(t, c.fill)) })
	}
	t.Run("a schema alone is printed in full", func(t *testing.T) {
		node := &model.Schema{Pos: model.Pos{File: "a.yaml", Pointer: "/Node"}, Name: "Node"}
		node.Items = node
		text, err := json.Marshal(node)
		require.NoError(t, err)
		assert.Equal(t, `{"id":"a.yaml#/Node","at":"a.yaml","name":"Node","items":{"$ref":"a.yaml#/Node"}}`, string(text))
	})
}
