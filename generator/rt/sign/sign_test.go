package sign

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

type vector struct {
	Name, Shows, Access, Secret, Path string
	Request                           struct {
		Method, URL, Body string
		Header            map[string]string
	}
	Want struct {
		Canonical, StringToSign        []string
		Hash, Signature, Authorization string
	}
}

func vectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vs []vector
	if err := json.Unmarshal(data, &vs); err != nil {
		t.Fatal(err)
	}
	return vs
}

// request builds the request of a vector as a client would.
func (v vector) request(t testing.TB) *http.Request {
	t.Helper()
	r, err := http.NewRequest(v.Request.Method, v.Request.URL, strings.NewReader(v.Request.Body))
	if err != nil {
		t.Fatal(err)
	}
	if r.URL.Path != v.Path {
		t.Fatalf("path %q, want %q", r.URL.Path, v.Path)
	}
	for name, value := range v.Request.Header {
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Set(name, value)
	}
	return r
}

func (v vector) lookup(access string) (string, bool) { return v.Secret, access == v.Access }

func TestVectors(t *testing.T) {
	vs := vectors(t)
	if len(vs) != 10 {
		t.Fatalf("%d vectors, want 10", len(vs))
	}
	for _, v := range vs {
		t.Run(v.Name, func(t *testing.T) {
			r, body := v.request(t), []byte(v.Request.Body)
			opts := Options{Host: true, UnsignedUnlessJSON: true}
			never := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) // the caller's date is kept
			if err := Sign(r, body, Key{Access: v.Access, Secret: v.Secret}, never, opts); err != nil {
				t.Fatal(err)
			}
			if got := r.Header.Get("Authorization"); got != v.Want.Authorization {
				t.Errorf("Authorization\n got %s\nwant %s", got, v.Want.Authorization)
			}

			fields, err := headersToSign(nil, r, true)
			if err != nil {
				t.Fatal(err)
			}
			canonical, err := appendCanonical(nil, r, fields, appendHash(nil, body))
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Join(v.Want.Canonical, "\n"); string(canonical) != want {
				t.Errorf("canonical request\n got %q\nwant %q", canonical, want)
			}
			if got := string(appendHash(nil, canonical)); got != v.Want.Hash {
				t.Errorf("hash %s, want %s", got, v.Want.Hash)
			}
			date := r.Header.Get(HeaderDate)
			if got, want := string(appendStringToSign(nil, canonical, date)), strings.Join(v.Want.StringToSign, "\n"); got != want {
				t.Errorf("string to sign\n got %q\nwant %q", got, want)
			}
			sum := signature(canonical, v.Secret, date)
			if got := hex.EncodeToString(sum[:]); got != v.Want.Signature {
				t.Errorf("signature %s, want %s", got, v.Want.Signature)
			}

			at, _ := time.Parse(DateLayout, date)
			if access, err := Verify(r, body, at, v.lookup); err != nil || access != v.Access {
				t.Errorf("Verify: %q, %v", access, err)
			}
			if got, err := independent(r, body, v.Secret); err != nil || got != v.Want.Signature {
				t.Errorf("independent implementation: %s, %v", got, err)
			}
		})
	}
}

