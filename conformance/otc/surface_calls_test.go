package otc_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// surfaceCall does what a row says.
type surfaceCall func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server)

// does is a row whose call only has to succeed.
func does(call func(ctx context.Context, c *as.Client) error) surfaceCall {
	return func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		require.NoError(t, call(ctx, c))
	}
}

// failed drops the result of a call.
func failed[T any](_ T, err error) error { return err }

var surfaceCalls = map[string]surfaceCall{
	"OX-01": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		n := 0
		for _, err := range c.Groups.All(ctx, &as.ListGroupsParams{Status: as.Some(as.GroupStatusPaused), Limit: as.Some(1)}) {
			require.NoError(t, err)
			n++
		}
		assert.Equal(t, 2, n)
	},
	"OX-02": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Groups.Create(ctx, &as.CreateGroupRequest{Name: "web", ConfigurationID: "C", VPCID: "vpc", Networks: []as.Network{{ID: "net"}}, MinInstanceNumber: as.Some(0), CoolDownTime: as.Some(0)}))
	}),
	"OX-03": does(func(ctx context.Context, c *as.Client) error { return failed(c.Groups.Get(ctx, "G")) }),
	"OX-04": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Groups.Update(ctx, "G", &as.UpdateGroupRequest{Name: as.Some("web-2"), DesireInstanceNumber: as.Some(0)}))
	}),
	"OX-05": does(func(ctx context.Context, c *as.Client) error { return c.Groups.Delete(ctx, "G", nil) }),
	"OX-06": does(func(ctx context.Context, c *as.Client) error {
		return c.Groups.Delete(ctx, "G", &as.DeleteGroupParams{ForceDelete: as.Some(true)})
	}),
	"OX-07": does(func(ctx context.Context, c *as.Client) error {
		return c.Groups.Delete(ctx, "none", nil, as.IgnoreMissing())
	}),
	"OX-08": does(func(ctx context.Context, c *as.Client) error { return failed(c.Groups.Find(ctx, "G")) }),
	"OX-09": does(func(ctx context.Context, c *as.Client) error { return failed(c.Groups.Find(ctx, "web")) }),
	"OX-10": does(func(ctx context.Context, c *as.Client) error { return c.Groups.Resume(ctx, "G") }),
	"OX-11": does(func(ctx context.Context, c *as.Client) error { return c.Groups.Pause(ctx, "G") }),
	"OX-12": does(func(ctx context.Context, c *as.Client) error { return failed(c.Groups.WaitUntilPaused(ctx, "G")) }),
	"OX-13": does(func(ctx context.Context, c *as.Client) error { return c.Groups.WaitUntilDeleted(ctx, "none") }),
	"OX-14": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Configurations.List(ctx, &as.ListConfigurationsParams{Limit: as.Some(100), StartNumber: as.Some(0)}))
	}),
	"OX-15": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Configurations.Create(ctx, &as.CreateConfigurationRequest{Name: as.Some("web"), InstanceConfig: &as.InstanceConfig{
			FlavorIDs: []as.FlavorID{"a", "b"}, ImageID: as.Some[as.ImageID]("image"), KeyName: as.Some("key"),
			Disks: []as.Disk{{Size: 40, VolumeType: as.VolumeTypeSSD, DiskType: as.DiskTypeSystem}},
		}}))
	}),
	"OX-16": does(func(ctx context.Context, c *as.Client) error { return failed(c.Configurations.Get(ctx, "C")) }),
	"OX-17": does(func(ctx context.Context, c *as.Client) error { return failed(c.Configurations.Find(ctx, "cfg")) }),
	"OX-18": does(func(ctx context.Context, c *as.Client) error { return c.Configurations.Delete(ctx, "C") }),
	"OX-19": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Configurations.DeleteMany(ctx, []as.ConfigurationID{"C", "D"}))
	}),
	"OX-20": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Policies.List(ctx, "G", &as.ListPoliciesParams{Type: as.Some(as.PolicyTypeAlarm)}))
	}),
	"OX-21": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Group("G").Policies.Create(ctx, &as.CreatePolicyRequest{
			Name: "up", Type: as.PolicyTypeAlarm, AlarmID: as.Some[as.AlarmID]("al"), CoolDownTime: as.Some(0),
			Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationSet), InstanceNumber: as.Some(0)},
		}))
	}),
	"OX-22": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Policies.Update(ctx, "P", &as.UpdatePolicyRequest{Name: as.Some("down")}))
	}),
	"OX-23": does(func(ctx context.Context, c *as.Client) error { return failed(c.Policies.Get(ctx, "P")) }),
	"OX-24": does(func(ctx context.Context, c *as.Client) error { return c.Policies.Delete(ctx, "P") }),
	"OX-25": does(func(ctx context.Context, c *as.Client) error { return failed(c.Policies.Find(ctx, "G", "grow")) }),
	"OX-26": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		require.NoError(t, server.Store.Put("group", "", `{"scaling_group_id":"G","scaling_group_status":"INSERVICE","desire_instance_number":0}`))
		require.NoError(t, c.Policies.Execute(ctx, "P"))
		assert.Len(t, server.Store.Objects("instance"), 1)
	},
	"OX-27": does(func(ctx context.Context, c *as.Client) error { return c.Policies.Resume(ctx, "P") }),
	"OX-28": does(func(ctx context.Context, c *as.Client) error { return c.Policies.Pause(ctx, "P") }),
	"OX-29": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.List(ctx, "G", &as.ListInstancesParams{HealthStatus: as.Some(as.InstanceHealthStatusNormal), LifeCycleState: as.Some(as.InstanceLifeCycleStateInService)}))
	}),
	"OX-30": does(func(ctx context.Context, c *as.Client) error { return failed(c.Instances.Find(ctx, "G", "web-1")) }),
	"OX-31": does(func(ctx context.Context, c *as.Client) error {
		return c.Instances.Delete(ctx, "I1", &as.DeleteInstanceParams{InstanceDelete: as.Some(false)})
	}),
	"OX-32": does(func(ctx context.Context, c *as.Client) error {
		return c.Instances.Delete(ctx, "I1", &as.DeleteInstanceParams{InstanceDelete: as.Some(true)})
	}),
	"OX-33": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.AddMany(ctx, "G", &as.BatchAddInstancesRequest{InstanceIDs: []as.InstanceID{"I1", "I2"}}))
	}),
	"OX-34": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.RemoveMany(ctx, "G", &as.BatchRemoveInstancesRequest{InstanceIDs: []as.InstanceID{"I1"}, InstanceDelete: as.Some(true)}))
	}),
	"OX-35": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.ProtectMany(ctx, "G", &as.BatchProtectInstancesRequest{InstanceIDs: []as.InstanceID{"I1"}}))
	}),
	"OX-36": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.UnprotectMany(ctx, "G", &as.BatchUnprotectInstancesRequest{InstanceIDs: []as.InstanceID{"I1"}}))
	}),
	"OX-37": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Instances.WaitUntilInService(ctx, "G", "I1"))
	}),
	"OX-38": does(func(ctx context.Context, c *as.Client) error { return c.Instances.WaitUntilRemoved(ctx, "G", "gone") }),
	"OX-39": does(func(ctx context.Context, c *as.Client) error {
		day := time.Date(2018, 11, 22, 0, 0, 0, 0, time.UTC)
		return failed(c.ActivityLogs.List(ctx, "G", &as.ListActivityLogsParams{StartTime: as.Some(day), EndTime: as.Some(day.AddDate(0, 0, 1))}))
	}),
	"OX-40": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		quotas, err := c.Quotas.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, [4]int{2, 25, 50, 0}, [4]int{quotas.Resources[0].Used, quotas.Resources[0].Quota, quotas.Resources[0].Max, quotas.Resources[0].Min})
	},
	"OX-41": does(func(ctx context.Context, c *as.Client) error { return failed(c.Quotas.GetForGroup(ctx, "G")) }),
	"DF-01": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		for i, err := range []error{
			c.Groups.Pause(ctx, "none"), c.Groups.Resume(ctx, "none"), c.Policies.Execute(ctx, "none"), c.Policies.Resume(ctx, "none"), c.Policies.Pause(ctx, "none"),
			c.Instances.Delete(ctx, "none", nil), failed(c.Instances.AddMany(ctx, "G", &as.BatchAddInstancesRequest{InstanceIDs: []as.InstanceID{"none"}})),
		} {
			require.Error(t, err, "%d", i)
		}
	},
	"DF-02": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		for _, id := range []string{"a", "b", "c"} { // five with those that are there
			require.NoError(t, server.Store.Put("group", "", `{"scaling_group_id":"`+id+`","scaling_group_name":"`+id+`"}`))
		}
		var names []string
		for g, err := range c.Groups.All(ctx, &as.ListGroupsParams{StartNumber: as.Some(3), Limit: as.Some(2)}) {
			require.NoError(t, err)
			names = append(names, g.Name)
		}
		assert.Equal(t, []string{"b", "c"}, names, "the proxy reads 3, 4, 2, 3, 4")
	},
	"DF-03": does(func(ctx context.Context, c *as.Client) error {
		return failed(c.Configurations.List(ctx, &as.ListConfigurationsParams{Name: as.Some("cfg"), ImageID: as.Some[as.ImageID]("image")}))
	}),
	"DF-04": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		server.ListGroups = func(context.Context, *as.ListGroupsParams) (*as.ListGroupsResponse, error) {
			return &as.ListGroupsResponse{TotalNumber: 7, Limit: 2}, nil
		}
		for _, err := range c.Groups.All(ctx, &as.ListGroupsParams{Limit: as.Some(2)}) {
			require.NoError(t, err)
		}
	},
	"DF-05": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		var e *as.Error
		err := c.Groups.Delete(ctx, "none", nil)
		require.ErrorIs(t, err, as.ErrNotFound)
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 400, e.Status)
		require.NoError(t, c.Configurations.Delete(ctx, "none", as.IgnoreMissing()))
		require.NoError(t, c.Policies.Delete(ctx, "none", as.IgnoreMissing()))
	},
	"DF-06": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		n := 0
		server.ListInstances = func(context.Context, as.GroupID, *as.ListInstancesParams) (*as.ListInstancesResponse, error) {
			if n++; n == 1 {
				return &as.ListInstancesResponse{}, nil
			}
			return &as.ListInstancesResponse{TotalNumber: 1, Instances: []as.Instance{{ID: "I9", LifeCycleState: as.InstanceLifeCycleStateInService}}}, nil
		}
		have, err := c.Instances.WaitUntilInService(ctx, "G", "I9")
		require.NoError(t, err)
		assert.EqualValues(t, "I9", have.ID)
	},
	"DF-07": func(t *testing.T, ctx context.Context, c *as.Client, _ *autoscalingtest.Server) {
		require.ErrorIs(t, failed(c.Groups.Find(ctx, "we")), as.ErrNotFound)
	},
	"DF-08": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		require.NoError(t, server.Store.Put("group", "", `{"scaling_group_id":"T2","scaling_group_name":"twin"}`))
		var e *as.AmbiguousError
		require.ErrorAs(t, failed(c.Groups.Find(ctx, "twin")), &e)
		assert.Equal(t, 2, e.Count)
	},
	"DF-09": func(t *testing.T, ctx context.Context, c *as.Client, server *autoscalingtest.Server) {
		server.Inject(fake.Fault{Operation: "ShowScalingGroup", Status: 500})
		require.ErrorIs(t, failed(c.Groups.Find(ctx, "web")), as.ErrInternal)
	},
}
