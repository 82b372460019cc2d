// Package oauth gets access tokens from the token endpoint of an authorization server (RFC 6749): with the client's own
// credentials, with a refresh token, with a user's name and password. It knows no flow that needs a browser: whoever has
// been through one brings the refresh token, or tokens as an auth.TokenSource.
//
// What it returns are providers of package auth. They ask when a request needs a token, keep it until shortly before it
// ends or a server rejects it, and ask once for all that wait. Nothing logs; what holds secrets prints without them.
//
// The package imports the standard library and package auth only.
package oauth

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Config says who asks for tokens, and for which.
type Config struct {
	ClientID     string
	ClientSecret string   // empty: a public client
	Scopes       []string // what the token shall allow; none: what the server gives

	TokenURL string            // of the token endpoint, in place of the document's
	Params   map[string]string // further parameters of the request: audience, resource

	// SecretInBody sends id and secret as parameters. Otherwise they go into the header Authorization, where every server must
	// take them; if one does not, it is asked once more with parameters.
	SecretInBody bool

	// OnRefreshToken is told of each new refresh token, to be kept in place of the one before. It may be nil.
	OnRefreshToken func(token string)
}

// String shows id and scopes.
func (c Config) String() string {
	s := fmt.Sprintf("Config{ClientID:%q", c.ClientID)
	if c.ClientSecret != "" {
		s += " ClientSecret:***"
	}
	if len(c.Scopes) > 0 {
		s += fmt.Sprintf(" Scopes:%q", c.Scopes)
	}
	if len(c.Params) > 0 {
		s += " Params:***"
	}
	return s + "}"
}

// GoString is String.
func (c Config) GoString() string { return c.String() }

// Format writes String for every verb.
func (c Config) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, c.String()) }

// LogValue is String.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON writes String: it is made for logs and cannot be read back.
func (c Config) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }
