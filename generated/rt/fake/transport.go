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
// handler becomes an error. A response is handed over when the handler returns, or flushes what it has.
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
	handling, stop := context.WithCancel(ctx)
	seen := req.Clone(handling)
	seen.Body, seen.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	seen.RequestURI, seen.RemoteAddr = req.URL.RequestURI(), "192.0.2.1:1234"
	if seen.Host == "" {
		seen.Host = req.URL.Host
	}
	w := &writer{header: http.Header{}, flushed: make(chan *io.PipeReader, 1)}
	done := make(chan error, 1)
	go func() {
		defer stop()
		defer func() {
			var err error
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				err = io.ErrUnexpectedEOF
			default:
				err = fmt.Errorf("fake: the handler panicked: %v", p)
			}
			if w.pipe != nil {
				w.pipe.CloseWithError(err)
			}
			done <- err
		}()
		t.handler.ServeHTTP(w, seen)
	}()
	select {
	case pipe := <-w.flushed:
		return w.stream(req, pipe, stop), nil
	case err := <-done:
		select {
		case pipe := <-w.flushed: // what was flushed has arrived, whatever came of the rest
			return w.stream(req, pipe, stop), nil
		default:
		}
		if err != nil {
			return nil, err
		}
		return w.response(req), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// writer is the ResponseWriter of a handler: it keeps what is written until the handler returns or, from the first
// Flush on, hands it over.
type writer struct {
	header http.Header
	sent   http.Header // header at the time of WriteHeader
	status int
	body   bytes.Buffer

	pipe    *io.PipeWriter // after a Flush
	flushed chan *io.PipeReader
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
	switch {
	case w.status == http.StatusNoContent || w.status == http.StatusNotModified:
		return 0, http.ErrBodyNotAllowed
	case w.pipe != nil:
		return w.pipe.Write(p)
	}
	return w.body.Write(p)
}

// Flush hands over what was written, and all that will be.
func (w *writer) Flush() {
	w.WriteHeader(http.StatusOK)
	if w.pipe != nil {
		return
	}
	var r *io.PipeReader
	r, w.pipe = io.Pipe()
	w.flushed <- r
}

func (w *writer) response(req *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	resp := w.head(req)
	resp.ContentLength = int64(w.body.Len())
	if w.body.Len() > 0 && req.Method != http.MethodHead {
		resp.Body = io.NopCloser(&w.body)
	}
	return resp
}

// stream is the response of a handler that is still at work. Closing its body stops the handler.
func (w *writer) stream(req *http.Request, pipe *io.PipeReader, stop func()) *http.Response {
	resp := w.head(req)
	resp.ContentLength = -1
	ctx := req.Context()
	release := context.AfterFunc(ctx, func() { w.pipe.CloseWithError(context.Cause(ctx)) })
	resp.Body = &streamed{ctx, io.MultiReader(&w.body, pipe), func() {
		release()
		stop()
		pipe.Close()
	}}
	return resp
}

func (w *writer) head(req *http.Request) *http.Response {
	return &http.Response{
		Status: fmt.Sprintf("%03d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: http.NoBody, Request: req,
	}
}

// streamed is the body of a response that comes in pieces.
type streamed struct {
	ctx   context.Context
	from  io.Reader
	close func()
}

// Read reads on. Where the request has ended, so may have the handler because of it: that is no end of the body.
func (s *streamed) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err == io.EOF && s.ctx.Err() != nil {
		err = context.Cause(s.ctx)
	}
	return n, err
}

func (s *streamed) Close() error {
	s.close()
	return nil
}
