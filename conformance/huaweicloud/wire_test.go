package huaweicloud_test

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
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// sdkRequest is a request that the vendor's own Go SDK sent to a local server.
type sdkRequest struct {
	Operation, Method, Path, Query, ContentType, Project string
	Body                                                 json.RawMessage
}

// TestWireEqualsTheVendorsSDK takes requests that huaweicloud-sdk-go-v3 v0.1.207 sent for each operation
// (all members filled, in two ways, and the required ones only), lets the fake server read them into
// typed values, strictly, and has the generated client send those: method, path, query, body, media
// type and project header are the same.
func TestWireEqualsTheVendorsSDK(t *testing.T) {
	file, err := os.Open("wire/huaweicloud-sdk-go-v3.jsonl")
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	operations := map[string]bool{}
	for n := 1; lines.Scan(); n++ {
		var want sdkRequest
		require.NoError(t, json.Unmarshal(lines.Bytes(), &want), "line %d", n)
		operations[want.Operation] = true
		wireEquals(t, n, want)
	}
	require.NoError(t, lines.Err())
	assert.Len(t, operations, 71)
}

func wireEquals(t *testing.T, line int, want sdkRequest) {
	t.Helper()
	r := httptest.NewRequest(want.Method, want.Path+"?"+want.Query, bytes.NewReader(want.Body))
	r.Header.Set("Content-Type", want.ContentType)
	sent := recorded.Send(t, r, connect, as.WithProjectID(want.Project),
		as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "ak", SecretKey: "sk"})),
		as.WithoutValidation()) // all members at once are no sensible request
	got := sent.Request
	if !assert.NotNil(t, got, "line %d, %s: the fake refused it: %s", line, want.Operation, sent.Answer.Body) {
		return
	}
	assert.Equal(t, want.Method+" "+want.Path, got.Method+" "+got.URL.EscapedPath(), "line %d", line)
	wantQuery, err := url.ParseQuery(want.Query)
	require.NoError(t, err)
	assert.Equal(t, wantQuery, got.URL.Query(), "line %d, %s", line, want.Operation)
	assert.Empty(t, record.Equal(sent.Body, want.Body), "line %d, %s: body (sent, the SDK's)", line, want.Operation)
	assert.Equal(t, want.ContentType, got.Header.Get("Content-Type"), "line %d, %s", line, want.Operation)
	assert.Equal(t, want.Project, got.Header.Get("X-Project-Id"), "line %d, %s", line, want.Operation)
}
