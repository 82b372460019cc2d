package huaweicloud_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// TestProgram is the program of the design: what a user writes on the first day.
func TestProgram(t *testing.T) {
	ctx := context.Background()
	groups := map[as.GroupID]*as.Group{}
	var order []as.GroupID
	missing := &as.Error{Status: 400, Code: string(as.CodeGroupNotFound), Message: "The AS group does not exist."}
	server := &autoscalingtest.Server{
		CreateGroup: func(_ context.Context, req *as.CreateGroupRequest) (*as.CreateGroupResponse, error) {
			id := as.GroupID(fmt.Sprintf("g-%d", len(order)))
			groups[id] = &as.Group{ID: id, Name: req.Name, Status: as.GroupStatusInService, MinInstanceNumber: req.MinInstanceNumber.Or(0)}
			order = append(order, id)
			return &as.CreateGroupResponse{ID: id}, nil
		},
		GetGroup: func(_ context.Context, id as.GroupID) (*as.Group, error) {
			if groups[id] == nil {
				return nil, missing
			}
			return groups[id], nil
		},
		ListGroups: func(_ context.Context, p *as.ListGroupsParams) (*as.ListGroupsResponse, error) {
			start, end := p.StartNumber.Or(0), min(p.StartNumber.Or(0)+p.Limit.Or(20), len(order))
			out := &as.ListGroupsResponse{TotalNumber: len(order), StartNumber: start, Limit: p.Limit.Or(20)}
			for _, id := range order[min(start, end):end] {
				out.Groups = append(out.Groups, *groups[id])
			}
			return out, nil
		},
		UpdateGroup: func(_ context.Context, id as.GroupID, req *as.UpdateGroupRequest) (*as.UpdateGroupResponse, error) {
			groups[id].Name = req.Name.Or(groups[id].Name)
			return &as.UpdateGroupResponse{ID: id}, nil
		},
		PauseGroup: func(_ context.Context, id as.GroupID) error {
			groups[id].Status = as.GroupStatusPaused
			return nil
		},
		ResumeGroup: func(_ context.Context, id as.GroupID) error {
			groups[id].Status = as.GroupStatusInService
			return nil
		},
		DeleteGroup: func(_ context.Context, id as.GroupID, p *as.DeleteGroupParams) error {
			if groups[id] == nil {
				return missing
			}
			assert.True(t, p.ForceDelete.Or(false))
			delete(groups, id)
			return nil
		},
	}
	c, err := server.Client(as.WithProjectID("p1"), as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "ak", SecretKey: "sk"})))
	require.NoError(t, err)

	req := &as.CreateGroupRequest{
		Name: "web", ConfigurationID: "cfg", VPCID: "vpc",
		Networks:          []as.Network{{ID: "subnet"}},
		MinInstanceNumber: as.Some(0), // zero is sent; absent is not
	}
	require.NoError(t, req.Validate())
	made, err := c.Groups.Create(ctx, req)
	require.NoError(t, err)

	var names []string
	for g, err := range c.Groups.All(ctx, &as.ListGroupsParams{Status: as.Some(as.GroupStatusInService)}) {
		require.NoError(t, err)
		names = append(names, fmt.Sprint(g.ID, g.Name, g.MinInstanceNumber)) // plain fields: a response type
	}
	assert.Equal(t, []string{"g-0web0"}, names)

	var invalid *as.ValidationError // every violation: path, rule id, limit, reference
	require.ErrorAs(t, (&as.CreateGroupRequest{Name: "a b", CoolDownTime: as.Some(90_000)}).Validate(), &invalid)
	for _, v := range invalid.Violations {
		assert.NotEmpty(t, v.Path)
		assert.NotEmpty(t, v.Rule)
		assert.NotEmpty(t, v.Message)
		assert.NotEmpty(t, v.Source)
	}
	assert.Len(t, invalid.Violations, 5, "%v", invalid)

	require.NoError(t, c.Groups.Pause(ctx, made.ID))
	require.NoError(t, c.Groups.Resume(ctx, made.ID))
	_, err = c.Groups.Update(ctx, made.ID, &as.UpdateGroupRequest{Name: as.Some("web-2")})
	require.NoError(t, err)
	g, err := c.Groups.Get(ctx, made.ID)
	require.NoError(t, err)
	assert.Equal(t, &as.Group{ID: "g-0", Name: "web-2", Status: as.GroupStatusInService}, g, "a decoded value equals a literal")

	if _, err := c.Groups.Get(ctx, "gone"); !errors.Is(err, as.ErrNotFound) || !as.CodeGroupNotFound.Is(err) {
		t.Errorf("want a not-found error, got %v", err)
	}
	require.NoError(t, c.Groups.Delete(ctx, g.ID, &as.DeleteGroupParams{ForceDelete: as.Some(true)}))
	require.NoError(t, c.Groups.Delete(ctx, g.ID, &as.DeleteGroupParams{ForceDelete: as.Some(true)}, as.IgnoreMissing()))

	_, err = c.Quotas.Get(ctx)
	require.ErrorContains(t, err, "501", "an operation without a function says so")
}
