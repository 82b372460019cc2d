package rt

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// sentPath makes a call with the value as path parameter and returns the request, or the error.
func sentPath(t testing.TB, value string) (*http.Request, error) {
	tr := always(200, widgetJSON)
	_, err := get(context.Background(), newTestClient(t, tr), value)
	if err != nil {
		if tr.count() != 0 {
			t.Fatalf("%q was refused, but %d requests were sent", value, tr.count())
		}
		return nil, err
	}
	return tr.seen[0], nil
}

func TestPathParametersThatChangeTheEndpointAreRefused(t *testing.T) {
	for _, value := range []string{"", ".", "..", "/", "a/b", "../x", `a\b`, `..\..`, "a\x00b", "a\nb", "a\rb", "\x7f", "/etc/passwd"} {
		_, err := sentPath(t, value)
		var p *ParamError
		if !errors.As(err, &p) || p.Name != "widget_id" || p.In != "path" || p.Operation != "GetWidget" {
			t.Errorf("%q: got %v", value, err)
		}
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: not ErrInvalid", value)
		}
	}
}

func TestPathParametersArriveAsOneSegment(t *testing.T) {
	for _, value := range []string{
		"w1", "%2e%2e", "%2F", "..;", "a?b", "a#b", "a;b=c", "a b", "a+b", "ü", "日本", "100%", "...", ".a", "~", "a:b",
		"urn:smn:eu-west-101:p:topic", "{project_id}", "*", "a&b=c", "\xff", "@", "http:", "'", "%00", "%",
	} {
		r, err := sentPath(t, value)
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		segments := strings.Split(r.URL.EscapedPath(), "/")
		if len(segments) != 5 {
			t.Errorf("%q: path %s", value, r.URL.EscapedPath())
			continue
		}
		got, err := url.PathUnescape(segments[4])
		if err != nil || got != value {
			t.Errorf("%q arrives as %q (%s), %v", value, got, segments[4], err)
		}
		if r.URL.Host != "north.example.com" || r.URL.RawQuery != "" || r.URL.Fragment != "" {
			t.Errorf("%q: URL %s", value, r.URL)
		}
	}
}

func TestColonsStayInPaths(t *testing.T) {
	r, err := sentPath(t, "urn:smn:p:my topic%é")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.URL.RequestURI(); got != "/v1/p1/widgets/urn:smn:p:my%20topic%25%C3%A9" {
		t.Error(got)
	}
}

func TestClientParametersCanBeOverridden(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr)
	if _, err := get(context.Background(), c, "w1", WithParam("project_id", "p2")); err != nil {
		t.Fatal(err)
	}
	if _, err := get(context.Background(), c, "w1"); err != nil {
		t.Fatal(err)
	}
	if a, b := tr.seen[0].URL.Path, tr.seen[1].URL.Path; a != "/v1/p2/widgets/w1" || b != "/v1/p1/widgets/w1" {
		t.Error(a, b)
	}
	_, err := get(context.Background(), c, "w1", WithParam("project_id", ".."))
	var p *ParamError
	if !errors.As(err, &p) || p.Name != "project_id" {
		t.Error(err)
	}
}

func TestMissingClientParameterIsNamed(t *testing.T) {
	c, err := New(&testAPI, WithRegion("north"), WithTransport(always(200, "")))
	if err != nil {
		t.Fatal(err)
	}
	_, err = get(context.Background(), c, "w1")
	var p *ParamError
	if !errors.As(err, &p) || p.Name != "project_id" || p.Reason != "is not set" {
		t.Error(err)
	}
}

func TestBasePathOfTheEndpointStays(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr, WithRegion("south"))
	if _, err := get(context.Background(), c, "a b"); err != nil {
		t.Fatal(err)
	}
	if got := tr.seen[0].URL.String(); got != "https://south.example.com/base/v1/p1/widgets/a%20b" {
		t.Error(got)
	}
}

func TestPathTemplates(t *testing.T) {
	c := newTestClient(t, always(200, ""))
	for _, tt := range []struct{ path, want string }{
		{"/", "/"},
		{"", "/"},
		{"/v1", "/v1"},
		{"/v1/", "/v1/"},
		{"/users/@me", "/users/@me"},
		{"/v1/{project_id}:copy", "/v1/p1:copy"},
		{"/v1/{project_id}.{project_id}", "/v1/p1.p1"},
		{"/a%20b/{project_id}", "/a%20b/p1"},
		{"/a!b", "/a!b"},
		{"//evil.example.com/x", "//evil.example.com/x"}, // at the host of the endpoint
		{"/a//{project_id}//", "/a//p1//"},
		{"/a//../b", "error"},
		{"/a/../b", "error"},
		{"/a/%2e%2e/b", "error"},
		{"/a/%2Fb", "error"},
		{"/a?b=c", "error"},
		{"/a#b", "error"},
		{"/a\\b", "error"},
		{"/{project_id", "error"},
		{"/%zz", "error"},
		{"/{nothing}", "error"},
	} {
		op := Operation{ID: "X", Method: "GET", Path: tt.path}
		got := "error"
		if to, err := c.located(&Call{Operation: &op}); err == nil {
			u := url.URL{Path: to.path, RawPath: to.escaped}
			got = u.EscapedPath()
		}
		if got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.path, got, tt.want)
		}
	}
}

