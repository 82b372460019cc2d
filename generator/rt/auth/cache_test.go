package auth

import (
	"context"
	"errors"
	"net/http/httptest"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// source is a provider that takes its time and counts. Each answer is another token.
type source struct {
	delay, life time.Duration
	calls       atomic.Int32
	running     atomic.Int32
	cancelled   atomic.Int32
	fail        atomic.Pointer[error]
}

func (s *source) Credentials(ctx context.Context) (Credentials, error) {
	n := s.calls.Add(1)
	if s.running.Add(1) > 1 {
		panic("two refreshes at once")
	}
	defer s.running.Add(-1)
	if s.delay > 0 {
		select {
		case <-time.After(s.delay):
		case <-ctx.Done():
			s.cancelled.Add(1)
			return Credentials{}, ctx.Err()
		}
	}
	if err := s.fail.Load(); err != nil {
		return Credentials{}, *err
	}
	c := Credentials{Token: strconv.Itoa(int(n))}
	if s.life > 0 {
		c.Expires = time.Now().Add(s.life)
	}
	return c, nil
}

func (s *source) failWith(err error) {
	if err == nil {
		s.fail.Store(nil)
		return
	}
	s.fail.Store(&err)
}

func wantToken(t *testing.T, p Provider, token string) {
	t.Helper()
	if c, err := p.Credentials(t.Context()); err != nil || c.Token != token {
		t.Errorf("token %q, %v, want %q", c.Token, err, token)
	}
}

func TestCacheSharesOneRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{delay: time.Second, life: time.Hour}
		cache := Cached(s, nil, 5*time.Minute)
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() { wantToken(t, cache, "1") })
		}
		all.Wait()
		if n := s.calls.Load(); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestCacheExpiry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{delay: 2 * time.Second, life: time.Hour}
		cache := Cached(s, nil, 5*time.Minute)
		wantToken(t, cache, "1")
		begin := time.Now()
		took := func(want time.Duration) {
			t.Helper()
			if got := time.Since(begin); got != want {
				t.Errorf("took %s, want %s", got, want)
			}
		}

		time.Sleep(54 * time.Minute) // not yet in the margin
		begin = time.Now()
		wantToken(t, cache, "1")
		time.Sleep(2 * time.Minute) // in the margin: refresh, without waiting
		begin = time.Now()
		wantToken(t, cache, "1")
		wantToken(t, cache, "1")
		took(0)
		time.Sleep(3 * time.Second)
		wantToken(t, cache, "2")

		time.Sleep(2 * time.Hour) // nobody asked in time: wait
		begin = time.Now()
		wantToken(t, cache, "3")
		took(2 * time.Second)
		if n := s.calls.Load(); n != 3 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestCacheEarlyRefreshFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{life: time.Hour}
		cache := Cached(s, nil, 8*time.Minute)
		wantToken(t, cache, "1")
		s.failWith(errors.New("down"))
		time.Sleep(52*time.Minute + time.Second)
		for range 60 * 4 { // four minutes
			wantToken(t, cache, "1") // goes on with what it has
			time.Sleep(time.Second)
		}
		if n := s.calls.Load(); n != 1+4 { // one attempt a minute
			t.Errorf("%d calls", n)
		}
		time.Sleep(4 * time.Minute) // now expired
		for range 3 {
			if _, err := cache.Credentials(t.Context()); err == nil || err.Error() != "down" {
				t.Error(err)
			}
		}
		if n := s.calls.Load(); n != 5+3 { // errors are not kept
			t.Errorf("%d calls", n)
		}
		s.failWith(nil)
		wantToken(t, cache, "9")
	})
}

func TestCacheWaiterGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{delay: time.Minute}
		cache := Cached(s, nil, 0)
		first, giveUp := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() { // causes the refresh, then gives up
			if _, err := cache.Credentials(first); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			short, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if _, err := cache.Credentials(short); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		for range 10 {
			all.Go(func() { wantToken(t, cache, "1") })
		}
		synctest.Wait()
		giveUp()
		all.Wait()
		if s.calls.Load() != 1 || s.cancelled.Load() != 0 {
			t.Errorf("%d calls, %d cancelled", s.calls.Load(), s.cancelled.Load())
		}
		if _, err := cache.Credentials(first); !errors.Is(err, context.Canceled) {
			t.Errorf("with a context that has ended: %v", err)
		}
	})
}

func TestCacheAllGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{delay: time.Minute}
		cache := Cached(s, nil, 0)
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if _, err := cache.Credentials(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		synctest.Wait()
		if s.calls.Load() != 1 || s.cancelled.Load() != 1 {
			t.Errorf("%d calls, %d cancelled", s.calls.Load(), s.cancelled.Load())
		}
		wantToken(t, cache, "2")
	})
}

// TestCacheAbandonedAnswer: a provider that ignores its cancellation does not overwrite what came after it.
func TestCacheAbandonedAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int32
		cache := Cached(ProviderFunc(func(context.Context) (Credentials, error) {
			if n.Add(1) == 1 {
				time.Sleep(time.Hour)
				return Credentials{Token: "late"}, nil
			}
			return Credentials{Token: "good"}, nil
		}), nil, 0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := cache.Credentials(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		wantToken(t, cache, "good")
		time.Sleep(2 * time.Hour)
		wantToken(t, cache, "good")
	})
}

func TestCacheContext(t *testing.T) {
	type key struct{}
	cache := Cached(ProviderFunc(func(ctx context.Context) (Credentials, error) {
		_, limited := ctx.Deadline()
		if ctx.Value(key{}) != "v" || limited {
			return Credentials{}, errors.New("wants the values of the caller without its deadline")
		}
		return Credentials{}, nil
	}), nil, 0)
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "v"), time.Hour)
	defer cancel()
	if _, err := cache.Credentials(ctx); err != nil {
		t.Error(err)
	}
}

func TestCacheGoexit(t *testing.T) {
	cache := Cached(ProviderFunc(func(context.Context) (Credentials, error) {
		runtime.Goexit()
		return Credentials{}, nil
	}), nil, 0)
	if _, err := cache.Credentials(t.Context()); err == nil {
		t.Error("no error")
	}
}

// TestCacheExpiredOnArrival: the server decides, but it is not kept.
func TestCacheExpiredOnArrival(t *testing.T) {
	n := 0
	cache := Cached(ProviderFunc(func(context.Context) (Credentials, error) {
		n++
		return Credentials{Token: strconv.Itoa(n), Expires: time.Unix(1, 0)}, nil
	}), nil, time.Minute)
	wantToken(t, cache, "1")
	wantToken(t, cache, "2")
}

// TestCacheRace has 100 goroutines ask, drop and give up on a source whose answers last for moments.
func TestCacheRace(t *testing.T) {
	s := &source{delay: 50 * time.Microsecond, life: time.Millisecond}
	cache := Cached(s, nil, 300*time.Microsecond)
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			for j := range 50 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				if i%10 == 0 && j%5 == 0 {
					cancel()
				}
				c, err := cache.Credentials(ctx)
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				if j%7 == 0 {
					cache.Drop(c)
				}
				cancel()
			}
		})
	}
	all.Wait()
	t.Logf("%d refreshes for 5000 calls", s.calls.Load())
}

// The local clock is two hours off; the server's time, which an authorizer is told, is what counts.
func TestExpiryIsJudgedByTheServersTime(t *testing.T) {
	for _, off := range []time.Duration{2 * time.Hour, -2 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			s := &source{life: time.Hour}
			local := func() time.Time { return time.Now().Add(off) }
			a := Header(Cached(s, local, 8*time.Minute), "X-Auth-Token", "")
			want := func(token string) {
				t.Helper()
				r := httptest.NewRequest("GET", "https://example.com/", nil)
				if err := a.Authorize(t.Context(), r, nil, time.Now()); err != nil {
					t.Fatal(err)
				}
				if got := r.Header.Get("X-Auth-Token"); got != token {
					t.Errorf("clock off by %s: token %s, want %s", off, got, token)
				}
			}
			want("1")
			want("1")
			s.failWith(errors.New("down"))
			time.Sleep(53 * time.Minute)
			for range 4 * 60 { // early attempts, one a minute
				want("1")
				time.Sleep(time.Second)
			}
			if n := s.calls.Load(); n != 1+4 {
				t.Errorf("clock off by %s: %d calls", off, n)
			}
			s.failWith(nil)
			time.Sleep(4 * time.Minute) // now expired
			want("6")
		})
	}
}
