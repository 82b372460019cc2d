package rt

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

var plainAPI = API{Name: "plain", Servers: []Server{{URL: "https://api.example.com"}}}

func plainClient(t testing.TB, tr http.RoundTripper, opts ...Option) *Client {
	t.Helper()
	c, err := New(&plainAPI, append([]Option{WithTransport(tr), WithoutRetry()}, opts...)...)
	require.NoError(t, err)
	return c
}

func TestFailuresOfUsualFormAreUnderstood(t *testing.T) {
	for body, want := range map[string][2]string{
		`{"code":"not_found","message":"no such pet"}`:                                             {"not_found", "no such pet"},
		`{"code":40401,"message":"no such pet"}`:                                                   {"40401", "no such pet"},
		`{"error":{"code":"rate","message":"slow down","type":"quota"}}`:                           {"rate", "slow down"},
		`{"error":{"type":"invalid_request_error","message":"no model","code":null}}`:              {"invalid_request_error", "no model"},
		`{"error":{"code":404,"message":"Not found","status":"NOT_FOUND"}}`:                        {"404", "Not found"},
		`{"error":"invalid_grant","error_description":"The code has expired"}`:                     {"invalid_grant", "The code has expired"},
		`{"error":"The code has expired"}`:                                                         {"", "The code has expired"},
		`{"error":"expired"}`:                                                                      {"expired", ""},
		`{"error":true,"message":"no"}`:                                                            {"", "no"},
		`{"type":"https://example.com/probs/credit","title":"No credit","detail":"30 of 50 left"}`: {"https://example.com/probs/credit", "30 of 50 left"},
		`{"type":"about:blank","title":"Not Found","status":404}`:                                  {"", "Not Found"},
		`{"errors":[{"code":"E1","title":"Bad","detail":"name is empty"},{"code":"E2"}]}`:          {"E1", "name is empty"},
		`{"errors":[{"message":"first"},{"message":"second"}]}`:                                    {"", "first"},
		`{"errors":["name is empty"]}`:                                                             {"", "name is empty"},
		`{"errorCode":"903","message":"No access","errorType":"security"}`:                         {"903", "No access"},
		`{"error_code":"ITEM_LOGIN_REQUIRED","error_message":"log in","error_type":"ITEM_ERROR"}`:  {"ITEM_LOGIN_REQUIRED", "log in"},
		`{"message":"Not Found","documentation_url":"https://x"}`:                                  {"", "Not Found"},
		`{"msg":"no"}`:                   {"", "no"},
		`{"detail":"Not authenticated"}`: {"", "Not authenticated"},
		`{"detail":[{"loc":["body"],"msg":"field required","type":"missing"}]}`:    {"", "field required"},
		`{"timestamp":1,"status":500,"error":"Internal Server Error","path":"/x"}`: {"", "Internal Server Error"},
		`[{"errorCode":"NOT_FOUND","message":"gone"}]`:                             {"NOT_FOUND", "gone"},
		`{"Error":{"Code":"NoSuchKey","Message":"no key"}}`:                        {"NoSuchKey", "no key"},
		`{"name":["is empty"]}`:  {"", `{"name":["is empty"]}`},
		`"just text"`:            {"", `"just text"`},
		`null`:                   {"", "null"},
		``:                       {"", ""},
		`upstream connect error`: {"", "upstream connect error"},
		"<!DOCTYPE html><html><head>\n<TITLE lang=en> 502\n Bad Gateway</TITLE></head></html>": {"", "502 Bad Gateway"},
		`<Error><Code>x</Code></Error>`: {"", `<Error><Code>x</Code></Error>`},
		`<title>`:                       {"", "<title>"},
		"\xff\xfe":                      {"", "\uFFFD"},
	} {
		var e *Error
		_, err := plainClient(t, always(400, body)).Send(context.Background(), "GET", "/", nil)
		require.ErrorAs(t, err, &e)
		assert.Equal(t, want, [2]string{e.Code, e.Message}, body)
		assert.Equal(t, ErrInvalid, e.Class)
	}
}

func TestTheIDOfARequestIsFoundWithoutADocument(t *testing.T) {
	var e *Error
	_, err := plainClient(t, always(400, `{"message":"m","requestId":"b"}`)).Send(context.Background(), "GET", "/", nil)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "b", e.RequestID)
	_, err = plainClient(t, always(400, `{"message":"m","requestId":"b"}`, "X-Request-Id", "h")).Send(context.Background(), "GET", "/", nil)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "h", e.RequestID)
}

func FuzzFailuresAreBounded(f *testing.F) {
	f.Add([]byte(`{"error":{"code":1e999999,"message":"x"}}`))
	f.Add([]byte(`<title>` + strings.Repeat("a", 5000) + `</title>`))
	f.Add([]byte("<TİTLE>\xff</title>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		e := plainClient(t, nil).failure(&opGet, &RawResponse{Status: 500, Header: http.Header{}, Body: body})
		if !utf8.ValidString(e.Message) || len(e.Error()) > 2000 {
			t.Errorf("%q", e.Message)
		}
	})
}

// detailOf makes the documented body of a failure, by hand.
func detailOf() (any, json.Ref) {
	v := new(widget)
	return v, v.ref()
}

// other is another type of body.
type other struct{ Reason string }

