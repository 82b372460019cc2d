package sign

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"
)

var authorization = regexp.MustCompile(`^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$`)

// independent computes the signature of a signed request from the rules of the guide, in the plainest way and with
// nothing of the package.
func independent(r *http.Request, body []byte, secret string) (string, error) {
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return "", fmt.Errorf("no signature in %q", r.Header.Get("Authorization"))
	}
	escape := func(s string) string {
		return strings.NewReplacer("+", "%20", "%7E", "~").Replace(url.QueryEscape(s))
	}

	var segments []string
	for _, s := range strings.Split(r.URL.EscapedPath(), "/") {
		plain, err := url.PathUnescape(s)
		if err != nil {
			return "", err
		}
		segments = append(segments, escape(plain))
	}
	path := strings.Join(segments, "/")
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}

	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return "", err
	}
	var names, query []string
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		sort.Strings(values[name])
		for _, v := range values[name] {
			query = append(query, escape(name)+"="+escape(v))
		}
	}

	headers := ""
	for _, name := range strings.Split(m[2], ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		headers += name + ":" + strings.TrimSpace(value) + "\n"
	}

	hash := fmt.Sprintf("%x", sha256.Sum256(body))
	if h := r.Header.Get("X-Sdk-Content-Sha256"); h != "" {
		hash = h
	}
	canonical := strings.Join([]string{r.Method, path, strings.Join(query, "&"), headers, m[2], hash}, "\n")
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "SDK-HMAC-SHA256\n%s\n%x", r.Header.Get("X-Sdk-Date"), sha256.Sum256([]byte(canonical)))
	return fmt.Sprintf("%x", mac.Sum(nil)), nil
}

// randomText draws from characters that need care in some part of a request, slash excepted.
func randomText(rnd *rand.Rand, most int) string {
	alphabet := []rune("abcXYZ019-_.~ +%&=;?#:@!$'()*,{}[]|\\\"<>^`äé日本😀\u00a0\u0000\t\n")
	var b strings.Builder
	for range rnd.IntN(most + 1) {
		if rnd.IntN(20) == 0 {
			b.WriteByte(byte(0x80 + rnd.IntN(0x80))) // not UTF-8
			continue
		}
		b.WriteRune(alphabet[rnd.IntN(len(alphabet))])
	}
	return b.String()
}

func randomRequest(rnd *rand.Rand) (*http.Request, []byte, Options) {
	u := &url.URL{Scheme: "https", Host: "as.example.com"}
	for range rnd.IntN(5) {
		u.Path += "/" + randomText(rnd, 8)
	}
	if rnd.IntN(4) == 0 {
		u.Path += "/"
	}
	if !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		u.Path = "/a" + u.Path
	}
	var query []string
	for range rnd.IntN(6) {
		name := []string{"limit", "Limit", "type", "{", "A", randomText(rnd, 4)}[rnd.IntN(6)]
		pair := url.QueryEscape(name) + "=" + url.QueryEscape(randomText(rnd, 10))
		if rnd.IntN(8) == 0 {
			pair = url.QueryEscape(name)
		}
		if rnd.IntN(2) == 0 {
			pair = strings.ReplaceAll(pair, "+", "%20")
		}
		query = append(query, pair)
	}
	u.RawQuery = strings.Join(query, "&")

	var body []byte
	if rnd.IntN(2) == 0 {
		body = []byte(randomText(rnd, 200))
	}
	method := []string{"GET", "PUT", "POST", "DELETE", "PATCH"}[rnd.IntN(5)]
	r := &http.Request{Method: method, URL: u, Host: u.Host, Header: http.Header{}}
	if len(body) > 0 {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	for _, name := range []string{"User-Agent", "X-Project-Id", "X-Language", "Accept", "Content-Type", "X_Trace_Id"} {
		if rnd.IntN(2) == 0 {
			value := strings.Map(func(c rune) rune {
				if c < ' ' {
					return -1
				}
				return c
			}, randomText(rnd, 12))
			r.Header.Set(name, strings.Repeat(" ", rnd.IntN(2))+"v"+value+"v"+strings.Repeat(" ", rnd.IntN(2)))
		}
	}
	return r, body, Options{Host: rnd.IntN(2) == 0, UnsignedUnlessJSON: rnd.IntN(8) == 0}
}

