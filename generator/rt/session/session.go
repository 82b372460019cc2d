// Package session keeps a caller logged in: it gets a token from the operation that gives them, keeps it until
// a little before it ends, gets another when a service has rejected it, and finds the endpoints of services in the
// catalog that came with it.
//
// A [Session] is a provider of credentials for package auth, and a source of tokens.
package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
)

// Margin is how long before its end a token is replaced. Callers do not wait for that.
const Margin = 5 * time.Minute

// Grant is what a login gives.
type Grant struct {
	Token     string
	Expires   time.Time  // zero: not known
	Endpoints []Endpoint // of the catalog; none where the login left it out
}

// Login logs in and says what that gave, beside the answer itself. It must be safe for many goroutines.
type Login[T any] func(ctx context.Context) (*T, Grant, error)

// Session is somebody logged in. It logs in when somebody needs it first, once for all who wait. It prints without its token.
// It is safe for many goroutines.
type Session[T any] struct {
	opaque
	login Login[T]
	cache *auth.Cache

	mu     sync.Mutex
	grants []granted[T] // the youngest last: the one kept, and perhaps one that is about to be
}

// granted is the answer that came with a token.
type granted[T any] struct {
	answer *T
	grant  Grant
}

// New returns a session that logs in with login.
func New[T any](login Login[T]) *Session[T] {
	s := &Session[T]{login: login}
	s.cache = auth.Cached(auth.ProviderFunc(s.fetch), nil, Margin)
	return s
}

// fetch logs in.
func (s *Session[T]) fetch(ctx context.Context) (auth.Credentials, error) {
	answer, grant, err := s.login(ctx)
	if err == nil && grant.Token == "" {
		err = errors.New("session: the login gave no token")
	}
	if err != nil {
		return auth.Credentials{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grants = append(s.grants, granted[T]{answer, grant}); len(s.grants) > 2 {
		s.grants = s.grants[len(s.grants)-2:]
	}
	c := auth.Credentials{Token: grant.Token, Expires: grant.Expires}
	if c.Expired(time.Now()) {
		// Nobody grants what has ended: the clock here is ahead. The token is kept until it is rejected, rather than asked for with each call.
		c.Expires = time.Time{}
	}
	return c, nil
}

// Credentials gives the token, after logging in where there is none. It makes a session a provider of package auth.
func (s *Session[T]) Credentials(ctx context.Context) (auth.Credentials, error) {
	return s.cache.Credentials(ctx)
}

// Drop forgets a token that a service has rejected: the next who needs one logs in again, once for all.
func (s *Session[T]) Drop(rejected auth.Credentials) { s.cache.Drop(rejected) }

// Token gives the token and when it ends, after logging in where there is none. It makes a session a source of tokens.
func (s *Session[T]) Token(ctx context.Context) (token string, expires time.Time, err error) {
	c, err := s.Credentials(ctx)
	return c.Token, c.Expires, err
}

// Granted gives what the login answered, after logging in where nobody has.
func (s *Session[T]) Granted(ctx context.Context) (*T, error) {
	g, err := s.granted(ctx)
	return g.answer, err
}

// granted finds the answer that came with the token at hand.
func (s *Session[T]) granted(ctx context.Context) (granted[T], error) {
	c, err := s.Credentials(ctx)
	if err != nil {
		return granted[T]{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.grants {
		if g.grant.Token == c.Token {
			return g, nil
		}
	}
	return s.grants[len(s.grants)-1], nil // a later login has replaced it meanwhile
}

// Endpoint finds the URL of a service in the catalog, after logging in where nobody has. See [EndpointQuery].
func (s *Session[T]) Endpoint(ctx context.Context, q EndpointQuery) (string, error) {
	g, err := s.granted(ctx)
	if err != nil {
		return "", err
	}
	return Find(g.grant.Endpoints, q)
}

// String says what it is and shows no token.
func (s *Session[T]) String() string { return "Session(redacted)" }

// GoString is String.
func (s *Session[T]) GoString() string { return s.String() }

// opaque keeps fmt from what it is embedded in.
type opaque struct{}

// Format writes a placeholder for every verb.
func (opaque) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, "Session(redacted)") }
