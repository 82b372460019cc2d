package eval_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Our evaluator and another implementation agree on random schemas and values.
func TestKeywordsMeanWhatTheyMeanInJSONSchema(t *testing.T) {
	c := schematest.Chooser{Rand: rand.New(rand.NewPCG(3, 4))}
	valid, all := schematest.Agree(t, c, 1500, func(s *model.Schema) schematest.Judge {
		return func(value any, _ []byte) (bool, any) { return eval.Conforms(s, value), s }
	})
	t.Logf("%d of %d values are valid", valid, all)
	require.Greater(t, valid, all/5)
	require.Less(t, valid, all*4/5)
}
