package login

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// many is how many calls are made at once.
const many = 16

// catalog finds a service in the catalog that came with a token, and calls it. Of all who need a token at first, one logs in.
func (w *walk) catalog(ctx context.Context) error {
	var err error
	if w.autoscal, err = serve(w.admin); err != nil {
		return err
	}
	id, err := w.make(ctx, "/v3/services", "service", map[string]any{"type": "as", "name": "as"})
	if err != nil {
		return err
	}
	if _, err := w.make(ctx, "/v3/endpoints", "endpoint", map[string]any{"service_id": id, "interface": "public", "region_id": w.site.Region,
		"url": w.autoscal.url + "/autoscaling-api/v1/$(project_id)s"}); err != nil { // Keystone puts the project in
		return err
	}
	c, seen, session, err := w.employed(ctx, w.site.Endpoint)
	if err != nil {
		return err
	}
	if err := atOnce(func() error { return call(ctx, c) }); err != nil {
		return err
	}
	sent := seen.take()
	served, rejected := w.autoscal.take()
	address, err := session.Endpoint(ctx, identity.EndpointQuery{Type: "as", Region: w.site.Region})
	if err != nil {
		return err
	}
	_, unknown := session.Endpoint(ctx, identity.EndpointQuery{Type: "as", Region: "elsewhere"})
	var none *identity.EndpointError
	return errors.Join(
		want(sent == counts{logins: 1}, "%d calls at once made the client send %+v to Keystone", many, sent),
		want(served == many && rejected == 0, "of %d calls, %d were served and %d rejected", many, served, rejected),
		want(address == w.autoscal.url+"/autoscaling-api/v1/"+string(w.project.ID), "the service is at %s", address),
		want(errors.As(unknown, &none), "in a region that there is not, the service is %v", unknown))
}

// employed is a client of Auto Scaling for the program, with what it sends to Keystone.
func (w *walk) employed(ctx context.Context, keystone string) (*autoscaling.Client, *traffic, *identity.Session[identity.Token], error) {
	seen := new(traffic)
	c, err := w.client(keystone, identity.WithTransport(seen))
	if err != nil {
		return nil, nil, nil, err
	}
	session := c.Tokens.ApplicationCredentialSession(nil, w.app.login())
	// The address is of the catalog, from a session of its own: that of the client has not logged in yet.
	found, err := autoscaling.FromCatalog(ctx, w.admin.Tokens.ApplicationCredentialSession(nil, w.app.login()), autoscaling.Region(w.site.Region))
	if err != nil {
		return nil, nil, nil, err
	}
	client, err := autoscaling.New(found, autoscaling.WithCredentials(session), autoscaling.WithoutRetry(), autoscaling.WithStrict())
	return client, seen, session, err
}

// call lists groups.
func call(ctx context.Context, c *autoscaling.Client) error {
	_, err := c.Groups.List(ctx, nil)
	return err
}

// atOnce does something many times at once.
func atOnce(do func() error) error {
	failed := make([]error, many)
	var all sync.WaitGroup
	for i := range failed {
		all.Go(func() { failed[i] = do() })
	}
	all.Wait()
	return errors.Join(failed...)
}

// expiry waits until a token has ended. How long that one must live to be of use until then depends on the machine.
func (w *walk) expiry(ctx context.Context) error {
	for life := 3 * time.Second; ; life *= 3 {
		slow, err := w.outlive(ctx, life)
		if !slow || life > 20*time.Second {
			return err
		}
	}
}

