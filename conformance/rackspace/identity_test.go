package rackspace_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
	"github.com/pantograph-go/pantograph/generated/rackspace/identity"
	"github.com/pantograph-go/pantograph/generated/rackspace/identity/identitytest"
)

// logins is a fake identity service with the recorded catalog.
func logins(t *testing.T) *identitytest.Server {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "access.json"))
	require.NoError(t, err)
	var access identity.Access
	require.NoError(t, json.Unmarshal(data, &access))
	access.Token.Expires = time.Now().Add(24 * time.Hour)
	return &identitytest.Server{
		CreateTokenByAPIKey: func(context.Context, *identity.CreateTokenByAPIKeyParams, *identity.APIKeyLogin) (*identity.Access, error) {
			return &access, nil
		},
		CreateTokenByPassword: func(_ context.Context, _ *identity.CreateTokenByPasswordParams, req *identity.PasswordLogin) (*identity.Access, error) {
			if req.Auth.PasswordCredentials.Password != "myPassword01" {
				return nil, &identity.Error{Status: 401, Code: "unauthorized", Message: "Unable to authenticate user with credentials provided."}
			}
			return &access, nil
		},
	}
}

// handler is a server as a transport, whatever the host.
type handler struct{ http.Handler }

func (h handler) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != "dfw.autoscale.api.rackspacecloud.com" {
		return nil, fmt.Errorf("nothing is at %s", r.URL.Host)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// TestLogins shows what each kind of login sends, to the letter.
func TestLogins(t *testing.T) {
	server := logins(t)
	id, err := server.Client(identity.WithoutRetry())
	require.NoError(t, err)
	byKey := id.Tokens.APIKeySession(nil, &identity.APIKeyLogin{Auth: identity.APIKeyAuth{
		APIKeyCredentials: identity.APIKeyCredentials{Username: "demoauthor", APIKey: "aaaaa-bbbbb-ccccc-12345678"}, TenantID: identity.Some[identity.TenantID]("1100111"),
	}})
	_, _, err = byKey.Token(t.Context())
	require.NoError(t, err)
	byPassword := id.Tokens.PasswordSession(nil, &identity.PasswordLogin{Auth: identity.PasswordAuth{
		PasswordCredentials: identity.PasswordCredentials{Username: "demoAuthor", Password: "myPassword01"},
	}})
	_, _, err = byPassword.Token(t.Context())
	require.NoError(t, err)
	sent := server.Requests()
	require.Len(t, sent, 2)
	assert.JSONEq(t, `{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"demoauthor","apiKey":"aaaaa-bbbbb-ccccc-12345678"},"tenantId":"1100111"}}`, string(sent[0].Body))
	assert.JSONEq(t, `{"auth":{"passwordCredentials":{"username":"demoAuthor","password":"myPassword01"}}}`, string(sent[1].Body))
	assert.Empty(t, sent[0].Header.Get("X-Auth-Token"), "a login is made without a token")
}

// TestAWrongPasswordIsSaid reads the fault of the identity service.
func TestAWrongPasswordIsSaid(t *testing.T) {
	server := logins(t)
	id, err := server.Client(identity.WithoutRetry())
	require.NoError(t, err)
	session := id.Tokens.PasswordSession(nil, &identity.PasswordLogin{Auth: identity.PasswordAuth{PasswordCredentials: identity.PasswordCredentials{Username: "u", Password: "wr0ng-password"}}})
	_, _, err = session.Token(t.Context())
	require.ErrorIs(t, err, identity.ErrUnauthenticated)
	require.ErrorContains(t, err, "Unable to authenticate user")
	assert.NotContains(t, err.Error(), "wr0ng-password")
	assert.Len(t, server.Requests(), 1, "a login that is refused is not repeated")
}

// TestFromTheCatalog makes a client of Autoscale out of a session: endpoint and tenant come from the catalog.
func TestFromTheCatalog(t *testing.T) {
	id, err := logins(t).Client()
	require.NoError(t, err)
	session := id.Tokens.APIKeySession(nil, &identity.APIKeyLogin{Auth: identity.APIKeyAuth{APIKeyCredentials: identity.APIKeyCredentials{Username: "u", APIKey: "k"}}})
	at, err := autoscale.FromCatalog(t.Context(), session, autoscale.RegionDFW)
	require.NoError(t, err)
	server := &autoscaletest.Server{ListGroups: func(context.Context, *autoscale.ListGroupsParams) (*autoscale.GroupList, error) {
		return &autoscale.GroupList{}, nil
	}}
	// The fake stands where the catalog says.
	c, err := autoscale.New(at, autoscale.WithTransport(handler{server}), autoscale.WithAPIKeySource(session))
	require.NoError(t, err)
	_, err = c.Groups.List(t.Context(), nil)
	require.NoError(t, err)
	sent := server.Requests()
	require.Len(t, sent, 1)
	assert.Equal(t, "/v1.0/123456/groups", sent[0].Path)
	assert.Equal(t, "d74f592f986e4d6e995853ccf0123456", sent[0].Header.Get("X-Auth-Token"))
	_, err = autoscale.FromCatalog(t.Context(), session, "XYZ")
	var none *identity.EndpointError
	require.ErrorAs(t, err, &none)
	assert.NotEmpty(t, none.Regions)
}
