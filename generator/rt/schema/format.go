package schema

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// IsFormat reports whether a text has a format of JSON Schema. Formats that are not known here accept everything: see
// [Formats].
func IsFormat[T ~string](format string, text T) bool {
	is := formats(format)
	return is == nil || is(string(text))
}

// Formats are the names of the formats that are known.
func Formats() []string {
	return []string{"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "json-pointer", "regex", "relative-json-pointer",
		"time", "uri", "uri-reference", "uuid"}
}

func formats(name string) func(string) bool {
	switch name {
	case "date":
		return isDate
	case "date-time":
		return isDateTime
	case "time":
		return isTime
	case "duration":
		return isDuration
	case "email":
		return isEmail
	case "hostname":
		return isHostname
	case "ipv4":
		return func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is4() }
	case "ipv6":
		return func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is6() && a.Zone() == "" }
	case "uri":
		return func(s string) bool { return isURI(s) && scheme(s) }
	case "uri-reference":
		return isURI
	case "uuid":
		return isUUID
	case "json-pointer":
		return isPointer
	case "relative-json-pointer":
		return isRelativePointer
	case "regex":
		return func(s string) bool { _, err := regexp.Compile(s); return err == nil }
	}
	return nil
}

func isDate(s string) bool {
	_, err := time.Parse("2006-01-02", s)
	return err == nil && len(s) == 10
}

// isDateTime knows RFC 3339. Its second 60 is the last of a day in UTC.
func isDateTime(s string) bool {
	return len(s) > 11 && (s[10] == 'T' || s[10] == 't') && isDate(s[:10]) && isTime(s[11:])
}

func isTime(s string) bool {
	if len(s) < 9 || s[2] != ':' || s[5] != ':' {
		return false
	}
	hour, ok1 := two(s, 23)
	minute, ok2 := two(s[3:], 59)
	second, ok3 := two(s[6:], 60)
	rest := s[8:]
	if rest[0] == '.' {
		n := digits(rest[1:])
		if rest = rest[1+n:]; n == 0 || rest == "" {
			return false
		}
	}
	offset, ok4 := zone(rest)
	leap := second < 60 || (((hour*60+minute-offset)%1440)+1440)%1440 == 1439
	return ok1 && ok2 && ok3 && ok4 && leap
}

// zone is an offset in minutes.
func zone(s string) (int, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return 0, false
	}
	hour, ok := two(s[1:], 23)
	minute, also := two(s[4:], 59)
	if s[0] == '-' {
		return -hour*60 - minute, ok && also
	}
	return hour*60 + minute, ok && also
}

// two is a number of two digits.
func two(s string, most int) (int, bool) {
	if len(s) < 2 || digits(s[:2]) < 2 {
		return 0, false
	}
	n := int(s[0]-'0')*10 + int(s[1]-'0')
	return n, n <= most
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// isDuration knows the durations of RFC 3339, appendix A: P1Y2M3DT4H5M6S without gaps, or P7W.
func isDuration(s string) bool {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return false
	}
	if week, is := strings.CutSuffix(rest, "W"); is {
		return week != "" && digits(week) == len(week)
	}
	day, clock, timed := strings.Cut(rest, "T")
	return units(day, "YMD") && (!timed && day != "" || timed && clock != "" && units(clock, "HMS"))
}

// units reports whether a text is numbers with units, in this order and none left out between two.
func units(s, order string) bool {
	at := -1
	for s != "" {
		n := digits(s)
		if n == 0 || n == len(s) {
			return false
		}
		i := strings.IndexByte(order, s[n])
		if i < 0 || at >= 0 && i != at+1 {
			return false
		}
		at, s = i, s[n+1:]
	}
	return true
}

func isEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	if inner, ok := strings.CutPrefix(domain, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		if six, is := strings.CutPrefix(inner, "IPv6:"); is {
			return ok && formats("ipv6")(six) && isLocal(local)
		}
		return ok && formats("ipv4")(inner) && isLocal(local)
	}
	return isHostname(domain) && isLocal(local)
}

// isLocal knows what stands before the @: words with dots between them, or a quoted text.
func isLocal(s string) bool {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		inner := s[1 : len(s)-1]
		for i := 0; i < len(inner); i++ {
			if inner[i] == '\\' {
				i++
			} else if inner[i] == '"' || inner[i] < ' ' || inner[i] >= 0x7f {
				return false
			}
		}
		return !strings.HasSuffix(strings.ReplaceAll(inner, `\\`, ""), `\`)
	}
	for word := range strings.SplitSeq(s, ".") {
		if word == "" {
			return false
		}
		for i := range len(word) {
			if c := word[i]; !alphanumeric(c) && strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) < 0 {
				return false
			}
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func isHostname(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if !alphanumeric(label[i]) && label[i] != '-' {
				return false
			}
		}
	}
	return true
}

// isURI knows URIs and relative references. They are ASCII.
func isURI(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	_, fragment, _ := strings.Cut(s, "#")
	u, err := url.Parse(s)
	return err == nil && !strings.ContainsAny(fragment, "#") && !strings.ContainsAny(u.Path, "[]") && !strings.ContainsAny(u.RawQuery, "[]")
}

// scheme reports whether a reference begins with a scheme.
func scheme(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != ""
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if !(c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f') {
			return false
		}
	}
	return true
}

func isPointer(s string) bool {
	if s != "" && s[0] != '/' {
		return false
	}
	for i := range len(s) {
		if s[i] == '~' && (i+1 == len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return true
}

func isRelativePointer(s string) bool {
	n := digits(s)
	if n == 0 || n > 1 && s[0] == '0' {
		return false
	}
	return s[n:] == "#" || isPointer(s[n:])
}
