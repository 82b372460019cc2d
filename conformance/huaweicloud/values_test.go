package huaweicloud_test

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// The incumbents fail these: absent, null, zero and empty are four different things that a user can
// send on purpose.

func sent(t *testing.T, v json.Marshaler) string {
	t.Helper()
	b, err := v.MarshalJSON()
	require.NoError(t, err)
	return string(b)
}

func TestAOneFieldUpdateSendsExactlyOneField(t *testing.T) {
	assert.Equal(t, `{"scaling_group_name":"web-2"}`, sent(t, as.UpdateGroupRequest{Name: as.Some("web-2")}))
	assert.Equal(t, `{}`, sent(t, as.UpdateGroupRequest{}))
}

func TestZeroIsSent(t *testing.T) {
	assert.Equal(t, `{"min_instance_number":0}`, sent(t, as.UpdateGroupRequest{MinInstanceNumber: as.Some(0)}))
	assert.Equal(t, `{"cool_down_time":0,"health_periodic_audit_time":0}`,
		sent(t, as.UpdateGroupRequest{CoolDownTime: as.Some(0), HealthPeriodicAuditTime: as.Some(as.HealthAuditInterval(0))}),
		"zero is a documented health check interval: every 10 seconds")
	assert.Equal(t, `{"delete_publicip":false}`, sent(t, as.UpdateGroupRequest{DeletePublicIP: as.Some(false)}))
}

func TestNullIsSent(t *testing.T) {
	assert.Equal(t, `{"iam_agency_name":null}`, sent(t, as.UpdateGroupRequest{IAMAgencyName: as.Null[string]()}))
	assert.Equal(t, `{"iam_agency_name":""}`, sent(t, as.UpdateGroupRequest{IAMAgencyName: as.Some("")}),
		"null hands no agency on, the empty string does")
}

func TestAnEmptyListIsSentAndANilOneIsNot(t *testing.T) {
	assert.Equal(t, `{"lbaas_listeners":[]}`, sent(t, as.UpdateGroupRequest{LBaaSListeners: []as.LBaaSListener{}}))
	assert.Equal(t, `{}`, sent(t, as.UpdateGroupRequest{LBaaSListeners: nil}))
}

func TestEmptyObjectIsSentAndANilOneIsNot(t *testing.T) {
	req := as.CreatePolicyRequest{Name: "p", GroupID: "g", Type: as.PolicyTypeAlarm}
	assert.Equal(t, `{"scaling_policy_name":"p","scaling_group_id":"g","scaling_policy_type":"ALARM"}`, sent(t, req))
	req.Action = &as.PolicyAction{}
	assert.Contains(t, sent(t, req), `"scaling_policy_action":{}`)
}

func TestConstantsAreSent(t *testing.T) {
	assert.Equal(t, `{"action":"pause"}`, sent(t, as.PauseGroupRequest{}))
	assert.JSONEq(t, `{"instances_id":["i-1"],"action":"PROTECT"}`, sent(t, as.BatchProtectInstancesRequest{InstanceIDs: []as.InstanceID{"i-1"}}))
}

// group is a body with an explicit null, an explicit zero, an unknown member, an unknown enum value and
// most members missing.
const group = `{"scaling_group":{"scaling_group_id":"g","scaling_group_status":"DREAMING","detail":null,"min_instance_number":0,"new_member":{"a":[1,2.50]}}}`

func answering(t *testing.T, status int, body string, opts ...as.Option) *as.Client {
	t.Helper()
	c, err := as.New(append([]as.Option{as.WithEndpoint("https://test.invalid"), as.WithProjectID("p"), as.WithoutRetry(),
		as.WithTransport(transport(func(*http.Request) (*http.Response, error) { return response(status, body), nil }))}, opts...)...)
	require.NoError(t, err)
	return c
}

func TestPresenceIsLossless(t *testing.T) {
	got, err := answering(t, 200, group).Groups.Get(context.Background(), "g", as.WithPresence())
	require.NoError(t, err)
	assert.True(t, as.Has(got, "min_instance_number"))
	assert.False(t, as.Has(got, "max_instance_number"))
	assert.True(t, as.IsNull(got, "detail"))
	assert.False(t, as.IsNull(got, "min_instance_number"))
	assert.JSONEq(t, `{"a":[1,2.50]}`, string(as.UnknownMembers(got)["new_member"]))
	out, err := json.Marshal(as.GetGroupResponse{Group: *got})
	require.NoError(t, err)
	assert.Empty(t, record.Equal(out, []byte(group)))
}

func TestWithoutPresenceADecodedValueEqualsALiteral(t *testing.T) {
	got, err := answering(t, 200, group).Groups.Get(context.Background(), "g")
	require.NoError(t, err)
	assert.True(t, reflect.DeepEqual(&as.Group{ID: "g", Status: "DREAMING"}, got), "%+v", got)
	assert.False(t, got.Status.Known())
	out, err := json.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, `{"scaling_group_id":"g","scaling_group_status":"DREAMING"}`, string(out), "unknown enum values are always kept")
}

