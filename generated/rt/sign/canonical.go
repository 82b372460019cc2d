package sign

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// field is a signed header, or a query parameter. A header name may be in any case.
type field struct{ name, value string }

// appendCanonical appends the form of the request that is hashed: six parts, each on its own line or lines. The
// fields are the signed headers, sorted; hash is that of the body, unless the request carries another.
func appendCanonical(dst []byte, r *http.Request, fields []field, hash []byte) ([]byte, error) {
	dst = append(dst, strings.ToUpper(cmp.Or(r.Method, http.MethodGet))...)
	dst = append(dst, '\n')
	dst, err := appendPath(dst, r.URL)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '\n')
	dst, err = appendQuery(dst, r.URL.RawQuery)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '\n')
	for _, f := range fields {
		dst = appendLower(dst, f.name)
		dst = append(dst, ':')
		dst = append(dst, f.value...)
		dst = append(dst, '\n')
	}
	dst = append(dst, '\n')
	dst = appendNames(dst, fields)
	dst = append(dst, '\n')
	if given := contentHash(r); given != "" {
		return append(dst, given...), nil
	}
	return append(dst, hash...), nil
}

// appendPath appends the decoded path, each segment escaped anew, with a slash at its end. Signers and servers split
// the path after decoding it, so a slash inside a segment is refused.
func appendPath(dst []byte, u *url.URL) ([]byte, error) {
	if u.Opaque != "" {
		return dst, errors.New("the URL is opaque")
	}
	if u.RawPath != "" && strings.Contains(strings.ToUpper(u.EscapedPath()), "%2F") {
		return dst, errors.New("a path segment contains a slash")
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(u.Path, "/"), "/") {
		dst = appendEscaped(dst, segment)
		dst = append(dst, '/')
	}
	return dst, nil
}

// appendQuery appends the parameters, sorted by name and value before they are escaped anew.
func appendQuery(dst []byte, raw string) ([]byte, error) {
	if raw == "" {
		return dst, nil
	}
	var room [16]field
	params := room[:0]
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		if strings.Contains(pair, ";") { // net/url and other servers disagree about it
			return dst, errors.New("the query has a semicolon that is not escaped")
		}
		name, value, _ := strings.Cut(pair, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil {
			return dst, errors.New("the query has an invalid escape")
		}
		params = append(params, field{name, value})
	}
	slices.SortFunc(params, func(a, b field) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.value, b.value))
	})
	for i, p := range params {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = appendEscaped(dst, p.name)
		dst = append(dst, '=')
		dst = appendEscaped(dst, p.value)
	}
	return dst, nil
}

// headersToSign appends the headers of r that [Sign] signs, sorted by name in lower case, values trimmed.
func headersToSign(dst []field, r *http.Request, host bool) ([]field, error) {
	for name, values := range r.Header {
		if len(values) == 0 || !signable(name) {
			continue
		}
		if len(values) > 1 {
			return dst, fmt.Errorf("header %s has several values", name)
		}
		f := field{name, strings.TrimSpace(values[0])}
		if f.value == "" && name == "User-Agent" { // tells net/http to send none
			continue
		}
		if strings.ContainsFunc(f.value, isControl) {
			return dst, fmt.Errorf("header %s has a control character", name)
		}
		dst = append(dst, f)
	}
	if host {
		dst = append(dst, field{"host", hostOf(r)})
	}
	slices.SortFunc(dst, func(a, b field) int { return compareLower(a.name, b.name) })
	for i := 1; i < len(dst); i++ {
		if compareLower(dst[i-1].name, dst[i].name) == 0 {
			return dst, fmt.Errorf("header %s is there in two spellings", dst[i].name)
		}
	}
	return dst, nil
}

// signable reports whether a header of this name is signed. See [Sign] for the rule.
func signable(name string) bool {
	const contentType = "Content-Type"
	if len(name) >= len(contentType) && strings.EqualFold(name[:len(contentType)], contentType) {
		return false
	}
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Host", "Content-Length", "Transfer-Encoding", "Trailer",
		"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Upgrade":
		return false
	}
	return !strings.Contains(name, "_")
}

// contentHash is what the request carries in place of the hash of its body, or "".
func contentHash(r *http.Request) string { return strings.TrimSpace(r.Header.Get(HeaderContentSHA256)) }

// hostOf is the Host header of a request, on the client's side and on the server's.
func hostOf(r *http.Request) string { return cmp.Or(r.Host, r.URL.Host) }

// appendNames appends the header names in lower case, joined by semicolons.
func appendNames(dst []byte, fields []field) []byte {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = appendLower(dst, f.name)
	}
	return dst
}

// appendEscaped percent-encodes every byte except the unreserved ones of RFC 3986.
func appendEscaped(dst []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

func appendLower(dst []byte, s string) []byte {
	for i := range len(s) {
		dst = append(dst, lower(s[i]))
	}
	return dst
}

// compareLower compares byte by byte, as if both were in lower case.
func compareLower(a, b string) int {
	for i := range min(len(a), len(b)) {
		if c := cmp.Compare(lower(a[i]), lower(b[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

func isControl(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }
