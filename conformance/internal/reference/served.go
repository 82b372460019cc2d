package reference

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// Served is generated code that judged requests are given to: a fake server, which reads them strictly, before a client, which
// validates them by the clock of the cases.
type Served struct {
	Documents []string // below the folder of specifications

	// Connect makes a client with these options, and a server whose functions call it. A strict server refuses what breaks
	// rules, any other only what cannot be read.
	Connect func(strict bool, opts ...rt.Option) (server http.Handler, err error)
	Answer  func(*http.Request) *http.Response // what the client gets; nil: 200 {}
}

// routes are the operations by their ids.
func (s Served) routes(t *testing.T) map[string]spec.Operation {
	t.Helper()
	routes := map[string]spec.Operation{}
	for _, name := range s.Documents {
		root, err := spec.Open(path.Join(specRoot, name))
		require.NoError(t, err)
		for _, op := range root.Operations() {
			routes[op.Get("operationId").Text()] = op
			for _, v := range op.Get("x-pantograph", "variants").Items() {
				routes[v.Get("operationId").Text()] = op
			}
		}
	}
	return routes
}

// outcome is what became of a request.
type outcome struct {
	sent      bool
	broken    []rt.Violation // errors, which kept it from being sent
	warned    []rt.Violation
	status    int
	allocated float64 // by validation
	answered  string
	body      []byte
}

// code is the code of an error, where the first shape of the service has it.
func (o outcome) code() string {
	var body struct{ Error struct{ Code string } }
	_ = json.Unmarshal(o.body, &body) // a body without a code has none
	return body.Error.Code
}

// call sends a request through the server to the client.
func (s Served) call(t *testing.T, op spec.Operation, strict bool, now time.Time, r cases.Request) outcome {
	t.Helper()
	var out outcome
	server, err := s.Connect(strict,
		rt.WithEndpoint("https://judged.invalid"), rt.WithoutRetry(), rt.WithClock(func() time.Time { return now }),
		rt.WithObserver(func(_ context.Context, e rt.Event) {
			if e.Kind == rt.EventWarning && e.Violation != nil {
				out.warned = append(out.warned, *e.Violation)
			}
		}),
		rt.WithTransport(roundTrip(func(r *http.Request) (*http.Response, error) {
			out.sent = true
			if s.Answer != nil {
				return s.Answer(r), nil
			}
			return empty(r), nil
		})))
	require.NoError(t, err)
	watch(server, func(arg any) {
		if v, ok := arg.(interface{ Validate() error }); ok && v.Validate() == nil { // by the system's clock it may find something
			out.allocated += testing.AllocsPerRun(2, func() { _ = v.Validate() }) // what it says is told below
		}
	}, func(err error) {
		var invalid *rt.ValidationError
		if errors.As(err, &invalid) {
			out.broken = invalid.Violations
		}
	})
	w := httptest.NewRecorder()
	server.ServeHTTP(w, request(t, op, r))
	out.status, out.answered, out.body = w.Code, message(w.Body.Bytes()), w.Body.Bytes()
	return out
}

// Client holds the client to the cases: it sends what is accepted, sends and tells of what is warned of, and refuses what is
// refused, for the one rule and at its place. What cannot be read does not reach it. It returns how many requests there were.
func (s Served) Client(t *testing.T, suite *cases.Suite) int {
	t.Helper()
	routes, n := s.routes(t), 0
	for _, c := range suite.Cases {
		for _, try := range c.Tries {
			op, known := routes[try.Request.Operation]
			require.True(t, known, "%s: %s", try.At, try.Request.Operation)
			n++
			out := s.call(t, op, false, suite.Now, try.Request)
			out.agrees(t, c, try)
			if len(out.broken)+len(out.warned) == 0 {
				assert.Zero(t, out.allocated, "%s: allocations of a validation that finds nothing", try.At)
			}
		}
	}
	return n
}

