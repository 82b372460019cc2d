package auth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
	"github.com/pantograph-go/pantograph/generator/rt/sign"
)

// signer is the glue that generated code writes between the two packages.
func signer(r *http.Request, body []byte, c auth.Credentials, now time.Time) error {
	key := sign.Key{Access: c.AccessKey, Secret: c.SecretKey, SecurityToken: c.SecurityToken}
	return sign.Sign(r, body, key, now, sign.Options{})
}

var (
	keyOnly   = auth.Credentials{AccessKey: "AK", SecretKey: "SK"}
	tokenOnly = auth.Credentials{Token: `to;k=e n&+`}
	both      = auth.Credentials{AccessKey: "AK", SecretKey: "SK", Token: "t"}
	plain     = auth.Credentials{Token: "t0k"}
)

func TestAuthorize(t *testing.T) {
	for _, c := range []struct {
		name  string
		a     func(auth.Provider) auth.Authorizer
		creds auth.Credentials
		want  string // the part of the request that changed, "error" if none
	}{
		{"signed", func(p auth.Provider) auth.Authorizer { return auth.Signed(p, signer) }, keyOnly,
			"Authorization: SDK-HMAC-SHA256 Access=AK, SignedHeaders=cookie;x-project-id;x-sdk-date, Signature="},
		{"signed, token only", func(p auth.Provider) auth.Authorizer { return auth.Signed(p, signer) }, plain, "error"},
		{"any, key", func(p auth.Provider) auth.Authorizer { return auth.Any(p, signer, "X-Auth-Token") }, both,
			"Authorization: SDK-HMAC-SHA256 Access=AK"},
		{"any, token", func(p auth.Provider) auth.Authorizer { return auth.Any(p, signer, "X-Auth-Token") }, plain,
			"X-Auth-Token: t0k"},
		{"any, nothing", func(p auth.Provider) auth.Authorizer { return auth.Any(p, signer, "X-Auth-Token") }, auth.Credentials{}, "error"},
		{"header", func(p auth.Provider) auth.Authorizer { return auth.Header(p, "X-Auth-Token", "") }, tokenOnly,
			"X-Auth-Token: to;k=e n&+"},
		{"header, newline", func(p auth.Provider) auth.Authorizer { return auth.Header(p, "X-Auth-Token", "") },
			auth.Credentials{Token: "a\r\nX: b"}, "error"},
		{"bearer", auth.Bearer, plain, "Authorization: Bearer t0k"},
		{"bearer, no token", auth.Bearer, keyOnly, "error"},
		{"basic", auth.Basic, keyOnly, "Authorization: Basic QUs6U0s="},
		{"basic, no password", auth.Basic, auth.Credentials{AccessKey: "u"}, "Authorization: Basic dTo="},
		{"basic, colon", auth.Basic, auth.Credentials{AccessKey: "a:b"}, "error"},
		{"basic, no user", auth.Basic, plain, "error"},
		{"query", func(p auth.Provider) auth.Authorizer { return auth.Query(p, "api key") }, tokenOnly,
			"?a=1&b=2&api+key=to%3Bk%3De+n%26%2B"},
		{"query replaced", func(p auth.Provider) auth.Authorizer { return auth.Query(p, "b") }, plain, "?a=1&b=t0k"},
		{"query, no token", func(p auth.Provider) auth.Authorizer { return auth.Query(p, "b") }, keyOnly, "error"},
		{"cookie", func(p auth.Provider) auth.Authorizer { return auth.Cookie(p, "sid") }, plain, "Cookie: x=1; s=2; sid=t0k"},
		{"cookie replaced", func(p auth.Provider) auth.Authorizer { return auth.Cookie(p, "x") }, plain, "Cookie: s=2; x=t0k"},
		{"cookie, semicolon", func(p auth.Provider) auth.Authorizer { return auth.Cookie(p, "sid") }, tokenOnly, "error"},
		{"cookie, no token", func(p auth.Provider) auth.Authorizer { return auth.Cookie(p, "sid") }, keyOnly, "error"},
		{"all", func(p auth.Provider) auth.Authorizer { return auth.All(auth.Query(p, "k"), auth.Bearer(p)) }, plain,
			"?a=1&b=2&k=t0k\nAuthorization: Bearer t0k"},
		{"all, one fails", func(p auth.Provider) auth.Authorizer { return auth.All(auth.Query(p, "k"), auth.Basic(p)) }, plain, "error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := http.NewRequest("GET", "https://h.example/p?a=1&b=2", nil)
			r.Header.Set("Cookie", "x=1;s=2")
			r.Header.Set("X-Project-Id", "p1")
			shared := r.URL
			err := c.a(auth.Static(c.creds)).Authorize(t.Context(), r, nil, time.Unix(1_800_000_000, 0))
			if c.want == "error" {
				if err == nil {
					t.Errorf("no error: %s %q", r.URL, r.Header)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var dump bytes.Buffer
			fmt.Fprintf(&dump, "?%s\n", r.URL.RawQuery)
			if err := r.Header.Write(&dump); err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(dump.String(), "\r", ""); !strings.Contains(got, c.want) {
				t.Errorf("%s\nwant %s", got, c.want)
			}
			if shared.RawQuery != "a=1&b=2" {
				t.Error("the URL of the original request is changed")
			}
		})
	}
}

func TestAuthorizeProviderFails(t *testing.T) {
	cause := errors.New("cause")
	p := auth.ProviderFunc(func(context.Context) (auth.Credentials, error) { return auth.Credentials{}, cause })
	r, _ := http.NewRequest("GET", "https://h.example/", nil)
	if err := auth.Bearer(p).Authorize(t.Context(), r, nil, time.Now()); !errors.Is(err, cause) || len(r.Header) > 0 {
		t.Errorf("%v %q", err, r.Header)
	}
}

// FuzzQuery: the server sees the token, whatever it is, and the other parameters as before.
func FuzzQuery(f *testing.F) {
	f.Add("a=1&b=2", "key", "t&o=k")
	f.Add("key=x&&k%65y=y", "key", "")
	f.Fuzz(func(t *testing.T, query, name, token string) {
		before, err := url.ParseQuery(query)
		if err != nil || token == "" {
			return
		}
		if strings.ContainsFunc(query, func(c rune) bool { return c <= ' ' }) {
			return // not a query that net/http would send
		}
		r := &http.Request{URL: &url.URL{RawQuery: query}}
		if err := auth.Query(auth.Static(auth.Credentials{Token: token}), name).Authorize(t.Context(), r, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		after, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		before[name] = []string{token}
		if before.Encode() != after.Encode() {
			t.Fatalf("%q became %q", query, r.URL.RawQuery)
		}
	})
}

// attempt sends a request once, as the transport does.
func attempt(ctx context.Context, client *http.Client, target string, a auth.Authorizer, now time.Time) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, "GET", target, nil)
	if err != nil {
		return nil, err
	}
	if err := a.Authorize(ctx, r, nil, now); err != nil {
		return nil, err
	}
	resp, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp, err
}

