package json

import (
	"strings"
	"testing"
	"time"
)

// TestFractionOfAnyLength reads times whose fraction has as many digits as the sender liked.
func TestFractionOfAnyLength(t *testing.T) {
	layouts := []string{"2006-01-02T15:04:05.999999999Z", "2006-01-02T15:04Z"}
	const minute = "2015-12-14T03:34"
	for text, want := range map[string]time.Duration{
		"Z": 0, ":00Z": 0, ":07Z": 7 * time.Second, ":07.0Z": 7 * time.Second, ":07.000000000Z": 7 * time.Second, ":07." + strings.Repeat("0", 20) + "Z": 7 * time.Second,
		":07.5Z": 7500 * time.Millisecond, ":07.500Z": 7500 * time.Millisecond, ":07.05Z": 7050 * time.Millisecond, ":07.684336Z": 7684336 * time.Microsecond,
		":07.123456789Z": 7123456789, ":07.1234567899Z": 7123456789, ":07.1000000009Z": 7100 * time.Millisecond, ":07.0000000009Z": 7 * time.Second,
	} {
		got, ok := parseLayouts(layouts, minute+text)
		if !ok || got.Sub(time.Date(2015, 12, 14, 3, 34, 0, 0, time.UTC)) != want {
			t.Errorf("%s: got %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{":07.Z", ":07,5Z", ":07.5", ":07.5 Z", ":07.5.5Z", ":07.-5Z", ":07.5e1Z", ":7.5Z", ".5Z", ":60.5Z", ":07.5ZZ", ":07.5+00:00", ":07.٣Z"} {
		if got, ok := parseLayouts(layouts, minute+text); ok {
			t.Errorf("%s: got %v", text, got)
		}
	}
}
