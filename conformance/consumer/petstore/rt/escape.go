package rt

const upperHex = "0123456789ABCDEF"

// The unreserved bytes as bits: those below 64, and those from there to 127.
const (
	unreservedLow  = (1<<10-1)<<'0' | 1<<'-' | 1<<'.'
	unreservedHigh = (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64) | 1<<('_'-64) | 1<<('~'-64)
)

// unreserved reports whether a byte stands for itself everywhere in a URL (RFC 3986, section 2.3).
func unreserved(c byte) bool {
	switch c >> 6 {
	case 0:
		return uint64(unreservedLow)>>(c&63)&1 == 1
	case 1:
		return uint64(unreservedHigh)>>(c&63)&1 == 1
	}
	return false
}

// appendQueryText appends s with everything but unreserved characters escaped; a blank is %20.
func appendQueryText(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if unreserved(c) {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// appendSegment appends s as text of one path segment. The colon stays, since names of resources
// (urn:smn:…) are full of it; all else but unreserved characters is escaped.
func appendSegment(b []byte, s string) []byte {
	i := 0
	for i < len(s) && (unreserved(s[i]) || s[i] == ':') {
		i++
	}
	b = append(b, s[:i]...) // mostly all of it
	for ; i < len(s); i++ {
		c := s[i]
		if unreserved(c) || c == ':' {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}
