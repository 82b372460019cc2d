package json

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

// lenient decodes and returns what was reported.
func lenient(t *testing.T, text string, v Ref) []Deviation {
	t.Helper()
	var devs []Deviation
	if err := Decode([]byte(text), v, DecodeOptions{Report: func(d Deviation) { devs = append(devs, d) }}); err != nil {
		t.Fatalf("Decode(%s): %v", text, err)
	}
	return devs
}

const everyKind = `{"string":"a\u00e9\n\ud83d\ude00","bool":true,"int":-12,"int32":2147483647,"int64":-9223372036854775808,"uint64":18446744073709551615,"float32":0.5,"float64":1e-7,"decimal":12.340,"time":"2024-02-29T12:30:45.5+02:00","bytes":"aGk=","any":{"x":[1, 2]},"object":{"id":"o"},"pointer":{"id":"p"},"strings":["a","b"],"ints":[1,2,3],"matrix":[[1,2],[],[3.5]],"lists":[["x"],[]],"names":{"b":"2","a":"1"},"deep":{"k":[{"id":"d"}],"e":[]},"anys":[null,1,"x"],"times":["2020-01-02T03:04:05Z"],"pointers":[{"id":"q"},null],"opts":["a",null],"yes_no":"yes","int_text":"42","long_text":"-7","real_text":"1.5","csv":"a,b","numbers":"1, 2","day_time":"16:05","a \"quoted\" name\/\u00e9":[true,false],"plain":{"operation":"x"},"constant":"fixed"}`

func wantEveryKind() kinds {
	return kinds{
		String: "aé\n😀", Bool: true, Int: -12, Int32: 1<<31 - 1, Int64: -1 << 63, Uint64: 1<<64 - 1,
		Float32: 0.5, Float64: 1e-7, Decimal: "12.340",
		Time:  time.Date(2024, 2, 29, 12, 30, 45, 5e8, time.FixedZone("", 2*3600)),
		Bytes: []byte("hi"), Any: Raw(`{"x":[1, 2]}`), Object: bandwidth{ID: "o"}, Pointer: &bandwidth{ID: "p"},
		Strings: []string{"a", "b"}, Ints: []int{1, 2, 3}, Matrix: [][]float64{{1, 2}, {}, {3.5}},
		Lists: [][]string{{"x"}, {}}, Names: map[string]string{"a": "1", "b": "2"},
		Deep: map[string][]bandwidth{"k": {{ID: "d"}}, "e": {}},
		Anys: []Raw{Raw("null"), Raw("1"), Raw(`"x"`)}, Times: []time.Time{time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)},
		Pointers: []*bandwidth{{ID: "q"}, nil}, Opts: []Opt[string]{Some("a"), Null[string]()},
		YesNo: true, IntText: 42, LongText: -7, RealText: 1.5, CSV: []string{"a", "b"}, Numbers: []int{1, 2},
		DayTime: time.Date(0, 1, 1, 16, 5, 0, 0, time.UTC), Flags: []bool{true, false}, Plain: policyAction{Operation: Some("x")},
	}
}

func TestEveryKindIsRead(t *testing.T) {
	for _, mode := range []Mode{0, Alias} {
		var v kinds
		if err := Decode([]byte(everyKind), v.ref(), DecodeOptions{Mode: mode, Report: func(d Deviation) { t.Error(d) }}); err != nil {
			t.Fatal(err)
		}
		if want := wantEveryKind(); !reflect.DeepEqual(v, want) {
			t.Errorf("got  %+v\nwant %+v", v, want)
		}
	}
}

