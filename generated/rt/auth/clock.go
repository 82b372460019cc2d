package auth

import (
	"net/http"
	"sync/atomic"
	"time"
)

// The range of differences between the two clocks that a [Clock] corrects.
const (
	// MinSkew is the least difference corrected. A Date header has whole seconds and an answer takes its time, so
	// smaller ones say little; servers that check dates allow minutes (signed requests: 15).
	MinSkew = 30 * time.Second

	// MaxSkew is the greatest difference corrected. It covers a clock set to the wrong time zone; a clock off by
	// more is likely to fail in TLS first, so a date further away is taken for nonsense.
	MaxSkew = 24 * time.Hour
)

// Clock is a local clock corrected by what the server says. The zero value, and one made of a nil base, correct
// time.Now.
type Clock struct {
	base   func() time.Time
	offset atomic.Int64 // nanoseconds to add to the base
}

// NewClock corrects the given clock.
func NewClock(base func() time.Time) *Clock { return &Clock{base: base} }

// Now is the server's time, as far as known.
func (c *Clock) Now() time.Time { return c.local().Add(c.Offset()) }

// Offset is the correction in use: what is added to the local time. Zero if there is none.
func (c *Clock) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// Observe takes note of the Date header of an answer (any form of RFC 9110) and the local time at which it came, that
// of the uncorrected clock; a zero localNow means now.
//
// The correction changes when the answer differs from it by more than [MinSkew], is lifted when the clocks agree within
// that again, and never exceeds [MaxSkew]. What is not a date, or too far off, is ignored. Do not pass the date of
// an answer with an Age header: it is that of a cache. A wrong date does no lasting harm, as the next right one
// undoes it.
//
// A signed request that was refused deserves another try if, after Observe, [Clock.Offset] is not what it was when the
// request was signed.
func (c *Clock) Observe(serverDate string, localNow time.Time) {
	date, err := http.ParseTime(serverDate)
	if err != nil {
		return
	}
	if localNow.IsZero() {
		localNow = c.local()
	}
	skew := date.Sub(localNow)
	if skew.Abs() > MaxSkew || (skew-c.Offset()).Abs() <= MinSkew {
		return
	}
	if skew.Abs() <= MinSkew {
		skew = 0
	}
	c.offset.Store(int64(skew))
}

func (c *Clock) local() time.Time {
	if c.base == nil {
		return time.Now()
	}
	return c.base()
}
