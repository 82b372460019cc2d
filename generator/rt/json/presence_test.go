package json

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorded decodes with presence.
func recorded(t *testing.T, text string, v Ref) Ref {
	t.Helper()
	if err := Decode([]byte(text), v, DecodeOptions{Mode: WithPresence}); err != nil {
		t.Fatalf("Decode(%s): %v", text, err)
	}
	return v
}

func TestPresenceLosesNothing(t *testing.T) {
	for _, text := range []string{
		`{}`, everyKind,
		`{"int":0,"string":"","bool":false,"strings":[],"names":{},"object":{},"time":"0001-01-01T00:00:00Z"}`,
		`{"int":null,"string":null,"strings":null,"names":null,"object":null,"pointer":null,"int64":null,"any":null,"constant":null,"time":null,"yes_no":null}`,
		`{"int":"1","string":1,"bool":"true","int32":2147483648,"int64":1e30,"uint64":-1,"float32":1e39,"float64":1e400,"decimal":"1","time":"yesterday","bytes":"?","object":[],"pointer":"p","strings":{},"names":[],"yes_no":"maybe","csv":1,"constant":"other","day_time":"4 pm"}`,
		`{"strings":["a",1,null],"ints":[1,"2",3.5],"matrix":[[1,null],null],"names":{"a":1,"b":"x"},"deep":{"k":[{"id":1},2]},"pointers":[null,1],"opts":[1,null]}`,
		`{"float64":1.50,"int":1.0,"int64":1e2,"time":"2020-01-01T00:00:00.000Z","bytes":"aGk=","float32":16777217,"real_text":"1.50"}`,
		`{"int":-0,"uint64":-0,"float64":-0,"float32":-0.0,"matrix":[[1e0,-0]],"times":["2020-01-01T00:00:00+00:00","2020-01-01T00:00:00-00:00"],"bytes":"aGl="}`,
		`{"new":1,"object":{"id":"x","more":[1,{"a":null}]},"pointers":[{"what":null}],"é \u0041":"\ud800","New":2,"string":"\udc00"}`,
		`{"plain":{"operation":"x","new":1}}`, `{"plain":{"operation":null,"instance_number":"x"}}`, `{"plain":{}}`,
		`{"object":{"id":null,"new":{}},"deep":{"a":[{}],"b":[{"id":""}],"c":[],"d":null}}`,
	} {
		for _, mode := range []Mode{WithPresence, WithPresence | Alias, Strict} {
			var v kinds
			if err := Decode([]byte(text), v.ref(), DecodeOptions{Mode: mode}); err != nil && mode != Strict {
				t.Fatalf("%s: %v", text, err)
			}
			if got := marshal(t, v.ref()); !equalJSON(t, got, text) {
				t.Errorf("got  %s\nwant %s", got, text)
			}
		}
	}
	p := makePayloads(20)
	for name, text := range map[string][]byte{"compact": p.compact, "pretty": p.pretty, "shuffled": p.shuffled, "unknown": p.unknown} {
		if got := marshal(t, recorded(t, string(text), new(groupList).ref())); !equalJSON(t, got, string(text)) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestRandomTextsKeepTheirMembers(t *testing.T) {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	n := 2000
	if testing.Short() {
		n = 300
	}
	for range n {
		seed := r.Uint64()
		for _, typ := range []int{tKinds, tGroupList, tNode, tZoo} {
			d := documents{Rand: rand.New(rand.NewPCG(seed, 7))}
			text := string(d.value(ty(typ), 4))
			v := newValue(typ)
			got := marshal(t, recorded(t, text, v))
			if !equalJSON(t, got, text) {
				t.Fatalf("seed %d, type %d:\ngot  %s\nwant %s", seed, typ, got, text)
			}
			// Written and read again it says the same of itself, and the strict reader agrees with the lenient.
			again := newValue(typ)
			recorded(t, got, again)
			for _, f := range ty(typ).Fields {
				name := memberName(f.Key, 1)
				if v.Has(name) != again.Has(name) || v.IsNull(name) != again.IsNull(name) {
					t.Fatalf("seed %d, type %d: %s is there %v and %v, null %v and %v", seed, typ, name, v.Has(name), again.Has(name), v.IsNull(name), again.IsNull(name))
				}
			}
		}
	}
}

func newValue(typ int) Ref {
	switch typ {
	case tKinds:
		return new(kinds).ref()
	case tGroupList:
		return new(groupList).ref()
	case tOptions:
		return new(options).ref()
	case tZoo:
		return new(zoo).ref()
	case tTags:
		return new(tags).ref()
	}
	return new(node).ref()
}

func TestHasAndIsNull(t *testing.T) {
	v := new(kinds)
	r := recorded(t, `{"int":0,"string":null,"strings":null,"ints":[],"any":null,"bool":"wrong","new":null,"é\n":1,"time":"never"}`, v.ref())
	for name, want := range map[string][2]bool{
		"int": {true, false}, "string": {true, true}, "strings": {true, true}, "ints": {true, false}, "any": {true, true}, "bool": {true, false}, "time": {true, false},
		"new": {true, true}, "é\n": {true, false}, "int64": {false, false}, "constant": {false, false}, "nothing": {false, false}, "": {false, false}, "Int": {false, false},
	} {
		if r.Has(name) != want[0] || r.IsNull(name) != want[1] {
			t.Errorf("%s: Has %v, IsNull %v", name, r.Has(name), r.IsNull(name))
		}
	}
	if want := map[string]Raw{"new": Raw("null"), "é\n": Raw("1")}; !reflect.DeepEqual(r.Unknown(), want) || !r.Recorded() {
		t.Errorf("unknown: %v", r.Unknown())
	}

	// Without a record, the fields say it.
	v = &kinds{String: "x", Ints: []int{}, Any: Raw("null")}
	for name, want := range map[string][2]bool{
		"int": {true, false}, "string": {true, false}, "strings": {false, false}, "ints": {true, false}, "any": {true, true}, "constant": {true, false}, "new": {false, false},
	} {
		if r := v.ref(); r.Has(name) != want[0] || r.IsNull(name) != want[1] {
			t.Errorf("%s: Has %v, IsNull %v", name, r.Has(name), r.IsNull(name))
		}
	}
	if r := v.ref(); r.Unknown() != nil || r.Recorded() {
		t.Error("something is recorded")
	}
	req := &policyRequest{AlarmID: Null[string](), CoolDown: Some(0)}
	for name, want := range map[string][2]bool{"alarm_id": {true, true}, "cool_down_time": {true, false}, "tags": {false, false}, "kind": {true, false}, "scaling_policy_name": {true, false}} {
		if r := req.ref(); r.Has(name) != want[0] || r.IsNull(name) != want[1] {
			t.Errorf("%s: Has %v, IsNull %v", name, r.Has(name), r.IsNull(name))
		}
	}
	if r := (Ref{}); r.Has("x") || r.IsNull("x") || r.Unknown() != nil || !r.IsNil() {
		t.Error("nothing has something")
	}
	var list []group
	if r := (refAt(ty(tGroups), pointerTo(&list))); r.Has("x") || r.IsNull("x") || r.Unknown() != nil {
		t.Error("a list has members")
	}
}

// Has says what Append does, on any value.
func TestHasAgreesWithAppend(t *testing.T) {
	d := documents{Rand: rand.New(rand.NewPCG(5, 6))}
	for i := range 500 {
		for _, typ := range []int{tKinds, tGroupList, tNode, tOptions, tZoo, tTags} {
			v := newValue(typ)
			text := d.value(ty(typ), 3)
			if err := Decode(text, v, DecodeOptions{Mode: Mode(i % 2)}); err != nil {
				t.Fatal(err)
			}
			var members map[string]stdjson.RawMessage
			if err := stdjson.Unmarshal([]byte(marshal(t, v)), &members); err != nil {
				t.Fatal(err)
			}
			for _, f := range ty(typ).Fields {
				name := memberName(f.Key, 1)
				raw, ok := members[name]
				if v.Has(name) != ok || v.IsNull(name) != (string(raw) == "null") {
					t.Fatalf("%s: Has %v, IsNull %v, but Append gives %s", name, v.Has(name), v.IsNull(name), raw)
				}
			}
		}
	}
}

func TestChangedFieldsAreWrittenAsTheyAre(t *testing.T) {
	v := new(kinds)
	recorded(t, `{"int":"wrong","string":null,"bool":true,"strings":["a",1],"float64":1.50,"time":"never","object":{"id":5,"new":1},"constant":"other","new":[1]}`, v.ref())
	v.Int, v.String, v.Bool, v.Strings[1], v.Float64, v.Object.ID, v.Int32 = 7, "s", false, "b", 2, "o", 3
	v.Time = time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
	want := `{"string":"s","bool":false,"int":7,"int32":3,"float64":2,"time":"2020-01-02T00:00:00Z","object":{"id":"o","new":1},"strings":["a","b"],"constant":"other","new":[1]}`
	if got := marshal(t, v.ref()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// Back to what was read.
	v.Int, v.Strings[1] = 0, ""
	if got := marshal(t, v.ref()); !strings.Contains(got, `"int":"wrong"`) || !strings.Contains(got, `"strings":["a",1]`) {
		t.Errorf("got  %s", got)
	}
	v.Strings = nil
	if got := marshal(t, v.ref()); !strings.Contains(got, `"strings":[],`) {
		t.Errorf("got  %s", got)
	}
	// A copy shares what was read.
	copied := *v
	copied.Int = 9
	if got := marshal(t, v.ref()); !strings.Contains(got, `"int":"wrong"`) {
		t.Errorf("got  %s", got)
	}
}

// Texts are kept for the members that need it.
func TestPresenceKeepsLittle(t *testing.T) {
	v := new(kinds)
	recorded(t, strings.Replace(everyKind, "{", `{"float32":"x",`, 1), v.ref())
	for _, m := range v.presence.more.kept {
		t.Errorf("kept %s", m.raw)
	}
	recorded(t, `{"string":1,"int":2,"plain":{"new":1},"int32":3,"object":{"id":4},"strings":["a"]}`, v.ref())
	if len(v.presence.more.kept) != 2 || len(v.Object.presence.more.kept) != 1 {
		t.Errorf("kept %+v", v.presence.more.kept)
	}
}

// Nothing is recorded unless it is asked for.
func TestNoPresenceUnlessAsked(t *testing.T) {
	var v kinds
	lenient(t, everyKind, v.ref())
	if v.presence != nil || v.Object.presence != nil || v.Pointer.presence != nil {
		t.Error("presence is recorded")
	}
}

// Members that only one kind of text could be told by are bounded: a hostile body takes a time that
// grows with its length.
func TestManyUnknownMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"int":1`)
	for i := range 100_000 {
		fmt.Fprintf(&b, `,"x%d":1,"int":"a"`, i%1000)
	}
	b.WriteString("}")
	start := cpu()
	v := new(kinds)
	recorded(t, b.String(), v.ref())
	if got := len(v.ref().Unknown()); got != 1000 {
		t.Errorf("%d unknown members", got)
	}
	if b, err := Marshal(v.ref()); err != nil || !bytes.Contains(b, []byte(`"int":"a"`)) {
		t.Errorf("%v", err)
	}
	if d := cpu() - start; d > 5*time.Second {
		t.Errorf("takes %v", d)
	}
}

// Structs of which there is the same to say share what was recorded, and what is particular about one stays its own.
func TestEqualRecordsAreShared(t *testing.T) {
	v := new(groupList)
	text := `{"scaling_groups":[{"detail":"a"},{"detail":"b"},{"detail":null},{"detail":"c"},{"detail":"d","x":1},{}]}`
	require.NoError(t, Decode([]byte(text), v.ref(), DecodeOptions{Mode: WithPresence}))
	of := func(i int) *Presence { return v.Groups[i].presence }
	require.NotNil(t, of(0))
	assert.Same(t, of(0), of(1))
	assert.Same(t, of(0), of(3))
	for _, i := range []int{2, 4, 5} {
		assert.NotSame(t, of(0), of(i))
	}
	require.JSONEq(t, text, marshal(t, v.ref()))
}