func TestEveryOptIsRead(t *testing.T) {
	text := `{"string":"s","bool":false,"int":0,"int32":1,"int64":2,"uint64":3,"float32":4,"float64":5,"decimal":6.0,"time":"2020-01-02T03:04:05Z","bytes":"","any":[],"object":{"id":"o"},"pointer":{"id":"p"},"strings":[],"ints":[7],"names":{},"yes_no":"no","csv":"","day_time":"2015-12-14T03:34Z"}`
	want := options{
		String: Some("s"), Bool: Some(false), Int: Some(0), Int32: Some(int32(1)), Int64: Some(int64(2)), Uint64: Some(uint64(3)),
		Float32: Some(float32(4)), Float64: Some(5.0), Decimal: Some("6.0"), Time: Some(time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)),
		Bytes: Some([]byte{}), Any: Some(Raw("[]")), Object: Some(bandwidth{ID: "o"}), Pointer: Some(&bandwidth{ID: "p"}),
		Strings: Some([]string{}), Ints: Some([]int{7}), Names: Some(map[string]string{}), YesNo: Some(false), CSV: Some([]string{}),
		DayTime: Some(time.Date(2015, 12, 14, 3, 34, 0, 0, time.UTC)),
	}
	var v options
	if devs := lenient(t, text, v.ref()); len(devs) > 0 {
		t.Error(devs)
	}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got  %+v\nwant %+v", v, want)
	}
	if got := marshal(t, v.ref()); got != text {
		t.Errorf("written as %s\nread from  %s", got, text)
	}

	// Null is a state of its own, and a wrong value leaves an Opt absent.
	nulls := `{"string":null,"bool":null,"int":null,"int32":null,"int64":null,"uint64":null,"float32":null,"float64":null,"decimal":null,"time":null,"bytes":null,"any":null,"object":null,"pointer":null,"strings":null,"ints":null,"names":null,"yes_no":null,"csv":null,"day_time":null}`
	if devs := lenient(t, nulls, v.ref()); len(devs) > 0 {
		t.Error(devs)
	}
	for i, f := range ty(tOptions).Fields {
		if st := *stateAt(at(pointerTo(&v), f.Off), valueSize(f.Kind, f.Flags, f.Sub)); st != null {
			t.Errorf("field %d is not null", i)
		}
	}
	if got := marshal(t, v.ref()); got != nulls {
		t.Errorf("written as %s", got)
	}
	wrong := strings.ReplaceAll(nulls, "null", "true")
	wrong = strings.Replace(wrong, `"bool":true`, `"bool":0`, 1)
	devs := lenient(t, wrong, v.ref())
	if len(devs) != len(ty(tOptions).Fields)-1 { // any takes all
		t.Errorf("%d deviations: %v", len(devs), devs)
	}
	if got := marshal(t, v.ref()); got != `{"any":true}` {
		t.Errorf("written as %s", got)
	}
}

// An object that can be read counts as there, whatever deviates in it.
func TestOptOfAnObjectWithDeviations(t *testing.T) {
	var v options
	if devs := lenient(t, `{"object":{"id":5},"pointer":{"id":5},"strings":[5],"ints":["5"],"names":{"a":5}}`, v.ref()); len(devs) != 5 {
		t.Error(devs)
	}
	if got := marshal(t, v.ref()); got != `{"object":{},"pointer":{},"strings":[""],"ints":[0],"names":{"a":""}}` {
		t.Errorf("got %s", got)
	}
}

func TestRawValuesDoNotRunIntoTheText(t *testing.T) {
	data := []byte(`{"any":[1],"anys":[2,3]}`)
	var v kinds
	if err := Decode(data, v.ref(), DecodeOptions{Mode: Alias}); err != nil {
		t.Fatal(err)
	}
	_ = append(v.Any, "xxxx"...)
	_ = append(v.Anys[0], "xxxx"...)
	if string(data) != `{"any":[1],"anys":[2,3]}` {
		t.Errorf("the text is now %s", data)
	}
}

// What is read equals what encoding/json reads, and a literal: nothing is hidden in it.
func TestDecodedValuesCompare(t *testing.T) {
	p := makePayloads(20)
	for name, text := range map[string][]byte{"compact": p.compact, "pretty": p.pretty, "shuffled": p.shuffled, "unknown": p.unknown} {
		for _, mode := range []Mode{0, Alias} {
			var got, want groupList
			if err := Decode(text, got.ref(), DecodeOptions{Mode: mode}); err != nil {
				t.Fatal(err)
			}
			if err := stdjson.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got  %+v\nwant %+v", name, got, want)
			}
			if name != "unknown" {
				if devs := lenient(t, string(text), got.ref()); len(devs) > 0 {
					t.Errorf("%s: %v", name, devs)
				}
			}
		}
	}
}