const randomRequests = 20_000

func TestAgreesWithIndependent(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range randomRequests {
		r, body, opts := randomRequest(rnd)
		if err := Sign(r, body, testKey, testNow, opts); err != nil {
			t.Fatalf("request %d, %s: %v", i, r.URL, err)
		}
		want, err := independent(r, body, testKey.Secret)
		if err != nil {
			t.Fatalf("request %d, %s: %v", i, r.URL, err)
		}
		if !strings.HasSuffix(r.Header.Get("Authorization"), ", Signature="+want) {
			t.Fatalf("request %d, %s %s %q: %s, want %s", i, r.Method, r.URL, r.Header, r.Header.Get("Authorization"), want)
		}
		if _, err := Verify(r, body, testNow, testSecret); err != nil {
			t.Fatalf("request %d, %s: %v", i, r.URL, err)
		}
	}
}

// mutations change a signed request in one place each. A mutation that does not apply returns false.
var mutations = map[string]func(rnd *rand.Rand, r *http.Request, body *[]byte) bool{
	"method": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.Method = map[bool]string{true: "PUT", false: "GET"}[r.Method == "GET"]
		return true
	},
	"path byte": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		i := 1 + rnd.IntN(len(r.URL.Path))
		r.URL.Path = r.URL.Path[:i] + "z" + r.URL.Path[i:]
		return true
	},
	"path segment": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.URL.Path = "/x" + r.URL.Path
		return true
	},
	"parent": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.URL.Path += "/.."
		return true
	},
	"query added": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.URL.RawQuery += "&limit"
		return true
	},
	"query removed": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		first, rest, _ := strings.Cut(r.URL.RawQuery, "&")
		r.URL.RawQuery = rest
		return first != ""
	},
	"query value": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		ok := strings.Contains(r.URL.RawQuery, "=")
		r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "=", "=1", 1)
		return ok
	},
	"header changed": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		name := randomSigned(rnd, r)
		if name == "host" {
			r.Host = "as.example.net"
		} else {
			r.Header.Set(name, r.Header.Get(name)[1:]+"w")
		}
		return true
	},
	"header removed": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		name := randomSigned(rnd, r)
		r.Header.Del(name)
		return name != "host"
	},
	"header repeated": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		name := randomSigned(rnd, r)
		r.Header.Add(name, r.Header.Get(name))
		return name != "host"
	},
	"date": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.Header.Set("X-Sdk-Date", testNow.UTC().Add(time.Duration(1+rnd.IntN(800))*time.Second).Format(DateLayout))
		return true
	},
	"session added": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		r.Header.Set("X-Security-Token", "other")
		return true
	},
	"signed list": func(_ *rand.Rand, r *http.Request, _ *[]byte) bool {
		names := signedNames(r)
		_, rest, ok := strings.Cut(names, ";")
		replaceAuth(r, names, rest)
		return ok
	},
	"signature": func(rnd *rand.Rand, r *http.Request, _ *[]byte) bool {
		a := []byte(r.Header.Get("Authorization"))
		i := len(a) - 1 - rnd.IntN(64)
		a[i] = map[bool]byte{true: '1', false: '0'}[a[i] == '0']
		r.Header.Set("Authorization", string(a))
		return true
	},
	"body byte": func(rnd *rand.Rand, r *http.Request, body *[]byte) bool {
		if len(*body) == 0 {
			return false
		}
		*body = bytes.Clone(*body)
		(*body)[rnd.IntN(len(*body))] ^= byte(1 + rnd.IntN(255))
		return r.Header.Get("X-Sdk-Content-Sha256") == ""
	},
	"body longer": func(_ *rand.Rand, r *http.Request, body *[]byte) bool {
		*body = append(bytes.Clone(*body), '\n')
		return r.Header.Get("X-Sdk-Content-Sha256") == ""
	},
}

func randomSigned(rnd *rand.Rand, r *http.Request) string {
	names := strings.Split(signedNames(r), ";")
	return names[rnd.IntN(len(names))]
}

