package fake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
)

// Transport returns a transport that hands requests to a handler in memory. It does what a connection
// would: the handler sees a copy of the request as a server would read it, the end of the request's
// context ends the round trip, and http.ErrAbortHandler breaks the connection. Any other panic of the
// handler becomes an error.
func Transport(h http.Handler) http.RoundTripper { return transport{h} }

type transport struct{ handler http.Handler }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	seen := req.Clone(ctx)
	seen.Body, seen.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	seen.RequestURI, seen.RemoteAddr = req.URL.RequestURI(), "192.0.2.1:1234"
	if seen.Host == "" {
		seen.Host = req.URL.Host
	}
	w := &writer{header: http.Header{}}
	done := make(chan error, 1)
	go func() {
		defer func() {
			switch p := recover(); p {
			case nil:
				done <- nil
			case http.ErrAbortHandler:
				done <- io.ErrUnexpectedEOF
			default:
				done <- fmt.Errorf("fake: the handler panicked: %v", p)
			}
		}()
		t.handler.ServeHTTP(w, seen)
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
		return w.response(req), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// writer is the ResponseWriter of a handler: it keeps what is written.
type writer struct {
	header http.Header
	sent   http.Header // header at the time of WriteHeader
	status int
	body   bytes.Buffer
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	if w.status != 0 || status < 200 {
		return
	}
	w.status, w.sent = status, w.header.Clone()
}

func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		return 0, http.ErrBodyNotAllowed
	}
	return w.body.Write(p)
}

func (w *writer) response(req *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	resp := &http.Response{
		Status: fmt.Sprintf("%03d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: http.NoBody, Request: req, ContentLength: int64(w.body.Len()),
	}
	if w.body.Len() > 0 && req.Method != http.MethodHead {
		resp.Body = io.NopCloser(&w.body)
	}
	return resp
}
