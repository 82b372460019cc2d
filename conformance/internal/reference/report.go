package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/conformance/cases"
)

// proof is what the cases show of a row.
type proof struct{ refused, warned, accepted bool }

// proofs are those of all rows that cases name.
func proofs(suite *cases.Suite) map[string]proof {
	out := map[string]proof{}
	for _, c := range suite.Cases {
		for _, row := range c.Rows {
			p := out[row]
			for _, try := range c.Tries {
				p.refused = p.refused || try.Verdict == cases.Reject
				p.warned = p.warned || try.Verdict == cases.Warn
				p.accepted = p.accepted || try.Verdict == cases.Accept
			}
			out[row] = p
		}
	}
	return out
}

// The states of a row.
const (
	stateRefused    = "checked: a request that breaks it is refused"
	stateWarned     = "checked: a request that breaks it is sent, and the caller told"
	stateServer     = "only the server can tell; its error codes are documented"
	stateObserved   = "about answers: what breaks it is reported to the observer"
	stateDocumented = "documented, with the reason why nothing checks it"
	stateNot        = "neither checked nor explained"
)

// state is what becomes of a row, and why if nothing checks it.
func state(places []mappedRule, p proof) (name, reason string) {
	has := func(how string) bool {
		return slices.ContainsFunc(places, func(r mappedRule) bool { return r.How == how })
	}
	for _, r := range places {
		if r.Note != "" && reason == "" {
			reason = r.Note
		}
	}
	switch {
	case (p.refused || p.warned) && p.accepted && (has("rule") || has("keyword") || has("represents")):
		if p.refused {
			return stateRefused, ""
		}
		return stateWarned, ""
	case has("rule"): // what can be checked is not excused
		return stateNot, "a rule without cases on both sides of it"
	case has("server"):
		return stateServer, ""
	case has("observed"):
		return stateObserved, ""
	case reason != "":
		return stateDocumented, reason
	}
	return stateNot, ""
}

// Report says what becomes of each row of the reference's rules. It fails when a row is neither checked, and shown to be by
// cases, nor explained. It returns how many rows are checked, by scope.
func Report(t *testing.T, file string, suite *cases.Suite) map[string]int {
	t.Helper()
	m := readRules(t, file)
	places, scopes := m.rows()
	shown := proofs(suite)
	for row := range shown {
		assert.Contains(t, scopes, row, "cases of a row that nothing asks for")
	}
	byState, checked := map[string][]string{}, map[string]int{}
	contradicted := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(scopes)) {
		name, reason := state(places[id], shown[id])
		line := id
		if reason != "" {
			line += ": " + reason
		}
		byState[name] = append(byState[name], line)
		if name == stateRefused || name == stateWarned {
			checked[scopes[id]]++
		}
		for _, r := range places[id] {
			if r.How == "errata" {
				contradicted[r.Where] = append(contradicted[r.Where], id)
			}
		}
	}
	assert.Empty(t, byState[stateNot], "rows that are neither checked nor explained")

	var out strings.Builder
	total := 0
	for _, name := range []string{stateRefused, stateWarned, stateServer, stateObserved, stateDocumented, stateNot} {
		fmt.Fprintf(&out, "%4d  %s\n", len(byState[name]), name)
		total += len(byState[name])
	}
	fmt.Fprintf(&out, "%4d  about another provider only\n%4d  rows\n", len(m.Scopes[otherProvider]), total+len(m.Scopes[otherProvider]))
	for _, name := range []string{stateWarned, stateServer, stateObserved, stateDocumented, stateNot} {
		fmt.Fprintf(&out, "\n%s:\n", name)
		for _, line := range byState[name] {
			fmt.Fprintf(&out, "  %s\n", line)
		}
	}
	fmt.Fprintf(&out, "\ncontradicted by another source, and where it was decided:\n")
	for _, where := range slices.Sorted(maps.Keys(contradicted)) {
		fmt.Fprintf(&out, "  %s: %s\n", strings.Join(contradicted[where], ", "), where)
	}
	fmt.Fprintf(&out, "\ncontradictions between the sources, and where they were decided:\n")
	for _, c := range m.Contradictions {
		fmt.Fprintf(&out, "  %s: %s\n", c.Topic, c.Where)
	}
	t.Log("\n" + out.String())
	return checked
}
