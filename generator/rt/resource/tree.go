package resource

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// Step is one thing that is deleted.
type Step struct {
	What string // "policy"
	ID   string
	Name string // empty when it is not known, or is the id
	Done bool
	Err  error // why not
}

// String is one line.
func (s Step) String() string {
	out := s.What
	if s.Name != "" && s.Name != s.ID {
		out += " " + rt.Quote(s.Name, maxText)
	}
	out += " (" + rt.Quote(s.ID, maxText) + ")"
	switch {
	case s.Done:
		return out + ": deleted"
	case s.Err != nil:
		return out + ": " + s.Err.Error()
	}
	return out
}

// DeletePlan is what is deleted, in its order.
type DeletePlan struct{ Steps []Step }

// String has a numbered line for each step.
func (p *DeletePlan) String() string {
	var b strings.Builder
	for i := range p.Steps {
		fmt.Fprintf(&b, "%d. %s\n", i+1, p.Steps[i])
	}
	return b.String()
}

// DeleteError says at which step deleting stopped. What came before is gone; the plan has the rest.
type DeleteError struct {
	Step       Step
	Done, Left int // steps, with this one
	Err        error
}

func (e *DeleteError) Error() string {
	return fmt.Sprintf("deleting %s (%d deleted, %d left)", e.Step, e.Done, e.Left)
}

// Unwrap returns Err.
func (e *DeleteError) Unwrap() error { return e.Err }

// Deleter deletes something after what depends on it. First all of that is read, then it is deleted, one after
// the other, so that a plan is complete before anything is gone:
//
//	d := resource.NewDeleter(ctx, opts)
//	resource.Each(d, "policy", policies, key, func(id string) { … what depends on the policy … }, deletePolicy)
//	return d.Finally("group", id, deleteGroup)
type Deleter struct {
	ctx   context.Context
	dry   bool
	plan  DeletePlan
	calls []func() error // one for each step
	err   error          // of reading
}

// NewDeleter returns a deleter for a method with these options. The functions that it is given delete with
// the same options, and read with [Reading].
func NewDeleter(ctx context.Context, opts []rt.CallOption) *Deleter {
	return &Deleter{ctx: ctx, dry: rt.IsDryRun(opts)}
}

// Each has every child deleted, in the order of their list, each after what below finds to depend on it. Below may
// be nil. A child that is gone when its turn comes counts as deleted, and a list of children that is not found as
// empty: what it belongs to is gone.
func Each[T any](d *Deleter, what string, children iter.Seq2[*T, error], key func(*T) (id, name string), below func(id string), remove func(id string) error) {
	if d.err != nil {
		return
	}
	seen := make(map[string]bool) // rows move while a list is read
	for child, err := range children {
		if err != nil {
			if !errors.Is(err, rt.ErrNotFound) {
				d.err = fmt.Errorf("what is to be deleted cannot be listed: %s: %w", what, err)
			}
			return
		}
		if child == nil {
			continue
		}
		id, name := key(child)
		if seen[id] {
			continue
		}
		seen[id] = true
		if below != nil {
			below(id)
		}
		if d.err != nil {
			return
		}
		d.add(Step{What: what, ID: id, Name: name}, func() error {
			err := remove(id)
			if errors.Is(err, rt.ErrNotFound) {
				return nil
			}
			return err
		})
	}
}

func (d *Deleter) add(s Step, call func() error) {
	d.plan.Steps, d.calls = append(d.plan.Steps, s), append(d.calls, call)
}

// Finally deletes all that was gathered, and then the thing itself. It stops at the first failure, with a
// [*DeleteError]. The plan says what was done; it is never nil.
//
// Of a dry run the first request is made, which is captured instead of sent, and the error is rt.ErrDryRun.
func (d *Deleter) Finally(what, id string, remove func() error) (*DeletePlan, error) {
	if d.err != nil {
		return &d.plan, d.err
	}
	d.add(Step{What: what, ID: id}, remove)
	for i, call := range d.calls {
		step := &d.plan.Steps[i]
		err := ended(d.ctx)
		if err == nil {
			err = call()
		}
		if d.dry && (err == nil || errors.Is(err, rt.ErrDryRun)) {
			step.Done = err == nil
			return &d.plan, rt.ErrDryRun
		}
		if step.Err = err; err != nil {
			return &d.plan, &DeleteError{Step: *step, Done: i, Left: len(d.calls) - i, Err: err}
		}
		step.Done = true
	}
	return &d.plan, nil
}
