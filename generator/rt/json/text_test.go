package json

import (
	stdjson "encoding/json"
	"errors"
	"reflect"
	"testing"
)

func TestLookup(t *testing.T) {
	text := ` { "error" : {"code":"AS.0001", "n\u0061me":7, "list":[1,{"x":null},"y"], "code":"AS.0002"}, "":{"":true}, "a.b":0 } `
	for _, c := range []struct {
		path []string
		want string
	}{
		{[]string{"error", "code"}, `"AS.0002"`},
		{[]string{"error", "name"}, `7`},
		{[]string{"error", "list"}, `[1,{"x":null},"y"]`},
		{[]string{"error", "list", "0"}, `1`},
		{[]string{"error", "list", "1", "x"}, `null`},
		{[]string{"error", "list", "2"}, `"y"`},
		{[]string{"", ""}, `true`},
		{[]string{"a.b"}, `0`},
		{nil, `{ "error" : {"code":"AS.0001", "n\u0061me":7, "list":[1,{"x":null},"y"], "code":"AS.0002"}, "":{"":true}, "a.b":0 }`},
	} {
		if got, ok := Lookup([]byte(text), c.path...); !ok || string(got) != c.want {
			t.Errorf("%q: got %s, want %s", c.path, got, c.want)
		}
	}
	for _, path := range [][]string{{"Error"}, {"error", "x"}, {"error", "list", "3"}, {"error", "list", "-1"}, {"error", "list", "00"}, {"error", "list", ""}, {"error", "code", "x"}, {"a", "b"}} {
		if got, ok := Lookup([]byte(text), path...); ok {
			t.Errorf("%q: got %s", path, got)
		}
	}
	for i := range text {
		for _, path := range [][]string{{"error", "list", "1", "x"}, {"error", "code"}, {}, {"x"}} {
			Lookup([]byte(text[:i]), path...) // must not panic
			Lookup([]byte(text[i:]), path...)
			Lookup([]byte(text[:i]+"\x80\\"+text[i:]), path...)
		}
	}
	for _, text := range []string{"", "<html>", "\x00", "[", "{", `{"error"`, `{"error":`, `{"error":{`, `{"error" "x"}`, `{"error":[}`} {
		if got, ok := Lookup([]byte(text), "error"); ok {
			t.Errorf("%s: got %s", text, got)
		}
	}
}

func TestTextOfRaw(t *testing.T) {
	for raw, want := range map[string]string{`"a\u0062"`: "ab", ` "x" `: "x", `1.50`: "1.50", `true`: "true", `""`: ""} {
		if got, ok := Raw(raw).Text(); !ok || got != want {
			t.Errorf("%s: got %q", raw, got)
		}
	}
	for _, raw := range []string{"", "null", "{}", "[1]", "x", `"`, "\xff"} {
		if got, ok := Raw(raw).Text(); ok {
			t.Errorf("%s: got %q", raw, got)
		}
	}
	var v struct{ A, B Raw }
	if err := stdjson.Unmarshal([]byte(`{"A":{"x": 1}}`), &v); err != nil || v.A.String() != `{"x": 1}` {
		t.Errorf("%v %v", v, err)
	}
	if b, err := stdjson.Marshal(v); err != nil || string(b) != `{"A":{"x":1},"B":null}` {
		t.Errorf("%s %v", b, err)
	}
}

func TestCompact(t *testing.T) {
	for text, want := range map[string]string{" { \"a b\" : [ 1 , \"\\\" \" ] ,\n\"c\":null } ": `{"a b":[1,"\" "],"c":null}`, " 1 ": "1", "[\t]": "[]"} {
		if got, err := Compact([]byte("x"), []byte(text)); err != nil || string(got) != "x"+want {
			t.Errorf("%s: got %s %v", text, got, err)
		}
	}
	if got, err := Compact([]byte("x"), []byte("[1,]")); err == nil || string(got) != "x" {
		t.Errorf("got %s %v", got, err)
	}
}

func TestMerge(t *testing.T) {
	members := map[string]Raw{"z": Raw(`[1]`), "a": Raw(`null`), "q\"": Raw(` 2 `)}
	for body, want := range map[string]string{
		"":                                     `{"a":null,"q\"": 2 ,"z":[1]}`,
		" {} ":                                 `{"a":null,"q\"": 2 ,"z":[1]}`,
		`{"b":{"a":1}}`:                        `{"b":{"a":1},"a":null,"q\"": 2 ,"z":[1]}`,
		`{"\u0061":1, "b" : 2 ,"q\"":3,"z":4}`: `{"b" : 2,"a":null,"q\"": 2 ,"z":[1]}`,
	} {
		if got, err := Merge([]byte(body), members); err != nil || string(got) != want {
			t.Errorf("%s: got %s %v, want %s", body, got, err, want)
		}
	}
	if got, err := Merge([]byte(`{"b":1}`), nil); err != nil || string(got) != `{"b":1}` {
		t.Errorf("got %s %v", got, err)
	}
	if got, err := Merge(nil, nil); err != nil || string(got) != `{}` {
		t.Errorf("got %s %v", got, err)
	}
	for _, body := range []string{"[]", "1", "{", `{"a":1}x`, "\xff"} {
		if got, err := Merge([]byte(body), members); err == nil {
			t.Errorf("%s: got %s", body, got)
		}
	}
	var value *ValueError
	if _, err := Merge(nil, map[string]Raw{"x": Raw("{")}); !errors.As(err, &value) || value.Member != "x" {
		t.Errorf("%v", err)
	}
	if _, err := Merge(nil, map[string]Raw{"x": nil}); err == nil {
		t.Error("a member without a value is merged")
	}
}

func TestOpt(t *testing.T) {
	for _, c := range []struct {
		o                   Opt[int]
		set, isNull, absent bool
		or                  int
	}{{Some(0), true, false, false, 0}, {Null[int](), false, true, false, 9}, {Opt[int]{}, false, false, true, 9}} {
		v, ok := c.o.Get()
		if v != 0 || ok != c.set || c.o.IsSet() != c.set || c.o.IsNull() != c.isNull || c.o.IsAbsent() != c.absent || c.o.Or(9) != c.or {
			t.Errorf("%+v", c.o)
		}
	}
}

// Each method of a value is two functions and four types for each type of which there is an Opt: of GitHub's client, a tenth of
// the CPU time and of the memory to compile it.
func TestOptHasNoMethodOfItsValue(t *testing.T) {
	if n := reflect.TypeFor[Opt[int]]().NumMethod(); n != 0 {
		t.Errorf("%d methods have a value as receiver", n)
	}
}
