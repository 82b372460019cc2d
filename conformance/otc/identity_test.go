package otc_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generated/otc/identity"
	"github.com/pantograph-go/pantograph/generated/otc/identity/identitytest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// TestLogins shows what each kind of login sends, to the letter.
func TestLogins(t *testing.T) {
	answer := func(ctx context.Context) (*identity.Token, error) {
		fake.AnswerOf(ctx).Header.Set("X-Subject-Token", "the-token")
		return &identity.Token{ExpiresAt: time.Now().Add(time.Hour)}, nil
	}
	server := &identitytest.Server{
		CreateTokenByPassword: func(ctx context.Context, _ *identity.CreateTokenByPasswordParams, _ *identity.PasswordLogin) (*identity.Token, error) {
			return answer(ctx)
		},
		CreateTokenByApplicationCredential: func(ctx context.Context, _ *identity.CreateTokenByApplicationCredentialParams, _ *identity.ApplicationCredentialLogin) (*identity.Token, error) {
			return answer(ctx)
		},
		CreateTokenByToken: func(ctx context.Context, _ *identity.CreateTokenByTokenParams, _ *identity.TokenLogin) (*identity.Token, error) {
			return answer(ctx)
		},
		CreateTokenByTOTP: func(ctx context.Context, _ *identity.CreateTokenByTOTPParams, _ *identity.TOTPLogin) (*identity.Token, error) {
			return answer(ctx)
		},
		CreateTokenByAgency: func(ctx context.Context, _ *identity.CreateTokenByAgencyParams, _ *identity.AgencyLogin) (*identity.Token, error) {
			return answer(ctx)
		},
	}
	client, err := server.Client(identity.WithAPIKey("mine"))
	require.NoError(t, err)
	domain := &identity.DomainRef{Name: identity.Some("domainname")}
	user := identity.PasswordProof{User: identity.PasswordUser{Name: identity.Some("username"), Password: "********", Domain: domain}}
	project := &identity.Scope{Project: &identity.ProjectScope{Name: identity.Some("eu-de")}}
	tokens := client.Tokens
	for name, c := range map[string]struct {
		session *identity.Session[identity.Token]
		body    string
	}{
		"password": {tokens.PasswordSession(nil, &identity.PasswordLogin{Auth: identity.PasswordAuth{Identity: identity.PasswordIdentity{Password: user}, Scope: project}}),
			`{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"username","password":"********","domain":{"name":"domainname"}}}},"scope":{"project":{"name":"eu-de"}}}}`},
		"application credential": {tokens.ApplicationCredentialSession(nil, &identity.ApplicationCredentialLogin{Auth: identity.ApplicationCredentialAuth{Identity: identity.ApplicationCredentialIdentity{
			ApplicationCredential: identity.ApplicationCredential{ID: identity.Some("id"), Secret: "secret"}}}}),
			`{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"id","secret":"secret"}}}}`},
		"token": {tokens.TokenSession(nil, &identity.TokenLogin{Auth: identity.TokenAuth{Identity: identity.TokenIdentity{Token: identity.TokenProof{ID: "old"}}, Scope: &identity.Scope{Domain: domain}}}),
			`{"auth":{"identity":{"methods":["token"],"token":{"id":"old"}},"scope":{"domain":{"name":"domainname"}}}}`},
		"agency": {tokens.AgencySession(nil, &identity.AgencyLogin{Auth: identity.AgencyAuth{Identity: identity.AgencyIdentity{
			AssumeRole: identity.Agency{AgencyName: "admins", DomainName: identity.Some("other")}}, Scope: project}}),
			`{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"xrole_name":"admins","domain_name":"other"}},"scope":{"project":{"name":"eu-de"}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			token, expires, err := c.session.Token(t.Context())
			require.NoError(t, err)
			assert.Equal(t, "the-token", token)
			assert.False(t, expires.IsZero())
			requests := server.Requests()
			last := requests[len(requests)-1]
			assert.JSONEq(t, c.body, string(last.Body))
			assert.Equal(t, "mine", last.Header.Get("X-Auth-Token"), "an agency is acted for with a token; other logins do not mind one")
		})
	}
}

// TestATokenForTheSystem reads what Keystone answers to those who run it, with nothing in it that the document does not know.
func TestATokenForTheSystem(t *testing.T) {
	keystone := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Subject-Token", "the-token")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"token":{"methods":["password"],"user":{"domain":{"id":"default","name":"Default"},"id":"u","name":"admin","password_expires_at":null},
			"audit_ids":["a"],"expires_at":"2026-11-27T17:56:35.000000Z","issued_at":"2026-11-27T16:56:35.000000Z","system":{"all":true},"roles":[{"id":"r","name":"admin"}],"catalog":[]}}`)
	}))
	defer keystone.Close()
	client, err := identity.New(identity.WithEndpoint(keystone.URL), identity.WithStrict())
	require.NoError(t, err)
	login := &identity.PasswordLogin{Auth: identity.PasswordAuth{
		Identity: identity.PasswordIdentity{Password: identity.PasswordProof{User: identity.PasswordUser{ID: identity.Some[identity.UserID]("u"), Password: "********"}}},
		Scope:    &identity.Scope{System: &identity.SystemScope{}},
	}}
	token, err := client.Tokens.CreateByPassword(t.Context(), nil, login)
	require.NoError(t, err)
	assert.NotNil(t, token.System)
	assert.Nil(t, token.Project)
}

// TestTheRecordedToken reads the recorded answer with nothing lost, and finds services in its catalog.
func TestTheRecordedToken(t *testing.T) {
	var token identity.Token
	require.NoError(t, json.Unmarshal([]byte(`{"methods":["password"],"expires_at":"2017-06-03T02:19:49.000000Z","user":{"password_expires_at":null,"id":"u"},
		"catalog":[{"type":"as","name":"as","endpoints":[{"interface":"public","region":"eu-de","region_id":"eu-de","url":"https://as.eu-de.otc.t-systems.com/autoscaling-api/v1/p"}]}]}`), &token))
	assert.Equal(t, 2017, token.ExpiresAt.Year())
	assert.True(t, token.User.PasswordExpiresAt.IsZero())
	assert.Equal(t, "as", token.Catalog[0].Type)
}
