package huaweicloud_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// cloud is a client of a server that keeps what it is told.
func cloud(t *testing.T) (*as.Client, *autoscalingtest.Server) {
	t.Helper()
	server := autoscalingtest.NewCloud()
	c, err := server.Client(as.WithProjectID("p1"), as.WithStrict(), as.WithoutRetry(), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})))
	require.NoError(t, err)
	return c, server
}

func newGroup(name string) *as.CreateGroupRequest {
	return &as.CreateGroupRequest{
		Name: name, ConfigurationID: "cfg", VPCID: "vpc", Networks: []as.Network{{ID: "subnet"}},
		DesireInstanceNumber: as.Some(2), MaxInstanceNumber: as.Some(5),
	}
}

// TestAGroupLives walks a group from its creation to its end.
func TestAGroupLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		c, _ := cloud(t)
		made, err := c.Groups.Create(ctx, newGroup("web"))
		require.NoError(t, err)
		g := c.Group(made.ID)
		have, err := g.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, as.GroupStatusPaused, have.Status)
		require.NoError(t, g.Resume(ctx))
		began := time.Now()
		have, err = g.WaitUntilStable(ctx)
		require.NoError(t, err)
		assert.Equal(t, 2, have.CurrentInstanceNumber)
		assert.GreaterOrEqual(t, time.Since(began), 30*time.Second, "instances take their time")

		p, err := g.Policies.Create(ctx, &as.CreatePolicyRequest{
			Name: "grow", Type: as.PolicyTypeAlarm, AlarmID: as.Some[as.AlarmID]("al1"),
			Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationAdd), InstanceNumber: as.Some(1)},
		})
		require.NoError(t, err)
		require.NoError(t, c.Policy(p.ID).Execute(ctx))
		have, err = g.WaitUntilStable(ctx)
		require.NoError(t, err)
		assert.Equal(t, 3, have.CurrentInstanceNumber, "one more")
		instances, err := g.Instances.List(ctx, nil)
		require.NoError(t, err)
		require.Len(t, instances.Instances, 3)
		ran, err := c.PolicyExecutionLogs.List(ctx, p.ID, nil)
		require.NoError(t, err)
		require.Len(t, ran.Logs, 1)
		assert.Equal(t, as.PolicyExecutionOperationAdd, ran.Logs[0].Type)
		_, err = g.Update(ctx, &as.UpdateGroupRequest{DesireInstanceNumber: as.Some(9)})
		var e *as.Error
		require.ErrorAs(t, err, &e, "the group may have five")
		assert.Equal(t, "AS.2005", e.Code)
		require.NoError(t, c.Policy(p.ID).Pause(ctx))
		var rests *as.Error
		require.ErrorAs(t, c.Policy(p.ID).Execute(ctx), &rests, "a policy that rests does not run")
		assert.Equal(t, string(as.CodePolicyNotInService), rests.Code)
		found, err := g.Policies.Find(ctx, "grow")
		require.NoError(t, err)
		assert.Equal(t, p.ID, found.ID)
		assert.Equal(t, made.ID, found.GroupID, "the handle puts the group's id into the request")
		assert.Equal(t, as.PolicyStatusPaused, found.Status)

		_, err = g.Update(ctx, &as.UpdateGroupRequest{Name: as.Some("web-2"), DesireInstanceNumber: as.Some(4)})
		require.NoError(t, err)
		again, err := c.Groups.Find(ctx, "web-2")
		require.NoError(t, err)
		assert.Equal(t, 4, again.DesireInstanceNumber)
		_, err = g.WaitUntilStable(ctx)
		require.NoError(t, err)

		var full *as.Error
		require.ErrorAs(t, g.Delete(ctx, nil), &full, "there are servers inside")
		assert.Equal(t, string(as.CodeGroupNotEmpty), full.Code)
		_, err = g.Update(ctx, &as.UpdateGroupRequest{DesireInstanceNumber: as.Some(0)})
		require.NoError(t, err)
		_, err = g.WaitUntilStable(ctx)
		require.NoError(t, err)
		plan, err := g.DeleteWithDependents(ctx, nil)
		require.NoError(t, err)
		require.Len(t, plan.Steps, 2)
		assert.Equal(t, "policy", plan.Steps[0].What)
		assert.Equal(t, "group", plan.Steps[1].What)
		require.NoError(t, g.WaitUntilDeleted(ctx))
		_, err = g.Get(ctx)
		require.ErrorIs(t, err, as.ErrNotFound)
		require.ErrorAs(t, err, &e)
		assert.Equal(t, string(as.CodeGroupNotFound), e.Code, "as the service says it")
		_, err = c.Groups.Find(ctx, "web-2")
		require.ErrorIs(t, err, as.ErrNotFound)
	})
}

