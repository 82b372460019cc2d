package huaweicloud_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
)

// plainGroups is the list of groups as people write it by hand for encoding/json.
type plainGroups struct {
	TotalNumber int          `json:"total_number"`
	StartNumber int          `json:"start_number"`
	Limit       int          `json:"limit"`
	Groups      []plainGroup `json:"scaling_groups"`
}

type plainGroup struct {
	Name                    string          `json:"scaling_group_name"`
	ID                      string          `json:"scaling_group_id"`
	Status                  string          `json:"scaling_group_status"`
	ConfigurationID         string          `json:"scaling_configuration_id"`
	ConfigurationName       string          `json:"scaling_configuration_name"`
	CurrentInstanceNumber   int             `json:"current_instance_number"`
	DesireInstanceNumber    int             `json:"desire_instance_number"`
	MinInstanceNumber       int             `json:"min_instance_number"`
	MaxInstanceNumber       int             `json:"max_instance_number"`
	CoolDownTime            int             `json:"cool_down_time"`
	ListenerID              string          `json:"lb_listener_id"`
	Listeners               []plainListener `json:"lbaas_listeners"`
	AvailableZones          []string        `json:"available_zones"`
	Networks                []plainNetwork  `json:"networks"`
	SecurityGroups          []plainID       `json:"security_groups"`
	CreateTime              time.Time       `json:"create_time"`
	VPCID                   string          `json:"vpc_id"`
	Detail                  *string         `json:"detail"`
	IsScaling               bool            `json:"is_scaling"`
	HealthMethod            string          `json:"health_periodic_audit_method"`
	HealthTime              int             `json:"health_periodic_audit_time"`
	HealthGrace             int             `json:"health_periodic_audit_grace_period"`
	InstanceTerminatePolicy string          `json:"instance_terminate_policy"`
	Notifications           []string        `json:"notifications"`
	DeletePublicIP          bool            `json:"delete_publicip"`
	DeleteVolume            bool            `json:"delete_volume"`
	CloudLocationID         string          `json:"cloud_location_id"`
	EnterpriseProjectID     string          `json:"enterprise_project_id"`
	ActivityType            string          `json:"activity_type"`
	MultiAZ                 string          `json:"multi_az_priority_policy"`
	IAMAgencyName           string          `json:"iam_agency_name"`
	Description             string          `json:"description"`
}

type plainListener struct {
	ListenerID   string `json:"listener_id"`
	PoolID       string `json:"pool_id"`
	ProtocolPort int    `json:"protocol_port"`
	Weight       int    `json:"weight"`
}

type plainNetwork struct {
	ID         string `json:"id"`
	IPv6Enable bool   `json:"ipv6_enable"`
}

type plainID struct {
	ID string `json:"id"`
}

// groupsPayload is a compact list of 100 groups of about 1.3 KB, made from the recorded one.
func groupsPayload(b *testing.B) []byte {
	b.Helper()
	data, err := os.ReadFile("recordings/huawei-ListScalingGroups.json")
	if err != nil {
		b.Fatal(err)
	}
	var rec struct {
		Response struct {
			Body struct {
				Groups []json.RawMessage `json:"scaling_groups"`
			} `json:"body"`
		} `json:"response"`
	}
	if err := json.Unmarshal(data, &rec); err != nil {
		b.Fatal(err)
	}
	var one bytes.Buffer
	if err := json.Compact(&one, rec.Response.Body.Groups[0]); err != nil {
		b.Fatal(err)
	}
	listeners := `"lbaas_listeners":[{"listener_id":"12ad10a8-0000-4b8a-8b0f-000000000001","pool_id":"5a0b1f8e-0000-4b8a-8b0f-000000000002","protocol_port":80,"weight":1}]`
	group := bytes.Replace(one.Bytes(), []byte(`"lbaas_listeners":[]`), []byte(listeners), 1)
	var out bytes.Buffer
	out.WriteString(`{"total_number":100,"start_number":0,"limit":100,"scaling_groups":[`)
	for i := range 100 {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(bytes.ReplaceAll(group, []byte("as-group"), fmt.Appendf(nil, "as-group-%02d", i)))
	}
	out.WriteString(`]}`)
	return out.Bytes()
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure reports process CPU time, the collector's included: the figure that a busy machine moves least.
func measure(b *testing.B, size int, op func() error) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		if err := op(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
}

func BenchmarkDecodeGroups(b *testing.B) {
	payload := groupsPayload(b)
	b.Run("pantograph", func(b *testing.B) {
		measure(b, len(payload), func() error { return new(as.ListGroupsResponse).UnmarshalJSON(payload) })
	})
	b.Run("encoding-json", func(b *testing.B) {
		measure(b, len(payload), func() error { return json.Unmarshal(payload, new(plainGroups)) })
	})
}

func BenchmarkEncodeCreateGroup(b *testing.B) {
	req := as.CreateGroupRequest{Name: "web", ConfigurationID: "cfg", VPCID: "vpc", Networks: []as.Network{{ID: "subnet"}},
		MinInstanceNumber: as.Some(0), MaxInstanceNumber: as.Some(10), CoolDownTime: as.Some(300)}
	b.Run("encode", func(b *testing.B) {
		measure(b, 0, func() error { _, err := req.MarshalJSON(); return err })
	})
	b.Run("validate", func(b *testing.B) { measure(b, 0, req.Validate) })
}
