package rt

import (
	"context"
	"slices"
)

// listing is what the options of a call ask for that reads a list.
type listing struct {
	from     string  // cursor
	into     *string // for cursors
	prefetch bool

	inParts bool      // large pages may be read in parts
	path    []string  // of the list in a page
	parts   *division // nil: pages are read whole
}

func listOption(set func(*listing)) CallOption {
	return callOption(func(c *callConfig) {
		l := listing{}
		if c.listing != nil {
			l = *c.listing
		}
		set(&l)
		c.listing = &l
	})
}

// WithCursor goes on with a list where another reading of it stopped: at a cursor of [WithCursorInto], for
// the same list with the same arguments. The empty cursor is the beginning. It is refused for calls that do not read a list.
//
//go:noinline
func WithCursor(cursor string) CallOption {
	return listOption(func(l *listing) { l.from = cursor })
}

// WithCursorInto keeps in cursor where the list goes on: after the page, or the item, that was yielded last. After
// the last one, a cursor at which there is nothing more. It is a text to be kept as it is, for [WithCursor]. In it may be what the
// server uses as a cursor, so treat it as you treat that.
//
//go:noinline
func WithCursorInto(cursor *string) CallOption {
	return listOption(func(l *listing) { l.into = cursor })
}

// WithPrefetch requests the next page of a list while the one before is used. Nothing is requested ahead
// when results are captured, or while the first page is not there. Pages are held in memory as a whole then, however
// large they are.
//
//go:noinline
func WithPrefetch() CallOption {
	return listOption(func(l *listing) { l.prefetch = true })
}

// page is the last option of the call that reads a page: what has been seen to is not asked for any more.
func page(p *division) CallOption {
	return callOption(func(c *callConfig) { c.listing, c.parts = nil, p })
}

// NoPage is what reads of [Pages] return for an answer that is no page, such as one without a body: the list is at
// its end.
const NoPage sentinel = "the answer is no page"

// Pages yields the pages of a list, each requested when it is reached. Read makes the call for one page with
// the options that it is given, and tells the pager of it; it returns [NoPage] where an answer is none. The
// first error is yielded, and ends the list.
func Pages[P any](ctx context.Context, pager Pager, opts []CallOption, yield func(P, error) bool, read func(ctx context.Context, opts []CallOption) (P, error)) {
	var none P
	w, err := newWalk(ctx, pager, opts)
	if err != nil {
		yield(none, err)
		return
	}
	defer w.stop()
	w.fetch = func() (any, error) { return read(w.ctx, w.opts) }
	for w.next() {
		v, _ := w.page.(P)
		if !yield(v, nil) {
			return
		}
	}
	if w.err != nil {
		yield(none, w.err)
	}
}

// walk is one reading of a list.
type walk struct {
	listing
	ctx   context.Context
	end   context.CancelFunc
	pager Pager
	opts  []CallOption // of each page
	fetch func() (any, error)

	page  any
	err   error
	ahead chan fetched // of the page that is requested ahead; nil: none is
}

// fetched is a page, and where the list goes on.
type fetched struct {
	page any // nil: the list is at its end
	err  error
	next place
}

func newWalk(ctx context.Context, pager Pager, opts []CallOption) (*walk, error) {
	asked := intent(opts)
	w := &walk{ctx: ctx, end: func() {}, pager: pager}
	if asked.listing != nil {
		w.listing = *asked.listing
	}
	w.opts = append(slices.Clip(opts), page(w.parts))
	pager.read(w.parts)
	at, err := parsePlace(w.from)
	if err != nil {
		return nil, err
	}
	at.skip = 0
	if at.kind != atStart {
		if reason := pager.from(at); reason != "" {
			return nil, badCursor(reason)
		}
	}
	w.prefetch = w.prefetch && !Captures(opts) && ctx != nil
	if w.prefetch {
		w.ctx, w.end = context.WithCancel(ctx)
	}
	return w, nil
}

// next gets the next page. It is false at the end of the list, or when there is an error.
func (w *walk) next() bool {
	var f fetched
	if w.ahead != nil {
		f = <-w.ahead
		w.ahead = nil
	} else {
		f = w.get()
	}
	w.page, w.err = f.page, f.err
	if f.page == nil || f.err != nil {
		return false
	}
	if w.prefetch && f.next.kind != atEnd {
		ahead := make(chan fetched, 1)
		go func() { ahead <- w.get() }()
		w.ahead = ahead
	}
	if w.into != nil && !w.parts.more() {
		*w.into = f.next.String()
	}
	return true
}

// get requests the page that the pager is at, or reads the next part of it.
func (w *walk) get() fetched {
	if !w.parts.more() {
		if !w.pager.Next() {
			return fetched{err: w.pager.Err()}
		}
		w.parts.turn()
	}
	v, err := w.fetch()
	if err == NoPage {
		return fetched{}
	}
	if err != nil {
		return fetched{err: err}
	}
	return fetched{page: v, next: w.pager.at()}
}

// stop ends what has been requested ahead, and waits for that.
func (w *walk) stop() {
	w.end()
	w.parts.close()
	if w.ahead != nil {
		<-w.ahead
	}
}
