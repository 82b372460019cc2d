package rt

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// asker is an authorizer that asks a server for a token, with each request.
type asker struct {
	url  string
	send Doer
}

func (a asker) Authorize(ctx context.Context, r *http.Request, _ []byte, _ time.Time) error {
	req, err := http.NewRequestWithContext(ctx, "POST", a.url, strings.NewReader("grant"))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Basic wordclient")
	resp, err := a.send(req)
	if err != nil {
		return err
	}
	token, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		return errors.Join(errors.New(http.StatusText(resp.StatusCode)), err)
	}
	r.Header.Set("Authorization", "Bearer "+string(token))
	return nil
}

func (asker) Rejected(context.Context, *http.Response) bool { return false }

func asking(url string) Option {
	return WithAuthorizerFrom(func(send Doer) Authorizer { return asker{url, send} }, "oauth")
}

func TestAuthorizersAskThroughTheTransportOfTheClient(t *testing.T) {
	for _, c := range []struct{ url, want string }{
		{"https://login.example.com/token?x=1", "https://login.example.com/token?x=1"},
		{"/oauth/token", "https://south.example.com/oauth/token"},
		{"oauth/token", "https://south.example.com/base/oauth/token"},
		{"http://127.0.0.1:9/token", "http://127.0.0.1:9/token"},
		{"http://login.example.com/token", ""},
		{"//user:word@login.example.com/token", ""},
		{"ftp://login.example.com/token", ""},
	} {
		middleware := 0
		tr := always(200, "tok")
		client, err := New(&testAPI, WithRegion("south"), WithParam("project_id", "p1"), WithTransport(tr), asking(c.url), WithUserAgent("x/1"),
			WithMiddleware(func(next Doer) Doer {
				return func(r *http.Request) (*http.Response, error) { middleware++; return next(r) }
			}))
		if err != nil {
			t.Fatal(err)
		}
		op := opList
		op.Security = Security{{"oauth"}}
		err = client.Do(context.Background(), &Call{Operation: &op})
		var a *AuthError
		if c.want == "" {
			if !errors.As(err, &a) || tr.count() != 0 || strings.Contains(err.Error(), "word") {
				t.Error(c.url, err, tr.count())
			}
			continue
		}
		if err != nil || tr.count() != 2 || middleware != 1 {
			t.Fatal(c.url, err, tr.count(), middleware)
		}
		first := tr.seen[0]
		if first.URL.String() != c.want || first.Host != first.URL.Host || tr.texts[0] != "grant" || first.Header.Get("User-Agent") != "x/1 widgets/v1 pantograph" {
			t.Error(first.URL, first.Host, first.Header)
		}
		if tr.seen[1].Header.Get("Authorization") != "Bearer tok" {
			t.Error(tr.seen[1].Header)
		}
	}
}

func TestPlainHTTPToATokenEndpointNeedsLeave(t *testing.T) {
	tr := always(200, "tok")
	c := newTestClient(t, tr, asking("http://login.example.com/token"), WithInsecureHTTP())
	op := opList
	op.Security = Security{{"oauth"}}
	if err := c.Do(context.Background(), &Call{Operation: &op}); err != nil || tr.count() != 2 {
		t.Error(err)
	}
}

// A redirect of the token endpoint is an answer like any other: the client's secret goes nowhere else.
func TestTokenRequestsFollowNoRedirects(t *testing.T) {
	tr := always(307, "", "Location", "https://evil.example.com/")
	c := newTestClient(t, tr, asking("https://login.example.com/token"))
	op := opList
	op.Security = Security{{"oauth"}}
	var a *AuthError
	if err := c.Do(context.Background(), &Call{Operation: &op}); !errors.As(err, &a) || tr.count() != 1 {
		t.Error(err, tr.count())
	}
}

func TestTokenRequestsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, &url.Error{Op: "Post", URL: "https://user:word@h/", Err: r.Context().Err()}
		}}
		c := newTestClient(t, hang, asking("https://login.example.com/token"), WithAttemptTimeout(0), WithoutRetry())
		op := opList
		op.Security = Security{{"oauth"}}
		begin := time.Now()
		err := c.Do(context.Background(), &Call{Operation: &op})
		var limit *TimeoutError
		if !errors.As(err, &limit) || time.Since(begin) != backchannelTimeout || strings.Contains(err.Error(), "word") {
			t.Error(err, time.Since(begin))
		}
	})
	long := always(200, strings.Repeat("x", backchannelBody+1))
	c := newTestClient(t, long, asking("https://login.example.com/token"))
	op := opList
	op.Security = Security{{"oauth"}}
	if err := c.Do(context.Background(), &Call{Operation: &op}); !errors.Is(err, ErrResponseTooLarge) {
		t.Error(err)
	}
}

// weak fails once in a way that passes.
type weak struct {
	dated
	failures *int
}

type passing struct{}

func (passing) Error() string   { return "down for a moment" }
func (passing) Temporary() bool { return true }

func (w weak) Authorize(context.Context, *http.Request, []byte, time.Time) error {
	if *w.failures--; *w.failures >= 0 {
		return passing{}
	}
	return nil
}

func TestCredentialsThatFailForAMomentAreAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			failures, sent int
		}{{1, 1}, {9, 0}} {
			tr := always(200, widgetJSON)
			client := newTestClient(t, tr, WithAuthorizer(weak{failures: &c.failures}))
			_, err := create(context.Background(), client, &widget{Name: "web"}) // not idempotent, but nothing was sent
			if (err == nil) != (c.sent == 1) || tr.count() != c.sent {
				t.Error(err, tr.count())
			}
		}
	})
}
