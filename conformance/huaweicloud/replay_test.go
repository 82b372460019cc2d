package huaweicloud_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	"github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling/autoscalingtest"
	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// knownDrift lists where recorded bodies differ from the documents, by recording. Each entry must be
// needed; errata.md gives the evidence.
var knownDrift = map[string][]string{
	// The example spells the member in two ways; both documents and SDK say available_zones.
	"huawei-ShowScalingGroup.json": {"scaling_group.avaiable_zones"},
	// The API Explorer's example wraps the object in the name of the list.
	"huawei-ShowScalingConfig.json": {"scaling_configuration", "scaling_configurations"},
}

// knownLoss lists recordings whose response a method cannot give back whole, with what is lost.
var knownLoss = map[string]string{
	// The object stands under a name that the documents do not have, so there is no result to return:
	// spec/huaweicloud/autoscaling/v1/errata.md. WithResponseInto has the body.
	"huawei-ShowScalingConfig.json": "scaling_configuration is in the first only: {}",
}

// then is a time at which none of the recorded requests was late: some schedules begin and end soon after it.
var then = time.Date(2015, 12, 14, 0, 0, 0, 0, time.UTC)

// TestReplay sends each recorded request through the fake server (which decodes it strictly), from there with the client's
// own method (which validates it) to a replayer that wants exactly the recorded request, and the recorded response back
// through both. What comes out must be what was recorded.
func TestReplay(t *testing.T) {
	for name, rec := range recordings(t) {
		if rec.Request.Method == "" || strings.HasPrefix(rec.Request.Path, "/v3/") {
			continue // errors without a request, and the identity service: tests of their own
		}
		t.Run(name, func(t *testing.T) {
			answer, drift, used := recorded.Replay(t, rec, connect, as.WithProjectID(recorded.Project(rec.Request.Path)), as.WithClock(func() time.Time { return then }))
			assert.True(t, used, "the client did not send the recorded request; the fake answered %d %s", answer.Code, answer.Body)
			assert.Equal(t, rec.Response.Status, answer.Code, "status; body: %s", answer.Body)
			if want := rec.Response.Bytes(); len(want) > 0 {
				assert.Equal(t, knownLoss[name], record.Equal(answer.Body.Bytes(), want), "the response loses something on its way (returned, recorded)")
			}
			assert.Equal(t, knownDrift[name], drift, "drift: where the recording differs from the document")
		})
	}
}

// connect makes a client and a fake server in front of it.
func connect(opts ...rt.Option) (http.Handler, error) {
	client, err := as.New(opts...)
	return recorded.Front(new(autoscalingtest.Server), false, client, err)
}

// recordings loads the committed recordings by file name.
func recordings(t *testing.T) map[string]*record.Recording { return recorded.Load(t, "recordings") }

// TestRecordingsAreComplete holds the recordings to the index: nothing is skipped, nothing is extra.
func TestRecordingsAreComplete(t *testing.T) {
	known := recorded.Complete(t, "recordings")
	operations := map[string]bool{}
	for _, rec := range known {
		if rec.Request.Method != "" && rec.Provider != "keystone" {
			operations[rec.Operation] = true
		}
	}
	assert.Len(t, known, 84)
	assert.Len(t, operations, 71, "every operation has a recorded request")
}

// TestRecordedErrors replays the recorded error bodies and says what each means.
func TestRecordedErrors(t *testing.T) {
	meaning := map[string]struct {
		code  string
		class rt.Class
	}{
		"errors-flat-error-code-error-msg.json":                    {"AS.0001", as.ErrInternal},
		"errors-nested-batch-delete-message-is-json.json":          {"AS.1038", as.ErrInvalid},
		"errors-nested-code-message.json":                          {"AS.0001", as.ErrInternal},
		"errors-nested-group-not-found.json":                       {"AS.2007", as.ErrNotFound},
		"errors-nested-recorded-create-group-security-groups.json": {"AS.2025", as.ErrQuotaExceeded},
		"errors-nested-recorded-extra-null-members.json":           {"AS.2057", as.ErrConflict},
		"errors-nested-recorded-resume-no-config.json":             {"AS.2018", as.ErrConflict},
	}
	known := recordings(t)
	list := known["huawei-ListScalingGroups.json"]
	for name, want := range meaning {
		t.Run(name, func(t *testing.T) {
			rec := known[name]
			require.NotNil(t, rec)
			call := *list
			call.Response = rec.Response
			call.Response.Headers = record.Headers{"X-Request-Id": {"4f2a"}}
			client, err := as.New(as.WithEndpoint("https://replay.invalid"), as.WithTransport(record.NewReplayer(&call)),
				as.WithProjectID(recorded.Project(call.Request.Path)), as.WithoutRetry())
			require.NoError(t, err)
			_, err = client.Groups.List(context.Background(), &as.ListGroupsParams{
				Name: as.Some(call.Request.Query["scaling_group_name"][0]), ConfigurationID: as.Some(as.ConfigurationID(call.Request.Query["scaling_configuration_id"][0])),
			})
			var failure *as.Error
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, rec.Response.Status, failure.Status)
			assert.Equal(t, want.code, failure.Code)
			assert.NotEmpty(t, failure.Message)
			assert.Equal(t, "4f2a", failure.RequestID)
			assert.True(t, errors.Is(err, want.class), "class is %q", failure.Class)
			assert.Empty(t, record.Equal(failure.Body, rec.Response.Bytes()), "the body is kept")
		})
	}
}

// TestAMismatchIsNotRepeated: what no recording fits now, none fits in a second.
func TestAMismatchIsNotRepeated(t *testing.T) {
	client, err := as.New(as.WithEndpoint("https://replay.invalid"), as.WithProjectID("p"), as.WithTransport(autoscalingtest.NewReplayer()))
	require.NoError(t, err)
	_, err = client.Quotas.Get(context.Background())
	require.ErrorContains(t, err, "no recording is left")
	require.NotContains(t, err.Error(), "attempts")
}
