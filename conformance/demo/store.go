package main

import (
	"context"
	"fmt"
	"time"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// pageSize is how many groups a page holds when the client does not say.
const pageSize = 20

// store keeps groups in memory, in the order in which they were made. It answers one request at a time.
type store struct{ groups []as.Group }

// newStore holds a few groups to begin with.
func newStore() *store {
	s := new(store)
	for _, name := range []string{"api", "batch", "cache", "mail", "search", "video"} {
		s.add(&as.CreateGroupRequest{Name: name, ConfigurationID: "cfg-small", VPCID: "vpc-1"})
	}
	s.groups[1].Status = as.GroupStatusPaused
	return s
}

// server is a fake service on the store: a function for each operation that the demo uses.
func (s *store) server() *autoscalingtest.Server {
	return &autoscalingtest.Server{
		CreateGroup: func(_ context.Context, req *as.CreateGroupRequest) (*as.CreateGroupResponse, error) {
			return &as.CreateGroupResponse{ID: s.add(req)}, nil
		},
		ListGroups: func(_ context.Context, params *as.ListGroupsParams) (*as.ListGroupsResponse, error) {
			return s.page(params), nil
		},
		GetGroup: func(_ context.Context, id as.GroupID) (*as.Group, error) {
			for i := range s.groups {
				if s.groups[i].ID == id {
					return &s.groups[i], nil
				}
			}
			return nil, &as.Error{Status: 400, Code: string(as.CodeGroupNotFound), Message: "The AS group does not exist."}
		},
	}
}

func (s *store) add(req *as.CreateGroupRequest) as.GroupID {
	id := as.GroupID(fmt.Sprintf("g-%d", len(s.groups)+1))
	s.groups = append(s.groups, as.Group{
		ID:                id,
		Name:              req.Name,
		Status:            as.GroupStatusInService,
		ConfigurationID:   req.ConfigurationID,
		VPCID:             req.VPCID,
		MinInstanceNumber: req.MinInstanceNumber.Or(0),
		MaxInstanceNumber: req.MaxInstanceNumber.Or(1),
		CreateTime:        time.Date(2026, time.November, 22, 9, len(s.groups), 0, 0, time.UTC),
	})
	return id
}

func (s *store) page(params *as.ListGroupsParams) *as.ListGroupsResponse {
	start := min(params.StartNumber.Or(0), len(s.groups))
	limit := params.Limit.Or(pageSize)
	return &as.ListGroupsResponse{
		TotalNumber: len(s.groups),
		StartNumber: start,
		Limit:       limit,
		Groups:      s.groups[start:min(start+limit, len(s.groups))],
	}
}
