package rt

const upperHex = "0123456789ABCDEF"

// The unreserved bytes as bits: those below 64, and those from there to 127.
const (
	unreservedLow  = (1<<10-1)<<'0' | 1<<'-' | 1<<'.'
	unreservedHigh = (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64) | 1<<('_'-64) | 1<<('~'-64)
)

// set is a set of bytes. To ask it takes no branch, which counts where each byte of a URL is asked about.
type set [4]uint64

func (s *set) has(c byte) bool { return s[c>>6]>>(c&63)&1 == 1 }

// all reports whether a text has no other bytes.
func (s *set) all(text string) bool {
	for i := range len(text) {
		if !s.has(text[i]) {
			return false
		}
	}
	return true
}

var (
	unreservedBytes = set{unreservedLow, unreservedHigh}
	segmentBytes    = set{unreservedLow | 1<<':', unreservedHigh}                        // that stay as they are in a segment
	pathBytes       = set{unreservedLow | 1<<':' | 1<<'/', unreservedHigh | 1<<('@'-64)} // that net/url leaves in a path
)

// unreserved reports whether a byte stands for itself everywhere in a URL (RFC 3986, section 2.3).
func unreserved(c byte) bool { return unreservedBytes.has(c) }

// appendQueryText appends s with everything but unreserved characters escaped; a blank is %20.
func appendQueryText(b []byte, s string) []byte { return unreservedBytes.escape(b, s) }

// appendSegment appends s as text of one path segment. The colon stays, since names of resources
// (urn:smn:…) are full of it; all else but unreserved characters is escaped.
func appendSegment(b []byte, s string) []byte { return segmentBytes.escape(b, s) }

// escape appends a text with all other bytes escaped.
func (s *set) escape(b []byte, text string) []byte {
	i := 0
	for i < len(text) && s.has(text[i]) {
		i++
	}
	b = append(b, text[:i]...) // mostly all of it
	for ; i < len(text); i++ {
		if c := text[i]; s.has(c) {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}
