package rackspace_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/internal/recorded"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// then is a time at which none of the schedules in recorded requests was over.
var then = time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)

// knownDrift lists where recorded bodies differ from the document, by recording. Each entry must be needed;
// errata.md gives the evidence.
var knownDrift = map[string][]string{
	// Of before the public release: what is in the state now stood in the group, and the state had an id.
	"listGroups.07.json": {
		"groups[0].active", "groups[0].activeCapacity", "groups[0].desiredCapacity", "groups[0].paused", "groups[0].pendingCapacity",
		"groups[1].active", "groups[1].activeCapacity", "groups[1].desiredCapacity", "groups[1].paused", "groups[1].pendingCapacity",
	},
	"getGroupState.07.json": {"group.id", "group.links"},
	// Servers without a flavor, flavors that are integers, and files that are no Base64: examples that the server would refuse.
	"getGroup.01.json":        {"group.launchConfiguration.args.server.flavorRef"},
	"getGroup.02.json":        {"group.launchConfiguration.args.server.flavorRef"},
	"getGroup.08.json":        {"group.launchConfiguration.args.server.personality[0].contents"},
	"getLaunchConfig.02.json": {"launchConfiguration.args.server.flavorRef", "launchConfiguration.args.server.personality[0].contents"},
	"getLaunchConfig.03.json": {"launchConfiguration.args.server.flavorRef"},
	"getLaunchConfig.04.json": {"launchConfiguration.args.server.personality[0].contents"},
	// Links that the server does not send here.
	"createPolicies.02.json": {"policies_links"},
	"createPolicies.06.json": {"policies_links"},
	"createWebhooks.02.json": {"webhooks_links"},
	"createWebhooks.04.json": {"webhooks_links"},
	// A sibling service spells the member so. It is read as the wait all the same.
	"listGroups.10.json": {"overLimit.retryAt"},
}

// knownLoss lists recordings whose answer a method cannot give back whole, with what is lost.
var knownLoss = map[string]string{
	// The methods return nothing, so that this is nothing lost.
	"executePolicy.01.json": "one is empty:  and {}",
	"executeWebhook.json":   "one is empty:  and {}",
	// The result is the list. WithResponseInto has the body.
	"createPolicies.02.json": "policies_links is in the second only: []",
	"createPolicies.06.json": "policies_links is in the second only: []",
	"createWebhooks.02.json": "webhooks_links is in the second only: []",
	"createWebhooks.04.json": "webhooks_links is in the second only: []",
}

// refused are requests that the server refuses today, and so do we.
var refused = map[string]bool{"updateLaunchConfig.05.json": true}

// dead are recordings of operations that are no longer there; see TestWhatIsDeadIsDescribed.
var dead = []string{"listServers.json", "getHistory.1.json", "getHistory.2.json"}

// TestReplay sends each recorded request through the fake server, which decodes it strictly, and from there with the
// client's own method, which validates it, to a replayer that wants exactly the recorded request; and the recorded answer back
// through both. What comes out must be what was recorded.
func TestReplay(t *testing.T) {
	for name, rec := range recordings(t) {
		if slices.Contains(dead, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			answer, drift, used := recorded.Replay(t, rec, connect)
			assert.Equal(t, rec.Response.Status, answer.Code, "status; body: %s", answer.Body)
			assert.Equal(t, !refused[name], used, "the client sends the recorded request; the fake answered %d %s", answer.Code, answer.Body)
			if want := rec.Response.Bytes(); len(want) > 0 {
				assert.Equal(t, knownLoss[name], record.Equal(answer.Body.Bytes(), want), "the answer loses something on its way (returned, recorded)")
			}
			assert.Equal(t, knownDrift[name], drift, "drift: where the recording differs from the document")
		})
	}
}

// connect makes a client and a fake server in front of it.
func connect(opts ...rt.Option) (http.Handler, error) {
	client, err := as.New(append(opts, as.WithTenantID("676873"), as.WithClock(func() time.Time { return then }))...)
	return recorded.Front(new(autoscaletest.Server), false, client, err)
}

// index says which recording holds which body of the reference.
type index struct {
	Bodies, Recordings int
	Fixtures           []struct{ Fixture, Operation, Kind, Recording string }
}

func readIndex(t testing.TB) index {
	t.Helper()
	data, err := os.ReadFile("recordings/index.json")
	require.NoError(t, err)
	var i index
	require.NoError(t, json.Unmarshal(data, &i))
	return i
}

// recordings loads the committed recordings by file name.
func recordings(t testing.TB) map[string]*record.Recording {
	t.Helper()
	out := map[string]*record.Recording{}
	for _, f := range readIndex(t).Fixtures {
		out[f.Recording] = nil
	}
	files, err := os.ReadDir("recordings")
	require.NoError(t, err)
	for _, f := range files {
		if f.Name() == "index.json" {
			continue
		}
		data, err := os.ReadFile("recordings/" + f.Name())
		require.NoError(t, err)
		rec := new(record.Recording) // not record.Decode: an answer may stand without its request
		require.NoError(t, json.Unmarshal(data, rec), f.Name())
		out[f.Name()] = rec
	}
	for name, rec := range out {
		require.NotNil(t, rec, name)
	}
	return out
}

// TestWhatIsDeadIsDescribed holds the answers of operations that no client has against the document: each member is described.
func TestWhatIsDeadIsDescribed(t *testing.T) {
	root, err := spec.Open(document)
	require.NoError(t, err)
	known := recordings(t)
	for _, name := range dead {
		var body any
		require.NoError(t, json.Unmarshal(known[name].Response.Body, &body))
		for _, op := range root.Operations() {
			if op.Get("operationId").Text() == known[name].Operation {
				assert.Equal(t, "true", op.Get("deprecated").Text())
				answer := op.Get("responses", strconv.Itoa(known[name].Response.Status))
				described(t, answer.Get("content", "application/json", "schema"), body, name)
			}
		}
	}
}

// described reports members of a value that its schema does not have.
func described(t *testing.T, s spec.Place, v any, at string) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			property := s.Property(name)
			if assert.True(t, property.Found(), "%s.%s", at, name) {
				described(t, property, member, at+"."+name)
			}
		}
	case []any:
		for _, item := range v {
			described(t, s.Get("items"), item, at+"[]")
		}
	default:
		assert.True(t, s.States(), "%s: a type", at)
	}
}

// TestRecordingsAreComplete holds the recordings to the index: every body of the reference is in one, and every operation that
// works has one.
func TestRecordingsAreComplete(t *testing.T) {
	i, known := readIndex(t), recordings(t)
	assert.Len(t, i.Fixtures, 147)
	assert.Equal(t, i.Bodies, len(i.Fixtures))
	assert.Equal(t, i.Recordings, len(known))
	for _, f := range i.Fixtures {
		rec := known[f.Recording]
		assert.Equal(t, f.Operation, rec.Operation, f.Fixture)
		assert.True(t, strings.HasPrefix(f.Fixture, f.Operation+"."+f.Kind), f.Fixture)
		body := rec.Response.Body
		if f.Kind == "request" {
			body = rec.Request.Body
		}
		assert.NotEmpty(t, body, f.Fixture)
	}
	operations := map[string]bool{}
	for name, rec := range known {
		if !slices.Contains(dead, name) {
			operations[rec.Operation] = true
		}
	}
	assert.Len(t, operations, 26)
}
