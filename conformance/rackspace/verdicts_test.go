package rackspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// verdict is what the validators of the real server said to the body of a request.
type verdict struct {
	Case      string          `json:"case"`
	Row       string          `json:"row"` // of the rules
	Operation string          `json:"operation"`
	Verdict   string          `json:"verdict"`
	Body      json.RawMessage `json:"body"`
}

// readVerdicts reads the verdicts, in their order.
func readVerdicts(t testing.TB) []verdict {
	t.Helper()
	text, err := os.ReadFile("testdata/verdicts.json")
	require.NoError(t, err)
	var list struct{ Cases []verdict }
	require.NoError(t, json.Unmarshal(text, &list))
	return list.Cases
}

// routes are the operations that the verdicts are about. The launch check is a second look at the same body.
var routes = map[string]struct{ method, path string }{
	"createGroup":        {"POST", "/v1.0/676873/groups"},
	"updateGroupConfig":  {"PUT", "/v1.0/676873/groups/g/config"},
	"updateLaunchConfig": {"PUT", "/v1.0/676873/groups/g/launch"},
	"launchCheck":        {"PUT", "/v1.0/676873/groups/g/launch"},
	"createPolicies":     {"POST", "/v1.0/676873/groups/g/policies"},
	"updatePolicy":       {"PUT", "/v1.0/676873/groups/g/policies/p"},
	"createWebhooks":     {"POST", "/v1.0/676873/groups/g/policies/p/webhooks"},
	"updateWebhook":      {"PUT", "/v1.0/676873/groups/g/policies/p/webhooks/w"},
}

// TestVerdictsOfTheServer gives the bodies to generated code, which decodes them strictly and validates them: it accepts and
// refuses what the real server accepted and refused.
func TestVerdictsOfTheServer(t *testing.T) {
	list := readVerdicts(t)
	require.Len(t, list, 326)
	server := &autoscaletest.Server{
		CreateGroup:               func(context.Context, *as.CreateGroupRequest) (*as.Group, error) { return new(as.Group), nil },
		UpdateConfiguration:       func(context.Context, as.GroupID, *as.GroupConfigurationUpdate) error { return nil },
		UpdateLaunchConfiguration: func(context.Context, as.GroupID, as.LaunchConfiguration) error { return nil },
		CreatePolicy:              func(context.Context, as.GroupID, []as.PolicyRequest) ([]as.Policy, error) { return nil, nil },
		UpdatePolicy:              func(context.Context, as.GroupID, as.PolicyID, *as.PolicyRequest) error { return nil },
		CreateWebhook: func(context.Context, as.GroupID, as.PolicyID, []as.WebhookCreate) ([]as.Webhook, error) {
			return nil, nil
		},
		UpdateWebhook: func(context.Context, as.GroupID, as.PolicyID, as.WebhookID, *as.WebhookUpdate) error {
			return nil
		},
	}
	for _, v := range list {
		route, ok := routes[v.Operation]
		require.True(t, ok, v.Operation)
		r := httptest.NewRequest(route.method, route.path, bytes.NewReader(v.Body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		refused := w.Code == http.StatusBadRequest
		require.True(t, refused || w.Code < 300, "%s: %d %s", v.Case, w.Code, w.Body)
		assert.Equal(t, v.Verdict == "reject", refused, "%s: %s: %d %s", v.Case, v.Body, w.Code, w.Body)
	}
}
