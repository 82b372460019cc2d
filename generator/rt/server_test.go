package rt

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// serversAPI has two servers with variables, and operations with servers of their own.
var serversAPI = API{Name: "pets", Servers: []Server{
	{URL: "https://{tenant}.example.com/v1", Variables: []ServerVariable{{Name: "tenant", Default: "demo"}}},
	{URL: "https://sandbox.example.com/test/v1"},
	{URL: "https://{site}/v1", Variables: []ServerVariable{{Name: "site", Default: "eu.example.org", Enum: []string{"us.example.org"}}}},
}}

var (
	uploads = []Server{{URL: "https://uploads.example.com"}, {URL: "https://uploads-sandbox.example.com/x"}, {URL: "https://sandbox.example.com/test/v1"}}
	second  = []Server{{URL: "/v2/"}}
	agents  = []Server{{URL: "https://{agent}", Variables: []ServerVariable{{Name: "agent", Default: "{your-agent}"}}}}
	nowhere = []Server{{URL: "https://"}}
)

func TestServers(t *testing.T) {
	for _, c := range []struct {
		about  string
		own    []Server
		client []Option
		call   []CallOption
		want   string // URL, or part of the error of New or the call
	}{
		{"the first", nil, nil, nil, "https://demo.example.com/v1/pets"},
		{"a variable", nil, []Option{WithServerVariable("tenant", "acme")}, nil, "https://acme.example.com/v1/pets"},
		{"another", nil, []Option{WithServer("https://sandbox.example.com/test/v1")}, nil, "https://sandbox.example.com/test/v1/pets"},
		{"a default that is not listed", nil, []Option{WithServer("https://{site}/v1")}, nil, "https://eu.example.org/v1/pets"},
		{"a listed value", nil, []Option{WithServer("https://{site}/v1"), WithServerVariable("site", "us.example.org")}, nil, "https://us.example.org/v1/pets"},
		{"a value that is not listed", nil, []Option{WithServer("https://{site}/v1"), WithServerVariable("site", "evil.example.org")}, nil, `option "site" is none of us.example.org`},
		{"a variable of another server", nil, []Option{WithServerVariable("site", "us.example.org")}, nil, `option "site" is no variable of the server https://{tenant}.example.com/v1`},
		{"a server of nobody", nil, []Option{WithServer("https://evil.example.com")}, nil, `option "server" is none of the document's`},
		{"an endpoint wins", nil, []Option{WithEndpoint("https://my.example.net/api"), WithServer("https://sandbox.example.com/test/v1")}, nil, "https://my.example.net/api/pets"},

		{"for a call: another", nil, nil, []CallOption{WithServer("https://sandbox.example.com/test/v1")}, "https://sandbox.example.com/test/v1/pets"},
		{"for a call: a variable", nil, nil, []CallOption{WithServerVariable("tenant", "acme")}, "https://acme.example.com/v1/pets"},
		{"for a call: an endpoint", nil, nil, []CallOption{WithEndpoint("https://my.example.net")}, "https://my.example.net/pets"},
		{"for a call: an endpoint that is none", nil, nil, []CallOption{WithEndpoint("http://my.example.net")}, "must be an https URL"},
		{"for a call: a server of nobody", nil, nil, []CallOption{WithServer("https://evil.example.com")}, `option "server" is none of the document's`},
		{"for a call: a variable where the client has an endpoint", nil, []Option{WithEndpoint("https://my.example.net")}, []CallOption{WithServerVariable("tenant", "acme")}, "https://my.example.net/pets"},

		{"its own", uploads, nil, nil, "https://uploads.example.com/pets"},
		{"its own, whatever the client's", uploads, []Option{WithServerVariable("tenant", "acme")}, nil, "https://uploads.example.com/pets"},
		{"the client's, where it is among its own", uploads, []Option{WithServer("https://sandbox.example.com/test/v1")}, nil, "https://sandbox.example.com/test/v1/pets"},
		{"its own, another", uploads, nil, []CallOption{WithServer("https://uploads-sandbox.example.com/x")}, "https://uploads-sandbox.example.com/x/pets"},
		{"one of the API's instead", uploads, nil, []CallOption{WithServer("https://{tenant}.example.com/v1")}, "https://demo.example.com/v1/pets"},
		{"its own, but all go to an endpoint", uploads, []Option{WithEndpoint("https://my.example.net")}, nil, "https://my.example.net/pets"},
		{"its own, but this goes to an endpoint", uploads, nil, []CallOption{WithEndpoint("https://my.example.net/u")}, "https://my.example.net/u/pets"},

		{"a path of its own", second, nil, nil, "https://demo.example.com/v2/pets"},
		{"a path of its own, at another server", second, []Option{WithServer("https://sandbox.example.com/test/v1")}, nil, "https://sandbox.example.com/v2/pets"},
		{"a path of its own, at an endpoint like the document's", second, []Option{WithEndpoint("http://localhost:80/mock/v1/")}, nil, "http://localhost:80/mock/v2/pets"},
		{"a path of its own, at any other endpoint", second, []Option{WithEndpoint("https://my.example.net")}, nil, "https://my.example.net/pets"},
		{"a bad path of its own", []Server{{URL: "/a/../b"}}, nil, nil, "path of the server is a dot segment"},

		{"a variable without a value", agents, nil, nil, `option "agent" has to be set`},
		{"a variable for a call", agents, nil, []CallOption{WithServerVariable("agent", "a1.agents.example.com")}, "https://a1.agents.example.com/pets"},
		{"a variable for the client", agents, []Option{WithServerVariable("agent", "a1.agents.example.com")}, nil, "https://a1.agents.example.com/pets"},
		{"a server that is none", nowhere, nil, nil, "has no host"},
		{"a server that is none, and an endpoint", nowhere, nil, []CallOption{WithEndpoint("https://presigned.example.com/a")}, "https://presigned.example.com/a/pets"},
	} {
		t.Run(c.about, func(t *testing.T) {
			tr := always(200, "{}")
			got := ""
			client, err := New(&serversAPI, append(c.client, WithTransport(tr))...)
			if err == nil {
				op := Operation{ID: "ListPets", Method: "GET", Path: "/pets", Servers: c.own}
				err = client.Do(context.Background(), &Call{Operation: &op, Options: c.call})
			}
			var p *ParamError
			switch {
			case err != nil && errors.As(err, &p):
				got = err.Error()
			case err != nil:
				t.Fatal(err)
			default:
				got = tr.seen[0].URL.String()
			}
			if got != c.want && (err == nil || !strings.Contains(got, c.want)) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestServersWithoutAHost(t *testing.T) {
	api := API{Servers: []Server{{URL: "/api/{v}", Variables: []ServerVariable{{Name: "v", Default: "v3"}}}}}
	_, err := New(&api)
	if err == nil {
		t.Fatal("no error")
	}
	mustContain(t, err.Error(), "the document has only its path /api/v3", "WithEndpoint")
}

// A page's link is followed at the server of its operation, and nowhere else.
func TestLinksStayAtTheServerOfTheirOperation(t *testing.T) {
	tr := always(200, "{}")
	c, err := New(&serversAPI, WithTransport(tr))
	if err != nil {
		t.Fatal(err)
	}
	op := Operation{ID: "ListPets", Method: "GET", Path: "/pets", Servers: uploads}
	if err := c.Do(context.Background(), &Call{Operation: &op, Options: []CallOption{withLink("https://uploads.example.com/pets?page=2")}}); err != nil {
		t.Error(err)
	}
	if err := c.Do(context.Background(), &Call{Operation: &op, Options: []CallOption{withLink("https://demo.example.com/v1/pets?page=2")}}); err == nil {
		t.Error("followed")
	}
}

// Middleware may not turn a request from the server of its operation either.
func TestMiddlewareKeepsToTheServerOfTheOperation(t *testing.T) {
	tr := always(200, "{}")
	host := ""
	c, err := New(&serversAPI, WithTransport(tr), WithMiddleware(func(next Doer) Doer {
		return func(r *http.Request) (*http.Response, error) {
			if host != "" {
				r.URL.Host = host
			}
			return next(r)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	op := Operation{ID: "ListPets", Method: "GET", Path: "/pets", Servers: uploads}
	if err := c.Do(context.Background(), &Call{Operation: &op}); err != nil {
		t.Error(err)
	}
	host = "demo.example.com"
	if err := c.Do(context.Background(), &Call{Operation: &op}); err == nil {
		t.Error("sent to another host")
	}
}

// FuzzServerVariables holds that a value stays where its variable stands: it changes neither the host around it, nor the
// path, nor the scheme.
func FuzzServerVariables(f *testing.F) {
	for _, s := range []string{"acme", "a.b", "evil.com/", "u:p@evil", "x?", "#", "..", "", "a b", "%2e", "\\", "\x00", "é", "{tenant}", "a:80"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, tenant, version string) {
		s := Server{URL: "https://{tenant}.example.com/api/{version}/x", Variables: []ServerVariable{{Name: "tenant", Default: "demo"}, {Name: "version", Default: "v1"}}}
		o, err := s.endpoint([]param{{name: "tenant", value: tenant}, {name: "version", value: version}}, false)
		if err != nil {
			return
		}
		u, err := url.Parse(o.scheme + "://" + o.host + o.path)
		if err != nil {
			t.Fatal(err)
		}
		if u.Scheme != "https" || u.Host != tenant+".example.com" || u.Path != "/api/"+version+"/x" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			t.Fatalf("%q, %q: %s", tenant, version, u)
		}
	})
}
