package rt

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestEndpoints(t *testing.T) {
	servers := API{Name: "pets", Servers: []Server{{URL: "https://{region}.example.com/{version}", Variables: []ServerVariable{{Name: "region", Default: "eu"}, {Name: "version", Default: "v1", Enum: []string{"v1", "v2"}}}}}}
	relative := API{Name: "pets", Servers: []Server{{URL: "/api/v3"}}}
	for _, tt := range []struct {
		name string
		api  *API
		opts []Option
		want string // endpoint, or part of the error
	}{
		{"region", &testAPI, []Option{WithRegion("north")}, "https://north.example.com"},
		{"region with a path", &testAPI, []Option{WithRegion("south")}, "https://south.example.com/base"},
		{"unknown region", &testAPI, []Option{WithRegion("west")}, `unknown region "west"; known are north, south`},
		{"nothing", &testAPI, nil, "neither a region nor an endpoint is set; known are north, south"},
		{"nothing at all", &API{}, nil, "neither a region nor an endpoint is set; set the endpoint"},
		{"endpoint wins", &testAPI, []Option{WithRegion("north"), WithEndpoint("https://x.example.com/")}, "https://x.example.com"},
		{"endpoint with a port", &testAPI, []Option{WithEndpoint("https://x.example.com:8443/a%20b/")}, "https://x.example.com:8443/a%20b"},
		{"server", &servers, nil, "https://eu.example.com/v1"},
		{"server variables", &servers, []Option{WithServerVariable("region", "us"), WithServerVariable("version", "v2")}, "https://us.example.com/v2"},
		{"server variable not listed", &servers, []Option{WithServerVariable("version", "v3")}, "is none of v1, v2"},
		{"server variable that moves the host", &servers, []Option{WithServerVariable("region", "evil.com/")}, "may hold letters"},
		{"server variable with user information", &servers, []Option{WithServerVariable("region", "u:p@evil")}, "may hold letters"},
		{"empty server variable", &servers, []Option{WithServerVariable("region", "")}, "is empty"},
		{"relative server", &relative, nil, "not an absolute URL"},
		{"relative server with endpoint", &relative, []Option{WithEndpoint("https://h/api/v3")}, "https://h/api/v3"},
		{"http", &testAPI, []Option{WithEndpoint("http://x.example.com")}, "must be an https URL"},
		{"http on request", &testAPI, []Option{WithEndpoint("http://x.example.com"), WithInsecureHTTP()}, "http://x.example.com"},
		{"http on localhost", &testAPI, []Option{WithEndpoint("http://localhost:80")}, "http://localhost:80"},
		{"http on loopback", &testAPI, []Option{WithEndpoint("http://127.0.0.1:80")}, "http://127.0.0.1:80"},
		{"http on loopback, six", &testAPI, []Option{WithEndpoint("http://[::1]:80")}, "http://[::1]:80"},
		{"http on what looks like it", &testAPI, []Option{WithEndpoint("http://localhost.example.com")}, "must be an https URL"},
		{"http on what looks like it too", &testAPI, []Option{WithEndpoint("http://127.0.0.1.example.com")}, "must be an https URL"},
		{"another scheme", &testAPI, []Option{WithEndpoint("ftp://x")}, "must be an https URL"},
		{"user information", &testAPI, []Option{WithEndpoint("https://u:secretword@x")}, "user information"},
		{"query", &testAPI, []Option{WithEndpoint("https://x/?token=secretword")}, "query"},
		{"fragment", &testAPI, []Option{WithEndpoint("https://x/#secretword")}, "fragment"},
		{"no host", &testAPI, []Option{WithEndpoint("https:///x")}, "no host"},
		{"no URL", &testAPI, []Option{WithEndpoint("https://x:secretword:y/")}, "not a URL"},
		{"no scheme", &testAPI, []Option{WithEndpoint("x.example.com")}, "not an absolute URL"},
		{"dot segments", &testAPI, []Option{WithEndpoint("https://x/a/../b")}, "dot segment"},
		{"two transports", &testAPI, []Option{WithRegion("north"), WithHTTPClient(&http.Client{}), WithTransport(always(200, ""))}, "given twice"},
		{"proxy for a transport", &testAPI, []Option{WithRegion("north"), WithTransport(always(200, "")), WithProxyFromEnvironment()}, "your own"},
		{"unknown parameter", &testAPI, []Option{WithRegion("north"), WithParam("projct_id", "x")}, "is no parameter of the client; known are project_id"},
		{"empty parameter", &testAPI, []Option{WithRegion("north"), WithParam("project_id", "")}, `path "project_id" is empty`},
		{"no API", nil, nil, "is nil"},
		{"nil options", &testAPI, []Option{nil, WithRegion("north"), WithObserver(nil), WithLogger(nil), WithMiddleware(nil)}, "https://north.example.com"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := New(tt.api, tt.opts...)
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = c.Endpoint()
			}
			if err == nil && got != tt.want || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if strings.Contains(got, "secretword") {
				t.Error("the error repeats a secret")
			}
		})
	}
}

