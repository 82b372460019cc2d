package instance

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// load reads the component schemas of a document.
func load(t *testing.T, file string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	require.NoError(t, err)
	return doc
}

// Every schema of the construct documents has instances, in both directions and however much of it is made.
func TestEverySchemaHasInstances(t *testing.T) {
	for _, file := range []string{"constructs-3.0.yaml", "constructs-3.1.yaml"} {
		doc := load(t, "../../constructs/"+file)
		for name, schema := range doc.Components.Schemas {
			for i := range 30 {
				m := Maker{Rand: rand.New(rand.NewPCG(uint64(i), 1)), Doc: doc, Answer: i%2 == 0, Fill: Fill(i % 3), Text: Prose}
				v, err := m.Value(schema)
				require.NoError(t, err, "%s %s", file, name)
				require.NoError(t, m.Judge(schema, v), "%s %s", file, name)
			}
		}
	}
}

// Where a schema allows nothing, that is what is said, and not that nothing was found.
func TestWhatHasNoInstance(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {
		"Endless": {"anyOf": [{"$ref": "#/components/schemas/Endless"}]},
		"Both": {"allOf": [{"type": "object"}, {"type": "string"}]},
		"Listed": {"type": "integer", "enum": ["1", "2"]},
		"Closed": {"type": "object", "properties": {"a": {"type": "string", "writeOnly": true}}, "minProperties": 1, "additionalProperties": false},
		"Partly": {"type": "integer", "enum": ["1", 2]},
		"Null": {"nullable": true, "allOf": [{"type": "object", "nullable": true}, {"type": "string", "nullable": true}]},
		"Hard": {"type": "string", "minLength": 3, "allOf": [{"pattern": "^(aa)*$"}, {"pattern": "^(aaa)*$"}, {"pattern": "^(aaaaaaa)*$"}]}}}}`))
	require.NoError(t, err)
	for name, none := range map[string]bool{"Endless": true, "Both": true, "Listed": true, "Closed": true, "Partly": false, "Null": false, "Hard": false} {
		m := Maker{Rand: rand.New(rand.NewPCG(1, 1)), Doc: doc, Answer: true}
		_, err := m.Value(doc.Components.Schemas[name])
		assert.Equal(t, none, errors.As(err, new(NoneError)), "%s %v", name, err)
		assert.Equal(t, none || name == "Hard", err != nil, "%s %v", name, err)
	}
}

func TestAFullInstanceHasEveryMember(t *testing.T) {
	doc := load(t, "../../constructs/constructs-3.1.yaml")
	m := Maker{Rand: rand.New(rand.NewPCG(1, 1)), Doc: doc, Answer: true, Fill: All}
	v, err := m.Value(doc.Components.Schemas["Everything"])
	require.NoError(t, err)
	object, ok := v.(map[string]any)
	require.True(t, ok)
	for name, p := range doc.Components.Schemas["Everything"].Value.Properties {
		if !p.Value.WriteOnly {
			assert.Contains(t, object, name)
		}
	}
	assert.NotContains(t, object, "unwritten")
}

func TestTheSameSeedGivesTheSameInstance(t *testing.T) {
	doc := load(t, "../../constructs/constructs-3.1.yaml")
	made := func() string {
		m := Maker{Rand: rand.New(rand.NewPCG(7, 7)), Doc: doc, Fill: Some, Text: Prose}
		v, err := m.Value(doc.Components.Schemas["Everything"])
		require.NoError(t, err)
		data, err := json.Marshal(v)
		require.NoError(t, err)
		return string(data)
	}
	assert.Equal(t, made(), made())
}

func TestPatterns(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, pattern := range []string{`^[A-Z]{2}-\d+$`, `^(a|b)*c?$`, `[^/]+`, `^\S{3,5}$`, `^.{2}$`, `(?i)^abc$`} {
		for range 50 {
			text, ok := matching(r, pattern)
			assert.True(t, ok, pattern)
			assert.Regexp(t, regexp.MustCompile(pattern), text)
		}
	}
	_, ok := matching(r, `^(?!no)`)
	assert.False(t, ok)
}
