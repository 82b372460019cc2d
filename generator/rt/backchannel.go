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

// The limits of requests that authorizers send.
const (
	backchannelTimeout = 30 * time.Second
	backchannelBody    = 1 << 20 // bytes
)

// WithAuthorizerFrom is [WithAuthorizer] for an authorizer that gets its credentials from a server: make is called by [New]
// with what sends requests of its own through the client's transport. These carry no credentials of the client, pass no
// middleware and are not repeated; redirects are not followed; the answer is read to its end, within limits. A URL
// without a host is taken from the client's endpoint.
//
//go:noinline
func WithAuthorizerFrom(make func(send Doer) Authorizer, schemes ...string) Option {
	return clientOption(func(c *config) {
		WithAuthorizer(pending{make}, schemes...).applyClient(c)
	})
}

// pending stands for an authorizer that New will make.
type pending struct {
	make func(send Doer) Authorizer
}

func (pending) Authorize(context.Context, *http.Request, []byte, time.Time) error {
	return errors.New("the authorizer was not made")
}

func (pending) Rejected(context.Context, *http.Response) bool { return false }

// makeAuthorizers makes those that need the client.
func (c *Client) makeAuthorizers() {
	for i, have := range c.call.credentials {
		if p, ok := have.authorizer.(pending); ok {
			c.call.credentials[i].authorizer = p.make(c.backchannel)
		}
	}
}

// backchannel sends a request of an authorizer.
func (c *Client) backchannel(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(req.Context(), backchannelTimeout, &TimeoutError{AttemptTimeout, backchannelTimeout})
	defer cancel()
	req = req.Clone(ctx)
	if req.URL.Host == "" {
		base := url.URL{Scheme: c.base.scheme, Host: c.base.host, Path: c.base.path + "/"}
		req.URL = base.ResolveReference(req.URL)
	}
	u := req.URL
	if u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !c.insecure && !loopback(u.Hostname())) {
		return nil, errors.New("the URL must be an https URL without user information; WithInsecureHTTP allows plain http")
	}
	req.Host = u.Host
	for _, h := range c.constants {
		if h.name == "User-Agent" {
			req.Header[h.name] = h.values
		}
	}
	resp, err := whole(c.transport.RoundTrip(req))
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, scrub(err)
	}
	defer resp.Body.Close()
	body, err := readBody(resp, backchannelBody, nil)
	if err != nil {
		return nil, scrub(err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// temporary reports whether the cause of an error says that it may pass.
func temporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}