// TestTokenIsRenewedOnce: 100 goroutines meet the end of one token.
func TestTokenIsRenewedOnce(t *testing.T) {
	var valid atomic.Pointer[string]
	first, second := "t1", "t2"
	valid.Store(&first)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Auth-Token") != *valid.Load() {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	var issued atomic.Int32
	source := auth.ProviderFunc(func(context.Context) (auth.Credentials, error) {
		time.Sleep(time.Millisecond)
		return auth.Credentials{Token: fmt.Sprintf("t%d", issued.Add(1))}, nil
	})
	a := auth.Any(auth.Cached(source, nil, 0), signer, "X-Auth-Token")
	call := func() error {
		resp, err := attempt(t.Context(), server.Client(), server.URL, a, time.Now())
		if err == nil && a.Rejected(t.Context(), resp) {
			resp, err = attempt(t.Context(), server.Client(), server.URL, a, time.Now())
		}
		if err == nil && resp.StatusCode != http.StatusOK {
			err = errors.New(resp.Status)
		}
		return err
	}
	if err := call(); err != nil {
		t.Fatal(err)
	}
	valid.Store(&second)
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			for range 5 {
				if err := call(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := issued.Load(); n != 2 {
		t.Errorf("%d tokens issued, want 2", n)
	}
}

func TestRejected(t *testing.T) {
	n := 0
	counted := auth.ProviderFunc(func(context.Context) (auth.Credentials, error) {
		n++
		return auth.Credentials{Token: fmt.Sprint(n)}, nil
	})
	answer := func(a auth.Authorizer, status int, lost bool) *http.Response {
		r, _ := http.NewRequest("GET", "https://h.example/", nil)
		if err := a.Authorize(t.Context(), r, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		if lost {
			r = nil
		}
		return &http.Response{StatusCode: status, Request: r}
	}
	cached := auth.Bearer(auth.Cached(counted, nil, 0))
	static := auth.Bearer(auth.Static(plain))
	if cached.Rejected(t.Context(), answer(cached, 403, false)) || n != 1 {
		t.Errorf("403: renewed, %d calls", n)
	}
	if !cached.Rejected(t.Context(), answer(cached, 401, false)) || n != 2 {
		t.Errorf("401: not renewed, %d calls", n)
	}
	if !cached.Rejected(t.Context(), answer(cached, 401, true)) || n != 3 {
		t.Errorf("401, request lost: not renewed, %d calls", n)
	}
	old := answer(cached, 401, false)
	cached.Rejected(t.Context(), old)
	if !cached.Rejected(t.Context(), old) || n != 4 {
		t.Errorf("401 with a token that is gone: %d calls", n)
	}
	if static.Rejected(t.Context(), answer(static, 401, false)) || static.Rejected(t.Context(), answer(static, 401, true)) {
		t.Error("static credentials are tried again")
	}
	pair := auth.All(static, cached)
	if resp := answer(pair, 401, false); !pair.Rejected(t.Context(), resp) || n != 5 {
		t.Errorf("one of two can be renewed: %d calls", n)
	}

	other := auth.Bearer(auth.Cached(counted, nil, 0))
	pair = auth.All(cached, other)
	if resp := answer(pair, 401, false); !pair.Rejected(t.Context(), resp) || n != 8 {
		t.Errorf("both can be renewed, and both are: %d calls", n)
	}

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if cached.Rejected(ended, answer(cached, 401, false)) {
		t.Error("retry after the context has ended")
	}
}

// TestSkewedClock: a client whose clock is 20 minutes slow is refused once, then corrects itself.
func TestSkewedClock(t *testing.T) {
	serverNow := func() time.Time { return time.Now().Add(20 * time.Minute) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", serverNow().UTC().Format(http.TimeFormat))
		_, err := sign.Verify(r, nil, serverNow(), func(ak string) (string, bool) { return "SK", ak == "AK" })
		if err != nil {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	a := auth.Signed(auth.Static(keyOnly), signer)
	var clock auth.Clock
	var status []int
	for range 3 {
		before := clock.Offset()
		resp, err := attempt(t.Context(), server.Client(), server.URL, a, clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		clock.Observe(resp.Header.Get("Date"), time.Now())
		if again := clock.Offset() != before; again != (resp.StatusCode == 401) {
			t.Errorf("status %d, offset changed: %t", resp.StatusCode, again)
		}
		if a.Rejected(t.Context(), resp) {
			t.Error("static credentials are tried again")
		}
		status = append(status, resp.StatusCode)
	}
	if fmt.Sprint(status) != "[401 200 200]" {
		t.Error(status)
	}
}

// TestRotatedKey: temporary keys are replaced after a 401, and each request is signed by one set.
func TestRotatedKey(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := sign.Verify(r, nil, time.Now(), func(ak string) (string, bool) { return "S2", ak == "A2" })
		if err != nil || r.Header.Get("X-Security-Token") != "T2" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	var n atomic.Int32
	a := auth.Signed(auth.Cached(auth.ProviderFunc(func(context.Context) (auth.Credentials, error) {
		i := n.Add(1)
		return auth.Credentials{AccessKey: fmt.Sprintf("A%d", i), SecretKey: fmt.Sprintf("S%d", i), SecurityToken: fmt.Sprintf("T%d", i)}, nil
	}), nil, 0), signer)
	resp, err := attempt(t.Context(), server.Client(), server.URL, a, time.Now())
	if err != nil || resp.StatusCode != 401 || !a.Rejected(t.Context(), resp) {
		t.Fatalf("%v, %v", resp, err)
	}
	resp, err = attempt(t.Context(), server.Client(), server.URL, a, time.Now())
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("%v, %v", resp, err)
	}
}

// A client for a cloud that takes access keys as well as tokens looks for either, in the environment first.
func ExampleAny() {
	names := auth.Names{AccessKey: "CLOUD_AK", SecretKey: "CLOUD_SK", SecurityToken: "CLOUD_SECURITY_TOKEN", Token: "CLOUD_TOKEN"}
	keys := auth.Names{AccessKey: "ak", SecretKey: "sk", SecurityToken: "security_token"}
	var clock auth.Clock
	credentials := auth.Cached(auth.Chain(
		auth.FromEnv(names),
		auth.FromFile("testdata/no-such-file", "basic", keys),
		auth.Static(auth.Credentials{AccessKey: "EXAMPLEACCESSKEY0001", SecretKey: "example"}),
	), clock.Now, 5*time.Minute)

	// The glue between this package and the one that knows the signature scheme.
	authorizer := auth.Any(credentials, func(r *http.Request, body []byte, c auth.Credentials, now time.Time) error {
		key := sign.Key{Access: c.AccessKey, Secret: c.SecretKey, SecurityToken: c.SecurityToken}
		return sign.Sign(r, body, key, now, sign.Options{})
	}, "X-Auth-Token")

	ctx := context.Background()
	r, _ := http.NewRequestWithContext(ctx, "GET", "https://as.example.com/v1/p1/groups?limit=20", nil)
	r.Header.Set("X-Project-Id", "p1")
	now := time.Date(2024, 7, 22, 8, 15, 30, 0, time.UTC) // a client passes clock.Now()
	if err := authorizer.Authorize(ctx, r, nil, now); err != nil {
		fmt.Println(err)
	}
	signed, _, _ := strings.Cut(r.Header.Get("Authorization"), ", Signature=")
	fmt.Println(signed)
	// Output: SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, SignedHeaders=x-project-id;x-sdk-date
}

// remembering is a context of one request, as package rt has it.
type remembering struct {
	context.Context
	refuses    bool
	key, value any
}

func (c *remembering) Value(key any) any {
	if c.key != nil && key == c.key {
		return c.value
	}
	return c.Context.Value(key)
}

func (c *remembering) Remember(key, value any) bool {
	if !c.refuses {
		c.key, c.value = key, value
	}
	return !c.refuses
}

// What was put on a request is known of it afterwards, wherever it is kept, also when the next request has got something
// else.
func TestAContextMayKeepWhatWasUsed(t *testing.T) {
	for _, refuses := range []bool{false, true} {
		n := 0
		counted := auth.ProviderFunc(func(context.Context) (auth.Credentials, error) {
			n++
			return auth.Credentials{Token: fmt.Sprint((n + 1) / 2)}, nil // each token is given twice
		})
		a := auth.Bearer(counted)
		ctx := &remembering{Context: t.Context(), refuses: refuses}
		first, _ := http.NewRequestWithContext(ctx, "GET", "https://h.example/", nil)
		if err := a.Authorize(t.Context(), first, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		if kept := first.Context() == context.Context(ctx); kept == refuses || kept != (ctx.value != nil) {
			t.Errorf("refuses %v: kept %v, %v", refuses, kept, ctx.value)
		}
		if a.Rejected(t.Context(), &http.Response{StatusCode: 401, Request: first}) { // the same once more
			t.Errorf("refuses %v: nothing new, and yet a retry", refuses)
		}
		second, _ := http.NewRequest("GET", "https://h.example/", nil)
		if err := a.Authorize(t.Context(), second, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		if !a.Rejected(t.Context(), &http.Response{StatusCode: 401, Request: first}) || second.Header.Get("Authorization") != "Bearer 2" {
			t.Errorf("refuses %v: the first request was sent with something else", refuses)
		}
	}
}
