package resource

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

type instanceID string

func idText(id instanceID) string { return string(id) }

func ids(n int) []instanceID {
	out := make([]instanceID, n)
	for i := range out {
		out[i] = instanceID("i" + strconv.Itoa(i))
	}
	return out
}

// calls notes the parts that a batch is cut into.
type calls struct {
	mu    sync.Mutex
	parts [][]instanceID
}

func (c *calls) note(part []instanceID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.parts = append(c.parts, part)
}

func (c *calls) sizes() []int {
	var out []int
	for _, p := range c.parts {
		out = append(out, len(p))
	}
	slices.Sort(out)
	return out
}

func TestABatchIsCutAtTheLimit(t *testing.T) {
	for _, tt := range []struct {
		items, limit int
		want         []int
	}{
		{0, 10, nil}, {1, 10, []int{1}}, {10, 10, []int{10}}, {11, 10, []int{1, 10}}, {25, 10, []int{5, 10, 10}},
		{25, 0, []int{25}}, {3, 1, []int{1, 1, 1}}, {3, int(^uint(0) >> 1), []int{3}}, {0, 0, nil},
	} {
		var c calls
		items := ids(tt.items)
		r, err := Batch(t.Context(), "instances", tt.limit, items, nil, idText, nil, func(_ context.Context, part []instanceID) error {
			c.note(part)
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, tt.want, c.sizes())
		assert.True(t, slices.Equal(items, r.Done))
	}
}

func TestABatchGoesOnWhenCallsFailAndSaysWhichItemsFailed(t *testing.T) {
	items := ids(9)
	items[8] = items[0] // twice
	denied := &rt.Error{Operation: "Remove", Status: 403, Code: "AS.1", Message: "no", Class: rt.ErrPermissionDenied}
	r, err := Batch(t.Context(), "instances", 2, items, nil, idText, nil, func(_ context.Context, part []instanceID) error {
		if slices.Contains(part, "i3") {
			return denied
		}
		return nil
	})
	require.ErrorIs(t, err, rt.ErrPermissionDenied)
	var e *BatchError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, &BatchError{What: "instances", Done: 7, Failed: 2, Errs: []error{denied}}, e)
	assert.EqualError(t, err, "instances: 7 done, 2 failed: Remove: 403 AS.1: no")
	assert.Equal(t, []instanceID{"i0", "i1", "i4", "i5", "i6", "i7", "i0"}, r.Done)
	assert.Equal(t, []BatchFailure[instanceID]{{"i2", "AS.1", "no", denied}, {"i3", "AS.1", "no", denied}}, r.Failed)
	assert.Empty(t, r.NotTried)
}

var configErrors = ItemErrors{Code: "AS.1038", Member: []string{"error", "message"}, ID: "id", ItemCode: "errorCode", Message: "errorMessage",
	Errors: &rt.ErrorModel{Codes: []rt.ErrorCode{{Code: "AS.1004", Class: rt.ErrNotFound}}}}

func TestItemsAreFoundInTheJSONThatAMessageHides(t *testing.T) {
	whole := &rt.Error{Status: 400, Code: "AS.1038", Message: "[…]", Class: rt.ErrInvalid,
		Body: []byte(`{"error":{"code":"AS.1038","message":"[{\"id\":\"i1\",\"errorCode\":\"AS.1004\",\"errorMessage\":\"The AS configuration does not exist.\"},{\"id\":\"elsewhere\"},{\"id\":\"i2\"}]"}}`)}
	call := func(context.Context, []instanceID) error { return whole }
	r, err := Batch(t.Context(), "configurations", 50, ids(4), nil, idText, &configErrors, call)
	require.ErrorIs(t, err, rt.ErrNotFound)
	require.ErrorIs(t, err, rt.ErrInvalid)
	require.Len(t, r.Failed, 2)
	assert.Equal(t, instanceID("i1"), r.Failed[0].Item)
	assert.Equal(t, "AS.1004", r.Failed[0].Code)
	assert.Equal(t, "The AS configuration does not exist.", r.Failed[0].Message)
	require.ErrorIs(t, r.Failed[0].Err, rt.ErrNotFound)
	assert.Equal(t, "AS.1038", r.Failed[1].Code, "of an item without a code it is the call's")
	assert.Equal(t, `{"id":"i2"}`, r.Failed[1].Message)
	assert.Equal(t, []instanceID{"i0", "i3"}, r.Unclear)
	assert.Empty(t, r.Done)
	assert.Equal(t, "AS.1038", whole.Code)
	assert.Contains(t, err.Error(), "0 done, 2 failed, 2 unclear")

	for _, body := range []string{
		``, `{`, `{"error":{}}`, `{"error":{"message":"plain"}}`, `{"error":{"message":"{}"}}`, `{"error":{"message":"[1]"}}`,
		`{"error":{"message":"[]"}}`, `{"error":{"message":null}}`, `{"error":{"message":"[{\"id\":null},{\"id\":[]},{}]"}}`,
		`{"error":{"message":"[{\"id\":\"elsewhere\"}]"}}`,
	} {
		other := &rt.Error{Status: 400, Code: "AS.1038", Body: []byte(body)}
		r, err = Batch(t.Context(), "configurations", 50, ids(2), nil, idText, &configErrors, func(context.Context, []instanceID) error { return other })
		require.ErrorAs(t, err, new(*BatchError))
		require.Len(t, r.Failed, 2, body)
		assert.Same(t, other, r.Failed[0].Err, body)
		assert.Empty(t, r.Unclear)
	}
	// As a list that is no text, ids that are numbers, and under another code.
	list := &rt.Error{Status: 400, Code: "AS.1038", Body: []byte(`{"error":{"message":[{"id":0,"errorCode":7}]}}`)}
	numbers, err := Batch(t.Context(), "configurations", 50, []int{0, 1}, nil, strconv.Itoa, &configErrors, func(context.Context, []int) error { return list })
	require.Error(t, err)
	assert.Equal(t, "7", numbers.Failed[0].Code)
	assert.Equal(t, []int{1}, numbers.Unclear)
	list.Code = "AS.9"
	numbers, err = Batch(t.Context(), "configurations", 50, []int{0, 1}, nil, strconv.Itoa, &configErrors, func(context.Context, []int) error { return list })
	require.Error(t, err)
	assert.Len(t, numbers.Failed, 2)
}

