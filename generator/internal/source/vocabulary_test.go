package source

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPublishedSchema proves that the loader and docs/x-pantograph.schema.json know the same members.
func TestPublishedSchema(t *testing.T) {
	text, err := os.ReadFile("../../../docs/x-pantograph.schema.json")
	require.NoError(t, err)
	type definition struct {
		Properties           map[string]json.RawMessage `json:"properties"`
		Required             []string                   `json:"required"`
		AdditionalProperties *bool                      `json:"additionalProperties"`
		AnyOf                []definition               `json:"anyOf"`
	}
	var schema struct {
		Defs map[string]definition `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))

	published := map[string]bool{"word": true, "text": true}
	var compare func(s *shape)
	compare = func(s *shape) {
		if published[s.name] {
			return
		}
		published[s.name] = true
		d, ok := schema.Defs[s.name]
		if !assert.True(t, ok, "no definition %q", s.name) {
			return
		}
		if s.ref {
			d = d.AnyOf[1]
		}
		names, required := s.names(), []string{}
		for _, m := range s.members {
			if m.required {
				required = append(required, m.name)
			}
			if m.shape != nil {
				compare(m.shape)
			}
			if m.want == wantChoice {
				var choice struct{ Enum []string }
				require.NoError(t, json.Unmarshal(d.Properties[m.name], &choice))
				assert.Equal(t, m.choices, choice.Enum, "%s.%s", s.name, m.name)
			}
		}
		var known []string
		for name := range d.Properties {
			known = append(known, name)
		}
		slices.Sort(known)
		slices.Sort(names)
		assert.Equal(t, names, known, "members of %s", s.name)
		assert.ElementsMatch(t, required, d.Required, "required members of %s", s.name)
		assert.False(t, *d.AdditionalProperties, "%s is open", s.name)
	}
	v := newVocabulary()
	for _, s := range []*shape{v.document, v.tag, v.operation, v.parameter, v.schema, v.securityScheme, v.validation} {
		compare(s)
	}
	for name := range schema.Defs {
		assert.True(t, published[name], "the loader does not know %q", name)
	}
}
