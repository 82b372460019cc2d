package huaweicloud_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt"
)

// The rules of an operation are there at run time: what is checked, what is told, and what only the service knows.
func TestOperationsAreExplained(t *testing.T) {
	rule := func(list []as.Rule, id string) *as.Rule {
		if i := slices.IndexFunc(list, func(r as.Rule) bool { return r.ID == id }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	all := as.Explain("CreateScalingGroup")
	for id, severity := range map[string]rt.Severity{
		"CreateGroupRequest.scaling_group_name.maxLength": rt.SeverityError, "GRP-C-15": rt.SeverityError, "GRP-C-31": rt.SeverityWarning, "GRP-Q-01": rt.SeverityServer,
		"LBaaSListener.weight.maximum": rt.SeverityError, // of what the request holds
	} {
		r := rule(all, id)
		require.NotNil(t, r, id)
		assert.Equal(t, severity, r.Severity, id)
		assert.NotEmpty(t, r.Source, id)
		assert.NotEmpty(t, r.Text, id)
	}
	assert.Nil(t, rule(all, "POL-1-06"), "of another operation")
	assert.Empty(t, as.Explain("NoSuchOperation"))

	quota := rule(all, "GRP-Q-01")
	reported := as.Explain("CreateScalingGroup", quota.Codes...)
	require.NotNil(t, rule(reported, "GRP-Q-01"))
	assert.Less(t, len(reported), len(all))

	own := as.Rules((*as.CreateGroupRequest)(nil))
	assert.NotNil(t, rule(own, "GRP-C-15"))
	assert.Nil(t, rule(own, "LBaaSListener.weight.maximum"), "rules of what a type holds are its own")
	assert.Equal(t, own, as.Rules(new(as.CreateGroupRequest)))
	assert.Nil(t, as.Rules(3))
}
