package json

import (
	"strings"
	"time"
)

// parseTime reads a time of RFC 3339, in UTC, with the offset in seconds of the zone it was written in.
// Fractions beyond nanoseconds are cut. Leap seconds have no time.Time and are refused.
func parseTime(s string) (t time.Time, offset int, ok bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || s[4] != '-' || s[7] != '-' || s[10]|0x20 != 't' || s[13] != ':' || s[16] != ':' {
		return t, 0, false
	}
	year := two(s, 0)*100 + two(s, 2)
	month, day := two(s, 5), two(s, 8)
	hour, minute, second := two(s, 11), two(s, 14), two(s, 17)
	if min(two(s, 0), two(s, 2), hour, minute, second) < 0 || hour > 23 || minute > 59 || second > 59 ||
		month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return t, 0, false
	}
	nanos := 0
	s = s[19:]
	if s[0] == '.' {
		n := digits(s, 1)
		if n == 1 {
			return t, 0, false
		}
		for i := 1; i <= 9; i++ {
			nanos *= 10
			if i < n {
				nanos += int(s[i] - '0')
			}
		}
		s = s[n:]
	}
	switch {
	case len(s) == 1 && s[0]|0x20 == 'z':
	case len(s) == len("+07:00") && (s[0] == '+' || s[0] == '-') && s[3] == ':':
		h, m := two(s, 1), two(s, 4)
		if h < 0 || h > 23 || m < 0 || m > 59 {
			return t, 0, false
		}
		offset = (h*60 + m) * 60
		if s[0] == '-' {
			offset = -offset
		}
	default:
		return t, 0, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second-offset, nanos, time.UTC), offset, true
}

// canonicalTime reports whether a time that has been read from s, with the offset, is written as s again.
func canonicalTime(s string, offset int) bool {
	zone := len(s) - 1
	if offset != 0 {
		zone = len(s) - len("+07:00")
	} else if s[zone] != 'Z' { // no offset is an offset of zero
		return false
	}
	fraction := zone - len("2006-01-02T15:04:05")
	return s[10] == 'T' && (fraction == 0 || fraction <= len(".999999999") && s[zone-1] != '0')
}

// two returns the number in the two digits at i, or a very negative one.
func two(s string, i int) int {
	a, b := s[i]-'0', s[i+1]-'0'
	if a > 9 || b > 9 {
		return -1 << 20
	}
	return int(a)*10 + int(b)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// writable returns t in a zone that RFC 3339 can write, and whether its year can be written.
func writable(t time.Time) (time.Time, bool) {
	if _, offset := t.Zone(); offset%60 != 0 || offset <= -24*3600 || offset >= 24*3600 {
		t = t.UTC()
	}
	year := t.Year()
	return t, 0 <= year && year <= 9999
}

// What a layout of package time holds. "06" is the year in both of its forms.

func hasYear(layout string) bool { return strings.Contains(layout, "06") }

func hasZone(layout string) bool {
	return strings.Contains(layout, "07") || strings.Contains(layout, "MST")
}

// parseLayouts reads a time in the first of the layouts that fits. Without a zone it is in UTC, without
// a date on the first day of the year 0.
func parseLayouts(layouts []string, s string) (time.Time, bool) {
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, s, time.UTC)
		// Package time is lenient with single digits and fractions; the wire is not.
		if err == nil && (hasZone(layout) || t.Format(layout) == shortFraction(layout, s)) {
			return t, true
		}
	}
	return time.Time{}, false
}

// shortFraction is s as package time writes it in a layout whose fraction has as many digits as it needs: without the zeros at
// its end, without what is less than a nanosecond, and without a point that nothing follows. There must be a digit to begin with.
func shortFraction(layout, s string) string {
	point := strings.IndexByte(s, '.')
	if point < 0 || !strings.Contains(layout, ".999999999") {
		return s
	}
	end := digits(s, point+1)
	kept := min(end, point+len(".999999999"))
	for kept > point+1 && s[kept-1] == '0' {
		kept--
	}
	if kept == point+1 && end > kept {
		kept = point
	}
	return s[:kept] + s[end:]
}

// chooseLayout returns the layout to write t in, and t in the zone to write it in. That is the first that
// loses nothing, where a time in the year 0, which is a time of day, prefers one without a year: only
// such times have a form in those. When all lose something it is the first of the right kind, or the first.
func chooseLayout(layouts []string, t time.Time) (string, time.Time) {
	if len(layouts) == 1 {
		return layouts[0], inZone(layouts[0], t)
	}
	ofDay := t.UTC().Year() == 0
	best, bestRank := layouts[0], 0
	for _, layout := range layouts {
		rank := 0
		if hasYear(layout) != ofDay {
			rank = 1
		}
		if holds(layout, inZone(layout, t)) {
			rank += 2
		}
		if rank == 3 {
			return layout, inZone(layout, t)
		}
		if rank > bestRank {
			best, bestRank = layout, rank
		}
	}
	return best, inZone(best, t)
}

// holds reports whether the layout has a place for each part of t that is not as it is when it is not
// written.
func holds(layout string, t time.Time) bool {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	if year != 0 && !hasYear(layout) ||
		month != 1 && !strings.Contains(layout, "01") && !strings.Contains(layout, "Jan") ||
		day != 1 && !strings.Contains(layout, "02") ||
		hour != 0 && !strings.Contains(layout, "15") && !strings.Contains(layout, "03") ||
		minute != 0 && !strings.Contains(layout, "04") ||
		second != 0 && !strings.Contains(layout, "05") {
		return false
	}
	rest := int64(t.Nanosecond())
	if rest == 0 {
		return true
	}
	_, fraction, _ := strings.Cut(layout, "05")
	for i := 1; i < len(fraction) && (fraction[i] == '0' || fraction[i] == '9'); i++ {
		rest = rest * 10 % 1e9
	}
	return rest == 0
}

// inZone returns t as a layout is to show it: what has no zone is read back as UTC.
func inZone(layout string, t time.Time) time.Time {
	if hasZone(layout) {
		t, _ = writable(t)
		return t
	}
	return t.UTC()
}
