package otc_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/reference"
)

// TestCompleteness compares every operation, parameter and field of the curated documents with the committed facts.
func TestCompleteness(t *testing.T) {
	counts := reference.Completeness(t, reference.Provider{
		Documents: map[string]string{"v1": "otc/autoscaling/v1/openapi.yaml", "v2": "otc/autoscaling/v2/openapi.yaml"},
		Facts:     "facts.json", Deviations: "deviations.yaml",
	})
	assert.Equal(t, reference.Counts{Operations: 53, Parameters: 155, Request: 229, Response: 531, Schemas: 121, SchemaFields: 619}, counts)
}

// TestRulesMap checks that all rules of the reference have a place in the documents, and that the places say so.
func TestRulesMap(t *testing.T) {
	counts := reference.Rules(t, "rules-map.json", "otc/autoscaling")
	assert.Equal(t, map[string]int{"F": 191, "X": 75, "I": 7, "T": 3, "S": 20, "R": 12, "other": 82}, counts)
}

// TestRulesReport says what becomes of each row: make rules-report.
func TestRulesReport(t *testing.T) {
	reference.Report(t, "rules-map.json", reference.Judged(t))
}

// TestStatements holds what the pages of the reference say, statement by statement, to the rows.
func TestStatements(t *testing.T) {
	assert.Equal(t, []int{
		55, 16, 11, 24, 24, 30, 32, 4, 8, 6, 6, 9, 37, 38, 6, 4, 3, 4, 4, 7, 4, 9, 8, 4, 8, 6, 8, 8, 18, 2, 3, 1, 19,
	}, reference.Statements(t, "statements.yaml", "rules-map.json", reference.Judged(t)))
}

// TestErrorCodes compares the error codes with those of the reference, and their statuses. The gateway's are in no page of
// this reference.
func TestErrorCodes(t *testing.T) {
	var facts struct{ Errors map[string]int }
	data, err := os.ReadFile("facts.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &facts))
	require.Len(t, facts.Errors, 260)

	documented := map[string]int{}
	for _, file := range []string{"shared/autoscaling/errors.yaml", "otc/autoscaling/errors.yaml"} {
		data, err := os.ReadFile("../../spec/" + file)
		require.NoError(t, err)
		var errors struct {
			Codes []struct {
				Code   string
				Status int
			}
		}
		require.NoError(t, yaml.Unmarshal(data, &errors))
		for _, c := range errors.Codes {
			assert.NotContains(t, documented, c.Code)
			if !strings.HasPrefix(c.Code, "APIGW.") {
				documented[c.Code] = c.Status
			}
		}
	}
	assert.Equal(t, facts.Errors, documented)
}
