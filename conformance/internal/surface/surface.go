// Package surface holds a generated client to the comfortable methods of another client: for the same intent it sends the
// same requests.
package surface

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/generated/rt/fake"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// Row is a method of the other client.
type Row struct {
	ID    string
	Does  string
	Sends []Request
}

// Request is one that is sent: method, path behind the prefix, query, and body.
type Request struct {
	Call string
	Body any
}

// Load reads the rows of a surface.
func Load(t testing.TB, path string) []Row {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var rows []Row
	require.NoError(t, yaml.Unmarshal(data, &rows))
	return rows
}

// Check makes a test of each row, by its id. Methods do what the row does and return the requests that were received; a row
// without a method fails, and so does a method without a row.
func Check(t *testing.T, rows []Row, prefix string, methods map[string]func(*testing.T) []fake.Request) {
	t.Helper()
	known := map[string]bool{}
	for _, row := range rows {
		assert.False(t, known[row.ID], "two rows are called %s", row.ID)
		known[row.ID] = true
		t.Run(row.ID+" "+row.Does, func(t *testing.T) {
			method := methods[row.ID]
			require.NotNil(t, method, "the row has no test")
			got := method(t)
			var want, have []string
			for _, r := range row.Sends {
				want = append(want, r.Call)
			}
			for _, r := range got {
				have = append(have, line(r, prefix))
			}
			require.Equal(t, want, have)
			for i, r := range row.Sends {
				if r.Body == nil {
					assert.Empty(t, got[i].Body, r.Call)
					continue
				}
				body, err := json.Marshal(r.Body)
				require.NoError(t, err)
				assert.Empty(t, record.Equal(got[i].Body, body), "%s: body (sent, wanted): %s", r.Call, got[i].Body)
			}
		})
	}
	for id := range methods {
		assert.True(t, known[id], "%s is no row", id)
	}
}

// line is a request without its body, its query in order.
func line(r fake.Request, prefix string) string {
	text := r.Method + " " + strings.TrimPrefix(r.Path, prefix)
	if query, err := url.ParseQuery(r.RawQuery); err == nil && len(query) > 0 {
		text += "?" + query.Encode()
	}
	return text
}
