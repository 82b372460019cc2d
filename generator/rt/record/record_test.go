package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"
)

func TestEqual(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want string // part of the difference; empty for none
	}{
		{`{"a":1,"b":[true,null,"x"]}`, ` { "b" : [ true , null , "x" ] , "a" : 1 } `, ""},
		{`60.0`, `60`, ""},
		{`6e1`, `60.00`, ""},
		{`-0`, `0.0`, ""},
		{`0.1`, `0.10000000000000001`, "is 0.1 and 0.10000000000000001"},
		{`9007199254740993`, `9007199254740992`, "is 9007199254740993"},
		{`1e999999999`, `1e999999999`, ""},
		{`1e999999999`, `10e999999998`, ""},
		{`1e99999999999999999999`, `1`, "is 1e99"},
		{`123e-2`, `1.23`, ""},
		{`-1`, `1`, "is -1 and 1"},
		{`"\u0041"`, `"A"`, ""},
		{`"a"`, `"b"`, `is "a" and "b"`},
		{`1`, `"1"`, `is 1 and "1"`},
		{`{"a":{"b":[1,2]}}`, `{"a":{"b":[1,3]}}`, "a.b[1] is 2 and 3"},
		{`{"a":[1]}`, `{"a":[1,2]}`, "a has 1 and 2 elements"},
		{`{"a":1}`, `{}`, "a is in the first only: 1"},
		{`{}`, `{"a":null}`, "a is in the second only: null"},
		{`[]`, `{}`, "is [] and {}"},
		{`{}`, `null`, "is {} and null"},
		{`null`, `null`, ""},
		{`true`, `false`, "is true and false"},
		{`null`, `{}`, "is null and {}"},
		{``, ` `, ""},
		{``, `{}`, "one is empty"},
		{`{`, `{}`, "the first is no JSON"},
		{`{}`, `{} {}`, "the second is no JSON"},
		{`{"a":1,"a":1}`, `{"a":1}`, "there twice"},
		{`{"<":">"}`, `{"<":"&"}`, `< is ">" and "&"`},
		{strings.Repeat("[", 2000) + strings.Repeat("]", 2000), `[]`, "deep"},
	} {
		got := Equal([]byte(tt.a), []byte(tt.b))
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%.40s and %.40s: got %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
}

// service answers like a small server.
func service(req *http.Request) (*http.Response, error) {
	body := ""
	if req.Body != nil {
		b, _ := io.ReadAll(req.Body)
		body = string(b)
	}
	h := http.Header{"Content-Type": {"application/json"}, "X-Subject-Token": {"wordsubject"}, "Set-Cookie": {"s=wordcookie"}, "X-Request-Id": {"r1"}, "Date": {"x"},
		"Location": {"https://u:wordpw@h/x?token=wordtoken&a=1"}}
	return &http.Response{StatusCode: 201, Header: h, Body: io.NopCloser(strings.NewReader(`{"id":"p-4711","size":1.50,"adminPass":"wordadmin","echo":` + fmt.Sprintf("%q", body) + `}`)), Request: req}, nil
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, url, r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Auth-Token", "wordauth")
	req.Header.Set("Authorization", "wordauthz")
	req.Header.Set("X-Own", "kept")
	return req
}

