package rackspace_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/surface"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// stage is a cloud with groups F and E (empty) and a group G, which has policies P and Q, of which P has webhooks W and X.
func stage(t *testing.T) (*as.Client, *autoscaletest.Server) {
	t.Helper()
	server := autoscaletest.NewCloud()
	c, err := server.Client(as.WithTenantID("T"), as.WithStrict(), as.WithoutRetry(), as.WithAPIKey("token"))
	require.NoError(t, err)
	put := func(what, parent, object string) { require.NoError(t, server.Store.Put(what, parent, object)) }
	state := func(name, n string) string {
		return `{"name":"` + name + `","active":[],"activeCapacity":` + n + `,"desiredCapacity":` + n + `,"pendingCapacity":0,"paused":false,"status":"ACTIVE"}`
	}
	for _, id := range []string{"E", "F"} {
		put("group", "", `{"id":"`+id+`","links":[],"state":`+state(id, "0")+`,"groupConfiguration":{"name":"`+id+`","cooldown":0,"minEntities":0,"maxEntities":0,"metadata":{}}}`)
	}
	put("group", "", `{"id":"G","links":[{"rel":"self","href":"https://fake.invalid/v1.0/T/groups/G/"}],"state":`+state("web", "1")+`,
		"groupConfiguration":{"name":"web","cooldown":60,"minEntities":1,"maxEntities":4,"metadata":{"owner":"me"}},
		"launchConfiguration":{"type":"launch_server","args":{"draining_timeout":30,"loadBalancers":[{"loadBalancerId":1,"port":80}],
			"server":{"flavorRef":"3","imageRef":"image","name":"web","metadata":{"role":"web"},"personality":[{"path":"/etc/motd","contents":"aGk="}],"hint":{"a":1}}}}}`)
	put("policy", "G", `{"id":"P","name":"up","type":"webhook","cooldown":30,"change":2,"links":[]}`)
	put("policy", "G", `{"id":"Q","name":"down","type":"webhook","cooldown":30,"changePercent":-10,"links":[]}`)
	put("webhook", "P", `{"id":"W","name":"alarm","metadata":{"a":"1"},"links":[{"rel":"capability","href":"https://fake.invalid/v1.0/execute/1/4f76/"}]}`)
	put("webhook", "P", `{"id":"X","name":"other","metadata":{},"links":[]}`)
	return c, server
}

// TestSurface does what each method of pyrax does, and what it has none for, and looks at what is sent.
func TestSurface(t *testing.T) {
	methods := map[string]func(*testing.T) []fake.Request{}
	for id, do := range surfaceCalls {
		methods[id] = func(t *testing.T) []fake.Request {
			c, server := stage(t)
			server.GetLimit = func(context.Context) (*as.Limits, error) {
				return &as.Limits{Absolute: &as.AbsoluteLimits{MaxGroups: 1000}}, nil
			}
			server.DeleteServer = func(context.Context, as.GroupID, as.ServerID, *as.DeleteServerParams) error { return nil }
			do(t, t.Context(), c, c.Group("G"))
			return server.Requests()
		}
	}
	rows := surface.Load(t, "surface.yaml")
	assert.Len(t, rows, 36)
	surface.Check(t, rows, "/v1.0/T", methods)
}

func launch(flavor string) *as.LaunchServerConfiguration {
	return &as.LaunchServerConfiguration{Args: as.LaunchServerArgs{Server: as.ServerTemplate{FlavorRef: flavor, ImageRef: as.Some("image")}}}
}

// surfaceCalls are the methods by their rows.
var surfaceCalls = map[string]func(t *testing.T, ctx context.Context, c *as.Client, g *as.GroupHandle){
	"PX-01": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		page, err := c.Groups.List(ctx, &as.ListGroupsParams{Limit: as.Some(2), Marker: as.Some("F")})
		require.NoError(t, err)
		require.Len(t, page.Groups, 1)
		assert.Equal(t, "web", page.Groups[0].State.Name)
	},
	"PX-02": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		have, err := g.Get(ctx, nil)
		require.NoError(t, err)
		assert.Len(t, have.ScalingPolicies, 2)
	},
	"PX-03": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		l := launch("3")
		s := &l.Args.Server
		s.Name, s.DiskConfig, s.Metadata = as.Some("web"), as.Some(as.DiskConfigManual), as.Some(map[string]string{"role": "web"})
		s.Personality = []as.PersonalityFile{{Path: "/etc/motd", Contents: []byte("hi")}}
		s.Networks = as.Some([]as.ServerNetwork{{UUID: as.Some("11111111-1111-1111-1111-111111111111")}})
		s.KeyName, s.ConfigDrive, s.UserData = as.Some("key"), as.Some(true), []byte("#!/bin/sh")
		l.Args.LoadBalancers = []as.LoadBalancer{{ID: as.LoadBalancerIDInt(1234), Port: as.Some(80)}}
		made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
			GroupConfiguration:  as.GroupConfigurationCreate{Name: "web", Cooldown: 60, MinEntities: 1, MaxEntities: as.Some(4), Metadata: map[string]string{"owner": "me"}},
			LaunchConfiguration: l,
			ScalingPolicies:     []as.PolicyRequest{{Name: "up", Type: as.PolicyTypeWebhook, Cooldown: 30, Change: as.Some(2)}},
		})
		require.NoError(t, err)
		assert.NotEmpty(t, made.ScalingPolicies[0].ID)
	},
	"PX-04": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		require.NoError(t, c.Group("E").Delete(ctx, nil))
	},
	"PX-05": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		state, err := g.GetState(ctx)
		require.NoError(t, err)
		assert.Equal(t, []any{"web", 1, 1, 0, false, as.GroupStatusActive}, []any{state.Name, state.ActiveCapacity, state.DesiredCapacity, state.PendingCapacity, state.Paused, state.Status})
	},
	"PX-06": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Pause(ctx))
		require.NoError(t, g.Resume(ctx))
	},
	"PX-07": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		cfg, err := g.Configurations.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, 4, cfg.MaxEntities)
	},
	"PX-08": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Configurations.Change(ctx, func(req *as.GroupConfigurationUpdate) error {
			req.Cooldown, req.MinEntities = 120, 0
			return nil
		}))
	},
	"PX-09": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Configurations.MergeMetadata(ctx, map[string]string{"team": "blue"}))
	},
	"PX-10": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Configurations.Update(ctx, &as.GroupConfigurationUpdate{Name: "other", MaxEntities: 1, Metadata: map[string]string{}}))
	},
	"PX-11": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		l, err := g.LaunchConfigurations.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, as.Some(30.0), l.(*as.LaunchServerConfiguration).Args.DrainingTimeout)
	},
	"PX-12": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.LaunchConfigurations.Change(ctx, func(have as.LaunchConfiguration) (as.LaunchConfiguration, error) {
			l := have.(*as.LaunchServerConfiguration)
			l.Args.Server.FlavorRef = "4"
			return l, nil
		}))
	},
	"PX-13": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.LaunchConfigurations.MergeMetadata(ctx, map[string]string{"tier": "front"}))
	},
	"PX-14": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.LaunchConfigurations.Update(ctx, launch("2")))
		l := launch("2") // what pyrax always sends
		l.Args.Server.Metadata, l.Args.Server.Networks, l.Args.LoadBalancers = as.Some(map[string]string{}), as.Null[[]as.ServerNetwork](), []as.LoadBalancer{}
		require.NoError(t, g.LaunchConfigurations.Update(ctx, l))
	},
	"PX-15": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		var names []string
		for p, err := range g.Policies.All(ctx, nil) {
			require.NoError(t, err)
			names = append(names, p.Name)
		}
		assert.Equal(t, []string{"up", "down"}, names)
	},
	"PX-16": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		p, err := g.Policy("P").Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, as.Some(2), p.Change)
	},
	"PX-17": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		for _, p := range []as.PolicyRequest{
			{Type: as.PolicyTypeWebhook, Change: as.Some(2)},
			{Type: as.PolicyTypeWebhook, ChangePercent: as.Some(-10.0)},
			{Type: as.PolicyTypeWebhook, DesiredCapacity: as.Some(0)},
			{Type: as.PolicyTypeSchedule, Change: as.Some(1), Args: &as.PolicyArgs{Cron: as.Some("0 6 * * *")}},
			{Type: as.PolicyTypeSchedule, Change: as.Some(1), Args: &as.PolicyArgs{At: as.Some(time.Date(2050, 5, 20, 0, 0, 0, 0, time.UTC))}},
		} {
			p.Name, p.Cooldown = "p", 60
			made, err := g.Policies.Add(ctx, &p)
			require.NoError(t, err)
			assert.NotEmpty(t, made.ID)
		}
	},
	"PX-18": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Change(ctx, func(req *as.PolicyRequest) error {
			req.Cooldown, req.Change = 60, as.Some(-3)
			return nil
		}))
	},
	"PX-19": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Update(ctx, &as.PolicyRequest{Name: "new", Type: as.PolicyTypeWebhook, DesiredCapacity: as.Some(0)}))
	},
	"PX-20": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Execute(ctx))
	},
	"PX-21": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Delete(ctx))
	},
	"PX-22": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		page, err := g.Policy("P").Webhooks.List(ctx, nil)
		require.NoError(t, err)
		assert.Len(t, page.Webhooks, 2)
	},
	"PX-23": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		w, err := g.Policy("P").Webhook("W").Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, "alarm", w.Name)
	},
	"PX-24": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		w, err := g.Policy("P").Webhooks.Add(ctx, &as.WebhookCreate{Name: "alarm", Metadata: map[string]string{"a": "1"}})
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"a": "1"}, w.Metadata)
		_, err = g.Policy("P").Webhooks.Add(ctx, &as.WebhookCreate{Name: "alarm"})
		require.NoError(t, err)
		_, err = g.Policy("P").Webhooks.Add(ctx, &as.WebhookCreate{Name: "alarm", Metadata: map[string]string{}})
		require.NoError(t, err)
	},
	"PX-25": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Webhook("W").Change(ctx, func(req *as.WebhookUpdate) error {
			req.Name = "siren"
			return nil
		}))
	},
	"PX-26": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Webhook("W").MergeMetadata(ctx, map[string]string{"b": "2"}))
	},
	"PX-27": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Webhook("W").Update(ctx, &as.WebhookUpdate{Name: "siren", Metadata: map[string]string{}}))
	},
	"PX-28": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Policy("P").Webhook("W").Delete(ctx))
	},
	"PX-29": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		have, err := c.Groups.Find(ctx, "web")
		require.NoError(t, err)
		assert.EqualValues(t, "G", have.ID)
	},
	"PX-30": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		limits, err := c.Limits.Get(ctx)
		require.NoError(t, err)
		assert.EqualValues(t, 1000, limits.Absolute.MaxGroups)
	},
	"BY-01": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Converge(ctx))
	},
	"BY-02": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Servers.Delete(ctx, "S", &as.DeleteServerParams{Replace: as.Some(false), Purge: as.Some(false)}))
	},
	"BY-03": func(t *testing.T, ctx context.Context, c *as.Client, _ *as.GroupHandle) {
		require.NoError(t, c.Webhooks.ExecuteLink(ctx, "https://fake.invalid/v1.0/execute/1/4f76/"))
	},
	"BY-04": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		_, err := g.Get(ctx, &as.GetGroupParams{Webhooks: as.Some(true)})
		require.NoError(t, err)
	},
	"BY-05": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		require.NoError(t, g.Delete(ctx, &as.DeleteGroupParams{Force: as.Some(true)}))
	},
	"BY-06": func(t *testing.T, ctx context.Context, _ *as.Client, g *as.GroupHandle) {
		n := 0
		for _, err := range g.Policies.All(ctx, &as.ListPoliciesParams{Limit: as.Some(1)}) {
			require.NoError(t, err)
			n++
		}
		for _, err := range g.Policy("P").Webhooks.All(ctx, &as.ListWebhooksParams{Limit: as.Some(1)}) {
			require.NoError(t, err)
			n++
		}
		assert.Equal(t, 4, n)
	},
}