func TestCallsRunAFewAtATime(t *testing.T) {
	for _, tt := range []struct {
		opts []rt.CallOption
		want int
	}{
		{nil, DefaultConcurrency},
		{[]rt.CallOption{nil, WithConcurrency(9), WithConcurrency(2)}, 2},
		{[]rt.CallOption{WithConcurrency(0)}, 1},
		{[]rt.CallOption{WithConcurrency(1000)}, 20},
		{[]rt.CallOption{WithResponseInto(), WithConcurrency(5)}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			var now, most atomic.Int64
			begun := time.Now()
			_, err := Batch(t.Context(), "instances", 1, ids(20), tt.opts, idText, nil, func(context.Context, []instanceID) error {
				most.Store(max(most.Load(), now.Add(1)))
				time.Sleep(time.Second)
				now.Add(-1)
				return nil
			})
			require.NoError(t, err)
			assert.EqualValues(t, tt.want, most.Load())
			assert.Equal(t, time.Duration((20+tt.want-1)/tt.want)*time.Second, time.Since(begun))
		})
	}
}

func WithResponseInto() rt.CallOption { return rt.WithResponseInto(new(rt.RawResponse)) }

func TestWhenTheContextIsDoneTheRestIsNotTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("shutting down")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(1500*time.Millisecond, func() { cancel(why) })
		r, err := Batch(ctx, "instances", 1, ids(10), []rt.CallOption{WithConcurrency(2)}, idText, nil, func(ctx context.Context, _ []instanceID) error {
			select {
			case <-time.After(time.Second):
				return nil
			case <-ctx.Done():
				return &rt.TransportError{Operation: "Remove", Err: ctx.Err()}
			}
		})
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, why)
		assert.Equal(t, []instanceID{"i0", "i1"}, r.Done)
		require.Len(t, r.Failed, 2, "what was under way may have been done or not")
		assert.Equal(t, []instanceID{"i4", "i5", "i6", "i7", "i8", "i9"}, r.NotTried)

		r, err = Batch(ctx, "instances", 1, ids(2), nil, idText, nil, func(context.Context, []instanceID) error { panic("called") })
		require.ErrorIs(t, err, why)
		assert.Equal(t, ids(2), r.NotTried)
	})
}

func TestOfADryRunTheFirstCallIsMade(t *testing.T) {
	opts := []rt.CallOption{rt.WithDryRun(new(rt.DryRun))}
	var c calls
	r, err := Batch(t.Context(), "instances", 10, ids(25), opts, idText, nil, func(_ context.Context, part []instanceID) error {
		c.note(part)
		return rt.ErrDryRun
	})
	assert.Equal(t, rt.ErrDryRun, err)
	assert.Equal(t, []int{10}, c.sizes())
	assert.Equal(t, ids(25), r.NotTried)
	assert.Empty(t, r.Failed)

	bad := &rt.ValidationError{Operation: "Remove"}
	r, err = Batch(t.Context(), "instances", 10, ids(25), opts, idText, nil, func(context.Context, []instanceID) error { return bad })
	require.ErrorIs(t, err, rt.ErrInvalid)
	assert.Len(t, r.Failed, 10)
	assert.Len(t, r.NotTried, 15)
	assert.Len(t, err.(*BatchError).Errs, 1)

	_, err = Batch(t.Context(), "instances", 10, nil, opts, idText, nil, func(context.Context, []instanceID) error { panic("called") })
	require.NoError(t, err)
}

// Whatever fails: each item is in the result once, in order, and where it belongs.
func TestEachItemIsInTheResultOnce(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		items := make([]instanceID, r.IntN(40))
		for i := range items {
			items[i] = instanceID("i" + strconv.Itoa(r.IntN(30)))
		}
		bad := func(id instanceID) bool { return len(id)%2 == int(seed%2) && id[len(id)-1] < '3' }
		limit := r.IntN(8)
		hidden := &ItemErrors{Member: []string{"m"}, ID: "id"}
		if seed%3 == 0 {
			hidden = nil
		}
		var failing int
		out, err := Batch(t.Context(), "instances", limit, items, []rt.CallOption{WithConcurrency(1)}, idText, hidden, func(_ context.Context, part []instanceID) error {
			body := []byte(`{"m":"[`)
			for _, id := range part {
				if bad(id) {
					if body[len(body)-1] == '}' {
						body = append(body, ',')
					}
					body = fmt.Appendf(body, `{\"id\":\"%s\"}`, id)
				}
			}
			if body[len(body)-1] == '[' {
				return nil
			}
			failing++
			return &rt.Error{Status: 400, Body: append(body, `]"}`...)}
		})
		require.Equal(t, failing == 0, err == nil)
		var all []instanceID
		all = append(append(append(all, out.Done...), out.Unclear...), out.NotTried...)
		for _, f := range out.Failed {
			all = append(all, f.Item)
			if hidden != nil {
				require.True(t, bad(f.Item))
			}
		}
		for _, id := range out.Done {
			require.False(t, bad(id))
		}
		want := slices.Clone(items)
		slices.Sort(all)
		slices.Sort(want)
		require.True(t, slices.Equal(want, all))
	}
}
