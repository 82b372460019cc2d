package rt

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// placed is an authorizer that puts a key where others may stand, as those of package auth do.
type placed struct{ signs bool }

func (p placed) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	r.Header.Set("X-Key", "client")
	r.Header.Set("Cookie", strings.ReplaceAll(r.Header.Get("Cookie"), "k=mine", "k=client"))
	u := *r.URL
	u.RawQuery = strings.ReplaceAll(u.RawQuery, "key=mine", "key=client")
	r.URL = &u
	return nil
}

func (p placed) Rejected(context.Context, *http.Response) bool { return false }

func (p placed) Signs() bool { return p.signs }

func TestAParameterOfACallCountsMoreThanTheKeyOfTheClient(t *testing.T) {
	for _, c := range []struct {
		signs, given             bool
		header, query, andCookie string
	}{
		{false, true, "mine", "a=1&key=mine", "a=1; k=mine"},
		{false, false, "client", "a=1", "a=1"},
		{true, true, "client", "a=1&key=client", "a=1; k=client"}, // a signature covers what was there
	} {
		tr := always(204, "")
		client := newTestClient(t, tr, WithAuthorizer(placed{c.signs}))
		call := NewCall(&Operation{ID: "X", Method: "GET", Path: "/x"}, json.Ref{}, nil)
		QueryValue(call, "a", 1)
		CookieValue(call, "a", 1)
		if c.given {
			HeaderValue(call, "x-key", "mine")
			QueryValue(call, "key", "mine")
			CookieValue(call, "k", "mine")
		}
		if err := client.Do(context.Background(), call); err != nil {
			t.Fatal(err)
		}
		r := tr.seen[0]
		if got := [3]string{r.Header.Get("X-Key"), r.URL.RawQuery, r.Header.Get("Cookie")}; got != [3]string{c.header, c.query, c.andCookie} {
			t.Errorf("signs %v, given %v: %q", c.signs, c.given, got)
		}
	}
}
