package fake

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// among returns the routes that share method and path with one, and that a test lets pass.
func (s *Server) among(best *route, pass func(*route) bool) []*route {
	var list []*route
	for i := range s.routes {
		if c := &s.routes[i]; c.Method == best.Method && c.Path == best.Path && c.Query == best.Query && pass(c) {
			list = append(list, c)
		}
	}
	return list
}

// labelled chooses, by the media type of the body, among the routes that share method and path with best; nil when
// it is that of none.
func (s *Server) labelled(best *route, r *http.Request, body []byte) *route {
	label := r.Header.Get("Content-Type")
	return asked(r, s.among(best, func(c *route) bool {
		return len(body) == 0 && label == "" || len(c.ContentTypes) == 0 ||
			slices.ContainsFunc(c.ContentTypes, func(t string) bool { return within(label, t) })
	}))
}

// asked chooses, by what the client wants to be answered with, among routes; the first when it is none of theirs.
func asked(r *http.Request, list []*route) *route {
	for wanted := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		for _, c := range list {
			if slices.ContainsFunc(c.Accepts, func(t string) bool { return within(t, wanted) || within(wanted, t) }) {
				return c
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// within reports whether a media type is one that a document lists, parameters aside.
func within(got, listed string) bool {
	base := func(t string) string {
		t, _, _ = strings.Cut(t, ";")
		return strings.ToLower(strings.TrimSpace(t))
	}
	got, listed = base(got), base(listed)
	if kind, ok := strings.CutSuffix(listed, "*"); ok {
		return kind == "*/" || strings.HasPrefix(got, kind)
	}
	return got == listed
}

// variant chooses among the routes that share method and path with best by a member of the body.
func (s *Server) variant(best *route, r *http.Request, body []byte) (*route, int, string) {
	if !utf8.Valid(body) || !json.Valid(body) || !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return nil, http.StatusBadRequest, "the body is no JSON object"
	}
	found := asked(r, s.among(best, func(c *route) bool {
		if len(c.ConstPath) == 0 {
			return !slices.ContainsFunc(c.Needs, func(path []string) bool { return at(body, path) == nil })
		}
		d := json.NewDecoder(bytes.NewReader(at(body, c.ConstPath)))
		d.UseNumber()
		var value any
		return d.Decode(&value) == nil && textOf(value) == c.ConstValue
	}))
	if found == nil && len(best.ConstPath) == 0 {
		return nil, http.StatusBadRequest, "the body has the members of none of the operations of this path"
	}
	if found == nil {
		return nil, http.StatusBadRequest, "the member " + strconv.Quote(strings.Join(best.ConstPath, ".")) + " names none of the operations of this path"
	}
	return found, 0, ""
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case []any, map[string]any:
		text, _ := json.Marshal(v)
		return string(text)
	}
	return ""
}

// at is the member of a body at a path; nil when there is none.
func at(body json.RawMessage, path []string) json.RawMessage {
	for _, name := range path {
		var members map[string]json.RawMessage
		if json.Unmarshal(body, &members) != nil {
			return nil
		}
		body = members[name]
	}
	return body
}
