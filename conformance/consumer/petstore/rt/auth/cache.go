package auth

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Cache keeps the credentials of a slow provider. [Cached] makes one.
type Cache struct {
	opaque
	source Provider
	now    func() time.Time
	margin time.Duration

	mu     sync.Mutex
	kept   *Credentials // nil if there are none
	since  time.Time    // when they were got
	flight *flight      // the refresh under way, nil if there is none
	pause  time.Time    // no early refresh before this time
}

// flight is one call of the source, shared by all who wait for it.
type flight struct {
	cancel  context.CancelFunc
	waiting int           // under Cache.mu
	ahead   time.Duration // of the clock by which it was begun, to the cache's own

	done chan struct{} // closed when the rest is set
	got  Credentials
	err  error
}

// Cached asks source once and keeps its answer until it expires or is dropped. A nil now means time.Now. An
// [Authorizer] judges expiry by the server's time instead, which it is told with each request: with a local clock that
// is ahead, fresh credentials would look expired.
//
// All who need an answer share one call of source. It runs in a goroutine of its own, with the values but not the
// deadline of the context that caused it: one caller who gives up leaves the others waiting undisturbed. When the last
// has left, the call is cancelled and its answer no longer wanted, so that a source that hangs does not hang those
// who come later. Errors are not kept.
//
// From margin before expiry (but not before three quarters of the time) the refresh is early: callers go on with what is kept, without waiting, while it runs. If
// it fails, the next early attempt comes an eighth of the margin later. Five minutes suit tokens that live for
// hours. Credentials without an expiry are kept until dropped.
func Cached(source Provider, now func() time.Time, margin time.Duration) *Cache {
	if now == nil {
		now = time.Now
	}
	return &Cache{source: source, now: now, margin: max(margin, 0)}
}

// Credentials gives what is kept, or waits for a refresh. It returns ctx.Err() when the caller gives up.
func (c *Cache) Credentials(ctx context.Context) (Credentials, error) {
	return c.credentialsAt(ctx, c.now())
}

// credentialsAt is Credentials at a given time.
func (c *Cache) credentialsAt(ctx context.Context, now time.Time) (Credentials, error) {
	if err := ctx.Err(); err != nil {
		return Credentials{}, err
	}
	kept, f := c.take(ctx, now)
	if kept != nil {
		return *kept, nil
	}
	select {
	case <-f.done:
		return f.got, f.err
	case <-ctx.Done():
		c.leave(f)
		return Credentials{}, ctx.Err()
	}
}

// take returns what is kept and usable, or else a refresh to wait for.
func (c *Cache) take(ctx context.Context, now time.Time) (*Credentials, *flight) {
	ahead := now.Sub(c.now())
	c.mu.Lock()
	defer c.mu.Unlock()
	usable := c.kept != nil && !c.kept.Expired(now)
	early := usable && c.kept.Expired(now.Add(c.early())) && !now.Before(c.pause)
	if c.flight == nil && (early || !usable) {
		c.start(ctx, ahead)
	}
	if usable {
		return c.kept, nil
	}
	c.flight.waiting++
	return nil, c.flight
}

// Drop forgets the rejected credentials if they are those kept, and passes the word to the source.
func (c *Cache) Drop(rejected Credentials) {
	c.mu.Lock()
	if c.kept != nil && c.kept.same(rejected) {
		c.kept = nil
	}
	c.mu.Unlock()
	drop(c.source, rejected)
}

// start begins a refresh. c.mu is held.
func (c *Cache) start(ctx context.Context, ahead time.Duration) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &flight{cancel: cancel, ahead: ahead, done: make(chan struct{}), err: errors.New("auth: the provider ended without an answer")}
	c.flight = f
	go func() {
		defer c.land(f) // also if the provider calls runtime.Goexit, as a failing test does
		f.got, f.err = c.source.Credentials(ctx)
	}()
}

// land ends a refresh. The answer of one that all have left is not kept: another may be on its way.
func (c *Cache) land(f *flight) {
	f.cancel()
	now := c.now().Add(f.ahead)
	c.mu.Lock()
	defer c.mu.Unlock()
	close(f.done)
	if c.flight != f {
		return
	}
	c.flight = nil
	if f.err != nil {
		c.pause = now.Add(c.margin / 8)
		return
	}
	c.kept, c.since = &f.got, now
}

// early is the margin of what is kept: at most a quarter of its life, so that what lives shortly is not asked for with each
// request.
func (c *Cache) early() time.Duration {
	if c.kept.Expires.IsZero() {
		return c.margin
	}
	return min(c.margin, c.kept.Expires.Sub(c.since)/4)
}

// leave is called by a waiter that gives up.
func (c *Cache) leave(f *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.waiting--; f.waiting == 0 && c.flight == f {
		c.flight = nil
		f.cancel()
	}
}
