package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/auth"
)

type answer struct{ n int }

// logins counts logins and gives tokens that live for a time.
func logins(n *atomic.Int64, life time.Duration) Login[answer] {
	return func(ctx context.Context) (*answer, Grant, error) {
		i := int(n.Add(1))
		time.Sleep(time.Second) // the bubble's
		return &answer{i}, Grant{Token: fmt.Sprint("token-", i), Expires: time.Now().Add(life), Endpoints: []Endpoint{{Type: "as", URL: fmt.Sprint("https://as/", i)}}}, nil
	}
}

func TestOneLoginForAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		s := New(logins(&n, time.Hour))
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				token, expires, err := s.Token(t.Context())
				assert.NoError(t, err)
				assert.Equal(t, "token-1", token)
				assert.False(t, expires.IsZero())
			})
		}
		all.Wait()
		a, err := s.Granted(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 1, a.n)
		assert.EqualValues(t, 1, n.Load())
	})
}

func TestATokenIsReplacedBeforeItEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		s := New(logins(&n, time.Hour))
		first, _, err := s.Token(t.Context())
		require.NoError(t, err)
		time.Sleep(time.Hour - Margin + time.Second)
		still, _, err := s.Token(t.Context()) // nobody waits: the login runs beside
		require.NoError(t, err)
		assert.Equal(t, first, still)
		time.Sleep(2 * time.Second)
		next, _, err := s.Token(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "token-2", next)
		url, err := s.Endpoint(t.Context(), EndpointQuery{Type: "as"})
		require.NoError(t, err)
		assert.Equal(t, "https://as/2", url, "the catalog is that of the token at hand")
	})
}

func TestARejectedTokenIsReplacedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		s := New(logins(&n, time.Hour))
		c, err := s.Credentials(t.Context())
		require.NoError(t, err)
		var all sync.WaitGroup
		for range 20 { // all of them met the end of the same token
			all.Go(func() {
				s.Drop(c)
				next, err := s.Credentials(t.Context())
				assert.NoError(t, err)
				assert.Equal(t, "token-2", next.Token)
			})
		}
		all.Wait()
		assert.EqualValues(t, 2, n.Load())
	})
}

// TestARejectedTokenIsReplacedForAllClients has a server end a token that two clients have of one session, one as credentials and one
// as a source of tokens. The session hears of it through both, and logs in again once.
func TestARejectedTokenIsReplacedForAllClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		s := New(logins(&n, time.Hour))
		for name, a := range map[string]auth.Authorizer{"credentials": auth.Bearer(auth.Cached(s, nil, time.Minute)), "tokens": auth.Bearer(auth.Tokens(s))} {
			send := func() *http.Request {
				r := httptest.NewRequest(http.MethodGet, "https://example.com/", nil)
				require.NoError(t, a.Authorize(t.Context(), r, nil, time.Now()), name)
				return r
			}
			before := n.Load()
			first := send()
			before = max(before, 1) // the first client logs in
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					assert.True(t, a.Rejected(t.Context(), &http.Response{StatusCode: http.StatusUnauthorized, Request: first}), name)
				})
			}
			all.Wait()
			assert.NotEqual(t, first.Header.Get("Authorization"), send().Header.Get("Authorization"), name)
			assert.Equal(t, before+1, n.Load(), name)
		}
	})
}

// TestAClockThatIsAhead has tokens end before they are granted, by the clock here. They serve until they are rejected.
func TestAClockThatIsAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		s := New(logins(&n, -time.Hour))
		for range 3 {
			c, err := s.Credentials(t.Context())
			require.NoError(t, err)
			assert.Equal(t, "token-1", c.Token)
			assert.Zero(t, c.Expires)
		}
		s.Drop(auth.Credentials{Token: "token-1"})
		token, _, err := s.Token(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "token-2", token)
		assert.EqualValues(t, 2, n.Load())
	})
}

func TestAFailedLoginIsNotKept(t *testing.T) {
	fails := true
	s := New(func(context.Context) (*answer, Grant, error) {
		if fails {
			return nil, Grant{}, errors.New("wrong password")
		}
		return &answer{}, Grant{Token: "t"}, nil
	})
	_, err := s.Granted(t.Context())
	require.ErrorContains(t, err, "wrong password")
	fails = false
	_, err = s.Granted(t.Context())
	require.NoError(t, err)
}

func TestALoginWithoutATokenIsAnError(t *testing.T) {
	s := New(func(context.Context) (*answer, Grant, error) { return &answer{}, Grant{}, nil })
	_, err := s.Credentials(t.Context())
	require.ErrorContains(t, err, "no token")
	_, err = s.Endpoint(t.Context(), EndpointQuery{Type: "as"})
	require.Error(t, err)
}

