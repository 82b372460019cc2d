package main

import (
	"fmt"

	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

// newCloud is a fake service that keeps what it is told, with a few groups to begin with.
func newCloud() (*autoscalingtest.Server, error) {
	server := autoscalingtest.NewCloud()
	for i, name := range []string{"api", "batch", "cache", "mail", "search", "video"} {
		status := "INSERVICE"
		if name == "batch" {
			status = "PAUSED"
		}
		group := fmt.Sprintf(`{"scaling_group_id":"g-%d","scaling_group_name":%q,"scaling_group_status":%q,"scaling_configuration_id":"cfg-small","vpc_id":"vpc-1",
			"current_instance_number":1,"desire_instance_number":1,"create_time":"2026-11-22T09:%02d:00Z"}`, i+1, name, status, i)
		if err := server.Store.Put("group", "", group); err != nil {
			return nil, err
		}
	}
	return server, nil
}
