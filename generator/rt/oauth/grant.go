package oauth

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
)

// Doer sends a request of its own, without the credentials of a client: rt.WithAuthorizerFrom passes one. It does not
// follow redirects, bounds time and size, and reads the answer to its end.
type Doer = func(*http.Request) (*http.Response, error)

// ClientCredentials gives tokens for the client itself (RFC 6749, section 4.4). URL is the token endpoint that the document
// names.
func ClientCredentials(c Config, url string, send Doer) auth.Provider {
	return cached(c, url, send, "", map[string]string{"grant_type": "client_credentials"})
}

// Password gives tokens for a user whose name and password the client knows (section 4.3).
func Password(c Config, user, password, url string, send Doer) auth.Provider {
	return cached(c, url, send, "", map[string]string{"grant_type": "password", "username": user, "password": password})
}

// Refresh gives tokens for whoever has been through another flow, and got a refresh token (section 6). When the server
// replaces that, [Config.OnRefreshToken] is told.
func Refresh(c Config, token, url string, send Doer) auth.Provider {
	return cached(c, url, send, token, nil)
}

// margin is how long before its end a token is replaced.
const margin = time.Minute

func cached(c Config, url string, send Doer, refresh string, params map[string]string) auth.Provider {
	c.Scopes, c.Params = append([]string(nil), c.Scopes...), maps.Clone(c.Params)
	if c.TokenURL != "" {
		url = c.TokenURL
	}
	g := &grant{config: c, url: url, send: send, refresh: refresh, params: params, turn: make(chan struct{}, 1)}
	g.inBody = c.SecretInBody
	return local{auth.Cached(g, nil, margin)}
}

// local keeps authorizers from judging the cache by the server's time: the end of a token is reckoned from its lifetime
// by the local clock.
type local struct{ auth.Dropper }

// grant asks the token endpoint. Of a refresh token and its successor only one is good, so one request is under way
// at a time, and none is given up once it is sent.
type grant struct {
	config Config
	url    string
	send   Doer
	params map[string]string // of the request without a refresh token; nil: there is none

	turn  chan struct{} // holds whoever is asking
	count atomic.Int64  // answers so far

	// Of the one whose turn it is.
	refresh string
	inBody  bool // the secret goes into the body
	last    auth.Credentials
}

// Format writes a placeholder for every verb.
func (*grant) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, "oauth(redacted)") }

// Credentials asks for a token, unless another one has just got one.
func (g *grant) Credentials(ctx context.Context) (auth.Credentials, error) {
	seen := g.count.Load()
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return auth.Credentials{}, ctx.Err()
	}
	defer func() { <-g.turn }()
	if g.count.Load() != seen && !g.last.Expired(time.Now()) {
		return g.last, nil
	}
	got, err := g.ask(context.WithoutCancel(ctx))
	if err == nil {
		g.last = got
		g.count.Add(1)
	}
	return got, err
}

// ask uses the refresh token where there is one, and the grant itself where that is no longer good.
func (g *grant) ask(ctx context.Context) (auth.Credentials, error) {
	if g.refresh != "" {
		got, err := g.request(ctx, map[string]string{"grant_type": "refresh_token", "refresh_token": g.refresh})
		if e, ok := err.(*Error); !ok || g.params == nil || e.Temporary() {
			return got, err
		}
		g.refresh = ""
	}
	return g.request(ctx, g.params)
}

// request asks the endpoint once, or twice where it does not take the secret in the header.
func (g *grant) request(ctx context.Context, params map[string]string) (auth.Credentials, error) {
	got, err := g.exchange(ctx, params, g.inBody)
	if e, ok := err.(*Error); ok && !g.inBody && g.config.ClientSecret != "" && (e.Status == http.StatusUnauthorized || e.Code == "invalid_client") {
		if second, again := g.exchange(ctx, params, true); again == nil {
			g.inBody = true
			return second, nil
		}
	}
	return got, err
}

// masked takes the secrets out of text of the server: some repeat what they were sent.
func (g *grant) masked(text string) string {
	for _, secret := range []string{g.config.ClientSecret, g.refresh, g.params["password"]} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}
