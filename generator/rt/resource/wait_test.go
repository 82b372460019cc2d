package resource

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

var active = Goal{What: "group", Name: "active", Success: []string{"INSERVICE", "ACTIVE"}, Failure: []string{"ERROR"}, Every: 2 * time.Second, Within: time.Minute}

// steady takes the chance out of pauses.
func steady(p WaitPolicy) rt.CallOption {
	p.Jitter = func() float64 { return 0 }
	return WithWait(p)
}

// scene gives states, or errors, one after the other, the last one for ever, and notes when it was read.
type scene struct {
	begun time.Time
	steps []any // string, error
	reads []time.Duration
}

func play(steps ...any) *scene { return &scene{begun: time.Now(), steps: steps} }

func (s *scene) get(context.Context) (*group, error) {
	s.reads = append(s.reads, time.Since(s.begun))
	switch step := s.steps[min(len(s.reads), len(s.steps))-1].(type) {
	case error:
		return nil, step
	case string:
		return &group{ID: "1", State: step}, nil
	}
	return nil, nil
}

func judged(g *group) State { return active.State(g.State) }

func seconds(list ...float64) []time.Duration {
	var out []time.Duration
	for _, s := range list {
		out = append(out, time.Duration(s*float64(time.Second)))
	}
	return out
}

func TestWaitReadsWithGrowingPausesUntilTheGoal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("BUILD", "BUILD", "SOMETHING_NEW", "BUILD", "BUILD", "BUILD", "inservice")
		g, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.NoError(t, err)
		assert.Equal(t, "inservice", g.State)
		assert.Equal(t, seconds(0, 2, 5, 9.5, 16.25, 26.25, 36.25), s.reads)
	})
}

func TestWaitOfWhatIsThereReadsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("ACTIVE")
		_, err := Wait(t.Context(), &active, nil, s.get, judged)
		require.NoError(t, err)
		assert.Equal(t, seconds(0), s.reads)
	})
}

func TestAFailedStateEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("BUILD", "error")
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.ErrorIs(t, err, ErrFailedState)
		var e *WaitError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "error", e.State)
		assert.Equal(t, &group{ID: "1", State: "error"}, e.Last)
		assert.Equal(t, 2, e.Reads)
		assert.Equal(t, 2*time.Second, e.Elapsed)
		assert.EqualError(t, err, `waiting for group active: state "error" after 2 reads in 2s: the goal will not be reached from this state`)
	})
}

func TestWhenTimeIsUpThereIsOneMoreReadAndTheLastStateInTheError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("BUILD")
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{Every: 25 * time.Second, MaxEvery: 25 * time.Second})}, s.get, judged)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		var limit *rt.TimeoutError
		require.ErrorAs(t, err, &limit)
		assert.Equal(t, WaitTimeout, limit.Scope)
		assert.Equal(t, seconds(0, 25, 50, 60), s.reads)
		assert.EqualError(t, err, `waiting for group active: state "BUILD" after 4 reads in 1m0s: wait timeout of 1m0s exceeded`)

		s = play("BUILD", "BUILD", "BUILD", "ACTIVE") // in time, just
		_, err = Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{Every: 25 * time.Second, MaxEvery: 25 * time.Second})}, s.get, judged)
		require.NoError(t, err)
	})
}

func TestThePolicyOfTheCallWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("BUILD")
		opts := []rt.CallOption{nil, WithWait(WaitPolicy{Within: time.Hour}), steady(WaitPolicy{Every: time.Second, MaxEvery: 2 * time.Second, Within: 5 * time.Second})}
		_, err := Wait(t.Context(), &active, opts, s.get, judged)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, seconds(0, 1, 2.5, 4.5, 5), s.reads)

		s = play(make([]any, 0, 1000)...) // without a bound but the context's
		for range 999 {
			s.steps = append(s.steps, "BUILD")
		}
		s.steps = append(s.steps, "ACTIVE")
		_, err = Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{Within: -1})}, s.get, judged)
		require.NoError(t, err)
		assert.Len(t, s.reads, 1000)
	})
}

func TestTheContextEndsTheWaitWithItsCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		s := play("BUILD")
		_, err := Wait(ctx, &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, seconds(0, 2), s.reads)
		assert.Equal(t, 3*time.Second, time.Since(s.begun))

		why := errors.New("shutting down")
		causes, end := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { end(why) })
		_, err = Wait(causes, &active, nil, play("BUILD").get, judged)
		require.ErrorIs(t, err, why)
		require.ErrorIs(t, err, context.Canceled)
		var e *WaitError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, time.Second, e.Elapsed)
		assert.Equal(t, "BUILD", e.State)

		_, err = Wait(causes, &active, nil, play(&rt.TransportError{Err: context.Canceled}).get, judged)
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestFailuresThatPassAreWaitedThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := &rt.Error{Status: 429, Class: rt.ErrRateLimited, RetryAfter: 7 * time.Second}
		away := &rt.Error{Status: 503, Class: rt.ErrUnavailable}
		reset := &rt.TransportError{Operation: "GetGroup", Err: errors.New("connection reset")}
		s := play(reset, busy, away, "BUILD", "ACTIVE")
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.NoError(t, err)
		assert.Equal(t, seconds(0, 2, 9, 13.5, 20.25), s.reads)

		for _, final := range []error{errMissing, &rt.Error{Status: 403, Class: rt.ErrPermissionDenied}, &rt.Error{Status: 500, Class: rt.ErrInternal},
			&rt.ParamError{In: "path"}, errors.New("unknown")} {
			s = play("BUILD", final, "ACTIVE")
			_, err = Wait(t.Context(), &active, nil, s.get, judged)
			require.ErrorIs(t, err, final)
			assert.Len(t, s.reads, 2)
			var e *WaitError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "BUILD", e.State)
		}
	})
}

func TestARetryAfterBeyondTheEndIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := &rt.Error{Status: 503, Class: rt.ErrUnavailable, RetryAfter: time.Hour}
		s := play("BUILD", busy)
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, rt.ErrUnavailable)
		assert.Equal(t, 2*time.Second, time.Since(s.begun))
	})
}

func TestAStateThatFlapsHasToSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		away := &rt.Error{Status: 503, Class: rt.ErrUnavailable}
		s := play("ACTIVE", "BUILD", "ACTIVE", "ACTIVE", away, "ACTIVE", "ACTIVE", "ACTIVE")
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{Settle: 3, Within: time.Hour})}, s.get, judged)
		require.NoError(t, err)
		assert.Len(t, s.reads, 8)
		assert.Equal(t, 2*time.Second, s.reads[7]-s.reads[6], "near the goal it reads as often as at first")
	})
}

func TestProgressIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []string
		policy := WaitPolicy{Progress: func(p WaitProgress) { told = append(told, fmt.Sprint(p, " ", p.Next, " ", p.Err)) }}
		away := &rt.Error{Status: 503, Class: rt.ErrUnavailable}
		_, err := Wait(t.Context(), &active, []rt.CallOption{steady(policy)}, play(away, "BUILD", "ACTIVE").get, judged)
		require.NoError(t, err)
		assert.Equal(t, []string{
			"group active: no state after 1 reads in 0s 2s 503 Service Unavailable",
			`group active: state "BUILD" after 2 reads in 2s 3s <nil>`,
			`group active: state "ACTIVE" after 3 reads in 5s 0s <nil>`,
		}, told)
	})
}

func TestWaitGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play("ACTIVE", "DELETING", "DELETING", errMissing)
		require.NoError(t, WaitGone(t.Context(), &active, []rt.CallOption{steady(WaitPolicy{})}, s.get, nil))
		assert.Len(t, s.reads, 4)

		gone := Goal{What: "group", Name: "gone", Success: []string{"DELETED"}, Failure: []string{"ERROR"}, Within: time.Minute}
		state := func(g *group) State { return gone.State(g.State) }
		require.NoError(t, WaitGone(t.Context(), &gone, nil, play("DELETING", "DELETED").get, state))
		require.ErrorIs(t, WaitGone(t.Context(), &gone, nil, play("DELETING", "ERROR").get, state), ErrFailedState)

		err := WaitGone(t.Context(), &gone, nil, play("DELETING", 0).get, nil)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Contains(t, err.Error(), "an answer without a body")

		login := &rt.AuthError{Operation: "ShowGroup", Err: errMissing}
		require.ErrorIs(t, WaitGone(t.Context(), &gone, nil, play("ACTIVE", login).get, nil), rt.ErrUnauthenticated, "who waits is not known, which does not mean that the group is gone")

		err = WaitGone(t.Context(), &gone, nil, play(rt.ErrDryRun).get, nil)
		assert.Equal(t, rt.ErrDryRun, err)
	})
}

func TestWhatMayAppearIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		goal := active
		goal.Appears = true
		s := play(errMissing, errMissing, "BUILD", "ACTIVE")
		_, err := Wait(t.Context(), &goal, []rt.CallOption{steady(WaitPolicy{})}, s.get, judged)
		require.NoError(t, err)
		assert.Len(t, s.reads, 4)

		s = play(errMissing, "BUILD", errMissing, "ACTIVE") // it was there, and is gone
		_, err = Wait(t.Context(), &goal, nil, s.get, judged)
		require.ErrorIs(t, err, rt.ErrNotFound)
		assert.Len(t, s.reads, 3)

		_, err = Wait(t.Context(), &goal, nil, play(errMissing).get, judged)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Contains(t, err.Error(), "not there yet")
	})
}

func TestEqualSaysBoth(t *testing.T) {
	assert.Equal(t, State{"3, not 5", Waiting}, Equal(3, 5))
	assert.Equal(t, State{"5", Reached}, Equal(5, 5))
}

func TestStatesOfTheServerCannotForgeLines(t *testing.T) {
	e := &WaitError{What: "group", Goal: "active", State: "a\n\x1b[2J" + strings.Repeat("x", 1000), Err: ErrFailedState}
	assert.NotContains(t, e.Error(), "\n")
	assert.Less(t, len(e.Error()), 300)
}

// Whatever the policy: pauses are never longer than MaxEvery, never shorter than three quarters of Every but for the
// last, and the whole is as long as Within.
func TestPausesStayWithinTheirBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for seed := range uint64(200) {
			r := rand.New(rand.NewPCG(seed, 2))
			p := WaitPolicy{
				Every:    time.Duration(1 + r.Int64N(int64(time.Minute))),
				MaxEvery: time.Duration(r.Int64N(int64(time.Hour))),
				Within:   time.Duration(1 + r.Int64N(int64(time.Hour))),
				Jitter:   r.Float64,
			}
			s := play("BUILD")
			_, err := Wait(t.Context(), &active, []rt.CallOption{WithWait(p)}, s.get, judged)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Equal(t, p.Within, s.reads[len(s.reads)-1])
			for i := 1; i < len(s.reads); i++ {
				pause := s.reads[i] - s.reads[i-1]
				require.LessOrEqual(t, pause, max(p.MaxEvery, p.Every, 5*p.Every*btoi(p.MaxEvery == 0)))
				if i < len(s.reads)-1 {
					require.GreaterOrEqual(t, pause, p.Every/4*3-1)
				}
			}
		}
	})
	huge := policyOf(&Goal{Every: 1 << 62}, nil)
	assert.Equal(t, huge.Every, huge.after(huge.Every))
}

func btoi(b bool) time.Duration {
	if b {
		return 1
	}
	return 0
}

func TestTheContextReachesTheReads(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "mine")
	read := func(ctx context.Context) (*group, error) {
		assert.Equal(t, "mine", ctx.Value(key{}))
		return &group{State: "ACTIVE"}, nil
	}
	_, err := Wait(ctx, &active, nil, read, judged)
	require.NoError(t, err)
	gone := func(ctx context.Context) (*group, error) {
		assert.Equal(t, "mine", ctx.Value(key{}))
		return nil, errMissing
	}
	require.NoError(t, WaitGone(ctx, &active, nil, gone, nil))
}

func TestSeveralMembersHaveToComeToASuccess(t *testing.T) {
	empty := Goal{Success: []string{"0"}, Failure: []string{"ERROR"}}
	assert.Equal(t, State{"0, 0", Reached}, empty.State("0", "0"))
	assert.Equal(t, State{"0, 2", Waiting}, empty.State("0", "2"))
	assert.Equal(t, State{"2, 0", Waiting}, empty.State("2", "0"))
	assert.Equal(t, State{"1, error", Failed}, empty.State("1", "error"))
}
