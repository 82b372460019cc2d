package record

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/consumer/petstore/rt/redact"
)

// Mask stands where a secret was.
const Mask = redact.Mask

// Scrubber says what must not be in a recording. The zero value keeps the headers of a short list and
// masks what has a telling name.
type Scrubber struct {
	Headers []string          // names of further headers to keep
	Members []string          // names of members and parameters to mask, wherever they stand
	Replace map[string]string // words to replace everywhere: account and project ids, host names
}

// keeps reports whether a header is kept, by its canonical name. All others are dropped, as any of them
// may hold credentials.
func (s *Scrubber) keeps(name string) bool {
	switch name {
	case "Accept", "Content-Type", "Etag", "Link", "Location", "Retry-After", "X-Language", "X-Request-Id":
		return true
	}
	return slices.ContainsFunc(s.Headers, func(k string) bool { return http.CanonicalHeaderKey(k) == name })
}

// secrets are the names of what is masked.
func (s *Scrubber) secrets() redact.Secrets { return redact.Secrets{Names: s.Members} }

// secretName reports whether a member or parameter holds a secret, by its name.
func (s *Scrubber) secretName(name string) bool { return s.secrets().Hold(name) }

func (s *Scrubber) text(t string) string {
	words := make([]string, 0, len(s.Replace))
	for word := range s.Replace {
		if word != "" {
			words = append(words, word)
		}
	}
	// Longest first, so that a word within another does not spoil it.
	slices.SortFunc(words, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	for _, word := range words {
		t = strings.ReplaceAll(t, word, s.Replace[word])
	}
	return t
}

func (s *Scrubber) headers(h http.Header) Headers {
	out := Headers{}
	for name, values := range h {
		name = http.CanonicalHeaderKey(name)
		if !s.keeps(name) {
			continue
		}
		for _, v := range values {
			if name == "Location" || name == "Link" {
				v = s.link(v)
			}
			out[name] = append(out[name], s.text(v))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// link drops user information and masks secret parameters of a URL in a header.
func (s *Scrubber) link(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return Mask
	}
	u.User = nil
	if u.RawQuery != "" {
		u.RawQuery = s.form(u.RawQuery)
	}
	return u.String()
}

// form masks the values of secret names in a query or form.
func (s *Scrubber) form(raw string) string { return s.text(s.secrets().Form(raw)) }

func (s *Scrubber) query(raw string) map[string][]string {
	values, err := url.ParseQuery(raw)
	if err != nil || len(values) == 0 {
		return nil
	}
	for name, list := range values {
		for i := range list {
			if s.secretName(name) {
				list[i] = Mask
			} else {
				list[i] = s.text(list[i])
			}
		}
	}
	return values
}

// body masks secret members of JSON, in the lines of a stream too, and secret names of a form; in other text only
// the words to replace are found.
func (s *Scrubber) body(data []byte, contentType string) []byte {
	if len(data) == 0 {
		return nil
	}
	return []byte(s.text(string(s.secrets().Body(data, contentType))))
}
