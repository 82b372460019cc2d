package rt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// attempt is one request of a call. It is the context of the request, so that middleware and the
// transmitter find their way back to it; the request lies within, since both live as long as a transport
// keeps either.
type attempt struct {
	limit
	exchange *exchange
	number   int32
	handed   bool          // a stream has been given to the transport
	sent     io.ReadCloser // the body that the request was made with
	url      url.URL
	request  http.Request

	known  any // key of what an authorizer remembers
	secret any // and what that is
}

// Value finds the attempt itself, and whatever the caller's context holds.
func (a *attempt) Value(key any) any {
	if _, ok := key.(attemptKey); ok {
		return a
	}
	if key != nil && key == a.known {
		return a.secret
	}
	return a.limit.Value(key)
}

// Remember keeps a value for an authorizer, like a context around this one. It does that for one of them, and not where
// middleware may send the request more than once.
func (a *attempt) Remember(key, value any) bool {
	if a.exchange.client.wrapped || a.known != nil && a.known != key {
		return false
	}
	a.known, a.secret = key, value
	return true
}

// requestBody is a body that is all there. A transport may read it after the call has returned, so
// its bytes are never used again.
type requestBody struct{ data bytes.Reader }

func (b *requestBody) Read(p []byte) (int, error) { return b.data.Read(p) }
func (*requestBody) Close() error                 { return nil }

func newRequestBody(data []byte) *requestBody {
	b := new(requestBody)
	b.data.Reset(data)
	return b
}

// attempt sends the request once and reads the answer into x.raw. It sets x.again if it failed in a
// way that another attempt may mend.
func (x *exchange) attempt(ctx context.Context, number int) error {
	x.again, x.borrowed = false, nil
	x.raw = RawResponse{Attempts: number}
	outer := ctx
	a := &x.once
	if number > 1 {
		a = new(attempt) // a transport may still be reading the body of the one before
	}
	var at time.Time // zero: the attempt has no time of its own
	switch d := x.cfg.attemptTimeout; {
	case x.live != nil:
		var release func()
		ctx, release = x.live.watch(ctx, d)
		defer release()
	case d > 0:
		if end := time.Now().Add(d); !endsBy(ctx, end) {
			at = end
			defer a.end()
		}
	}
	a.start(ctx, at)
	a.exchange, a.number = x, int32(number)
	if err := x.request(a); err != nil {
		return err
	}
	var begun time.Time
	if len(x.client.observers) > 0 {
		begun = time.Now()
	}
	resp, err := whole(x.client.do(&a.request))
	if err != nil {
		err = x.failed(outer, a, err)
	} else if err = x.receive(outer, resp); err != nil {
		if b, ok := err.(broken); ok {
			err = x.failed(outer, a, b.error)
		}
	}
	if len(x.client.observers) > 0 {
		x.tell(outer, Event{Kind: EventAttempt, Attempt: number, Duration: time.Since(begun), Err: err})
	}
	return err
}

// endsBy reports whether a context ends anyway by a time.
func endsBy(ctx context.Context, at time.Time) bool {
	end, ok := ctx.Deadline()
	return ok && !end.After(at)
}

