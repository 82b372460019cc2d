package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
)

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 1 << 20

// exchange sends one request to the token endpoint and reads the answer.
func (g *grant) exchange(ctx context.Context, params map[string]string, inBody bool) (auth.Credentials, error) {
	form := url.Values{}
	for _, list := range []map[string]string{g.config.Params, params} {
		for name, value := range list {
			form.Set(name, value)
		}
	}
	if len(g.config.Scopes) > 0 {
		form.Set("scope", strings.Join(g.config.Scopes, " "))
	}
	if inBody || g.config.ClientSecret == "" {
		form.Set("client_id", g.config.ClientID)
	}
	if inBody && g.config.ClientSecret != "" {
		form.Set("client_secret", g.config.ClientSecret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, strings.NewReader(form.Encode()))
	if err != nil {
		return auth.Credentials{}, errors.New("the URL of the token endpoint is none")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	if !inBody && g.config.ClientSecret != "" {
		req.SetBasicAuth(url.QueryEscape(g.config.ClientID), url.QueryEscape(g.config.ClientSecret))
	}
	resp, err := g.send(req)
	if err != nil {
		return auth.Credentials{}, &Error{Err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return auth.Credentials{}, &Error{Err: err}
	}
	a := readAnswer(body, resp.Header.Get("Content-Type"))
	if resp.StatusCode < 200 || resp.StatusCode > 299 || a.Code != "" {
		return auth.Credentials{}, &Error{Status: resp.StatusCode, Code: g.masked(a.Code), Description: g.masked(a.Description)}
	}
	return g.accept(&a, resp.StatusCode)
}

// accept makes credentials of an answer.
func (g *grant) accept(a *answer, status int) (auth.Credentials, error) {
	bad := func(reason string) (auth.Credentials, error) {
		return auth.Credentials{}, &Error{Status: status, Err: errors.New(reason)}
	}
	switch kind := strings.ToLower(a.Type); {
	case a.Token == "":
		return bad("there is no access token in the answer")
	case kind == "mac" || kind == "dpop":
		return bad("the token is of a type that cannot be sent: " + kind)
	}
	if a.Refresh != "" && a.Refresh != g.refresh && (g.refresh != "" || g.params["grant_type"] == "password") {
		g.refresh = a.Refresh
		if g.config.OnRefreshToken != nil {
			g.config.OnRefreshToken(a.Refresh)
		}
	}
	c := auth.Credentials{Token: a.Token}
	if seconds := lifetime(string(a.Expires)); seconds > 0 {
		c.Expires = time.Now().Add(time.Duration(seconds) * time.Second)
	}
	return c, nil
}

// answer is what a token endpoint says.
type answer struct {
	Token       string          `json:"access_token"`
	Type        string          `json:"token_type"`
	Refresh     string          `json:"refresh_token"`
	Expires     json.RawMessage `json:"expires_in"`
	Code        string          `json:"error"`
	Description string          `json:"error_description"`
}

// readAnswer reads JSON, as the standard has it, or a form, as some servers answer. What is neither says nothing.
func readAnswer(body []byte, contentType string) answer {
	var a answer
	if kind, _, _ := mime.ParseMediaType(contentType); kind != "application/x-www-form-urlencoded" {
		if json.Unmarshal(body, &a) != nil {
			return answer{}
		}
		return a
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return a
	}
	return answer{
		Token: form.Get("access_token"), Type: form.Get("token_type"), Refresh: form.Get("refresh_token"),
		Expires: json.RawMessage(form.Get("expires_in")), Code: form.Get("error"), Description: form.Get("error_description"),
	}
}

// lifetime is how many seconds a token lives: a number, in quotes too. 0: nothing is said. It is at most ten years, beyond
// which nobody keeps a token.
func lifetime(text string) int64 {
	const most = 10 * 365 * 24 * 60 * 60
	seconds, err := strconv.ParseFloat(strings.Trim(text, `"`), 64)
	if err != nil || !(seconds >= 1) {
		return 0
	}
	return int64(min(seconds, most))
}
