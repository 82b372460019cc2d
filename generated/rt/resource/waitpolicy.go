package resource

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// WaitPolicy says how a wait goes. Fields left zero have the values of the goal, or their defaults.
//
// The pause between reads begins with Every and grows by half each time, as far as MaxEvery. Up to a
// quarter of it is taken away at random, so that many waits do not ask together. What the server asks for
// (Retry-After) is waited for; if that is more than there is time, the wait ends at once.
type WaitPolicy struct {
	Every    time.Duration  // between the first two reads
	MaxEvery time.Duration  // five times Every, when zero
	Within   time.Duration  // for all; negative is no bound. The context bounds it too
	Settle   int            // reads in a row that must show success
	Jitter   func() float64 // in [0, 1); math/rand/v2 when nil
	// Progress is told of each read, in the goroutine that waits.
	Progress func(WaitProgress)
}

// WaitProgress is how far a wait has come.
type WaitProgress struct {
	What    string        // "group"
	Goal    string        // "active"
	State   string        // as it was read last; empty before
	Last    any           // what was read last: a pointer to the resource; nil before
	Reads   int           // so far
	Elapsed time.Duration // so far
	Next    time.Duration // until the next read; 0 when there will be none
	Err     error         // what the last read failed with, which is waited through
}

// String is one line.
func (p WaitProgress) String() string {
	return fmt.Sprintf("%s %s: %s after %d reads in %v", p.What, p.Goal, stateText(p.State), p.Reads, p.Elapsed.Round(time.Millisecond))
}

// waitOption carries a policy among the options of a call.
type waitOption struct {
	rt.OtherOption
	policy WaitPolicy
}

// WithWait sets how a method waits. It means nothing to the calls that it makes.
func WithWait(p WaitPolicy) rt.CallOption { return waitOption{policy: p} }

// policyOf is the policy that options ask for, with the values of the goal where they leave them open.
func policyOf(g *Goal, opts []rt.CallOption) WaitPolicy {
	var p WaitPolicy
	for _, o := range opts {
		if w, ok := o.(waitOption); ok {
			p = w.policy
		}
	}
	p.Every = first(p.Every, g.Every, DefaultEvery)
	p.MaxEvery = max(p.Every, first(p.MaxEvery, 5*p.Every))
	p.Settle = first(p.Settle, g.Settle, 1)
	if p.Within == 0 {
		p.Within = first(g.Within, DefaultWithin)
	}
	if p.Jitter == nil {
		p.Jitter = rand.Float64
	}
	return p
}

// first is the first value that is more than zero, or the last one.
func first[V int | time.Duration](values ...V) V {
	for _, v := range values {
		if v > 0 {
			return v
		}
	}
	return values[len(values)-1]
}

// after is the pause after one, before jitter.
func (p *WaitPolicy) after(pause time.Duration) time.Duration {
	if pause >= p.MaxEvery-pause/2 {
		return p.MaxEvery
	}
	return pause + pause/2
}

// jitter takes away up to a quarter of a pause.
func (p *WaitPolicy) jitter(pause time.Duration) time.Duration {
	x := p.Jitter()
	if !(x >= 0 && x <= 1) {
		x = 0
	}
	return pause - time.Duration(x*float64(pause/4))
}

// WaitTimeout is the scope of a wait whose time was up: [WaitPolicy].Within.
const WaitTimeout rt.TimeoutScope = "wait"

// sentinel is a constant error, to be compared with errors.Is.
type sentinel string

func (s sentinel) Error() string { return string(s) }

// ErrFailedState says that a resource is in a state from which it will not come to the goal.
const ErrFailedState sentinel = "the goal will not be reached from this state"

// WaitError says that a goal was not reached, and what was seen last.
type WaitError struct {
	What    string        // "group"
	Goal    string        // "active"
	State   string        // as it was read last; empty when nothing could be read
	Last    any           // what was read last: a pointer to the resource; nil when nothing could be read
	Reads   int           // made
	Elapsed time.Duration // since the wait began
	// Err is ErrFailedState, a *rt.TimeoutError when Within was over, why the context is done, or what a read
	// failed with.
	Err error
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("waiting for %s %s: %s after %d reads in %v: %v",
		e.What, e.Goal, stateText(e.State), e.Reads, e.Elapsed.Round(time.Millisecond), e.Err)
}

// Unwrap returns Err.
func (e *WaitError) Unwrap() error { return e.Err }

// stateText shows a state, which is text of the server.
func stateText(state string) string {
	if state == "" {
		return "no state"
	}
	return "state " + rt.Quote(state, maxText)
}