func TestAClientThatNewDidNotMakeFailsWithoutPanic(t *testing.T) {
	var none *Client
	for _, c := range []*Client{none, {}} {
		if _, err := get(context.Background(), c, "w1"); err == nil {
			t.Error("no error")
		}
		if _, err := c.Send(context.Background(), "GET", "/", nil); err == nil {
			t.Error("no error")
		}
		_ = fmt.Sprintf("%v %#v", c, c)
	}
	var nowhere context.Context
	if err := newTestClient(t, always(200, "")).Do(nowhere, &Call{Operation: &opGet}); err == nil {
		t.Error("no error")
	}
	if err := newTestClient(t, always(200, "")).Do(context.Background(), &Call{}); err == nil {
		t.Error("no error")
	}
}

func TestANilRequestIsRefused(t *testing.T) {
	var p *ParamError
	tr := always(200, widgetJSON)
	_, err := create(context.Background(), newTestClient(t, tr), nil)
	if !errors.As(err, &p) || p.In != "body" || tr.count() != 0 {
		t.Error(err)
	}
	op := opCreate
	op.BodyOptional = true
	call := Call{Operation: &op, Body: (*widget)(nil).ref()}
	if err := newTestClient(t, tr).Do(context.Background(), &call); err != nil || tr.texts[0] != "" {
		t.Error(err, tr.texts)
	}
}

// redirecting returns an origin whose answer is a redirect to target, and a record of what both got.
func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		for _, where := range []string{"same host", "other host", "other port", "relative", "downgrade", "sub-domain"} {
			t.Run(fmt.Sprint(status, " ", where), func(t *testing.T) {
				var reached atomic.Int32
				other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { reached.Add(1) }))
				defer other.Close()
				var origin *httptest.Server
				var hits atomic.Int32
				origin = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					hits.Add(1)
					u, _ := url.Parse(origin.URL)
					w.Header().Set("Location", map[string]string{
						"same host": origin.URL + "/b", "other host": other.URL + "/b", "other port": "https://" + u.Hostname() + ":1/b",
						"relative": "/b", "downgrade": "http://" + u.Host + "/b", "sub-domain": "https://a." + u.Host + "/b",
					}[where])
					w.WriteHeader(status)
				}))
				defer origin.Close()
				hc := origin.Client()
				hc.CheckRedirect = nil // follows, where net/http decides
				c, err := New(&testAPI, WithEndpoint(origin.URL), WithParam("project_id", "p1"), WithHTTPClient(hc), WithAuthorizer(&renewing{token: "secretword"}))
				if err != nil {
					t.Fatal(err)
				}
				for _, call := range []func() error{
					func() error { _, err := get(context.Background(), c, "w1"); return err },
					func() error { _, err := create(context.Background(), c, &widget{}); return err },
				} {
					hits.Store(0)
					err := call()
					var e *Error
					if !errors.As(err, &e) || e.Status != status || hits.Load() != 1 || reached.Load() != 0 {
						t.Errorf("%v, %d hits, %d elsewhere", err, hits.Load(), reached.Load())
					}
					if status != 304 {
						mustContain(t, fmt.Sprint(err), "redirects are not followed")
					}
				}
			})
		}
	}
}

