package rt

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	errReset = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	errDial  = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
)

// steady is a policy without chance: each wait is its upper bound.
var steady = RetryPolicy{Jitter: func() float64 { return 1 }}

func TestWhatIsRepeated(t *testing.T) {
	const throttled = `{"error_code":"APIGW.0308","error_msg":"slow down"}`
	const passing = `{"error":{"code":"AS.0049","message":"Call IAM failed."}}`
	const busy = `{"error":{"code":"AS.0034","message":"active"}}`
	for _, tt := range []struct {
		name      string
		first     func(*http.Request) (*http.Response, error)
		get, post int // requests made
	}{
		{"success", answer(200, widgetJSON), 1, 1},
		{"429", answer(429, ``), 2, 2},
		{"a code that means throttled", answer(400, throttled), 2, 2},
		{"502", answer(502, ``), 2, 1},
		{"503", answer(503, ``), 2, 1},
		{"504", answer(504, ``), 2, 1},
		{"500", answer(500, ``), 1, 1},
		{"500 with a code that means unavailable", answer(500, passing), 2, 1},
		{"400 busy", answer(400, busy), 1, 1},
		{"400", answer(400, ``), 1, 1},
		{"404", answer(404, ``), 1, 1},
		{"301", answer(301, ``, "Location", "/x"), 1, 1},
		{"reset", fails(errReset), 2, 1},
		{"no connection", fails(errDial), 2, 2},
		{"end of file", fails(io.ErrUnexpectedEOF), 2, 1},
		{"unknown certificate", fails(x509.UnknownAuthorityError{}), 1, 1},
		{"no response at all", func(*http.Request) (*http.Response, error) { return nil, nil }, 2, 1},
		{"body breaks off", func(*http.Request) (*http.Response, error) {
			r := reply(200, widgetJSON)
			r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"id":`), &failing{errReset}))
			return r, nil
		}, 2, 1},
		{"body shorter than announced", func(*http.Request) (*http.Response, error) {
			r := reply(200, widgetJSON[:20])
			r.ContentLength = int64(len(widgetJSON))
			return r, nil
		}, 2, 1},
		{"no JSON", answer(200, `<html>`, "Content-Type", "text/html"), 1, 1},
		{"not documented", answer(206, widgetJSON), 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := script(tt.first, answer(200, widgetJSON))
				c := newTestClient(t, tr)
				_, _ = get(context.Background(), c, "w1")
				if n := tr.count(); n != tt.get {
					t.Errorf("GET was sent %d times, want %d", n, tt.get)
				}
				tr = script(tt.first, answer(200, widgetJSON))
				_, _ = create(context.Background(), newTestClient(t, tr), &widget{Name: "x"})
				if n := tr.count(); n != tt.post {
					t.Errorf("POST was sent %d times, want %d", n, tt.post)
				}
				for _, body := range tr.texts {
					if body != tr.texts[0] || body == "" {
						t.Errorf("bodies differ: %q", tr.texts)
					}
				}
			})
		})
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestAttemptsEndAtTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := always(503, "", "X-Request-Id", "r9")
		var raw RawResponse
		_, err := get(context.Background(), newTestClient(t, tr), "w1", WithResponseInto(&raw))
		var e *Error
		if !errors.As(err, &e) || e.Attempts != DefaultMaxAttempts || tr.count() != DefaultMaxAttempts || e.RequestID != "r9" {
			t.Errorf("%v, %d sent", err, tr.count())
		}
		if raw.Attempts != DefaultMaxAttempts || raw.Status != 503 {
			t.Errorf("captured %+v", raw)
		}
		tr = always(503, "")
		_, _ = get(context.Background(), newTestClient(t, tr), "w1", WithRetry(RetryPolicy{MaxAttempts: 2}))
		_, _ = get(context.Background(), newTestClient(t, tr, WithoutRetry()), "w1")
		if tr.count() != 3 {
			t.Errorf("%d sent", tr.count())
		}
	})
}

func TestWaitsGrowToTheCap(t *testing.T) {
	p := RetryPolicy{Base: time.Second, Cap: 5 * time.Second, Jitter: func() float64 { return 1 }}
	var got []time.Duration
	for i := 1; i <= 70; i++ {
		got = append(got, p.wait(i, 0))
	}
	for i, want := range []time.Duration{1, 2, 4, 5, 5} {
		if got[i] != want*time.Second {
			t.Errorf("wait %d is %v", i+1, got[i])
		}
	}
	if got[69] != 5*time.Second {
		t.Error(got[69])
	}
	for _, f := range []float64{math.NaN(), -1, 2, math.Inf(1)} {
		p.Jitter = func() float64 { return f }
		if w := p.wait(1, 0); w != time.Second {
			t.Errorf("jitter %v: %v", f, w)
		}
	}
	var spread RetryPolicy
	for range 100 {
		if w := spread.wait(3, 0); w < 0 || w > 4*DefaultRetryBase {
			t.Errorf("%v", w)
		}
	}
}

func TestRetryAfterIsHonouredAndCapped(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		header string
		parsed time.Duration
		wait   time.Duration
	}{
		{"", 0, DefaultRetryBase},
		{"5", 5 * time.Second, 5*time.Second + DefaultRetryBase},
		{" 5 ", 5 * time.Second, 5*time.Second + DefaultRetryBase},
		{"1.5", 1500 * time.Millisecond, 1500*time.Millisecond + DefaultRetryBase},
		{"0", 0, DefaultRetryBase},
		{"-5", 0, DefaultRetryBase},
		{"NaN", 0, DefaultRetryBase},
		{"Inf", math.MaxInt64 / 2, DefaultMaxRetryAfter + DefaultRetryBase},
		{"1e999", math.MaxInt64 / 2, DefaultMaxRetryAfter + DefaultRetryBase},
		{"315360000", 315360000 * time.Second, DefaultMaxRetryAfter + DefaultRetryBase},
		{"99999999999999999999", math.MaxInt64 / 2, DefaultMaxRetryAfter + DefaultRetryBase},
		{"Thu, 01 Jan 2026 00:00:07 GMT", 7 * time.Second, 7*time.Second + DefaultRetryBase},
		{"Thu, 01 Jan 2015 00:00:07 GMT", 0, DefaultRetryBase},
		{"Fri, 01 Jan 2036 00:00:07 GMT", time.Date(2036, 1, 1, 0, 0, 7, 0, time.UTC).Sub(now), DefaultMaxRetryAfter + DefaultRetryBase},
		{"soon", 0, DefaultRetryBase},
	} {
		t.Run(tt.header, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := script(answer(429, "", "Retry-After", tt.header), answer(200, widgetJSON))
				c := newTestClient(t, tr, WithClock(func() time.Time { return now }), WithRetry(steady))
				begun := time.Now()
				if _, err := get(context.Background(), c, "w1"); err != nil {
					t.Fatal(err)
				}
				if got := time.Since(begun); got != tt.wait {
					t.Errorf("waited %v, want %v", got, tt.wait)
				}
				var e *Error
				_, err := get(context.Background(), newTestClient(t, always(429, "", "Retry-After", tt.header), WithClock(func() time.Time { return now })), "w1", WithoutRetry())
				if !errors.As(err, &e) || e.RetryAfter != tt.parsed {
					t.Errorf("RetryAfter is %v, want %v", e.RetryAfter, tt.parsed)
				}
			})
		})
	}
}

func TestCancelEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTestClient(t, always(429, `{"error":{"code":"X","message":"slow"}}`, "Retry-After", "25"), WithRetry(steady))
		ctx, cancel := context.WithCancelCause(context.Background())
		why := errors.New("the user left")
		time.AfterFunc(time.Second, func() { cancel(why) })
		begun := time.Now()
		_, err := get(ctx, c, "w1")
		if d := time.Since(begun); d != time.Second {
			t.Errorf("took %v", d)
		}
		var tr *TransportError
		if !errors.As(err, &tr) || !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
			t.Errorf("%v", err)
		}
		if !errors.Is(err, ErrRateLimited) {
			t.Errorf("the failure before the wait is lost: %v", err)
		}
		mustContain(t, err.Error(), "GetWidget", "the user left", "slow")
	})
}

func TestAWaitBeyondTheDeadlineIsNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTestClient(t, always(429, "", "Retry-After", "25"), WithRetry(steady))
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		begun := time.Now()
		_, err := get(ctx, c, "w1")
		if !errors.Is(err, ErrRateLimited) || time.Since(begun) != 0 {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

// hang answers when the request's context ends, as a transport does.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeoutsTellWhichOneItWas(t *testing.T) {
	for _, tt := range []struct {
		name  string
		opts  []CallOption
		ctx   time.Duration
		scope TimeoutScope
		took  time.Duration
		sent  int
	}{
		{"attempt", []CallOption{WithAttemptTimeout(2 * time.Second), WithoutRetry()}, 0, AttemptTimeout, 2 * time.Second, 1},
		{"every attempt", []CallOption{WithAttemptTimeout(2 * time.Second), WithRetry(RetryPolicy{MaxAttempts: 3, Jitter: steady.Jitter})}, 0, AttemptTimeout, 6*time.Second + 3*DefaultRetryBase, 3},
		{"total", []CallOption{WithTimeout(3 * time.Second), WithAttemptTimeout(2 * time.Second), WithRetry(steady)}, 0, TotalTimeout, 3 * time.Second, 2},
		{"context", []CallOption{WithTimeout(3 * time.Second)}, time.Second, "", time.Second, 1},
		{"none of ours", []CallOption{WithAttemptTimeout(0), WithTimeout(0)}, 4 * time.Second, "", 4 * time.Second, 1},
		{"default", []CallOption{WithoutRetry()}, 0, AttemptTimeout, DefaultAttemptTimeout, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := script(hang)
				ctx := context.Background()
				if tt.ctx > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, tt.ctx)
					defer cancel()
				}
				begun := time.Now()
				_, err := get(ctx, newTestClient(t, tr), "w1", tt.opts...)
				if got := time.Since(begun); got != tt.took {
					t.Errorf("took %v, want %v", got, tt.took)
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v is no deadline", err)
				}
				var limit *TimeoutError
				if errors.As(err, &limit) != (tt.scope != "") || limit != nil && limit.Scope != tt.scope {
					t.Errorf("got %v, want scope %q", err, tt.scope)
				}
				var timeout interface{ Timeout() bool }
				if !errors.As(err, &timeout) || !timeout.Timeout() {
					t.Errorf("%v does not say that time was up", err)
				}
				if tr.count() != tt.sent {
					t.Errorf("%d sent, want %d", tr.count(), tt.sent)
				}
			})
		})
	}
}

func TestPostIsNotRepeatedAfterATimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := script(hang)
		_, err := create(context.Background(), newTestClient(t, tr), &widget{Name: "x"}, WithAttemptTimeout(time.Second))
		var limit *TimeoutError
		if !errors.As(err, &limit) || tr.count() != 1 {
			t.Errorf("%v, %d sent", err, tr.count())
		}
	})
}

// drip is a body that gives a byte a second, until the context of its request ends.
type drip struct {
	ctx    context.Context
	closed bool
}

func (d *drip) Read(p []byte) (int, error) {
	select {
	case <-time.After(time.Second):
		p[0] = ' '
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func (d *drip) Close() error { d.closed = true; return nil }

func TestASlowBodyEndsWithTheAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []*drip
		tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			d := &drip{ctx: r.Context()}
			bodies = append(bodies, d)
			resp := reply(200, "")
			resp.Body, resp.ContentLength = d, -1
			return resp, nil
		}}
		_, err := get(context.Background(), newTestClient(t, tr), "w1", WithAttemptTimeout(10*time.Second), WithRetry(RetryPolicy{MaxAttempts: 2}))
		var limit *TimeoutError
		if !errors.As(err, &limit) || limit.Scope != AttemptTimeout || len(bodies) != 2 {
			t.Errorf("%v, %d bodies", err, len(bodies))
		}
		for _, b := range bodies {
			if !b.closed {
				t.Error("a body was left open")
			}
		}
	})
}

// renewing is an authorizer whose token can be renewed a number of times.
type renewing struct {
	token    string
	renewals int
	asked    int
	read     string
}

func (a *renewing) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	r.Header.Set("X-Auth-Token", a.token)
	return nil
}

func (a *renewing) Rejected(_ context.Context, resp *http.Response) bool {
	a.asked++
	b, _ := io.ReadAll(resp.Body)
	a.read = string(b)
	if a.renewals == 0 || resp.Request == nil || resp.Request.Header.Get("X-Auth-Token") != a.token {
		return false
	}
	a.renewals--
	a.token += "'"
	return true
}

func TestRejectedCredentialsAreRenewedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		check := func(r *http.Request) (*http.Response, error) {
			if r.Header.Get("X-Auth-Token") == "t'" {
				return reply(200, widgetJSON), nil
			}
			return reply(401, `{"error_code":"APIGW.0307","error_msg":"renew"}`), nil
		}
		a := &renewing{token: "t", renewals: 5}
		tr := script(check)
		if _, err := create(context.Background(), newTestClient(t, tr, WithAuthorizer(a), WithoutRetry()), &widget{Name: "x"}); err != nil {
			t.Error(err)
		}
		if tr.count() != 2 || a.asked != 1 || !strings.Contains(a.read, "APIGW.0307") {
			t.Errorf("%d sent, asked %d times, read %q", tr.count(), a.asked, a.read)
		}
		for _, body := range tr.texts {
			if !strings.Contains(body, `"x"`) {
				t.Errorf("body %q", body)
			}
		}

		a = &renewing{token: "t", renewals: 5}
		tr = always(401, `{"error_code":"APIGW.0307","error_msg":"renew"}`)
		_, err := get(context.Background(), newTestClient(t, tr, WithAuthorizer(a)), "w1")
		if !errors.Is(err, ErrUnauthenticated) || tr.count() != 2 || a.asked != 1 {
			t.Errorf("%v, %d sent, asked %d times", err, tr.count(), a.asked)
		}

		a = &renewing{token: "t"}
		tr = always(401, ``)
		_, err = get(context.Background(), newTestClient(t, tr, WithAuthorizer(a)), "w1")
		if !errors.Is(err, ErrUnauthenticated) || tr.count() != 1 {
			t.Errorf("%v, %d sent", err, tr.count())
		}
	})
}

// skewClock is what auth.Clock does, in short.
type skewClock struct {
	base   func() time.Time
	offset time.Duration
}

func (c *skewClock) Now() time.Time        { return c.base().Add(c.offset) }
func (c *skewClock) Offset() time.Duration { return c.offset }
func (c *skewClock) Observe(date string, local time.Time) {
	if t, err := http.ParseTime(date); err == nil {
		c.offset = t.Sub(local)
	}
}

type dated struct{}

func (dated) Authorize(_ context.Context, r *http.Request, _ []byte, now time.Time) error {
	r.Header.Set("X-Sdk-Date", now.UTC().Format(time.RFC3339))
	return nil
}
func (dated) Rejected(context.Context, *http.Response) bool { return false }

func TestAWrongClockIsCorrectedByTheServer(t *testing.T) {
	local := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	server := local.Add(time.Hour)
	tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
		if r.Header.Get("X-Sdk-Date") != server.Format(time.RFC3339) {
			return reply(401, ``, "Date", server.Format(http.TimeFormat)), nil
		}
		return reply(200, widgetJSON, "Date", server.Format(http.TimeFormat)), nil
	}}
	var warned []string
	c := newTestClient(t, tr, WithAuthorizer(dated{}), WithObserver(func(_ context.Context, e Event) {
		if e.Kind == EventWarning {
			warned = append(warned, e.Message)
		}
	}), WithServerClock(func(base func() time.Time) ServerClock { return &skewClock{base: base} }),
		WithClock(func() time.Time { return local }))
	if _, err := get(context.Background(), c, "w1"); err != nil || tr.count() != 2 {
		t.Errorf("%v, %d sent", err, tr.count())
	}
	if _, err := get(context.Background(), c, "w1"); err != nil || tr.count() != 3 {
		t.Errorf("%v, %d sent", err, tr.count())
	}
	if len(warned) != 1 || warned[0] != "the server's clock is ahead of the local one by 1h0m0s" {
		t.Errorf("%q", warned)
	}
}

func TestObserversHearOfDeprecation(t *testing.T) {
	var warned []string
	c := newTestClient(t, always(200, widgetJSON, "Deprecation", "@1688169599", "Sunset", "Sun, 30 Jun 2030 23:59:59 GMT"), WithObserver(func(_ context.Context, e Event) {
		if e.Kind == EventWarning {
			warned = append(warned, e.Message)
		}
	}))
	if _, err := get(context.Background(), c, "w1"); err != nil || len(warned) != 2 || warned[0] != "Deprecation: @1688169599" {
		t.Errorf("%q %v", warned, err)
	}
}

func TestObserversHearOfAttemptsAndRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []Event
		tr := script(answer(503, "", "X-Request-Id", "r1\x1b[31m"), fails(errReset), answer(200, widgetJSON))
		c := newTestClient(t, tr, WithRetry(steady), WithObserver(func(_ context.Context, e Event) { events = append(events, e) }))
		if _, err := get(context.Background(), c, "w1"); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range events {
			got = append(got, e.Kind.String())
			if e.Operation != "GetWidget" || strings.Contains(e.RequestID, "\x1b") {
				t.Errorf("%+v", e)
			}
		}
		if s := strings.Join(got, " "); s != "attempt retry attempt retry attempt" {
			t.Error(s)
		}
		if e := events[1]; e.Status != 503 || e.Duration != DefaultRetryBase || !errors.Is(e.Err, ErrUnavailable) || e.Attempt != 1 {
			t.Errorf("%+v", e)
		}
		if e := events[3]; e.Attempt != 2 || e.Duration != 2*DefaultRetryBase || !errors.Is(e.Err, syscall.ECONNRESET) {
			t.Errorf("%+v", e)
		}
	})
}

// The timer of an attempt is spared where the context ends earlier: what ends the call is the context.
func TestADeadlineBeforeTheTimeoutOfAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waits := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := get(ctx, newTestClient(t, waits), "w1")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		var timeout *TimeoutError
		assert.False(t, errors.As(err, &timeout))

		later, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		_, err = get(later, newTestClient(t, waits, WithoutRetry()), "w1")
		require.ErrorAs(t, err, &timeout)
		assert.Equal(t, AttemptTimeout, timeout.Scope)
	})
}