func TestTheQueryOfAPathStandsInFront(t *testing.T) {
	c := newTestClient(t, always(200, ""))
	op := Operation{ID: "X", Method: "GET", Path: "/rest", Query: "method=a&all"}
	for option, want := range map[string]string{"": "method=a&all&page=1", "k=v": "method=a&all&page=1&k=v"} {
		call := NewCall(&op, json.Ref{}, nil)
		QueryValue(call, "page", 1)
		x := exchange{client: c, call: call, cfg: &callConfig{query: []byte(option)}, base: &c.base}
		if to, err := x.locate(); err != nil || to.query != want {
			t.Errorf("got %q, %v, want %q", to.query, err, want)
		}
	}
	if to, err := c.located(&Call{Operation: &op}); err != nil || to.query != "method=a&all" {
		t.Errorf("got %q, %v", to.query, err)
	}
}

func TestAnEmptySegmentOfTheDocumentIsSentThroughMiddlewareToo(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr, WithMiddleware(func(next Doer) Doer { return func(r *http.Request) (*http.Response, error) { return next(r) } }))
	op := Operation{ID: "X", Method: "GET", Path: "//a//{project_id}"}
	if err := c.Do(context.Background(), &Call{Operation: &op}); err != nil {
		t.Fatal(err)
	}
	if got := tr.seen[0].URL.RequestURI(); got != "//a//p1" {
		t.Error(got)
	}
}

// FuzzPath holds the path builder against net/url: a value either is refused or arrives as exactly one
// segment of the parsed URL, whose host and query are untouched.
// What is good at a glance is good when looked at, on all short paths of telling bytes.
func TestGoodPaths(t *testing.T) {
	good := 0
	var try func(path string)
	try = func(path string) {
		if goodPath(path) {
			good++
			if reason := badPath(path, false); reason != "" || !plainPath(path) {
				t.Errorf("%q: %s", path, reason)
			}
		}
		if len(path) < 6 {
			for _, c := range "/.a:%?\\\x00" {
				try(path + string(c))
			}
		}
	}
	try("")
	if good < 100 || !goodPath("/v1/p-7_~/groups/5bc3aa02-b83e-454c-aba1-4d2095c68f8b/a.b@c:d") {
		t.Errorf("only %d are good", good)
	}
}

func FuzzPath(f *testing.F) {
	for _, s := range []string{"w1", "..", "%2e%2e", "a/b", "a b", "ü", "\x00", "?#;", "", "a:b@c", "//x", "\\"} {
		f.Add(s)
	}
	tr := always(200, "")
	c := newTestClient(f, tr)
	f.Fuzz(func(t *testing.T, value string) {
		call := Call{Operation: &opGet}
		call.PathParam("widget_id", value)
		to, err := c.located(&call)
		refuse := value == "" || value == "." || value == ".." || strings.ContainsFunc(value, func(r rune) bool {
			return r == '/' || r == '\\' || r < 0x20 || r == 0x7f
		})
		if (err != nil) != refuse {
			t.Fatalf("%q: refused %v, error %v", value, refuse, err)
		}
		if err != nil {
			return
		}
		own := url.URL{Scheme: "https", Host: "north.example.com", Path: to.path, RawPath: to.escaped, RawQuery: to.query}
		u, err := url.Parse(own.String())
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		if u.Host != "north.example.com" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			t.Fatalf("%q: %s", value, u)
		}
		if u.Path != "/v1/p1/widgets/"+value {
			t.Fatalf("%q: path %q", value, u.Path)
		}
		if n := strings.Count(u.EscapedPath(), "/"); n != 4 {
			t.Fatalf("%q: %d slashes in %s", value, n, u.EscapedPath())
		}
		if !utf8.ValidString(own.String()) {
			t.Fatalf("%q: %q", value, own.String())
		}
	})
}

// FuzzQuery holds the query builder against url.ParseQuery.
func FuzzQuery(f *testing.F) {
	f.Add("limit", "20", "a,b")
	f.Add("a&b", "c=d;e+f g", "\xff%")
	f.Add("", "", "")
	f.Add("x[y]", "gold\"\n", "|")
	f.Fuzz(func(t *testing.T, name, one, two string) {
		var call Call
		Query(&call, name, Some(one))
		QueryList(&call, name+"r", []string{one, two}, ListRepeat)
		QueryList(&call, name+"c", []string{one, two}, ListComma)
		QueryList(&call, name+"s", []string{one}, ListSpace)
		got, err := url.ParseQuery(string(call.query))
		if err != nil {
			t.Fatalf("%q: %v", call.query, err)
		}
		want := url.Values{name: {one}, name + "r": {one, two}, name + "c": {one + "," + two}, name + "s": {one}}
		if len(got) != len(want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		for k, v := range want {
			if strings.Join(got[k], "\x00") != strings.Join(v, "\x00") || len(got[k]) != len(v) {
				t.Fatalf("%q: got %q, want %q", k, got[k], v)
			}
		}
		for _, c := range call.query {
			if !unreserved(c) && c != '%' && c != '&' && c != '=' && c != ',' {
				t.Fatalf("%q holds %q", call.query, c)
			}
		}
	})
}

// located is where a call goes.
func (c *Client) located(call *Call) (target, error) {
	x := exchange{client: c, call: call, cfg: &c.call, base: &c.base}
	return x.locate()
}
