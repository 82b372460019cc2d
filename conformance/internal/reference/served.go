package reference

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// told is a rule that generated code says a request breaks, and where.
type told struct{ rule, path string }

// Served gives the judged requests to generated code: a fake server, which reads them strictly, before a client, which validates
// them. The server answers what the client says in words; each violation is a line of them. Documents are below the folder of
// specifications. It returns how many requests there were.
func Served(t *testing.T, suite *cases.Suite, server http.Handler, documents ...string) int {
	t.Helper()
	routes := map[string]spec.Operation{}
	for _, name := range documents {
		root, err := spec.Open(path.Join(specRoot, name))
		require.NoError(t, err)
		for _, op := range root.Operations() {
			routes[op.Get("operationId").Text()] = op
			for _, v := range op.Get("x-pantograph", "variants").Items() {
				routes[v.Get("operationId").Text()] = op
			}
		}
	}
	n := 0
	for _, c := range suite.Cases {
		for _, try := range c.Tries {
			op, ok := routes[try.Request.Operation]
			require.True(t, ok, "%s: %s", try.At, try.Request.Operation)
			n++
			served(t, c, try, violations(t, server, op, try.Request))
		}
	}
	return n
}

// served compares what generated code says of a request with what people said.
func served(t *testing.T, c cases.Case, try cases.Try, found []told) {
	t.Helper()
	theirs := false
	for _, f := range found {
		theirs = theirs || f.path == c.Path && f.rule == c.Rule || f.keyword(c)
	}
	switch try.Verdict {
	case cases.Reject:
		assert.True(t, theirs, "%s: %s%s at %q: %s: %v", try.At, c.Rule, c.Keyword, c.Path, try.Change, found)
	default:
		assert.Empty(t, found, "%s: %s%s at %q: %s", try.At, c.Rule, c.Keyword, c.Path, try.Change)
	}
}

// keyword reports whether it is the keyword of a case that is broken. What a value must be to be read at all, the decoder says;
// of members that there are not it names the member, and of what tells the members of a union apart, the union.
func (f told) keyword(c cases.Case) bool {
	switch {
	case c.Keyword == "":
		return false
	case f.rule == "fake.other-variant":
		return within(c.Path, f.path)
	case strings.HasPrefix(f.rule, "fake."):
		return within(f.path, c.Path)
	}
	return within(f.path, c.Path) && strings.HasSuffix(f.rule, "."+c.Keyword)
}

// within reports whether a place is another, or in it.
func within(place, other string) bool {
	rest, ok := strings.CutPrefix(place, other)
	return ok && (rest == "" || other == "" || strings.ContainsAny(rest[:1], ".["))
}

// line is a violation in words.
var line = regexp.MustCompile(`(?m)(?:^\t|rule: )(the request|\S+) .*?\[(\S+)\](?: \(.*\))?$`)

// violations are those that generated code tells of a request.
func violations(t *testing.T, server http.Handler, op spec.Operation, r cases.Request) []told {
	t.Helper()
	route := op.Path
	for name, value := range r.Path {
		route = strings.ReplaceAll(route, "{"+name+"}", url.PathEscape(value))
	}
	route = regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(route, "x")
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	body, err := r.JSON()
	require.NoError(t, err)
	request := httptest.NewRequest(op.Method, route+"?"+strings.ReplaceAll(query.Encode(), "%2C", ","), bytes.NewReader(body))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
		for _, m := range op.Get("requestBody", "content").Members() {
			request.Header.Set("Content-Type", m.Name)
		}
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, request)
	if w.Code < 300 {
		return nil
	}
	require.Equal(t, http.StatusBadRequest, w.Code, "%s: %s", route, w.Body)
	var answer any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
	var found []told
	for _, m := range line.FindAllStringSubmatch(longest(answer), -1) {
		f := told{rule: m[2], path: m[1]}
		if f.path == "the request" {
			f.path = ""
		}
		found = append(found, f)
	}
	if found == nil { // none of the actions of the path
		return []told{{rule: "fake.other-variant"}}
	}
	return found
}

// longest is the longest text of an answer: its message.
func longest(v any) (text string) {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, member := range v {
			if s := longest(member); len(s) > len(text) {
				text = s
			}
		}
	}
	return text
}
