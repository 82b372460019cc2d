package record

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// Recorder makes recordings of what a client sends and receives.
type Recorder struct {
	Provider string // into each recording
	Source   string // into each recording
	Scrub    Scrubber

	// Operation returns the id of the operation that a request belongs to. Rt knows it:
	//
	//	func(ctx context.Context) string {
	//		call, _ := rt.CallFrom(ctx)
	//		return call.Operation.ID
	//	}
	Operation func(ctx context.Context) string

	// Save receives each recording, when its answer has been read to the end or was closed: [SaveIn] writes files.
	// It must be safe for concurrent use. Its error is that of reading the answer, so that no exchange is lost
	// unnoticed.
	Save func(*Recording) error
}

// MaxBody is the largest body that is recorded, in bytes. A larger one is an error.
const MaxBody = 64 << 20

// Middleware records each attempt that is answered. Pass it to a client as rt.WithMiddleware(r.Middleware).
// As middleware it sees requests before credentials are added to them.
func (r *Recorder) Middleware(next func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		sent, err := replaceBody(&req.Body)
		if err != nil {
			return nil, err
		}
		if sent != nil { // what comes after this may want to read the body once more
			req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(sent)), nil }
		}
		rec := &Recording{Provider: r.Provider, Source: r.Source}
		if r.Operation != nil {
			rec.Operation = r.Operation(req.Context())
		}
		rec.Request = r.Scrub.request(req, sent)
		resp, err := next(req)
		if err != nil {
			return resp, err
		}
		r.watch(rec, resp)
		return resp, nil
	}
}

// request makes the recorded form of a request, which is also what a replayer compares.
func (s *Scrubber) request(req *http.Request, body []byte) Request {
	out := Request{
		Method: req.Method, Path: s.text(req.URL.EscapedPath()),
		Query: s.query(req.URL.RawQuery), Headers: s.headers(req.Header),
	}
	contentType := req.Header.Get("Content-Type")
	if parts, ok := s.parts(body, contentType); ok {
		kind, _, _ := mime.ParseMediaType(contentType)
		out.Parts = parts
		out.Headers["Content-Type"] = []string{kind + "; boundary=" + boundary}
		return out
	}
	out.Body, out.Text, out.Binary = split(s.body(body, contentType))
	return out
}

// replaceBody reads a body and puts an unread one in its place.
func replaceBody(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(*body, MaxBody+1))
	(*body).Close()
	if err != nil {
		return nil, err
	}
	if len(data) > MaxBody {
		return nil, fmt.Errorf("a body of more than %d bytes is not recorded", MaxBody)
	}
	*body = io.NopCloser(bytes.NewReader(data))
	return data, nil
}

type counter struct{ n atomic.Int64 }

func (c *counter) next() int64 { return c.n.Add(1) }

// Replayer answers requests from recordings. Each recording answers once, and of those that fit the
// first one does; a request that fits none is an error, which says what comes nearest. It is a
// transport: rt.WithTransport(replayer).
type Replayer struct {
	Scrub Scrubber // applied to requests before they are compared; that of the recorder

	mu   sync.Mutex
	left []*Recording
}

// NewReplayer plays the given recordings.
func NewReplayer(recordings ...*Recording) *Replayer {
	return &Replayer{left: append([]*Recording(nil), recordings...)}
}

// Unused returns the recordings that no request has asked for.
func (p *Replayer) Unused() []*Recording {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]*Recording(nil), p.left...)
}

// RoundTrip answers one request.
func (p *Replayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, context.Cause(req.Context())
	}
	body := req.Body
	data, err := replaceBody(&body)
	if err != nil {
		return nil, err
	}
	got := p.Scrub.request(req, data)
	rec, err := p.take(&got)
	if err != nil {
		return nil, err
	}
	answer := rec.Response.Bytes()
	resp := &http.Response{
		Status: fmt.Sprintf("%03d %s", rec.Response.Status, http.StatusText(rec.Response.Status)), StatusCode: rec.Response.Status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(answer)), ContentLength: int64(len(answer)), Request: req,
	}
	for name, values := range rec.Response.Headers {
		resp.Header[http.CanonicalHeaderKey(name)] = append([]string(nil), values...)
	}
	if resp.Header.Get("Content-Type") == "" && len(rec.Response.Body) > 0 {
		resp.Header.Set("Content-Type", "application/json")
	}
	return resp, nil
}

// mismatch says that no recording fits a request. Repeating the request would not help.
type mismatch string

func (m mismatch) Error() string { return string(m) }

// Permanent tells clients not to try again.
func (mismatch) Permanent() bool { return true }

// take finds and removes the recording of a request.
func (p *Replayer) take(got *Request) (*Recording, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	nearest, best := "no recording is left", -1
	for i, rec := range p.left {
		want := rec.Request // may have been recorded by others, who mask secrets in another way or not at all
		want.Body = p.Scrub.body(want.Body, "application/json")
		score, diff := got.compare(&want)
		if diff == "" {
			p.left = append(p.left[:i:i], p.left[i+1:]...)
			return rec, nil
		}
		if score > best {
			best, nearest = score, diff
		}
	}
	return nil, mismatch(fmt.Sprintf("no recording fits %s %s: %s", got.Method, got.Path, nearest))
}

// compare says how a request differs from a recorded one, and how near they are.
func (r *Request) compare(want *Request) (near int, diff string) {
	switch {
	case r.Path != want.Path:
		return 0, "the path recorded is " + want.Path
	case r.Method != want.Method:
		return 1, "the method recorded is " + want.Method
	}
	if d := compareQuery(r.Query, want.Query); d != "" {
		return 2, d
	}
	if d := r.compareBody(want); d != "" {
		return 3, d
	}
	return 4, ""
}

func compareQuery(got, want map[string][]string) string {
	for name, values := range got {
		other, ok := want[name]
		if !ok {
			return "the query parameter " + name + " is not recorded"
		}
		if strings.Join(values, "\x00") != strings.Join(other, "\x00") {
			return fmt.Sprintf("the query parameter %s is %q, recorded is %q", name, values, other)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			return "the query parameter " + name + " is missing"
		}
	}
	return ""
}
