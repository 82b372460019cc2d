package rt

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type keyOfTest struct{}

// A limit behaves as a context of the standard library does, whether or not anybody asks for Done.
func TestALimitIsAContextWithADeadline(t *testing.T) {
	for name, c := range map[string]struct {
		early func(*limit) // before anything happens
		then  func(cancelParent context.CancelFunc, l *limit)
		err   error
	}{
		"nothing":                   {nil, func(context.CancelFunc, *limit) {}, nil},
		"nothing, waited for":       {wait, func(context.CancelFunc, *limit) {}, nil},
		"time over":                 {nil, later, context.DeadlineExceeded},
		"time over, waited for":     {wait, later, context.DeadlineExceeded},
		"canceled":                  {nil, func(c context.CancelFunc, _ *limit) { c() }, context.Canceled},
		"canceled, waited for":      {wait, func(c context.CancelFunc, _ *limit) { c() }, context.Canceled},
		"attempt over":              {nil, func(_ context.CancelFunc, l *limit) { l.end() }, context.Canceled},
		"attempt over, waited for":  {wait, func(_ context.CancelFunc, l *limit) { l.end() }, context.Canceled},
		"a child waits, canceled":   {child, func(c context.CancelFunc, _ *limit) { c() }, context.Canceled},
		"a child waits, time over":  {child, later, context.DeadlineExceeded},
		"canceled, then time over":  {nil, func(c context.CancelFunc, l *limit) { c(); later(c, l) }, context.Canceled},
		"ended, then time over":     {nil, func(c context.CancelFunc, l *limit) { l.end(); later(c, l) }, context.Canceled},
		"ended twice, asked before": {wait, func(_ context.CancelFunc, l *limit) { l.end(); l.end() }, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				parent, cancel := context.WithCancel(context.WithValue(t.Context(), keyOfTest{}, "kept"))
				defer cancel()
				l := new(limit)
				at := time.Now().Add(time.Second)
				l.start(parent, at)
				if c.early != nil {
					c.early(l)
				}
				c.then(cancel, l)
				synctest.Wait()

				assert.Equal(t, c.err, l.Err())
				if c.err != nil {
					assert.Equal(t, c.err, context.Cause(l))
				}
				assert.Equal(t, "kept", l.Value(keyOfTest{}))
				end, ok := l.Deadline()
				assert.Equal(t, at, end)
				assert.True(t, ok)
				select {
				case <-l.Done():
					require.Error(t, c.err)
				default:
					require.NoError(t, c.err)
				}
				assert.Equal(t, c.err, l.Err(), "whoever asks for Done changes nothing")
				l.end() // else a timer goes on
			})
		})
	}
}

func wait(l *limit) { l.Done() }

func child(l *limit) { context.AfterFunc(l, func() {}) }

func later(context.CancelFunc, *limit) { time.Sleep(2 * time.Second) }

// Whoever waits is woken in time, and a limit that ends leaves no timer and no goroutine: the bubble would not end.
func TestALimitWakesWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(limit)
		begun := time.Now()
		l.start(t.Context(), begun.Add(time.Minute))
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				inner, cancel := context.WithCancel(l)
				defer cancel()
				<-inner.Done()
				assert.Equal(t, context.DeadlineExceeded, inner.Err())
			})
		}
		all.Wait()
		assert.Equal(t, time.Minute, time.Since(begun))
		l.end()
	})
}

// What is not waited for costs nothing.
func TestALimitTakesNoMemoryUntilItIsWaitedFor(t *testing.T) {
	ctx, at := t.Context(), time.Now().Add(time.Hour)
	l := new(limit)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		*l = limit{}
		l.start(ctx, at)
		if l.Err() != nil || l.Value(keyOfTest{}) != nil {
			t.Error("it is over")
		}
		l.end()
	}))
}
