package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Authorizer puts credentials on requests. Package rt declares an interface of the same shape.
type Authorizer interface {
	// Authorize completes r, which must be otherwise ready to send: all headers set, body the exact bytes of its
	// body (nil for none, or for a stream), now the server's time as far as known. It changes the headers, URL and
	// context of r, so r belongs to the caller; each attempt at a request needs a copy of the one before Authorize.
	// It blocks for as long as the provider does, until ctx ends. An error means that r must not be sent.
	Authorize(ctx context.Context, r *http.Request, body []byte, now time.Time) error

	// Rejected is told of an answer, and reports whether another attempt makes sense. It does if the status is 401
	// and the provider, after dropping what was rejected, has something else to give; finding out blocks until
	// ctx ends. When many requests meet the end of the same token, it is renewed once. Callers limit the number of
	// attempts; one more is enough.
	Rejected(ctx context.Context, resp *http.Response) (retry bool)
}

// Signer signs r with the access key of c; all else as in [Authorizer]. It is how a signature scheme comes in.
type Signer func(r *http.Request, body []byte, c Credentials, now time.Time) error

// Signed signs each request with an access key.
func Signed(p Provider, sign Signer) Authorizer {
	return &authorizer{provider: p, put: withKey(sign), signs: true}
}

// Header sends the token in a header, after a prefix, which may be empty: Header(p, "X-Auth-Token", "").
//
//go:noinline
func Header(p Provider, name, prefix string) Authorizer {
	return &authorizer{provider: p, put: inHeader(name, prefix)}
}

// Bearer sends the token as RFC 6750 has it: Authorization: Bearer and the token.
func Bearer(p Provider) Authorizer { return Header(p, "Authorization", "Bearer ") }

// Scheme sends the token as the credentials of any other scheme of HTTP authentication, after the scheme's name.
func Scheme(p Provider, name string) Authorizer { return Header(p, "Authorization", name+" ") }

// Any signs if the credentials have an access key, and sends their token in the named header if not.
//
//go:noinline
func Any(p Provider, sign Signer, header string) Authorizer {
	key, token := withKey(sign), inHeader(header, "")
	return &authorizer{provider: p, signs: true, put: func(r *http.Request, body []byte, c Credentials, now time.Time) error {
		if c.AccessKey != "" {
			return key(r, body, c, now)
		}
		return token(r, body, c, now)
	}}
}

// Basic sends the access key as user name and the secret key as password (RFC 7617, in UTF-8). Either may be
// empty, not both; the user name has no colon.
//
//go:noinline
func Basic(p Provider) Authorizer {
	return &authorizer{provider: p, put: func(r *http.Request, _ []byte, c Credentials, _ time.Time) error {
		if c.AccessKey == "" && c.SecretKey == "" || strings.Contains(c.AccessKey, ":") {
			return errors.New("auth: there is neither user name nor password, or the user name has a colon")
		}
		r.SetBasicAuth(c.AccessKey, c.SecretKey)
		return nil
	}}
}

// Query sends the token as a query parameter, in place of any of that name. A URL ends up in logs and errors, so
// whoever sends the request must redact it.
//
//go:noinline
func Query(p Provider, name string) Authorizer {
	return &authorizer{provider: p, put: func(r *http.Request, _ []byte, c Credentials, _ time.Time) error {
		if c.Token == "" {
			return errNoToken
		}
		u := *r.URL // a copy of the request may share it
		u.RawQuery = replace(u.RawQuery, "&", "&", url.QueryEscape(name)+"="+url.QueryEscape(c.Token), func(pair string) bool {
			key, _, _ := strings.Cut(pair, "=")
			key, err := url.QueryUnescape(key)
			return err == nil && key == name
		})
		r.URL = &u
		return nil
	}}
}

// Cookie sends the token as a cookie, in place of any of that name. A token that a cookie cannot hold (RFC 6265:
// blanks, quotes, commas, semicolons, backslashes, anything outside ASCII) is an error.
//
//go:noinline
func Cookie(p Provider, name string) Authorizer {
	return &authorizer{provider: p, put: func(r *http.Request, _ []byte, c Credentials, _ time.Time) error {
		if c.Token == "" {
			return errNoToken
		}
		if strings.ContainsFunc(c.Token, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune("\",;\\", c) }) {
			return errors.New("auth: the token has a character that a cookie cannot hold")
		}
		r.Header.Set("Cookie", replace(strings.Join(r.Header.Values("Cookie"), ";"), ";", "; ", name+"="+c.Token, func(pair string) bool {
			key, _, _ := strings.Cut(pair, "=")
			return strings.TrimSpace(key) == name
		}))
		return nil
	}}
}

