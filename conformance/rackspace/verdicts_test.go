package rackspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
	server := acceptingServer()
	for _, v := range list {
		route, ok := routes[v.Operation]
		require.True(t, ok, v.Operation)
		w := given(server, route.method, route.path, v.Body)
		refused := w.Code == http.StatusBadRequest
		require.True(t, refused || w.Code < 300, "%s: %d %s", v.Case, w.Code, w.Body)
		assert.Equal(t, v.Verdict == "reject", refused, "%s: %s: %d %s", v.Case, v.Body, w.Code, w.Body)
	}
}

// acceptingServer is a server that takes whatever generated code lets pass.
func acceptingServer() *autoscaletest.Server {
	return &autoscaletest.Server{
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
}

// given is what a server answers to a body.
func given(server http.Handler, method, path string, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w
}

// TestIntegersAreWrittenInDigits gives integers to generated code that the real server, to which 1.0 is a float, refuses,
// and numbers, which may be written as integers or not.
func TestIntegersAreWrittenInDigits(t *testing.T) {
	const (
		configuration = `{"name":"n","cooldown":%s,"minEntities":%s,"maxEntities":%s,"metadata":{}}`
		policy        = `[{"name":"p","type":"webhook","cooldown":%s,"%s":%s}]`
		launch        = `{"type":"launch_server","args":{"draining_timeout":%s,"loadBalancers":[{"loadBalancerId":%s,"port":%s}],"server":{"flavorRef":"2","imageRef":"i"}}}`
	)
	for _, c := range []struct {
		operation, form string
		of              []any
		refused         bool
	}{
		{"updateGroupConfig", configuration, []any{"60", "1", "2"}, false},
		{"updateGroupConfig", configuration, []any{"60.0", "1", "2"}, true},
		{"updateGroupConfig", configuration, []any{"6e1", "1", "2"}, true},
		{"updateGroupConfig", configuration, []any{"60", "1.0", "2"}, true},
		{"updateGroupConfig", configuration, []any{"60", "1", "2.0"}, true},
		{"updateGroupConfig", configuration, []any{"60", "-0", "2"}, false},
		{"createPolicies", policy, []any{"6.0", "change", "1"}, false},
		{"createPolicies", policy, []any{"6e1", "changePercent", "1.0"}, false},
		{"createPolicies", policy, []any{"6", "change", "1.0"}, true},
		{"createPolicies", policy, []any{"6", "desiredCapacity", "1.0"}, true},
		{"updateLaunchConfig", launch, []any{"30.0", "5", "80"}, false},
		{"updateLaunchConfig", launch, []any{"30", "5.0", "80"}, true},
		{"updateLaunchConfig", launch, []any{"30", "5", "80.0"}, true},
	} {
		route := routes[c.operation]
		body := fmt.Sprintf(c.form, c.of...)
		w := given(acceptingServer(), route.method, route.path, []byte(body))
		assert.Equal(t, c.refused, w.Code == http.StatusBadRequest, "%s: %d %s", body, w.Code, w.Body)
	}
}

// TestWhatIsWhiteInAName gives names to generated code that consist of one kind of space: to the server, those of ASCII
// are white.
func TestWhatIsWhiteInAName(t *testing.T) {
	route := routes["updateGroupConfig"]
	for name, refused := range map[string]bool{
		`\t\n\u000b\f\r `: true, ` \u00a0`: false, `\u0085`: false, `\u001c`: false, `\u00a0\u3000`: false, `\ufeff`: false, `\u2028`: false,
	} {
		w := given(acceptingServer(), route.method, route.path, []byte(`{"name":"`+name+`","cooldown":6,"minEntities":1,"maxEntities":2,"metadata":{}}`))
		assert.Equal(t, refused, w.Code == http.StatusBadRequest, "%s: %d %s", name, w.Code, w.Body)
	}
}
