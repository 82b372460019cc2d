package rackspace_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	"github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// transport is a function as a round tripper.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	if strings.HasPrefix(body, "{") {
		h.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

func client(t *testing.T, answer func(r *http.Request) *http.Response, opts ...as.Option) *as.Client {
	t.Helper()
	c, err := as.New(append([]as.Option{as.WithRegion(as.RegionORD), as.WithTenantID("676873"), as.WithAPIKey("secret-token"),
		as.WithTransport(transport(func(r *http.Request) (*http.Response, error) { return answer(r), nil }))}, opts...)...)
	require.NoError(t, err)
	return c
}

// TestTheProgramOfTheGuide does what the guide walks through, against the fake server.
func TestTheProgramOfTheGuide(t *testing.T) {
	ctx := context.Background()
	var policies []as.Policy
	server := &autoscaletest.Server{
		CreateGroup: func(_ context.Context, req *as.CreateGroupRequest) (*as.Group, error) {
			return &as.Group{ID: "g-1", LaunchConfiguration: req.LaunchConfiguration}, nil
		},
		CreatePolicy: func(_ context.Context, group as.GroupID, req []as.PolicyRequest) ([]as.Policy, error) {
			for i, p := range req {
				policies = append(policies, as.Policy{ID: as.PolicyID(fmt.Sprintf("p-%d", i)), Name: p.Name, Type: p.Type, Change: p.Change})
			}
			return policies, nil
		},
		ExecutePolicy:  func(context.Context, as.GroupID, as.PolicyID) error { return nil },
		ExecuteWebhook: func(context.Context, string, as.CapabilityHash) error { return nil },
		DeleteGroup:    func(context.Context, as.GroupID, *as.DeleteGroupParams) error { return nil },
	}
	c, err := server.Client(as.WithTenantID("676873"))
	require.NoError(t, err)
	g, err := c.Groups.Create(ctx, &as.CreateGroupRequest{
		GroupConfiguration: as.GroupConfigurationCreate{Name: "web", Cooldown: 60, MinEntities: 2},
		LaunchConfiguration: &as.LaunchServerConfiguration{Args: as.LaunchServerArgs{
			Server:        as.ServerTemplate{FlavorRef: "3", ImageRef: as.Some("img"), Personality: []as.PersonalityFile{{Path: "/etc/motd", Contents: []byte("hi")}}},
			LoadBalancers: []as.LoadBalancer{{ID: as.LoadBalancerIDInt(1234), Port: as.Some(80)}},
		}},
	})
	require.NoError(t, err)
	_, isServer := g.LaunchConfiguration.(*as.LaunchServerConfiguration)
	assert.True(t, isServer, "%T", g.LaunchConfiguration)
	made, err := c.Policies.Create(ctx, g.ID, []as.PolicyRequest{{Name: "up", Type: as.PolicyTypeWebhook, Cooldown: 60, Change: as.Some(2)}})
	require.NoError(t, err)
	require.NoError(t, c.Policies.Execute(ctx, g.ID, made[0].ID))
	require.NoError(t, c.Webhooks.Execute(ctx, "1", "4f76"))
	require.NoError(t, c.Groups.Delete(ctx, g.ID, &as.DeleteGroupParams{Force: as.Some(true)}))

	var lines []string
	for _, r := range server.Requests() {
		lines = append(lines, strings.TrimSpace(r.Method+" "+r.Path+" "+string(r.Body)))
	}
	assert.Equal(t, []string{
		`POST /v1.0/676873/groups {"groupConfiguration":{"name":"web","cooldown":60,"minEntities":2},"launchConfiguration":{"type":"launch_server","args":{"server":{"flavorRef":"3","imageRef":"img","personality":[{"path":"/etc/motd","contents":"aGk="}]},"loadBalancers":[{"loadBalancerId":1234,"port":80}]}}}`,
		`POST /v1.0/676873/groups/g-1/policies [{"name":"up","type":"webhook","cooldown":60,"change":2}]`,
		`POST /v1.0/676873/groups/g-1/policies/p-0/execute`,
		`POST /v1.0/execute/1/4f76`,
		`DELETE /v1.0/676873/groups/g-1`,
	}, lines)
}

func TestACapabilityTakesNoToken(t *testing.T) {
	var seen []string
	c := client(t, func(r *http.Request) *http.Response {
		seen = append(seen, r.URL.Path+" "+r.Header.Get("X-Auth-Token"))
		return response(202, "")
	})
	require.NoError(t, c.Webhooks.Execute(context.Background(), "1", "4f76"))
	require.NoError(t, c.Policies.Execute(context.Background(), "g", "p"))
	assert.Equal(t, []string{"/v1.0/execute/1/4f76 ", "/v1.0/676873/groups/g/policies/p/execute secret-token"}, seen)
}

func TestCapabilitiesAreSecret(t *testing.T) {
	hook := as.Webhook{ID: "w", Links: []as.WebhookLink{{Href: "https://ord.autoscale.api.rackspacecloud.com/v1.0/execute/1/4f76/", Rel: as.LinkRelationCapability}}}
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v %v", hook, hook, &hook, []as.Webhook{hook}), "4f76")
}

// TestPagesAreFollowedByTheirLinks: links end with a slash before the query, are followed as they are, at home alone, and the
// last page may be empty.
func TestPagesAreFollowedByTheirLinks(t *testing.T) {
	const home = "https://ord.autoscale.api.rackspacecloud.com/v1.0/676873/groups/"
	var asked []string
	pages := map[string]string{
		"":                 `{"groups":[{"id":"a"},{"id":"b"}],"groups_links":[{"href":"` + home + `?limit=2&marker=b","rel":"next"}]}`,
		"limit=2&marker=b": `{"groups":[{"id":"c"},{"id":"d"}],"groups_links":[{"href":"` + home + `","rel":"self"},{"href":"` + home + `?limit=2&marker=d","rel":"next"}]}`,
		"limit=2&marker=d": `{"groups":[],"groups_links":[]}`,
	}
	c := client(t, func(r *http.Request) *http.Response {
		asked = append(asked, r.URL.Path+"?"+r.URL.RawQuery)
		assert.Equal(t, "secret-token", r.Header.Get("X-Auth-Token"))
		return response(200, pages[r.URL.RawQuery])
	})
	var ids []as.GroupID
	for g, err := range c.Groups.All(context.Background(), nil) {
		require.NoError(t, err)
		ids = append(ids, g.ID)
	}
	assert.Equal(t, []as.GroupID{"a", "b", "c", "d"}, ids)
	assert.Equal(t, []string{"/v1.0/676873/groups?", "/v1.0/676873/groups/?limit=2&marker=b", "/v1.0/676873/groups/?limit=2&marker=d"}, asked)

	pages[""] = `{"groups":[{"id":"a"}],"groups_links":[{"href":"https://ord.autoscale.example.com/v1.0/676873/groups/?marker=a","rel":"next"}]}`
	var last error
	for _, err := range c.Groups.All(context.Background(), nil) {
		last = err
	}
	assert.Error(t, last, "a link that leads elsewhere is not followed")
}

// TestFailuresOfAllLayers: whoever answers, the error says what it means.
func TestFailuresOfAllLayers(t *testing.T) {
	now := time.Date(2015, 12, 2, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		answer *http.Response
		code   as.Code
		class  error
		wait   time.Duration
	}{
		{"the service", response(404, `{"error":{"message":"No such scaling group","code":404,"type":"NoSuchScalingGroupError","details":""}}`, "X-Response-Id", "r1"), as.CodeNoSuchScalingGroupError, as.ErrNotFound, 0},
		{"a quota", response(422, `{"error":{"message":"m","code":422,"type":"ScalingGroupOverLimitError","details":""}}`), as.CodeScalingGroupOverLimitError, as.ErrQuotaExceeded, 0},
		{"a quota, as the guide calls it", response(422, `{"error":{"message":"m","code":422,"type":"ScalingGroupOverLimitsError","details":""}}`), as.CodeScalingGroupOverLimitError, as.ErrQuotaExceeded, 0},
		{"a cooldown", response(403, `{"error":{"message":"Cooldowns not met.","code":403,"type":"CannotExecutePolicyError","details":""}}`), as.CodeCannotExecutePolicyError, as.ErrBusy, 0},
		{"the gateway, a date", response(413, `{"overLimit":{"code":413,"message":"OverLimit Retry...","details":"Error Details...","retryAfter":"2015-12-02T05:00:28Z"}}`, "Retry-After", "Wed, 02 Dec 2015 05:00:30 GMT"), as.CodeRateLimitError, as.ErrRateLimited, 30 * time.Second},
		{"the gateway, a wait in the body", response(413, `{"overLimit":{"code":413,"message":"OverLimit Retry...","retryAfter":"2015-12-02T05:00:28Z"}}`), as.CodeRateLimitError, as.ErrRateLimited, 28 * time.Second},
		{"a sibling of the gateway", response(413, `{"overLimit":{"code":413,"message":"m","retryAt":"2015-12-02T05:00:07Z"}}`), as.CodeRateLimitError, as.ErrRateLimited, 7 * time.Second},
		{"the gateway, no body", response(413, ""), "", as.ErrRateLimited, 0},
		{"the gateway, another status", response(429, "slow"), "", as.ErrRateLimited, 0},
		{"the gateway, text", response(401, "Unable to validate token"), "", as.ErrUnauthenticated, 0},
		{"identity", response(401, `{"unauthorized":{"code":401,"message":"Unable to authenticate user."}}`), as.CodeInvalidCredentials, as.ErrUnauthenticated, 0},
		{"the framework", response(405, "<html>no</html>"), "", as.ErrInvalid, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := client(t, func(*http.Request) *http.Response { return c.answer }, as.WithoutRetry(), as.WithClock(func() time.Time { return now }))
			_, err := cl.Groups.Get(context.Background(), "g", nil)
			var failure *as.Error
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, string(c.code), failure.Code)
			assert.True(t, errors.Is(err, c.class), "class %q", failure.Class)
			assert.Equal(t, c.wait, failure.RetryAfter)
			assert.True(t, c.code == "" || c.code.Is(err))
			if c.name == "the service" {
				assert.Equal(t, "r1", failure.RequestID)
			}
		})
	}
}