func TestTLSIsOneTwoOrLater(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "{}") }))
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	s.StartTLS()
	defer s.Close()
	c, err := New(&testAPI, WithEndpoint(s.URL), WithParam("project_id", "p1"), WithoutRetry())
	if err != nil {
		t.Fatal(err)
	}
	tr := c.transport.(*http.Transport)
	tr.TLSClientConfig.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	_, err = get(context.Background(), c, "w1")
	if err == nil || !strings.Contains(err.Error(), "protocol version") {
		t.Errorf("got %v", err)
	}
	if tr.TLSClientConfig.MinVersion != tls.VersionTLS12 || tr.TLSClientConfig.InsecureSkipVerify {
		t.Error("TLS settings")
	}
	// A certificate that nobody vouches for is refused, and not asked for again.
	trusting := httptest.NewTLSServer(http.NotFoundHandler())
	trusting.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	defer trusting.Close()
	c, _ = New(&testAPI, WithEndpoint(trusting.URL), WithParam("project_id", "p1"))
	begun := time.Now()
	var te *TransportError
	if _, err := get(context.Background(), c, "w1"); !errors.As(err, &te) || te.Attempts != 1 {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

func TestProxyAndCookiesOnlyWhenAsked(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
	c, _ := New(&testAPI, WithRegion("north"))
	if c.transport.(*http.Transport).Proxy != nil || c.jar != nil {
		t.Error("a proxy or a jar without asking")
	}
	c, _ = New(&testAPI, WithRegion("north"), WithProxyFromEnvironment())
	if c.transport.(*http.Transport).Proxy == nil {
		t.Error("no proxy")
	}
	tr := always(200, widgetJSON, "Set-Cookie", "a=b")
	c = newTestClient(t, tr)
	for range 2 {
		_, _ = get(context.Background(), c, "w1")
	}
	if tr.seen[1].Header.Get("Cookie") != "" {
		t.Error("a cookie without a jar")
	}
	jar, _ := cookiejar.New(nil)
	c, err := New(&testAPI, WithRegion("north"), WithParam("project_id", "p1"), WithHTTPClient(&http.Client{Transport: tr, Jar: jar, Timeout: time.Second}))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, _ = get(context.Background(), c, "w1")
	}
	if got := tr.seen[3].Header.Get("Cookie"); got != "a=b" || c.call.attemptTimeout != time.Second {
		t.Error(got)
	}
}

func TestSeveralOptionsAsOne(t *testing.T) {
	c, err := New(&testAPI, Options(WithRegion("south"), nil, Options(WithUserAgent("x/1"))))
	if err != nil || c.Endpoint() != "https://south.example.com/base" || c.userAgentForTest() != "x/1 widgets/v1 pantograph" {
		t.Error(c, err)
	}
}

func (c *Client) userAgentForTest() string { return c.constants[0].values[0] }

// stuck is an authorizer that waits for its context.
type stuck struct{ dated }

func (stuck) Authorize(ctx context.Context, _ *http.Request, _ []byte, _ time.Time) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestCredentialsCountAgainstTheTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := always(200, widgetJSON)
		c := newTestClient(t, tr, WithAuthorizer(stuck{}))
		for _, opt := range []CallOption{WithAttemptTimeout(time.Second), WithTimeout(time.Second)} {
			_, err := get(context.Background(), c, "w1", opt, WithoutRetry())
			var limit *TimeoutError
			if !errors.As(err, &limit) || tr.count() != 0 {
				t.Error(err)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var te *TransportError
		if _, err := get(ctx, c, "w1"); !errors.Is(err, context.Canceled) || !errors.As(err, &te) || te.Attempts != 0 {
			t.Error(err)
		}
	})
}

func TestUserAgent(t *testing.T) {
	tr := always(200, widgetJSON)
	if _, err := get(context.Background(), newTestClient(t, tr, WithUserAgent("backup/1.2")), "w1"); err != nil {
		t.Fatal(err)
	}
	if got := tr.seen[0].Header.Get("User-Agent"); got != "backup/1.2 widgets/v1 pantograph" {
		t.Error(got)
	}
	if got := product("Huawei Cloud AS (v1)\r\n"); got != "Huawei-Cloud-AS--v1---" {
		t.Error(got)
	}
}