func TestBodiesThatAreNoObjects(t *testing.T) {
	var groups []group
	if err := Decode([]byte(` [ {"scaling_group_id":"a"}, {} , null ] `), refAt(ty(tGroups), pointerTo(&groups)), DecodeOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(groups) != 3 || groups[0].ID != "a" {
		t.Errorf("%+v", groups)
	}
	var m map[string]string
	for text, want := range map[string]map[string]string{`{"a":"1","b":"2","a":"3"}`: {"a": "3", "b": "2"}, `{}`: {}, `null`: nil, `{"a":null}`: {"a": ""}} {
		if err := Decode([]byte(text), refAt(ty(tMap), pointerTo(&m)), DecodeOptions{}); err != nil || !reflect.DeepEqual(m, want) {
			t.Errorf("%s: %v %v", text, m, err)
		}
	}
	n := 5
	if err := Decode([]byte(`"x"`), refAt(ty(tInt), pointerTo(&n)), DecodeOptions{}); err != nil || n != 0 {
		t.Errorf("%d %v", n, err)
	}
	var at time.Time
	if err := Decode([]byte(`"2020-01-02T03:04:05Z"`), refAt(ty(tTime), pointerTo(&at)), DecodeOptions{}); err != nil || at.Year() != 2020 {
		t.Errorf("%v %v", at, err)
	}
	opt := Some("x")
	if err := Decode([]byte(`null`), refAt(ty(tOptString), pointerTo(&opt)), DecodeOptions{}); err != nil || !opt.IsNull() {
		t.Errorf("%v %v", opt, err)
	}
}

func TestDecodeReplacesWhatWasThere(t *testing.T) {
	v := wantEveryKind()
	v.presence = new(Presence)
	if err := Decode([]byte(`{}`), v.ref(), DecodeOptions{}); err != nil || !reflect.DeepEqual(v, kinds{}) {
		t.Errorf("%v %+v", err, v)
	}
	o := options{Int: Some(1), Pointer: Some(new(bandwidth)), Object: Some(bandwidth{ID: "x"}), Strings: Null[[]string]()}
	if err := Decode([]byte(`null`), o.ref(), DecodeOptions{}); err != nil || !reflect.DeepEqual(o, options{}) {
		t.Errorf("%v %+v", err, o)
	}
}

func TestDeviations(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // the deviations: path, code and offset, one a line
		json string // what is left, written again
	}{
		{`{"int":1,"new":2,"object":{"what":[]}}`, "new unknown-member 15\nobject.what unknown-member 34", `{"int":1}`},
		{`{}`, "int missing-member 0", `{"int":0}`},
		{`{"String":"x","INT":1,"int":2}`, "String unknown-member 10\nINT unknown-member 20", `{"int":2}`},
		{`null`, " unexpected-null 0", `{"int":0}`},
		{` [1]`, " wrong-type 1", `{"int":0}`},
		{`{"int":null,"int64":null,"string":null}`, "int unexpected-null 7\nstring unexpected-null 34", `{"int":0}`},
		{`{"int":"1"}`, "int wrong-type 7", `{"int":0}`},
		{`{"int":true,"string":1,"bool":"true","time":1,"bytes":{},"object":[],"strings":"a","ints":{},"names":[],"yes_no":true}`,
			"int wrong-type 7\nstring wrong-type 21\nbool wrong-type 30\ntime wrong-type 44\nbytes wrong-type 54\nobject wrong-type 66\nstrings wrong-type 79\nints wrong-type 90\nnames wrong-type 101\nyes_no wrong-type 113", `{"int":0}`},
		{`{"int":1.5,"int32":2147483648,"int64":9223372036854775808,"uint64":-1,"float32":1e39,"float64":1e309}`,
			"int wrong-type 7\nint32 out-of-range 19\nint64 out-of-range 38\nuint64 out-of-range 67\nfloat32 out-of-range 80\nfloat64 out-of-range 95", `{"int":0}`},
		{`{"int":1,"time":"yesterday","bytes":"a","yes_no":"maybe","int_text":"1.0","long_text":"","real_text":"NaN","numbers":"1,2","day_time":"25:00"}`,
			"time bad-text 16\nbytes bad-text 36\nyes_no bad-text 49\nint_text bad-text 68\nlong_text bad-text 86\nreal_text bad-text 101\nnumbers bad-text 117\nday_time bad-text 134", `{"int":1}`},
		{`{"int":1,"int":2}`, "int duplicate-member 15", `{"int":2}`},
		{`{"int":1,"constant":"other"}`, "constant wrong-value 20", `{"int":1}`},
		{`{"int":1,"constant":"\u0066ixed"}`, "", `{"int":1}`},
		{`{"int":1,"ints":[1,"2",null,3],"strings":["a",1,"b"],"matrix":[[1],2]}`,
			"ints[1] wrong-type 19\nints[2] unexpected-null 23\nstrings[1] wrong-type 46\nmatrix[1] wrong-type 67", `{"int":1,"strings":["a","","b"],"ints":[1,0,0,3],"matrix":[[1],[]]}`},
		{`{"int":1,"names":{"a b":1,"c":"x","c":"y"},"deep":{"k":[{"id":1}]}}`,
			`names["a b"] wrong-type 24` + "\nnames.c duplicate-member 38\ndeep.k[0].id wrong-type 62", `{"int":1,"names":{"a b":"","c":"y"},"deep":{"k":[{}]}}`},
		{`{"int":1,"pointers":[1,null,{"id":null}],"anys":[null]}`, "pointers[0] wrong-type 21\npointers[2].id unexpected-null 34", `{"int":1,"anys":[null],"pointers":[null,null,{}]}`},
	} {
		var v kinds
		var got []string
		for _, d := range lenient(t, c.text, v.ref()) {
			got = append(got, fmt.Sprintf("%s %s %d", d.Path, d.Code, d.Offset))
			if d.Code != MissingMember && d.Code != DuplicateMember && !strings.HasPrefix(c.text[d.Offset:], d.Value) {
				t.Errorf("%s: value %q", c.text, d.Value)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, strings.Join(got, "\n     "), c.want)
		}
		v.presence = nil
		back := strings.Replace(marshal(t, v.ref()), `,"constant":"fixed"`, "", 1)
		if back != c.json {
			t.Errorf("%s leaves %s, not %s", c.text, back, c.json)
		}

		// Strict says the same, as an error, and fills the same value.
		var strict kinds
		err := Decode([]byte(c.text), strict.ref(), DecodeOptions{Mode: Strict})
		var list *DeviationError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &list) || len(list.Deviations) != len(got)) {
			t.Errorf("%s strict: %v", c.text, err)
		}
		strict.presence, strict.Object.presence = nil, nil
		if !reflect.DeepEqual(v.Ints, strict.Ints) || v.Int != strict.Int || v.Names["c"] != strict.Names["c"] {
			t.Errorf("%s strict: got %+v, not %+v", c.text, strict, v)
		}
	}
}