func TestASessionPrintsNoToken(t *testing.T) {
	s := New(func(context.Context) (*answer, Grant, error) { return &answer{}, Grant{Token: "s3cret"}, nil })
	_, err := s.Granted(t.Context())
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		assert.NotContains(t, fmt.Sprintf(verb, s), "s3cret", verb)
	}
	var _ auth.Dropper = s
	var _ auth.TokenSource = s
}

func TestFind(t *testing.T) {
	catalog := []Endpoint{
		{Type: "compute", Name: "old", Region: "ORD", URL: "https://ord.old"},
		{Type: "compute", Name: "new", Region: "ORD", URL: "https://ord.new"},
		{Type: "as", Region: "eu-de", Interface: "public", URL: "https://as.eu-de"},
		{Type: "as", Region: "eu-de", Interface: "internal", URL: "https://internal"},
		{Type: "as", Region: "eu-nl", Interface: "publicURL", URL: "https://as.eu-nl"},
		{Type: "dns", Region: "*", URL: "https://dns"},
		{Type: "cdn", URL: "https://cdn"},
		{Type: "cdn", Region: "ORD", URL: "https://cdn.ord"},
		{Type: "twice", Region: "A", URL: "https://twice"},
		{Type: "twice", Region: "B", URL: "https://twice"},
		{Type: "empty"},
	}
	for _, c := range []struct {
		q    EndpointQuery
		want string // a URL, or what the error says
	}{
		{EndpointQuery{Type: "as", Region: "EU-DE"}, "https://as.eu-de"},
		{EndpointQuery{Type: "as", Region: "eu-de", Interface: "internal"}, "https://internal"},
		{EndpointQuery{Type: "as"}, `the service "as" has several endpoints: choose one of the regions "eu-de", "eu-nl"`},
		{EndpointQuery{Type: "as", Region: "eu-fr"}, `the service "as" has no endpoint in the region "eu-fr": the regions are "eu-de", "eu-nl"`},
		{EndpointQuery{Type: "compute", Region: "ORD", Name: "new"}, "https://ord.new"},
		{EndpointQuery{Type: "compute", Region: "ORD", Name: "other"}, `the service "compute" has 2 endpoints in the region "ORD"`},
		{EndpointQuery{Type: "dns", Region: "eu-de"}, "https://dns"},
		{EndpointQuery{Type: "cdn", Region: "ord"}, "https://cdn.ord"},
		{EndpointQuery{Type: "cdn", Region: "dfw"}, "https://cdn"},
		{EndpointQuery{Type: "twice"}, "https://twice"},
		{EndpointQuery{Type: "empty"}, `the catalog has no service of type "empty": it has "as", "cdn", "compute", "dns", "twice"`},
		{EndpointQuery{Type: "gone"}, `the catalog has no service of type "gone": it has "as", "cdn", "compute", "dns", "empty", "twice"`},
	} {
		url, err := Find(catalog, c.q)
		if err != nil {
			url = err.Error()
		}
		assert.Equal(t, c.want, url, "%+v", c.q)
	}
	_, err := Find(nil, EndpointQuery{Type: "as"})
	require.EqualError(t, err, `the catalog has no service of type "as"`)
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		address, path, endpoint string
		params                  [][2]string
	}{
		{"https://ord.example.com/v1.0/676873", "/v1.0/{tenantId}", "https://ord.example.com", [][2]string{{"tenantId", "676873"}}},
		{"https://ord.example.com/v1.0/676873/", "/v1.0/{tenantId}", "https://ord.example.com", [][2]string{{"tenantId", "676873"}}},
		{"https://as.example.com/base/autoscaling-api/v1/p%20q", "/autoscaling-api/v1/{project_id}", "https://as.example.com/base", [][2]string{{"project_id", "p q"}}},
		{"https://as.example.com", "/autoscaling-api/v1/{project_id}", "https://as.example.com", nil},
		{"https://as.example.com/autoscaling-api/v2/p", "/autoscaling-api/v1/{project_id}", "https://as.example.com/autoscaling-api/v2/p", nil},
		{"https://as.example.com", "/{host}", "https://as.example.com", nil},
		{"https://as.example.com/x", "", "https://as.example.com/x", nil},
		{"https://as.example.com/%zz", "/{a}", "https://as.example.com/%zz", nil},
		{"", "/{a}", "", nil},
	} {
		endpoint, params := split(c.address, c.path)
		assert.Equal(t, c.endpoint, endpoint, c.address)
		assert.Equal(t, c.params, params, c.address)
	}
}
