package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// secrets has a unique word in every part. The first four characters of the access key may be shown.
func secrets() Credentials {
	return Credentials{
		AccessKey: "AKIDwordoneAKIDwordone", SecretKey: "wordtwo", SecurityToken: "wordthree", Token: "wordfour",
		Expires: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
	}
}

// showsSecret looks for the words as they are, in hex and in base64.
func showsSecret(s string) bool {
	for _, word := range []string{"word", hex.EncodeToString([]byte("word")), strings.ToUpper(hex.EncodeToString([]byte("word")))} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return strings.Contains(s, base64.StdEncoding.EncodeToString([]byte("wordtwo"))[:8])
}

func TestNothingPrintsSecrets(t *testing.T) {
	c := secrets()
	p := Static(c)
	cache := Cached(p, nil, 0)
	for range 2 { // the second call waits for the lock, so that fmt may then look into the cache
		if _, err := cache.Credentials(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	sign := func(*http.Request, []byte, Credentials, time.Time) error { return nil }
	r, _ := http.NewRequest("GET", "https://h.example/", nil)
	if err := Signed(p, sign).Authorize(t.Context(), r, nil, time.Now()); err != nil {
		t.Fatal(err)
	}
	type holder struct {
		C Credentials
		P *Credentials
		p Provider
		a Authorizer
		c *Cache
	}
	for name, v := range map[string]any{
		"value": c, "pointer": &c, "slice": []Credentials{c}, "map": map[string]*Credentials{"k": &c},
		"Static": p, "Cached": cache, "Chain": Chain(p, cache), "FromEnv": FromEnv(Names{AccessKey: "K"}),
		"Signed": Signed(p, sign), "Any": Any(p, sign, "X"), "Bearer": Bearer(p), "Basic": Basic(cache),
		"Query": Query(p, "q"), "Cookie": Cookie(p, "q"), "All": All(Bearer(p), Basic(p)),
		"holder":  holder{C: c, P: &c, p: p, a: Bearer(p), c: cache},
		"pointed": &holder{C: c, P: &c, p: Chain(p), a: All(Bearer(p)), c: cache},
		"context": r.Context(), "request": r,
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X"} {
				fmt.Fprintf(&out, verb+"\n", v)
			}
			slog.New(slog.NewTextHandler(&out, nil)).Info("m", "v", v)
			if name != "context" && name != "request" && name != "Static" && name != "FromEnv" {
				slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "v", v)
				data, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				out.Write(data)
			}
			if s := out.String(); showsSecret(s) {
				t.Error(s)
			}
		})
	}
	data, err := xml.Marshal(c)
	if err != nil || showsSecret(string(data)) {
		t.Errorf("xml: %s, %v", data, err)
	}
}

func TestCredentialsText(t *testing.T) {
	const want = "Credentials{AccessKey:AKID*** SecretKey:*** SecurityToken:*** Token:*** Expires:2030-01-02T03:04:05Z}"
	if got := secrets().String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := (Credentials{AccessKey: "short user"}).String(); got != "Credentials{AccessKey:***}" {
		t.Error(got)
	}
	if got := fmt.Sprint(Credentials{}); got != "Credentials{}" {
		t.Error(got)
	}
	data, err := json.Marshal(secrets())
	const wantJSON = `{"AccessKey":"AKID***","SecretKey":"***","SecurityToken":"***","Token":"***","Expires":"2030-01-02T03:04:05Z"}`
	if err != nil || string(data) != wantJSON {
		t.Errorf("%s, %v", data, err)
	}
	if data, err = json.Marshal(Credentials{}); err != nil || string(data) != "{}" {
		t.Errorf("%s, %v", data, err)
	}
}

func TestExpired(t *testing.T) {
	at := time.Unix(1000, 0)
	for _, c := range []struct {
		expires time.Time
		want    bool
	}{{time.Time{}, false}, {at.Add(1), false}, {at, true}, {at.Add(-1), true}} {
		if got := (Credentials{Expires: c.expires}).Expired(at); got != c.want {
			t.Errorf("expires %s: %t", c.expires, got)
		}
	}
}

