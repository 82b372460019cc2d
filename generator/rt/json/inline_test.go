package json

import (
	"reflect"
	"testing"
)

// optionalList is a body that may be no list, with code of its own.
type optionalList struct{ at *Opt[[]string] }

func (v optionalList) ReadJSON(d *Decoder, p int, fl Flags) int {
	var list []string
	p = d.Strings(p, fl, &list)
	return Keep(d, p, list, v.at)
}

func (v optionalList) WriteJSON(e *Encoder, b []byte) []byte {
	if list, ok := v.at.Get(); ok {
		return AppendStrings(b, list)
	}
	return e.Null(b)
}

func TestAnOptionalListWithCodeIsNoList(t *testing.T) {
	var v Opt[[]string]
	ref := Of(&Type{Name: "list", Kind: Strings, Flags: Optional}, optionalList{&v})
	if err := Decode([]byte(`["a","b"]`), ref, DecodeOptions{}); err != nil || len(v.Or(nil)) != 2 {
		t.Fatal(v, err)
	}
	if n, ok := Len(ref); n != 0 || ok {
		t.Error(n, ok)
	}
	if b, err := Marshal(ref); string(b) != `["a","b"]` || err != nil {
		t.Errorf("%s, %v", b, err)
	}
}

// A method that a type has by embedding is one more function for the compiler, in the build of every client.
func TestReadersAndWritersAreGivenNoMethods(t *testing.T) {
	for _, of := range []reflect.Type{reflect.TypeFor[*reader](), reflect.TypeFor[*writer]()} {
		if n := of.NumMethod(); n != 0 {
			t.Errorf("%v has %d methods of what it consists of", of, n)
		}
	}
}
