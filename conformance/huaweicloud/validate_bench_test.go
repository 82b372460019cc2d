package huaweicloud_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
)

// fullGroup is a request with a value for most members, and for all that rules between members look at.
func fullGroup() *as.CreateGroupRequest {
	return &as.CreateGroupRequest{
		Name: "web-frontend", ConfigurationID: "47683a91-93ee-462a-a7d7-484c006f4440", VPCID: "863ccae2-ee85-4d27-bc5b-3ba2a198a9e2",
		MinInstanceNumber: as.Some(0), DesireInstanceNumber: as.Some(2), MaxInstanceNumber: as.Some(10), CoolDownTime: as.Some(200),
		LBaaSListeners:            []as.LBaaSListener{{PoolID: "2f7a1f4c-1b2f-4f6e-a0f1-7d5c0f8a1f11", ProtocolPort: 8080, Weight: 1}},
		Networks:                  []as.Network{{ID: "2daf6ba6-fb24-424a-b5b8-c554fab95f15"}, {ID: "3d1c8a1b-4b0d-4a43-8d0c-3f7a7a9d7c11"}},
		SecurityGroups:            []as.SecurityGroup{{ID: "8c2df1c2-8a5e-4fd0-8b0f-7a2a6c0a1c55"}},
		Tags:                      []as.GroupTag{{Key: "env", Value: as.Some("prod")}, {Key: "team", Value: as.Some("web")}},
		HealthPeriodicAuditMethod: as.Some(as.HealthAuditMethodELBAudit), HealthPeriodicAuditGracePeriod: as.Some(600),
	}
}

// fullPolicy is a policy that is carried out every week.
func fullPolicy() *as.CreatePolicyRequest {
	start := time.Now().UTC().Truncate(time.Minute).Add(24 * time.Hour)
	return &as.CreatePolicyRequest{
		Name: "weekly", GroupID: "77a7a397-7d2f-4e79-9da9-6a35e2709150", Type: as.PolicyTypeRecurrence, CoolDownTime: as.Some(300),
		ScheduledPolicy: &as.ScheduledPolicy{
			LaunchTime: time.Date(0, 1, 1, 16, 0, 0, 0, time.UTC), RecurrenceType: as.Some(as.RecurrenceTypeWeekly), RecurrenceValue: as.Some([]int{1, 3, 5}),
			StartTime: as.Some(start), EndTime: as.Some(start.Add(28 * 24 * time.Hour)),
		},
		Action: &as.PolicyAction{Operation: as.Some(as.PolicyOperationAdd), InstanceNumber: as.Some(1)},
	}
}

// A valid request costs no allocation, rules between members included.
func TestValidRequestsCostNoAllocation(t *testing.T) {
	group, policy := fullGroup(), fullPolicy()
	require.NoError(t, group.Validate())
	require.NoError(t, policy.Validate())
	require.Zero(t, testing.AllocsPerRun(200, func() {
		if group.Validate() != nil || policy.Validate() != nil {
			t.Fail()
		}
	}))
}

func BenchmarkValidate(b *testing.B) {
	for name, validate := range map[string]func() error{"create-group": fullGroup().Validate, "create-policy": fullPolicy().Validate} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := validate(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// carriedOut reads each request, and answers that it is carried out.
type carriedOut struct{}

func (carriedOut) RoundTrip(r *http.Request) (*http.Response, error) {
	_, _ = io.Copy(io.Discard, r.Body)
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(`{"scaling_group_id":"g","scaling_policy_id":"p"}`)), Request: r}, nil
}

// What validation is measured against: a call that is encoded, sent in memory and answered.
func BenchmarkCallInMemory(b *testing.B) {
	client, err := as.New(as.WithEndpoint("https://fake.invalid"), as.WithProjectID("p"), as.WithTransport(carriedOut{}), as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "a", SecretKey: "s"})))
	require.NoError(b, err)
	group, policy := fullGroup(), fullPolicy()
	for name, call := range map[string]func(opts ...as.CallOption) error{
		"create-group": func(opts ...as.CallOption) error {
			_, err := client.Groups.Create(b.Context(), group, opts...)
			return err
		},
		"create-policy": func(opts ...as.CallOption) error {
			_, err := client.Policies.Create(b.Context(), policy, opts...)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := call(as.WithoutValidation()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
