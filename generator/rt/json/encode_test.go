package json

import (
	stdjson "encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"
)

func marshal(t *testing.T, v Ref) string {
	t.Helper()
	b, err := Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if !stdjson.Valid(b) {
		t.Fatalf("Marshal gives no JSON: %s", b)
	}
	return string(b)
}

// equalJSON compares as JSON values, numbers by their digits.
func equalJSON(t *testing.T, a, b string) bool {
	t.Helper()
	return reflect.DeepEqual(stdValue(t, a), stdValue(t, b))
}

func stdValue(t *testing.T, text string) any {
	t.Helper()
	d := stdjson.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func TestRequestsWriteWhatIsSet(t *testing.T) {
	for _, c := range []struct {
		name string
		v    policyRequest
		want string
	}{
		{
			"required members and constants are always written", policyRequest{},
			`{"scaling_policy_name":"","scaling_group_id":"","scaling_policy_type":"","kind":"policy"}`,
		},
		{
			"zeros that are set are written",
			policyRequest{CoolDown: Some(0), AlarmID: Some(""), Enabled: Some(false), Tags: []string{}, Labels: map[string]string{}, Action: &policyAction{}, Zones: Some([]string(nil))},
			`{"scaling_policy_name":"","scaling_group_id":"","scaling_policy_type":"","kind":"policy","scaling_policy_action":{},"cool_down_time":0,"alarm_id":"","tags":[],"labels":{},"zones":[],"enabled":false}`,
		},
		{
			"nulls are written", policyRequest{AlarmID: Null[string](), Owner: Null[*policyAction](), Zones: Null[[]string]()},
			`{"scaling_policy_name":"","scaling_group_id":"","scaling_policy_type":"","kind":"policy","alarm_id":null,"owner":null,"zones":null}`,
		},
		{
			"all members", policyRequest{
				Name: "a\"b", GroupID: "g", Type: "RECURRENCE",
				Action:   &policyAction{Operation: Some("ADD"), Number: Some(1)},
				Schedule: &schedule{LaunchTime: time.Date(0, 1, 1, 16, 0, 0, 0, time.UTC), Start: Some(time.Date(2015, 12, 14, 3, 34, 0, 0, time.UTC)), End: time.Date(2016, 1, 2, 3, 4, 5, 6e6, time.UTC)},
				Tags:     []string{"x", "y"}, Labels: map[string]string{"z": "1", "a": "2"},
				Owner: Some(&policyAction{}), Factor: Some(1e21), Extra: Raw(`[1, 2]`),
			},
			`{"scaling_policy_name":"a\"b","scaling_group_id":"g","scaling_policy_type":"RECURRENCE","kind":"policy","scaling_policy_action":{"operation":"ADD","instance_number":1},"scheduled_policy":{"launch_time":"16:00","start_time":"2015-12-14T03:34Z","end_time":"2016-01-02T03:04:05.006Z"},"tags":["x","y"],"labels":{"a":"2","z":"1"},"owner":{},"factor":1e+21,"extra":[1, 2]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := marshal(t, c.v.ref()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			var back policyRequest
			if devs := lenient(t, c.want, back.ref()); len(devs) > 0 {
				t.Errorf("reading back: %v", devs)
			}
			if got := marshal(t, back.ref()); got != c.want {
				t.Errorf("read back and written: got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestEveryKindIsWritten(t *testing.T) {
	v := wantEveryKind()
	if got := marshal(t, v.ref()); !equalJSON(t, got, everyKind) {
		t.Errorf("got  %s\nwant %s", got, everyKind)
	}
}

func TestResponsesMadeByHandWriteRequiredAndNonZero(t *testing.T) {
	for _, c := range []struct {
		v    Ref
		want string
	}{
		{new(kinds).ref(), `{"int":0,"constant":"fixed"}`},
		{(&kinds{Strings: []string{}, Names: map[string]string{}, Bytes: []byte{}, Pointer: &bandwidth{}, Float64: math.Copysign(0, -1), CSV: []string{}}).ref(),
			`{"int":0,"float64":-0,"bytes":"","pointer":{},"strings":[],"names":{},"csv":"","constant":"fixed"}`},
		{new(groupList).ref(), `{"scaling_groups":[],"total_number":0,"start_number":0}`},
		{(&group{Networks: []network{{ID: "n", IPv6Bandwidth: new(bandwidth)}}}).ref(),
			`{"networks":[{"id":"n","ipv6_bandwidth":{}}],"scaling_group_name":"","scaling_group_id":"","scaling_group_status":""}`},
		{(&node{Left: &node{Name: "l"}, Named: map[string]node{"z": {}, "a": {Children: []node{{}, {Name: "c"}}}}}).ref(),
			`{"left":{"name":"l"},"named":{"a":{"children":[{},{"name":"c"}]},"z":{}}}`},
	} {
		if got := marshal(t, c.v); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestRequiredNilIsWrittenAsItsType(t *testing.T) {
	type all struct {
		S []string
		L []int
		M map[string]int
		B []byte
		A Raw
		P *bandwidth
		D string
		N []string
		O Opt[int]
	}
	number := &Type{Name: "int", Kind: Int, Store: Store[int], Range: Range[int]}
	typ := &Type{Name: "all", Kind: Struct, Size: unsafe.Sizeof(all{}), Fields: []Field{
		{Key: Key("s"), Off: unsafe.Offsetof(all{}.S), Kind: Strings, Flags: Required},
		{Key: Key("l"), Off: unsafe.Offsetof(all{}.L), Kind: Slice, Flags: Required, Sub: number},
		{Key: Key("m"), Off: unsafe.Offsetof(all{}.M), Kind: Map, Flags: Required, Sub: number},
		{Key: Key("b"), Off: unsafe.Offsetof(all{}.B), Kind: Bytes, Flags: Required},
		{Key: Key("a"), Off: unsafe.Offsetof(all{}.A), Kind: Any, Flags: Required},
		{Key: Key("p"), Off: unsafe.Offsetof(all{}.P), Kind: Object, Flags: Required | Pointer, Sub: ty(tBandwidth)},
		{Key: Key("d"), Off: unsafe.Offsetof(all{}.D), Kind: Decimal, Flags: Required},
		{Key: Key("n"), Off: unsafe.Offsetof(all{}.N), Kind: Strings, Flags: Required | Nullable},
		{Key: Key("o"), Off: unsafe.Offsetof(all{}.O), Kind: Int, Flags: Required | Nullable | Optional},
	}}
	want := `{"s":[],"l":[],"m":{},"b":"","a":null,"p":null,"d":0,"n":null,"o":null}`
	if got := marshal(t, refAt(typ, pointerTo(new(all)))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWhatHasNoForm(t *testing.T) {
	self := &node{Name: "loop"}
	self.Left = self
	self.Children = []node{{Left: self}, {Left: self}}
	list := termList{nil, nil}
	list[0], list[1] = list, list
	tree := map[string]term{}
	tree["a"], tree["b"] = &call{Arguments: tree}, &call{Arguments: tree}
	for _, c := range []struct {
		v    Ref
		want string
	}{
		{(&zoo{Term: list}).ref(), "json: member term: the value nests too deep, or holds itself"},
		{(&zoo{Term: &call{Arguments: tree}}).ref(), "json: member arguments: the value nests too deep, or holds itself"},
		{(&zoo{Pet: (*cat)(nil)}).ref(), "json: member pet: the value is a nil *cat"},
		{(&zoo{Pets: []pet{struct{ pet }{&cat{}}}}).ref(), "json: member pets: the value is of a type that is no variant of pet"},
		{(&zoo{Named: map[string]pet{"x": unknownPet{Raw("{")}}}).ref(), "json: member named: a raw value is not JSON: member name expected"},
		{(&zoo{Term: termNumber(math.NaN())}).ref(), "json: member term: NaN has no JSON form"},
		{(&kinds{Float64: math.NaN()}).ref(), "json: member float64: NaN has no JSON form"},
		{(&kinds{Float32: float32(math.Inf(1))}).ref(), "json: member float32: +Inf has no JSON form"},
		{(&kinds{Matrix: [][]float64{{math.Inf(-1)}}}).ref(), "json: member matrix: -Inf has no JSON form"},
		{(&kinds{RealText: math.NaN()}).ref(), "json: member real_text: NaN has no JSON form"},
		{(&kinds{Any: Raw("{")}).ref(), "json: member any: a raw value is not JSON: member name expected"},
		{(&kinds{Any: Raw{}}).ref(), "json: member any: a raw value is not JSON: value expected"},
		{(&kinds{Anys: []Raw{Raw("\xff")}}).ref(), "json: member anys: a raw value is not JSON: invalid UTF-8"},
		{(&kinds{Decimal: "1."}).ref(), "json: member decimal: a decimal is not a JSON number"},
		{(&kinds{Decimal: "NaN"}).ref(), "json: member decimal: a decimal is not a JSON number"},
		{(&kinds{Time: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}).ref(), "json: member time: the year 10000 cannot be written"},
		{(&kinds{Time: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}).ref(), "json: member time: the year -1 cannot be written"},
		{(&kinds{DayTime: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}).ref(), "json: member day_time: the year 10000 cannot be written"},
		{(&kinds{CSV: []string{"a,b"}}).ref(), `json: member csv: an element of the list holds the separator ","`},
		{(&node{Named: map[string]node{"k": {Children: []node{*self}}}}).ref(), "json: member left: the value nests too deep, or holds itself"},
	} {
		b, err := Append([]byte("before"), c.v)
		var value *ValueError
		if !errors.As(err, &value) || err.Error() != c.want || string(b) != "before" {
			t.Errorf("got  %v\nwant %s (%s)", err, c.want, b)
		}
		if b, err := Marshal(c.v); err == nil || b != nil {
			t.Errorf("Marshal: %v", err)
		}
	}
}

func TestFloats(t *testing.T) {
	for _, f := range []float64{0, 1, -1, 0.1, 1.5, 100, 1e20, 1e21, 1.5e21, 123456789012345680000, 1e-6, 9.99e-7, 1e-7, 1e-9, 1e-10, 1e100, 1e-100, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Pi, 1 << 53} {
		want, _ := stdjson.Marshal(f)
		if got := string((&encoder{}).float(nil, f, 64)); got != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
		want, _ = stdjson.Marshal(float32(f))
		if got := string((&encoder{}).float(nil, float64(float32(f)), 32)); !math.IsInf(float64(float32(f)), 0) && got != string(want) {
			t.Errorf("32 bits: got %s, want %s", got, want)
		}
	}
}

func TestAppendString(t *testing.T) {
	for s, want := range map[string]string{
		"":                            `""`,
		"a\"b\\c/d":                   `"a\"b\\c/d"`,
		"\b\f\n\r\t":                  `"\b\f\n\r\t"`,
		"\x00\x1f\x7f":                `"\u0000\u001f` + "\x7f" + `"`,
		"<a>&\u2028":                  `"<a>&` + "\u2028" + `"`,
		"12345678\n9":                 `"12345678\n9"`,
		"é€😀":                         `"é€😀"`,
		"\xff":                        `"` + "\ufffd" + `"`,
		"a\xc3(b\xe2é":                `"a` + "\ufffd" + `(b` + "\ufffd" + `é"`,
		"\xed\xa0\x80x":               `"` + "\ufffd\ufffd\ufffd" + `x"`,
		"12345678901\xf4\x90\x80\x80": `"12345678901` + "\ufffd\ufffd\ufffd\ufffd" + `"`,
	} {
		if got := string(AppendString(nil, s)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestWires(t *testing.T) {
	utc, east := time.UTC, time.FixedZone("", 2*3600)
	for _, c := range []struct {
		layouts []string
		t       time.Time
		want    string
	}{
		{[]string{"15:04"}, time.Date(0, 1, 1, 7, 5, 0, 0, utc), "07:05"},
		{[]string{"15:04"}, time.Date(2020, 1, 1, 7, 5, 0, 0, utc), "07:05"},
		{[]string{"15:04", "2006-01-02T15:04Z"}, time.Date(0, 1, 1, 7, 5, 0, 0, utc), "07:05"},
		{[]string{"2006-01-02T15:04Z", "15:04"}, time.Date(0, 1, 1, 7, 5, 0, 0, utc), "07:05"},
		{[]string{"15:04", "2006-01-02T15:04Z"}, time.Date(2015, 12, 14, 3, 34, 0, 0, utc), "2015-12-14T03:34Z"},
		{[]string{"2006-01-02T15:04Z"}, time.Date(2015, 12, 14, 3, 34, 0, 0, east), "2015-12-14T01:34Z"},
		{[]string{"2006-01-02T15:04Z07:00"}, time.Date(2015, 12, 14, 3, 34, 0, 0, east), "2015-12-14T03:34+02:00"},
		{[]string{"2006-01-02T15:04Z", "2006-01-02T15:04:05Z"}, time.Date(2015, 12, 14, 3, 34, 1, 0, utc), "2015-12-14T03:34:01Z"},
		{[]string{"2006-01-02", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000Z"}, time.Date(2015, 12, 14, 0, 0, 0, 5e6, utc), "2015-12-14T00:00:00.005Z"},
		{[]string{"2006-01-02", "2006-01-02T15:04:05Z"}, time.Date(2015, 12, 14, 0, 0, 0, 0, utc), "2015-12-14"},
		{[]string{"2006-01-02"}, time.Date(2015, 12, 14, 1, 2, 3, 4, utc), "2015-12-14"},
		{[]string{"15:04", "2006-01-02T15:04:05Z"}, time.Date(0, 1, 1, 7, 5, 1, 0, utc), "0000-01-01T07:05:01Z"},
		{[]string{"15:04", "2006-01-02T15:04Z"}, time.Date(0, 2, 3, 7, 5, 0, 0, utc), "0000-02-03T07:05Z"},
		{[]string{"15:04", "2006-01-02T15:04Z"}, time.Date(0, 1, 1, 7, 5, 1, 0, utc), "07:05"},
		{[]string{"15:04", "2006-01-02T15:04Z"}, time.Date(2020, 1, 1, 7, 5, 1, 0, utc), "2020-01-01T07:05Z"},
		{[]string{"2006-01-02T15:04:05.999999999Z", "2006-01-02T15:04Z"}, time.Date(2015, 12, 14, 3, 34, 0, 0, utc), "2015-12-14T03:34:00Z"},
		{[]string{"2006-01-02T15:04:05.999999999Z"}, time.Date(2015, 12, 14, 3, 34, 1, 5e8, utc), "2015-12-14T03:34:01.5Z"},
		{[]string{"2006-01-02T15:04:05.999999999Z"}, time.Date(2015, 12, 14, 3, 34, 1, 123456789, utc), "2015-12-14T03:34:01.123456789Z"},
		{[]string{"02.01.06"}, time.Date(2015, 12, 14, 0, 0, 0, 0, utc), "14.12.15"},
	} {
		typ := &Type{Name: "time", Kind: Wired, Wire: &Wire{Kind: WireTime, Layouts: c.layouts}}
		if got := marshal(t, refAt(typ, pointerTo(&c.t))); got != `"`+c.want+`"` {
			t.Errorf("%v in %v: got %s, want %s", c.t, c.layouts, got, c.want)
		}
	}
	for text, want := range map[string]time.Time{
		"16:05": time.Date(0, 1, 1, 16, 5, 0, 0, utc), "2015-12-14T03:34Z": time.Date(2015, 12, 14, 3, 34, 0, 0, utc), "2015-12-14T03:34:07Z": time.Date(2015, 12, 14, 3, 34, 7, 0, utc),
		"7:05": {}, "16:5": {}, "16:05:00": {}, "2015-12-14T03:34:07.5Z": {}, "": {}, "2015-12-14": {}, "2015-02-30T00:00Z": {}, "16:60": {},
	} {
		var v kinds
		devs := lenient(t, `{"int":1,"day_time":"`+text+`"}`, v.ref())
		if !v.DayTime.Equal(want) || (len(devs) > 0) != want.IsZero() {
			t.Errorf("%s: got %v, %v", text, v.DayTime, devs)
		}
	}
	for text, want := range map[string][]string{`""`: {}, `"a"`: {"a"}, `"a,b"`: {"a", "b"}, `","`: {"", ""}, `"a,"`: {"a", ""}, `"é\u002cb"`: {"é", "b"}} {
		var v kinds
		if lenient(t, `{"csv":`+text+`}`, v.ref()); !reflect.DeepEqual(v.CSV, want) {
			t.Errorf("%s: got %q", text, v.CSV)
		}
	}
	for _, text := range []string{`"1,2"`, `"1, "`, `"a"`, `"01"`, `" 1"`, `"+1"`, `"1.0"`, `1`, `"99999999999999999999"`} {
		var v kinds
		if devs := lenient(t, `{"int":1,"numbers":`+text+`}`, v.ref()); v.Numbers != nil || len(devs) != 1 {
			t.Errorf("%s: got %v %v", text, v.Numbers, devs)
		}
	}
}
