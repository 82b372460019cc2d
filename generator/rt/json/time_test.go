package json

import (
	"fmt"
	"testing"
	"time"
)

// A time is canonical exactly when it is written as the text it was read from.
func TestCanonicalTimesAreThoseThatAreWrittenAsTheyWereRead(t *testing.T) {
	canonical := 0
	for _, date := range []string{"0000-01-01", "2024-02-29", "9999-12-31"} {
		for _, between := range "Tt" {
			for _, fraction := range []string{"", ".0", ".5", ".50", ".000", ".123456789", ".1234567890", ".1234567891", ".000000001", ".0000000001"} {
				for _, zone := range []string{"Z", "z", "+00:00", "-00:00", "+00:01", "-00:30", "+05:30", "-23:59", "+23:59"} {
					text := fmt.Sprintf("%s%c23:59:58%s%s", date, between, fraction, zone)
					v, offset, ok := parseTime(text)
					if !ok {
						t.Fatal(text)
					}
					if offset != 0 {
						v = v.In(time.FixedZone("", offset))
					}
					written := string((&encoder{}).time(nil, v)) == `"`+text+`"`
					if canonicalTime(text, offset) != written {
						t.Errorf("%s: canonical is %v", text, !written)
					}
					if written {
						canonical++
					}
				}
			}
		}
	}
	if want := 3 * 4 * 6; canonical != want { // dates, fractions and zones
		t.Errorf("%d of the times are canonical, want %d", canonical, want)
	}
}

// A text with escapes is not what is written, even if what it says is.
func TestATimeWithEscapesIsKeptAsItWasRead(t *testing.T) {
	for text, same := range map[string]bool{
		`"2024-02-29T23:59:58.5Z"`:      true,
		`"2024-02-29T23:59:58.5\u005a"`: false,
	} {
		d := decoder{s: text, left: 1, depth: 1, record: true}
		if _, e := d.timestamp(0, 0); e != len(text) || d.lossy == same {
			t.Errorf("%s: read up to %d, lossy: %v", text, e, d.lossy)
		}
	}
}
