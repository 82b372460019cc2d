package rt

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// keyed is an authorizer that puts a word into a header.
type keyed struct {
	header, word string
	signs        bool
	rejections   *[]string
}

func (k keyed) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	word := k.word
	if k.signs {
		word += " over " + r.Header.Get("X-Key")
	}
	r.Header.Set(k.header, word)
	return nil
}

func (k keyed) Rejected(context.Context, *http.Response) bool {
	*k.rejections = append(*k.rejections, k.word)
	return false
}

func (k keyed) Signs() bool { return k.signs }

// sent calls an operation and says which credentials went out.
func sent(t *testing.T, c *Client, tr *tripper, op Operation, opts ...CallOption) (string, error) {
	t.Helper()
	err := c.Do(context.Background(), &Call{Operation: &op, Options: opts})
	var out []string
	for _, name := range []string{"X-Key", "X-App", "Authorization"} {
		if v := tr.seen[len(tr.seen)-1].Header.Get(name); v != "" {
			out = append(out, v)
		}
	}
	return strings.Join(out, ", "), err
}

func TestACallTakesTheFirstAlternativeWhoseSchemesTheClientHas(t *testing.T) {
	var rejections []string
	key := WithAuthorizer(keyed{"X-Key", "key", false, &rejections}, "key")
	app := WithAuthorizer(keyed{"X-App", "app", false, &rejections}, "app")
	token := WithAuthorizer(keyed{"Authorization", "token", false, &rejections}, "token")
	signer := WithAuthorizer(keyed{"Authorization", "signed", true, &rejections}, "signature")
	every := WithAuthorizer(keyed{"Authorization", "every", false, &rejections})
	two := WithAuthorizer(keyed{"X-Key", "two", false, &rejections}, "key", "app")
	both := Security{{"key", "app"}, {"token"}}
	for _, c := range []struct {
		about string
		ask   Security
		have  []Option
		want  string
		lacks string
	}{
		{"all of the first", both, []Option{key, app, token}, "key, app", ""},
		{"the second", both, []Option{key, token}, "token", ""},
		{"not one of two", both, []Option{key}, "", "no credentials were sent: the operation asks for key and app, or token, and the client has others"},
		{"none at all", both, nil, "", "no credentials were sent: the operation asks for key and app, or token, and the client has none"},
		{"others only", Security{{"other"}}, []Option{key, app, token}, "", "no credentials were sent: the operation asks for other, and the client has others"},
		{"optional, there", Security{{"key"}, {}}, []Option{key}, "key", ""},
		{"optional, not there", Security{{"key"}, {}}, []Option{token}, "", ""},
		{"nothing is said", nil, []Option{key, token}, "key, token", ""},
		{"nothing is wanted", Security{{}}, []Option{key, token}, "", ""},
		{"whatever is asked for", both, []Option{every}, "every", ""},
		{"whatever is asked for, but what is given for a scheme", both, []Option{every, key, app}, "key, app", ""},
		{"one for two schemes", both, []Option{two}, "two", ""},
		{"the last for a scheme", Security{{"key"}}, []Option{key, two}, "two", ""},
		{"a signature covers the others", Security{{"signature", "key"}}, []Option{signer, key}, "key, signed over key", ""},
		{"no authorizer takes one away", Security{{"key"}, {"token"}}, []Option{key, token, WithAuthorizer(nil, "key")}, "token", ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			tr := always(401, "{}")
			var warned []string
			client := newTestClient(t, tr, append(c.have, WithObserver(func(_ context.Context, e Event) {
				if e.Kind == EventWarning {
					warned = append(warned, e.Message)
				}
			}))...)
			op := opList
			op.Security = c.ask
			got, err := sent(t, client, tr, op)
			if got != c.want {
				t.Errorf("sent %q, want %q", got, c.want)
			}
			var e *Error
			if !errors.As(err, &e) || e.Hint != c.lacks || strings.Join(warned, "") != c.lacks {
				t.Errorf("%v, warned of %q", err, warned)
			}
			mustContain(t, err.Error(), c.lacks)
		})
	}
}

