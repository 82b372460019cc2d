package cel_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// root is the repository, seen from this package.
const root = "../../../.."

// providers are the APIs whose requests people have judged: their documents, and where the cases are.
var providers = []struct {
	name  string
	specs []string
}{
	{"huaweicloud", []string{"huaweicloud/autoscaling/v1/openapi.yaml", "huaweicloud/autoscaling/v2/openapi.yaml"}},
	{"rackspace", []string{"rackspace/autoscale/v1/openapi.yaml"}},
	{"otc", []string{"otc/autoscaling/v1/openapi.yaml", "otc/autoscaling/v2/openapi.yaml"}},
}

// What our documents state gives each request the verdict that people gave it, for the one reason they gave.
func TestDocumentsGiveTheVerdictsOfPeople(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider.name, func(t *testing.T) {
			folder := filepath.Join(root, "conformance", provider.name)
			suite, err := cases.Load(filepath.Join(folder, "testdata", "cases"), filepath.Join(folder, "recordings"))
			require.NoError(t, err)
			api, diags := source.Load(source.Request{Root: filepath.Join(root, "spec"), Specs: provider.specs, Strict: true})
			require.NotNil(t, api, "%v", diags)
			subjects, diags := cel.Compile(api, shape.New(api.Schemas))
			require.False(t, diags.HasErrors(), "%v", diags)
			j := newJudge(api, subjects, suite.Now)

			for name, base := range suite.Bases {
				found, err := j.request(base)
				assert.NoError(t, err, name)
				assert.Empty(t, found, "the base %s", name)
			}
			tries, used := 0, map[string]bool{}
			for _, c := range suite.Cases {
				used[c.Rule] = true
				for _, try := range c.Tries {
					tries++
					judged(t, j, c, try)
				}
			}
			for _, s := range subjects {
				for _, r := range s.Rules {
					if r.Cond != nil {
						assert.Contains(t, used, r.Stated.ID, "%s: no case", r.Pos)
					}
				}
			}
			t.Logf("%d requests of %d cases", tries, len(suite.Cases))
		})
	}
}

// judged compares the verdict on a request with that of people.
func judged(t *testing.T, j *judge, c cases.Case, try cases.Try) {
	t.Helper()
	found, err := j.request(try.Request)
	if !assert.NoError(t, err, try.At) {
		return
	}
	rule := c.Rule + c.Keyword
	theirs, others := false, []broken{}
	for _, b := range found {
		switch {
		case b.rule == rule && b.path == c.Path && (b.severity == model.SeverityWarning) == (try.Verdict == cases.Warn):
			theirs = true
		case b.severity == model.SeverityWarning && b.rule != rule, slices.Contains(c.Also, b.rule):
		default:
			others = append(others, b)
		}
	}
	assert.Empty(t, others, "%s: %s: also broken by %s", try.At, rule, try.Change)
	assert.Equal(t, try.Verdict != cases.Accept, theirs, "%s: %s at %q: %s %s; broken: %v", try.At, rule, c.Path, try.Verdict, try.Change, slices.Concat(found))
}