// outlive has a token end. Who has it still is refused; a session has another by then, without being told. Where the machine needs more
// time than the tokens have, that shows nothing.
func (w *walk) outlive(ctx context.Context, life time.Duration) (slow bool, err error) {
	endpoint, stop, err := w.site.ShortLived(ctx, life)
	if err != nil {
		return false, err
	}
	defer stop()
	c, seen, session, err := w.employed(ctx, endpoint)
	if err != nil {
		return false, err
	}
	if err := call(ctx, c); err != nil {
		return false, err
	}
	old, expires, err := session.Token(ctx)
	if err != nil {
		return false, err
	}
	sent := seen.take()
	if err := wait(ctx, time.Until(expires)); err != nil {
		return false, err
	}
	w.autoscal.take()
	begin := time.Now()
	failed := atOnce(func() error { return call(ctx, c) })
	if time.Since(begin) > life/2 || sent.logins > 1 {
		return true, errors.Join(failed, fmt.Errorf("%d calls take %v, half of the life of a token or more", many, time.Since(begin)))
	}
	if failed != nil {
		return false, failed
	}
	again := seen.take()
	served, rejected := w.autoscal.take()
	fresh, _, err := session.Token(ctx)
	if err != nil {
		return false, err
	}
	late, err := w.client(w.site.Endpoint, identity.WithAPIKey(old))
	if err != nil {
		return false, err
	}
	_, ended := late.Projects.List(ctx)
	return false, errors.Join(
		want(sent == counts{logins: 1}, "the first call made the client send %+v to Keystone", sent),
		want(again == counts{logins: 1}, "%d calls at once behind the end made the client send %+v to Keystone", many, again),
		want(served == many && rejected == 0, "of %d calls behind the end, %d were served and %d rejected", many, served, rejected),
		want(fresh != old, "the token is the old one"),
		want(errors.Is(ended, identity.ErrUnauthenticated), "a token that has ended is answered by %v", ended))
}

// revoked ends a token at once, with calls under way. Each of them goes again, and all with one token, for which there was one login.
func (w *walk) revoked(ctx context.Context) error {
	c, seen, session, err := w.employed(ctx, w.site.Endpoint)
	if err != nil {
		return err
	}
	if err := call(ctx, c); err != nil {
		return err
	}
	for _, calls := range []struct {
		name string
		n    int
		do   func() error
	}{
		{"one call", 1, func() error { return call(ctx, c) }},
		{"calls at once", many, func() error { return atOnce(func() error { return call(ctx, c) }) }},
	} {
		old, _, err := session.Token(ctx)
		if err != nil {
			return err
		}
		if err := w.admin.Tokens.Revoke(ctx, &identity.RevokeTokenParams{SubjectToken: old}); err != nil {
			return err
		}
		seen.take()
		w.autoscal.take()
		if err := calls.do(); err != nil {
			return fmt.Errorf("%s: %w", calls.name, err)
		}
		sent := seen.take()
		served, rejected := w.autoscal.take()
		fresh, _, err := session.Token(ctx)
		if err != nil {
			return err
		}
		if err := errors.Join(
			want(sent == counts{logins: 1}, "%s: a revoked token made the client send %+v to Keystone", calls.name, sent),
			want(served == calls.n && rejected >= 1 && rejected <= calls.n, "%s: %d were served and %d rejected", calls.name, served, rejected),
			want(fresh != old, "%s: the token is the revoked one", calls.name),
		); err != nil {
			return err
		}
	}
	return w.revokedOfKeystone(ctx)
}

// revokedOfKeystone is the same for calls of Keystone itself, by the client that also logs in.
func (w *walk) revokedOfKeystone(ctx context.Context) error {
	seen := new(traffic)
	c, err := w.client(w.site.Endpoint, identity.WithTransport(seen))
	if err != nil {
		return err
	}
	session := c.Tokens.PasswordSession(nil, w.worker.login(inProject(w.project)))
	mine, err := w.client(w.site.Endpoint, identity.WithTransport(seen), identity.WithAPIKeySource(session))
	if err != nil {
		return err
	}
	list := func() error {
		_, err := mine.Projects.List(ctx)
		return err
	}
	if err := list(); err != nil {
		return err
	}
	old, _, err := session.Token(ctx)
	if err != nil {
		return err
	}
	if err := w.admin.Tokens.Revoke(ctx, &identity.RevokeTokenParams{SubjectToken: old}); err != nil {
		return err
	}
	seen.take()
	if err := atOnce(list); err != nil {
		return err
	}
	sent := seen.take()
	return want(sent.logins == 1 && sent.rejected >= 1 && sent.requests == many+sent.rejected, "a revoked token made the client send %+v to Keystone", sent)
}

// wait waits, and a little longer.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d + 50*time.Millisecond):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
