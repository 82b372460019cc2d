package rt

import (
	"context"
	"net/http"
	"time"
)

// Authorizer adds credentials to requests. Implementations are in package auth; this package knows
// their form only. It is used by many goroutines at once.
type Authorizer interface {
	// Authorize adds credentials to req, which is complete: nothing but the transport changes it
	// afterwards. Body is what will be sent; it must not be changed or kept. Now is the server's time as
	// far as known. Authorize may change header, URL and context of req.
	Authorize(ctx context.Context, req *http.Request, body []byte, now time.Time) error

	// Rejected is told of a response with status 401. It reports whether renewed credentials may
	// help, so that the request is worth repeating, which happens once per call. The body can be read.
	Rejected(ctx context.Context, resp *http.Response) (retry bool)
}

// ServerClock is a clock that is corrected by what servers say. An implementation is in package auth.
type ServerClock interface {
	Now() time.Time                                // the server's time, as far as known
	Offset() time.Duration                         // the correction in use
	Observe(serverDate string, localNow time.Time) // takes note of a Date header
}

// WithServerClock signs by a clock that follows the server's. Make gets the clock of [WithClock] to
// correct. A request that is rejected while its date turns out to be wrong is repeated once.
//
//go:noinline
func WithServerClock(make func(base func() time.Time) ServerClock) Option {
	return clientOption(func(c *config) { c.serverClock = make })
}

// observeDate tells the server clock the date of a response, and reports whether that changed the
// correction. The date of an answer out of a cache says nothing.
func (c *Client) observeDate(h http.Header) (changed bool) {
	if c.clock == nil || headerOf(h, "Age") != "" {
		return false
	}
	date := headerOf(h, "Date")
	if date == "" {
		return false
	}
	before := c.clock.Offset()
	c.clock.Observe(date, c.local())
	return c.clock.Offset() != before
}
