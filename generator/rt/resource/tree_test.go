package resource

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// forest is a group with policies, which have webhooks.
type forest struct {
	policies map[string][]string // and their webhooks
	order    []string
	fails    map[string]error // deleting these
	gone     []string
}

func some(names ...string) iter.Seq2[*group, error] {
	return func(yield func(*group, error) bool) {
		for _, n := range names {
			if !yield(&group{ID: n, Name: "the " + n}, nil) {
				return
			}
		}
	}
}

func (f *forest) remove(id string) error {
	if err := f.fails[id]; err != nil {
		return err
	}
	f.gone = append(f.gone, id)
	return nil
}

func (f *forest) delete(ctx context.Context, opts ...rt.CallOption) (*DeletePlan, error) {
	d := NewDeleter(ctx, opts)
	Each(d, "policy", some(f.order...), groupKey, func(id string) {
		Each(d, "webhook", some(f.policies[id]...), groupKey, nil, f.remove)
	}, f.remove)
	return d.Finally("group", "g", func() error { return f.remove("g") })
}

func newForest() *forest {
	return &forest{order: []string{"p1", "p2"}, policies: map[string][]string{"p1": {"w1", "w2"}, "p2": {"w3"}}, fails: map[string]error{}}
}

func TestWhatDependsOnSomethingIsDeletedBeforeIt(t *testing.T) {
	f := newForest()
	plan, err := f.delete(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "w1 w2 p1 w3 p2 g", strings.Join(f.gone, " "))
	assert.True(t, strings.HasPrefix(plan.String(), "1. webhook \"the w1\" (\"w1\"): deleted\n2. webhook"), plan)
	assert.True(t, strings.HasSuffix(plan.String(), "6. group (\"g\"): deleted\n"), plan)
}

func TestDeletingStopsAtAFailureAndSaysHowFarItCame(t *testing.T) {
	f := newForest()
	denied := &rt.Error{Operation: "DeletePolicy", Status: 403, Class: rt.ErrPermissionDenied}
	f.fails["p1"] = denied
	plan, err := f.delete(t.Context())
	require.ErrorIs(t, err, rt.ErrPermissionDenied)
	var e *DeleteError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, []string{"w1", "w2"}, f.gone)
	assert.Equal(t, 2, e.Done)
	assert.Equal(t, 4, e.Left)
	assert.EqualError(t, err, `deleting policy "the p1" ("p1"): DeletePolicy: 403 Forbidden (2 deleted, 4 left)`)
	require.Len(t, plan.Steps, 6)
	assert.True(t, plan.Steps[1].Done)
	assert.Equal(t, denied, plan.Steps[2].Err)
	assert.False(t, plan.Steps[3].Done)
}

func TestWhatIsGoneAlreadyIsDeleted(t *testing.T) {
	f := newForest()
	f.fails["w1"], f.fails["p2"] = errMissing, errMissing
	_, err := f.delete(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "w2 p1 w3 g", strings.Join(f.gone, " "))

	f = newForest()
	f.fails["g"] = errMissing // the thing itself: the caller may ignore that
	_, err = f.delete(t.Context())
	require.ErrorIs(t, err, rt.ErrNotFound)
}

func TestADryRunReadsAllAndMakesTheFirstRequestOnly(t *testing.T) {
	f := newForest()
	f.fails["w1"] = rt.ErrDryRun
	plan, err := f.delete(t.Context(), rt.WithDryRun(new(rt.DryRun)))
	assert.Equal(t, rt.ErrDryRun, err)
	assert.Empty(t, f.gone)
	var order []string
	for _, s := range plan.Steps {
		order = append(order, s.ID)
		assert.False(t, s.Done)
		require.NoError(t, s.Err)
	}
	assert.Equal(t, "w1 w2 p1 w3 p2 g", strings.Join(order, " "))

	f = newForest()
	f.fails["w1"] = &rt.ParamError{In: "path"}
	_, err = f.delete(t.Context(), rt.WithDryRun(new(rt.DryRun)))
	require.ErrorIs(t, err, rt.ErrInvalid)
}

func TestNothingIsDeletedUnlessAllIsRead(t *testing.T) {
	broken := errors.New("broken")
	f := newForest()
	d := NewDeleter(t.Context(), nil)
	Each(d, "policy", some("p1", "p2"), groupKey, func(id string) {
		Each(d, "webhook", func(yield func(*group, error) bool) { _ = id == "p1" || yield(nil, broken) }, groupKey, nil, f.remove)
	}, f.remove)
	Each(d, "server", func(func(*group, error) bool) { panic("read") }, groupKey, nil, f.remove)
	plan, err := d.Finally("group", "g", func() error { panic("deleted") })
	require.ErrorIs(t, err, broken)
	assert.EqualError(t, err, "what is to be deleted cannot be listed: webhook: broken")
	assert.Empty(t, f.gone)
	assert.Len(t, plan.Steps, 1)
}

func TestAListOfWhatIsGoneIsEmptyAndRowsThatMoveCountOnce(t *testing.T) {
	f := newForest()
	d := NewDeleter(t.Context(), nil)
	Each(d, "policy", func(yield func(*group, error) bool) { yield(nil, errMissing) }, groupKey, nil, f.remove)
	Each(d, "server", some("s1", "s2", "s1"), groupKey, nil, f.remove)
	Each(d, "nothing", func(yield func(*group, error) bool) { yield(nil, nil) }, groupKey, nil, f.remove)
	_, err := d.Finally("group", "g", func() error { return f.remove("g") })
	require.NoError(t, err)
	assert.Equal(t, "s1 s2 g", strings.Join(f.gone, " "))
}

func TestAContextThatIsDoneEndsDeleting(t *testing.T) {
	f := newForest()
	ctx, cancel := context.WithCancel(t.Context())
	d := NewDeleter(ctx, nil)
	Each(d, "server", some("s1", "s2"), groupKey, nil, func(id string) error {
		cancel()
		return f.remove(id)
	})
	plan, err := d.Finally("group", "g", func() error { panic("deleted") })
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []string{"s1"}, f.gone)
	assert.Equal(t, []bool{true, false, false}, slices.Collect(func(yield func(bool) bool) {
		for _, s := range plan.Steps {
			if !yield(s.Done) {
				return
			}
		}
	}))
}

func TestNamesOfTheServerCannotForgeSteps(t *testing.T) {
	plan := DeletePlan{Steps: []Step{{What: "policy", ID: "a\n9. group", Name: "\x1b[2J" + strings.Repeat("x", 1000)}}}
	assert.Equal(t, 1, strings.Count(plan.String(), "\n"))
	assert.Less(t, len(plan.String()), 300)
}