func TestOpenTypesTakeUnknownMembers(t *testing.T) {
	if err := Decode([]byte(`{"new":1,"int":2}`), new(options).ref(), DecodeOptions{Mode: Strict}); err != nil {
		t.Error(err)
	}
}

func TestErrorsNameNoValues(t *testing.T) {
	secret := "hunter2hunter2"
	var seen []Deviation
	err := Decode([]byte(`{"int":"`+secret+`","constant":"`+secret+`","object":["`+secret+`"],"time":"`+secret+`"}`), new(kinds).ref(),
		DecodeOptions{Mode: Strict, Report: func(d Deviation) { seen = append(seen, d) }})
	if err == nil || strings.Contains(err.Error(), secret) || strings.Contains(fmt.Sprint(seen[0].Message, seen[1].String()), secret) {
		t.Errorf("%v", err)
	}
	if len(seen) != 4 || seen[0].Value != `"`+secret+`"` {
		t.Errorf("%+v", seen)
	}
}

func TestDeviationsAreBounded(t *testing.T) {
	long := strings.Repeat("é", 1000)
	var seen []Deviation
	err := Decode([]byte(`{"int":"`+long+`","`+long+`":1,"ints":[`+strings.Repeat("null,", 5000)+`1]}`), new(kinds).ref(),
		DecodeOptions{Mode: Strict, Report: func(d Deviation) { seen = append(seen, d) }})
	var list *DeviationError
	if !errors.As(err, &list) || len(list.Deviations) != maxDeviations || list.More != 5002-maxDeviations || len(err.Error()) > 2000 {
		t.Errorf("%v", err)
	}
	deep := strings.Repeat(`{"left":`, 900)
	Decode([]byte(deep+"1"+strings.Repeat("}", 900)), new(node).ref(), DecodeOptions{Report: func(d Deviation) { seen = append(seen, d) }})
	if last := seen[len(seen)-1]; last.Code != WrongType || len(last.Path) > maxPath+10 {
		t.Errorf("%+v", last)
	}
	if len(seen[0].Value) > 80 || len(seen[1].Path) > 80 || !strings.HasSuffix(seen[0].Value, "é…") {
		t.Errorf("%+v", seen[:2])
	}
}

