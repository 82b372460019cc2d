package json

import (
	stdjson "encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Each benchmark runs the contenders on one payload side by side. On a shared machine look at cpu-ns/op:
// it counts the collector, and not the neighbours.
//
//	go test -run '^$' -bench Decode -benchtime 200ms -count 6 ./generator/rt/json

func bench(b *testing.B, name string, bytes int, f func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(bytes))
		start := cpu()
		for b.Loop() {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
	})
}

// cpu returns the CPU time that the process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkDecode(b *testing.B) {
	p := makePayloads(100)
	for _, c := range []struct {
		name string
		data []byte
		v    func() Ref
		std  func() any
	}{
		{"compact", p.compact, func() Ref { return new(groupList).ref() }, func() any { return new(groupList) }},
		{"pretty", p.pretty, func() Ref { return new(groupList).ref() }, func() any { return new(groupList) }},
		{"shuffled", p.shuffled, func() Ref { return new(groupList).ref() }, func() any { return new(groupList) }},
		{"unknown", p.unknown, func() Ref { return new(groupList).ref() }, func() any { return new(groupList) }},
		{"one", p.one, func() Ref { return new(group).ref() }, func() any { return new(group) }},
	} {
		bench(b, c.name+"/std", len(c.data), func() error { return stdjson.Unmarshal(c.data, c.std()) })
		bench(b, c.name+"/copy", len(c.data), func() error { return Decode(c.data, c.v(), DecodeOptions{}) })
		bench(b, c.name+"/alias", len(c.data), func() error { return Decode(c.data, c.v(), DecodeOptions{Mode: Alias}) })
		if c.name == "compact" {
			bench(b, c.name+"/report", len(c.data), func() error { return Decode(c.data, c.v(), DecodeOptions{Report: func(Deviation) {}}) })
			bench(b, c.name+"/presence", len(c.data), func() error { return Decode(c.data, c.v(), DecodeOptions{Mode: WithPresence}) })
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	p := makePayloads(100)
	var list groupList
	if err := Decode(p.compact, list.ref(), DecodeOptions{}); err != nil {
		b.Fatal(err)
	}
	bench(b, "list/std", len(p.compact), func() error { _, err := stdjson.Marshal(&list); return err })
	bench(b, "list/marshal", len(p.compact), func() error { _, err := Marshal(list.ref()); return err })
	buf := make([]byte, 0, 2*len(p.compact))
	bench(b, "list/append", len(p.compact), func() error { _, err := Append(buf, list.ref()); return err })

	plain := policyRequest{
		Name: "as-policy-7a75", GroupID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b", Type: "ALARM",
		Action: &policyAction{Operation: Some("ADD"), Number: Some(1)}, CoolDown: Some(900), AlarmID: Some("al1452763211872kz1oN7op"),
		Tags: []string{"night", "shift"}, Enabled: Some(true),
	}
	stdPlain := &stdPolicy{
		Name: plain.Name, GroupID: plain.GroupID, Type: plain.Type, Kind: "policy", Action: &stdAction{"ADD", 1}, CoolDown: new(int),
		AlarmID: "al1452763211872kz1oN7op", Tags: plain.Tags, Enabled: new(bool),
	}
	bench(b, "request/std", 0, func() error { _, err := stdjson.Marshal(stdPlain); return err })
	bench(b, "request/marshal", 0, func() error { _, err := Marshal(plain.ref()); return err })
	bench(b, "request/append", 0, func() error { _, err := Append(buf, plain.ref()); return err })

	launch := time.Date(0, 1, 1, 16, 0, 0, 0, time.UTC)
	start := time.Date(2015, 12, 14, 3, 34, 0, 0, time.UTC)
	req := policyRequest{
		Name: "as-policy-7a75", GroupID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b", Type: "RECURRENCE",
		Action: &policyAction{Operation: Some("ADD"), Number: Some(1)}, CoolDown: Some(900),
		Schedule: &schedule{LaunchTime: launch, Recurrence: Some("Daily"), Start: Some(start), End: start.AddDate(0, 0, 13)},
	}
	std := &stdPolicy{
		Name: req.Name, GroupID: req.GroupID, Type: req.Type, Kind: "policy", Action: &stdAction{"ADD", 1}, CoolDown: new(int),
		Schedule: &stdSchedule{stdTime(launch), "Daily", stdTime(start), start.AddDate(0, 0, 13)},
	}
	bench(b, "times/std", 0, func() error { _, err := stdjson.Marshal(std); return err })
	bench(b, "times/marshal", 0, func() error { _, err := Marshal(req.ref()); return err })
	bench(b, "times/append", 0, func() error { _, err := Append(buf, req.ref()); return err })
}

type stdPolicy struct {
	Name     string       `json:"scaling_policy_name"`
	GroupID  string       `json:"scaling_group_id"`
	Type     string       `json:"scaling_policy_type"`
	Kind     string       `json:"kind"`
	Action   *stdAction   `json:"scaling_policy_action,omitempty"`
	CoolDown *int         `json:"cool_down_time,omitempty"`
	Schedule *stdSchedule `json:"scheduled_policy,omitempty"`
	AlarmID  string       `json:"alarm_id,omitempty"`
	Tags     []string     `json:"tags,omitempty"`
	Enabled  *bool        `json:"enabled,omitempty"`
}

type stdAction struct {
	Operation string `json:"operation"`
	Number    int    `json:"instance_number"`
}

type stdSchedule struct {
	Launch     stdTime   `json:"launch_time"`
	Recurrence string    `json:"recurrence_type"`
	Start      stdTime   `json:"start_time"`
	End        time.Time `json:"end_time"`
}

// stdTime writes itself as people do by hand.
type stdTime time.Time

func (t stdTime) MarshalJSON() ([]byte, error) {
	if v := time.Time(t); v.Year() != 0 {
		return v.AppendFormat(nil, `"2006-01-02T15:04Z"`), nil
	}
	return time.Time(t).AppendFormat(nil, `"15:04"`), nil
}

func BenchmarkValid(b *testing.B) {
	p := makePayloads(100)
	bench(b, "std", len(p.compact), func() error { stdjson.Valid(p.compact); return nil })
	bench(b, "ours", len(p.compact), func() error { return Valid(p.compact) })
}

// BenchmarkUnion reads lists of unions: by a discriminator at either end of the object, and guessed. What it
// is compared with reads the discriminator first, as one does by hand.
func BenchmarkUnion(b *testing.B) {
	const n = 200
	list := func(item string) []byte { return []byte("[" + strings.Repeat(item+",", n-1) + item + "]") }
	first := list(`{"kind":"dog","tricks":["sit","roll over","play dead","fetch the paper"],"more":{"a":[1,2,3],"b":"text of some length"}},{"kind":"cat","lives":7,"friend":"Tom"}`)
	last := list(`{"tricks":["sit","roll over","play dead","fetch the paper"],"more":{"a":[1,2,3],"b":"text of some length"},"kind":"dog"},{"lives":7,"friend":"Tom","kind":"cat"}`)
	guessed := list(`{"left":1,"right":{"name":"f","args":["x","y"]},"op":"plus"},{"name":"gamma","args":[1,2.5,"z"]},{"op":"minus","of":"t"}`)
	for _, c := range []struct {
		name string
		data []byte
	}{{"first", first}, {"last", last}} {
		bench(b, c.name+"/std", len(c.data), func() error { var v []stdPet; return stdjson.Unmarshal(c.data, &v) })
		bench(b, c.name+"/copy", len(c.data), func() error {
			var v petsOf
			return Decode(c.data, v.ref(), DecodeOptions{})
		})
	}
	bench(b, "guessed/copy", len(guessed), func() error {
		var v term
		return Decode(guessed, refAt(ty(tTerm), pointerTo(&v)), DecodeOptions{})
	})
	var v petsOf
	if err := Decode(first, v.ref(), DecodeOptions{}); err != nil {
		b.Fatal(err)
	}
	bench(b, "append", len(first), func() error { _, err := Marshal(v.ref()); return err })
}

type petsOf []pet

func (v *petsOf) ref() Ref { return refAt(ty(tPets), pointerTo(v)) }

type stdPet struct{ v any }

func (p *stdPet) UnmarshalJSON(data []byte) error {
	var kind struct{ Kind string }
	if err := stdjson.Unmarshal(data, &kind); err != nil {
		return err
	}
	switch kind.Kind {
	case "cat":
		p.v = &struct {
			Kind   string
			Lives  int
			Friend any
		}{}
	default:
		p.v = &struct {
			Kind   string
			Tricks []string
		}{}
	}
	return stdjson.Unmarshal(data, p.v)
}
