package json

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAdditionalMembers(t *testing.T) {
	for _, c := range []struct {
		text string
		want tags
		json string
		devs []DeviationCode
	}{
		{`{}`, tags{}, `{}`, nil},
		{`{"b":"2","id":"x","a":"1"}`, tags{ID: "x", Additional: map[string]string{"a": "1", "b": "2"}}, `{"id":"x","a":"1","b":"2"}`, nil},
		{`{"\u0062":"2","ID":"y","é\n":""}`, tags{Additional: map[string]string{"b": "2", "ID": "y", "é\n": ""}}, `{"ID":"y","b":"2","é\n":""}`, nil},
		{`{"a":1,"b":null}`, tags{Additional: map[string]string{"a": "", "b": ""}}, `{"a":"","b":""}`, []DeviationCode{WrongType, UnexpectedNull}},
		{`{"a":"1","a":"2","size":1,"size":2}`, tags{Size: 2, Additional: map[string]string{"a": "2"}}, `{"size":2,"a":"2"}`, []DeviationCode{DuplicateMember, DuplicateMember}},
	} {
		for _, mode := range []Mode{0, Alias, WithPresence} {
			got, devs := decodeTo[tags](t, tTags, c.text, mode)
			if mode == WithPresence {
				if back := marshal(t, got.ref()); !equalJSON(t, back, c.text) {
					t.Errorf("%s is written as %s", c.text, back)
				}
				got.presence = nil
			}
			if !reflect.DeepEqual(got, c.want) || !reflect.DeepEqual(codes(devs), c.devs) {
				t.Errorf("%s: got %+v %v, want %+v %v", c.text, got, devs, c.want, c.devs)
			}
			if back := marshal(t, got.ref()); back != c.json {
				t.Errorf("%s is written as %s, want %s", c.text, back, c.json)
			}
		}
	}
	v, _ := decodeTo[keeper](t, tKeeper, `{"tom":{"lives":1,"kind":"cat"},"pet":"x","spike":{"kind":"dog"}}`, 0)
	if want := (keeper{Pet: petName("x"), Additional: map[string]pet{"tom": &cat{Kind: "cat", Lives: 1}, "spike": &dog{Kind: "dog"}}}); !reflect.DeepEqual(v, want) {
		t.Errorf("got %+v", v)
	}
	if got := marshal(t, v.ref()); got != `{"pet":"x","spike":{"kind":"dog"},"tom":{"kind":"cat","lives":1}}` {
		t.Errorf("got %s", got)
	}
}

// A field is not written twice: the map must not hold its name.
func TestAdditionalMembersAreNoFields(t *testing.T) {
	for _, c := range []struct {
		v      Ref
		member string
	}{
		{(&tags{Additional: map[string]string{"id": "x"}}).ref(), "id"},
		{(&tags{ID: "y", Additional: map[string]string{"a": "", "size": "x"}}).ref(), "size"},
		{refAt(ty(tAnything), pointerTo(&anything{Additional: map[string]Raw{"é\n": nil}})), "é\n"},
		{refAt(ty(tAnything), pointerTo(&anything{Additional: map[string]Raw{"x": Raw("{")}})), "x"},
		{(&keeper{Additional: map[string]pet{"a": &cat{Friend: unknownPet{Raw("x")}}}}).ref(), "friend"},
	} {
		var bad *ValueError
		if _, err := Marshal(c.v); !errors.As(err, &bad) || bad.Member != c.member {
			t.Errorf("%s: %v", c.member, err)
		}
	}
}

func TestAdditionalMembersThatChange(t *testing.T) {
	text := `{"a":1,"b":null,"c":"3","id":5,"d":[ 1 ],"\ud800":"x"}`
	var v tags
	r := recorded(t, text, v.ref())
	if got := marshal(t, v.ref()); got != `{"id":5,"a":1,"b":null,"c":"3","d":[ 1 ],"\ud800":"x"}` {
		t.Errorf("got %s", got)
	}
	for name, want := range map[string][2]bool{"a": {true, false}, "b": {true, true}, "c": {true, false}, "id": {true, false}, "size": {false, false}, "x": {false, false}, "\ufffd": {true, false}} {
		if r.Has(name) != want[0] || r.IsNull(name) != want[1] {
			t.Errorf("%s: Has %v, IsNull %v", name, r.Has(name), r.IsNull(name))
		}
	}
	if r.Unknown() != nil {
		t.Errorf("unknown: %v", r.Unknown())
	}
	v.Additional["a"], v.Additional["e"] = "new", "5"
	delete(v.Additional, "d")
	delete(v.Additional, "\ufffd")
	if got := marshal(t, v.ref()); got != `{"id":5,"a":"new","b":null,"c":"3","e":"5"}` {
		t.Errorf("got %s", got)
	}
	v.Additional = nil
	if got := marshal(t, v.ref()); got != `{"id":5}` || r.Has("a") {
		t.Errorf("got %s", got)
	}
}

func TestManyAdditionalMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"id":"x"`)
	for i := range 100_000 {
		fmt.Fprintf(&b, `,"x%d":%d`, i, i)
	}
	b.WriteString("}")
	start := cpu()
	var v tags
	recorded(t, b.String(), v.ref())
	if len(v.Additional) != 100_000 || !equalJSON(t, marshal(t, v.ref()), b.String()) {
		t.Error("something is lost")
	}
	if d := cpu() - start; d > 5*time.Second {
		t.Errorf("takes %v", d)
	}
}
