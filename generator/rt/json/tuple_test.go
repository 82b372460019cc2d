package json

import (
	"reflect"
	"testing"
)

func TestTuples(t *testing.T) {
	for _, c := range []struct {
		text string
		want point
		json string // what it is written as
		devs []DeviationCode
	}{
		{`[1,2]`, point{X: 1, Y: 2}, `[1,2]`, nil},
		{` [ 1 , 2.5 , 3 , "a" ] `, point{X: 1, Y: 2.5, Z: Some(3.0), Label: "a"}, `[1,2.5,3,"a"]`, nil},
		{`[1,2,null]`, point{X: 1, Y: 2, Z: Null[float64]()}, `[1,2,null]`, nil},
		{`[1,2,null,"a",{"k":[]},null]`, point{X: 1, Y: 2, Z: Null[float64](), Label: "a", Rest: []Raw{Raw(`{"k":[]}`), Raw(`null`)}}, `[1,2,null,"a",{"k":[]},null]`, nil},
		{`[]`, point{}, `[0,0]`, []DeviationCode{WrongLength}},
		{`[1]`, point{X: 1}, `[1,0]`, []DeviationCode{WrongLength}},
		{`["1",null,"x",4]`, point{}, `[0,0]`, []DeviationCode{WrongType, UnexpectedNull, WrongType, WrongType}},
		{`null`, point{}, `[0,0]`, []DeviationCode{UnexpectedNull}},
		{`{}`, point{}, `[0,0]`, []DeviationCode{WrongType}},
	} {
		got, devs := decodeTo[point](t, tPoint, c.text, 0)
		if !reflect.DeepEqual(got, c.want) || !reflect.DeepEqual(codes(devs), c.devs) {
			t.Errorf("%s: got %+v %v, want %+v %v", c.text, got, devs, c.want, c.devs)
		}
		if back := marshal(t, refAt(ty(tPoint), pointerTo(&got))); back != c.json {
			t.Errorf("%s is written as %s, want %s", c.text, back, c.json)
		}
	}
	for text, want := range map[string][]DeviationCode{
		`["pair","a",["pair","b"]]`: nil, `[]`: nil, `["pair"]`: nil,
		`["pair","a",null]`: {UnexpectedNull}, `["twin"]`: {WrongValue}, `["pair","a",[],[]]`: {WrongLength},
	} {
		if _, devs := decodeTo[pair](t, tPair, text, 0); !reflect.DeepEqual(codes(devs), want) {
			t.Errorf("%s: %v, want %v", text, devs, want)
		}
	}
	for _, text := range []string{`[`, `[1`, `[1,`, `[1,]`, `[,1]`, `[1 2]`, `[1,2,null,"a",]`, `[1}`, `[1,2,3,4,5`} {
		if err := Decode([]byte(text), refAt(ty(tPoint), pointerTo(new(point))), DecodeOptions{}); err == nil {
			t.Errorf("%s passes", text)
		}
	}
}

func codes(devs []Deviation) []DeviationCode {
	var list []DeviationCode
	for _, d := range devs {
		list = append(list, d.Code)
	}
	return list
}

// What stands before an element that is written is written too.
func TestTuplesMadeByHand(t *testing.T) {
	for _, c := range []struct {
		v    Ref
		want string
	}{
		{refAt(ty(tPoint), pointerTo(&point{})), `[0,0]`},
		{refAt(ty(tPoint), pointerTo(&point{Label: "x"})), `[0,0,null,"x"]`},
		{refAt(ty(tPoint), pointerTo(&point{Rest: []Raw{Raw("1"), nil}})), `[0,0,null,"",1,null]`},
		{refAt(ty(tPair), pointerTo(&pair{})), `["pair"]`},
		{refAt(ty(tPair), pointerTo(&pair{Other: &pair{Name: "a\nb"}})), `["pair","",["pair","a\nb"]]`},
		{(&zoo{Points: []point{{X: 1}, {}}}).ref(), `{"points":[[1,0],[0,0]]}`},
		{(&keeper{Spot: &point{Y: 2}}).ref(), `{"pet":null,"spot":[0,2]}`},
	} {
		if got := marshal(t, c.v); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// What a tuple cannot give back the struct around it keeps.
func TestTuplesAreKept(t *testing.T) {
	for _, member := range []string{`"point":[1]`, `"point":[1.50,2]`, `"point":["a",2,3]`, `"point":[1,2,3,""]`, `"pair":["pair","x",null]`, `"pair":["pair","x",["pair"],4]`, `"points":[[],[1,2]]`, `"point":[1,2,null,null]`, `"point":null`, `"pair":[]`} {
		text := "{" + member + "}"
		v := new(zoo)
		if err := Decode([]byte(text), v.ref(), DecodeOptions{Mode: WithPresence}); err != nil {
			t.Fatal(err)
		}
		if got := marshal(t, v.ref()); got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
}
