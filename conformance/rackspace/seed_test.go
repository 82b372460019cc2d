package rackspace_test

import (
	"context"
	"errors"
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

// promise is a test of one point of the guide. The service and the handle of the group are two ways to the same call.
type promise func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server)

// TestSeed ticks what the guide of pyrax promises.
func TestSeed(t *testing.T) {
	methods := map[string]func(*testing.T) []fake.Request{}
	for id, keep := range promises {
		methods[id] = func(t *testing.T) []fake.Request {
			synctest.Test(t, func(t *testing.T) {
				c, server := stage(t)
				keep(t, t.Context(), c, server)
			})
			return nil
		}
	}
	rows := surface.Load(t, "seed.yaml")
	assert.Len(t, rows, 22)
	surface.Check(t, rows, "", methods)
}

// configured are the members of a configuration.
func configured(c *as.GroupConfiguration) []any {
	return []any{c.Name, c.Cooldown, c.MinEntities, c.MaxEntities, c.Metadata}
}

var promises = map[string]promise{
	"SD-01": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		for item, err := range c.Groups.All(ctx, nil) {
			require.NoError(t, err)
			assert.NotNil(t, item.State)
			g, err := c.Groups.Get(ctx, item.ID, nil)
			require.NoError(t, err)
			if g.ID == "G" {
				assert.Equal(t, []any{"web", 60, 1, 4, map[string]string{"owner": "me"}}, configured(g.GroupConfiguration))
				assert.Equal(t, 1, g.State.ActiveCapacity)
			}
		}
	},
	"SD-02": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		have, err := c.LaunchConfigurations.Get(ctx, "G")
		require.NoError(t, err)
		l := have.(*as.LaunchServerConfiguration)
		assert.Equal(t, "3", l.Args.Server.FlavorRef)
		assert.Equal(t, []byte("hi"), l.Args.Server.Personality[0].Contents, "files are decoded")
		assert.Len(t, l.Args.LoadBalancers, 1)
		assert.Contains(t, l.Args.Server.Additional, "hint", "what nobody knows is kept")
	},
	"SD-03": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server) {
		require.NoError(t, server.Store.Put("group", "", `{"id":"H","links":[],"state":{"name":"h","status":"ERROR","errors":[{"message":"no flavor"}],"active":[{"id":"s1","links":[]}],"activeCapacity":1,"desiredCapacity":2,"pendingCapacity":1,"paused":true}}`))
		for _, get := range []func() (*as.GroupState, error){
			func() (*as.GroupState, error) { return c.Groups.GetState(ctx, "H") },
			func() (*as.GroupState, error) { return c.Group("H").GetState(ctx) },
		} {
			s, err := get()
			require.NoError(t, err)
			assert.Equal(t, []as.ServerID{"s1"}, []as.ServerID{s.Active[0].ID})
			assert.Equal(t, [3]int{1, 2, 1}, [3]int{s.ActiveCapacity, s.DesiredCapacity, s.PendingCapacity})
			assert.True(t, s.Paused)
			assert.Equal(t, "no flavor", s.Errors[0].Message, "what pyrax drops")
		}
	},
	"SD-04": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		require.NoError(t, c.Group("G").Pause(ctx))
		have, err := c.Group("G").WaitUntilPaused(ctx)
		require.NoError(t, err)
		assert.True(t, have.State.Paused)
		require.NoError(t, c.Groups.Resume(ctx, "G"))
		state, err := c.Groups.GetState(ctx, "G")
		require.NoError(t, err)
		assert.False(t, state.Paused)
	},
	"SD-05": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		l := launch("3")
		l.Args.LoadBalancers = []as.LoadBalancer{{ID: as.LoadBalancerIDInt(1), Port: as.Some(80)}, {ID: as.LoadBalancerIDInt(2), Port: as.Some(81)}}
		made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{GroupConfiguration: as.GroupConfigurationCreate{Name: "n", MinEntities: 2}, LaunchConfiguration: l})
		require.NoError(t, err)
		assert.Equal(t, l.Args.LoadBalancers[1].Port, made.LaunchConfiguration.(*as.LaunchServerConfiguration).Args.LoadBalancers[1].Port)
		_, err = c.Groups.Create(ctx, &as.CreateGroupRequest{})
		require.ErrorIs(t, err, as.ErrInvalid, "what is required is asked for before anything is sent")
	},
	"SD-06": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
			GroupConfiguration: as.GroupConfigurationCreate{Name: "n"}, LaunchConfiguration: launch("3"),
			ScalingPolicies: []as.PolicyRequest{{Name: "a", Type: as.PolicyTypeWebhook, Change: as.Some(1)}, {Name: "b", Type: as.PolicyTypeWebhook, Change: as.Some(-1)}},
		})
		require.NoError(t, err)
		b, err := c.Group(made.ID).Policies.Find(ctx, "b")
		require.NoError(t, err)
		assert.Equal(t, as.Some(-1), b.Change)
	},
	"SD-07": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		require.NoError(t, c.Group("G").Configurations.Change(ctx, func(req *as.GroupConfigurationUpdate) error { req.MaxEntities = 9; return nil }))
		require.NoError(t, c.Configurations.Change(ctx, "G", func(req *as.GroupConfigurationUpdate) error { req.Cooldown = 0; return nil }))
		cfg, err := c.Configurations.Get(ctx, "G")
		require.NoError(t, err)
		assert.Equal(t, []any{"web", 0, 1, 9, map[string]string{"owner": "me"}}, configured(cfg), "a cooldown of zero is one")
	},
	"SD-08": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		g := c.Group("G")
		require.NoError(t, g.Configurations.MergeMetadata(ctx, map[string]string{"a": "1"}))
		metadata := func() map[string]string {
			cfg, err := g.Configurations.Get(ctx)
			require.NoError(t, err)
			return cfg.Metadata
		}
		assert.Equal(t, map[string]string{"owner": "me", "a": "1"}, metadata())
		require.NoError(t, g.Configurations.Change(ctx, func(req *as.GroupConfigurationUpdate) error {
			req.Metadata = map[string]string{}
			return nil
		}))
		assert.Empty(t, metadata(), "it can be cleared")
	},
	"SD-09": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server) {
		var e *as.Error
		require.ErrorAs(t, c.Group("G").Delete(ctx, nil), &e)
		assert.Equal(t, "GroupNotEmptyError", e.Code)
		before := len(server.Requests())
		require.NoError(t, c.Group("G").DeleteWhenEmpty(ctx))
		_, err := c.Group("G").Get(ctx, nil)
		require.ErrorIs(t, err, as.ErrNotFound)
		sent := server.Requests()[before:]
		assert.Equal(t, `{"name":"web","cooldown":60,"minEntities":0,"maxEntities":0,"metadata":{"owner":"me"}}`, string(sent[1].Body))

		var plan as.DryRun
		require.ErrorIs(t, c.Group("E").DeleteWhenEmpty(ctx, as.WithDryRun(&plan)), as.ErrDryRun)
		_, err = c.Group("E").Get(ctx, nil)
		require.NoError(t, err, "nothing was sent")
	},
	"SD-10": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		for _, change := range []func(func(as.LaunchConfiguration) (as.LaunchConfiguration, error), ...as.CallOption) error{
			func(f func(as.LaunchConfiguration) (as.LaunchConfiguration, error), _ ...as.CallOption) error {
				return c.LaunchConfigurations.Change(ctx, "G", f)
			},
			func(f func(as.LaunchConfiguration) (as.LaunchConfiguration, error), _ ...as.CallOption) error {
				return c.Group("G").LaunchConfigurations.Change(ctx, f)
			},
		} {
			require.NoError(t, change(func(have as.LaunchConfiguration) (as.LaunchConfiguration, error) {
				have.(*as.LaunchServerConfiguration).Args.Server.ConfigDrive = as.Some(false)
				return have, nil
			}))
		}
		have, err := c.LaunchConfigurations.Get(ctx, "G")
		require.NoError(t, err)
		l := have.(*as.LaunchServerConfiguration)
		assert.Equal(t, as.Some(false), l.Args.Server.ConfigDrive)
		assert.Equal(t, as.Some(30.0), l.Args.DrainingTimeout, "what pyrax loses")
		assert.Equal(t, []byte("hi"), l.Args.Server.Personality[0].Contents, "not encoded again")
	},
	"SD-11": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server) {
		require.NoError(t, c.LaunchConfigurations.MergeMetadata(ctx, "G", map[string]string{"tier": "front"}))
		have, err := c.LaunchConfigurations.Get(ctx, "G")
		require.NoError(t, err)
		assert.Equal(t, as.Some(map[string]string{"role": "web", "tier": "front"}), have.(*as.LaunchServerConfiguration).Args.Server.Metadata)
		require.NoError(t, server.Store.Put("group", "", `{"id":"S","links":[],"launchConfiguration":{"type":"launch_stack","args":{"stack":{"template":"x"}}}}`))
		before := len(server.Requests())
		err = c.LaunchConfigurations.MergeMetadata(ctx, "S", map[string]string{"a": "b"})
		require.ErrorIs(t, err, as.ErrInvalid, "a stack has no metadata of servers")
		assert.Len(t, server.Requests()[before:], 1, "it was read, and not written")
	},
	"SD-12": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		one, err := c.Policies.List(ctx, "G", nil)
		require.NoError(t, err)
		two, err := c.Group("G").Policies.List(ctx, nil)
		require.NoError(t, err)
		assert.Equal(t, one, two)
		assert.Len(t, one.Policies, 2)
	},
	"SD-13": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		p, err := c.Group("G").Policies.Add(ctx, &as.PolicyRequest{Name: "p", Type: as.PolicyTypeWebhook, ChangePercent: as.Some(-12.5)})
		require.NoError(t, err)
		assert.Equal(t, as.Some(-12.5), p.ChangePercent)
		_, err = c.Policies.Add(ctx, "G", &as.PolicyRequest{Name: "p", Type: as.PolicyTypeWebhook, Change: as.Some(1), DesiredCapacity: as.Some(1)})
		require.ErrorIs(t, err, as.ErrInvalid, "two adjustments are none")
	},
	"SD-14": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		p := c.Group("G").Policy("P")
		for _, to := range []as.PolicyRequest{{DesiredCapacity: as.Some(0)}, {ChangePercent: as.Some(5.0)}, {Change: as.Some(3)}} {
			require.NoError(t, p.Change(ctx, func(req *as.PolicyRequest) error {
				req.Change, req.ChangePercent, req.DesiredCapacity = to.Change, to.ChangePercent, to.DesiredCapacity
				return nil
			}))
			have, err := p.Get(ctx)
			require.NoError(t, err)
			assert.Equal(t, to, as.PolicyRequest{Change: have.Change, ChangePercent: have.ChangePercent, DesiredCapacity: have.DesiredCapacity}, "the adjustment before is gone")
		}
		err := p.Change(ctx, func(req *as.PolicyRequest) error { req.DesiredCapacity = as.Some(1); return nil })
		require.ErrorIs(t, err, as.ErrInvalid, "who does not clear the old adjustment is told so, before anything is sent")
		stop := errors.New("stop")
		require.ErrorIs(t, p.Change(ctx, func(*as.PolicyRequest) error { return stop }), stop)
	},
	"SD-15": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server) {
		capacity := func(desired, active int) {
			s, err := c.Groups.GetState(ctx, "G")
			require.NoError(t, err)
			assert.Equal(t, [3]int{desired, active, desired - active}, [3]int{s.DesiredCapacity, s.ActiveCapacity, s.PendingCapacity})
			assert.Len(t, s.Active, active)
		}
		require.NoError(t, c.Policies.Execute(ctx, "G", "P"))
		capacity(3, 1)
		server.Store.Advance(time.Minute)
		capacity(3, 3)
		require.NoError(t, c.Group("G").Policy("Q").Execute(ctx), "a tenth of three servers is one")
		capacity(2, 3)
		server.Store.Advance(time.Minute)
		capacity(2, 2)
		require.ErrorIs(t, c.Policies.Execute(ctx, "G", "none"), as.ErrNotFound)
	},
	"SD-16": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		require.NoError(t, c.Policies.Delete(ctx, "G", "P"))
		require.NoError(t, c.Group("G").Policy("Q").Delete(ctx))
		require.ErrorIs(t, c.Group("G").Policy("Q").Delete(ctx), as.ErrNotFound)
		require.NoError(t, c.Group("G").Policy("Q").Delete(ctx, as.IgnoreMissing()))
	},
	"SD-17": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		one, err := c.Webhooks.List(ctx, "G", "P", nil)
		require.NoError(t, err)
		two, err := c.Group("G").Policy("P").Webhooks.List(ctx, nil)
		require.NoError(t, err)
		assert.Equal(t, one, two)
	},
	"SD-18": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		w, err := c.Webhooks.Add(ctx, "G", "P", &as.WebhookCreate{Name: "n"})
		require.NoError(t, err)
		assert.Empty(t, w.Metadata)
		i := 0
		for i < len(w.Links) && w.Links[i].Rel != as.LinkRelationCapability {
			i++
		}
		require.NoError(t, c.Webhooks.ExecuteLink(ctx, w.Links[i].Href), "the capability can be called as it is")
	},
	"SD-19": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		require.NoError(t, c.Webhooks.Change(ctx, "G", "P", "W", func(req *as.WebhookUpdate) error { req.Name = "siren"; return nil }))
		w, err := c.Group("G").Policy("P").Webhook("W").Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, "siren", w.Name, "what is read after is new")
		assert.Equal(t, map[string]string{"a": "1"}, w.Metadata)
	},
	"SD-20": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		hook := c.Group("G").Policy("P").Webhook("W")
		require.NoError(t, hook.MergeMetadata(ctx, map[string]string{"b": "2"}))
		w, err := hook.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"a": "1", "b": "2"}, w.Metadata)
		require.NoError(t, hook.Change(ctx, func(req *as.WebhookUpdate) error { req.Metadata = map[string]string{"c": "3"}; return nil }))
		w, err = hook.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"c": "3"}, w.Metadata)
	},
	"SD-21": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscaletest.Server) {
		require.NoError(t, c.Webhooks.Delete(ctx, "G", "P", "W"))
		require.NoError(t, c.Group("G").Policy("P").Webhook("X").Delete(ctx))
		_, err := c.Webhooks.Get(ctx, "G", "P", "W")
		require.ErrorIs(t, err, as.ErrNotFound)
	},
	"SD-22": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscaletest.Server) {
		desired := func() int {
			s, err := c.Groups.GetState(ctx, "G")
			require.NoError(t, err)
			return s.DesiredCapacity
		}
		refused := func(policy as.PolicyID, why string) {
			began := time.Now()
			err := c.Policies.Execute(ctx, "G", policy)
			var e *as.Error
			require.ErrorAs(t, err, &e, why)
			assert.Equal(t, "CannotExecutePolicyError", e.Code, "the type is there, which pyrax throws away")
			assert.Zero(t, time.Since(began), "it is not repeated")
		}
		require.NoError(t, c.Policies.Execute(ctx, "G", "P"))
		refused("P", "the policy rests, and the group")
		refused("Q", "the group rests")
		link := "https://fake.invalid/v1.0/execute/1/W/"
		require.NoError(t, c.Webhooks.ExecuteLink(ctx, link), "a capability tells nothing")
		assert.Equal(t, 3, desired())
		server.Store.Advance(time.Minute)
		require.NoError(t, c.Webhooks.ExecuteLink(ctx, link))
		assert.Equal(t, 4, desired(), "what is beyond the bounds is brought within them")
		server.Store.Advance(time.Minute)
		refused("P", "there are as many as there may be: nothing would change")
		require.NoError(t, c.Webhooks.ExecuteLink(ctx, "https://fake.invalid/v1.0/execute/1/4f76/"), "nobody knows it")
	},
}