// All applies several, in order: an API key beside a token. One that signs comes last. It asks for a retry if any does.
func All(authorizers ...Authorizer) Authorizer {
	return &all{authorizers: slices.Clone(authorizers)}
}

type all struct {
	opaque
	authorizers []Authorizer
}

func (a *all) Authorize(ctx context.Context, r *http.Request, body []byte, now time.Time) error {
	for _, one := range a.authorizers {
		if err := one.Authorize(ctx, r, body, now); err != nil {
			return err
		}
	}
	return nil
}

// Signs reports whether any of them signs.
func (a *all) Signs() bool {
	return slices.ContainsFunc(a.authorizers, func(one Authorizer) bool {
		s, ok := one.(interface{ Signs() bool })
		return !ok || s.Signs()
	})
}

func (a *all) Rejected(ctx context.Context, resp *http.Response) (retry bool) {
	for _, one := range a.authorizers {
		retry = one.Rejected(ctx, resp) || retry
	}
	return retry
}

// authorizer is all of the above but All: they differ in how credentials are put on the request.
type authorizer struct {
	opaque
	provider Provider
	put      Signer
	signs    bool
	last     atomic.Pointer[Credentials] // what was put on a request: mostly the same again
}

// Signs reports whether requests are signed, so that nothing may be added to them afterwards.
func (a *authorizer) Signs() bool { return a.signs }

func (a *authorizer) Authorize(ctx context.Context, r *http.Request, body []byte, now time.Time) error {
	c, err := a.credentials(ctx, now)
	if err != nil {
		return fmt.Errorf("getting credentials: %w", err)
	}
	if r.Header == nil {
		r.Header = make(http.Header)
	}
	if err := a.put(r, body, c, now); err != nil {
		return err
	}
	used := a.last.Load()
	if used == nil || *used != c {
		fresh := c
		used = &fresh
		a.last.Store(used)
	}
	if keeper, ok := r.Context().(keeper); !ok || !keeper.Remember(usedBy{a}, used) {
		*r = *r.WithContext(context.WithValue(r.Context(), usedBy{a}, used))
	}
	return nil
}

// keeper is a context of one request, as package rt has it. It takes a value for itself, so that none has to be made
// around it, unless it returns false.
type keeper interface {
	Remember(key, value any) bool
}

// credentials asks the provider. A cache is told the time, so that it need not rely on the local clock.
func (a *authorizer) credentials(ctx context.Context, now time.Time) (Credentials, error) {
	if cache, ok := a.provider.(*Cache); ok {
		return cache.credentialsAt(ctx, now)
	}
	return a.provider.Credentials(ctx)
}

// usedBy is the context key under which a request remembers what an authorizer put on it, for Rejected. The value is
// a *Credentials.
type usedBy struct{ *authorizer }

func (a *authorizer) Rejected(ctx context.Context, resp *http.Response) bool {
	if resp.StatusCode != http.StatusUnauthorized {
		return false
	}
	used, err := a.used(ctx, resp.Request)
	if err != nil {
		return false
	}
	drop(a.provider, used)
	fresh, err := a.provider.Credentials(ctx)
	return err == nil && !fresh.same(used)
}

// used returns the credentials that Authorize put on r; those in use now if r, or its context, got lost on the way.
func (a *authorizer) used(ctx context.Context, r *http.Request) (Credentials, error) {
	if r != nil {
		if c, ok := r.Context().Value(usedBy{a}).(*Credentials); ok {
			return *c, nil
		}
	}
	return a.provider.Credentials(ctx)
}

var errNoToken = errors.New("auth: the credentials hold no token")

func withKey(sign Signer) Signer {
	return func(r *http.Request, body []byte, c Credentials, now time.Time) error {
		if c.AccessKey == "" || c.SecretKey == "" {
			return errors.New("auth: the credentials hold no access key")
		}
		return sign(r, body, c, now)
	}
}

func inHeader(name, prefix string) Signer {
	return func(r *http.Request, _ []byte, c Credentials, _ time.Time) error {
		if c.Token == "" {
			return errNoToken
		}
		if strings.ContainsFunc(c.Token, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			return errors.New("auth: the token has a control character")
		}
		r.Header.Set(name, prefix+c.Token)
		return nil
	}
}

// replace drops from a list with separators the parts that old matches, and appends one in their place.
func replace(list, split, join, part string, old func(string) bool) string {
	var kept []string
	for p := range strings.SplitSeq(list, split) {
		if p = strings.Trim(p, " "); p != "" && !old(p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(append(kept, part), join)
}
