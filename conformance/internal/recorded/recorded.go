// Package recorded sends recorded exchanges through a fake server and a client, both generated from one document.
package recorded

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// Connect makes a client with these options and a fake server in front of it, which decodes what it gets strictly and calls
// the client's method of the same name. The client validates, by its own clock; the server need not.
type Connect func(opts ...rt.Option) (http.Handler, error)

// Fake is a fake server of a generated package, whose client is a C.
type Fake[C any] interface {
	http.Handler
	WithoutValidation()
	Forward(C, ...rt.CallOption)
}

// Front puts a fake server in front of a client. Unless it is strict, the client alone validates, by its own clock.
func Front[C any](server Fake[C], strict bool, client C, err error) (http.Handler, error) {
	if err != nil {
		return nil, err
	}
	if !strict {
		server.WithoutValidation()
	}
	server.Forward(client)
	return server, nil
}

// Load reads the recordings that the index of a folder lists, by file name.
func Load(t testing.TB, dir string) map[string]*record.Recording {
	t.Helper()
	var index struct {
		Fixtures []struct{ Recording string }
	}
	data, err := os.ReadFile(path.Join(dir, "index.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &index))
	out := map[string]*record.Recording{}
	for _, f := range index.Fixtures {
		if out[f.Recording] != nil {
			continue
		}
		data, err := os.ReadFile(path.Join(dir, f.Recording))
		require.NoError(t, err)
		rec := new(record.Recording) // not record.Decode: an error body may stand without its request
		require.NoError(t, json.Unmarshal(data, rec), f.Recording)
		out[f.Recording] = rec
	}
	return out
}

// Complete holds a folder of recordings to its index: nothing is extra. It returns what is there.
func Complete(t *testing.T, dir string) map[string]*record.Recording {
	t.Helper()
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	known := Load(t, dir)
	for _, f := range files {
		if f.Name() != "index.json" {
			assert.Contains(t, known, f.Name(), "the index does not list this recording")
		}
	}
	return known
}

// Request is the recorded request as a server receives it.
func Request(rec *record.Recording) *http.Request {
	u := url.URL{Path: rec.Request.Path, RawQuery: url.Values(rec.Request.Query).Encode()}
	r := httptest.NewRequest(rec.Request.Method, u.String(), bytes.NewReader(rec.Request.Bytes()))
	for name, values := range rec.Request.Headers {
		r.Header[http.CanonicalHeaderKey(name)] = values
	}
	return r
}

// Project finds the project id in a path: the segment after the prefix or version.
func Project(path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		if len(segment) == 32 {
			return segment
		}
	}
	return "none"
}

// Replay sends a recorded request through the fake server, from there with the client's own method to a replayer that
// wants exactly the recorded request, and the recorded response back through both. It returns the fake's answer, the
// places at which the client saw the response deviate, and whether the client sent the recorded request.
func Replay(t *testing.T, rec *record.Recording, connect Connect, opts ...rt.Option) (*httptest.ResponseRecorder, []string, bool) {
	t.Helper()
	var mu sync.Mutex
	var drift []string
	replayer := record.NewReplayer(rec)
	handler, err := connect(append(opts,
		rt.WithEndpoint("https://replay.invalid"), rt.WithTransport(replayer),
		rt.WithoutRetry(), rt.WithPresence(),
		rt.WithObserver(func(_ context.Context, e rt.Event) {
			mu.Lock()
			defer mu.Unlock()
			if e.Kind == rt.EventDeviation && len(rec.Response.Body) > 0 {
				drift = append(drift, e.Path)
			}
		}))...)
	require.NoError(t, err)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, Request(rec))
	slices.Sort(drift)
	return w, drift, len(replayer.Unused()) == 0
}

// Sent is what a client sends for the request that the fake in front of it reads.
type Sent struct {
	Request *http.Request // nil: the fake refused it
	Body    []byte
	Answer  *httptest.ResponseRecorder
}

// Send lets the fake read a request, and catches what the client sends for it. The service answers an empty object.
func Send(t *testing.T, r *http.Request, connect Connect, opts ...rt.Option) Sent {
	t.Helper()
	sent := Sent{Answer: httptest.NewRecorder()}
	handler, err := connect(append(opts, rt.WithEndpoint("https://wire.invalid"), rt.WithoutRetry(),
		rt.WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			sent.Request = r
			if r.Body != nil {
				sent.Body, _ = io.ReadAll(r.Body)
			}
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(strings.NewReader("{}")), ContentLength: 2}, nil
		})))...)
	require.NoError(t, err)
	handler.ServeHTTP(sent.Answer, r)
	return sent
}

// transport is a function as a round tripper.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
