package otc_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	as "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// knownDrift lists where recorded bodies differ from the documents, by recording. Each entry must be needed. All are bodies
// that the authors of a client made up for their tests; those of the reference itself have none.
var knownDrift = map[string][]string{
	"otcextensions-ListScalingActivityLogs.json": {"scaling_activity_log[0].scaling_value"}, // a number in a string
	"otcextensions-ListScalingConfigs.json": { // names of another time, and a misspelling
		"scaling_configurations[0].instance_config.metadate", "scaling_configurations[0].status", "scaling_configurations[0].tenant_id",
		"scaling_configurations[1].status", "scaling_configurations[1].tenant_id",
	},
	"otcextensions-ShowScalingGroup.1.json": {"scaling_group.health_periodic_audit_time"}, // a number in a string
	"otcextensions-ShowScalingGroup.2.json": {"scaling_group.health_periodic_audit_time"},
}

// beyond lists recorded requests with members that the operation does not have: the client they are from sends objects as
// it read them. The fake refuses them; TestReplayBeyondTheDocument sends them.
var beyond = map[string][]string{
	"otcextensions-CreateScalingPolicy.json": {"scaling_policy_id", "policy_status", "create_time"},
	"otcextensions-UpdateScalingPolicy.json": {"scaling_group_id", "policy_status", "create_time"},
}

// TestReplay sends each recorded request through the fake server to a replayer, and the recorded response back. What comes
// out must be what was recorded.
func TestReplay(t *testing.T) {
	for name, rec := range recorded.Load(t, "recordings") {
		if beyond[name] != nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			answer, drift, used := recorded.Replay(t, rec, connect, as.WithProjectID(recorded.Project(rec.Request.Path)))
			assert.True(t, used, "the client did not send the recorded request; the fake answered %d %s", answer.Code, answer.Body)
			assert.Equal(t, rec.Response.Status, answer.Code, "status; body: %s", answer.Body)
			if want := rec.Response.Bytes(); len(want) > 0 {
				assert.Empty(t, record.Equal(answer.Body.Bytes(), want), "the response loses something on its way (returned, recorded)")
			}
			assert.Equal(t, knownDrift[name], drift, "drift: where the recording differs from the document")
		})
	}
}

// TestReplayBeyondTheDocument sends what a request type does not have as members of the call, and gets back an answer whose
// members the document does not have either.
func TestReplayBeyondTheDocument(t *testing.T) {
	known := recorded.Load(t, "recordings")
	for name, extra := range beyond {
		t.Run(name, func(t *testing.T) {
			rec := known[name]
			require.NotNil(t, rec)
			replayer := record.NewReplayer(rec)
			client, err := as.New(as.WithEndpoint("https://replay.invalid"), as.WithTransport(replayer),
				as.WithProjectID(recorded.Project(rec.Request.Path)), as.WithoutRetry(), as.WithPresence(), clock)
			require.NoError(t, err)

			var body map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(rec.Request.Bytes(), &body))
			var opts []as.CallOption
			for _, member := range extra {
				opts = append(opts, as.WithBodyMember(member, body[member]))
				delete(body, member)
			}
			rest, err := json.Marshal(body)
			require.NoError(t, err)
			var answer json.Marshaler
			if rec.Operation == "CreateScalingPolicy" {
				var req as.CreatePolicyRequest
				require.NoError(t, as.DecodeStrict(rest, &req))
				answer, err = client.Policies.Create(context.Background(), &req, opts...)
			} else {
				var req as.UpdatePolicyRequest
				require.NoError(t, as.DecodeStrict(rest, &req))
				answer, err = client.Policies.Update(context.Background(), "fd7d63ce-8f5c-443e-b9a0-bef9386b23b3", &req, opts...)
			}
			require.NoError(t, err)
			assert.Empty(t, replayer.Unused())
			again, err := answer.MarshalJSON()
			require.NoError(t, err)
			assert.Empty(t, record.Equal(again, rec.Response.Bytes()), "the response loses something (returned, recorded)")
		})
	}
}

// TestRecordingsAreComplete holds the recordings to the index, and counts the operations they cover.
func TestRecordingsAreComplete(t *testing.T) {
	known := recorded.Complete(t, "recordings")
	operations := map[string]bool{}
	for _, rec := range known {
		operations[rec.Operation] = true
	}
	assert.Len(t, known, 66)
	assert.Len(t, operations, 50, "of 53; none is recorded of BatchDeleteScalingPolicies, BatchPauseScalingPolicies and DeleteScalingTagInfo")
}
