package resource

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Goal is what is waited for, as static data.
type Goal struct {
	What    string        // "group"
	Name    string        // "active"
	Success []string      // states in which the goal is reached
	Failure []string      // states from which it will not be
	Every   time.Duration // between the first two reads; DefaultEvery when 0
	Within  time.Duration // DefaultWithin when 0
	Settle  int           // reads in a row that must show success, for states that flap; 1 when 0
	Appears bool          // it may not be there yet: as long as it has not been seen, that is waited through
}

// The defaults of waiting.
const (
	DefaultEvery  = 2 * time.Second
	DefaultWithin = 10 * time.Minute
)

// State is where a resource stands on the way to a goal.
type State struct {
	Text    string // for people: "PAUSED"
	Verdict Verdict
}

// Verdict is what a state means for a goal.
type Verdict uint8

// The verdicts.
const (
	Waiting Verdict = iota // not there yet, or not known: go on
	Reached                // the goal
	Failed                 // the goal will not be reached
)

// State judges a state by Success and Failure, whatever its case. States that neither names are waited
// through: servers have more of them than documents. Where several members have to come to a success, the
// goal is reached when all have, and fails when one does.
func (g *Goal) State(texts ...string) State {
	s := State{strings.Join(texts, ", "), Reached}
	for _, text := range texts {
		is := func(s string) bool { return strings.EqualFold(s, text) }
		switch {
		case slices.ContainsFunc(g.Failure, is) && !slices.ContainsFunc(g.Success, is):
			s.Verdict = Failed
			return s
		case !slices.ContainsFunc(g.Success, is):
			s.Verdict = Waiting
		}
	}
	return s
}

// Equal is the state of a value that is to become another: the number of instances, for one.
func Equal[V comparable](have, want V) State {
	if have == want {
		return State{fmt.Sprint(have), Reached}
	}
	return State{Text: fmt.Sprintf("%v, not %v", have, want)}
}
