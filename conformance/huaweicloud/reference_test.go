package huaweicloud_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/reference"
)

// TestCompleteness compares every operation, parameter and field of the curated documents with the committed facts.
func TestCompleteness(t *testing.T) {
	counts := reference.Completeness(t, reference.Provider{
		Documents: map[string]string{
			"v1": "huaweicloud/autoscaling/v1/openapi.yaml", "v2": "huaweicloud/autoscaling/v2/openapi.yaml",
			"unversioned": "huaweicloud/autoscaling/v1/openapi.yaml",
		},
		Facts: "facts.json", Deviations: "deviations.yaml",
	})
	assert.Equal(t, reference.Counts{Operations: 71, Parameters: 200, Request: 307, Response: 634, Schemas: 98, SchemaFields: 528}, counts)
}

// TestRulesMap checks that all rules of the reference have a place in the documents, that the places say so, and that no rule of the
// documents is without a row.
func TestRulesMap(t *testing.T) {
	counts := reference.Rules(t, "rules-map.json", "huaweicloud/autoscaling")
	assert.Equal(t, map[string]int{"F": 213, "X": 103, "I": 12, "T": 3, "S": 25, "R": 14, "other": 20}, counts)
}

// TestRulesReport says what becomes of each row: make rules-report.
func TestRulesReport(t *testing.T) {
	reference.Report(t, "rules-map.json", reference.Judged(t))
}

// TestStatements holds what two pages of the reference say, statement by statement, to the rows.
func TestStatements(t *testing.T) {
	assert.Equal(t, []int{60, 53}, reference.Statements(t, "statements.yaml", "rules-map.json", reference.Judged(t)))
}

// TestIdentity checks the document of the identity service, of which there are no facts, for what every document owes.
func TestIdentity(t *testing.T) {
	r := &reference.Reader{}
	operations := r.Operations("huaweicloud/iam/v3/openapi.yaml")
	require.Len(t, operations, 1)
	op := operations[0]
	assert.Equal(t, "CreateToken", op.ID)
	assert.Equal(t, "POST /v3/auth/tokens", op.Method+" "+op.Path)
	assert.Equal(t, []string{"201"}, op.Status)
	assert.Equal(t, "application/json;charset=utf8", op.RequestType)
	assert.True(t, op.Anonymous, "%s: it wants credentials", op.At)
	assert.True(t, op.Source, "%s: it has no source", op.At)

	data, err := os.ReadFile("recordings/keystone-CreateToken.json")
	require.NoError(t, err)
	var recorded struct{ Request, Response struct{ Body any } }
	require.NoError(t, json.Unmarshal(data, &recorded))
	for _, part := range []struct {
		name       string
		body       any
		documented []reference.Field
	}{{"request", recorded.Request.Body, op.Request}, {"response", recorded.Response.Body, op.Response}} {
		var documented []string
		for _, f := range part.documented {
			documented = append(documented, f.Path)
		}
		members := memberPaths(part.body, "")
		assert.NotEmpty(t, members)
		assert.Subset(t, documented, members, "members of the recorded %s", part.name)
	}

	missing, _ := r.Unsourced()
	assert.Empty(t, missing, "components without a source")
	assert.Empty(t, r.Wrong, "the document as such")
}

// memberPaths flattens a recorded body as the fact table flattens schemas.
func memberPaths(value any, path string) []string {
	var paths []string
	switch value := value.(type) {
	case map[string]any:
		if path != "" {
			paths = append(paths, path)
			path += "."
		}
		for name, member := range value {
			paths = append(paths, memberPaths(member, path+name)...)
		}
	case []any:
		for _, item := range value {
			paths = append(paths, memberPaths(item, path+"[]")...)
		}
	default:
		paths = append(paths, path)
	}
	return paths
}
