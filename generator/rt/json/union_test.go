package json

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// decodeTo decodes text into a new T, a type of the table, and returns it with the deviations.
func decodeTo[T any](t *testing.T, typ int, text string, mode Mode) (T, []Deviation) {
	t.Helper()
	var v T
	var devs []Deviation
	if err := Decode([]byte(text), refAt(ty(typ), pointerTo(&v)), DecodeOptions{Mode: mode, Report: func(d Deviation) { devs = append(devs, d) }}); err != nil {
		t.Fatalf("Decode(%s): %v", text, err)
	}
	return v, devs
}

func TestUnionByDiscriminator(t *testing.T) {
	for text, want := range map[string]pet{
		`{"kind":"cat","lives":7}`:                             &cat{Kind: "cat", Lives: 7},
		`{"lives":7,"kind":"kitten"}`:                          &cat{Kind: "kitten", Lives: 7},
		`{"tricks":["kind"],"kind":"dog"}`:                     &dog{Kind: "dog", Tricks: []string{"kind"}},
		` { "tricks" : [ ] , "kind" : "dog" } `:                &dog{Kind: "dog", Tricks: []string{}},
		`{"tricks":["x"],"\u006bind":"d\u006fg"}`:              &dog{Kind: "dog", Tricks: []string{"x"}},
		`{"friend":{"kind":"dog"},"kind":"cat"}`:               &cat{Kind: "cat", Friend: &dog{Kind: "dog"}},
		`{"friend":{"friend":null,"kind":"cat"},"kind":"cat"}`: &cat{Kind: "cat", Friend: &cat{Kind: "cat"}},
		`"Tom"`:           petName("Tom"),
		`["Tom","Spike"]`: petNames{"Tom", "Spike"},
		`[]`:              petNames{},
	} {
		for _, mode := range []Mode{0, Alias} {
			got, devs := decodeTo[pet](t, tPet, text, mode)
			if !reflect.DeepEqual(got, want) || len(devs) > 0 {
				t.Errorf("%s: got %#v %v, want %#v", text, got, devs, want)
			}
		}
	}
}

// A value that several variants share leaves them, and no others; what the guess does not know is not lost.
func TestUnionIsGuessedAmongThoseThatShareAValue(t *testing.T) {
	union := *ty(tPet).Union
	union.Shared = true
	union.Variants = slices.Clone(union.Variants)
	union.Variants[0].Values = append(slices.Clone(union.Variants[0].Values), `"dog"`)
	shared := *ty(tPet)
	shared.Union = &union
	require.NoError(t, Check(&shared))
	for text, want := range map[string]pet{
		`{"kind":"dog","lives":7}`:      &cat{Kind: "dog", Lives: 7},
		`{"tricks":["x"],"kind":"dog"}`: &dog{Kind: "dog", Tricks: []string{"x"}},
		`{"kind":"dog"}`:                &dog{Kind: "dog"},
		`{"kind":"cat","tricks":["x"]}`: &cat{Kind: "cat"},
		`{"kind":"fish","lives":7}`:     unknownPet{Raw(`{"kind":"fish","lives":7}`)},
	} {
		var got pet
		require.NoError(t, Decode([]byte(text), refAt(&shared, pointerTo(&got)), DecodeOptions{}))
		switch v := got.(type) {
		case *cat:
			v.presence = nil
		case *dog:
			v.presence = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", text, got, want)
		}
	}
	var got pet
	require.NoError(t, Decode([]byte(`{"kind":"dog","lives":7,"new":1}`), refAt(&shared, pointerTo(&got)), DecodeOptions{}))
	assert.JSONEq(t, `{"kind":"dog","lives":7,"new":1}`, marshal(t, refAt(&shared, pointerTo(&got))))
}

// What is none of the variants is kept as it is, and reported.
func TestUnionKeepsWhatItDoesNotKnow(t *testing.T) {
	for text, code := range map[string]DeviationCode{
		`{"kind":"fish","lives":1}`: OtherVariant,
		`{"Kind":"cat"}`:            OtherVariant,
		`{"kind":null}`:             OtherVariant,
		`{"kind":["cat"]}`:          OtherVariant,
		`{}`:                        OtherVariant,
		`{"lives": 1e400}`:          OtherVariant,
		`17`:                        OtherVariant,
		`true`:                      OtherVariant,
		`null`:                      UnexpectedNull,
	} {
		got, devs := decodeTo[pet](t, tPet, text, 0)
		want := pet(unknownPet{Raw(text)})
		if text == "null" {
			want = nil
		}
		if !reflect.DeepEqual(got, want) || len(devs) != 1 || devs[0].Code != code {
			t.Errorf("%s: got %#v %v", text, got, devs)
		}
		if back := marshal(t, refAt(ty(tPet), pointerTo(&got))); back != text {
			t.Errorf("%s is written as %s", text, back)
		}
	}
}

