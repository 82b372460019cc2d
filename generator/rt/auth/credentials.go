// Package auth puts credentials on requests.
//
// It has three parts that meet in small interfaces. A [Provider] gives [Credentials]: [Static], [Token], [Tokens],
// [Password], [FromEnv], [FromFile], [Chain], [Cached], or your own. An [Authorizer] asks a provider for each request and
// puts what it gets where the API wants it: [Signed], [Header], [Bearer], [Basic], [Scheme], [Query], [Cookie], [Any], [All]. A [Clock] follows the server's
// time, for signatures and for expiry.
//
// Nothing here reads the environment or a file, or calls a server, unless a provider that says so is used, and then
// only when a request needs it. Nothing logs. Credentials, and everything here that holds them, print as placeholders.
// All of it may be used by many goroutines.
package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// Credentials are what a caller proves itself with: an access key, a token, or both. For HTTP basic authentication the
// access key is the user name and the secret key the password.
//
// They print, log and marshal without their secrets, whatever the verb or the encoder, and of the access key show
// the first four characters at most. The one gap is an unexported field of a struct, which fmt reads by reflection:
// keep a [Provider] there instead, such as [Static].
type Credentials struct {
	AccessKey     string    // names the key; sent with each request
	SecretKey     string    // signs; never sent, except by Basic
	SecurityToken string    // session of a temporary access key; empty for a permanent one
	Token         string    // sent as it is
	Expires       time.Time // end of validity; zero if there is none, or none is known
}

// Expired reports whether the credentials are known to be of no use at the given time.
func (c Credentials) Expired(at time.Time) bool { return !c.Expires.IsZero() && !at.Before(c.Expires) }

// same reports whether both prove the same, whenever they expire.
func (c Credentials) same(d Credentials) bool {
	c.Expires, d.Expires = time.Time{}, time.Time{}
	return c == d
}

// redacted is the printable form: every secret that is there has become a placeholder.
type redacted struct {
	AccessKey     string     `json:",omitempty"`
	SecretKey     string     `json:",omitempty"`
	SecurityToken string     `json:",omitempty"`
	Token         string     `json:",omitempty"`
	Expires       *time.Time `json:",omitempty"`
}

func (c Credentials) redacted() redacted {
	const mask = "***"
	hide := func(s string, shown int) string {
		switch {
		case s == "":
			return ""
		case len(s) < 4*shown: // too short to be shown in part
			return mask
		}
		return s[:shown] + mask
	}
	r := redacted{
		AccessKey:     hide(c.AccessKey, 4),
		SecretKey:     hide(c.SecretKey, 0),
		SecurityToken: hide(c.SecurityToken, 0),
		Token:         hide(c.Token, 0),
	}
	if !c.Expires.IsZero() {
		r.Expires = &c.Expires
	}
	return r
}

// String shows which parts are there, not what they are: Credentials{AccessKey:EXAM*** SecretKey:***}.
func (c Credentials) String() string {
	s, sep := "Credentials{", ""
	r := c.redacted()
	for _, part := range []struct{ name, value string }{
		{"AccessKey", r.AccessKey}, {"SecretKey", r.SecretKey}, {"SecurityToken", r.SecurityToken}, {"Token", r.Token},
	} {
		if part.value != "" {
			s += sep + part.name + ":" + part.value
			sep = " "
		}
	}
	if r.Expires != nil {
		s += sep + "Expires:" + r.Expires.Format(time.RFC3339)
	}
	return s + "}"
}

// GoString is String.
func (c Credentials) GoString() string { return c.String() }

// Format writes String for every verb.
func (c Credentials) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, c.String()) }

// LogValue is String.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON returns an object with the members that are there, secrets replaced by a placeholder. It is made for
// logs: what it writes cannot be read back.
func (c Credentials) MarshalJSON() ([]byte, error) { return json.Marshal(c.redacted()) }

// MarshalText is String. It serves encoders that know neither JSON nor slog, encoding/xml among them.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Provider gives the credentials to use now. It is asked before each request, so one that is slow belongs in
// [Cached]. It returns an error that wraps [ErrNone] if it has none to give, and any other error if it should have
// some. It must be safe for many goroutines, and must not put secrets into errors.
type Provider interface {
	Credentials(ctx context.Context) (Credentials, error)
}

// Dropper is a Provider that keeps credentials and can forget them.
type Dropper interface {
	Provider

	// Drop forgets the credentials that a server rejected, so that the next call gets fresh ones. If others are kept
	// by now, they stay.
	Drop(rejected Credentials)
}

// ErrNone is wrapped by a Provider that has no credentials to give: variables not set, no such file or section.
var ErrNone = errors.New("auth: no credentials found")

// ProviderFunc is a function as a [Provider].
type ProviderFunc func(ctx context.Context) (Credentials, error)

// Credentials calls f.
func (f ProviderFunc) Credentials(ctx context.Context) (Credentials, error) { return f(ctx) }

// opaque keeps fmt from what it is embedded in.
type opaque struct{}

// Format writes a placeholder for every verb.
func (opaque) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, "auth(redacted)") }
