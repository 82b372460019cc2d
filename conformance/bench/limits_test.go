package bench

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/bench/inline"
	"github.com/pantograph-go/pantograph/conformance/bench/ogen"
	"github.com/pantograph-go/pantograph/conformance/bench/repos"
	rtjson "github.com/pantograph-go/pantograph/generated/rt/json"
)

// Whoever decodes and validates refuses the same values, and takes those on the other side of each limit.
func TestLimitsAreCheckedByAll(t *testing.T) {
	const (
		status = `"scaling_group_status":"INSERVICE"`
		policy = `"instance_terminate_policy":"OLD_CONFIG_OLD_INSTANCE"`
		method = `"health_periodic_audit_method":"NOVA_AUDIT"`
		zones  = `"multi_az_priority_policy":"EQUILIBRIUM_DISTRIBUTE"`
	)
	list := Groups(Compact)
	text := func(name, value string) string { return `"` + name + `":"` + value + `"` }
	name := text("scaling_group_name", "as-config-0000")
	for _, tt := range []struct{ have, holds, breaks string }{
		{name, text("scaling_group_name", "组"), text("scaling_group_name", "")},
		{name, text("scaling_group_name", strings.Repeat("组", 64)), text("scaling_group_name", strings.Repeat("n", 65))},
		{name, text("scaling_group_name", "Az09_-"), text("scaling_group_name", "a name")},
		{name, text("scaling_group_name", "a"), text("scaling_group_name", "größe")},
		{`"scaling_group_id":"00000000`, `"scaling_group_id":"0`, `"scaling_group_id":"` + strings.Repeat("0", 40)},
		{status, `"scaling_group_status":"FREEZED"`, `"scaling_group_status":"inservice"`},
		{method, `"health_periodic_audit_method":"ELB_AUDIT"`, `"health_periodic_audit_method":""`},
		{policy, `"instance_terminate_policy":"NEW_INSTANCE"`, `"instance_terminate_policy":"OLD_CONFIG"`},
		{zones, `"multi_az_priority_policy":"PICK_FIRST"`, `"multi_az_priority_policy":"PICK_LAST"`},
		{`"total_number":100`, `"total_number":0`, `"total_number":-1`},
		{`"start_number":0`, `"start_number":9`, `"start_number":-9`},
		{`"limit":100`, `"limit":0`, `"limit":-100`},
		{`"current_instance_number":5`, `"current_instance_number":0`, `"current_instance_number":-1`},
		{`"desire_instance_number":6`, `"desire_instance_number":0`, `"desire_instance_number":-1`},
		{`"min_instance_number":7`, `"min_instance_number":0`, `"min_instance_number":-1`},
		{`"max_instance_number":8`, `"max_instance_number":1000`, `"max_instance_number":1001`},
		{`"max_instance_number":8`, `"max_instance_number":0`, `"max_instance_number":-1`},
		{`"cool_down_time":9`, `"cool_down_time":86400`, `"cool_down_time":86401`},
		{`"health_periodic_audit_time":20`, `"health_periodic_audit_time":0`, `"health_periodic_audit_time":-1`},
		{`"health_periodic_audit_grace_period":21`, `"health_periodic_audit_grace_period":0`, `"health_periodic_audit_grace_period":-1`},
		{`"description":"What number 0`, `"description":"` + strings.Repeat("ü", 200), `"description":"` + strings.Repeat("ü", 257)},
		{`"networks":[{"id":"00000000`, `"networks":[{"id":"`, `"networks":[{"id":"` + strings.Repeat("0", 40)},
		{`"protocol_port":2`, `"protocol_port":65535`, `"protocol_port":65536`},
		{`"protocol_port":2`, `"protocol_port":1`, `"protocol_port":0`},
		{`"weight":3`, `"weight":100`, `"weight":101`},
		{`"weight":3`, `"weight":0`, `"weight":-1`},
	} {
		require.Contains(t, string(list), tt.have)
		for value, ok := range map[string]bool{tt.have: true, tt.holds: true, tt.breaks: false} {
			data := bytes.Replace(list, []byte(tt.have), []byte(value), 1)
			for who, err := range map[string]error{
				"pantograph":        decodeChecked(data, new(repos.GroupsInput), rtjson.Strict),
				"pantograph-inline": decodeCheckedInline(data, new(inline.GroupsInput)),
				"ogen":              decodeOgenStrict(data, new(ogen.Groups)),
			} {
				require.Equal(t, ok, err == nil, "%s of %s: %v", value, who, err)
			}
		}
	}
}
