package auth

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// header is what an authorizer puts into the header Authorization.
func header(t *testing.T, a Authorizer) (string, error) {
	t.Helper()
	r := httptest.NewRequest("GET", "https://example.com/", nil)
	err := a.Authorize(t.Context(), r, nil, time.Now())
	return r.Header.Get("Authorization"), err
}

func TestTokensAreKeptUntilTheyEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		a := Scheme(Tokens(TokenSourceFunc(func(context.Context) (string, time.Time, error) {
			n++
			return string(rune('a' + n - 1)), time.Now().Add(time.Hour), nil
		})), "Digest")
		for _, want := range []string{"Digest a", "Digest a", "Digest b"} {
			if got, err := header(t, a); got != want || err != nil {
				t.Error(got, want, err)
			}
			if n == 1 && want == "Digest a" {
				time.Sleep(31 * time.Minute) // twice
			}
		}
	})
}

func TestTokenSourcesThatFail(t *testing.T) {
	down := errors.New("down")
	a := Bearer(Tokens(TokenSourceFunc(func(context.Context) (string, time.Time, error) { return "", time.Time{}, down })))
	if got, err := header(t, a); got != "" || !errors.Is(err, down) {
		t.Error(got, err)
	}
	if _, err := header(t, Bearer(Tokens(nil))); err == nil {
		t.Error("no error")
	}
	if got, err := header(t, Bearer(Token("t"))); got != "Bearer t" || err != nil {
		t.Error(got, err)
	}
}

func TestPasswords(t *testing.T) {
	if got, err := header(t, Basic(Password("u", "p"))); got != "Basic dTpw" || err != nil {
		t.Error(got, err)
	}
	if got, err := header(t, Basic(Password("", "p"))); got != "Basic OnA=" || err != nil {
		t.Error(got, err)
	}
	if _, err := header(t, Basic(Password("", ""))); err == nil {
		t.Error("no error")
	}
	n := 0
	p := Passwords(func(context.Context) (string, string, error) { n++; return "u", string(rune('0' + n)), nil })
	first, _ := header(t, Basic(p))
	again, _ := header(t, Basic(p))
	p.(Dropper).Drop(Credentials{AccessKey: "u", SecretKey: "1"})
	fresh, err := header(t, Basic(p))
	if first != again || fresh == first || err != nil || n != 2 {
		t.Error(first, again, fresh, n, err)
	}
}

func TestWhatSigns(t *testing.T) {
	p := Token("t")
	type signs interface{ Signs() bool }
	for name, c := range map[string]struct {
		a    Authorizer
		want bool
	}{
		"signed": {Signed(p, nil), true}, "any": {Any(p, nil, "X"), true}, "bearer": {Bearer(p), false}, "basic": {Basic(p), false}, "query": {Query(p, "k"), false},
		"cookie": {Cookie(p, "k"), false}, "all": {All(Bearer(p), Signed(p, nil)), true}, "none of all": {All(Bearer(p)), false},
	} {
		if got := c.a.(signs).Signs(); got != c.want {
			t.Error(name, got)
		}
	}
}
