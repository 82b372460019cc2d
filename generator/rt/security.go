package rt

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
)

// Security is what an operation asks for: alternatives, each the names of the schemes that it needs together. An empty
// alternative, which stands last, is satisfied with nothing.
type Security [][]string

// String puts it into words: "apiKey and appKey, or oauth".
func (s Security) String() string {
	var b strings.Builder
	for i, all := range s {
		switch {
		case i > 0 && (len(all) > 1 || len(s[i-1]) > 1):
			b.WriteString(", or ")
		case i > 0:
			b.WriteString(" or ")
		}
		if len(all) == 0 {
			b.WriteString("nothing")
		}
		b.WriteString(plainText(strings.Join(all, " and "), 200))
	}
	return b.String()
}

// credential is an authorizer and the schemes it stands for: none means all.
type credential struct {
	authorizer Authorizer
	schemes    []string
}

// WithAuthorizer sets what adds credentials to requests: to those of operations that ask for one of the named schemes, or
// to all of them when no scheme is named. A later one takes the place of earlier ones for the same schemes.
//
//go:noinline
func WithAuthorizer(a Authorizer, schemes ...string) SharedOption {
	return sharedOption(func(c *callConfig) {
		c.credentials = slices.DeleteFunc(slices.Clone(c.credentials), func(old credential) bool { return covers(schemes, old.schemes) })
		if a != nil {
			c.credentials = append(c.credentials, credential{a, schemes})
		}
	})
}

// covers reports whether schemes stand for all that old ones stood for.
func covers(schemes, old []string) bool {
	return len(schemes) == 0 || len(old) > 0 && !slices.ContainsFunc(old, func(s string) bool { return !slices.Contains(schemes, s) })
}

// credential finds what stands for a scheme: the index of the last one given, or -1.
func (c *callConfig) credential(scheme string) int {
	for i, have := range slices.Backward(c.credentials) {
		if len(have.schemes) == 0 || slices.Contains(have.schemes, scheme) {
			return i
		}
	}
	return -1
}

// fits finds what stands for all of the schemes, appended to found, and reports whether it is there.
func (c *callConfig) fits(schemes []string, found []int) ([]int, bool) {
	for _, scheme := range schemes {
		i := c.credential(scheme)
		if i < 0 {
			return nil, false
		}
		if !slices.Contains(found, i) {
			found = append(found, i)
		}
	}
	return found, true
}

// secure chooses what authorizes the call: the first alternative of the operation of which the client has all schemes. An
// operation of which the document says nothing takes whatever the client has. Where nothing fits, the request goes out
// without credentials: never with those of another scheme.
func (x *exchange) secure() {
	security := x.security()
	if x.call.Operation.Anonymous {
		return
	}
	var room [4]int
	if security == nil {
		all := room[:0]
		for i := range x.cfg.credentials {
			all = append(all, i)
		}
		x.authorizeWith(all)
		return
	}
	for _, schemes := range security {
		if found, ok := x.cfg.fits(schemes, room[:0]); ok {
			x.authorizeWith(found)
			return
		}
	}
	x.lacks = true
}

// security is what the operation asks for.
func (x *exchange) security() Security {
	if s := x.call.Operation.Security; s != nil {
		return s
	}
	return x.client.api.Security
}

// authorizeWith takes the chosen credentials. What signs comes last, since it covers what the others add.
func (x *exchange) authorizeWith(chosen []int) {
	x.auth = x.authRoom[:0]
	for _, i := range chosen {
		if a := x.cfg.credentials[i].authorizer; !signs(a) {
			x.auth = append(x.auth, a)
		}
	}
	for _, i := range chosen {
		if a := x.cfg.credentials[i].authorizer; signs(a) {
			x.auth = append(x.auth, a)
			x.signs = true
		}
	}
}

// lack says which credentials were missing.
func (x *exchange) lack() string {
	s := "no credentials were sent: the operation asks for " + x.security().String()
	if len(x.cfg.credentials) == 0 {
		return s + ", and the client has none"
	}
	return s + ", and the client has others"
}

// rejected tells what authorized a request of its answer, and reports whether to try again.
func (x *exchange) rejected(ctx context.Context, resp *http.Response, body []byte) (retry bool) {
	for _, a := range x.auth {
		resp.Body = io.NopCloser(bytes.NewReader(body))
		retry = a.Rejected(ctx, resp) || retry
	}
	return retry
}

// signs reports whether an authorizer signs requests. It does unless it says that it does not.
func signs(a Authorizer) bool {
	s, ok := a.(interface{ Signs() bool })
	return !ok || s.Signs()
}
