package rt

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// failure makes the error of an answer that is no success.
func (c *Client) failure(op *Operation, raw *RawResponse) *Error {
	model := &c.api.Errors
	e := &Error{
		Operation: op.ID, Status: raw.Status, RequestID: raw.RequestID, Attempts: raw.Attempts,
		Header: withoutSecrets(raw.Header), Body: raw.Body, RetryAfter: retryAfter(raw.Header, c.now()),
	}
	model.read(e, raw.Body, c.now())
	if e.Message == "" && e.Code == "" {
		e.Message = snippet(raw.Body)
	}
	if e.Message == "" && e.Status >= 300 && e.Status < 400 && e.Status != http.StatusNotModified {
		e.Message = "redirects are not followed"
	}
	if raw.RequestID == "" {
		raw.RequestID = e.RequestID
	}
	e.Class = model.Classify(e.Code, e.Status)
	return e
}

// read finds code, message and request id in a body, by the first shape that fits: one whose code is
// there, else one whose message is.
func (m *ErrorModel) read(e *Error, body []byte, now time.Time) {
	if len(body) == 0 || !utf8.Valid(body) {
		return
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var root any
	if d.Decode(&root) != nil {
		return
	}
	if len(m.Shapes) == 0 {
		guess(e, root)
		return
	}
	for i := 0; i < len(m.Shapes) && e.RetryAfter == 0; i++ {
		e.RetryAfter = waitOf(text(root, m.Shapes[i].RetryAfter), now)
	}
	for _, s := range m.Shapes {
		if code := text(root, s.Code); code != "" {
			m.fill(e, &s, root, m.canonical(code))
			return
		}
	}
	for _, s := range m.Shapes {
		if text(root, s.Message) != "" {
			m.fill(e, &s, root, "")
			return
		}
	}
}

// canonical is the code that a name stands for.
func (m *ErrorModel) canonical(name string) string {
	i, ok := slices.BinarySearchFunc(m.Aliases, name, func(a ErrorAlias, name string) int { return strings.Compare(a.Name, name) })
	if ok {
		return m.Aliases[i].Code
	}
	return name
}

func (m *ErrorModel) fill(e *Error, s *ErrorShape, root any, code string) {
	e.Code, e.Message, e.Details = code, text(root, s.Message), text(root, s.Details)
	if id := text(root, s.RequestID); id != "" && e.RequestID == "" {
		e.RequestID = id
	}
}

// text returns the value at a dotted path as text: strings and numbers as they are, objects and
// lists as JSON, and nothing for null and what is not there.
func text(v any, path string) string {
	if path == "" {
		return ""
	}
	for path != "" {
		name, rest, _ := strings.Cut(path, ".")
		if name == "*" && rest == "" {
			name, _ := only(v)
			return name
		}
		v, path = element(v, name), rest
	}
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(b)
	}
}

// element is the member of an object, or the element of a list whose index is the name.
func element(v any, name string) any {
	switch v := v.(type) {
	case map[string]any:
		if name == "*" {
			_, member := only(v)
			return member
		}
		return v[name]
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(v) {
			return v[i]
		}
	}
	return nil
}

// only is the one member of an object that has no other, when it is an object itself: what names a fault is no
// text that says what it is.
func only(v any) (string, any) {
	if m, ok := v.(map[string]any); ok && len(m) == 1 {
		for name, member := range m {
			if _, ok := member.(map[string]any); ok {
				return name, member
			}
		}
	}
	return "", nil
}

// status is what a status means in this API.
func (m *ErrorModel) status(status int) Class {
	for _, s := range m.Statuses {
		if s.Status == status {
			return s.Class
		}
	}
	return statusClass(status)
}

// Classify decides what a failure means: the code table, then the longest prefix, then the status.
func (m *ErrorModel) Classify(code string, status int) Class {
	if code == "" {
		return m.status(status)
	}
	i, ok := slices.BinarySearchFunc(m.Codes, code, func(c ErrorCode, code string) int { return strings.Compare(c.Code, code) })
	if ok {
		if class := m.Codes[i].Class; class != "" {
			return class
		}
		return m.status(status)
	}
	best := ErrorCode{}
	for _, p := range m.Prefixes {
		if strings.HasPrefix(code, p.Code) && len(p.Code) > len(best.Code) {
			best = p
		}
	}
	if best.Class != "" {
		return best.Class
	}
	return m.status(status)
}
