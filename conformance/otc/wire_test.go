package otc_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// proxyRequest is a request that the proxy of python-otcextensions sent to a local server.
type proxyRequest struct {
	Call, Method, Path, Query string
	Body                      json.RawMessage
}

// notOurs lists what the proxy sends that the reference does not have, by call. Each entry must be needed.
var notOurs = map[string]struct {
	drop    []string // members of the body that are left out before the fake reads it
	refused string   // what the fake says of it
	without string   // the rule that it breaks
	reason  string
}{
	"create_group(minimal)": {
		refused: "scaling_configuration_id is missing",
		reason:  "the page makes the AS configuration mandatory; without one, a group cannot be enabled (AS.2018)",
	},
	"update_group(id, two fields)": {
		drop:   []string{"scaling_group_id"},
		reason: "the proxy repeats the id of the path in the body",
	},
	"create_config(from instance)": {
		without: "CFG-I-04",
		reason:  "the page makes the key pair mandatory",
	},
	"create_config(name, instance_config with the SDK's own names)": {
		refused: "instance_config.flavor_id is not a member of InstanceConfig",
		reason:  "the proxy does not rename members of a nested dict: the service knows neither flavor_id nor image_id",
	},
}

// TestWireEqualsTheProxy takes the requests that the proxy sent, lets the fake server read them into typed values, strictly,
// and has the generated client send those: method, path, query and body are the same.
func TestWireEqualsTheProxy(t *testing.T) {
	file, err := os.Open("wire/otcextensions.jsonl")
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	count, needed := 0, map[string]bool{}
	for lines.Scan() {
		var want proxyRequest
		require.NoError(t, json.Unmarshal(lines.Bytes(), &want))
		count++
		needed[want.Call] = true
		t.Run(want.Call, func(t *testing.T) { wireEquals(t, want) })
	}
	require.NoError(t, lines.Err())
	assert.Equal(t, 33, count)
	for call := range notOurs {
		assert.True(t, needed[call], "no such call: %s", call)
	}
}

func wireEquals(t *testing.T, want proxyRequest) {
	exception := notOurs[want.Call]
	for _, member := range exception.drop {
		var body map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(want.Body, &body))
		require.Contains(t, body, member)
		delete(body, member)
		want.Body, _ = json.Marshal(body)
	}
	r := httptest.NewRequest(want.Method, want.Path+"?"+want.Query, bytes.NewReader(want.Body))
	r.Header.Set("Content-Type", "application/json")
	opts := []rt.Option{
		as.WithProjectID(recorded.Project(want.Path)), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "the-token"})),
	}
	if exception.without != "" {
		opts = append(opts, as.WithoutRule(exception.without))
	}
	sent := recorded.Send(t, r, connect, opts...)
	if exception.refused != "" {
		assert.Nil(t, sent.Request, "it was sent after all")
		assert.Contains(t, sent.Answer.Body.String(), exception.refused)
		return
	}
	require.NotNil(t, sent.Request, "the fake refused it: %s", sent.Answer.Body)
	got := sent.Request
	assert.Equal(t, want.Method+" "+want.Path, got.Method+" "+got.URL.EscapedPath())
	query, err := url.ParseQuery(want.Query)
	require.NoError(t, err)
	assert.Equal(t, query, got.URL.Query())
	assert.Empty(t, record.Equal(sent.Body, want.Body), "body (sent, the proxy's)")
	assert.Equal(t, "application/json", got.Header.Get("Content-Type"))
	assert.Equal(t, "the-token", got.Header.Get("X-Auth-Token"))
	assert.Empty(t, got.Header.Get("Authorization"), "a token or a signature, not both")
}