var otherType = json.Type{
	Name: "other", Kind: json.Struct, Size: unsafe.Sizeof(other{}),
	Fields: []json.Field{{Key: `,"reason":`, Kind: json.String}}, Index: json.Index([]string{`,"reason":`}),
}

func otherOf() (any, json.Ref) {
	v := new(other)
	return v, json.At(&otherType, unsafe.Pointer(v))
}

func TestTheDocumentedBodyOfAFailureIsDecoded(t *testing.T) {
	op := opGet
	op.Failures = []Failure{{Status: 404, New: detailOf}, {Status: 4, New: otherOf}}
	fail := func(status int, body string, header ...string) error {
		call := &Call{Operation: &op}
		call.PathParam("widget_id", "w")
		return newTestClient(t, always(status, body, header...), WithoutRetry()).Do(context.Background(), call)
	}
	w, ok := ErrorBody[widget](fail(404, widgetJSON))
	require.True(t, ok)
	assert.Equal(t, &widget{ID: "w1", Name: "web", Size: 3, Tags: []string{"a", "b"}}, w)
	o, ok := ErrorBody[other](fail(422, `{"reason":"r","more":1}`))
	require.True(t, ok)
	assert.Equal(t, &other{"r"}, o)
	_, ok = ErrorBody[widget](fail(422, `{"reason":"r"}`))
	assert.False(t, ok, "of another type")
	o, ok = ErrorBody[other](fail(400, `{"reason":5}`))
	assert.True(t, ok, "a body that deviates is one")
	assert.Equal(t, &other{}, o)
	o, ok = ErrorBody[other](fail(400, `{"reason":"r"}`, "Content-Type", "text/plain"))
	assert.True(t, ok, "mislabelled JSON is JSON")
	assert.Equal(t, &other{"r"}, o)
	for _, err := range []error{fail(500, `{"reason":"r"}`), fail(404, ""), fail(404, "<html>", "Content-Type", "text/html"), fail(404, `{"id":`), errors.New("x"), nil} {
		_, ok = ErrorBody[widget](err)
		assert.False(t, ok, "%v", err)
	}
	op.Failures = []Failure{{New: detailOf}}
	_, ok = ErrorBody[widget](fail(500, widgetJSON))
	assert.True(t, ok)
}

func TestDocumentedHeadersAreRead(t *testing.T) {
	var h testHeader
	c := newTestClient(t, always(200, widgetJSON, "X-Limit", " 60 ", "X-Tags", "a, b,,c", "X-Ids", "1,2", "Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT",
		"X-At", "2015-10-21", "X-On", "true", "X-Widget", `{"id":"w"}`))
	_, err := get(context.Background(), c, "w1", WithHeaderInto(&h))
	require.NoError(t, err)
	at := time.Date(2015, 10, 21, 7, 28, 0, 0, time.UTC)
	assert.Equal(t, testHeader{Limit: Some(60), Tags: []string{"a", "b", "c"}, IDs: []int{1, 2}, Modified: Some(at), At: Some(at.Truncate(24 * time.Hour)), On: Some(true), Widget: &widget{ID: "w"}}, h)

	// Those of failures are read too; what is not there or not understood is absent.
	var told []string
	c = newTestClient(t, always(404, "", "X-Limit", "many", "X-Ids", "1,x,3", "Last-Modified", "today", "X-On", "yes", "X-Widget", "{"),
		WithObserver(func(_ context.Context, e Event) {
			if e.Kind == EventDeviation {
				told = append(told, e.Message)
			}
		}))
	_, err = get(context.Background(), c, "w1", WithHeaderInto(&h))
	assert.ErrorIs(t, err, ErrNotFound)
	assert.Equal(t, testHeader{IDs: []int{1, 3}}, h)
	assert.Equal(t, []string{"the header X-Limit is no integer", "the header X-Ids is no integer", "the header Last-Modified is no time",
		"the header X-On is neither true nor false"}, told[:4])
	assert.Contains(t, told[4], "the header X-Widget ")

	_, err = get(context.Background(), newTestClient(t, always(200, widgetJSON, "X-Limit", "many")), "w1", WithHeaderInto(&h), WithStrict())
	assert.ErrorContains(t, err, "the header X-Limit is no integer")
	_, err = get(context.Background(), newTestClient(t, script(fails(errors.New("x"))), WithoutRetry()), "w1", WithHeaderInto(&h))
	assert.Error(t, err)
	assert.NoError(t, new(testHeader).DecodeHeader(nil))
}

type testHeader struct {
	Limit    Opt[int]
	Tags     []string
	IDs      []int
	Modified Opt[time.Time]
	At       Opt[time.Time]
	On       Opt[bool]
	Widget   *widget
}

func (h *testHeader) DecodeHeader(from http.Header) error {
	r := HeaderReader{Header: from}
	*h = testHeader{
		Limit: FromHeader[int](&r, "X-Limit"), Tags: ListFromHeader[string](&r, "X-Tags"), IDs: ListFromHeader[int](&r, "X-Ids"),
		Modified: TimeFromHeader(&r, "Last-Modified"), At: TimeFromHeader(&r, "X-At", "2006-01-02"), On: FromHeader[bool](&r, "X-On"),
		Widget: JSONFromHeader(&r, "X-Widget", (*widget).ref),
	}
	return r.Err()
}