func TestTheSecurityOfTheAPIIsThatOfOperationsWithoutTheirOwn(t *testing.T) {
	api := testAPI
	api.Security = Security{{"key"}}
	tr := always(200, "{}")
	c, err := New(&api, WithRegion("north"), WithParam("project_id", "p1"), WithTransport(tr),
		WithAuthorizer(keyed{"X-Key", "key", false, nil}, "key"), WithAuthorizer(keyed{"X-App", "app", false, nil}, "app"))
	if err != nil {
		t.Fatal(err)
	}
	own, open := opList, opList
	own.Security = Security{{"app"}}
	open.Anonymous = true
	for _, x := range []struct {
		op   Operation
		want string
	}{{opList, "key"}, {own, "app"}, {open, ""}} {
		if got, err := sent(t, c, tr, x.op); got != x.want || err != nil {
			t.Error(got, err)
		}
	}
	if _, err := c.Send(context.Background(), "GET", "/x", nil); err != nil || tr.seen[3].Header.Get("X-Key") != "key" || tr.seen[3].Header.Get("X-App") != "" {
		t.Error(err, tr.seen[3].Header)
	}
}

func TestCredentialsOfOneCall(t *testing.T) {
	tr := always(200, "{}")
	c := newTestClient(t, tr, WithAuthorizer(keyed{"X-Key", "client's", false, nil}, "key"))
	op := opList
	op.Security = Security{{"key"}}
	if got, _ := sent(t, c, tr, op, WithAuthorizer(keyed{"X-Key", "call's", false, nil}, "key")); got != "call's" {
		t.Error(got)
	}
	if got, _ := sent(t, c, tr, op); got != "client's" {
		t.Error(got)
	}
}

func TestAllThatAuthorizedARequestAreToldOfItsRejection(t *testing.T) {
	var rejections []string
	tr := always(401, "{}")
	c := newTestClient(t, tr, WithAuthorizer(keyed{"X-Key", "key", false, &rejections}, "key"), WithAuthorizer(keyed{"X-App", "app", false, &rejections}, "app"))
	op := opList
	op.Security = Security{{"key", "app"}}
	if _, err := sent(t, c, tr, op); err == nil || strings.Join(rejections, " ") != "key app" || tr.count() != 1 {
		t.Error(err, rejections, tr.count())
	}
}

// fickle is an authorizer of a type that cannot be compared.
type fickle []string

func (fickle) Authorize(_ context.Context, r *http.Request, _ []byte, _ time.Time) error {
	r.Header.Set("X-Key", "fickle")
	return nil
}

func (fickle) Rejected(context.Context, *http.Response) bool { return false }

func TestAuthorizersNeedNotBeComparable(t *testing.T) {
	tr := always(200, "{}")
	c := newTestClient(t, tr, WithAuthorizer(fickle{"a"}, "key", "app"))
	op := opList
	op.Security = Security{{"key", "app"}}
	if got, err := sent(t, c, tr, op); got != "fickle" || err != nil {
		t.Error(got, err)
	}
}

func TestHeadersOfAnyNameCanHoldSecrets(t *testing.T) {
	api := testAPI
	api.SecretHeaders = []string{"dd-application-KEY"}
	c, err := New(&api, WithRegion("north"), WithParam("project_id", "p1"), WithTransport(always(200, "{}")),
		WithAuthorizer(keyed{"DD-APPLICATION-KEY", "wordkey", false, nil}))
	if err != nil {
		t.Fatal(err)
	}
	var dry DryRun
	if err := c.Do(context.Background(), &Call{Operation: &opList, Options: []CallOption{WithDryRun(&dry)}}); !errors.Is(err, ErrDryRun) {
		t.Fatal(err)
	}
	mustContain(t, dry.String(), "Dd-Application-Key: ***")
	if strings.Contains(dry.String()+dry.GoString()+dry.LogValue().String(), "wordkey") || dry.Header.Get("Dd-Application-Key") != "wordkey" {
		t.Error(dry.String())
	}
}
