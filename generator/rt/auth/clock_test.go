package auth

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	local := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return local.Add(d).Format(http.TimeFormat) }
	c := NewClock(func() time.Time { return local })
	for _, step := range []struct {
		name, date string
		want       time.Duration
	}{
		{"not a date", "soon", 0},
		{"no date", "", 0},
		{"agrees", date(0), 0},
		{"a little off", date(30 * time.Second), 0},
		{"ahead", date(31 * time.Second), 31 * time.Second},
		{"about the same", date(50 * time.Second), 31 * time.Second},
		{"further ahead", date(20 * time.Minute), 20 * time.Minute},
		{"ten years", date(10 * 365 * 24 * time.Hour), 20 * time.Minute},
		{"before Unix", "Thu, 01 Jan 0001 00:00:00 GMT", 20 * time.Minute},
		{"behind", date(-14 * time.Hour), -14 * time.Hour},
		{"a day behind", date(-24 * time.Hour), -24 * time.Hour},
		{"more than a day", date(-24*time.Hour - time.Second), -24 * time.Hour},
		{"another form", local.Add(time.Hour).Format("Monday, 02-Jan-06 15:04:05 GMT"), time.Hour},
		{"agrees again", date(-10 * time.Second), 0},
	} {
		c.Observe(step.date, local)
		if got := c.Offset(); got != step.want {
			t.Errorf("%s: offset %s, want %s", step.name, got, step.want)
		}
		if got := c.Now(); !got.Equal(local.Add(step.want)) {
			t.Errorf("%s: now %s", step.name, got)
		}
	}
	c.Observe(date(time.Hour), time.Time{}) // reads the clock itself
	if got := c.Offset(); got != time.Hour {
		t.Errorf("zero local time: offset %s", got)
	}
}

func TestClockZeroValue(t *testing.T) {
	var c Clock
	if d := time.Since(c.Now()); d < 0 || d > time.Minute {
		t.Errorf("%s from now", d)
	}
	c.Observe(time.Now().Add(time.Hour).UTC().Format(http.TimeFormat), time.Now())
	if d := time.Until(c.Now()).Round(time.Minute); d != time.Hour {
		t.Errorf("%s from now", d)
	}
}

func TestClockRace(t *testing.T) {
	var c Clock
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			for range 100 {
				c.Observe(time.Now().Add(time.Duration(i)*time.Minute).UTC().Format(http.TimeFormat), time.Time{})
				if c.Now().IsZero() || c.Offset() > 100*time.Minute {
					t.Error(c.Offset())
				}
			}
		})
	}
	all.Wait()
}