// TestGuideExample is the worked example of the signing guide, with its published key. It signs Content-Type, which
// we never do, so it is checked from the verifying side and on the canonical form.
func TestGuideExample(t *testing.T) {
	const (
		access  = "QTWAOYTTINDUT2QVKYUC"
		secret  = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"
		names   = "content-type;host;x-sdk-date"
		hash    = "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
		want    = "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
		wantReq = "GET\n/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/\n" +
			"limit=2&marker=13551d6b-755d-4757-b956-536f674975c0\n" +
			"content-type:application/json\nhost:service.region.example.com\nx-sdk-date:20191115T033655Z\n\n" +
			names + "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	)
	r := httptest.NewRequest("GET", "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"+
		"?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0", nil)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Sdk-Date", "20191115T033655Z")
	r.Header.Set("Authorization", Algorithm+" Access="+access+", SignedHeaders="+names+", Signature="+want)

	fields, err := signedHeaders(r, strings.Split(names, ";"))
	if err != nil {
		t.Fatal(err)
	}
	canonical, err := appendCanonical(nil, r, fields, appendHash(nil, nil))
	if err != nil || string(canonical) != wantReq {
		t.Errorf("canonical request %v\n got %q\nwant %q", err, canonical, wantReq)
	}
	if got := string(appendHash(nil, canonical)); got != hash {
		t.Errorf("hash %s, want %s", got, hash)
	}
	now := time.Date(2019, 11, 15, 3, 36, 55, 0, time.UTC)
	got, err := Verify(r, nil, now, func(string) (string, bool) { return secret, true })
	if err != nil || got != access {
		t.Errorf("Verify: %q, %v", got, err)
	}
}

var (
	testKey = Key{Access: "EXAMPLEACCESSKEY0001", Secret: "ExampleSecretKey0123456789abcdefghijklmn"}
	testNow = time.Date(2026, 3, 1, 12, 0, 0, 999, time.FixedZone("", 2*3600))
)

func testSecret(access string) (string, bool) {
	switch access {
	case testKey.Access:
		return testKey.Secret, true
	case "EXAMPLEACCESSKEY0002":
		return "another secret", true
	}
	return "", false
}

func signedNames(r *http.Request) string {
	_, names, _, _ := parseAuthorization(r.Header["Authorization"])
	return names
}

func TestSignSetsHeaders(t *testing.T) {
	r := &http.Request{URL: &url.URL{Scheme: "https", Host: "h.example", Path: "/p"}} // no header map, no method
	key := testKey
	key.SecurityToken = "session"
	if err := Sign(r, nil, key, testNow, Options{}); err != nil {
		t.Fatal(err)
	}
	if got := r.Header.Get("X-Sdk-Date"); got != "20260301T100000Z" {
		t.Errorf("date %s: not in UTC", got)
	}
	if got := r.Header.Get("X-Security-Token"); got != "session" {
		t.Errorf("security token %q", got)
	}
	if got := signedNames(r); got != "x-sdk-date;x-security-token" {
		t.Errorf("signed %s", got)
	}
	if _, err := Verify(r, nil, testNow, testSecret); err != nil {
		t.Error(err)
	}
}

// TestSignedHeaderChoice holds the rule of the Sign comment.
func TestSignedHeaderChoice(t *testing.T) {
	r := httptest.NewRequest("PUT", "https://h.example/p", nil)
	for _, name := range []string{
		"Accept", "User-Agent", "X-Project-Id", // signed
		"Content-Type", "Content-Type-Options", "X_Trace", "Authorization", "Host", "Content-Length",
		"Transfer-Encoding", "Trailer", "Connection", "Keep-Alive", "TE", "Upgrade", "Proxy-Authorization", // not
	} {
		r.Header.Set(name, "v")
	}
	r.Header["X-Nothing"] = nil
	if err := Sign(r, nil, testKey, testNow, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := signedNames(r), "accept;user-agent;x-project-id;x-sdk-date"; got != want {
		t.Errorf("signed %s, want %s", got, want)
	}

	r.Header.Set("User-Agent", "") // net/http sends none
	r.Header.Del("X-Sdk-Date")
	if err := Sign(r, nil, testKey, testNow, Options{Host: true}); err != nil {
		t.Fatal(err)
	}
	if got, want := signedNames(r), "accept;host;x-project-id;x-sdk-date"; got != want {
		t.Errorf("signed again %s, want %s", got, want)
	}
}

func TestPayload(t *testing.T) {
	for _, c := range []struct {
		name, contentType, given string
		opts                     Options
		want                     string // X-Sdk-Content-Sha256
	}{
		{"signed whatever the type", "text/plain", "", Options{}, ""},
		{"JSON signed as in the SDK", "application/json; charset=UTF-8", "", Options{UnsignedUnlessJSON: true}, ""},
		{"BSON signed as in the SDK", "application/bson", "", Options{UnsignedUnlessJSON: true}, ""},
		{"no type signed as in the SDK", "", "", Options{UnsignedUnlessJSON: true}, ""},
		{"other types unsigned as in the SDK", "text/plain", "", Options{UnsignedUnlessJSON: true}, UnsignedPayload},
		{"a given value is kept", "application/json", UnsignedPayload, Options{}, UnsignedPayload},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := []byte("body")
			r := httptest.NewRequest("POST", "https://h.example/p", bytes.NewReader(body))
			if c.contentType != "" {
				r.Header.Set("Content-Type", c.contentType)
			}
			if c.given != "" {
				r.Header.Set(HeaderContentSHA256, c.given)
			}
			if err := Sign(r, body, testKey, testNow, c.opts); err != nil {
				t.Fatal(err)
			}
			if got := r.Header.Get(HeaderContentSHA256); got != c.want {
				t.Errorf("content hash %q, want %q", got, c.want)
			}
			if _, err := Verify(r, body, testNow, testSecret); err != nil {
				t.Error(err)
			}
			_, err := Verify(r, []byte("Body"), testNow, testSecret)
			if protected := c.want == ""; protected != errors.Is(err, ErrSignature) {
				t.Errorf("another body: %v", err)
			}
		})
	}
}