func TestRecordingsAreScrubbedAndPlayBack(t *testing.T) {
	var saved []*Recording
	scrub := Scrubber{Headers: []string{"x-own"}, Members: []string{"user_data"}, Replace: map[string]string{"p-4711": "project", "p-47": "wrong"}}
	r := &Recorder{Provider: "test", Source: "unit", Scrub: scrub,
		Operation: func(context.Context) string { return "CreateThing" },
		Save:      func(rec *Recording) error { saved = append(saved, rec); return nil }}
	send := r.Middleware(service)
	const body = `{"name":"p-4711","big":12345678901234567890,"auth":{"password":"wordpass","user":{"name":"n"}},"list":[{"user_data":"worddata"}],"token":null}`
	resp, err := send(request(t, "POST", "https://h/v1/p-4711/things?b=2&a=1&a=0&api_key=wordkey", body))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(resp.Body); !strings.Contains(string(got), "wordadmin") || !strings.Contains(string(got), `"size":1.50`) {
		t.Errorf("the caller got %s", got)
	}
	rec := saved[0]
	text, err := rec.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"wordauth", "wordkey", "wordpass", "worddata", "wordsubject", "wordcookie", "wordpw", "wordtoken", "wordadmin", "4711"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is in the recording:\n%s", secret, text)
		}
	}
	for _, want := range []string{`"operation": "CreateThing"`, `"big": 12345678901234567890`, `"size": 1.50`, `"X-Own": "kept"`, `"path": "/v1/project/things"`, `"password": "***"`, `"user_data": "***"`, `"token": null`, `"X-Request-Id": "r1"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
	again, err := Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := again.Encode(); string(b) != string(text) {
		t.Errorf("encoding is not stable:\n%s\n%s", text, b)
	}

	p := NewReplayer(again)
	p.Scrub = scrub
	for _, tt := range []struct{ method, url, body, want string }{
		{"POST", "https://other/v1/p-4711/things?api_key=another&a=1&a=0&b=2", strings.Replace(body, "wordpass", "x", 1), ""},
		{"POST", "https://other/v1/p-4711/things?api_key=another&a=1&a=0&b=2", body, "no recording is left"},
	} {
		resp, err := p.RoundTrip(request(t, tt.method, tt.url, tt.body))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.url, err)
		}
		if err == nil && (resp.StatusCode != 201 || resp.Header.Get("X-Request-Id") != "r1") {
			t.Errorf("%+v", resp)
		}
	}
	if len(p.Unused()) != 0 {
		t.Error("unused")
	}
}

func TestTheReplayerSaysWhatIsNearest(t *testing.T) {
	rec := &Recording{Request: Request{Method: "PUT", Path: "/a", Query: map[string][]string{"q": {"1"}}, Body: json.RawMessage(`{"n":60.0}`)}, Response: Response{Status: 200}}
	for _, tt := range []struct{ method, url, body, want string }{
		{"PUT", "https://h/b?q=1", `{}`, "the path recorded is /zzz"},
		{"GET", "https://h/a?q=1", `{}`, "the method recorded is PUT"},
		{"PUT", "https://h/a?q=2", `{}`, `q is ["2"], recorded is ["1"]`},
		{"PUT", "https://h/a", `{}`, "q is missing"},
		{"PUT", "https://h/a?q=1&r=2", `{}`, "r is not recorded"},
		{"PUT", "https://h/a?q=1", `{"n":61}`, "n is 61 and 60.0"},
		{"PUT", "https://h/a?q=1", `text`, "the body differs"},
		{"PUT", "https://h/a?q=1", ``, "one is empty"},
		{"PUT", "https://h/a?q=1", `{"n":60}`, ""},
	} {
		p := NewReplayer(&Recording{Request: Request{Method: "X", Path: "/zzz"}}, rec)
		_, err := p.RoundTrip(request(t, tt.method, tt.url, tt.body))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: got %v, want %s", tt.method, tt.url, err, tt.want)
		}
		if tt.want == "" && len(p.Unused()) != 1 {
			t.Error("unused")
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewReplayer(rec).RoundTrip(request(t, "PUT", "https://h/a", "").WithContext(ctx)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRecordingsOfTheSameRequestPlayInOrder(t *testing.T) {
	var recs []*Recording
	for i := range 3 {
		recs = append(recs, &Recording{Request: Request{Method: "GET", Path: "/a"}, Response: Response{Status: 200 + i}})
	}
	p := NewReplayer(recs...)
	for i := range 3 {
		if resp, err := p.RoundTrip(request(t, "GET", "https://h/a", "")); err != nil || resp.StatusCode != 200+i {
			t.Error(resp, err)
		}
	}
}

func TestOtherBodies(t *testing.T) {
	var rec *Recording
	r := &Recorder{Save: func(x *Recording) error { rec = x; return nil }}
	req := request(t, "POST", "https://h/token", "grant_type=x&client_secret=wordsecret&scope=a+b")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := read(r.Middleware(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("<html>"))}, nil
	})(req)); err != nil {
		t.Fatal(err)
	}
	if rec.Request.Text != "grant_type=x&client_secret=***&scope=a+b" || rec.Response.Text != "<html>" || rec.Request.Body != nil {
		t.Errorf("%+v", rec)
	}
	p := NewReplayer(rec)
	req = request(t, "POST", "https://h/token", "grant_type=x&client_secret=other&scope=a+b")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := io.ReadAll(resp.Body); string(b) != "<html>" || resp.Header.Get("Content-Type") != "" {
		t.Errorf("%s %v", b, resp.Header)
	}
	failing := &Recorder{Save: func(*Recording) error { return errors.New("disk full") }}
	if err := read(failing.Middleware(service)(request(t, "GET", "https://h/", ""))); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Error(err)
	}
	down := errors.New("down")
	if _, err := r.Middleware(func(*http.Request) (*http.Response, error) { return nil, down })(request(t, "GET", "https://h/", "")); err != down {
		t.Error(err)
	}
}

// read reads a response to its end, as clients do.
func read(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	if _, err = io.ReadAll(resp.Body); err == nil {
		err = resp.Body.Close()
	}
	return err
}

func TestAnswersAreRecordedWhileTheyAreRead(t *testing.T) {
	var saved []*Recording
	r := &Recorder{Save: func(x *Recording) error { saved = append(saved, x); return nil }}
	answer := func(body io.Reader) *http.Response {
		resp, err := r.Middleware(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(body)}, nil
		})(request(t, "GET", "https://h/", ""))
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	// An endless answer is recorded as far as it was read.
	resp := answer(io.MultiReader(strings.NewReader("data: 1\n\n"), iotest.ErrReader(errors.New("must not be read"))))
	if _, err := io.ReadFull(resp.Body, make([]byte, 9)); err != nil || len(saved) != 0 {
		t.Fatal(err, saved)
	}
	for range 2 {
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(saved) != 1 || saved[0].Response.Text != "data: 1\n\n" {
		t.Errorf("%+v", saved)
	}
	// Secrets are masked in the lines of a stream.
	resp = answer(strings.NewReader("event: a\ndata: {\"password\":\"wordpass\",\"n\":1}\n\n\x1e{\"token\":\"wordtoken\"}\r\n{\"n\":2}"))
	if err := read(resp, nil); err != nil || saved[1].Response.Text != "event: a\ndata: {\"password\":\"***\",\"n\":1}\n\n\x1e{\"token\":\"***\"}\r\n{\"n\":2}" {
		t.Errorf("%v %q", err, saved[1].Response.Text)
	}
	saved = saved[:1]
	// What is no text is kept as it is.
	if err := read(answer(strings.NewReader("\x00\xff")), nil); err != nil || len(saved) != 2 || string(saved[1].Response.Binary) != "\x00\xff" {
		t.Fatal(err, saved)
	}
	text, err := saved[1].Encode()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Decode(text); err != nil || string(back.Response.Bytes()) != "\x00\xff" {
		t.Errorf("%s %v", text, err)
	}
	// One that breaks off is none.
	if err := read(answer(iotest.ErrReader(io.ErrUnexpectedEOF)), nil); err != io.ErrUnexpectedEOF || len(saved) != 2 {
		t.Error(err, saved)
	}
	if err := read(answer(io.LimitReader(zeroes{}, MaxBody+1)), nil); err == nil || len(saved) != 2 {
		t.Error(err, len(saved))
	}
	if err := read(r.Middleware(func(*http.Request) (*http.Response, error) { return &http.Response{StatusCode: 204}, nil })(request(t, "GET", "https://h/", ""))); err != nil || len(saved) != 3 {
		t.Error(err, len(saved))
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	save := SaveIn(dir)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := save(&Recording{Operation: fmt.Sprint("../../Op ", i), Request: Request{Method: "GET", Path: "/"}, Response: Response{Status: 204}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	recs, err := Load(os.DirFS(dir))
	if err != nil || len(recs) != 20 {
		t.Errorf("%d, %v", len(recs), err)
	}
	if err := SaveIn(dir)(&Recording{Operation: recs[0].Operation}); err == nil {
		t.Error("a file was overwritten")
	}
	for name, text := range map[string]string{
		"unknown member": `{"x":1}`, "half a request": `{"request":{"method":"GET"},"response":{"status":200}}`, "nothing": `{}`, "no JSON": `{`, "no status": `{"request":{"method":"GET","path":"/"}}`,
		"bad header": `{"request":{"method":"GET","path":"/","headers":{"a":1}},"response":{"status":200}}`,
	} {
		if _, err := Load(fstest.MapFS{"a/b.json": {Data: []byte(text)}}); err == nil || name != "" && !strings.Contains(err.Error(), "a/b.json") {
			t.Errorf("%s: %v", name, err)
		}
	}
	recs, err = Load(fstest.MapFS{"b.json": {Data: []byte(`{"request":{"method":"GET","path":"/b","headers":{"A":"1","B":["1","2"]}},"response":{"status":200}}`)}, "readme.md": {Data: []byte("x")}})
	if err != nil || len(recs) != 1 || recs[0].Request.Headers["B"][1] != "2" {
		t.Error(recs, err)
	}
}

// FuzzEqual holds that Equal never panics, is reflexive on JSON, symmetric, and agrees with encoding/json on
// whether a text is JSON.
func FuzzEqual(f *testing.F) {
	f.Add([]byte(`{"a":60.0}`), []byte(`{"a":60}`))
	f.Add([]byte(`1e5`), []byte(`100000`))
	f.Add([]byte(`[`), []byte(``))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if (Equal(a, b) == "") != (Equal(b, a) == "") {
			t.Fatalf("%q and %q", a, b)
		}
		v, err := parse(a)
		if err != nil {
			return
		}
		if d := Equal(a, appendValue(nil, v)); d != "" {
			t.Fatalf("%q: %s", a, d)
		}
		if !json.Valid(a) {
			t.Fatalf("%q is no JSON", a)
		}
	})
}
