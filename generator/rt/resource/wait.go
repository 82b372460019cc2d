package resource

import (
	"context"
	"errors"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// Wait reads a resource until it has reached a goal, and returns it as it was read last. The error is a
// [*WaitError], which holds that too.
//
// Reads that fail in a way that may pass (see [rt.Passes]) are made again; every other failure ends the wait.
// A read that is under way when time is up is not cut short: it has the limits of a call. Only the caller's
// context ends it.
func Wait[T any](ctx context.Context, g *Goal, opts []rt.CallOption, get func(context.Context) (*T, error), state func(*T) State) (*T, error) {
	w := newWait(g, opts)
	var last *T
	err := w.run(ctx, func() (State, error) {
		v, err := get(ctx)
		switch {
		case last == nil && g.Appears && errors.Is(err, rt.ErrNotFound):
			return State{Text: "not there yet"}, nil
		case err != nil:
			return State{}, err
		case v == nil:
			return State{Text: "an answer without a body"}, nil
		}
		last, w.at.Last = v, v
		return state(v), nil
	})
	if err != nil {
		return nil, err
	}
	return last, nil
}

// WaitGone reads a resource until there is none: until get returns an error that is rt.ErrNotFound. State
// judges what is still there, and may be nil: some things are gone when they say so, some will never be.
func WaitGone[T any](ctx context.Context, g *Goal, opts []rt.CallOption, get func(context.Context) (*T, error), state func(*T) State) error {
	w := newWait(g, opts)
	return w.run(ctx, func() (State, error) {
		v, err := get(ctx)
		switch {
		case errors.Is(err, rt.ErrNotFound):
			return State{"gone", Reached}, nil
		case err != nil:
			return State{}, err
		case v == nil:
			return State{Text: "an answer without a body"}, nil
		}
		w.at.Last = v
		if state == nil {
			return State{Text: "still there"}, nil
		}
		return state(v), nil
	})
}

// wait is one wait.
type wait struct {
	goal   *Goal
	policy WaitPolicy
	begun  time.Time
	at     WaitProgress
	row    int // reads in a row that have shown success
}

func newWait(g *Goal, opts []rt.CallOption) *wait {
	return &wait{goal: g, policy: policyOf(g, opts), begun: time.Now(), at: WaitProgress{What: g.What, Goal: g.Name}}
}

// run reads until there is an end.
func (w *wait) run(ctx context.Context, read func() (State, error)) error {
	pause := w.policy.Every
	for {
		s, err := read()
		w.at.Reads++
		w.at.Elapsed, w.at.Err, w.at.Next = time.Since(w.begun), err, 0
		if done, err := w.judge(ctx, s, err); done {
			w.tell()
			return err
		}
		if w.row > 0 {
			pause = w.policy.Every // it is about to be reached
		}
		next := w.policy.jitter(pause)
		if asked := retryAfter(err); asked > next {
			next = asked
		}
		if w.policy.Within >= 0 {
			left := w.policy.Within - w.at.Elapsed
			if left <= 0 || retryAfter(err) > left {
				w.tell()
				return w.fail(w.timeout())
			}
			next = min(next, left) // one more read at the end
		}
		w.at.Next = next
		w.tell()
		if err := sleep(ctx, next); err != nil {
			w.at.Elapsed = time.Since(w.begun)
			return w.fail(err)
		}
		pause = w.policy.after(pause)
	}
}

// judge says what a read means: whether it is the end, and if so, of what kind.
func (w *wait) judge(ctx context.Context, s State, err error) (done bool, _ error) {
	switch {
	case errors.Is(err, rt.ErrDryRun):
		return true, err
	case err != nil:
		w.row = 0
		if ctx.Err() != nil || !rt.Passes(err) {
			return true, w.fail(err)
		}
		return false, nil
	}
	w.at.State = s.Text
	switch s.Verdict {
	case Failed:
		return true, w.fail(ErrFailedState)
	case Reached:
		w.row++
		return w.row >= w.policy.Settle, nil
	}
	w.row = 0
	return false, nil
}

// timeout is the error of a wait whose time is up, with what the last read failed with.
func (w *wait) timeout() error {
	var up error = &rt.TimeoutError{Scope: WaitTimeout, Limit: w.policy.Within}
	if w.at.Err != nil {
		up = errors.Join(up, w.at.Err)
	}
	return up
}

func (w *wait) fail(err error) error {
	return &WaitError{What: w.goal.What, Goal: w.goal.Name, State: w.at.State, Last: w.at.Last, Reads: w.at.Reads, Elapsed: w.at.Elapsed, Err: err}
}

func (w *wait) tell() {
	if w.policy.Progress != nil {
		w.policy.Progress(w.at)
	}
}

// retryAfter is how long the server asks to wait; 0 when it does not.
func retryAfter(err error) time.Duration {
	var e *rt.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// sleep waits, or returns early with the reason why the context is done.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
	return ended(ctx)
}

// ended is why a context is done, with its cause if that says more; nil when it is not.
func ended(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); err != cause {
		err = errors.Join(err, cause)
	}
	return err
}
