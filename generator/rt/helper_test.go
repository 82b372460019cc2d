package rt

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// widget is what a generated package would have for {"id", "name", "size", "tags"}.
type widget struct {
	ID       string
	Name     string
	Size     int
	Tags     []string
	presence *json.Presence
}

var widgetFields = []json.Field{
	{Key: `,"id":`, Off: unsafe.Offsetof(widget{}.ID), Kind: json.String, Flags: json.OmitZero},
	{Key: `,"name":`, Off: unsafe.Offsetof(widget{}.Name), Kind: json.String, Flags: json.OmitZero},
	{Key: `,"size":`, Off: unsafe.Offsetof(widget{}.Size), Kind: json.Int, Flags: json.OmitZero},
	{Key: `,"tags":`, Off: unsafe.Offsetof(widget{}.Tags), Kind: json.Strings, Flags: json.OmitZero},
}

var widgetType = json.Type{
	Name: "widget", Kind: json.Struct, Flags: json.HasPresence, Size: unsafe.Sizeof(widget{}), Slice: (*[]widget)(nil),
	Fields: widgetFields, Index: json.Index([]string{`,"id":`, `,"name":`, `,"size":`, `,"tags":`}),
	Presence: unsafe.Offsetof(widget{}.presence),
}

func (w *widget) ref() json.Ref { return json.At(&widgetType, unsafe.Pointer(w)) }

var testAPI = API{
	Name: "widgets", Version: "v1",
	Regions:      []Region{{"north", "https://north.example.com"}, {"south", "https://south.example.com/base"}},
	ClientParams: []string{"project_id"},
	Headers:      []HeaderField{{"Content-Type", "application/json"}},
	ParamHeaders: []ParamHeader{{Param: "project_id", Header: "X-Project-Id", Signed: true}},
	Errors: ErrorModel{
		Shapes: []ErrorShape{
			{Code: "error.code", Message: "error.message", Details: "error.details"},
			{Code: "error_code", Message: "error_msg", RequestID: "request_id"},
		},
		RequestIDHeaders: []string{"X-Request-Id", "X-Iam-Trace-Id"},
		Codes: []ErrorCode{
			{"AS.0001", ErrInternal}, {"AS.0034", ErrBusy}, {"AS.0049", ErrUnavailable},
			{"AS.2007", ErrNotFound}, {"AS.9000", ""},
		},
		Prefixes: []ErrorCode{{"APIGW.03", ErrUnauthenticated}, {"APIGW.0308", ErrRateLimited}},
	},
}

var (
	opGet    = Operation{ID: "GetWidget", Resource: "widgets", Method: "GET", Path: "/v1/{project_id}/widgets/{widget_id}", Success: []int{200}, Idempotent: true}
	opList   = Operation{ID: "ListWidgets", Resource: "widgets", Method: "GET", Path: "/v1/{project_id}/widgets", Success: []int{200}, Idempotent: true}
	opCreate = Operation{ID: "CreateWidget", Resource: "widgets", Method: "POST", Path: "/v1/{project_id}/widgets", ContentType: "application/json;charset=UTF-8", Success: []int{200}}
	opDelete = Operation{ID: "DeleteWidget", Resource: "widgets", Method: "DELETE", Path: "/v1/{project_id}/widgets/{widget_id}", Success: []int{204}, Idempotent: true}
)

// get, create and remove are generated methods, by hand.

func get(ctx context.Context, c *Client, id string, opts ...CallOption) (*widget, error) {
	out := new(widget)
	call := Call{Operation: &opGet, Result: out.ref(), Options: opts}
	call.PathParam("widget_id", id)
	if err := c.Do(ctx, &call); err != nil {
		return nil, err
	}
	return out, nil
}

func create(ctx context.Context, c *Client, w *widget, opts ...CallOption) (*widget, error) {
	out := new(widget)
	call := Call{Operation: &opCreate, Body: w.ref(), Result: out.ref(), Options: opts}
	if err := c.Do(ctx, &call); err != nil {
		return nil, err
	}
	return out, nil
}

func remove(ctx context.Context, c *Client, id string, opts ...CallOption) error {
	call := Call{Operation: &opDelete, Options: opts}
	call.PathParam("widget_id", id)
	return c.Do(ctx, &call)
}

// tripper is a transport made of a function. It counts and keeps what it was asked.
type tripper struct {
	answer func(n int, r *http.Request) (*http.Response, error) // n from 1

	mu    sync.Mutex
	seen  []*http.Request
	texts []string
}

func (t *tripper) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body.Close()
	}
	t.mu.Lock()
	t.seen, t.texts = append(t.seen, r), append(t.texts, string(body))
	n := len(t.seen)
	t.mu.Unlock()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return t.answer(n, r)
}

func (t *tripper) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.seen)
}

func reply(status int, body string, header ...string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}
}

// always answers every request alike.
func always(status int, body string, header ...string) *tripper {
	return &tripper{answer: func(int, *http.Request) (*http.Response, error) { return reply(status, body, header...), nil }}
}

// script answers the n-th request with the n-th function, and the last one from then on.
func script(steps ...func(r *http.Request) (*http.Response, error)) *tripper {
	return &tripper{answer: func(n int, r *http.Request) (*http.Response, error) { return steps[min(n, len(steps))-1](r) }}
}

func answer(status int, body string, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return reply(status, body, header...), nil }
}

func fails(err error) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func newTestClient(t testing.TB, tr http.RoundTripper, opts ...Option) *Client {
	t.Helper()
	c, err := New(&testAPI, append([]Option{WithRegion("north"), WithParam("project_id", "p1"), WithTransport(tr)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const widgetJSON = `{"id":"w1","name":"web","size":3,"tags":["a","b"]}`

func mustContain(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q does not contain %q", text, p)
		}
	}
}

var widgetsType = json.Type{Name: "[]widget", Kind: json.Slice, Sub: &widgetType}

func widgetsRef(v *[]widget) json.Ref {
	return json.At(&widgetsType, unsafe.Pointer(v))
}
