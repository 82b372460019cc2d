package huaweicloud_test

import (
	"context"
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

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/iam"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/iam/iamtest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// identity is a fake identity service: it counts logins, and its tokens live for an hour.
func identity(t *testing.T, logins *atomic.Int64) *iam.Session[iam.Token] {
	server := &iamtest.Server{CreateToken: func(ctx context.Context, _ *iam.CreateTokenParams, req *iam.CreateTokenRequest) (*iam.Token, error) {
		if req.Auth.Identity.Password.User.Password != "right" {
			return nil, iam.ErrUnauthenticated
		}
		n := logins.Add(1)
		fake.AnswerOf(ctx).Header.Set("X-Subject-Token", fmt.Sprint("token-", n))
		return &iam.Token{ExpiresAt: time.Now().Add(time.Hour), Catalog: []iam.CatalogEntry{{
			Type: "as", Name: "as", Endpoints: []iam.Endpoint{{RegionID: "eu-de", Interface: "public", URL: "https://as.eu-de.example.com"}},
		}}}, nil
	}}
	client, err := server.Client(iam.WithoutRetry())
	require.NoError(t, err)
	return client.Tokens.Session(nil, login("right"))
}

func login(password string) *iam.CreateTokenRequest {
	return &iam.CreateTokenRequest{Auth: iam.Auth{
		Identity: iam.AuthIdentity{
			Methods:  []iam.AuthMethod{iam.AuthMethodPassword},
			Password: iam.PasswordCredential{User: iam.PasswordUser{Name: "user", Password: password, Domain: iam.PasswordUserDomain{Name: "domain"}}},
		},
		Scope: iam.AuthScope{Project: &iam.ScopeProject{Name: as.Some("eu-de")}},
	}}
}

// guarded serves requests that have the token in force, and refuses others as the gateway does.
type guarded struct {
	http.Handler
	inForce atomic.Value
}

func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if r.Header.Get("X-Auth-Token") == g.inForce.Load() {
		g.ServeHTTP(w, r)
	} else {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error_code":"APIGW.0307","error_msg":"The token must be updated.","request_id":"r1"}`)
	}
	return w.Result(), nil
}

// TestSession logs in once for many calls, again when the token is revoked, and before it ends.
func TestSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var logins atomic.Int64
		session := identity(t, &logins)
		gate := &guarded{Handler: &autoscalingtest.Server{GetQuota: func(context.Context) (*as.Quotas, error) { return &as.Quotas{}, nil }}}
		gate.inForce.Store("token-1")
		c, err := as.New(as.WithEndpoint("https://fake.invalid"), as.WithTransport(gate), as.WithProjectID("p1"), as.WithCredentials(session))
		require.NoError(t, err)
		many := func() {
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					_, err := c.Quotas.Get(t.Context())
					assert.NoError(t, err)
				})
			}
			all.Wait()
		}
		many()
		assert.EqualValues(t, 1, logins.Load(), "one login for all")
		gate.inForce.Store("token-2") // the first is revoked
		many()
		assert.EqualValues(t, 2, logins.Load(), "one login for all whose token was rejected")
		gate.inForce.Store("token-3")
		time.Sleep(56 * time.Minute)
		many()
		assert.EqualValues(t, 3, logins.Load(), "the token is replaced before it ends")

		url, err := session.Endpoint(t.Context(), iam.EndpointQuery{Type: "as", Region: "EU-DE"})
		require.NoError(t, err)
		assert.Equal(t, "https://as.eu-de.example.com", url)
		token, err := session.Granted(t.Context())
		require.NoError(t, err)
		assert.False(t, token.ExpiresAt.IsZero())
	})
}

// TestAWrongPasswordIsNoLoop makes one attempt to log in for each call, and says what is wrong without the password.
func TestAWrongPasswordIsNoLoop(t *testing.T) {
	server := &iamtest.Server{CreateToken: func(context.Context, *iam.CreateTokenParams, *iam.CreateTokenRequest) (*iam.Token, error) {
		return nil, &iam.Error{Status: 401, Code: "401", Message: "The username or password is wrong."}
	}}
	id, err := server.Client(iam.WithoutRetry())
	require.NoError(t, err)
	c, err := as.New(as.WithEndpoint("https://fake.invalid"), as.WithProjectID("p1"), as.WithCredentials(id.Tokens.Session(nil, login("s3cret-password"))))
	require.NoError(t, err)
	_, err = c.Quotas.Get(t.Context())
	require.ErrorIs(t, err, iam.ErrUnauthenticated)
	assert.ErrorContains(t, err, "password is wrong")
	assert.NotContains(t, err.Error(), "s3cret-password")
	assert.Len(t, server.Requests(), 1)
}
