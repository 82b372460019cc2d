package login

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what RFC 6238 says, and Keystone with it
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// passwords logs in by the names and by the ids of everything, and finds in the token what was asked for.
func (w *walk) passwords(ctx context.Context) error {
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	byID := &identity.PasswordLogin{Auth: identity.PasswordAuth{
		Identity: identity.PasswordIdentity{Password: identity.PasswordProof{User: identity.PasswordUser{
			ID: identity.Some(identity.UserID(w.worker.id)), Password: w.worker.password}}},
		Scope: inProject(w.project),
	}}
	byName := w.worker.login(&identity.Scope{Project: &identity.ProjectScope{Name: identity.Some(w.project.Name), Domain: domain()}})
	for name, login := range map[string]*identity.PasswordLogin{"ids": byID, "names": byName} {
		var header identity.SubjectTokenHeader
		token, err := c.Tokens.CreateByPassword(ctx, nil, login, identity.WithHeaderInto(&header))
		if err != nil {
			return fmt.Errorf("by %s: %w", name, err)
		}
		text, given := header.SubjectToken.Get()
		left := time.Until(token.ExpiresAt)
		if err := errors.Join(
			want(given, "by %s: no token", name),
			want(string(token.User.ID) == w.worker.id && token.User.Name == w.worker.name, "by %s: the token is of %+v", name, token.User),
			want(token.Project.ID == w.project.ID && token.Project.Domain.ID == defaultDomain, "by %s: the token is for %+v", name, token.Project),
			want(left > 59*time.Minute && left <= time.Hour, "by %s: the token lives for %v, not for an hour", name, left),
			want(len(token.Catalog) > 0 && len(token.Roles) > 0, "by %s: the token has no catalog, or no roles", name),
			w.valid(ctx, text, w.worker.id),
		); err != nil {
			return err
		}
	}
	token, err := c.Tokens.CreateByPassword(ctx, &identity.CreateTokenByPasswordParams{NoCatalog: identity.Some("true")}, byName)
	if err != nil {
		return err
	}
	return want(len(token.Catalog) == 0, "a token without a catalog has %v", token.Catalog)
}

// valid has Keystone say whose a token is.
func (w *walk) valid(ctx context.Context, text, user string) error {
	token, err := w.admin.Tokens.Get(ctx, &identity.GetTokenParams{SubjectToken: text})
	if err != nil {
		return err
	}
	return want(string(token.User.ID) == user, "Keystone says that the token is of %+v", token.User)
}

// scopes logs in for an account, for the system and for nothing, and lists the projects there are.
func (w *walk) scopes(ctx context.Context) error {
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	account, err := c.Tokens.CreateByPassword(ctx, nil, w.worker.login(&identity.Scope{Domain: domain()}))
	if err != nil {
		return err
	}
	root := user{name: "admin", password: w.site.Password}
	system, err := c.Tokens.CreateByPassword(ctx, nil, root.login(&identity.Scope{System: &identity.SystemScope{}}))
	if err != nil {
		return err
	}
	session := c.Tokens.PasswordSession(nil, w.worker.login(nil))
	unscoped, err := session.Granted(ctx)
	if err != nil {
		return err
	}
	mine, err := w.client(w.site.Endpoint, identity.WithAPIKeySource(session))
	if err != nil {
		return err
	}
	projects, err := mine.Projects.List(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		want(account.Domain.ID == defaultDomain && account.Project == nil, "the token of an account is for %+v and %+v", account.Domain, account.Project),
		want(system.Project == nil && system.Domain == nil, "the token of the system is for %+v and %+v", system.Project, system.Domain),
		want(unscoped.Project == nil && unscoped.Domain == nil && len(unscoped.Catalog) == 0, "a token for nothing is for %+v and %+v", unscoped.Project, unscoped.Domain),
		want(len(projects) == 1 && projects[0].ID == w.project.ID && projects[0].Enabled, "the projects of the worker are %+v", projects))
}

// application is a credential of a program.
type application struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Secret string `json:"secret"`
}

// credential makes one, as the user whom it stands for.
func (w *walk) credential(ctx context.Context, u user, name string) (application, error) {
	var made application
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return made, err
	}
	as, err := w.client(w.site.Endpoint, identity.WithAPIKeySource(c.Tokens.PasswordSession(nil, u.login(inProject(w.project)))))
	if err != nil {
		return made, err
	}
	err = create(ctx, as, "/v3/users/"+u.id+"/application_credentials", "application_credential", map[string]any{"name": name}, &made)
	return made, err
}

// login is a login by the credential's id.
func (a application) login() *identity.ApplicationCredentialLogin {
	return a.proof(identity.ApplicationCredential{ID: identity.Some(a.ID), Secret: a.Secret})
}