// TestTooManyCallsAreRepeated: nothing was executed, so that even a POST is.
func TestTooManyCallsAreRepeated(t *testing.T) {
	n := 0
	c := client(t, func(*http.Request) *http.Response {
		if n++; n == 1 {
			return response(413, `{"overLimit":{"code":413,"message":"m"}}`, "Retry-After", time.Now().UTC().Format(http.TimeFormat))
		}
		return response(202, "{}")
	}, as.WithRetry(as.RetryPolicy{Base: time.Nanosecond}))
	require.NoError(t, c.Policies.Execute(context.Background(), "g", "p"))
	assert.Equal(t, 2, n)
}

// TestWhatIsNotKnownSurvivesAnUpdate reads a launch configuration and sends it back: members that nobody described, values
// that were not asked about and a file in Base64 are what they were.
func TestWhatIsNotKnownSurvivesAnUpdate(t *testing.T) {
	const stored = `{"type":"launch_server","args":{"server":{"flavorRef":"2","imageRef":"i","personality":[{"path":"/a","contents":"aGk="}],"user_data":"aGk=","security_groups":[{"name":"x"}]},"draining_timeout":30.5,"loadBalancers":[{"loadBalancerId":"35635","port":80}]}}`
	var sent string
	c := client(t, func(r *http.Request) *http.Response {
		if r.Method == http.MethodGet {
			return response(200, `{"launchConfiguration":`+stored+`}`)
		}
		body, _ := io.ReadAll(r.Body)
		sent = string(body)
		return response(204, "")
	})
	lc, err := c.LaunchConfigurations.Get(context.Background(), "g")
	require.NoError(t, err)
	require.NoError(t, c.LaunchConfigurations.Update(context.Background(), "g", lc))
	assert.JSONEq(t, stored, sent)
}
