package rackspace_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// TestTheWalkOfTheGuide does what the guide of the client library walks through: a group with a policy and a webhook, its
// state, its configurations changed in part, metadata merged, and its end with servers inside.
func TestTheWalkOfTheGuide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		server := autoscaletest.NewCloud()
		c, err := server.Client(as.WithStrict(), as.WithoutRetry(), as.WithAPIKey("token"))
		require.NoError(t, err)

		made, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
			GroupConfiguration: as.GroupConfigurationCreate{Name: "web", Cooldown: 60, MinEntities: 2, MaxEntities: as.Some(10), Metadata: map[string]string{"owner": "me"}},
			LaunchConfiguration: &as.LaunchServerConfiguration{Args: as.LaunchServerArgs{Server: as.ServerTemplate{
				FlavorRef: "3", ImageRef: as.Some("0d589460-f177-4b0f-81c1-8ab8903ac7d8"), Name: as.Some("web"),
			}}},
			ScalingPolicies: []as.PolicyRequest{{Name: "up", Type: as.PolicyTypeWebhook, Cooldown: 30, Change: as.Some(2)}},
		})
		require.NoError(t, err)
		group := c.Group(made.ID)

		state, err := group.GetState(ctx)
		require.NoError(t, err)
		assert.Equal(t, 0, state.ActiveCapacity)
		assert.Equal(t, 2, state.DesiredCapacity)
		have, err := group.WaitUntilStable(ctx)
		require.NoError(t, err)
		assert.Equal(t, 2, have.State.ActiveCapacity)

		policy, err := group.Policies.Find(ctx, "up")
		require.NoError(t, err)
		added, err := group.Policies.Add(ctx, &as.PolicyRequest{Name: "down", Type: as.PolicyTypeWebhook, Cooldown: 30, Change: as.Some(-2)})
		require.NoError(t, err)
		require.NoError(t, group.Policy(added.ID).Change(ctx, func(req *as.PolicyRequest) error {
			req.Cooldown = 0 // zero is a value
			return nil
		}))
		down, err := group.Policy(added.ID).Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, "down", down.Name, "what is not changed stays")
		assert.Zero(t, down.Cooldown)
		require.NoError(t, group.Policy(policy.ID).Execute(ctx))
		have, err = group.WaitUntilStable(ctx)
		require.NoError(t, err)
		assert.Equal(t, 4, have.State.ActiveCapacity, "two more")
		assert.Len(t, have.State.Active, 4)

		hook, err := group.Policy(policy.ID).Webhooks.Add(ctx, &as.WebhookCreate{Name: "alarm", Metadata: map[string]string{"a": "1"}})
		require.NoError(t, err)
		require.NoError(t, group.Policy(policy.ID).Webhook(hook.ID).MergeMetadata(ctx, map[string]string{"b": "2"}))
		again, err := group.Policy(policy.ID).Webhook(hook.ID).Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"a": "1", "b": "2"}, again.Metadata)

		require.NoError(t, group.Configurations.MergeMetadata(ctx, map[string]string{"team": "blue"}))
		cfg, err := group.Configurations.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"owner": "me", "team": "blue"}, cfg.Metadata)
		assert.Equal(t, 60, cfg.Cooldown)
		require.NoError(t, group.LaunchConfigurations.Change(ctx, func(have as.LaunchConfiguration) (as.LaunchConfiguration, error) {
			launch := have.(*as.LaunchServerConfiguration)
			launch.Args.Server.FlavorRef = "4"
			return launch, nil
		}))
		launch, err := group.LaunchConfigurations.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, "4", launch.(*as.LaunchServerConfiguration).Args.Server.FlavorRef)
		assert.Equal(t, "web", launch.(*as.LaunchServerConfiguration).Args.Server.Name.Or(""))

		var e *as.Error
		require.NoError(t, group.Pause(ctx))
		require.ErrorAs(t, group.Converge(ctx), &e, "a group that rests does not converge")
		assert.Equal(t, "GroupPausedError", e.Code)
		require.NoError(t, group.Resume(ctx))
		require.NoError(t, group.Converge(ctx))

		err = group.Delete(ctx, nil)
		require.ErrorAs(t, err, &e, "there are servers inside")
		assert.Equal(t, "GroupNotEmptyError", e.Code)
		require.NoError(t, group.Configurations.Change(ctx, func(req *as.GroupConfigurationUpdate) error {
			req.MinEntities, req.MaxEntities = 0, 0
			return nil
		}))
		_, err = group.WaitUntilEmpty(ctx)
		require.NoError(t, err)
		require.NoError(t, group.Delete(ctx, nil))
		_, err = group.Get(ctx, nil)
		require.ErrorIs(t, err, as.ErrNotFound)
	})
}
