package bench

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/bench/inline"
	"github.com/pantograph-go/pantograph/conformance/bench/ogen"
	"github.com/pantograph-go/pantograph/conformance/bench/plain"
	"github.com/pantograph-go/pantograph/conformance/bench/repos"
	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	rtjson "github.com/pantograph-go/pantograph/generated/rt/json"
	"github.com/pantograph-go/pantograph/generated/rt/record"
)

// payload is a body, and what it is read into.
type payload struct {
	name string
	data []byte
	models
}

// models make what a body is read into.
type models struct {
	ours   func() repos.Model
	inline func() inline.Model
	ogen   func() ogenModel
	plain  func() value
}

var (
	groupsModels = models{
		func() repos.Model { return new(repos.Groups) }, func() inline.Model { return new(inline.Groups) },
		func() ogenModel { return new(ogen.Groups) }, func() value { return new(plain.Groups) },
	}
	groupModels = models{
		func() repos.Model { return new(repos.OneGroup) }, func() inline.Model { return new(inline.OneGroup) },
		func() ogenModel { return new(ogen.OneGroup) }, func() value { return new(plain.OneGroup) },
	}
	repositoriesModels = models{
		func() repos.Model { return new(repos.Repositories) }, func() inline.Model { return new(inline.Repositories) },
		func() ogenModel { return new(ogen.Repositories) }, func() value { return new(plain.Repositories) },
	}
)