func TestStrictReportsEveryDeviation(t *testing.T) {
	_, err := answering(t, 200, group, as.WithStrict()).Groups.Get(context.Background(), "g")
	require.ErrorContains(t, err, "new_member")
}

// TestPaging counts requests: exactly those that are needed are made.
func TestPaging(t *testing.T) {
	for _, c := range []struct{ items, limit, requests int }{{0, 2, 1}, {1, 2, 1}, {2, 2, 1}, {3, 2, 2}, {4, 2, 2}, {5, 2, 3}} {
		server := &autoscalingtest.Server{ListGroups: func(_ context.Context, p *as.ListGroupsParams) (*as.ListGroupsResponse, error) {
			start := p.StartNumber.Or(0)
			out := &as.ListGroupsResponse{TotalNumber: c.items}
			for i := start; i < min(start+p.Limit.Or(20), c.items); i++ {
				out.Groups = append(out.Groups, as.Group{ID: as.GroupID(rune('a' + i))})
			}
			return out, nil
		}}
		client, err := server.Client()
		require.NoError(t, err)
		params := &as.ListGroupsParams{Limit: as.Some(c.limit)}
		n := 0
		for _, err := range client.Groups.All(context.Background(), params) {
			require.NoError(t, err)
			n++
		}
		assert.Equal(t, c.items, n)
		assert.Len(t, server.Requests(), c.requests, "%d items by %d", c.items, c.limit)
		assert.Equal(t, &as.ListGroupsParams{Limit: as.Some(c.limit)}, params, "the caller's params are not changed")
	}
}

func TestPagingStopsAtTheFirstErrorAndAtBreak(t *testing.T) {
	calls := 0
	server := &autoscalingtest.Server{ListGroups: func(context.Context, *as.ListGroupsParams) (*as.ListGroupsResponse, error) {
		calls++
		if calls == 2 {
			return nil, as.ErrPermissionDenied
		}
		return &as.ListGroupsResponse{TotalNumber: 10, Groups: []as.Group{{ID: "a"}, {ID: "b"}}}, nil
	}}
	client, err := server.Client(as.WithoutRetry())
	require.NoError(t, err)
	var errs []error
	for _, err := range client.Groups.All(context.Background(), nil) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	require.Len(t, errs, 1)
	assert.ErrorIs(t, errs[0], as.ErrPermissionDenied)
	calls = 0
	for range client.Groups.All(context.Background(), nil) {
		break
	}
	assert.Equal(t, 1, calls)
}

func TestAMarkerThatDoesNotAdvanceIsAnError(t *testing.T) {
	server := &autoscalingtest.Server{ListScheduledTasks: func(context.Context, as.GroupID, *as.ListScheduledTasksParams) (*as.ListScheduledTasksResponse, error) {
		return &as.ListScheduledTasksResponse{Tasks: []as.ScheduledTask{{ID: "t"}}, PageInfo: &as.PageInfo{NextMarker: "same"}}, nil
	}}
	client, err := server.Client()
	require.NoError(t, err)
	n := 0
	for _, err = range client.ScheduledTasks.All(context.Background(), "g", nil) {
		if n++; n > 10 {
			break
		}
	}
	require.ErrorContains(t, err, "does not advance")
}

func TestAnUnknownRegionIsAnError(t *testing.T) {
	_, err := as.New(as.WithRegion("mars-1"))
	require.ErrorContains(t, err, "cn-north-4")
	_, err = as.New()
	require.Error(t, err)
	c, err := as.New(as.WithRegion(as.RegionAPSoutheast1), as.WithProjectID("p"))
	require.NoError(t, err)
	require.NotNil(t, c)
}

func TestUnsafePathValuesNeverLeave(t *testing.T) {
	for _, id := range []as.GroupID{"", ".", "..", "a/b", `a\b`, "a\x00"} {
		c, err := as.New(as.WithEndpoint("https://test.invalid"), as.WithProjectID("p"),
			as.WithTransport(transport(func(*http.Request) (*http.Response, error) { t.Fatal("sent"); return nil, nil })))
		require.NoError(t, err)
		_, err = c.Groups.Get(context.Background(), id)
		require.ErrorIs(t, err, as.ErrInvalid, "%q", id)
	}
}

func TestTheProjectIsOverriddenPerCall(t *testing.T) {
	server := &autoscalingtest.Server{PauseGroup: func(context.Context, as.GroupID) error { return nil }}
	c, err := server.Client(as.WithProjectID("p1"))
	require.NoError(t, err)
	require.NoError(t, c.Groups.Pause(context.Background(), "g"))
	require.NoError(t, c.Groups.Pause(context.Background(), "g", as.WithProjectID("p2")))
	r := server.Requests()
	assert.Equal(t, "/autoscaling-api/v1/p1/scaling_group/g/action", r[0].Path)
	assert.Equal(t, "/autoscaling-api/v1/p2/scaling_group/g/action", r[1].Path)
	assert.Equal(t, `{"action":"pause"}`, string(r[0].Body))
	assert.Equal(t, "application/json;charset=UTF-8", r[0].Header.Get("Content-Type"))
}