func TestParamHeadersGoWithSignedRequests(t *testing.T) {
	for _, tt := range []struct {
		opts []Option
		want string
	}{
		{nil, ""},
		{[]Option{WithAuthorizer(dated{})}, "p1"},
		{[]Option{WithAuthorizer(unsigned{})}, ""},
	} {
		tr := always(200, widgetJSON)
		if _, err := get(context.Background(), newTestClient(t, tr, tt.opts...), "w1"); err != nil {
			t.Fatal(err)
		}
		if got := tr.seen[0].Header.Get("X-Project-Id"); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

type unsigned struct{ dated }

func (unsigned) Signs() bool { return false }

func TestAnonymousOperationsTakeNoCredentials(t *testing.T) {
	tr := always(200, widgetJSON)
	op := opList
	op.Anonymous = true
	c := newTestClient(t, tr, WithAuthorizer(&renewing{token: "secretword"}))
	if err := c.Do(context.Background(), &Call{Operation: &op}); err != nil || tr.seen[0].Header.Get("X-Auth-Token") != "" {
		t.Error(err)
	}
	tr = always(401, ``)
	a := &renewing{token: "secretword", renewals: 1}
	_ = newTestClient(t, tr, WithAuthorizer(a)).Do(context.Background(), &Call{Operation: &op})
	if a.asked != 0 {
		t.Error("asked")
	}
}

type refusing struct{ dated }

func (refusing) Authorize(context.Context, *http.Request, []byte, time.Time) error {
	return errors.New("no key")
}

func TestFailingCredentialsSendNothing(t *testing.T) {
	tr := always(200, widgetJSON)
	_, err := get(context.Background(), newTestClient(t, tr, WithAuthorizer(refusing{})), "w1")
	var a *AuthError
	if !errors.As(err, &a) || tr.count() != 0 {
		t.Errorf("%v, %d sent", err, tr.count())
	}
}

// unknown is somebody whom the login does not find.
type unknown struct{ dated }

func (unknown) Authorize(context.Context, *http.Request, []byte, time.Time) error {
	return fmt.Errorf("getting credentials: %w", &Error{Operation: "Login", Status: 404, Class: ErrNotFound})
}

// TestALoginThatFindsNobodySaysNothingOfTheObject is about what would take the object of a call for gone.
func TestALoginThatFindsNobodySaysNothingOfTheObject(t *testing.T) {
	c := newTestClient(t, always(200, widgetJSON), WithAuthorizer(unknown{}))
	_, err := get(context.Background(), c, "w1")
	var login *Error
	if errors.Is(err, ErrNotFound) || !errors.Is(err, ErrUnauthenticated) || errors.Is(err, ErrInvalid) || !errors.As(err, &login) || login.Status != 404 {
		t.Error(err)
	}
	if err := c.Do(context.Background(), &Call{Operation: &Operation{ID: "Delete", Method: "DELETE", Path: "/w"}, Options: []CallOption{IgnoreMissing()}}); !errors.Is(err, ErrUnauthenticated) {
		t.Error(err)
	}
}

func TestExtraBodyMembers(t *testing.T) {
	for _, tt := range []struct {
		opts []CallOption
		want string // body, or part of the error
	}{
		{[]CallOption{WithBodyMember("x", 1), WithBodyMember("y", map[string]string{"<": ">"})}, `{"name":"web","x":1,"y":{"\u003c":"\u003e"}}`},
		{[]CallOption{WithBodyMember("name", 1)}, "is in the request already"},
		{[]CallOption{WithBodyMember("x", 1), WithBodyMember("x", 2)}, "is in the request already"},
		{[]CallOption{WithBodyMember("x", func() {})}, "cannot be written as JSON"},
		{[]CallOption{WithBodyMember(`q"`, nil)}, `{"name":"web","q\"":null}`},
	} {
		tr := always(200, widgetJSON)
		_, err := create(context.Background(), newTestClient(t, tr), &widget{Name: "web"}, tt.opts...)
		got := fmt.Sprint(err)
		if err == nil {
			got = tr.texts[0]
		}
		mustContain(t, got, tt.want)
	}
	tr := always(200, widgetJSON)
	op := opCreate
	if err := newTestClient(t, tr).Do(context.Background(), &Call{Operation: &op, Options: []CallOption{WithBodyMember("x", 1)}}); err != nil || tr.texts[0] != `{"x":1}` {
		t.Error(err, tr.texts)
	}
	if got := tr.seen[0].Header.Get("Content-Type"); got != "application/json;charset=UTF-8" {
		t.Error(got)
	}
}

func TestSendGoesTheSameWay(t *testing.T) {
	tr := script(answer(429, ""), answer(201, `text`, "Content-Type", "text/plain", "X-Request-Id", "r1"))
	c := newTestClient(t, tr, WithAuthorizer(&renewing{token: "t"}), WithRetry(RetryPolicy{Base: 1}))
	var raw RawResponse
	got, err := c.Send(context.Background(), "POST", "/v1/{project_id}/things/{id}", map[string]int{"a": 1}, WithParam("id", "a b"), WithQuery("q", "1"), WithResponseInto(&raw))
	if err != nil || got.Status != 201 || string(got.Body) != "text" || got.RequestID != "r1" || got.Attempts != 2 || raw.Status != 201 {
		t.Fatalf("%v %v", got, err)
	}
	r := tr.seen[1]
	if r.URL.RequestURI() != "/v1/p1/things/a%20b?q=1" || r.Header.Get("X-Auth-Token") != "t" || tr.texts[1] != `{"a":1}` || r.Header.Get("Content-Type") != "application/json" {
		t.Error(r.URL, r.Header, tr.texts[1])
	}
	for _, path := range []string{"/a?b=c", "//evil.example.com/", "https://evil.example.com/", "/a/../b", "/a#b"} {
		n := tr.count()
		if _, err := c.Send(context.Background(), "GET", path, nil); err == nil || tr.count() != n {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := c.Send(context.Background(), "GET /x HTTP/1.1\r\nX: y", "/", nil); err == nil || strings.ContainsAny(err.Error(), "\r\n") {
		t.Errorf("a method with line ends: %v", err)
	}
	if _, err := c.Send(context.Background(), "POST", "/", make(chan int)); err == nil {
		t.Error("a channel was accepted as a body")
	}
	if _, err := newTestClient(t, always(404, ``)).Send(context.Background(), "GET", "/x", nil); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if _, err := c.Send(context.Background(), "PUT", "/x", []byte("raw"), WithHeader("Content-Type", "text/csv")); err != nil {
		t.Error(err)
	}
	if n := tr.count() - 1; tr.texts[n] != "raw" || tr.seen[n].Header.Get("Content-Type") != "text/csv" {
		t.Error(tr.texts[n], tr.seen[n].Header)
	}
}

func TestADryRunSendsNothing(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr, WithAuthorizer(queryToken{}))
	var d DryRun
	_, err := create(context.Background(), c, &widget{Name: "web"}, WithDryRun(&d), WithQuery("a", "b"))
	if !errors.Is(err, ErrDryRun) || tr.count() != 0 {
		t.Fatalf("%v, %d sent", err, tr.count())
	}
	if d.Method != "POST" || d.URL != "https://north.example.com/v1/p1/widgets?a=b&token=secretword" || string(d.Body) != `{"name":"web"}` ||
		d.Header.Get("Authorization") != "secretword" || d.Header.Get("Content-Type") != "application/json;charset=UTF-8" {
		t.Errorf("%q %q %q %q", d.Method, d.URL, d.Header, d.Body)
	}
	text := fmt.Sprintf("%v %+v %#v %s", d, &d, d, d)
	if strings.Contains(text, "secretword") {
		t.Error(text)
	}
	mustContain(t, text, "POST https://north.example.com/v1/p1/widgets?a=b", "Authorization: ***", `{"name":"web"}`)
}

type queryToken struct{ dated }

func (queryToken) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	r.URL.RawQuery += "&token=secretword"
	r.Header.Set("Authorization", "secretword")
	r.Header.Set("X-Auth-Token", "secretword")
	return nil
}

func TestMiddleware(t *testing.T) {
	var order []string
	mark := func(name string) Middleware {
		return func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) {
				info, ok := CallFrom(r.Context())
				order = append(order, fmt.Sprintf("%s%d%v%s", name, info.Attempt, ok, info.Operation.ID))
				if r.Header.Get("Authorization") != "" {
					t.Error("middleware sees credentials")
				}
				return next(r)
			}
		}
	}
	tr := script(answer(429, ""), answer(200, widgetJSON))
	c := newTestClient(t, tr, WithMiddleware(mark("a"), mark("b")), WithAuthorizer(queryToken{}), WithRetry(RetryPolicy{Base: 1}))
	if _, err := get(context.Background(), c, "w1"); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "a1trueGetWidget b1trueGetWidget a2trueGetWidget b2trueGetWidget" {
		t.Error(got)
	}
	if tr.seen[1].Header.Get("Authorization") != "secretword" {
		t.Error("no credentials")
	}
	if _, ok := CallFrom(context.Background()); ok {
		t.Error("a call from nowhere")
	}
}