func TestIntegers(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
		ok   bool
	}{
		{"0", 0, true}, {"-0", 0, true}, {"7", 7, true}, {"-7", -7, true},
		{"999999999", 999999999, true}, {"1000000000", 1000000000, true}, {"999999999999999999", 999999999999999999, true},
		{"9223372036854775807", 1<<63 - 1, true}, {"-9223372036854775808", -1 << 63, true},
		{"9223372036854775808", 0, false}, {"-9223372036854775809", 0, false}, {"99999999999999999999999999", 0, false}, {"-18446744073709551616", 0, false},
		{"1.0", 1, true}, {"-1.000", -1, true}, {"1e2", 100, true}, {"1E+2", 100, true}, {"1.5e1", 15, true}, {"150e-1", 15, true}, {"1.23e2", 123, true},
		{"0.0", 0, true}, {"0e10", 0, true}, {"0.000e-99", 0, true}, {"0e999999999999999999999999", 0, true}, {"0.001e3", 1, true}, {"1000e-3", 1, true}, {"1e18", 1e18, true},
		{"922337203685477580.7e1", 1<<63 - 1, true}, {"9223372036854775807000e-3", 1<<63 - 1, true}, {"-9223372036854775808.0", -1 << 63, true},
		{"1.5", 0, false}, {"1e-1", 0, false}, {"15e-2", 0, false}, {"0.1", 0, false}, {"1e19", 0, false}, {"1e999999", 0, false}, {"1e-999999", 0, false},
		{"1e99999999999999999999999999", 0, false}, {"1e-99999999999999999999999999", 0, false}, {"-1e9999", 0, false},
		{"1" + strings.Repeat("0", 100) + "e-100", 1, true}, {"0." + strings.Repeat("0", 100) + "1e101", 1, true},
	} {
		var v kinds
		devs := lenient(t, `{"int":1,"int64":`+c.text+`}`, v.ref())
		if v.Int64 != c.want || (len(devs) == 0) != c.ok {
			t.Errorf("%s: got %d %v", c.text, v.Int64, devs)
		}
		devs = lenient(t, `{"int":`+c.text+`}`, v.ref())
		fits := c.ok && int64(int(c.want)) == c.want
		if fits && int64(v.Int) != c.want || !fits && v.Int != 0 || (len(devs) == 0) != fits {
			t.Errorf("%s as int: got %d %v", c.text, v.Int, devs)
		}
		devs = lenient(t, `{"int":1,"int32":`+c.text+`}`, v.ref())
		fits = c.ok && int64(int32(c.want)) == c.want
		if fits && int64(v.Int32) != c.want || !fits && v.Int32 != 0 || (len(devs) == 0) != fits {
			t.Errorf("%s as int32: got %d %v", c.text, v.Int32, devs)
		}
	}
	for text, want := range map[string]uint64{"18446744073709551615": 1<<64 - 1, "-0": 0, "1.8446744073709551615e19": 1<<64 - 1, "10.0": 10} {
		var v kinds
		if devs := lenient(t, `{"int":1,"uint64":`+text+`}`, v.ref()); v.Uint64 != want || len(devs) > 0 {
			t.Errorf("%s: got %d %v", text, v.Uint64, devs)
		}
	}
}