func TestUnsignable(t *testing.T) {
	for name, spoil := range map[string]func(*http.Request, *Key){
		"empty access key":      func(_ *http.Request, k *Key) { k.Access = "" },
		"empty secret":          func(_ *http.Request, k *Key) { k.Secret = "" },
		"comma in access key":   func(_ *http.Request, k *Key) { k.Access = "a,b" },
		"newline in access key": func(_ *http.Request, k *Key) { k.Access = "a\nb" },
		"newline in token":      func(_ *http.Request, k *Key) { k.SecurityToken = "a\nb" },
		"malformed date":        func(r *http.Request, _ *Key) { r.Header.Set("X-Sdk-Date", "today") },
		"repeated header":       func(r *http.Request, _ *Key) { r.Header["Accept"] = []string{"a", "b"} },
		"two spellings":         func(r *http.Request, _ *Key) { r.Header["x-sdk-date"] = []string{"20260301T100000Z"} },
		"newline in header":     func(r *http.Request, _ *Key) { r.Header.Set("Accept", "a\r\nb: c") },
		"slash in segment":      func(r *http.Request, _ *Key) { r.URL = r.URL.JoinPath("a%2Fb") },
		"slash, lower case":     func(r *http.Request, _ *Key) { r.URL = r.URL.JoinPath("a%2fb") },
		"opaque URL":            func(r *http.Request, _ *Key) { r.URL.Opaque = "//h.example/q" },
		"bad escape in query":   func(r *http.Request, _ *Key) { r.URL.RawQuery = "a=%zz" },
		"semicolon in query":    func(r *http.Request, _ *Key) { r.URL.RawQuery = "a=b;c=d" },
		"stream":                func(r *http.Request, _ *Key) { r.Body = io.NopCloser(strings.NewReader("x")) },
	} {
		t.Run(name, func(t *testing.T) {
			r, key := httptest.NewRequest("GET", "https://h.example/p", nil), testKey
			spoil(r, &key)
			err := Sign(r, nil, key, testNow, Options{})
			if !errors.Is(err, ErrUnsignable) {
				t.Errorf("error %v", err)
			}
			if got := r.Header.Get("Authorization"); got != "" {
				t.Errorf("signed nevertheless: %s", got)
			}
			if err != nil && strings.Contains(err.Error(), testKey.Secret) {
				t.Errorf("error shows the secret")
			}
		})
	}
}

func TestVerifyRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*http.Request){
		"no authorization":     func(r *http.Request) { r.Header.Del("Authorization") },
		"two authorizations":   func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) },
		"another scheme":       func(r *http.Request) { r.Header.Set("Authorization", "Basic Zm9vOmJhcg==") },
		"unknown key":          func(r *http.Request) { replaceAuth(r, "KEY0001", "KEY0009") },
		"another known key":    func(r *http.Request) { replaceAuth(r, "KEY0001", "KEY0002") },
		"date not signed":      func(r *http.Request) { replaceAuth(r, ";x-sdk-date", "") },
		"names not sorted":     func(r *http.Request) { replaceAuth(r, "accept;x-sdk-date", "x-sdk-date;accept") },
		"name twice":           func(r *http.Request) { replaceAuth(r, "accept;", "accept;accept;") },
		"name in upper case":   func(r *http.Request) { replaceAuth(r, "accept", "Accept") },
		"signed header gone":   func(r *http.Request) { r.Header.Del("Accept") },
		"signed header twice":  func(r *http.Request) { r.Header.Add("Accept", "b") },
		"project added":        func(r *http.Request) { r.Header.Set("X-Project-Id", "p2") },
		"domain added":         func(r *http.Request) { r.Header.Set("X-Domain-Id", "p2") },
		"session added":        func(r *http.Request) { r.Header.Set("X-Security-Token", "s") },
		"body released":        func(r *http.Request) { r.Header.Set("X-Sdk-Content-Sha256", UnsignedPayload) },
		"signature in capital": func(r *http.Request) { r.Header.Set("Authorization", strings.ToUpper(r.Header.Get("Authorization"))) },
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "https://h.example/p", nil)
			r.Header.Set("Accept", "a")
			if err := Sign(r, nil, testKey, testNow, Options{}); err != nil {
				t.Fatal(err)
			}
			if _, err := Verify(r, nil, testNow, testSecret); err != nil {
				t.Fatal(err)
			}
			spoil(r)
			if access, err := Verify(r, nil, testNow, testSecret); !errors.Is(err, ErrSignature) || access != "" {
				t.Errorf("%q, %v", access, err)
			}
		})
	}
}

func replaceAuth(r *http.Request, old, new string) {
	r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, new, 1))
}

