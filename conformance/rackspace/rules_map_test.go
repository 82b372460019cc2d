package rackspace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/reference"
)

// TestRulesMap checks that all 179 rows of the reference have a place in the document, that the places say so, and that no rule of the
// document is without a row.
func TestRulesMap(t *testing.T) {
	counts := reference.Rules(t, "rules-map.json", "rackspace/autoscale")
	assert.Equal(t, map[string]int{"field": 109, "cross": 26, "elsewhere": 8, "wire": 13, "state": 16, "info": 7}, counts)
}

// TestRulesReport says what becomes of each row: make rules-report. The 135 that the service enforces, and that a request alone
// decides, are all checked.
func TestRulesReport(t *testing.T) {
	checked := reference.Report(t, "rules-map.json", judgedRequests(t))
	assert.Equal(t, 109, checked["field"])
	assert.Equal(t, 26, checked["cross"])
}

// TestStatements holds what the page of pyrax says, statement by statement, to the rows.
func TestStatements(t *testing.T) {
	assert.Equal(t, []int{41}, reference.Statements(t, "statements.yaml", "rules-map.json", judgedRequests(t)))
}

// judgedRequests are the requests that people have judged, and those that the real server has.
func judgedRequests(t testing.TB) *cases.Suite {
	t.Helper()
	suite := reference.Judged(t)
	for _, v := range readVerdicts(t) {
		suite.Cases = append(suite.Cases, cases.Case{Rows: []string{v.Row}, Tries: []cases.Try{{Verdict: cases.Verdict(v.Verdict)}}})
	}
	return suite
}
