package conformance

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
)

// answering is a transport that answers from memory. It takes two allocations for an answer.
type answering struct {
	header http.Header
	text   string
}

type answeringBody struct{ strings.Reader }

func (*answeringBody) Close() error { return nil }

func (a *answering) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body.Close()
	}
	body := new(answeringBody)
	body.Reset(a.text)
	return &http.Response{StatusCode: http.StatusOK, Header: a.header, Body: body, ContentLength: int64(len(a.text)), Request: r}, nil
}

const oneGroup = `{"scaling_group_name":"web","scaling_group_id":"g1","scaling_group_status":"INSERVICE","vpc_id":"0b0e2f6e-5d0c-4a1c-9f0e-2a3b4c5d6e7f",` +
	`"networks":[{"id":"n1"}],"security_groups":[{"id":"s1"}],"available_zones":["a","b"],"create_time":"2026-01-02T03:04:05Z","min_instance_number":1,"is_scaling":true}`

// What calls and their answers take, in allocations, the two of the transport included, and one or two more where the race
// detector has pools forget. Whoever needs more says why here.
func TestAllocationsOfCalls(t *testing.T) {
	groups := `{"scaling_groups":[` + strings.Repeat(oneGroup+",", 99) + oneGroup + `],"total_number":100}`
	credentials := as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "access", SecretKey: strings.Repeat("s", 40)}))
	untimed := as.WithAttemptTimeout(0)
	get := func(c *as.Client) (any, error) { return c.Groups.Get(t.Context(), "g1") }
	list := func(c *as.Client) (any, error) {
		return c.Groups.List(t.Context(), &as.ListGroupsParams{Name: as.Some("web"), Limit: as.Some(100)})
	}
	create := func(c *as.Client) (any, error) {
		return c.Policies.Create(t.Context(), &as.CreatePolicyRequest{
			Name: "busy", GroupID: "g1", Type: as.PolicyTypeAlarm, AlarmID: as.Some(as.AlarmID("al12345678")), CoolDownTime: as.Some(300),
			Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationAdd), InstanceNumber: as.Some(1)},
		})
	}
	for _, tt := range []struct {
		name   string
		most   float64
		answer string
		call   func(*as.Client) (any, error)
		opts   []as.Option
	}{
		{"get, no timeout, no credentials", 14, `{"scaling_group":` + oneGroup + `}`, get, []as.Option{untimed}},
		{"get, no credentials", 14, `{"scaling_group":` + oneGroup + `}`, get, nil},
		{"get, signed", 17, `{"scaling_group":` + oneGroup + `}`, get, []as.Option{credentials}},
		{"create, signed", 21, `{"scaling_policy_id":"p1"}`, create, []as.Option{credentials}},
		{"list of 100, signed", 60, groups, list, []as.Option{credentials}},
	} {
		tr := &answering{http.Header{"Content-Type": {"application/json"}, "X-Request-Id": {"r1"}}, tt.answer}
		c, err := as.New(append(tt.opts, as.WithRegion(as.RegionCNNorth4), as.WithProjectID("p1"), as.WithTransport(tr))...)
		require.NoError(t, err)
		n := testing.AllocsPerRun(100, func() {
			if _, err := tt.call(c); err != nil {
				t.Fatal(err)
			}
		})
		assert.LessOrEqual(t, n, tt.most, tt.name)
	}
}
