package reference

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// Readings are requests that were written from the sentences of the reference, not from the rules of the documents. They name the row
// of the reference that decides, and the place, but no rule.
func Readings(t testing.TB) *cases.Suite {
	t.Helper()
	suite, err := cases.Load("testdata/readings", "recordings")
	require.NoError(t, err)
	return suite
}

// Read holds generated code to readings: what is accepted is sent; what is refused is not, for one reason, at its place. It returns
// how many requests were accepted and refused.
func (s Served) Read(t *testing.T, suite *cases.Suite) (accepted, refused int) {
	t.Helper()
	routes := s.routes(t)
	for _, c := range suite.Cases {
		for _, try := range c.Tries {
			op, known := routes[try.Request.Operation]
			require.True(t, known, "%s: %s", try.At, try.Request.Operation)
			out := s.call(t, op, false, suite.Now, try.Request)
			where := strings.Join([]string{try.At, c.Rows[0], c.Path, string(try.Verdict), try.Change, out.answered}, ": ")
			if try.Verdict != cases.Reject {
				accepted++
				assert.True(t, out.sent, where)
				assert.Equal(t, try.Verdict == cases.Warn, slices.ContainsFunc(out.places(), func(at string) bool { return at == c.Path }), "%s: warned", where)
				continue
			}
			refused++
			assert.False(t, out.sent, where)
			for _, v := range out.broken {
				there := within(v.Path, c.Path) || within(c.Path, v.Path)
				assert.True(t, there || v.Severity != rt.SeverityError || slices.Contains(c.Also, v.Rule), "%s: broken too: %s", where, v)
			}
			assert.Condition(t, func() bool {
				return strings.Contains(out.answered, `"`+c.Path+`" names none of the operations`) || // of a path that serves several
					slices.ContainsFunc(out.places(), func(at string) bool { return within(at, c.Path) || within(c.Path, at) })
			}, where)
		}
	}
	return accepted, refused
}

// places are those that the client or the server told of.
func (o outcome) places() []string {
	var places []string
	for _, v := range slices.Concat(o.broken, o.warned) {
		places = append(places, v.Path)
	}
	for _, m := range line.FindAllStringSubmatch(o.answered, -1) {
		places = append(places, strings.TrimPrefix(m[1], "the request"))
	}
	return places
}
