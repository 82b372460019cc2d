package otc_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
)

// TestTheWalkOfTheGuide does what the guide of the proxy walks through: a configuration, a group of it with a policy, runs of
// that, its rests, and the end with servers inside.
func TestTheWalkOfTheGuide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		server := autoscalingtest.NewCloud()
		c, err := server.Client(as.WithProjectID("p"), as.WithStrict(), as.WithoutRetry(), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})))
		require.NoError(t, err)
		cfg, err := c.Configurations.Create(ctx, &as.CreateConfigurationRequest{Name: as.Some("web"), InstanceConfig: &as.InstanceConfig{
			FlavorIDs: []as.FlavorID{"s3.medium.1"}, ImageID: as.Some[as.ImageID]("image"), KeyName: as.Some("key"),
			Disks: []as.Disk{{Size: 40, VolumeType: as.VolumeTypeSSD, DiskType: as.DiskTypeSystem}},
		}})
		require.NoError(t, err)
		made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
			Name: "web", ConfigurationID: cfg.ID, VPCID: "vpc", Networks: []as.Network{{ID: "net"}},
			DesireInstanceNumber: as.Some(2), MaxInstanceNumber: as.Some(10),
		})
		require.NoError(t, err)
		group := c.Group(made.ID)
		var names []string
		for g, err := range c.Groups.All(ctx, nil) {
			require.NoError(t, err)
			names = append(names, g.Name)
		}
		assert.Equal(t, []string{"web"}, names)

		require.NoError(t, group.Resume(ctx))
		_, err = group.WaitUntilInService(ctx)
		require.NoError(t, err)
		have, err := group.WaitUntilStable(ctx)
		require.NoError(t, err)
		assert.Equal(t, 2, have.CurrentInstanceNumber)

		policy, err := group.Policies.Create(ctx, &as.CreatePolicyRequest{
			Name: "grow", Type: as.PolicyTypeScheduled, ScheduledPolicy: &as.ScheduledPolicy{LaunchTime: time.Now().UTC().Add(time.Hour).Truncate(time.Minute)},
			Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationAdd), InstanceNumber: as.Some(1)},
		})
		require.NoError(t, err)
		require.NoError(t, c.Policies.Execute(ctx, policy.ID))
		busy, err := group.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, []any{3, 2, true}, []any{busy.DesireInstanceNumber, busy.CurrentInstanceNumber, busy.IsScaling})
		_, err = group.WaitUntilStable(ctx)
		require.NoError(t, err)
		var instances []as.Instance
		for i, err := range group.Instances.All(ctx, &as.ListInstancesParams{LifeCycleState: as.Some(as.InstanceLifeCycleStateInService)}) {
			require.NoError(t, err)
			assert.Equal(t, "web", i.GroupName)
			instances = append(instances, *i)
		}
		require.Len(t, instances, 3)
		ran, err := c.PolicyExecutionLogs.List(ctx, policy.ID, nil)
		require.NoError(t, err)
		require.Len(t, ran.Logs, 1)
		assert.Equal(t, []any{2, 3, as.PolicyExecutionOperationAdd}, []any{ran.Logs[0].OldValue, ran.Logs[0].DesireValue, ran.Logs[0].Type})
		did, err := group.ActivityLogs.List(ctx, nil)
		require.NoError(t, err)
		require.Len(t, did.Logs, 2, "the first two instances, and the third")
		assert.Equal(t, as.ActivityLogStatusSuccess, did.Logs[0].Status)
		assert.Equal(t, []string{instances[2].Name}, did.Logs[0].InstancesAdded)
		assert.Contains(t, did.Logs[0].Description, "MANUAL", "the newest is first")

		kept := instances[0].ID
		_, err = group.Instances.ProtectMany(ctx, &as.BatchProtectInstancesRequest{InstanceIDs: []as.InstanceID{kept}})
		require.NoError(t, err)
		require.NoError(t, c.Instances.Delete(ctx, instances[1].ID, &as.DeleteInstanceParams{InstanceDelete: as.Some(true)}))
		require.NoError(t, c.Instances.WaitUntilRemoved(ctx, made.ID, instances[1].ID))
		_, err = group.Update(ctx, &as.UpdateGroupRequest{DesireInstanceNumber: as.Some(1)})
		require.NoError(t, err)
		_, err = group.WaitUntilStable(ctx)
		require.NoError(t, err)
		left, err := group.Instances.List(ctx, nil)
		require.NoError(t, err)
		require.Len(t, left.Instances, 1)
		assert.Equal(t, kept, left.Instances[0].ID, "what is protected stays")
		_, err = group.Instances.AddMany(ctx, &as.BatchAddInstancesRequest{InstanceIDs: []as.InstanceID{"mine"}})
		require.NoError(t, err)
		_, err = c.Instances.WaitUntilInService(ctx, made.ID, "mine")
		require.NoError(t, err)
		require.NoError(t, c.Policies.Pause(ctx, policy.ID))
		_, err = c.Policies.WaitUntilPaused(ctx, policy.ID)
		require.NoError(t, err)
		var rests *as.Error
		require.ErrorAs(t, c.Policies.Execute(ctx, policy.ID), &rests, "a policy that rests does not run")
		assert.Equal(t, string(as.CodePolicyNotInService), rests.Code)
		_, err = c.Policies.Update(ctx, policy.ID, &as.UpdatePolicyRequest{Name: as.Some("grow-more")})
		require.NoError(t, err)
		found, err := group.Policies.Find(ctx, "grow-more")
		require.NoError(t, err)
		assert.Equal(t, as.PolicyStatusPaused, found.Status)

		var full *as.Error
		for _, params := range []*as.DeleteGroupParams{nil, {ForceDelete: as.Some(false)}} {
			require.ErrorAs(t, group.Delete(ctx, params), &full, "there are servers inside")
			assert.Equal(t, string(as.CodeGroupNotEmpty), full.Code)
		}
		require.NoError(t, group.Delete(ctx, &as.DeleteGroupParams{ForceDelete: as.Some(true)}))
		require.NoError(t, group.WaitUntilDeleted(ctx))
		_, err = c.Groups.Find(ctx, "web")
		require.ErrorIs(t, err, as.ErrNotFound)
		require.NoError(t, c.Configurations.Delete(ctx, cfg.ID))
		require.NoError(t, c.Configurations.Delete(ctx, cfg.ID, as.IgnoreMissing()))
	})
}

