package rt

const upperHex = "0123456789ABCDEF"

// unreserved reports whether a byte stands for itself everywhere in a URL (RFC 3986, section 2.3).
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '~'
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
	for i := 0; i < len(s); i++ {
		c := s[i]
		if unreserved(c) || c == ':' {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}
