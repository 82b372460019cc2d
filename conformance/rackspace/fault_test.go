package rackspace_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/surface"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

func TestFaults(t *testing.T) {
	surface.Faults(t, func() (surface.Faulty, func(context.Context) error) {
		server := autoscaletest.NewCloud()
		c, err := server.Client(as.WithAPIKey("token"))
		require.NoError(t, err)
		return server, func(ctx context.Context) error {
			_, err := c.Groups.List(ctx, nil)
			return err
		}
	}, 413, 429, 503)
}

// TestTrapsAreNotWalkedInto reads lists whose links lead elsewhere, in a circle, and on for ever.
func TestTrapsAreNotWalkedInto(t *testing.T) {
	all := func(ctx context.Context, c *as.Client) (n int, err error) {
		for _, err = range c.Groups.All(ctx, nil) {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	for _, trap := range []fake.Trap{fake.TrapForeign, fake.TrapLoop} {
		c, server := stage(t)
		server.Inject(fake.Fault{Operation: "listGroups", Next: trap})
		n, err := all(t.Context(), c)
		require.Error(t, err, trap)
		assert.LessOrEqual(t, n, 6, trap)
		assert.LessOrEqual(t, len(server.Requests()), 2, trap)
		for _, r := range server.Requests() {
			assert.NotContains(t, r.Header.Get("Host"), "trap")
		}
	}
	synctest.Test(t, func(t *testing.T) { // only the caller can tell that a list has no end
		c, server := stage(t)
		server.Inject(fake.Fault{Operation: "listGroups", Next: fake.TrapEndless, Latency: time.Second})
		ctx, cancel := context.WithTimeout(t.Context(), 5500*time.Millisecond)
		defer cancel()
		n, err := all(ctx, c)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 15, n, "five pages of three")
	})
}

// TestRulesGoByTheClockOfTheFake refuses at the fake's time what is in the future by the machine's.
func TestRulesGoByTheClockOfTheFake(t *testing.T) {
	c, server := stage(t)
	add := func() error {
		_, err := c.Policies.Add(t.Context(), "G", &as.PolicyRequest{Name: "once", Type: as.PolicyTypeSchedule, Change: as.Some(1), Args: &as.PolicyArgs{At: as.Some(time.Now().Add(time.Hour))}})
		return err
	}
	require.NoError(t, add())
	server.Store.Advance(2 * time.Hour)
	var e *as.Error
	require.ErrorAs(t, add(), &e, "the client lets it pass: its clock is another")
	assert.Equal(t, 400, e.Status)
	assert.Contains(t, e.Message, "PL-31")
}