// signed records what was signed.
type signed struct {
	dated
	bodies []string
}

func (s *signed) Authorize(_ context.Context, r *http.Request, body []byte, _ time.Time) error {
	if r.Header.Get("Authorization") != "" {
		return errors.New("signed twice")
	}
	s.bodies = append(s.bodies, string(body))
	r.Header.Set("Authorization", "x")
	return nil
}

func TestMiddlewareMayChangeTheRequest(t *testing.T) {
	for _, tt := range []struct {
		name  string
		ware  Middleware
		sent  []string // bodies
		fails string
	}{
		{"header", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { r.Header.Set("X-A", "1"); return next(r) }
		}, []string{`{"name":"web"}`}, ""},
		{"body", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) {
				r.Body = io.NopCloser(strings.NewReader("other"))
				return next(r)
			}
		}, []string{"other"}, ""},
		{"no body", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { r.Body = nil; return next(r) }
		}, []string{""}, ""},
		{"twice", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) {
				if _, err := next(r); err != nil {
					return nil, err
				}
				return next(r)
			}
		}, []string{`{"name":"web"}`, `{"name":"web"}`}, ""},
		{"answers itself", func(Doer) Doer {
			return func(*http.Request) (*http.Response, error) { return reply(200, widgetJSON), nil }
		}, nil, ""},
		{"read body", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { _, _ = io.ReadAll(r.Body); return next(r) }
		}, []string{`{"name":"web"}`}, ""},
		{"other host", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { r.URL.Host = "evil.example.com"; return next(r) }
		}, nil, "another host"},
		{"other Host header", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { r.Host = "evil.example.com"; return next(r) }
		}, nil, "another host"},
		{"other path", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) {
				r.URL.Path, r.URL.RawPath = "/a/../b", ""
				return next(r)
			}
		}, nil, "dot segment"},
		{"lost context", func(next Doer) Doer {
			return func(r *http.Request) (*http.Response, error) { return next(r.WithContext(context.Background())) }
		}, nil, "context"},
		{"fails", func(Doer) Doer {
			return func(*http.Request) (*http.Response, error) { return nil, errors.New("circuit open") }
		}, nil, "circuit open"},
		{"gives nothing", func(Doer) Doer {
			return func(*http.Request) (*http.Response, error) { return nil, nil }
		}, nil, "neither"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := always(200, widgetJSON)
			a := new(signed)
			_, err := create(context.Background(), newTestClient(t, tr, WithMiddleware(tt.ware), WithAuthorizer(a)), &widget{Name: "web"})
			if (err != nil) != (tt.fails != "") {
				t.Fatal(err)
			}
			if err != nil {
				mustContain(t, err.Error(), tt.fails)
			}
			if got, want := fmt.Sprintf("%q", tr.texts), fmt.Sprintf("%q", tt.sent); got != want {
				t.Errorf("sent %s, want %s", got, want)
			}
			if got, want := fmt.Sprintf("%q", a.bodies), fmt.Sprintf("%q", tt.sent); got != want {
				t.Errorf("signed %s, want %s", got, want)
			}
		})
	}
}