func TestEveryMutationIsRefused(t *testing.T) {
	for name, mutate := range mutations {
		t.Run(name, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(3, 4))
			applied := 0
			for applied < 500 {
				r, body, opts := randomRequest(rnd)
				if err := Sign(r, body, testKey, testNow, opts); err != nil {
					t.Fatal(err)
				}
				if !mutate(rnd, r, &body) {
					continue
				}
				applied++
				if _, err := Verify(r, body, testNow, testSecret); !errors.Is(err, ErrSignature) {
					t.Fatalf("accepted: %v\n%s %s %q %q", err, r.Method, r.URL, r.Header, body)
				}
			}
		})
	}
}

// TestOverTheWire sends signed requests through net/http, which sees to it that what we sign is what arrives.
func TestOverTheWire(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("http2=%t", http2), func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if _, err := Verify(r, body, testNow, testSecret); err != nil {
					http.Error(w, fmt.Sprintf("%v: %s %q", err, r.RequestURI, r.Header), http.StatusUnauthorized)
				}
			}))
			server.EnableHTTP2 = http2
			server.StartTLS()
			defer server.Close()
			base, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			rnd := rand.New(rand.NewPCG(5, 6))
			for range 300 {
				r, body, opts := randomRequest(rnd)
				r.URL.Host, r.Host = base.Host, ""
				r.Header.Del("X_Trace_Id")
				if err := Sign(r, body, testKey, testNow, opts); err != nil {
					t.Fatal(err)
				}
				resp, err := server.Client().Do(r)
				if err != nil {
					t.Fatal(err)
				}
				answer, _ := io.ReadAll(resp.Body)
				resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					t.Fatalf("%s: %s", r.URL, answer)
				}
			}
		})
	}
}

// FuzzSign checks that signing never panics, that what it signs verifies and agrees with the independent
// implementation, and that another body or path does not.
func FuzzSign(f *testing.F) {
	f.Add("GET", "/v1/p/groups", "limit=20&type=a&type", "X-Project-Id", "p", []byte(nil))
	f.Add("POST", "/a%20b/ö", "a=%2B+&b=", "Accept", " */* ", []byte("{}\n"))
	f.Add("DELETE", "/urn:smn:a%252Fb", "", "Content-Type", "text/plain", []byte("x"))
	f.Add("PUT", "/a%2Fb", "a;b", "X-Sdk-Content-Sha256", UnsignedPayload, []byte("y"))
	f.Fuzz(func(t *testing.T, method, path, query, name, value string, body []byte) {
		u, err := url.Parse("https://as.example.com/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			return
		}
		u.RawQuery = query
		r := &http.Request{Method: method, URL: u, Host: u.Host, Header: http.Header{}}
		r.Header.Set(name, value)
		if Sign(r, body, testKey, testNow, Options{}) != nil {
			return
		}
		at, err := time.Parse(DateLayout, r.Header.Get("X-Sdk-Date"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(r, body, at, testSecret); err != nil {
			// A header name that net/http would refuse, or a hash that is not the body's: Verify is right.
			if !plainName(name) || strings.EqualFold(name, HeaderContentSHA256) {
				return
			}
			t.Fatal(err)
		}
		if m := authorization.FindStringSubmatch(r.Header.Get("Authorization")); m != nil && method == strings.ToUpper(method) && method != "" {
			if want, err := independent(r, body, testKey.Secret); err != nil || want != m[3] {
				t.Fatalf("signature %s, independent %s, %v", m[3], want, err)
			}
		}
		if r.Header.Get(HeaderContentSHA256) != UnsignedPayload {
			if _, err := Verify(r, append(body[:len(body):len(body)], 'x'), at, testSecret); err == nil {
				t.Fatal("a longer body is accepted")
			}
		}
		r.URL.Path, r.URL.RawPath = "/x"+r.URL.Path, ""
		if _, err := Verify(r, body, at, testSecret); err == nil {
			t.Fatal("another path is accepted")
		}
	})
}

func plainName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-')
	})
}

func TestTheSignatureIsAnHMAC(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		secret, canonical := make([]byte, n), make([]byte, r.IntN(2000))
		for i := range secret {
			secret[i] = byte(r.Uint32())
		}
		mac := hmac.New(sha256.New, secret)
		mac.Write(appendStringToSign(nil, canonical, "20240722T081530Z"))
		if got := signature(canonical, string(secret), "20240722T081530Z"); !hmac.Equal(got[:], mac.Sum(nil)) {
			t.Fatalf("a secret of %d bytes: %x", n, got)
		}
	}
}
