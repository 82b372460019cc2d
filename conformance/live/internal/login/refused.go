package login

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// refused logs in as Keystone does not let one. Each is asked for once, is not asked for again by itself, and says what is wrong.
func (w *walk) refused(ctx context.Context) error {
	gone, err := w.credential(ctx, w.worker, "gone")
	if err != nil {
		return err
	}
	if _, err := w.admin.Send(ctx, http.MethodDelete, "/v3/users/"+w.worker.id+"/application_credentials/"+gone.ID, nil); err != nil {
		return err
	}
	off, err := w.user(ctx, "off")
	if err != nil {
		return err
	}
	if _, err := w.admin.Send(ctx, http.MethodPatch, "/v3/users/"+off.id, map[string]any{"user": map[string]any{"enabled": false}}); err != nil {
		return err
	}
	mistaken, nobody, stale := w.worker, w.worker, w.app
	mistaken.password, nobody.name, stale.Secret = secret(), "nobody", secret()
	byName := func(name string) *identity.Scope {
		return &identity.Scope{Project: &identity.ProjectScope{Name: identity.Some(name), Domain: domain()}}
	}
	type login = func(*identity.TokensService) *identity.Session[identity.Token]
	password := func(u user, scope *identity.Scope) login {
		return func(t *identity.TokensService) *identity.Session[identity.Token] {
			return t.PasswordSession(nil, u.login(scope))
		}
	}
	app := func(a application) login {
		return func(t *identity.TokensService) *identity.Session[identity.Token] {
			return t.ApplicationCredentialSession(nil, a.login())
		}
	}
	for _, c := range []struct {
		name string
		login
	}{
		{"a wrong password", password(mistaken, inProject(w.project))},
		{"a user that there is not", password(nobody, inProject(w.project))},
		{"a user who is switched off", password(off, nil)},
		{"a project that there is not", password(w.worker, byName("nowhere"))},
		{"a project that is another's", password(w.worker, inProject(w.foreign))},
		{"the system", password(w.worker, &identity.Scope{System: &identity.SystemScope{}})},
		{"a wrong secret", app(stale)},
	} {
		if err := w.refuse(ctx, c.login, http.StatusUnauthorized, identity.ErrUnauthenticated); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	// Keystone does not find a credential that was deleted. That is no answer to the call that the login was for.
	if err := w.refuse(ctx, app(gone), http.StatusNotFound, identity.ErrUnauthenticated); err != nil {
		return fmt.Errorf("an application credential that was deleted: %w", err)
	}
	// What no login can mean is another error: the login is wrong, not who logs in.
	unclear := password(w.worker, &identity.Scope{Project: &identity.ProjectScope{Name: identity.Some(w.project.Name)}})
	if err := w.refuse(ctx, unclear, http.StatusBadRequest, identity.ErrInvalid); err != nil {
		return fmt.Errorf("a project without its account: %w", err)
	}
	return nil
}

// refuse calls with a login that is refused.
func (w *walk) refuse(ctx context.Context, login func(*identity.TokensService) *identity.Session[identity.Token], status int, class error) error {
	seen := new(traffic)
	c, err := w.client(w.site.Endpoint, identity.WithTransport(seen))
	if err != nil {
		return err
	}
	session := login(c.Tokens)
	mine, err := w.client(w.site.Endpoint, identity.WithTransport(seen), identity.WithAPIKeySource(session))
	if err != nil {
		return err
	}
	_, failed := mine.Projects.List(ctx)
	sent := seen.take()
	var answer *identity.Error
	if !errors.As(failed, &answer) {
		return fmt.Errorf("the call ends with %v", failed)
	}
	body, typed := identity.ErrorBody[identity.ErrorResponse](failed)
	return errors.Join(
		want(answer.Status == status && answer.Code == strconv.Itoa(status) && answer.Message != "" && answer.RequestID != "", "the answer is %+v", answer),
		want(errors.Is(failed, class) && !errors.Is(failed, identity.ErrNotFound), "the error is of the class %q", answer.Class),
		want(typed && body != nil, "the error has no body that the document knows"),
		want(sent.logins == 1 && sent.requests == 0, "the client sent %+v", sent))
}
