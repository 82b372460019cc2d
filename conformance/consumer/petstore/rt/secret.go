package rt

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/consumer/petstore/rt/json"
)

// secretHeader reports whether a header holds credentials, by its name. Signatures are counted as
// credentials: they can be replayed.
func secretHeader(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"authorization", "cookie", "token", "secret", "password", "passwd",
		"api-key", "apikey", "access-key", "signature", "credential"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// withoutSecrets returns a copy of h in which the values of secret headers are redacted.
func withoutSecrets(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		if secretHeader(name) {
			out[name] = []string{Redacted}
		} else {
			out[name] = append([]string(nil), values...)
		}
	}
	return out
}

// writeHeader prints a header, sorted and redacted: also the values of the secret names, in canonical form.
func writeHeader(b *strings.Builder, h http.Header, secret []string) {
	for _, name := range json.Names(h) {
		for _, v := range h[name] {
			if secretHeader(name) || slices.Contains(secret, name) {
				v = Redacted
			}
			b.WriteString(plainText(name, 80))
			b.WriteString(": ")
			b.WriteString(plainText(v, 200))
			b.WriteByte('\n')
		}
	}
}

// scrubbed is an error whose text has lost the URL that a url.Error would print: user information
// and queries may hold credentials.
type scrubbed struct {
	text string
	err  error
}

func (e *scrubbed) Error() string    { return e.text }
func (e *scrubbed) Unwrap() error    { return e.err }
func (e *scrubbed) GoString() string { return e.text }

func scrub(err error) error {
	var u *url.Error
	if !errors.As(err, &u) || u.URL == "" {
		return err
	}
	if u == err {
		return u.Err
	}
	return &scrubbed{strings.ReplaceAll(err.Error(), u.URL, "the endpoint"), err}
}
