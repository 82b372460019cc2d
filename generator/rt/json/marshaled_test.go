package json

import (
	"errors"
	"net/netip"
	"net/url"
	"reflect"
	"testing"
	"unsafe"
)

func TestTypesOfOtherPackages(t *testing.T) {
	text := `{"addr":"10.0.0.1","addrs":["::1",""],"maybe_ip":"fe80::1%eth0","link":"https://u@h/p?q=1#f","big":123456789012345678901234567890,"small":4294967295,"long":"18446744073709551615","token":"-_8=","digest":"00FF"}`
	var v zoo
	if devs := lenient(t, text, v.ref()); len(devs) > 0 {
		t.Error(devs)
	}
	want := zoo{
		Addr: netip.MustParseAddr("10.0.0.1"), Addrs: []netip.Addr{netip.MustParseAddr("::1"), {}}, MaybeIP: Some(netip.MustParseAddr("fe80::1%eth0")),
		Link: url.URL{Scheme: "https", User: url.User("u"), Host: "h", Path: "/p", RawQuery: "q=1", Fragment: "f"}, Small: 1<<32 - 1, Long: 1<<64 - 1, Token: []byte{0xfb, 0xff}, Digest: []byte{0, 0xff},
	}
	want.Big.SetString("123456789012345678901234567890", 10)
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got  %+v\nwant %+v", v, want)
	}
	if got := marshal(t, v.ref()); got != text {
		t.Errorf("got  %s\nwant %s", got, text)
	}
	if got := marshal(t, new(zoo).ref()); got != `{}` {
		t.Errorf("got %s", got)
	}
}

func TestTypesOfOtherPackagesThatDeviate(t *testing.T) {
	for text, code := range map[string]DeviationCode{
		`{"addr":"10.0.0"}`: BadText, `{"addr":1}`: WrongType, `{"addr":null}`: UnexpectedNull, `{"link":"http://[::1"}`: BadText, `{"maybe_ip":"x"}`: BadText,
		`{"big":1.5}`: BadText, `{"big":"1"}`: WrongType, `{"big":true}`: WrongType, `{"addrs":["x"]}`: BadText,
		`{"small":-1}`: OutOfRange, `{"small":4294967296}`: OutOfRange, `{"small":1.5}`: WrongType,
		`{"long":"-1"}`: BadText, `{"long":"18446744073709551616"}`: BadText, `{"long":"01"}`: BadText, `{"long":"+1"}`: BadText, `{"long":1}`: WrongType,
		`{"token":"+/8="}`: BadText, `{"token":"-_9="}`: BadText, `{"token":"-_8=\n"}`: BadText, `{"token":"-"}`: BadText,
		`{"digest":"0"}`: BadText, `{"digest":"0g"}`: BadText,
	} {
		var v zoo
		devs := lenient(t, text, v.ref())
		if len(devs) != 1 || devs[0].Code != code {
			t.Errorf("%s: %v", text, devs)
		}
		if v.Addrs = nil; !reflect.DeepEqual(v, zoo{}) {
			t.Errorf("%s leaves %+v", text, v)
		}
		recorded(t, text, v.ref())
		if got := marshal(t, v.ref()); got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
	// Other forms that are read, and written back.
	for _, text := range []string{`{"digest":"00ff"}`, `{"token":"-_8"}`, `{"addr":"::ffff:1.2.3.4"}`, `{"addr":"0:0::1"}`, `{"link":"HTTP://h"}`, `{"big":-0}`, `{"small":1e2}`, `{"addr":""}`} {
		v := new(zoo)
		if devs := lenient(t, text, v.ref()); len(devs) > 0 {
			t.Errorf("%s: %v", text, devs)
		}
		recorded(t, text, v.ref())
		if got := marshal(t, v.ref()); got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
}

// secretText is a type whose methods fail, saying too much.
type secretText struct{ text string }

var errSecret = errors.New("hunter2 has no text")

func (s secretText) MarshalText() ([]byte, error) { return []byte(s.text), errSecret }
func (s *secretText) UnmarshalText(b []byte) error {
	s.text = string(b)
	for i := range b {
		b[i] = 'x' // they are ours
	}
	if s.text == "bad" {
		return errSecret
	}
	return nil
}

func TestTextsThatFail(t *testing.T) {
	typ := &Type{Name: "secretText", Kind: Marshaled, Text: &Text{
		Name: "secretText", Size: unsafe.Sizeof(secretText{}), Append: AppendText[secretText], Parse: ParseText[secretText], IsZero: ZeroText[secretText],
	}}
	number := &Type{Name: "number", Kind: Marshaled, Text: &Text{
		Name: "number", Number: true, Size: unsafe.Sizeof(url.URL{}), Append: AppendURL, Parse: ParseURL, IsZero: ZeroText[url.URL],
	}}
	if err := Check(typ, number); err != nil {
		t.Fatal(err)
	}
	var v secretText
	data := []byte(`"good"`)
	if devs := lenient(t, string(data), refAt(typ, pointerTo(&v))); v.text != "good" || len(devs) > 0 {
		t.Errorf("got %+v %v", v, devs)
	}
	if err := Decode(data, refAt(typ, pointerTo(&v)), DecodeOptions{Mode: Alias}); err != nil || string(data) != `"good"` {
		t.Errorf("the text is now %s: %v", data, err)
	}
	var bad *ValueError
	if _, err := Marshal(refAt(typ, pointerTo(&v))); !errors.As(err, &bad) || !errors.Is(err, errSecret) || err.Error() != "json: a secretText has no text" {
		t.Errorf("%v", err)
	}
	if devs := lenient(t, `"bad"`, refAt(typ, pointerTo(&v))); v.text != "" || len(devs) != 1 || devs[0].Message != "is no text of a secretText" {
		t.Errorf("got %+v %v", v, devs)
	}
	for _, text := range []string{"", "x", "1 "} {
		u := url.URL{Opaque: text}
		if _, err := Marshal(refAt(number, pointerTo(&u))); !errors.As(err, &bad) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