func TestUnionByConstant(t *testing.T) {
	for text, want := range map[string]figure{
		`{"version":1,"radius":2}`:             &circle{Version: 1, Radius: 2},
		`{"radius":2,"version":1.0}`:           &circle{Version: 1, Radius: 2},
		`{"width":2,"height":3,"version":2e0}`: &rectangle{Version: 2, Width: 2, Height: 3},
		`{"version":3,"radius":2}`:             unknownFigure{Raw(`{"version":3,"radius":2}`)},
		`{"version":"1","radius":2}`:           unknownFigure{Raw(`{"version":"1","radius":2}`)},
		`[]`:                                   unknownFigure{Raw(`[]`)},
	} {
		if got, _ := decodeTo[figure](t, tFigure, text, 0); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", text, got, want)
		}
	}
	// Without the member it is a guess, which records.
	for text, want := range map[string]figure{
		`{"radius":2}`:             &circle{Radius: 2},
		`{"width":2,"height":3}`:   &rectangle{Width: 2, Height: 3},
		`{"height":3}`:             &rectangle{Height: 3}, // one is missing in each, but height is unknown to one
		`{"radius":"2","width":2}`: &circle{},
		`{}`:                       &circle{},
	} {
		got, _ := decodeTo[figure](t, tFigure, text, 0)
		recorded := false
		switch v := got.(type) {
		case *circle:
			recorded = v.presence != nil
			v.presence = nil
		case *rectangle:
			recorded = v.presence != nil
			v.presence = nil
		}
		if !recorded || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, recorded %v, want %#v", text, got, recorded, want)
		}
		got, _ = decodeTo[figure](t, tFigure, text, 0)
		if back := marshal(t, refAt(ty(tFigure), pointerTo(&got))); !equalJSON(t, back, text) {
			t.Errorf("%s is written as %s", text, back)
		}
	}
}

func TestUnionIsGuessed(t *testing.T) {
	utc := time.UTC
	for _, c := range []struct {
		text string
		want term
	}{
		{`1`, termInt(1)},
		{`1.5`, termNumber(1.5)},
		{`1e400`, unknownTerm{Raw(`1e400`)}},
		{`true`, unknownTerm{Raw(`true`)}},
		{`"2020-01-02T03:04:05Z"`, termTime(time.Date(2020, 1, 2, 3, 4, 5, 0, utc))},
		{`"never"`, termString("never")},
		{`[1,2]`, &point{X: 1, Y: 2}},
		{`[1,2,null,"label",[]]`, &point{X: 1, Y: 2, Z: Null[float64](), Label: "label", Rest: []Raw{Raw(`[]`)}}},
		{`[1]`, termList{termInt(1)}},
		{`["a"]`, termList{termString("a")}},
		{`[[1,2],[3,4]]`, termPoints{{X: 1, Y: 2}, {X: 3, Y: 4}}},
		{`[[1,2],"x"]`, termList{&point{X: 1, Y: 2}, termString("x")}},
		{`[]`, termPoints{}},
		{`{"op":"plus","left":1,"right":{"of":2,"op":"minus"}}`, &sum{Op: "plus", Left: termInt(1), Right: &negation{Op: "minus", Of: termInt(2)}}},
		{`{"left":1,"right":2}`, &sum{Left: termInt(1), Right: termInt(2)}},
		{`{"op":"minus"}`, &negation{Op: "minus"}},
		{`{"op":"minus","left":1,"right":2}`, &negation{Op: "minus"}},
		{`{"args":[1,"a",[]],"name":"f"}`, &call{Name: "f", Args: []term{termInt(1), termString("a"), termPoints{}}}},
		{`{"name":"f","arguments":{"x":null,"y":2}}`, &call{Name: "f", Arguments: map[string]term{"x": nil, "y": termInt(2)}}},
		{`{"name":1}`, termMap{"name": 1}},
		{`{"a":1,"b":2}`, termMap{"a": 1, "b": 2}},
		{`{"kind":"cat","lives":9}`, termPet{&cat{Kind: "cat", Lives: 9}}},
	} {
		got, devs := decodeTo[term](t, tTerm, c.text, 0)
		if forgetPresence(got); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %#v %v, want %#v", c.text, got, devs, c.want)
		}
		got, _ = decodeTo[term](t, tTerm, c.text, 0)
		if back := marshal(t, refAt(ty(tTerm), pointerTo(&got))); !equalJSON(t, back, c.text) {
			t.Errorf("%s is written as %s", c.text, back)
		}
	}
	if got, devs := decodeTo[term](t, tTerm, `null`, Strict); got != nil || len(devs) > 0 {
		t.Errorf("null: %#v %v", got, devs)
	}
}

