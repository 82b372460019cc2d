package rt

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

func TestAResultIsDecoded(t *testing.T) {
	got, err := get(context.Background(), newTestClient(t, always(200, widgetJSON)), "w1")
	if want := (&widget{ID: "w1", Name: "web", Size: 3, Tags: []string{"a", "b"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestDeviationsAreToldOrRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		resp   func(*http.Request) (*http.Response, error)
		told   []string // path and message
		size   int
		strict bool // accepted by strict mode too
	}{
		{"as documented", answer(200, widgetJSON), nil, 3, true},
		{"parameters of the media type", answer(200, widgetJSON, "Content-Type", "application/json; charset=utf-8"), nil, 3, true},
		{"a suffix", answer(200, widgetJSON, "Content-Type", "application/problem+json"), nil, 3, true},
		{"no content type", answer(200, widgetJSON, "Content-Type", ""), nil, 3, true},
		{"an undocumented success", answer(202, widgetJSON), []string{"status 202 is not documented"}, 3, false},
		{"no body", answer(200, ``), []string{"the body is empty"}, 0, false},
		{"white space", answer(200, " \n"), []string{"the body is empty"}, 0, false},
		{"no content", answer(204, ``), []string{"status 204", "the body is empty"}, 0, false},
		{"JSON labelled as text", answer(200, widgetJSON, "Content-Type", "text/plain"), []string{"content type"}, 3, false},
		{"another type", answer(200, `{"id":7,"size":3}`), []string{"id "}, 3, false},
		{"an unknown member", answer(200, `{"size":3,"new":1}`), []string{"new "}, 3, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var told []string
			observe := WithObserver(func(_ context.Context, e Event) {
				if e.Kind == EventDeviation {
					told = append(told, e.Path+" "+e.Message)
				}
			})
			got, err := get(context.Background(), newTestClient(t, script(tt.resp), observe), "w1")
			if err != nil || got.Size != tt.size {
				t.Fatalf("%+v, %v", got, err)
			}
			if len(told) != len(tt.told) {
				t.Fatalf("told %q, want %q", told, tt.told)
			}
			for i := range told {
				mustContain(t, told[i], tt.told[i])
			}
			_, err = get(context.Background(), newTestClient(t, script(tt.resp)), "w1", WithStrict())
			var d *DeviationError
			if tt.strict != (err == nil) || !tt.strict && !errors.As(err, &d) {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

// Documents list text/plain beside application/json for one schema, where a framework writes both.
func TestJSONUnderADocumentedLabelIsAsDocumented(t *testing.T) {
	op := opGet
	op.Accept = "application/json, Text/Plain;charset=utf-8"
	for label, fine := range map[string]bool{"text/plain": true, "text/plain; charset=us-ascii": true, "text/html": false} {
		out := new(widget)
		call := Call{Operation: &op, Result: out.ref(), Options: []CallOption{WithStrict()}}
		call.PathParam("widget_id", "w1")
		err := newTestClient(t, script(answer(200, widgetJSON, "Content-Type", label))).Do(context.Background(), &call)
		if fine != (err == nil) {
			t.Errorf("%s: %v", label, err)
		}
	}
}

// judged tells one deviation of each body.
type judged struct{ asked []string }

func (j *judged) Observe(operation string, status int, body []byte) []Deviation {
	j.asked = append(j.asked, fmt.Sprint(operation, status, len(body)))
	return []Deviation{{Path: "size", Code: "broken-rule", Message: "must be at most 2"}}
}

// Answers are judged by their schemas when someone listens, and never otherwise.
func TestAnswersAreJudgedWhereSomeoneListens(t *testing.T) {
	var j judged
	op := opGet
	op.Answers = &j
	call := func(c *Client, opts ...CallOption) error {
		out := new(widget)
		call := Call{Operation: &op, Result: out.ref(), Options: opts}
		call.PathParam("widget_id", "w1")
		return c.Do(context.Background(), &call)
	}
	if err := call(newTestClient(t, always(200, widgetJSON))); err != nil || len(j.asked) > 0 {
		t.Fatalf("%v %q", err, j.asked)
	}
	var told []string
	observe := WithObserver(func(_ context.Context, e Event) {
		if e.Kind == EventDeviation {
			told = append(told, e.Path+" "+e.Message)
		}
	})
	if err := call(newTestClient(t, always(200, widgetJSON), observe)); err != nil || len(told) != 1 || told[0] != "size must be at most 2" || len(j.asked) != 1 {
		t.Fatalf("%v %q %q", err, told, j.asked)
	}
	var d *DeviationError
	if err := call(newTestClient(t, always(200, widgetJSON)), WithStrict()); !errors.As(err, &d) || len(d.Deviations) != 1 {
		t.Fatalf("%v", err)
	}
}

func TestWhatIsNoJSONIsAnErrorOfItsOwn(t *testing.T) {
	const page = "<html><body>\x1b[31mSign in to the proxy</body></html>"
	_, err := get(context.Background(), newTestClient(t, always(200, page, "Content-Type", "text/html", "X-Request-Id", "r1")), "w1")
	var r *ResponseError
	if !errors.Is(err, ErrContentType) || !errors.As(err, &r) || r.Status != 200 || r.ContentType != "text/html" || r.RequestID != "r1" {
		t.Fatalf("%v", err)
	}
	mustContain(t, err.Error(), "GetWidget", "Sign in to the proxy", "text/html")
	if strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%q", err)
	}
	_, err = get(context.Background(), newTestClient(t, always(200, strings.Repeat("x", 1<<20), "Content-Type", "text/plain")), "w1")
	if len(err.Error()) > 1000 {
		t.Error("the error is long")
	}
	for _, body := range []string{`{"id":`, `{}}`, "{\"id\":\"\xff\"}", `[`} {
		_, err = get(context.Background(), newTestClient(t, always(200, body)), "w1")
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestDepthIsBounded(t *testing.T) {
	deep := `{"new":` + strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20) + `}`
	if _, err := get(context.Background(), newTestClient(t, always(200, deep)), "w1"); err == nil {
		t.Error("accepted")
	}
	if _, err := get(context.Background(), newTestClient(t, always(400, deep)), "w1"); !errors.Is(err, ErrInvalid) {
		t.Error(err)
	}
}

// endless is a body without an end; it counts.
type endless struct {
	read   atomic.Int64
	closed atomic.Bool
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.read.Add(int64(len(p)))
	return len(p), nil
}
func (e *endless) Close() error { e.closed.Store(true); return nil }

func TestAnEndlessBodyStopsAtTheCap(t *testing.T) {
	const limit = 1 << 20
	body := new(endless)
	tr := script(func(*http.Request) (*http.Response, error) {
		r := reply(200, "")
		r.Body, r.ContentLength = body, -1
		return r, nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var raw RawResponse
	_, err := get(context.Background(), newTestClient(t, tr), "w1", WithMaxResponseSize(limit), WithResponseInto(&raw))
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrResponseTooLarge) || tr.count() != 1 {
		t.Errorf("%v, %d sent", err, tr.count())
	}
	if n := body.read.Load(); n != limit+1 {
		t.Errorf("%d bytes read", n)
	}
	if !body.closed.Load() {
		t.Error("the body was left open")
	}
	// All buffers of the growth together, the last of which is the cap.
	if n := after.TotalAlloc - before.TotalAlloc; n > 3*limit {
		t.Errorf("%d bytes allocated for a cap of %d", n, limit)
	}

	body = new(endless)
	tr = script(func(*http.Request) (*http.Response, error) {
		r := reply(500, "")
		r.Body, r.ContentLength = body, -1
		return r, nil
	})
	_, err = get(context.Background(), newTestClient(t, tr), "w1")
	var e *Error
	if !errors.As(err, &e) || e.Status != 500 || len(e.Body) != maxErrorBody || body.read.Load() != maxErrorBody+1 || !body.closed.Load() {
		t.Errorf("%v, %d read", err, body.read.Load())
	}
}

func TestBodiesOfAnySizeAroundTheCap(t *testing.T) {
	for _, announced := range []bool{true, false} {
		for _, size := range []int{0, 1, 511, 512, 513, 1023, 1024, 1025} {
			text := strings.Repeat(" ", max(0, size-2))
			if size >= 2 {
				text += "{}"
			} else {
				text = strings.Repeat(" ", size)
			}
			tr := script(func(*http.Request) (*http.Response, error) {
				r := reply(200, text)
				if !announced {
					r.ContentLength = -1
				}
				return r, nil
			})
			var raw RawResponse
			_, err := get(context.Background(), newTestClient(t, tr), "w1", WithMaxResponseSize(1024), WithResponseInto(&raw))
			if large := size > 1024; errors.Is(err, ErrResponseTooLarge) != large {
				t.Errorf("%d bytes, announced %v: %v", size, announced, err)
			} else if !large && string(raw.Body) != text {
				t.Errorf("%d bytes: got %d", size, len(raw.Body))
			}
		}
	}
}

type idleBody struct{}

func (idleBody) Read([]byte) (int, error) { return 0, nil }
func (idleBody) Close() error             { return nil }

func TestStrangeBodies(t *testing.T) {
	for _, limit := range []int64{math.MaxInt64, -1, 0, 1 << 20} {
		if _, err := get(context.Background(), newTestClient(t, always(200, widgetJSON)), "w1", WithMaxResponseSize(limit)); err != nil {
			t.Error(limit, err)
		}
	}
	tr := script(func(*http.Request) (*http.Response, error) {
		r := reply(200, "")
		r.Body, r.ContentLength = idleBody{}, -1
		return r, nil
	})
	if _, err := get(context.Background(), newTestClient(t, tr), "w1", WithoutRetry()); !errors.Is(err, io.ErrNoProgress) {
		t.Error(err)
	}
	body := new(endless)
	tr = script(func(*http.Request) (*http.Response, error) {
		r := reply(200, "")
		r.Body, r.ContentLength = body, DefaultMaxResponseSize+1
		return r, nil
	})
	if _, err := get(context.Background(), newTestClient(t, tr), "w1"); !errors.Is(err, ErrResponseTooLarge) || body.read.Load() != 0 || !body.closed.Load() {
		t.Error(err, body.read.Load())
	}
}

func TestALieAboutTheLengthCostsNoMemory(t *testing.T) {
	tr := script(func(*http.Request) (*http.Response, error) {
		r := reply(200, widgetJSON)
		r.ContentLength = DefaultMaxResponseSize
		return r, nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := get(context.Background(), newTestClient(t, tr), "w1", WithoutRetry())
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("a body that breaks off was accepted")
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
		t.Errorf("%d bytes allocated", n)
	}
}

func serve(t *testing.T, h http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	c, err := New(&testAPI, append([]Option{WithEndpoint(s.URL), WithParam("project_id", "p1"), WithoutRetry()}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.transport.(*http.Transport).CloseIdleConnections() })
	return c
}

func TestADecompressionBombStopsAtTheCap(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	zeros := make([]byte, 1<<20)
	for range 16 {
		_, _ = z.Write(zeros)
	}
	_ = z.Close()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip was not asked for")
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := get(context.Background(), c, "w1", WithMaxResponseSize(1<<20))
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrResponseTooLarge) {
		t.Error(err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
		t.Errorf("%d bytes allocated", n)
	}
}

func TestContentEncodings(t *testing.T) {
	pack := func(b []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		_, _ = z.Write(b)
		_ = z.Close()
		return out.Bytes()
	}
	for _, tt := range []struct {
		encoding string
		body     []byte
		want     error
	}{
		{"", []byte(widgetJSON), nil},
		{"gzip", pack([]byte(widgetJSON)), nil},
		{"identity", []byte(widgetJSON), nil},
		{"gzip, gzip", pack(pack([]byte(widgetJSON))), ErrContentEncoding},
		{"br", []byte("x"), ErrContentEncoding},
		{"gzip", pack(pack([]byte(widgetJSON))), errors.New("any")},
	} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if tt.encoding != "" {
				w.Header().Set("Content-Encoding", tt.encoding)
			}
			_, _ = w.Write(tt.body)
		})
		_, err := get(context.Background(), c, "w1")
		if (err != nil) != (tt.want != nil) || tt.want == ErrContentEncoding && !errors.Is(err, ErrContentEncoding) {
			t.Errorf("%q: %v", tt.encoding, err)
		}
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path[len(r.URL.Path)-1] {
		case '1':
			fmt.Fprint(w, widgetJSON)
		case '2':
			w.WriteHeader(404)
			fmt.Fprint(w, `{"error":{"code":"AS.2007","message":"gone"}}`)
		case '3':
			fmt.Fprint(w, `<html>`)
		case '4':
			w.WriteHeader(500)
		case '5':
			fmt.Fprint(w, `{"id":"`+strings.Repeat("x", 200_000)+`"}`)
		}
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	c, err := New(&testAPI, WithEndpoint(s.URL), WithParam("project_id", "p1"), WithoutRetry())
	if err != nil {
		t.Fatal(err)
	}
	defer c.transport.(*http.Transport).CloseIdleConnections()
	for range 4 {
		for _, id := range []string{"w1", "w2", "w3", "w4", "w5"} {
			_, _ = get(context.Background(), c, id)
		}
	}
	if n := conns.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails when a goroutine is still there at its end
		var open atomic.Int32
		tr := &tripper{answer: func(n int, r *http.Request) (*http.Response, error) {
			open.Add(1)
			body := io.NopCloser(strings.NewReader(widgetJSON))
			if n%3 == 0 {
				body = &drip{ctx: r.Context()}
			}
			return &http.Response{StatusCode: []int{200, 503, 404, 500, 301}[n%5], Header: http.Header{"Content-Type": {"application/json"}},
				ContentLength: -1, Body: &closing{body, &open}}, nil
		}}
		c := newTestClient(t, tr)
		for range 50 {
			_, _ = get(context.Background(), c, "w1", WithAttemptTimeout(time.Minute), WithMaxResponseSize(20))
		}
		if n := open.Load(); n != 0 {
			t.Errorf("%d bodies are open", n)
		}
	})
}

type closing struct {
	io.ReadCloser
	open *atomic.Int32
}

func (c *closing) Close() error { c.open.Add(-1); return c.ReadCloser.Close() }

func TestTheResponseIsCaptured(t *testing.T) {
	var raw RawResponse
	c := newTestClient(t, always(200, widgetJSON, "X-Request-Id", "r1", "Set-Cookie", "s=secretword"))
	got, err := get(context.Background(), c, "w1", WithResponseInto(&raw))
	if err != nil || raw.Status != 200 || raw.RequestID != "r1" || string(raw.Body) != widgetJSON || raw.Attempts != 1 {
		t.Fatalf("%v %v", raw, err)
	}
	for i := range raw.Body {
		raw.Body[i] = '!'
	}
	if got.Name != "web" || got.Tags[1] != "b" {
		t.Errorf("writing to the captured body changed the result: %+v", got)
	}
	if s := fmt.Sprintf("%v %+v %#v %s", raw, raw, raw, raw); strings.Contains(s, "secretword") {
		t.Error(s)
	}
	_, err = get(context.Background(), newTestClient(t, always(404, `{}`, "X-Request-Id", "r2")), "w1", WithResponseInto(&raw))
	if err == nil || raw.Status != 404 || raw.RequestID != "r2" || string(raw.Body) != `{}` {
		t.Errorf("%v %v", raw, err)
	}
}

func TestPresenceIsRecordedOnDemand(t *testing.T) {
	c := newTestClient(t, always(200, `{"id":null,"size":0,"new":[1]}`))
	got, err := get(context.Background(), c, "w1")
	if err != nil || got.presence != nil {
		t.Error(got, err)
	}
	got, err = get(context.Background(), c, "w1", WithPresence())
	if err != nil || got.presence == nil {
		t.Fatal(got, err)
	}
	if b, err := encode(got.ref()); err != nil || string(b) != `{"id":null,"size":0,"new":[1]}` {
		t.Errorf("%s %v", b, err)
	}
}

// results is the result of an operation whose answers differ by status, as it is generated.
type results struct {
	OK       *widget
	Accepted *other
}

func (r *results) at(status int) json.Ref {
	switch status {
	case 200:
		r.OK = new(widget)
		return r.OK.ref()
	case 202:
		v, ref := otherOf()
		r.Accepted = v.(*other)
		return ref
	}
	return json.Ref{}
}

func TestAnswersThatDifferByStatus(t *testing.T) {
	op := Operation{ID: "Op", Method: "GET", Path: "/", Success: []int{200, 202, 204}, Bodiless: []int{204}}
	for _, tt := range []struct {
		status int
		body   string
		want   results
	}{
		{200, `{"id":"w"}`, results{OK: &widget{ID: "w"}}},
		{202, `{"reason":"r"}`, results{Accepted: &other{"r"}}},
		{204, ``, results{}},
		{201, `{"id":"w"}`, results{OK: &widget{ID: "w"}}},
		{203, `{"reason":"r"}`, results{Accepted: &other{"r"}}},
		{206, `{"reason":"r"}`, results{Accepted: &other{"r"}}},
		{206, ``, results{}},
	} {
		var r results
		call := Call{Operation: &op, Results: r.at}
		require.NoError(t, plainClient(t, always(tt.status, tt.body)).Do(context.Background(), &call))
		assert.Equal(t, tt.want, r, "%d %s", tt.status, tt.body)
		assert.Equal(t, tt.status, call.Status())
		assert.Equal(t, tt.body == "", call.Empty())
		err := plainClient(t, always(tt.status, tt.body), WithStrict()).Do(context.Background(), &Call{Operation: &op, Results: r.at})
		if slices.Contains(op.Success, tt.status) {
			assert.NoError(t, err)
		} else {
			assert.ErrorContains(t, err, "is not documented")
		}
	}
}

var (
	textType   = json.Type{Name: "string", Kind: json.String}
	numberType = json.Type{Name: "int", Kind: json.Int}
)

func TestTextsAreTakenAsTheyAre(t *testing.T) {
	for _, tt := range []struct{ accept, label, body, want string }{
		{"text/plain", "text/plain; charset=utf-8", "5 > 4", "5 > 4"},
		{"text/plain", "text/html", "<p>", "<p>"},
		{"text/plain", "", "5", "5"},
		{"text/plain", "text/plain", "", ""},
		{"text/plain", "text/plain", " \n", " \n"},
		{"text/plain", "application/json", `"a\nb"`, "a\nb"},
		{"text/plain", "text/plain; charset=ISO-8859-1", "na\xefve", "naïve"},
		{"text/plain", "text/plain", "na\xefve", "na\xefve"},
		{"application/json", "application/json", `"a"`, "a"},
		{"application/json", "text/plain", "a", "a"},
		{"application/json, text/plain", "", `"a"`, "a"},
	} {
		out := "before"
		op := Operation{ID: "Op", Method: "GET", Path: "/", Accept: tt.accept}
		call := Call{Operation: &op, Result: json.At(&textType, unsafe.Pointer(&out))}
		require.NoError(t, plainClient(t, always(200, tt.body, "Content-Type", tt.label), WithStrict()).Do(context.Background(), &call))
		assert.Equal(t, tt.want, out, tt)
	}
	var n int
	op := Operation{ID: "Op", Method: "GET", Path: "/", Accept: "text/plain"}
	call := Call{Operation: &op, Result: json.At(&numberType, unsafe.Pointer(&n))}
	require.NoError(t, plainClient(t, always(200, "42\n", "Content-Type", "text/plain"), WithStrict()).Do(context.Background(), &call))
	assert.Equal(t, 42, n)
	err := plainClient(t, always(200, "many", "Content-Type", "text/plain")).Do(context.Background(), &call)
	assert.ErrorIs(t, err, ErrContentType)
}

func TestADocumentedRedirectIsAnAnswer(t *testing.T) {
	op := Operation{ID: "Op", Method: "GET", Path: "/", Success: []int{302}}
	call := Call{Operation: &op}
	c := plainClient(t, always(302, "", "Location", "/x"))
	require.NoError(t, c.Do(context.Background(), &call))
	assert.Equal(t, 302, call.Status())
	assert.Equal(t, "https://api.example.com/x", call.Location().String())
	require.NoError(t, plainClient(t, always(302, "", "Location", "https://cdn.example.com/a?b=c#d")).Do(context.Background(), &call))
	assert.Equal(t, "https://cdn.example.com/a?b=c#d", call.Location().String())
	for _, location := range []string{"", "http://[", "%zz"} {
		require.NoError(t, plainClient(t, always(302, "", "Location", location)).Do(context.Background(), &call))
		assert.Nil(t, call.Location(), location)
	}
	op.Success = []int{303}
	var e *Error
	assert.ErrorAs(t, c.Do(context.Background(), &call), &e)
	assert.Equal(t, "redirects are not followed", e.Message)
}