// request makes the request of an attempt.
func (x *exchange) request(a *attempt) error {
	h := a.request.Header // of the first, made early
	if h == nil {
		var err error
		if h, err = x.header(); err != nil {
			return err
		}
	}
	base := x.base
	a.url = url.URL{Scheme: base.scheme, Host: base.host, Path: x.target.path, RawPath: x.target.escaped, RawQuery: x.target.query}
	req := http.Request{
		Method: x.call.Operation.Method, URL: &a.url, Host: base.host, Header: h,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	switch {
	case x.stream != nil:
		body, err := x.stream.open()
		if err != nil {
			return &ParamError{Operation: x.call.Operation.ID, In: "body", Reason: "cannot be read: " + err.Error()}
		}
		req.Body, req.ContentLength, req.GetBody = body, x.stream.size, x.stream.again()
	case x.hasBody:
		req.Body = http.NoBody
		if len(x.body) > 0 {
			req.Body = newRequestBody(x.body)
		}
		req.ContentLength = int64(len(x.body))
		req.GetBody = x.getBody
	}
	a.sent = req.Body
	a.request = *req.WithContext(a)
	return nil
}

// getBody gives a transport that has to send a request again a body to send.
func (x *exchange) getBody() (io.ReadCloser, error) { return newRequestBody(x.body), nil }

// transmit is the innermost Doer: it adds credentials and hands the request to the transport.
func (c *Client) transmit(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	a, ok := ctx.Value(attemptKey{}).(*attempt)
	if !ok {
		return nil, errors.New("middleware has lost the context of the request")
	}
	body := a.exchange.body
	if c.wrapped {
		var err error
		if req, body, err = c.unwrap(req, a); err != nil {
			return nil, err
		}
	}
	if c.jar != nil {
		for _, k := range c.jar.Cookies(req.URL) {
			req.AddCookie(k)
		}
	}
	dry := a.exchange.cfg.dryRun
	if dry != nil {
		dry.shown, dry.secret = req.URL.String(), c.secretHeaders // credentials may go into the query
		dry.secrets.Names = c.api.SecretMembers
	}
	for _, auth := range a.exchange.auth {
		if err := auth.Authorize(ctx, req, body, c.now()); err != nil {
			return nil, &AuthError{Operation: a.exchange.call.Operation.ID, Err: scrub(err)}
		}
		if !signs(auth) {
			a.exchange.insist(req)
		}
	}
	if dry != nil {
		return nil, dry.capture(req, body, a.exchange.stream)
	}
	resp, err := whole(c.transport.RoundTrip(req))
	if err != nil {
		return nil, err
	}
	if resp.Request == nil {
		resp.Request = req // the authorizer looks there for what was rejected
	}
	if c.jar != nil {
		c.jar.SetCookies(req.URL, resp.Cookies())
	}
	return resp, nil
}

// whole makes a response safe to use: transports and middleware leave things out.
func whole(resp *http.Response, err error) (*http.Response, error) {
	switch {
	case err != nil:
		if resp != nil && resp.Body != nil {
			resp.Body.Close()
		}
		return nil, err
	case resp == nil:
		return nil, errors.New("the transport returned neither a response nor an error")
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	if resp.Header == nil {
		resp.Header = http.Header{}
	}
	return resp, nil
}

// unwrap takes a request out of the hands of middleware: a copy, since credentials are added to it
// and middleware may send it again, with its body as bytes.
func (c *Client) unwrap(req *http.Request, a *attempt) (*http.Request, []byte, error) {
	base := a.exchange.base
	if req.URL == nil || req.URL.Scheme != base.scheme || req.URL.Host != base.host ||
		req.URL.User != nil || req.URL.Opaque != "" || req.Host != "" && req.Host != base.host {
		return nil, nil, errors.New("middleware has turned the request to another host")
	}
	if reason := badPath(req.URL.EscapedPath(), a.exchange.call.Operation.hollow()); reason != "" {
		return nil, nil, errors.New("middleware has changed the path: it " + reason)
	}
	if s := a.exchange.stream; s != nil && req.Body != nil {
		own, err := restream(req, a, s)
		return own, nil, err
	}
	body := a.exchange.body
	if req.Body != nil && req.Body != http.NoBody && req.Body != a.sent {
		var err error
		body, err = io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, nil, err
		}
	} else if req.Body == nil || req.Body == http.NoBody {
		body = nil
	}
	own := req.Clone(req.Context())
	if body != nil {
		own.Body, own.ContentLength = newRequestBody(body), int64(len(body))
		own.GetBody = func() (io.ReadCloser, error) { return newRequestBody(body), nil }
	} else {
		own.Body, own.ContentLength, own.GetBody = nil, 0, nil
	}
	return own, body, nil
}

// restream is unwrap for a body that is read while it is sent. It stays one, also where middleware has put a
// reader of its own around it.
func restream(req *http.Request, a *attempt, s *stream) (*http.Request, error) {
	own := req.Clone(req.Context())
	if own.Body != a.sent {
		return own, nil
	}
	if a.handed { // middleware sends it again
		if s.spent() {
			return nil, errSpent
		}
		body, err := s.open()
		if err != nil {
			return nil, err
		}
		own.Body = body
	}
	a.handed = true
	return own, nil
}

// failed makes the error of an attempt without an answer, and settles whether to try again. Outer is
// the context of the call, inner that of the attempt.
func (x *exchange) failed(outer, inner context.Context, err error) error {
	if errors.Is(err, ErrDryRun) {
		return ErrDryRun
	}
	e := &TransportError{Operation: x.call.Operation.ID, Attempts: x.raw.Attempts}
	var auth *AuthError
	switch {
	case outer.Err() != nil:
		e.Err = ended(outer)
	case inner.Err() != nil:
		x.again = repeatableFailure(err, x.call.Operation.Idempotent)
		if e.Err = context.Cause(inner); e.Err == context.DeadlineExceeded {
			e.Err = &TimeoutError{AttemptTimeout, x.cfg.attemptTimeout}
		}
	case errors.As(err, &auth):
		x.again = temporary(auth.Err) // nothing was sent
		return auth
	default:
		x.again = repeatableFailure(err, x.call.Operation.Idempotent)
		e.Err = scrub(err)
	}
	return e
}
