package rackspace_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// TestWireEqualsPyrax lets the fake read the requests of pyrax into typed values, strictly, and has the generated client send
// those: method, path, query and body are the same, and there is a body and its media type where pyrax has them only.
func TestWireEqualsPyrax(t *testing.T) {
	data, err := os.ReadFile("wire.yaml")
	require.NoError(t, err)
	var rows []struct {
		Call, Request string
		Body          any
	}
	require.NoError(t, yaml.Unmarshal(data, &rows))
	for _, row := range rows {
		t.Run(row.Call, func(t *testing.T) {
			method, target, _ := strings.Cut(row.Request, " ")
			var body io.Reader
			var want []byte
			if row.Body != nil {
				want, err = json.Marshal(row.Body)
				require.NoError(t, err)
				body = bytes.NewReader(want)
			}
			r := httptest.NewRequest(method, "/v1.0/676873"+target, body)
			if body != nil {
				r.Header.Set("Content-Type", "application/json")
			}
			sent := recorded.Send(t, r, connect, as.WithAPIKey("the-token"))
			require.NotNil(t, sent.Request, "the fake refused it: %s", sent.Answer.Body)
			assert.Equal(t, row.Request, sent.Request.Method+" "+strings.TrimPrefix(sent.Request.URL.RequestURI(), "/v1.0/676873"))
			assert.Equal(t, "the-token", sent.Request.Header.Get("X-Auth-Token"))
			if body == nil {
				assert.Empty(t, sent.Body)
				assert.Empty(t, sent.Request.Header.Get("Content-Type"))
				return
			}
			assert.Empty(t, record.Equal(sent.Body, want), "body (sent, pyrax's)")
			assert.Equal(t, "application/json", sent.Request.Header.Get("Content-Type"))
		})
	}
}
