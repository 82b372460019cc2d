// Package login logs in at a real Keystone with the generated client of the identity document, in every way that Keystone knows, and
// sees to it that what it was given serves: until it ends, until it is taken back, and not a call longer.
package login

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// Site is a Keystone.
type Site struct {
	Endpoint string // without /v3
	Password string // of the administrator that its setup makes
	Region   string

	// ShortLived starts another server for the same Keystone, whose tokens live for a while.
	ShortLived func(ctx context.Context, life time.Duration) (endpoint string, stop func(), err error)
}

// Walk goes through everything, and ends at the first surprise.
func Walk(ctx context.Context, site Site, say func(format string, args ...any)) error {
	w := &walk{site: site}
	defer w.close()
	for _, step := range []struct {
		name string
		do   func(*walk, context.Context) error
	}{
		{"administrator", (*walk).administrator},
		{"accounts", (*walk).accounts},
		{"password", (*walk).passwords},
		{"scopes", (*walk).scopes},
		{"application credential", (*walk).application},
		{"one-time code", (*walk).code},
		{"token out of a token", (*walk).exchange},
		{"catalog", (*walk).catalog},
		{"expiry", (*walk).expiry},
		{"revoked token", (*walk).revoked},
		{"refused logins", (*walk).refused},
		{"agency", (*walk).agency},
	} {
		if err := step.do(w, ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		say("ok %s", step.name)
	}
	return nil
}

// walk is what the steps share.
type walk struct {
	site  Site
	admin *identity.Client // may do everything

	member   string // id of a role
	project  identity.Project
	foreign  identity.Project // one that nobody has a role in
	worker   user
	app      application
	autoscal *service // has the worker's calls
}

func (w *walk) close() {
	if w.autoscal != nil {
		w.autoscal.close()
	}
}

// user is somebody who logs in.
type user struct{ id, name, password string }

// defaultDomain is the account that the setup of a Keystone makes.
const defaultDomain = "default"

// domain names the account by its id.
func domain() *identity.DomainRef {
	return &identity.DomainRef{ID: identity.Some[identity.DomainID](defaultDomain)}
}

// client is a client of the Keystone that takes nothing but what the document says.
func (w *walk) client(endpoint string, opts ...identity.Option) (*identity.Client, error) {
	return identity.New(append([]identity.Option{identity.WithEndpoint(endpoint), identity.WithoutRetry(), identity.WithStrict()}, opts...)...)
}

// password is a login by name and password.
func (u user) login(scope *identity.Scope) *identity.PasswordLogin {
	return &identity.PasswordLogin{Auth: identity.PasswordAuth{
		Identity: identity.PasswordIdentity{Password: identity.PasswordProof{User: identity.PasswordUser{
			Name: identity.Some(u.name), Domain: domain(), Password: u.password}}},
		Scope: scope,
	}}
}

// inProject is the scope of a project, by its id.
func inProject(p identity.Project) *identity.Scope {
	return &identity.Scope{Project: &identity.ProjectScope{ID: identity.Some(p.ID)}}
}

// administrator logs in as the one whom the setup made.
func (w *walk) administrator(ctx context.Context) error {
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	scope := &identity.Scope{Project: &identity.ProjectScope{Name: identity.Some("admin"), Domain: domain()}}
	session := c.Tokens.PasswordSession(nil, user{name: "admin", password: w.site.Password}.login(scope))
	token, err := session.Granted(ctx)
	if err != nil {
		return err
	}
	for _, role := range token.Roles {
		if role.Name == "member" {
			w.member = role.ID
		}
	}
	if w.admin, err = w.client(w.site.Endpoint, identity.WithAPIKeySource(session)); err != nil {
		return err
	}
	return errors.Join(
		want(token.User.Name == "admin" && token.Project.Name == "admin", "the token is of %+v for %+v", token.User, token.Project),
		want(w.member != "", "there is no role of members in %v", token.Roles))
}

// want is an error unless something holds.
func want(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}

// secret is a random password.
func secret() string { return rand.Text() }
