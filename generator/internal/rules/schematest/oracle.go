package schematest

import (
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Judge says of a value, given as its text too, whether it conforms to a schema, and what the schema was read as.
type Judge func(value any, text []byte) (conforms bool, read any)

// Agree fails the test where a judge and another implementation say different things of random schemas, and of ten
// random values for each. It returns how many values there were, and how many of them conform.
func Agree(t *testing.T, c Chooser, schemas int, judge func(*model.Schema) Judge) (valid, all int) {
	t.Helper()
	for range schemas {
		s := c.Schema(3)
		if flag, ok := s.(bool); ok {
			s = map[string]any{"allOf": []any{flag}}
		}
		text, err := json.Marshal(s)
		require.NoError(t, err)
		compiler := jsonschema.NewCompiler()
		require.NoError(t, compiler.AddResource("x.json", Decode(t, text)))
		oracle, err := compiler.Compile("x.json")
		require.NoError(t, err, string(text))
		ours, mended := Schema(t, text)
		if mended {
			continue // a minimum above the maximum, and the like
		}
		j := judge(ours)
		for range 10 {
			v := c.Value(3)
			shown, err := json.Marshal(v)
			require.NoError(t, err)
			want := oracle.Validate(v) == nil
			if all++; want {
				valid++
			}
			got, read := j(v, shown)
			require.Equal(t, want, got, "schema %s\nvalue %s\nread as %v", text, shown, read)
		}
	}
	return valid, all
}
