package eval_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/cel"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// verdict is what a real server says to the body of a request.
type verdict struct {
	Case, Row, Operation, Verdict string
	Body                          any
}

// rulesOf reads which rules of a document stand for which rows of its reference.
func rulesOf(t *testing.T, file string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var m struct {
		Rules []struct {
			ID, How string
			Rules   []string
		}
	}
	require.NoError(t, json.Unmarshal(text, &m))
	out := map[string][]string{}
	for _, r := range m.Rules {
		if r.How == "rule" {
			out[r.ID] = append(out[r.ID], r.Rules...)
		}
	}
	return out
}

// TestDocumentsGiveTheVerdictsOfServers holds what our documents state, keywords and rules, against bodies that the validators of a
// real server accepted and refused.
func TestDocumentsGiveTheVerdictsOfServers(t *testing.T) {
	const root = "../../../.."
	api, diags := source.Load(source.Request{Root: filepath.Join(root, "spec"), Specs: []string{"rackspace/autoscale/v1/openapi.yaml"}})
	require.NotNil(t, api, "%v", diags)
	subjects, diags := cel.Compile(api, shape.New(api.Schemas))
	require.False(t, diags.HasErrors(), "%v", diags)

	text, err := os.ReadFile(filepath.Join(root, "conformance", "rackspace", "testdata", "verdicts.json"))
	require.NoError(t, err)
	var list struct{ Cases []verdict }
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	require.NoError(t, d.Decode(&list))
	require.Len(t, list.Cases, 326)

	byRow := rulesOf(t, filepath.Join(root, "conformance", "rackspace", "rules-map.json"))
	j := judge{subjects: subjects, now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	for _, c := range list.Cases {
		broken := j.request(api, c.Operation, c.Body)
		if c.Verdict == "accept" {
			assert.Empty(t, broken, "%s is accepted", c.Case)
		} else {
			assert.NotEmpty(t, broken, "%s is refused", c.Case)
			ofRow := func(b string) bool { return b == "keywords" || slices.Contains(byRow[c.Row], b) }
			assert.True(t, slices.ContainsFunc(broken, ofRow), "%s is refused for its row: %v", c.Case, broken)
		}
	}
}

// judge judges whole requests.
type judge struct {
	subjects []*rules.Subject
	now      time.Time
	broken   []string
}

// request lists what the body of a request breaks.
func (j judge) request(api *model.API, operation string, body any) []string {
	for _, op := range api.Operations {
		if op.ID != operation && operation != "launchCheck" || operation == "launchCheck" && op.ID != "updateLaunchConfig" {
			continue
		}
		s := op.Body.Content[0].Schema
		if !eval.Conforms(s, body) {
			return []string{"keywords"}
		}
		j.visit(s, body)
		for _, of := range j.subjects {
			if of.Operation == op {
				j.stated(of, map[string]any{"body": body, "path": map[string]any{}})
			}
		}
		return j.broken
	}
	return []string{"no operation " + operation}
}

// visit judges a value, and all in it, by the rules of their schemas.
func (j *judge) visit(s *model.Schema, v any) {
	s = s.Target()
	for _, of := range j.subjects {
		if of.Schema == s {
			j.stated(of, v)
		}
	}
	for _, part := range s.AllOf {
		j.visit(part, v)
	}
	for _, choice := range append(append([]*model.Schema{}, s.OneOf...), s.AnyOf...) {
		if eval.Conforms(choice, v) {
			j.visit(choice, v)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for _, p := range s.Properties {
			if member, has := v[p.Name]; has {
				j.visit(p.Schema, member)
			}
		}
	case []any:
		for _, item := range v {
			if s.Items != nil {
				j.visit(s.Items, item)
			}
		}
	}
}

// stated judges a value by the rules about it.
func (j *judge) stated(of *rules.Subject, v any) {
	self, err := eval.Bind(of.Type, v)
	if err != nil {
		j.broken = append(j.broken, "keywords") // about the meaning of a text
		return
	}
	for _, r := range of.Rules {
		if r.Cond != nil && !eval.Holds(r.Cond, eval.Scope{Self: self, Now: j.now}) {
			j.broken = append(j.broken, r.Stated.ID)
		}
	}
}
