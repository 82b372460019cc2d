package rule

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// FloatInt returns the integer part of x, unless it is outside of the range. The ends of the range are outside.
func FloatInt(x float64) (int64, bool) {
	if !(x > math.MinInt64 && x < math.MaxInt64) {
		return 0, false
	}
	return int64(x), true
}

// FloatUint returns the integer part of x, unless it is outside of the range.
func FloatUint(x float64) (uint64, bool) {
	if !(x >= 0 && x < 1<<64) {
		return 0, false
	}
	return uint64(x), true
}

// IntUint returns x, unless it is negative.
func IntUint(x int64) (uint64, bool) {
	if x < 0 {
		return 0, false
	}
	return uint64(x), true
}

// UintInt returns x, unless it is too large.
func UintInt(x uint64) (int64, bool) {
	if x > math.MaxInt64 {
		return 0, false
	}
	return int64(x), true
}

// ParseInt reads a decimal integer.
func ParseInt(s string) (int64, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if !negative {
		digits = strings.TrimPrefix(s, "+")
	}
	switch x, ok := ParseUint(digits); {
	case !ok, x > math.MaxInt64 && !(negative && x == 1<<63):
		return 0, false
	case negative:
		return -int64(x), true
	default:
		return int64(x), true
	}
}

// ParseUint reads a decimal integer without a sign. Package strconv makes an error of what is none, which takes memory.
func ParseUint(s string) (uint64, bool) {
	var x uint64
	for i := range len(s) {
		d := uint64(s[i] - '0')
		if s[i] < '0' || d > 9 || x > (math.MaxUint64-d)/10 {
			return 0, false
		}
		x = 10*x + d
	}
	return x, s != ""
}

// ParseFloat reads a number.
func ParseFloat(s string) (float64, bool) {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false
	}
	return x, true
}

// ParseBool reads a truth value, in the spellings of [strconv.ParseBool].
func ParseBool(s string) (value, ok bool) {
	x, err := strconv.ParseBool(s)
	return x && err == nil, err == nil
}

// ParseDuration reads a span of time: "1h30m".
func ParseDuration(s string) (time.Duration, bool) {
	x, err := time.ParseDuration(s)
	if err != nil {
		return 0, false
	}
	return x, true
}

// BytesText returns bytes as text, unless they are none.
func BytesText(b []byte) (string, bool) {
	if !utf8.Valid(b) {
		return "", false
	}
	return string(b), true
}

// FloatText writes a number: 1.5, 1e+06.
func FloatText(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// DurationText writes a span of time in seconds: 5400s.
func DurationText(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "s"
}

// The range of times: from the year 1 to the end of the year 9999, in seconds of Unix.
const (
	minUnix = -62135596800
	maxUnix = 253402300799
)

// UnixTime is the time x seconds after the epoch.
func UnixTime(x int64) (time.Time, bool) {
	if x < minUnix || x > maxUnix {
		return time.Time{}, false
	}
	return time.Unix(x, 0).UTC(), true
}

// TimeText writes a time as RFC 3339 has it.
func TimeText(t time.Time) string { return t.Format(time.RFC3339Nano) }

// ParseTime reads a time as RFC 3339 has it, strictly: package time takes single digits and a comma, too.
func ParseTime(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || strings.IndexByte(s, ',') >= 0 {
		return time.Time{}, false
	}
	for i, c := range []byte("dddd-dd-ddTdd:dd:dd") {
		if c == 'd' && (s[i] < '0' || s[i] > '9') || c != 'd' && s[i]|0x20 != c|0x20 {
			return time.Time{}, false
		}
	}
	if zone := s[len(s)-6:]; zone[0] == '+' || zone[0] == '-' {
		if zone[1:3] > "23" || zone[4:6] > "59" {
			return time.Time{}, false
		}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Unix() < minUnix || t.Unix() > maxUnix {
		return time.Time{}, false
	}
	return t, true
}