func payloads() []payload {
	return []payload{
		{"groups-compact", Groups(Compact), groupsModels},
		{"groups-pretty", Groups(Pretty), groupsModels},
		{"groups-shuffled", Groups(Shuffled), groupsModels},
		{"groups-mixed", Groups(Mixed), groupsModels},
		{"groups-unknown", Groups(Unknown), groupsModels},
		{"group", Group(), groupModels},
		{"repositories-compact", Repositories(Compact), repositoriesModels},
		{"repositories-pretty", Repositories(Pretty), repositoriesModels},
	}
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// warmUp is how long an operation runs before it is measured.
const warmUp = 20 * time.Millisecond

// measure reports the CPU time of the process, the collector's included: the figure that a busy machine moves least.
func measure(b *testing.B, name string, size int, op func() error) {
	b.Run(name, func(b *testing.B) {
		b.SetBytes(int64(size))
		b.ReportAllocs()
		// Some contenders compile on first use; and what others have left is given back now, by us, and not meanwhile by
		// the runtime, at the expense of whoever is measured.
		debug.FreeOSMemory()
		for begun := time.Now(); time.Since(begun) < warmUp; {
			if err := op(); err != nil {
				b.Fatal(err)
			}
		}
		start := cpu()
		for b.Loop() {
			if err := op(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, p := range payloads() {
		measure(b, p.name+"/pantograph", len(p.data), func() error { return repos.Decode(p.data, p.ours(), 0) })
		measure(b, p.name+"/pantograph-shared", len(p.data), func() error { return repos.Decode(p.data, p.ours(), rtjson.Alias) })
		measure(b, p.name+"/pantograph-inline", len(p.data), func() error { return inline.Decode(p.data, p.inline(), 0) })
		measure(b, p.name+"/pantograph-inline-shared", len(p.data), func() error { return inline.Decode(p.data, p.inline(), rtjson.Alias) })
		measure(b, p.name+"/ogen", len(p.data), func() error { return decodeOgen(p.data, p.ogen()) })
		for _, c := range contenders {
			measure(b, p.name+"/"+c.name, len(p.data), func() error { return c.decode(p.data, p.plain()) })
		}
	}
}

// A policy that runs every day.
var (
	policy = &repos.CreatePolicy{
		ScalingPolicyName: "as-policy-7a75", ScalingPolicyAction: &repos.Action{Operation: "ADD", InstanceNumber: 1}, CoolDownTime: 900,
		ScheduledPolicy:   &repos.Schedule{LaunchTime: "16:00", RecurrenceType: "Daily", StartTime: "2015-12-14T03:34Z", EndTime: "2015-12-27T03:34Z"},
		ScalingPolicyType: "RECURRENCE", ScalingGroupID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b",
	}
	inlinePolicy = &inline.CreatePolicy{
		ScalingPolicyName: "as-policy-7a75", ScalingPolicyAction: &inline.Action{Operation: "ADD", InstanceNumber: 1}, CoolDownTime: 900,
		ScheduledPolicy:   &inline.Schedule{LaunchTime: "16:00", RecurrenceType: "Daily", StartTime: "2015-12-14T03:34Z", EndTime: "2015-12-27T03:34Z"},
		ScalingPolicyType: "RECURRENCE", ScalingGroupID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b",
	}
	plainPolicy = &plain.CreatePolicy{
		ScalingPolicyName: "as-policy-7a75", ScalingPolicyAction: &plain.Action{Operation: "ADD", InstanceNumber: 1}, CoolDownTime: 900,
		ScheduledPolicy:   &plain.Schedule{LaunchTime: "16:00", RecurrenceType: "Daily", StartTime: "2015-12-14T03:34Z", EndTime: "2015-12-27T03:34Z"},
		ScalingPolicyType: "RECURRENCE", ScalingGroupId: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b",
	}
)

func BenchmarkEncode(b *testing.B) {
	measure(b, "create-policy/pantograph", 0, func() error { _, err := repos.Encode(policy); return err })
	measure(b, "create-policy/pantograph-inline", 0, func() error { _, err := inline.Encode(inlinePolicy); return err })
	measure(b, "create-policy/ogen", 0, func() error { encodeOgen(ogenPolicy); return nil })
	for _, c := range contenders {
		measure(b, "create-policy/"+c.name, 0, func() error { _, err := c.encode(plainPolicy); return err })
	}
	list := new(repos.Repositories)
	require.NoError(b, list.UnmarshalJSON(Repositories(Compact)))
	other := new(plain.Repositories)
	require.NoError(b, json.Unmarshal(Repositories(Compact), other))
	measure(b, "repositories/pantograph", 0, func() error { _, err := repos.Encode(list); return err })
	inlineList := new(inline.Repositories)
	require.NoError(b, inlineList.UnmarshalJSON(Repositories(Compact)))
	measure(b, "repositories/pantograph-inline", 0, func() error { _, err := inline.Encode(inlineList); return err })
	ogenList := new(ogen.Repositories)
	require.NoError(b, decodeOgen(Repositories(Compact), ogenList))
	measure(b, "repositories/ogen", 0, func() error { encodeOgen(ogenList); return nil })
	for _, c := range contenders {
		measure(b, "repositories/"+c.name, 0, func() error { _, err := c.encode(other); return err })
	}
}

// canned answers each request with a body.
type canned []byte

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(c)), Body: io.NopCloser(bytes.NewReader(c)), Request: r}, nil
}

// BenchmarkCall is a whole call, its answer decoded: over a transport in memory and over the loopback. Beside it is one
// written by hand on net/http and encoding/json.
func BenchmarkCall(b *testing.B) {
	one := Group()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(one)
	}))
	b.Cleanup(server.Close)
	ours := func(opts ...repos.Option) func() error {
		c, err := repos.New(append(opts, repos.WithInsecureHTTP())...)
		require.NoError(b, err)
		return func() error {
			_, err := c.Groups.Get(b.Context(), "project-7", "5bc3aa02-b83e-454c-aba1-4d2095c68f8b", &repos.GetGroupParams{Fields: repos.Some("all")})
			return err
		}
	}
	byHand := func(c *http.Client, endpoint string) func() error {
		return func() error {
			req, err := http.NewRequestWithContext(b.Context(), "GET", endpoint+"/"+url.PathEscape("project-7")+"/groups/"+url.PathEscape("5bc3aa02-b83e-454c-aba1-4d2095c68f8b")+"?"+url.Values{"fields": {"all"}}.Encode(), nil)
			if err != nil {
				return err
			}
			resp, err := c.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			return json.NewDecoder(resp.Body).Decode(new(plain.OneGroup))
		}
	}
	measure(b, "memory/pantograph", len(one), ours(repos.WithTransport(canned(one))))
	measure(b, "memory/ogen", len(one), callOgen(b, &http.Client{Transport: canned(one)}, "https://repositories.example"))
	measure(b, "memory/by-hand", len(one), byHand(&http.Client{Transport: canned(one)}, "https://repositories.example"))
	measure(b, "loopback/pantograph", len(one), ours(repos.WithEndpoint(server.URL)))
	measure(b, "loopback/ogen", len(one), callOgen(b, server.Client(), server.URL))
	measure(b, "loopback/by-hand", len(one), byHand(server.Client(), server.URL))
}

