package auth

import (
	"context"
	"errors"
	"time"
)

// TokenSource gives a token to send now, and when it ends; a zero time if it does not, or not that anyone knows. It is
// where tokens come in that are made elsewhere: by an OAuth flow with a browser in it, a metadata service, a vault. It
// must be safe for many goroutines, and must not put secrets into errors.
type TokenSource interface {
	Token(ctx context.Context) (token string, expires time.Time, err error)
}

// TokenSourceFunc is a function as a [TokenSource].
type TokenSourceFunc func(ctx context.Context) (token string, expires time.Time, err error)

// Token calls f.
func (f TokenSourceFunc) Token(ctx context.Context) (string, time.Time, error) { return f(ctx) }

// Tokens gives the tokens of a source, as the Token of [Credentials]. They are kept until a minute before they end, or
// until a server rejects them, as [Cached] does. A source that keeps tokens itself, as a session does, hears of those that were
// rejected if it has the method Drop of a [Dropper].
//
//go:noinline
func Tokens(s TokenSource) Provider { return Cached(&tokens{source: s}, nil, time.Minute) }

// tokens is a source of tokens as a provider.
type tokens struct {
	opaque
	source TokenSource
}

func (t *tokens) Credentials(ctx context.Context) (Credentials, error) {
	if t.source == nil {
		return Credentials{}, errors.New("auth: the token source is nil")
	}
	token, expires, err := t.source.Token(ctx)
	return Credentials{Token: token, Expires: expires}, err
}

func (t *tokens) Drop(rejected Credentials) {
	if d, ok := t.source.(interface{ Drop(rejected Credentials) }); ok {
		d.Drop(rejected)
	}
}

// Token always gives one token.
//
//go:noinline
func Token(token string) Provider { return Static(Credentials{Token: token}) }

// Password always gives one user name and password, for [Basic].
//
//go:noinline
func Password(user, password string) Provider {
	return Static(Credentials{AccessKey: user, SecretKey: password})
}

// Passwords gives the user name and password that a function returns, for [Basic]. They are kept until a server rejects
// them.
//
//go:noinline
func Passwords(get func(ctx context.Context) (user, password string, err error)) Provider {
	return Cached(ProviderFunc(func(ctx context.Context) (Credentials, error) {
		user, password, err := get(ctx)
		return Credentials{AccessKey: user, SecretKey: password}, err
	}), nil, 0)
}