func TestAHundredGoroutinesShareAClient(t *testing.T) {
	var n atomic.Int32
	tr := &stateless{func(r *http.Request) (*http.Response, error) {
		switch n.Add(1) % 7 {
		case 0:
			return reply(503, ""), nil
		case 1:
			return nil, errReset
		case 2:
			return reply(401, ""), nil
		}
		return reply(200, widgetJSON, "X-Request-Id", r.URL.Path), nil
	}}
	c := newTestClient(t, tr, WithRetry(RetryPolicy{Base: time.Microsecond}), WithHeader("X-Base", "1"), WithoutRule("a"),
		WithObserver(func(context.Context, Event) {}), WithLogger(slog.New(slog.DiscardHandler)), WithMiddleware(func(next Doer) Doer { return next }), WithAuthorizer(dated{}))
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			for range 20 {
				id := fmt.Sprint("w", i)
				var raw RawResponse
				_, err := get(context.Background(), c, id, WithHeader("X-Own", id), WithParam("project_id", id), WithResponseInto(&raw), WithQuery("i", id), WithoutRule(id))
				if err == nil && raw.RequestID != "/v1/"+id+"/widgets/"+id {
					t.Errorf("%s got the answer of %s", id, raw.RequestID)
				}
				_, _ = create(context.Background(), c, &widget{Name: id}, WithBodyMember("x", i))
			}
		})
	}
	wg.Wait()
	if len(c.call.headers) != 1 || len(c.call.params) != 1 {
		t.Error("a call changed its client")
	}
}

type stateless struct {
	answer func(*http.Request) (*http.Response, error)
}

func (s *stateless) RoundTrip(r *http.Request) (*http.Response, error) {
	if own := r.Header.Get("X-Own"); own != "" && (r.URL.Path != "/v1/"+own+"/widgets/"+own || r.URL.RawQuery != "i="+own) {
		return nil, fmt.Errorf("mixed up: %s and %s", own, r.URL)
	}
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
	}
	return s.answer(r)
}
