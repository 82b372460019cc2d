package rackspace_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generated/rackspace/identity"
	"github.com/pantograph-go/pantograph/generated/rackspace/identity/identitytest"
)

// TestWhatALoginMayBe gives bodies of logins to generated code: one proof, with what belongs to it, and at most one name of the tenant.
func TestWhatALoginMayBe(t *testing.T) {
	server := &identitytest.Server{
		CreateTokenByAPIKey: func(context.Context, *identity.CreateTokenByAPIKeyParams, *identity.APIKeyLogin) (*identity.Access, error) {
			return &identity.Access{}, nil
		},
		CreateTokenByPassword: func(context.Context, *identity.CreateTokenByPasswordParams, *identity.PasswordLogin) (*identity.Access, error) {
			return &identity.Access{}, nil
		},
		CreateTokenByToken: func(context.Context, *identity.CreateTokenByTokenParams, *identity.TokenLogin) (*identity.Access, error) {
			return &identity.Access{}, nil
		},
	}
	const (
		key      = `"RAX-KSKEY:apiKeyCredentials":{"username":"u","apiKey":"k"}`
		password = `"passwordCredentials":{"username":"u","password":"p"}`
		token    = `"token":{"id":"t"}`
		tenant   = `,"tenantId":"1"`
		named    = `,"tenantName":"n"`
		none     = "the members of none of the operations" // a proof that is not whole is no proof
	)
	for _, try := range []struct{ body, breaks string }{ // breaks is what the refusal says, if it is one
		{key, ""}, {key + tenant, ""}, {key + named, ""}, {key + tenant + named, "AU-08"},
		{password, ""}, {password + tenant, ""}, {password + named, ""}, {password + tenant + named, "AU-08p"},
		{password + `,"RAX-AUTH:scope":"SETUP-MFA"`, ""}, {password + `,"RAX-AUTH:scope":"setup-mfa"`, "must be SETUP-MFA"},
		{token + tenant, ""}, {token + named, ""}, {token, "AU-07"}, {token + tenant + named, "AU-08t"},
		{`"RAX-KSKEY:apiKeyCredentials":{"username":"u"}`, none},
		{`"RAX-KSKEY:apiKeyCredentials":{"apiKey":"k"}`, none},
		{`"RAX-KSKEY:apiKeyCredentials":{"username":"u","apiKey":1}`, "apiKey is a number"},
		{`"RAX-KSKEY:apiKeyCredentials":null`, none},
		{`"passwordCredentials":{"username":"u"}`, none},
		{`"passwordCredentials":{"password":"p"}`, none},
		{`"passwordCredentials":{"username":"u","password":"p","apiKey":"k"}`, "apiKey"},
		{`"token":{}` + tenant, none}, {`"token":"t"` + tenant, none},
		{key + `,"tenantId":1`, "tenantId is a number"}, {key + `,"tenantName":null`, "null"},
		{`"RAX-KSKEY:APIKeyCredentials":{"username":"u","apiKey":"k"}`, none}, // as a table of the guide prints it
		{strings.TrimPrefix(tenant, ","), none}, {key + "," + password, "passwordCredentials"}, {"", none},
	} {
		r := httptest.NewRequest("POST", "/v2.0/tokens", strings.NewReader(`{"auth":{`+try.body+`}}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if try.breaks == "" {
			assert.Equal(t, 200, w.Code, "%s: %s", try.body, w.Body)
			continue
		}
		assert.Equal(t, 400, w.Code, "%s: %s", try.body, w.Body)
		assert.Contains(t, w.Body.String(), try.breaks, try.body)
	}
}
