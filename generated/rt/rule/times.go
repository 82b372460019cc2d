package rule

import (
	"math"
	"time"
)

// AddTime returns the time d after t, unless it is outside of the range of times.
func AddTime(t time.Time, d time.Duration) (time.Time, bool) {
	t = t.Add(d)
	if u := t.Unix(); u < minUnix || u > maxUnix {
		return time.Time{}, false
	}
	return t, true
}

// SubTime returns the time d before t, unless it is outside of the range of times.
func SubTime(t time.Time, d time.Duration) (time.Time, bool) {
	if d == math.MinInt64 {
		return time.Time{}, false
	}
	return AddTime(t, -d)
}

// Between returns the span from u to t, unless it is longer than a Duration can say.
func Between(t, u time.Time) (time.Duration, bool) {
	s, ok := MulInt(t.Unix()-u.Unix(), int64(time.Second))
	if !ok {
		return 0, false
	}
	d, ok := AddInt(s, int64(t.Nanosecond()-u.Nanosecond()))
	return time.Duration(d), ok
}
