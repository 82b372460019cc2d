package rule

import (
	"math"
	"time"
)

// AddTime returns the time d after t, unless it is outside of the range of times.
//
//go:noinline
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
//
//go:noinline
func Between(t, u time.Time) (time.Duration, bool) {
	s, ok := MulInt(t.Unix()-u.Unix(), int64(time.Second))
	if !ok {
		return 0, false
	}
	d, ok := AddInt(s, int64(t.Nanosecond()-u.Nanosecond()))
	return time.Duration(d), ok
}

// Parts of times are those they have in UTC. The functions are called, not compiled into the rules that ask: each is one
// call there instead of a calculation.

// Year returns the year of t.
//
//go:noinline
func Year(t time.Time) int { return t.UTC().Year() }

// Month returns the month of t, from 1 on.
//
//go:noinline
func Month(t time.Time) int { return int(t.UTC().Month()) }

// Day returns the day of the month of t, from 1 on.
//
//go:noinline
func Day(t time.Time) int { return t.UTC().Day() }

// YearDay returns the day of the year of t, from 1 on.
//
//go:noinline
func YearDay(t time.Time) int { return t.UTC().YearDay() }

// Weekday returns the day of the week of t, from 0, Sunday, on.
//
//go:noinline
func Weekday(t time.Time) int { return int(t.UTC().Weekday()) }

// Hour returns the hour of t.
//
//go:noinline
func Hour(t time.Time) int { return t.UTC().Hour() }

// Minute returns the minute of t.
//
//go:noinline
func Minute(t time.Time) int { return t.UTC().Minute() }

// Second returns the second of t.
//
//go:noinline
func Second(t time.Time) int { return t.UTC().Second() }

// Nanosecond returns the nanosecond of t within its second.
//
//go:noinline
func Nanosecond(t time.Time) int { return t.Nanosecond() }