// Numbers of any length are read in a time that grows with the length only, and none is too large.
func TestHugeNumbers(t *testing.T) {
	million := strings.Repeat("9", 1_000_000)
	for _, number := range []string{million, "-" + million, "0." + million, "1e" + million, "1e-" + million, million + "e-1000000", "1e999999", "0e" + million, million + "." + million + "e" + million} {
		for _, name := range []string{"int", "int32", "int64", "uint64", "float32", "float64", "decimal", "any", "new"} {
			var v kinds
			start := cpu()
			if err := Decode([]byte(`{"`+name+`":`+number+`}`), v.ref(), DecodeOptions{Mode: WithPresence}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if name == "decimal" && v.Decimal != number {
				t.Errorf("a decimal lost its digits")
			}
			if b, err := Marshal(v.ref()); err != nil || string(b) != `{"`+name+`":`+number+`}` {
				t.Errorf("%s is not written as it was read: %v", name, err)
			}
			if d := cpu() - start; d > 5*time.Second {
				t.Errorf("%s takes %v", name, d)
			}
		}
	}
}

// The last of two members counts, and nothing of the first is left.
func TestDuplicateMembersAreNotMerged(t *testing.T) {
	var v kinds
	text := `{"object":{"id":"a"},"pointer":{"id":"a"},"strings":["a","b"],"ints":[1,2],"names":{"a":"1"},"any":[1],"time":"2020-01-02T03:04:05Z","int64":5,"csv":"a,b",
		"object":{},"pointer":{},"strings":["c"],"ints":[],"names":{"b":"2"},"any":{},"time":1,"int64":null,"csv":"","int":1}`
	if err := Decode([]byte(text), v.ref(), DecodeOptions{}); err != nil {
		t.Fatal(err)
	}
	want := kinds{Int: 1, Pointer: &bandwidth{}, Strings: []string{"c"}, Ints: []int{}, Names: map[string]string{"b": "2"}, Any: Raw("{}"), CSV: []string{}}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got  %+v\nwant %+v", v, want)
	}
	var w wide
	if devs := lenient(t, `{"field299":1,"field0":2,"field299":3}`, w.ref()); w.F[299] != 3 || devs[len(devs)-1].Code != DuplicateMember {
		t.Errorf("%v %v", w.F[299], devs[len(devs)-1])
	}
}

func TestWideTypes(t *testing.T) {
	var v wide
	text := "{"
	for i := 299; i >= 0; i-- {
		text += fmt.Sprintf(`"field%d":%d,`, i, i+1)
	}
	text = text[:len(text)-1] + "}"
	if devs := lenient(t, text, v.ref()); len(devs) > 0 {
		t.Error(devs)
	}
	for i, n := range v.F {
		if n != i+1 {
			t.Errorf("field %d is %d", i, n)
		}
	}
	if got := marshal(t, v.ref()); !equalJSON(t, got, text) {
		t.Errorf("got %s", got)
	}
	devs := lenient(t, `{"field299":1,"field64":2}`, v.ref())
	if len(devs) != 298 || devs[64].Path != "field65" {
		t.Errorf("%d deviations, %v", len(devs), devs[64])
	}
	if err := Decode([]byte(`{"field299":null,"field64":0,"field1":1}`), v.ref(), DecodeOptions{Mode: WithPresence}); err != nil {
		t.Fatal(err)
	}
	if got := marshal(t, v.ref()); got != `{"field1":1,"field64":0,"field299":null}` {
		t.Errorf("got %s", got)
	}
}

