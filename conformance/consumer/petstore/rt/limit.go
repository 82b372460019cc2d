package rt

import (
	"context"
	"sync"
	"time"
)

// limit is a context that ends at a time, like one of [context.WithDeadline]. Its timer is started when somebody asks for Done, which
// transports to a network do; answers out of memory come without one.
type limit struct {
	context.Context // ends it, too
	at              time.Time

	mu     sync.Mutex
	timed  context.Context // once there is a timer
	cancel context.CancelFunc
	over   bool // nobody waits for it any more
}

// start makes the limit of ctx, whose own ends later if it has one. Without a time it is none, and just ctx.
func (l *limit) start(ctx context.Context, at time.Time) { l.Context, l.at = ctx, at }

// end ends the context, and its timer. Who asks for the first time after that finds it canceled.
func (l *limit) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over = true; l.cancel != nil {
		l.cancel()
	}
}

// inner is the context to ask: with a timer, if it has one already or timed says that it needs one.
func (l *limit) inner(timed bool) context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.timed != nil:
	case l.over:
		l.timed, l.cancel = context.WithCancel(l.Context)
		l.cancel()
	case timed && !l.at.IsZero():
		l.timed, l.cancel = context.WithDeadline(l.Context, l.at)
	default:
		return l.Context
	}
	return l.timed
}

func (l *limit) Deadline() (time.Time, bool) {
	if l.at.IsZero() {
		return l.Context.Deadline()
	}
	return l.at, true
}

func (l *limit) Done() <-chan struct{} { return l.inner(true).Done() }

// Err knows by the clock that the time is over, where there is no timer.
func (l *limit) Err() error {
	return l.inner(!time.Now().Before(l.at)).Err()
}

// Value finds what the package context keeps of contexts that end, too, so that children cost no goroutine.
func (l *limit) Value(key any) any { return l.inner(false).Value(key) }
