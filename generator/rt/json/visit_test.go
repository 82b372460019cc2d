package json

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// script writes down what it is told.
type script struct{ strings.Builder }

func (s *script) BeginObject()     { s.WriteString("{ ") }
func (s *script) Name(name string) { s.WriteString(name + "= ") }
func (s *script) BeginArray()      { s.WriteString("[ ") }
func (s *script) Null()            { s.WriteString("null ") }
func (s *script) End()             { s.WriteString("end ") }
func (s *script) Scalar(kind ScalarKind, text string) {
	s.WriteString([]string{StringScalar: "string", NumberScalar: "number", BoolScalar: "bool"}[kind] + ":" + text + " ")
}

func TestVisit(t *testing.T) {
	v := policyRequest{
		Name: "a \"b\"\n", Action: &policyAction{Number: Some(2)}, Tags: []string{"x", ""}, Labels: map[string]string{"b": "2", "a&": "1"},
		Owner: Null[*policyAction](), Enabled: Some(false), Factor: Some(1e21), Extra: Raw(` {"k" : [1.50 , true,null,{}, [] ] } `),
	}
	var s script
	if err := Visit(v.ref(), &s); err != nil {
		t.Fatal(err)
	}
	want := "{ scaling_policy_name= string:a \"b\"\n scaling_group_id= string: scaling_policy_type= string: kind= string:policy " +
		"scaling_policy_action= { instance_number= number:2 end tags= [ string:x string: end labels= { a&= string:1 b= string:2 end " +
		"owner= null enabled= bool:false factor= number:1e+21 extra= { k= [ number:1.50 bool:true null { end [ end end end end "
	if s.String() != want {
		t.Errorf("got  %s\nwant %s", s.String(), want)
	}
	for _, c := range []struct {
		v    Ref
		want string
	}{
		{Ref{}, "null "},
		{refAt(ty(tInt), pointerTo(new(int))), "number:0 "},
		{refAt(ty(tAny), pointerTo(&Raw{' ', '"', '\\', 'n', '"'})), "string:\n "},
	} {
		var s script
		if err := Visit(c.v, &s); err != nil || s.String() != c.want {
			t.Errorf("got %s, want %s: %v", s.String(), c.want, err)
		}
	}
	s.Reset()
	var bad *ValueError
	if err := Visit((&kinds{Strings: []string{"a"}, Float64: math.NaN()}).ref(), &s); !errors.As(err, &bad) || s.Len() > 0 {
		t.Errorf("told %q: %v", s.String(), err)
	}
}

func TestVisitText(t *testing.T) {
	var s script
	if err := VisitText([]byte(" { \"a\\u0062\" : [ 1 , \"x\" ] } "), &s); err != nil || s.String() != "{ ab= [ number:1 string:x end end " {
		t.Errorf("got %s: %v", s.String(), err)
	}
	s.Reset()
	for _, text := range []string{"", "{", `{"a":1,}`, "[1 2]", "\xff"} {
		var bad *SyntaxError
		if err := VisitText([]byte(text), &s); !errors.As(err, &bad) || s.Len() > 0 {
			t.Errorf("%q: told %q: %v", text, s.String(), err)
		}
	}
}
