package reference

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/cases"
)

// Statements holds what pages of the reference say, statement by statement, to the rows of the rules: each has a row that is in
// the map, or a reason. It returns how many statements each page has.
func Statements(t *testing.T, file, rules string, suite *cases.Suite) []int {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var pages []struct {
		Page, URL, Revised string
		Statements         []struct {
			At, Says, Why string
			Rows          []string
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&pages))
	places, scopes := readRules(t, rules).rows()
	shown := proofs(suite)
	var counts []int
	for _, page := range pages {
		counts = append(counts, len(page.Statements))
		for _, s := range page.Statements {
			assert.Equal(t, len(s.Rows) == 0, s.Why != "", "%s: %s: %s: rows, or a reason", page.Page, s.At, s.Says)
			assert.NotEmpty(t, s.Says, s.At)
			for _, row := range s.Rows {
				if assert.Contains(t, scopes, row, "%s: %s", page.Page, s.At) {
					name, _ := state(places[row], shown[row])
					assert.NotEqual(t, stateNot, name, row)
				}
			}
		}
	}
	return counts
}