func TestVerifyDate(t *testing.T) {
	r := httptest.NewRequest("GET", "https://h.example/p", nil)
	if err := Sign(r, nil, testKey, testNow, Options{}); err != nil {
		t.Fatal(err)
	}
	at := testNow.Truncate(time.Second)
	for skew, ok := range map[time.Duration]bool{
		0: true, MaxSkew: true, -MaxSkew: true, MaxSkew + time.Second: false, -MaxSkew - time.Second: false,
	} {
		if _, err := Verify(r, nil, at.Add(skew), testSecret); (err == nil) != ok {
			t.Errorf("server %s away: %v", skew, err)
		}
	}
	r.Header.Set("X-Sdk-Date", "20260301T100000+0000")
	if _, err := Verify(r, nil, at, testSecret); !errors.Is(err, ErrSignature) {
		t.Errorf("malformed date: %v", err)
	}
}

func TestVerifyGivenHash(t *testing.T) {
	body := []byte("the body")
	r := httptest.NewRequest("PUT", "https://h.example/p", bytes.NewReader(body))
	r.Header.Set(HeaderContentSHA256, string(appendHash(nil, body)))
	if err := Sign(r, nil, testKey, testNow, Options{}); err != nil { // a stream whose hash the caller knows
		t.Fatal(err)
	}
	if _, err := Verify(r, body, testNow, testSecret); err != nil {
		t.Error(err)
	}
	if _, err := Verify(r, []byte("another"), testNow, testSecret); !errors.Is(err, ErrSignature) {
		t.Errorf("another body: %v", err)
	}
}

func TestKeyIsRedacted(t *testing.T) {
	key := Key{Access: "wordone", Secret: "wordtwo", SecurityToken: "wordthree"}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		fmt.Fprintf(&out, verb+verb+verb+"\n", key, &key, struct{ K Key }{key})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "key", key, "p", &key)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "key", key, "in", map[string]any{"k": key})
	if err := errors.Join(json.NewEncoder(&out).Encode(key), xml.NewEncoder(&out).Encode(key)); err != nil {
		t.Fatal(err)
	}
	hexed := hex.EncodeToString([]byte("word"))
	if s := out.String(); strings.Contains(s, "word") || strings.Contains(s, hexed) {
		t.Error(s)
	}
}

func BenchmarkSign(b *testing.B) {
	const target = "https://as.eu-west-101.myhuaweicloud.com/autoscaling-api/v1/0605767b5780d5762fc5c0118072a564/scaling_group" +
		"?enterprise_project_id=all_granted_eps&limit=20&scaling_group_name=web&start_number=0"
	for _, size := range []int{0, 1 << 10, 64 << 10} {
		b.Run(fmt.Sprintf("body=%d", size), func(b *testing.B) {
			body := bytes.Repeat([]byte("x"), size)
			r, err := http.NewRequest("POST", target, nil)
			if err != nil {
				b.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("User-Agent", "bench/1")
			r.Header.Set("X-Project-Id", "0605767b5780d5762fc5c0118072a564")
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				delete(r.Header, HeaderDate)
				if err := Sign(r, body, testKey, testNow, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestAStreamIsSignedLikeItsBytes holds that a body that can be read again is signed as if it were in memory.
func TestAStreamIsSignedLikeItsBytes(t *testing.T) {
	body := strings.Repeat("hello ", 100000)
	request := func() *http.Request { return httptest.NewRequest("PUT", "https://h.example/p", nil) }
	want := request()
	if err := Sign(want, []byte(body), testKey, testNow, Options{}); err != nil {
		t.Fatal(err)
	}
	got := request()
	got.Body = io.NopCloser(strings.NewReader(body))
	got.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }
	if err := Sign(got, nil, testKey, testNow, Options{}); err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("Authorization") != want.Header.Get("Authorization") {
		t.Error("another signature")
	}
	if sent, _ := io.ReadAll(got.Body); string(sent) != body {
		t.Error("the body itself was read")
	}
	got = request()
	got.Body = io.NopCloser(strings.NewReader(body))
	got.GetBody = func() (io.ReadCloser, error) { return nil, errors.New("gone") }
	if err := Sign(got, nil, testKey, testNow, Options{}); !errors.Is(err, ErrUnsignable) || !strings.Contains(err.Error(), "gone") {
		t.Error(err)
	}
	got.GetBody = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("a"), iotest.ErrReader(errors.New("broken")))), nil
	}
	if err := Sign(got, nil, testKey, testNow, Options{}); !errors.Is(err, ErrUnsignable) || !strings.Contains(err.Error(), "broken") {
		t.Error(err)
	}
}