func TestTimes(t *testing.T) {
	for _, text := range []string{
		"2024-02-29T23:59:59Z", "2023-02-28T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2000-02-29T00:00:00Z", "1900-02-28T00:00:00Z",
		"2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00-05:30", "2024-01-01T00:00:00+23:59", "2024-12-31T00:30:00-01:00",
		"1969-12-31T23:59:59Z", "2024-01-01T00:00:00.0Z",
	} {
		got, ok := readTime(t, text)
		want, err := time.Parse(time.RFC3339, text)
		if !ok || err != nil || !got.Equal(want) {
			t.Errorf("%s: got %v %v, want %v %v", text, got, ok, want, err)
		}
		if _, offset := got.Zone(); text[len(text)-1] != 'Z' {
			if _, o := want.Zone(); o != offset {
				t.Errorf("%s: offset %d, not %d", text, offset, o)
			}
		}
	}
	// RFC 3339 allows small letters, and any number of digits.
	for text, want := range map[string]string{"2024-01-01t00:00:00z": "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.1234567899999Z": "2024-01-01T00:00:00.123456789Z"} {
		if got, ok := readTime(t, text); !ok || got.Format(time.RFC3339Nano) != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
	for _, text := range []string{
		"", "Z", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-1-1T00:00:00Z", "2024-01-01T0:00:00Z", "2024-01-01T00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z",
		"2024-01-00T00:00:00Z", "2024-01-32T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-12-31T23:59:60Z",
		"2024-01-01T00:00:00.Z", "2024-01-01T00:00:00,5Z", "2024-01-01T00:00:00+0100", "2024-01-01T00:00:00+01", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+00:60", "2024-01-01T00:00:00+1:00",
		"2024-01-01T00:00:00ZZ", " 2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z ", "-2024-01-01T00:00:00Z", "20a4-01-01T00:00:00Z", "2024-01-01T00:00:00+aa:00", "12024-01-01T00:00:00Z",
	} {
		if got, ok := readTime(t, text); ok || !got.IsZero() {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func readTime(t *testing.T, text string) (time.Time, bool) {
	t.Helper()
	var v kinds
	devs := lenient(t, `{"int":1,"time":"`+text+`"}`, v.ref())
	return v.Time, len(devs) == 0
}

// The zone of the machine does not show in what is read.
func TestTimesDoNotDependOnTheLocalZone(t *testing.T) {
	got, _ := readTime(t, time.Date(2024, 1, 1, 0, 0, 0, 0, time.Local).Format("2006-01-02T15:04:05-07:00"))
	if got.Location() == time.Local {
		t.Error("a time is local")
	}
}

func TestStringsDoNotHoldTheBody(t *testing.T) {
	p := makePayloads(3)
	data := append([]byte(nil), p.compact...)
	var v groupList
	if err := Decode(data, v.ref(), DecodeOptions{Mode: WithPresence}); err != nil {
		t.Fatal(err)
	}
	text := marshal(t, v.ref())
	for i := range data {
		data[i] = 'x'
	}
	if got := marshal(t, v.ref()); got != text {
		t.Errorf("a changed body changes the value: %s", got)
	}
	var k kinds
	data = []byte(everyKind)
	if err := Decode(data, k.ref(), DecodeOptions{}); err != nil {
		t.Fatal(err)
	}
	clear(data)
	if !reflect.DeepEqual(k, wantEveryKind()) {
		t.Errorf("a changed body changes the value: %+v", k)
	}
}

// Lists that share memory do not run into one another.
func TestListsAreApart(t *testing.T) {
	var v kinds
	if err := Decode([]byte(`{"strings":["a","b"],"lists":[["c"],["d","e"],["f"]]}`), v.ref(), DecodeOptions{}); err != nil {
		t.Fatal(err)
	}
	v.Strings = append(v.Strings, "x")
	v.Lists[0] = append(v.Lists[0], "y")
	if !reflect.DeepEqual(v.Lists, [][]string{{"c", "y"}, {"d", "e"}, {"f"}}) || v.Strings[2] != "x" {
		t.Errorf("%v %v", v.Strings, v.Lists)
	}
}

func TestNilRefs(t *testing.T) {
	if err := Decode([]byte(`{"a":1}`), Ref{}, DecodeOptions{}); err != nil {
		t.Error(err)
	}
	if err := Decode([]byte(`{"a":1`), (*kinds)(nil).ref(), DecodeOptions{}); err == nil {
		t.Error("no error")
	}
	if b, err := Marshal((*kinds)(nil).ref()); err != nil || string(b) != "null" {
		t.Errorf("%s %v", b, err)
	}
}

func TestManyGoroutinesMayDecode(t *testing.T) {
	p := makePayloads(10)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20 {
				var v groupList
				if err := Decode(p.compact, v.ref(), DecodeOptions{Mode: Mode(i % 8), Report: func(Deviation) {}}); err != nil {
					t.Error(err)
				}
				if _, err := Marshal(v.ref()); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
}

func TestAllocations(t *testing.T) {
	p := makePayloads(100)
	for name, c := range map[string]struct {
		mode Mode
		most float64
	}{"alias": {Alias, 130}, "copy": {0, 230}, "presence": {WithPresence, 310}} {
		got := testing.AllocsPerRun(5, func() {
			var v groupList
			if err := Decode(p.compact, v.ref(), DecodeOptions{Mode: c.mode}); err != nil {
				t.Error(err)
			}
		})
		if got > c.most {
			t.Errorf("%s: %v allocations for 100 groups, at most %v wanted", name, got, c.most)
		}
	}
}
