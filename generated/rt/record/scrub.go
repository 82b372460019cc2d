package record

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Mask stands where a secret was.
const Mask = "***"

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

// secretName reports whether a member or parameter holds a secret, by its name.
func (s *Scrubber) secretName(name string) bool {
	if slices.ContainsFunc(s.Members, func(m string) bool { return strings.EqualFold(m, name) }) {
		return true
	}
	plain := strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
	for _, word := range [...]string{"password", "passwd", "adminpass", "secret", "accesstoken", "authtoken", "securitytoken",
		"refreshtoken", "subjecttoken", "apikey", "accesskey", "privatekey", "signature", "credential", "passcode"} {
		if strings.Contains(plain, word) {
			return true
		}
	}
	return plain == "token" || plain == "auth" || plain == "authorization"
}

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
func (s *Scrubber) form(raw string) string {
	parts := strings.Split(raw, "&")
	for i, p := range parts {
		name, _, ok := strings.Cut(p, "=")
		plain, err := url.QueryUnescape(name)
		if ok && (err != nil || s.secretName(plain)) {
			parts[i] = name + "=" + Mask
		}
	}
	return s.text(strings.Join(parts, "&"))
}

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
	if masked, ok := s.json(data); ok {
		return []byte(s.text(string(masked)))
	}
	if strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		return []byte(s.form(string(data)))
	}
	return []byte(s.text(string(s.lines(data))))
}

// json masks secret members of a JSON text, and reports whether it is one.
func (s *Scrubber) json(data []byte) ([]byte, bool) {
	v, err := parse(data)
	if err != nil {
		return nil, false
	}
	if masked, changed := s.mask(v); changed {
		return appendValue(nil, masked), true
	}
	return data, true
}

// lines masks the lines that are JSON by themselves, or the data of a server-sent event.
func (s *Scrubber) lines(data []byte) []byte {
	var out []byte
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(bytes.TrimPrefix(line, []byte("data:")), " \x1e")
		text = bytes.TrimRight(text, "\r\n")
		masked, ok := s.json(text)
		if !ok || len(text) == 0 {
			out = append(out, line...)
			continue
		}
		at := bytes.Index(line, text)
		out = append(append(append(out, line[:at]...), masked...), line[at+len(text):]...)
	}
	return out
}

// mask changes v. Text that is itself JSON, as services put it into messages, is masked too.
func (s *Scrubber) mask(v value) (_ value, changed bool) {
	switch v := v.(type) {
	case string:
		if !strings.HasPrefix(v, "{") && !strings.HasPrefix(v, "[") {
			break
		}
		inner, err := parse([]byte(v))
		if err != nil {
			break
		}
		if inner, changed = s.mask(inner); changed {
			return string(appendValue(nil, inner)), true
		}
	case object:
		for i, m := range v {
			if m.value != nil && s.secretName(m.name) {
				if _, nested := m.value.(object); !nested {
					v[i].value, changed = Mask, true
					continue
				}
			}
			sub, c := s.mask(m.value)
			v[i].value, changed = sub, changed || c
		}
	case list:
		for i, e := range v {
			sub, c := s.mask(e)
			v[i], changed = sub, changed || c
		}
	}
	return v, changed
}
