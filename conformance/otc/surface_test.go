package otc_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/surface"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt/fake"
)

// stage is a cloud with groups G and twins, configurations C and D, a policy P of G, and instances of G.
func stage(t *testing.T) (*as.Client, *autoscalingtest.Server) {
	t.Helper()
	server := autoscalingtest.NewCloud()
	c, err := server.Client(as.WithProjectID("p"), as.WithStrict(), as.WithoutRetry(), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})))
	require.NoError(t, err)
	put := func(what, parent, object string) { require.NoError(t, server.Store.Put(what, parent, object)) }
	for _, g := range [][2]string{{"G", "web"}, {"T1", "twin"}} {
		put("group", "", fmt.Sprintf(`{"scaling_group_id":%q,"scaling_group_name":%q,"scaling_group_status":"PAUSED","current_instance_number":0,"desire_instance_number":0,"is_scaling":false}`, g[0], g[1]))
	}
	for _, id := range []string{"C", "D"} {
		put("configuration", "", fmt.Sprintf(`{"scaling_configuration_id":%q,"scaling_configuration_name":"cfg%s"}`, id, map[string]string{"D": "-2"}[id]))
	}
	put("policy", "G", `{"scaling_policy_id":"P","scaling_group_id":"G","scaling_policy_name":"grow","scaling_policy_type":"ALARM","policy_status":"INSERVICE"}`)
	instances := []as.Instance{{ID: "I1", Name: "web-1", GroupID: "G", LifeCycleState: as.InstanceLifeCycleStateInService}}
	server.ListInstances = func(context.Context, as.GroupID, *as.ListInstancesParams) (*as.ListInstancesResponse, error) {
		return &as.ListInstancesResponse{TotalNumber: len(instances), Limit: 20, Instances: instances}, nil
	}
	missing := func(found bool) error {
		if found {
			return nil
		}
		return &as.Error{Status: http.StatusBadRequest, Code: "AS.4003", Message: "no such instance"}
	}
	server.DeleteInstance = func(_ context.Context, id as.InstanceID, _ *as.DeleteInstanceParams) error {
		return missing(id == "I1")
	}
	server.BatchAddInstances = func(_ context.Context, _ as.GroupID, req *as.BatchAddInstancesRequest) error {
		return missing(req.InstanceIDs[0] == "I1")
	}
	server.BatchRemoveInstances = func(context.Context, as.GroupID, *as.BatchRemoveInstancesRequest) error { return nil }
	server.BatchProtectInstances = func(context.Context, as.GroupID, *as.BatchProtectInstancesRequest) error { return nil }
	server.BatchUnprotectInstances = func(context.Context, as.GroupID, *as.BatchUnprotectInstancesRequest) error { return nil }
	server.ListActivityLogs = func(context.Context, as.GroupID, *as.ListActivityLogsParams) (*as.ListActivityLogsResponse, error) {
		return &as.ListActivityLogsResponse{}, nil
	}
	server.GetQuota = func(context.Context) (*as.Quotas, error) {
		return &as.Quotas{Resources: []as.Quota{{Type: as.QuotaTypeGroup, Quota: 25, Max: 50, Used: 2}}}, nil
	}
	server.GetQuotaForGroup = func(context.Context, as.GroupID) (*as.Quotas, error) { return &as.Quotas{}, nil }
	return c, server
}

// TestSurface does what each method of the proxy does, and what was meant where it does something else.
func TestSurface(t *testing.T) {
	methods := map[string]func(*testing.T) []fake.Request{}
	for id, do := range surfaceCalls {
		methods[id] = func(t *testing.T) (sent []fake.Request) {
			synctest.Test(t, func(t *testing.T) {
				c, server := stage(t)
				do(t, t.Context(), c, server)
				sent = server.Requests()
			})
			return sent
		}
	}
	rows := surface.Load(t, "surface.yaml")
	assert.Len(t, rows, 50)
	surface.Check(t, rows, "/autoscaling-api/v1/p", methods)
}

// TestLongListsAreSplit sends what the proxy sends at once in parts that the service takes.
func TestLongListsAreSplit(t *testing.T) {
	c, server := stage(t)
	var configurations []as.ConfigurationID
	var instances []as.InstanceID
	for i := range 101 {
		require.NoError(t, server.Store.Put("configuration", "", fmt.Sprintf(`{"scaling_configuration_id":"c%d","scaling_configuration_name":"n"}`, i)))
		configurations = append(configurations, as.ConfigurationID(fmt.Sprint("c", i)))
	}
	result, err := c.Configurations.DeleteMany(t.Context(), configurations)
	require.NoError(t, err)
	assert.Len(t, result.Done, 101)
	assert.Len(t, server.Requests(), 3, "50, 50 and 1")
	for i := range 25 {
		instances = append(instances, as.InstanceID(fmt.Sprint("i", i)))
	}
	_, err = c.Instances.ProtectMany(t.Context(), "G", &as.BatchProtectInstancesRequest{InstanceIDs: instances})
	require.NoError(t, err)
	assert.Len(t, server.Requests(), 6, "10, 10 and 5")
}

// TestWhatHidesInAnErrorIsFound says which configurations of a list there are none of, as the proxy does, and does not lose the rest.
func TestWhatHidesInAnErrorIsFound(t *testing.T) {
	c, server := stage(t)
	server.BatchDeleteConfigurations = func(context.Context, *as.BatchDeleteConfigurationsRequest) error {
		return &as.Error{Status: http.StatusBadRequest, Code: "AS.1038", Message: `[{"id":"D","errorCode":"AS.1004","errorMessage":"The AS configuration does not exist."}]`}
	}
	result, err := c.Configurations.DeleteMany(t.Context(), []as.ConfigurationID{"C", "D"})
	var batch *as.BatchError
	require.ErrorAs(t, err, &batch)
	require.Len(t, result.Failed, 1)
	assert.EqualValues(t, "D", result.Failed[0].Item)
	require.ErrorIs(t, result.Failed[0].Err, as.ErrNotFound)
}

func TestFaults(t *testing.T) {
	surface.Faults(t, func() (surface.Faulty, func(context.Context) error) {
		server := autoscalingtest.NewCloud()
		c, err := server.Client(as.WithProjectID("p"), as.WithCredentials(as.StaticCredentials(as.Credentials{Token: "t"})))
		require.NoError(t, err)
		return server, func(ctx context.Context) error {
			_, err := c.Groups.List(ctx, nil)
			return err
		}
	}, 429, 503)
}

// TestRulesGoByTheClockOfTheFake refuses at the fake's time what is in the future by the machine's.
func TestRulesGoByTheClockOfTheFake(t *testing.T) {
	c, server := stage(t)
	add := func() error {
		_, err := c.Policies.Create(t.Context(), &as.CreatePolicyRequest{
			Name: "once", GroupID: "G", Type: as.PolicyTypeScheduled, Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationAdd), InstanceNumber: as.Some(1)},
			ScheduledPolicy: &as.ScheduledPolicy{LaunchTime: time.Now().UTC().Add(time.Hour).Truncate(time.Minute)},
		})
		return err
	}
	require.NoError(t, add())
	server.Store.Advance(2 * time.Hour)
	var e *as.Error
	require.ErrorAs(t, add(), &e, "the client lets it pass: its clock is another")
	assert.Equal(t, http.StatusBadRequest, e.Status)
}