// agrees compares what generated code says of a request with what people said.
func (o outcome) agrees(t *testing.T, c cases.Case, try cases.Try) {
	t.Helper()
	where := func(more string) string {
		return strings.Join([]string{try.At, c.Rule + c.Keyword, c.Path, string(try.Verdict), try.Change, more, o.answered}, ": ")
	}
	if try.Verdict == cases.Reject && !o.sent && len(o.broken) == 0 {
		assert.True(t, unread(o.answered, c), where("the server could not read it, for another reason"))
		return
	}
	told := slices.Concat(o.broken, o.warned)
	theirs := func(v rt.Violation) bool {
		return v.Path == c.Path && v.Rule == c.Rule || brokenKeyword(v.Rule, v.Path, c)
	}
	assert.Equal(t, try.Verdict != cases.Reject, o.sent, where("sent"))
	assert.Equal(t, try.Verdict != cases.Accept, slices.ContainsFunc(told, theirs), where("told"))
	for _, v := range told {
		assert.True(t, try.Verdict != cases.Accept && theirs(v) || slices.Contains(c.Also, v.Rule), where("broken too: "+v.String()))
	}
}

// line is a violation in words.
var line = regexp.MustCompile(`(?m)(?:^\t|rule: )(the request|\S+) .*?\[(\S+)\](?: \(.*\))?$`)

// unread reports whether the server could not read what a case is about; none of the operations of a path, for one.
func unread(answered string, c cases.Case) bool {
	found := line.FindAllStringSubmatch(answered, -1)
	for _, m := range found {
		if brokenKeyword(m[2], strings.TrimPrefix(m[1], "the request"), c) {
			return true
		}
	}
	return found == nil && c.Keyword != ""
}

// brokenKeyword reports whether a rule is the keyword that a case is about. What a value must be to be read at all, the decoder
// says; of members that there are not it names the member, and of what tells the members of a union apart, the union. A required
// text that is not there is an empty one.
func brokenKeyword(rule, place string, c cases.Case) bool {
	switch {
	case c.Keyword == "":
		return false
	case rule == "fake.other-variant":
		return within(c.Path, place)
	case strings.HasPrefix(rule, "fake."):
		return within(place, c.Path)
	}
	return within(place, c.Path) && (strings.HasSuffix(rule, "."+c.Keyword) || c.Keyword == "required" && strings.HasSuffix(rule, ".minLength"))
}

// within reports whether a place is another, or in it.
func within(place, other string) bool {
	rest, ok := strings.CutPrefix(place, other)
	return ok && (rest == "" || other == "" || strings.ContainsAny(rest[:1], ".["))
}

// Fake holds the fake server to the cases of rules: it answers what breaks one with an error that names it, and with a code by
// which the service reports it, if one is known. Its clock is that of the system; rules about the present are left out.
func (s Served) Fake(t *testing.T, suite *cases.Suite, codes map[string][]string, present func(rule string) bool) {
	t.Helper()
	routes := s.routes(t)
	for _, c := range suite.Cases {
		if c.Rule == "" || present(c.Rule) {
			continue
		}
		for _, try := range c.Tries {
			got := s.call(t, routes[try.Request.Operation], true, suite.Now, try.Request)
			where := strings.Join([]string{try.At, c.Rule, c.Path, string(try.Verdict), try.Change, got.answered}, ": ")
			if try.Verdict != cases.Reject {
				assert.NotEqual(t, http.StatusBadRequest, got.status, where)
				continue
			}
			assert.Equal(t, http.StatusBadRequest, got.status, where)
			assert.Contains(t, got.answered, "["+c.Rule+"]", where)
			if known := codes[c.Rule]; len(known) > 0 && len(c.Also) == 0 {
				assert.Contains(t, known, got.code(), where)
			}
		}
	}
}

// Judged are the requests that people have judged, in the folder of a provider.
func Judged(t testing.TB) *cases.Suite {
	t.Helper()
	suite, err := cases.Load("testdata/cases", "recordings")
	require.NoError(t, err)
	return suite
}