func (a application) proof(c identity.ApplicationCredential) *identity.ApplicationCredentialLogin {
	return &identity.ApplicationCredentialLogin{Auth: identity.ApplicationCredentialAuth{Identity: identity.ApplicationCredentialIdentity{ApplicationCredential: c}}}
}

// application logs in by an application credential, named by its id, and by its name and its user.
func (w *walk) application(ctx context.Context) error {
	var err error
	if w.app, err = w.credential(ctx, w.worker, "program"); err != nil {
		return err
	}
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	users := map[string]*identity.UserRef{
		"its user's id":   {ID: identity.Some(identity.UserID(w.worker.id))},
		"its user's name": {Name: identity.Some(w.worker.name), Domain: domain()},
	}
	logins := map[string]*identity.ApplicationCredentialLogin{"its id": w.app.login()}
	for name, of := range users {
		logins[name] = w.app.proof(identity.ApplicationCredential{Name: identity.Some(w.app.Name), User: of, Secret: w.app.Secret})
	}
	for name, login := range logins {
		session := c.Tokens.ApplicationCredentialSession(nil, login)
		token, err := session.Granted(ctx)
		if err != nil {
			return fmt.Errorf("by %s: %w", name, err)
		}
		text, _, err := session.Token(ctx)
		if err != nil {
			return err
		}
		if err := errors.Join(
			want(token.Project.ID == w.project.ID, "by %s: the token is for %+v, not for the project of the credential", name, token.Project),
			want(token.ApplicationCredential != nil && token.ApplicationCredential.ID == w.app.ID && token.ApplicationCredential.Restricted,
				"by %s: the token is by %+v", name, token.ApplicationCredential),
			w.valid(ctx, text, w.worker.id),
		); err != nil {
			return err
		}
	}
	return nil
}

// code logs in by a password and a one-time code, as of a virtual MFA device.
func (w *walk) code(ctx context.Context) error {
	u, err := w.user(ctx, "careful")
	if err != nil {
		return err
	}
	key := []byte(secret())
	blob := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key)
	if _, err := w.make(ctx, "/v3/credentials", "credential", map[string]any{"type": "totp", "user_id": u.id, "blob": blob}); err != nil {
		return err
	}
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	login := &identity.TOTPLogin{Auth: identity.TOTPAuth{Identity: identity.TOTPIdentity{
		Password: identity.PasswordProof{User: identity.PasswordUser{ID: identity.Some(identity.UserID(u.id)), Password: u.password}},
		TOTP:     identity.TOTPProof{User: identity.TOTPUser{ID: identity.UserID(u.id), Passcode: oneTime(key, time.Now())}},
	}}}
	token, err := c.Tokens.CreateByTOTP(ctx, nil, login)
	if err != nil {
		return err
	}
	methods, err := json.Marshal(token.Methods)
	return errors.Join(err, want(len(token.Methods) == 2, "the token was made by %s", methods))
}

// oneTime is the code of RFC 6238 for a time.
func oneTime(key []byte, at time.Time) string {
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30)
	sum := mac.Sum(nil)
	from := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[from:])&0x7fffffff)%1e6)
}

// exchange makes a token for a project out of one for nothing. It ends when that does.
func (w *walk) exchange(ctx context.Context) error {
	c, err := w.client(w.site.Endpoint)
	if err != nil {
		return err
	}
	text, expires, err := c.Tokens.PasswordSession(nil, w.worker.login(nil)).Token(ctx)
	if err != nil {
		return err
	}
	session := c.Tokens.TokenSession(nil, &identity.TokenLogin{Auth: identity.TokenAuth{
		Identity: identity.TokenIdentity{Token: identity.TokenProof{ID: text}}, Scope: inProject(w.project)}})
	token, err := session.Granted(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		want(token.Project.ID == w.project.ID, "the token is for %+v", token.Project),
		want(token.ExpiresAt.Equal(expires), "the token ends at %v, that which it was made of at %v", token.ExpiresAt, expires))
}

// agency asks for what Open Telekom Cloud has and Keystone has not: the refusal is an error that says so.
func (w *walk) agency(ctx context.Context) error {
	_, err := w.admin.Tokens.CreateByAgency(ctx, nil, &identity.AgencyLogin{Auth: identity.AgencyAuth{
		Identity: identity.AgencyIdentity{AssumeRole: identity.Agency{AgencyName: "admins", DomainID: identity.Some[identity.DomainID](defaultDomain)}},
		Scope:    inProject(w.project)}})
	var failed *identity.Error
	return want(errors.As(err, &failed) && failed.Status/100 == 4 && failed.Code != "" && failed.Message != "", "the answer is %v", err)
}
