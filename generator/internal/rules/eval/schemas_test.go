package eval_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
)

// Our evaluator and another implementation agree on random schemas and values.
func TestKeywordsMeanWhatTheyMeanInJSONSchema(t *testing.T) {
	c := schematest.Chooser{Rand: rand.New(rand.NewPCG(3, 4))}
	valid, all := 0, 0
	for range 1500 {
		s := c.Schema(3)
		if flag, ok := s.(bool); ok {
			s = map[string]any{"allOf": []any{flag}}
		}
		text, err := json.Marshal(s)
		require.NoError(t, err)
		compiler := jsonschema.NewCompiler()
		require.NoError(t, compiler.AddResource("x.json", schematest.Decode(t, text)))
		oracle, err := compiler.Compile("x.json")
		require.NoError(t, err, string(text))
		ours, mended := schematest.Schema(t, text)
		if mended {
			continue // a minimum above the maximum, and the like
		}
		for range 10 {
			v := c.Value(3)
			want := oracle.Validate(v) == nil
			if all++; want {
				valid++
			}
			if got := eval.Conforms(ours, v); got != want {
				shown, _ := json.Marshal(v)
				t.Fatalf("schema %s\nvalue %s\nis valid: %v; ours: %v\nread as %v", text, shown, want, got, ours)
			}
		}
	}
	t.Logf("%d of %d values are valid", valid, all)
	require.Greater(t, valid, all/5)
	require.Less(t, valid, all*4/5)
}
