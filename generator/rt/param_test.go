package rt

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

type (
	label  string
	number int32
	truth  bool
)

func TestQueryParametersAreWrittenInOrderAndEscaped(t *testing.T) {
	var call Call
	Query(&call, "scaling_group_name", Some(label("web group+1/a&b=c%d~*'()!")))
	Query(&call, "absent", Opt[string]{})
	Query(&call, "null", Null[int]())
	Query(&call, "empty", Some(""))
	QueryValue(&call, "n", number(-3))
	QueryValue(&call, "f", 0.1)
	QueryValue(&call, "big", 1.5e18)
	QueryValue(&call, "u", ^uint64(0))
	QueryValue(&call, "t", truth(true))
	QueryFlag(&call, "force_delete", Some(true), "yes", "no")
	QueryFlag(&call, "other", Some(false), "yes", "no")
	QueryFlag(&call, "none", Opt[bool]{}, "yes", "no")
	QueryTime(&call, "start_time", Some(time.Date(2015, 7, 1, 3, 0, 0, 0, time.FixedZone("", 3600))), "2006-01-02T15:04:05Z")
	QueryList(&call, "r", []number{1, 2}, ListRepeat)
	QueryList(&call, "c", []label{"a,b", "c"}, ListComma)
	QueryList(&call, "s", []int{1, 2}, ListSpace)
	QueryList(&call, "p", []int{1, 2}, ListPipe)
	QueryList[int](&call, "nil", nil, ListComma)
	QueryList(&call, "e", []int{}, ListComma)
	QueryList(&call, "er", []int{}, ListRepeat)
	want := strings.Join([]string{
		"scaling_group_name=web%20group%2B1%2Fa%26b%3Dc%25d~%2A%27%28%29%21", "empty=", "n=-3", "f=0.1", "big=1500000000000000000",
		"u=18446744073709551615", "t=true", "force_delete=yes", "other=no", "start_time=2015-07-01T02%3A00%3A00Z",
		"r=1", "r=2", "c=a%2Cb,c", "s=1%202", "p=1%7C2", "e=",
	}, "&")
	if got := string(call.query); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestQueryOfTheCallAndOfOptionsAreJoined(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr)
	call := Call{Operation: &opList, Options: []CallOption{WithQuery("extra", "a b"), WithQuery("more", "")}}
	QueryValue(&call, "limit", 1)
	if err := c.Do(context.Background(), &call); err != nil {
		t.Fatal(err)
	}
	if got := tr.seen[0].URL.RawQuery; got != "limit=1&extra=a%20b&more=" {
		t.Error(got)
	}
}

func TestHeaderParameters(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr)
	call := Call{Operation: &opList}
	HeaderValue(&call, "x-one", 1)
	Header(&call, "X-Two", Some("b c"))
	Header(&call, "X-None", Opt[string]{})
	HeaderFlag(&call, "X-Flag", Some(true), "on", "off")
	HeaderTime(&call, "X-Time", Some(time.Unix(0, 0)), time.RFC3339[:19]+"Z")
	HeaderList(&call, "X-List", []int{1, 2})
	HeaderList[int](&call, "X-Nil", nil)
	Cookie(&call, "session", Some("s1"))
	Cookie(&call, "lang", Some("en"))
	if err := c.Do(context.Background(), &call); err != nil {
		t.Fatal(err)
	}
	h := tr.seen[0].Header
	for name, want := range map[string]string{
		"X-One": "1", "X-Two": "b c", "X-None": "", "X-Flag": "on", "X-Time": "1970-01-01T00:00:00Z", "X-List": "1,2", "X-Nil": "",
		"Cookie": "session=s1; lang=en", "Content-Type": "application/json", "User-Agent": "widgets/v1 pantograph",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if _, ok := h["X-None"]; ok {
		t.Error("an absent header is sent")
	}
}

func TestHeadersCannotBeInjected(t *testing.T) {
	for _, value := range []string{"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\x00b", "a\x7fb", "\x1b[31m"} {
		tr := always(200, widgetJSON)
		c := newTestClient(t, tr)
		for name, call := range map[string]*Call{
			"parameter": func() *Call { c := &Call{Operation: &opList}; HeaderValue(c, "X-A", value); return c }(),
			"option":    {Operation: &opList, Options: []CallOption{WithHeader("X-A", value)}},
			"name":      {Operation: &opList, Options: []CallOption{WithHeader("X-A"+value, "v")}},
			"cookie":    func() *Call { c := &Call{Operation: &opList}; Cookie(c, "a", Some(value)); return c }(),
		} {
			err := c.Do(context.Background(), call)
			var p *ParamError
			if !errors.As(err, &p) || tr.count() != 0 {
				t.Errorf("%s %q: %v, %d sent", name, value, err, tr.count())
			}
			if err != nil && strings.Contains(err.Error(), value) {
				t.Errorf("%s: the error repeats the value", name)
			}
		}
		if _, err := New(&testAPI, WithRegion("north"), WithUserAgent(value)); err == nil {
			t.Errorf("user agent %q accepted", value)
		}
		if _, err := New(&testAPI, WithRegion("north"), WithHeader("X-A", value)); err == nil {
			t.Errorf("client header %q accepted", value)
		}
	}
}

func TestCookiesCannotBeSmuggled(t *testing.T) {
	for _, value := range []string{"a; admin=1", "a,b", `a"b`, "a b"} {
		tr := always(200, widgetJSON)
		call := &Call{Operation: &opList}
		Cookie(call, "session", Some(value))
		if err := newTestClient(t, tr).Do(context.Background(), call); err == nil {
			t.Errorf("%q sent as %q", value, tr.seen[0].Header.Get("Cookie"))
		}
	}
}

func TestFramingHeadersBelongToTheTransport(t *testing.T) {
	for _, name := range []string{"Host", "content-length", "Transfer-Encoding", "Connection", "Accept-Encoding"} {
		tr := always(200, widgetJSON)
		if _, err := get(context.Background(), newTestClient(t, tr), "w1", WithHeader(name, "x")); err == nil {
			t.Errorf("%s accepted", name)
		}
	}
}

func TestPathText(t *testing.T) {
	if got := PathText(number(7)) + PathText(true) + PathText(label("x")) + PathText(1.5); got != "7truex1.5" {
		t.Error(got)
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("X-A", "v")
	f.Add("a b", "c\r\nd")
	f.Fuzz(func(t *testing.T, name, value string) {
		tr := always(200, widgetJSON)
		if _, err := get(context.Background(), newTestClient(t, tr), "w1", WithHeader(name, value)); err != nil {
			return
		}
		var b strings.Builder
		if err := tr.seen[0].Header.Write(&b); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
			if !strings.Contains(line, ": ") || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("%q", line)
			}
		}
		if n := strings.Count(b.String(), "\r\n"); n != len(tr.seen[0].Header) {
			t.Fatalf("%d lines of %d headers: %q", n, len(tr.seen[0].Header), b.String())
		}
	})
}
