package oauth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
)

// server is a token endpoint. Each answer is a status and a body; the last goes on.
type server struct {
	answers []string // "200 {…}"
	kind    string   // of the answers; empty: JSON
	delay   time.Duration
	err     error

	mu    sync.Mutex
	seen  []url.Values
	basic []string // user:password of each request, as it was
	urls  []string
}

func (s *server) send(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || r.Method != "POST" || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.Header.Get("Accept") != "application/json" {
		return nil, fmt.Errorf("bad request: %v %v", r.Header, err)
	}
	user, password, _ := r.BasicAuth()
	s.mu.Lock()
	n := len(s.seen)
	s.seen, s.basic, s.urls = append(s.seen, form), append(s.basic, user+":"+password), append(s.urls, r.URL.String())
	s.mu.Unlock()
	if s.delay > 0 {
		time.Sleep(s.delay)
	}
	if s.err != nil {
		return nil, s.err
	}
	var status int
	text := s.answers[min(n, len(s.answers)-1)]
	fmt.Sscan(text, &status)
	kind := s.kind
	if kind == "" {
		kind = "application/json;charset=UTF-8"
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(text[4:]))}, nil
}

const tokenURL = "https://login.example.com/token"

func token(n int) string {
	return fmt.Sprintf(`200 {"access_token":"tok%d","token_type":"bearer","expires_in":3600,"refresh_token":"ref%d"}`, n, n)
}

func want(t *testing.T, p auth.Provider, token string) {
	t.Helper()
	if c, err := p.Credentials(t.Context()); err != nil || c.Token != token {
		t.Fatalf("%v %q, want %q", err, c.Token, token)
	}
}

func TestWhatTheEndpointIsAsked(t *testing.T) {
	config := Config{ClientID: "id:+", ClientSecret: "s p", Scopes: []string{"read", "write"}, Params: map[string]string{"audience": "https://api"}}
	public, body := config, config
	public.ClientSecret, public.Scopes, public.Params = "", nil, nil
	body.SecretInBody, body.TokenURL = true, "https://other.example.com/t"
	for _, c := range []struct {
		name  string
		p     func(Doer) auth.Provider
		url   string
		basic string
		form  string
	}{
		{"client credentials", func(d Doer) auth.Provider { return ClientCredentials(config, tokenURL, d) }, tokenURL, "id%3A%2B:s+p",
			"audience=https%3A%2F%2Fapi&grant_type=client_credentials&scope=read+write"},
		{"secret in the body", func(d Doer) auth.Provider { return ClientCredentials(body, tokenURL, d) }, "https://other.example.com/t", ":",
			"audience=https%3A%2F%2Fapi&client_id=id%3A%2B&client_secret=s+p&grant_type=client_credentials&scope=read+write"},
		{"password", func(d Doer) auth.Provider { return Password(public, "jo", "pw&", tokenURL, d) }, tokenURL, ":",
			"client_id=id%3A%2B&grant_type=password&password=pw%26&username=jo"},
		{"refresh token", func(d Doer) auth.Provider { return Refresh(public, "ref0", tokenURL, d) }, tokenURL, ":",
			"client_id=id%3A%2B&grant_type=refresh_token&refresh_token=ref0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &server{answers: []string{token(1)}}
			p := c.p(s.send)
			want(t, p, "tok1")
			want(t, p, "tok1")
			if len(s.seen) != 1 || s.urls[0] != c.url || s.basic[0] != c.basic || s.seen[0].Encode() != c.form {
				t.Error(s.urls, s.basic, s.seen)
			}
		})
	}
}

func TestTokensAreRenewedBeforeTheyEndAndWhenTheyAreRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answers: []string{token(1), token(2), token(3)}, delay: time.Second}
		p := ClientCredentials(Config{ClientID: "id", ClientSecret: "secret"}, tokenURL, s.send)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { want(t, p, "tok1") })
		}
		all.Wait()
		time.Sleep(59*time.Minute + 30*time.Second)
		want(t, p, "tok1") // the refresh has begun, nobody waits for it
		time.Sleep(2 * time.Second)
		want(t, p, "tok2")
		p.(auth.Dropper).Drop(auth.Credentials{Token: "tok2"})
		want(t, p, "tok3")
		if len(s.seen) != 3 {
			t.Errorf("%d requests", len(s.seen))
		}
		for _, form := range s.seen { // a refresh token of this grant is not to be used (RFC 6749, 4.4.3)
			if form.Get("grant_type") != "client_credentials" {
				t.Error(form)
			}
		}
	})
}

func TestShortLivesAreNotRenewedWithEachRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answers: []string{`200 {"access_token":"t","expires_in":"40"}`}}
		p := ClientCredentials(Config{}, tokenURL, s.send)
		for range 40 {
			want(t, p, "t")
			time.Sleep(time.Second)
		}
		if n := len(s.seen); n > 2 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestRefreshTokensRotate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []string
		config := Config{ClientID: "id", OnRefreshToken: func(s string) { told = append(told, s) }}
		s := &server{answers: []string{token(1), token(2)}}
		p := Refresh(config, "ref0", tokenURL, s.send)
		want(t, p, "tok1")
		time.Sleep(2 * time.Hour)
		want(t, p, "tok2")
		if strings.Join(told, " ") != "ref1 ref2" || s.seen[0].Get("refresh_token") != "ref0" || s.seen[1].Get("refresh_token") != "ref1" {
			t.Error(told, s.seen)
		}
	})
}

// Whoever gives up must not lose a refresh token that the server has replaced by then.
func TestARefreshOnItsWayIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answers: []string{token(1), token(2)}, delay: 10 * time.Second}
		p := Refresh(Config{ClientID: "id"}, "ref0", tokenURL, s.send)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := p.Credentials(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		want(t, p, "tok1") // of the first request
		if len(s.seen) != 1 {
			t.Error(s.seen)
		}
	})
}

func TestAPasswordIsUsedAgainWhenItsRefreshTokenIsNoLongerGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answers: []string{token(1), `400 {"error":"invalid_grant"}`, token(2), `503 {}`}}
		p := Password(Config{ClientID: "id"}, "jo", "pw", tokenURL, s.send)
		want(t, p, "tok1")
		time.Sleep(2 * time.Hour)
		want(t, p, "tok2")
		time.Sleep(2 * time.Hour)
		var e *Error
		if _, err := p.Credentials(t.Context()); !errors.As(err, &e) || !e.Temporary() {
			t.Error(err)
		}
		var kinds []string
		for _, form := range s.seen {
			kinds = append(kinds, form.Get("grant_type"))
		}
		if got := strings.Join(kinds, " "); got != "password refresh_token password refresh_token" {
			t.Error(got)
		}
	})
}

func TestAServerThatWantsTheSecretInTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answers: []string{`401 {"error":"invalid_client"}`, token(1), token(2)}}
		p := ClientCredentials(Config{ClientID: "id", ClientSecret: "secret"}, tokenURL, s.send)
		want(t, p, "tok1")
		time.Sleep(2 * time.Hour)
		want(t, p, "tok2")
		if len(s.seen) != 3 || s.basic[1] != ":" || s.seen[1].Get("client_secret") != "secret" || s.basic[2] != ":" { // it is remembered
			t.Error(s.basic, s.seen)
		}
	})
	s := &server{answers: []string{`401 {"error":"invalid_client"}`, `400 {"error":"unauthorized_client"}`}}
	_, err := ClientCredentials(Config{ClientID: "id", ClientSecret: "secret"}, tokenURL, s.send).Credentials(t.Context())
	if e := (*Error)(nil); !errors.As(err, &e) || e.Status != 401 { // the first answer is the one to show
		t.Error(err)
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for _, c := range []struct {
		answer, kind, want string
		temporary          bool
	}{
		{`400 {"error":"invalid_scope","error_description":"no\nsuch scope"}`, "", `the token endpoint answered 400 invalid_scope: no\nsuch scope`, false},
		{`200 {"error":"bad_verification_code"}`, "", "the token endpoint answered 200 bad_verification_code", false},
		{`500 oops`, "text/plain", "the token endpoint answered 500 Internal Server Error", true},
		{`429 {}`, "", "the token endpoint answered 429 Too Many Requests", true},
		{`302 `, "", "the token endpoint answered 302 Found", false},
		{`200 {}`, "", "the token endpoint answered 200 OK: there is no access token in the answer", false},
		{`200 {"access_token":1}`, "", "the token endpoint answered 200 OK: there is no access token in the answer", false},
		{`200 {"access_token":"a","token_type":"DPoP"}`, "", "the token endpoint answered 200 OK: the token is of a type that cannot be sent: dpop", false},
		{`200 error=bad&error_description=x`, "application/x-www-form-urlencoded", "the token endpoint answered 200 bad: x", false},
		{`200 %zz`, "application/x-www-form-urlencoded", "the token endpoint answered 200 OK: there is no access token in the answer", false},
	} {
		s := &server{answers: []string{c.answer}, kind: c.kind}
		_, err := ClientCredentials(Config{ClientID: "id"}, tokenURL, s.send).Credentials(t.Context())
		var e *Error
		if !errors.As(err, &e) || e.Error() != c.want || e.Temporary() != c.temporary {
			t.Errorf("%s: %v", c.answer, err)
		}
	}
	s := &server{err: io.ErrUnexpectedEOF}
	_, err := ClientCredentials(Config{ClientID: "id"}, tokenURL, s.send).Credentials(t.Context())
	if e := (*Error)(nil); !errors.As(err, &e) || !e.Temporary() || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	if _, err := ClientCredentials(Config{}, "https://\x00", s.send).Credentials(t.Context()); err == nil || strings.Contains(err.Error(), "\x00") {
		t.Error(err)
	}
}

func TestAnswersAsForms(t *testing.T) {
	s := &server{answers: []string{`200 access_token=tok&expires_in=60&token_type=bearer`}, kind: "application/x-www-form-urlencoded"}
	c, err := ClientCredentials(Config{}, tokenURL, s.send).Credentials(t.Context())
	if err != nil || c.Token != "tok" || time.Until(c.Expires) > time.Minute || time.Until(c.Expires) < 50*time.Second {
		t.Error(c.Expires, err)
	}
}

func TestLifetimes(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "null": 0, "0": 0, "-1": 0, "3600": 3600, `"3600"`: 3600, "3599.9": 3599, "1e300": 315360000, "NaN": 0, "Inf": 315360000, "[]": 0, "true": 0,
	} {
		if got := lifetime(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// Each secret is a word of its own.
func TestNothingShowsSecrets(t *testing.T) {
	config := Config{ClientID: "id", ClientSecret: "wordsecret", Params: map[string]string{"assertion": "wordparam"}, Scopes: []string{"read"}}
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	echo := func(words string) Doer { // some servers repeat what they were sent
		return (&server{answers: []string{`400 {"error":"invalid_grant","error_description":"` + words + `"}`}}).send
	}
	password := Password(config, "jo", "wordpass", tokenURL, echo("wordsecret wordpass"))
	refresh := Refresh(config, "wordrefresh", tokenURL, echo("wordsecret wordrefresh"))
	show := func(v any) {
		fmt.Fprintf(&out, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
		b, _ := json.Marshal(v)
		out.Write(b)
		logger.Info("x", "v", v)
	}
	for _, p := range []auth.Provider{password, refresh} {
		_, err := p.Credentials(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		show(err)
		show(p)
	}
	show(config)
	show(&config)
	show([]Config{config})
	for _, word := range []string{"wordsecret", "wordparam", "wordpass", "wordrefresh", "776f7264"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("%s came out: %s", word, out.String())
		}
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"access_token":"a","expires_in":3600}`), "application/json")
	f.Add([]byte("access_token=a&expires_in=1"), "application/x-www-form-urlencoded")
	f.Add([]byte(`{"expires_in":1e999}`), "x")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		a := readAnswer(body, kind)
		if n := lifetime(string(a.Expires)); n < 0 || n > 315360000 {
			t.Fatal(n)
		}
		g := &grant{}
		c, err := g.accept(&a, 200)
		if (err == nil) != (c.Token != "") {
			t.Fatal(err, c)
		}
	})
}