// BenchmarkDecodeStrict reads a list, refuses what the document does not allow, and checks all rules; an answer has no
// checks of rules, and records what was there.
func BenchmarkDecodeStrict(b *testing.B) {
	data := Groups(Compact)
	measure(b, "groups-compact/pantograph", len(data), func() error { return decodeChecked(data, new(repos.GroupsInput), rtjson.Strict) })
	measure(b, "groups-compact/pantograph-shared", len(data), func() error { return decodeChecked(data, new(repos.GroupsInput), rtjson.Strict|rtjson.Alias) })
	measure(b, "groups-compact/pantograph-answer", len(data), func() error { return repos.DecodeStrict(data, new(repos.Groups)) })
	measure(b, "groups-compact/pantograph-inline", len(data), func() error { return decodeCheckedInline(data, new(inline.GroupsInput)) })
	measure(b, "groups-compact/ogen", len(data), func() error { return decodeOgenStrict(data, new(ogen.Groups)) })
	measure(b, "groups-compact/jx", len(data), func() error { return decodeJX(data, new(plain.Groups)) })
}

// decodeChecked decodes strictly and validates.
func decodeChecked(data []byte, v *repos.GroupsInput, mode rtjson.Mode) error {
	if err := repos.Decode(data, v, mode); err != nil {
		return err
	}
	return v.Validate()
}

func decodeCheckedInline(data []byte, v *inline.GroupsInput) error {
	if err := inline.DecodeStrict(data, v); err != nil {
		return err
	}
	return v.Validate()
}

// BenchmarkRetained reports what stays in memory when one id of each of 1,000 lists of 130 KB is kept.
func BenchmarkRetained(b *testing.B) {
	const lists = 1000
	data := Groups(Compact)
	c, err := as.New(as.WithEndpoint("https://fake.invalid"), as.WithProjectID("p"), as.WithTransport(canned(data)), as.WithCredentials(as.StaticCredentials(as.Credentials{AccessKey: "a", SecretKey: "s"})))
	require.NoError(b, err)
	b.Run("groups-compact/pantograph", func(b *testing.B) {
		for b.Loop() {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept := make([]as.GroupID, 0, lists)
			for range lists {
				list, err := c.Groups.List(b.Context(), nil)
				require.NoError(b, err)
				kept = append(kept, list.Groups[len(kept)%count].ID)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/(1<<20), "MB-kept")
			runtime.KeepAlive(kept)
		}
	})
}

// All contenders read the same out of each payload, and so do the generated clients.
func TestContendersReadTheSame(t *testing.T) {
	for _, p := range payloads() {
		want := p.plain()
		require.NoError(t, json.Unmarshal(p.data, want))
		for _, c := range contenders {
			got := p.plain()
			require.NoError(t, c.decode(p.data, got), "%s: %s", p.name, c.name)
			require.Equal(t, want, got, "%s: %s", p.name, c.name)
		}
		for name, again := range map[string]func() ([]byte, error){
			"pantograph": func() ([]byte, error) {
				v := p.ours()
				require.NoError(t, v.UnmarshalJSON(p.data), p.name)
				return v.MarshalJSON()
			},
			"pantograph-inline": func() ([]byte, error) {
				v := p.inline()
				require.NoError(t, v.UnmarshalJSON(p.data), p.name)
				return v.MarshalJSON()
			},
			"ogen": func() ([]byte, error) {
				v := p.ogen()
				require.NoError(t, decodeOgenStrict(p.data, v), p.name)
				return encodeOgen(v), nil
			},
		} {
			text, err := again()
			require.NoError(t, err, "%s: %s", p.name, name)
			got := p.plain()
			require.NoError(t, json.Unmarshal(text, got), "%s: %s", p.name, name)
			require.Equal(t, want, got, "%s: %s", p.name, name)
		}
	}
}

// All contenders write the same.
func TestContendersWriteTheSame(t *testing.T) {
	want, err := policy.MarshalJSON()
	require.NoError(t, err)
	for _, c := range contenders {
		got, err := c.encode(plainPolicy)
		require.NoError(t, err)
		require.Empty(t, record.Equal(want, got), c.name)
	}
	require.Empty(t, record.Equal(want, encodeOgen(ogenPolicy)), "ogen")
}
