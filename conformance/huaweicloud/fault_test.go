package huaweicloud_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/surface"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
)

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
