package resource

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// DefaultConcurrency is how many calls a batch makes at a time.
const DefaultConcurrency = 4

// concurrencyOption carries a number among the options of a call.
type concurrencyOption struct {
	rt.OtherOption
	n int
}

// WithConcurrency sets how many calls a batch makes at a time: [DefaultConcurrency] unless set, at least one.
// It means nothing to the calls themselves. Calls whose results are captured are made one after the other.
func WithConcurrency(n int) rt.CallOption { return concurrencyOption{n: n} }

func concurrency(opts []rt.CallOption) int {
	n := DefaultConcurrency
	for _, o := range opts {
		if c, ok := o.(concurrencyOption); ok {
			n = max(1, c.n)
		}
	}
	if rt.Captures(opts) {
		n = 1
	}
	return n
}

// BatchResult says what came of each item. Each list has the order of the items, and items that were given
// twice are there twice.
type BatchResult[K any] struct {
	Done     []K
	Failed   []BatchFailure[K]
	Unclear  []K // in a call that failed for other items: the server does not say what became of these
	NotTried []K // the context was done before their call was made
}

// BatchFailure is an item that failed.
type BatchFailure[K any] struct {
	Item    K
	Code    string // of the API, for this item or, where it names none, for the call
	Message string // likewise
	Err     error  // of the item: a *rt.Error with its own code and message; else of the call
}

// Batch makes one call for each limit items, a few at a time, and gathers what comes of them. What is a
// noun for messages. Key is the text by which the server calls an item; it is needed with hidden only, which
// may be nil. Without items there is no call; a limit of zero is none.
//
// The result is never nil. The error is nil when all is done, else a [*BatchError]. Calls go on when others
// fail; when the context is done, no more are begun. Of a dry run the first call is made.
func Batch[K any](ctx context.Context, what string, limit int, items []K, opts []rt.CallOption, key func(K) string, hidden *ItemErrors, call func(ctx context.Context, part []K) error) (*BatchResult[K], error) {
	if limit <= 0 || limit > len(items) {
		limit = max(1, len(items))
	}
	part := func(i int) []K { return items[i*limit : min((i+1)*limit, len(items))] }
	dry := rt.IsDryRun(opts)
	b := batch{calls: (len(items) + limit - 1) / limit}
	if dry {
		b.calls = min(1, b.calls)
	}
	b.run(ctx, concurrency(opts), func(i int) error { return call(ctx, slices.Clip(part(i))) })
	out := new(BatchResult[K])
	var errs []error
	for i := 0; i*limit < len(items); i++ {
		switch {
		case i >= b.calls || !b.made[i] || dry && errors.Is(b.errs[i], rt.ErrDryRun):
			out.NotTried = append(out.NotTried, part(i)...)
		case b.errs[i] == nil:
			out.Done = append(out.Done, part(i)...)
		default:
			errs = append(errs, out.fail(part(i), b.errs[i], key, hidden)...)
		}
	}
	if dry && len(out.Failed) == 0 && len(items) > 0 {
		return out, rt.ErrDryRun
	}
	if err := ended(ctx); err != nil && len(out.NotTried) > 0 {
		errs = append(errs, err)
	}
	if len(errs) == 0 {
		return out, nil
	}
	return out, &BatchError{What: what, Done: len(out.Done), Failed: len(out.Failed), Unclear: len(out.Unclear), NotTried: len(out.NotTried), Errs: errs}
}

// fail sorts the items of a call that failed. It returns the errors there are: of the call, or of its items.
func (r *BatchResult[K]) fail(part []K, err error, key func(K) string, hidden *ItemErrors) (errs []error) {
	named := hidden.read(err)
	knows := func(item K) bool { _, ok := named[key(item)]; return ok }
	some := len(named) > 0 && slices.ContainsFunc(part, knows)
	for _, item := range part {
		own := err
		if some {
			if !knows(item) {
				r.Unclear = append(r.Unclear, item)
				continue
			}
			own = named[key(item)]
			errs = append(errs, own)
		}
		code, message := said(own)
		r.Failed = append(r.Failed, BatchFailure[K]{Item: item, Code: code, Message: message, Err: own})
	}
	if !some {
		errs = []error{err}
	}
	return errs
}

// batch makes numbered calls.
type batch struct {
	calls int
	made  []bool
	errs  []error
	next  atomic.Int64
}

// run makes the calls, at most n at a time, in their order. It returns when all that were begun have ended.
func (b *batch) run(ctx context.Context, n int, call func(i int) error) {
	b.made, b.errs = make([]bool, b.calls), make([]error, b.calls)
	work := func() {
		for ctx.Err() == nil {
			i := int(b.next.Add(1)) - 1
			if i >= b.calls {
				return
			}
			b.made[i] = true
			b.errs[i] = call(i)
		}
	}
	var group sync.WaitGroup
	for range min(n, b.calls) - 1 {
		group.Add(1)
		go func() {
			defer group.Done()
			work()
		}()
	}
	work()
	group.Wait()
}