// TestTheCloudHasLimits creates more groups than an account may have, and pages through them.
func TestTheCloudHasLimits(t *testing.T) {
	ctx := t.Context()
	c, server := cloud(t)
	for i := range 10 {
		_, err := c.Groups.Create(ctx, newGroup(fmt.Sprint("g", i)))
		require.NoError(t, err)
	}
	_, err := c.Groups.Create(ctx, newGroup("one-too-many"))
	require.ErrorIs(t, err, as.ErrQuotaExceeded)
	var names []string
	for g, err := range c.Groups.All(ctx, &as.ListGroupsParams{Limit: as.Some(4)}) {
		require.NoError(t, err)
		names = append(names, g.Name)
	}
	assert.Equal(t, []string{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"}, names)
	paused, err := c.Groups.List(ctx, &as.ListGroupsParams{Status: as.Some(as.GroupStatusInService)})
	require.NoError(t, err)
	assert.Empty(t, paused.Groups)
	assert.Len(t, server.Store.Objects("group"), 10)
}

// TestEnsureConverges creates, changes and leaves alone.
func TestEnsureConverges(t *testing.T) {
	ctx := t.Context()
	c, server := cloud(t)
	req := newGroup("web")
	got, err := c.Groups.Ensure(ctx, req)
	require.NoError(t, err)
	assert.EqualValues(t, "created", got.Action)
	got, err = c.Groups.Ensure(ctx, req)
	require.NoError(t, err)
	assert.EqualValues(t, "unchanged", got.Action)
	req.CoolDownTime = as.Some(60)
	before := len(server.Requests())
	got, err = c.Groups.Ensure(ctx, req)
	require.NoError(t, err)
	assert.EqualValues(t, "updated", got.Action)
	assert.Equal(t, []string{"cool_down_time"}, got.Changed)
	assert.Equal(t, 60, got.Resource.CoolDownTime)
	var bodies []string
	for _, r := range server.Requests()[before:] {
		if r.Method == "PUT" {
			bodies = append(bodies, string(r.Body))
		}
	}
	assert.Equal(t, []string{`{"cool_down_time":60}`}, bodies, "only what differs is sent")
	req.VPCID = "another"
	_, err = c.Groups.Ensure(ctx, req)
	var fixed *as.ImmutableError
	require.ErrorAs(t, err, &fixed)
	assert.Contains(t, fixed.Error(), "vpc_id")
}

// TestManyAreDeleted splits a list at its limit.
func TestManyAreDeleted(t *testing.T) {
	ctx := t.Context()
	c, server := cloud(t)
	var ids []as.ConfigurationID
	for i := range 60 {
		require.NoError(t, server.Store.Put("configuration", "", fmt.Sprintf(`{"scaling_configuration_id":"c%d","scaling_configuration_name":"n%d"}`, i, i)))
		ids = append(ids, as.ConfigurationID(fmt.Sprint("c", i)))
	}
	before := len(server.Requests())
	result, err := c.Configurations.DeleteMany(ctx, ids)
	require.NoError(t, err)
	assert.Equal(t, ids, result.Done)
	assert.Len(t, server.Requests()[before:], 2, "50 and 10")
	assert.Empty(t, server.Store.Objects("configuration"))
}
