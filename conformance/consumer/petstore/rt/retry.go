package rt

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy says when and how often a call is repeated. Fields left zero have their defaults.
//
// Repeated are, for idempotent operations, failed connections, broken responses, attempts that took
// too long, and the answers 502, 503, 504 or of class [ErrUnavailable]. Any operation is repeated
// when it was certainly not executed: after 429 or class [ErrRateLimited], and when no connection
// came about. Nothing else is.
//
// The wait before repeat n is random between zero and the smaller of Cap and Base·2ⁿ⁻¹ (full
// jitter). Where the server names a wait (Retry-After), it is that, at most MaxRetryAfter, and up to
// Base more. A wait that the context's deadline would cut short is not begun.
type RetryPolicy struct {
	MaxAttempts   int            // requests per call, the first included; 1 never repeats
	Base          time.Duration  // of the wait
	Cap           time.Duration  // of the wait
	MaxRetryAfter time.Duration  // what a server may ask for
	Jitter        func() float64 // in [0, 1), for concurrent use; math/rand/v2 when nil
}

func (p *RetryPolicy) attempts() int {
	if p.MaxAttempts <= 0 {
		return DefaultMaxAttempts
	}
	return p.MaxAttempts
}

// wait returns how long to wait after the given attempt, counted from 1.
func (p *RetryPolicy) wait(attempt int, retryAfter time.Duration) time.Duration {
	base, limit, most := p.Base, p.Cap, p.MaxRetryAfter
	if base <= 0 {
		base = DefaultRetryBase
	}
	if limit <= 0 {
		limit = DefaultRetryCap
	}
	if most <= 0 {
		most = DefaultMaxRetryAfter
	}
	if retryAfter > 0 {
		return min(retryAfter, most) + p.jitter(base)
	}
	for i := 1; i < attempt && base < limit; i++ {
		base *= 2
	}
	return p.jitter(min(base, limit))
}

func (p *RetryPolicy) jitter(d time.Duration) time.Duration {
	f := rand.Float64
	if p.Jitter != nil {
		f = p.Jitter
	}
	x := f()
	if !(x >= 0 && x <= 1) {
		x = 1
	}
	return time.Duration(x * float64(d))
}

// retryAfter reads a Retry-After header: seconds or a date (RFC 9110, section 10.2.3). What is no
// number, negative or past is 0; what is too large for a duration is the largest.
func retryAfter(h http.Header, now time.Time) time.Duration {
	return waitOf(h.Get("Retry-After"), now)
}

// waitOf reads a wait: seconds, or a date as HTTP or RFC 3339 writes it.
func waitOf(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	if s, err := strconv.ParseFloat(text, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		switch {
		case !(s > 0):
			return 0
		case s > math.MaxInt64/float64(time.Second)/2:
			return math.MaxInt64 / 2
		}
		return time.Duration(s * float64(time.Second))
	}
	for _, parse := range []func(string) (time.Time, error){http.ParseTime, func(s string) (time.Time, error) { return time.Parse(time.RFC3339, s) }} {
		if t, err := parse(text); err == nil {
			return max(0, t.Sub(now))
		}
	}
	return 0
}

// repeatable reports whether an answer of the server is worth another request.
func (e *Error) repeatable(idempotent bool) bool {
	switch {
	case e.Status == http.StatusTooManyRequests || e.Class == ErrRateLimited:
		return true
	case !idempotent:
		return false
	}
	return e.Status == 502 || e.Status == 503 || e.Status == 504 || e.Class == ErrUnavailable
}

// repeatableFailure reports whether a failure to get an answer is worth another request.
func repeatableFailure(err error, idempotent bool) bool {
	var (
		op      *net.OpError
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
		verify  *tls.CertificateVerificationError
		final   interface{ Permanent() bool }
	)
	switch {
	case errors.As(err, &final) && final.Permanent():
		return false // a transport that knows, such as a replayer
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid), errors.As(err, &verify):
		return false // the next certificate will be the same
	case errors.As(err, &op) && op.Op == "dial":
		return true // not a byte was written
	}
	return idempotent
}

// sleep waits, or returns early with the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