func TestFromEnv(t *testing.T) {
	names := Names{AccessKey: "TEST_AK", SecretKey: "TEST_SK", SecurityToken: "TEST_ST", Token: "TEST_TOKEN", Expires: "TEST_EXP"}
	for _, c := range []struct {
		name string
		env  map[string]string
		want Credentials
		err  string
	}{
		{name: "nothing", err: "auth: no credentials found: no TEST_AK, TEST_SK, TEST_ST, TEST_TOKEN in the environment"},
		{name: "key", env: map[string]string{"TEST_AK": "a", "TEST_SK": "s"}, want: Credentials{AccessKey: "a", SecretKey: "s"}},
		{name: "temporary key",
			env:  map[string]string{"TEST_AK": "a", "TEST_SK": "s", "TEST_ST": "t", "TEST_EXP": "2030-01-02T03:04:05Z"},
			want: Credentials{AccessKey: "a", SecretKey: "s", SecurityToken: "t", Expires: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}},
		{name: "token", env: map[string]string{"TEST_TOKEN": "t"}, want: Credentials{Token: "t"}},
		{name: "half a key", env: map[string]string{"TEST_AK": "wordone", "TEST_TOKEN": "t"},
			err: "auth: TEST_AK is set but TEST_SK is not in the environment"},
		{name: "other half", env: map[string]string{"TEST_SK": "wordtwo"},
			err: "auth: TEST_SK is set but TEST_AK is not in the environment"},
		{name: "bad expiry", env: map[string]string{"TEST_TOKEN": "t", "TEST_EXP": "word"},
			err: "auth: TEST_EXP is not an RFC 3339 time in the environment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			got, err := FromEnv(names).Credentials(t.Context())
			if got != c.want || c.err != "" && (err == nil || err.Error() != c.err) || c.err == "" && err != nil {
				t.Errorf("%+v, %v", got, err)
			}
			if errors.Is(err, ErrNone) != (c.name == "nothing") {
				t.Errorf("ErrNone: %v", err)
			}
		})
	}
	t.Run("names not given", func(t *testing.T) {
		t.Setenv("TEST_TOKEN", "t")
		if _, err := FromEnv(Names{AccessKey: "TEST_AK"}).Credentials(t.Context()); !errors.Is(err, ErrNone) {
			t.Error(err)
		}
	})
}

func TestChain(t *testing.T) {
	none := ProviderFunc(func(context.Context) (Credentials, error) {
		return Credentials{}, fmt.Errorf("%w: not here", ErrNone)
	})
	broken := ProviderFunc(func(context.Context) (Credentials, error) { return Credentials{}, errors.New("broken") })
	want := Credentials{Token: "t"}

	if got, err := Chain(none, none, Static(want), broken).Credentials(t.Context()); got != want || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Chain(none, broken, Static(want)).Credentials(t.Context()); got != (Credentials{}) || errors.Is(err, ErrNone) {
		t.Errorf("a broken provider is passed over: %v, %v", got, err)
	}
	if _, err := Chain(none, none).Credentials(t.Context()); !errors.Is(err, ErrNone) || strings.Count(err.Error(), "not here") != 2 {
		t.Error(err)
	}
	if _, err := Chain().Credentials(t.Context()); !errors.Is(err, ErrNone) {
		t.Error(err)
	}

	calls := 0
	cache := Cached(ProviderFunc(func(context.Context) (Credentials, error) { calls++; return want, nil }), nil, 0)
	chain := Chain(none, cache)
	for range 3 {
		if _, err := chain.Credentials(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	chain.Drop(want)
	if _, err := chain.Credentials(t.Context()); err != nil || calls != 2 {
		t.Errorf("%d calls, %v: Drop is not passed on", calls, err)
	}
}