// forgetPresence removes what a value was read from.
func forgetPresence(v any) {
	forget(reflect.ValueOf(&v).Elem())
}

func forget(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.Type() == reflect.TypeFor[*Presence]() {
			reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem().SetZero()
		} else if !v.IsNil() {
			forget(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() != reflect.TypeFor[time.Time]() {
				forget(v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			forget(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			forget(v.MapIndex(key))
		}
	}
}

func TestUnionInEveryPlace(t *testing.T) {
	text := `{"pet":{"lives":1,"kind":"cat"},"pets":[{"kind":"dog"},"x",[]],"named":{"a":"b","c":{"kind":"dog"}},"maybe":null,"figure":{"radius":1,"version":1},"term":null}`
	var v zoo
	if devs := lenient(t, text, v.ref()); len(devs) > 0 {
		t.Error(devs)
	}
	want := zoo{
		Pet: &cat{Kind: "cat", Lives: 1}, Pets: []pet{&dog{Kind: "dog"}, petName("x"), petNames{}}, Named: map[string]pet{"a": petName("b"), "c": &dog{Kind: "dog"}},
		Maybe: Null[pet](), Figure: &circle{Version: 1, Radius: 1},
	}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got  %+v\nwant %+v", v, want)
	}
	if got := marshal(t, v.ref()); got != `{"pet":{"kind":"cat","lives":1},"pets":[{"kind":"dog"},"x",[]],"named":{"a":"b","c":{"kind":"dog"}},"maybe":null,"figure":{"version":1,"radius":1}}` {
		t.Errorf("got %s", got)
	}
	lenient(t, `{"maybe":"x","pet":"y","pet":["z"]}`, v.ref())
	if !reflect.DeepEqual(v, zoo{Maybe: Some(pet(petName("x"))), Pet: petNames{"z"}}) {
		t.Errorf("got %+v", v)
	}
}

// putAny and getAny are of a union of time.Time and []int whose interface is any.
func putAny(dst *byte, variant int, v *byte) {
	switch p := (*any)(unsafe.Pointer(dst)); variant {
	case 0:
		*p = *(*time.Time)(unsafe.Pointer(v))
	case 1:
		*p = *(*[]int)(unsafe.Pointer(v))
	default:
		*p = *(*Raw)(unsafe.Pointer(v))
	}
}

func getAny(src *byte) (int, *byte) {
	switch v := (*(*any)(unsafe.Pointer(src))).(type) {
	case time.Time:
		return 0, address(&v)
	case []int:
		return 1, address(&v)
	case Raw:
		return UnknownVariant, address(&v)
	}
	return NoVariant, nil
}

// A value that the reader would not hold is kept as text, not as zero.
func TestUnionOfAValueThatDeviates(t *testing.T) {
	when := &Type{Name: "when", Kind: Interface, Union: &Union{Name: "when", Put: putAny, Get: getAny, Variants: []Variant{
		{Type: &Type{Name: "time", Kind: Time}}, {Type: &Type{Name: "ints", Kind: Slice, Sub: &Type{Name: "int", Kind: Int}}},
	}}}
	if err := Check(when); err != nil {
		t.Fatal(err)
	}
	var v any
	devs := lenient(t, `"never"`, refAt(when, pointerTo(&v)))
	if !reflect.DeepEqual(v, Raw(`"never"`)) || len(devs) != 1 || devs[0].Code != BadText {
		t.Errorf("%#v %v", v, devs)
	}
	devs = lenient(t, `[1,"x"]`, refAt(when, pointerTo(&v)))
	if !reflect.DeepEqual(v, []int{1, 0}) || len(devs) != 1 || devs[0].Path != "[1]" {
		t.Errorf("%#v %v", v, devs)
	}
	v = 5
	var bad *ValueError
	if _, err := Marshal(refAt(when, pointerTo(&v))); !errors.As(err, &bad) {
		t.Errorf("a type that is no variant: %v", err)
	}
}
