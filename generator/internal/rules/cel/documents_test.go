package cel_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
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

// loaded are the requests that people have judged, and the documents that are to give the same verdicts.
func loaded(t *testing.T, name string, specs []string) (*cases.Suite, *judge, []*rules.Subject) {
	t.Helper()
	folder := filepath.Join(root, "conformance", name)
	suite, err := cases.Load(filepath.Join(folder, "testdata", "cases"), filepath.Join(folder, "recordings"))
	require.NoError(t, err)
	api, diags := source.Load(source.Request{Root: filepath.Join(root, "spec"), Specs: specs, Strict: true})
	require.NotNil(t, api, "%v", diags)
	subjects, diags := cel.Compile(api, shape.New(api.Schemas))
	require.False(t, diags.HasErrors(), "%v", diags)
	return suite, newJudge(api, subjects, suite.Now), subjects
}

// What our documents state gives each request the verdict that people gave it, for the one reason they gave.
func TestDocumentsGiveTheVerdictsOfPeople(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider.name, func(t *testing.T) {
			suite, j, subjects := loaded(t, provider.name, provider.specs)
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
		case b.rule != rule && slices.Contains(c.Also, b.rule):
		default:
			others = append(others, b)
		}
	}
	assert.Empty(t, others, "%s: %s: also broken by %s", try.At, rule, try.Change)
	assert.Equal(t, try.Verdict != cases.Accept, theirs, "%s: %s at %q: %s %s; broken: %v", try.At, rule, c.Path, try.Verdict, try.Change, slices.Concat(found))
}

// Whatever is wrong with a rule, some case notices, but for what is listed with its reason.
func TestCasesNoticeWrongRules(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider.name, func(t *testing.T) {
			t.Parallel()
			suite, j, subjects := loaded(t, provider.name, provider.specs)
			asked := j.asked(t, suite)
			made, unnoticed := 0, map[string]bool{}
			for _, s := range subjects {
				for _, r := range s.Rules {
					if r.Cond == nil {
						continue
					}
					verdicts := verdicts(r, asked[s])
					for _, m := range mutants(r.Cond) {
						made++
						if !slices.ContainsFunc(verdicts, func(v verdict) bool { return eval.Holds(m.cond, v.scope) != v.holds }) {
							unnoticed[r.Stated.ID+": "+m.what] = true
						}
					}
				}
			}
			t.Logf("%d wrong rules, of which %d are not noticed", made, len(unnoticed))
			assert.Equal(t, explained(t, provider.name), slices.Sorted(maps.Keys(unnoticed)))
		})
	}
}

// explained are the wrong rules of a provider that mean the same.
func explained(t *testing.T, provider string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "unnoticed", provider+".txt"))
	require.NoError(t, err)
	lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool { return line == "" || line[0] == '#' })
	slices.Sort(lines)
	return lines
}

// question is a value that requests have rules judge, and the cases that these are of. Most requests differ from others in
// one place, so that most of their parts are the same.
type question struct {
	about []*cases.Case
	scope eval.Scope
}

// asked are the values that all requests have rules judge, each once.
func (j *judge) asked(t *testing.T, suite *cases.Suite) map[*rules.Subject][]*question {
	out := map[*rules.Subject][]*question{}
	type value struct {
		of   *rules.Subject
		text string
	}
	seen := map[value]*question{}
	for i := range suite.Cases {
		c := &suite.Cases[i]
		j.watch = func(s *rules.Subject, scope eval.Scope) {
			at := value{s, fmt.Sprintf("%#v", scope.Self)}
			q := seen[at]
			if q == nil {
				q = &question{scope: scope}
				seen[at], out[s] = q, append(out[s], q)
			}
			if !slices.Contains(q.about, c) {
				q.about = append(q.about, c)
			}
		}
		for _, try := range c.Tries {
			_, err := j.request(try.Request)
			require.NoError(t, err)
		}
	}
	j.watch = nil
	return out
}

// verdict is what a rule says of a value, where a case would fail if it said otherwise.
type verdict struct {
	scope eval.Scope
	holds bool
}

// verdicts are those of a rule, its own cases first.
func verdicts(r *rules.Rule, asked []*question) []verdict {
	var own, others []verdict
	for _, q := range asked {
		v := verdict{q.scope, eval.Holds(r.Cond, q.scope)}
		switch {
		case slices.ContainsFunc(q.about, func(c *cases.Case) bool { return c.Rule == r.Stated.ID }):
			own = append(own, v)
		case slices.ContainsFunc(q.about, func(c *cases.Case) bool { return !slices.Contains(c.Also, r.Stated.ID) }):
			others = append(others, v)
		}
	}
	return append(own, others...)
}
