package schematext_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematest"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/rt/schema"
)

// judge is a schema as the runtime has it: as a whole, and each of its keywords alone.
type judge struct {
	set      schema.Set
	whole    string
	keywords [][2]string
}

func newJudge(s *model.Schema) *judge {
	var w schematext.Writer
	j := &judge{whole: w.Schema(s, "X")}
	for _, r := range rules.Assertions(s) {
		j.keywords = append(j.keywords, [2]string{w.Part(s, []string{r.Keyword}, "X."+r.Key()), r.Key()})
	}
	for _, e := range w.Entries() {
		j.set.Texts = append(j.set.Texts, schema.Text(e))
	}
	return j
}

// verdict is that on the whole, which has to be that of all keywords together.
func (j *judge) verdict(t testing.TB, text []byte) bool {
	v := schema.OfText(text)
	ok := j.set.Conforms(j.whole, v)
	all := true
	for _, k := range j.keywords {
		_, broken := j.set.Broken(k[0], k[1], v)
		all = all && !broken
	}
	assert.Equal(t, ok, all, "the keywords one by one: %s %v", text, j.set.Texts)
	return ok
}

// The required cases of the suite get the verdict that the suite wants.
func TestSuite(t *testing.T) {
	cases := 0
	for _, file := range schematest.Suite(t) {
		for _, g := range file.Groups {
			if g.LeftOut != "" {
				continue
			}
			s, _ := schematest.Schema(t, g.Schema)
			j := newJudge(s)
			for _, c := range g.Tests {
				cases++
				assert.Equal(t, c.Valid, j.verdict(t, c.Data), "%s: %s: %s: %s\n%v", file.Name, g.Description, c.Description, c.Data, j.set.Texts)
			}
		}
	}
	t.Logf("%d cases decided", cases)
}

// The runtime and another implementation agree on random schemas and values.
func TestSchemasMeanWhatTheyMeanInJSONSchema(t *testing.T) { random(t, 11, 1500) }

func FuzzAgainstAnotherImplementation(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { random(t, seed, 1) })
}

func random(t *testing.T, seed uint64, schemas int) {
	schematest.Agree(t, schematest.Chooser{Rand: rand.New(rand.NewPCG(seed, 4))}, schemas, func(s *model.Schema) schematest.Judge {
		j := newJudge(s)
		return func(_ any, text []byte) (bool, any) { return j.verdict(t, text), j.set.Texts }
	})
}