// TestAGroupIsEmptyBeforeItGoes deletes a group with what belongs to it: not while servers are inside or a scaling action runs.
func TestAGroupIsEmptyBeforeItGoes(t *testing.T) {
	ctx := t.Context()
	server := autoscalingtest.NewCloud()
	c, err := server.Client(as.WithProjectID("p"), as.WithStrict(), as.WithoutRetry(), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})))
	require.NoError(t, err)
	made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
		Name: "web", ConfigurationID: "cfg", VPCID: "vpc", Networks: []as.Network{{ID: "net"}},
		DesireInstanceNumber: as.Some(2), MaxInstanceNumber: as.Some(10),
	})
	require.NoError(t, err)
	group := c.Group(made.ID)
	require.NoError(t, group.Resume(ctx))
	server.Store.Advance(time.Minute)
	var full *as.Error
	plan, err := group.DeleteWithDependents(ctx, nil)
	require.ErrorAs(t, err, &full)
	assert.Equal(t, string(as.CodeGroupNotEmpty), full.Code)
	assert.ErrorIs(t, err, as.ErrConflict)
	require.Len(t, plan.Steps, 1, "what was tried")
	before := len(server.Requests())
	var dry as.DryRun
	_, err = group.DeleteWithDependents(ctx, &as.DeleteGroupParams{ForceDelete: as.Some(true)}, as.WithDryRun(&dry))
	require.ErrorIs(t, err, as.ErrDryRun)
	assert.Contains(t, dry.Curl(), "force_delete=yes")
	assert.Len(t, server.Requests(), before+1, "the policies are read, and nothing is deleted")
	forced, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
		Name: "full", ConfigurationID: "cfg", VPCID: "vpc", Networks: []as.Network{{ID: "net"}}, DesireInstanceNumber: as.Some(1), MaxInstanceNumber: as.Some(1),
	})
	require.NoError(t, err)
	require.NoError(t, c.Groups.Resume(ctx, forced.ID))
	_, err = c.Groups.DeleteWithDependents(ctx, forced.ID, &as.DeleteGroupParams{ForceDelete: as.Some(true)})
	require.NoError(t, err, "with the server inside")

	_, err = group.Update(ctx, &as.UpdateGroupRequest{DesireInstanceNumber: as.Some(0)})
	require.NoError(t, err)
	server.Store.Advance(time.Minute)
	_, err = group.DeleteWithDependents(ctx, nil)
	require.NoError(t, err)
	_, err = group.Get(ctx)
	require.ErrorIs(t, err, as.ErrNotFound)

	busy := c.Group("busy")
	require.NoError(t, server.Store.Put("group", "", `{"scaling_group_id": "busy", "current_instance_number": 0, "is_scaling": true}`))
	require.ErrorAs(t, busy.Delete(ctx, nil), &full)
	assert.Equal(t, string(as.CodeGroupNotEmpty), full.Code)
	require.NoError(t, busy.Delete(ctx, &as.DeleteGroupParams{ForceDelete: as.Some(true)}))
	assert.Empty(t, server.Store.Objects("group"))
}
