package eval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
)

// The required cases of the suite get the verdict that the suite wants.
func TestSuite(t *testing.T) {
	cases, left, unread := 0, 0, 0
	for _, file := range schematest.Suite(t) {
		if file.LeftOut != "" {
			t.Logf("left out: %s: %s", file.Name, file.LeftOut)
			unread++
			continue
		}
		t.Run(file.Name, func(t *testing.T) {
			for _, g := range file.Groups {
				if g.LeftOut != "" {
					left += len(g.Tests)
					continue
				}
				s, _ := schematest.Schema(t, g.Schema)
				for _, c := range g.Tests {
					cases++
					assert.Equal(t, c.Valid, eval.Conforms(s, schematest.Decode(t, c.Data)), "%s: %s: %s", g.Description, c.Description, c.Data)
				}
			}
		})
	}
	t.Logf("%d cases decided, %d left out, and %d files", cases, left, unread)
}
