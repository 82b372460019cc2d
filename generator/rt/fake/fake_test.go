package fake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// group is what a generated package would have: a request type and a response type in one.
type group struct {
	Name   string `json:"name"`
	Action string `json:"action,omitempty"`
}

func decodeStrict(data []byte, g *group) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	return d.Decode(g)
}

func (g *group) Validate() error {
	var c rt.Checker
	if len(g.Name) > 4 {
		c.Fail("name", &rt.Rule{ID: "Group.Name.maxLength", Text: "must have at most 4 characters", Limit: "4"}, g.Name)
	}
	return c.Err()
}

// service is a generated fake: one function per operation.
type service struct {
	List   func(ctx context.Context, limit rt.Opt[int], force rt.Opt[bool], ids []string, at rt.Opt[time.Time]) (*group, error)
	Create func(ctx context.Context, g *group) (*group, error)
	Get    func(ctx context.Context, id string) (*group, error)
	Me     func(ctx context.Context) (*group, error)
	Pause  func(ctx context.Context, id string) error
	Resume func(ctx context.Context, id string) error
}

func (s *service) server(config Config) *Server {
	act := func(name string, f func() func(context.Context, string) error) func(*Exchange) {
		return func(x *Exchange) {
			if f() == nil {
				x.Unset(name)
				return
			}
			x.Read(new(group), decodeStrict(x.RawBody(), new(group)), false)
			if x.Ready() {
				x.Answer(204, nil, f()(x.Context(), x.Path("id")))
			}
		}
	}
	return New(config,
		Route{ID: "ListGroups", Method: "GET", Path: "/v1/{p}/groups", Serve: func(x *Exchange) {
			if s.List == nil {
				x.Unset("Server.List")
				return
			}
			limit := Query[int](x, "limit")
			force := QueryFlag(x, "force", "yes", "no")
			ids := QueryList[string](x, "ids", rt.ListComma)
			at := QueryTime(x, "at", "2006-01-02T15:04:05Z")
			if x.Ready() {
				out, err := s.List(x.Context(), limit, force, ids, at)
				x.Answer(200, out, err)
			}
		}},
		Route{ID: "CreateGroup", Method: "POST", Path: "/v1/{p}/groups", Serve: func(x *Exchange) {
			if s.Create == nil {
				x.Unset("Server.Create")
				return
			}
			g := new(group)
			x.Read(g, decodeStrict(x.RawBody(), g), false)
			if x.Ready() {
				out, err := s.Create(x.Context(), g)
				x.Answer(200, out, err)
			}
		}},
		Route{ID: "GetGroup", Method: "GET", Path: "/v1/{p}/groups/{id}", Serve: func(x *Exchange) {
			if x.Ready() {
				out, err := s.Get(x.Context(), x.Path("id"))
				x.Answer(200, out, err)
			}
		}},
		Route{ID: "GetMe", Method: "GET", Path: "/v1/{p}/groups/me", Serve: func(x *Exchange) {
			if x.Ready() {
				out, err := s.Me(x.Context())
				x.Answer(200, out, err)
			}
		}},
		Route{ID: "Pause", Method: "POST", Path: "/v1/{p}/groups/{id}/action", ConstPath: []string{"action"}, ConstValue: "pause", Serve: act("Server.Pause", func() func(context.Context, string) error { return s.Pause })},
		Route{ID: "Resume", Method: "POST", Path: "/v1/{p}/groups/{id}/action", ConstPath: []string{"action"}, ConstValue: "resume", Serve: act("Server.Resume", func() func(context.Context, string) error { return s.Resume })},
		Route{ID: "Silent", Method: "GET", Path: "/silent", Serve: func(*Exchange) {}},
		Route{ID: "Nobody", Method: "GET", Path: "/nobody"},
		Route{ID: "Mixed", Method: "GET", Path: "/mixed/{a}.{b}:copy", Serve: func(x *Exchange) { x.Reply(200, &group{Name: x.Path("a") + "+" + x.Path("b")}) }},
	)
}

var api = rt.API{
	Name: "groups",
	Errors: rt.ErrorModel{
		Shapes:           []rt.ErrorShape{{Code: "error.code", Message: "error.message", Details: "error.details"}},
		RequestIDHeaders: []string{"X-Request-Id"},
		Codes:            []rt.ErrorCode{{Code: "AS.2007", Class: rt.ErrNotFound}},
	},
}

func client(t *testing.T, s *Server, opts ...rt.Option) *rt.Client {
	t.Helper()
	c, err := rt.New(&api, append([]rt.Option{rt.WithEndpoint("https://fake.example.com/base"), rt.WithTransport(s.Transport()), rt.WithoutRetry()}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var config = Config{Base: "/base", Shape: rt.ErrorShape{Code: "error.code", Message: "error.message", Details: "error.details"}}

func TestRequestsReachTheirFunctions(t *testing.T) {
	s := &service{
		List: func(_ context.Context, limit rt.Opt[int], force rt.Opt[bool], ids []string, at rt.Opt[time.Time]) (*group, error) {
			when, _ := at.Get()
			f, ok := force.Get()
			return &group{Name: fmt.Sprint(limit.Or(-1), f, ok, ids, when.Year())}, nil
		},
		Create: func(_ context.Context, g *group) (*group, error) { return &group{Name: g.Name + "!"}, nil },
		Get:    func(_ context.Context, id string) (*group, error) { return &group{Name: "(" + id + ")"}, nil },
		Me:     func(context.Context) (*group, error) { return &group{Name: "me"}, nil },
		Pause:  func(_ context.Context, id string) error { return nil },
		Resume: func(_ context.Context, id string) error {
			return &rt.Error{Code: "AS.2007", Message: "gone", Status: 400, Details: `["d"]`}
		},
	}
	server := s.server(config)
	c := client(t, server)
	ctx := context.Background()
	for _, tt := range []struct {
		method, path string
		body         any
		query        [][2]string
		want         string // body, or part of the error
	}{
		{"GET", "/v1/p/groups", nil, nil, `{"name":"-1 false false [] 1"}`},
		{"GET", "/v1/p/groups", nil, [][2]string{{"limit", "5"}, {"force", "yes"}, {"ids", "a,b"}, {"at", "2015-01-02T03:04:05Z"}}, `{"name":"5 true true [a,b] 2015"}`},
		{"GET", "/v1/p/groups", nil, [][2]string{{"limit", "x"}}, "limit is no integer"},
		{"GET", "/v1/p/groups", nil, [][2]string{{"limit", "5"}, {"limit", "6"}}, "more than once"},
		{"GET", "/v1/p/groups", nil, [][2]string{{"force", "true"}}, `neither "yes" nor "no"`},
		{"GET", "/v1/p/groups", nil, [][2]string{{"at", "yesterday"}}, "is no time"},
		{"GET", "/v1/p/groups", nil, [][2]string{{"marker", "x"}}, "marker is no parameter of ListGroups"},
		{"GET", "/v1/p/groups", map[string]int{}, nil, "takes none"},
		{"POST", "/v1/p/groups", &group{Name: "web"}, nil, `{"name":"web!"}`},
		{"POST", "/v1/p/groups", &group{Name: "toolong"}, nil, "Group.Name.maxLength"},
		{"POST", "/v1/p/groups", map[string]int{"nam": 1}, nil, "unknown field"},
		{"POST", "/v1/p/groups", nil, nil, "the request has no body"},
		{"POST", "/v1/p/groups", []byte("{"), nil, "unexpected EOF"},
		{"GET", "/v1/p/groups/me", nil, nil, `{"name":"me"}`},
		{"GET", "/v1/p/groups/you", nil, nil, `{"name":"(you)"}`},
		{"GET", "/v1/p/groups/a%20b", nil, nil, `{"name":"(a b)"}`},
		{"POST", "/v1/p/groups/g1/action", &group{Name: "x", Action: "pause"}, nil, ``},
		{"POST", "/v1/p/groups/g1/action", &group{Action: "resume"}, nil, "400 AS.2007: gone"},
		{"POST", "/v1/p/groups/g1/action", &group{Action: "stop"}, nil, "names none of the operations"},
		{"POST", "/v1/p/groups/g1/action", []byte("[]"), nil, "no JSON object"},
		{"PATCH", "/v1/p/groups", nil, nil, "no operation has the method PATCH"},
		{"GET", "/v2/p/groups", nil, nil, "no operation has the path /base/v2/p/groups"},
		{"GET", "/silent", nil, nil, "Silent was not answered"},
		{"GET", "/nobody", nil, nil, "the fake server has no function for Nobody"},
		{"GET", "/mixed/x.y.z:copy", nil, nil, `{"name":"x+y.z"}`},
		{"GET", "/mixed/x:copy", nil, nil, "no operation has the path"},
	} {
		var opts []rt.CallOption
		for _, q := range tt.query {
			opts = append(opts, rt.WithQuery(q[0], q[1]))
		}
		resp, err := c.Send(ctx, tt.method, tt.path, tt.body, opts...)
		got := fmt.Sprint(err)
		if err == nil {
			got = string(resp.Body)
		}
		if !strings.Contains(got, tt.want) || err == nil && got != tt.want {
			t.Errorf("%s %s %v: got %s, want %s", tt.method, tt.path, tt.query, got, tt.want)
		}
	}
	requests := server.Requests()
	if r := requests[8]; r.Operation != "CreateGroup" || r.Method != "POST" || r.Path != "/base/v1/p/groups" || string(r.Body) != `{"name":"web"}` {
		t.Errorf("%+v", r)
	}
	if r := requests[1]; r.RawQuery != "limit=5&force=yes&ids=a%2Cb&at=2015-01-02T03%3A04%3A05Z" {
		t.Errorf("%+v", r)
	}
	server.Reset()
	if len(server.Requests()) != 0 {
		t.Error("requests after Reset")
	}
}

func TestTheQueryOfAPathTellsOperationsApart(t *testing.T) {
	route := func(id, query string) Route {
		return Route{ID: id, Method: "GET", Path: "/rest", Query: query, Serve: func(x *Exchange) {
			page := Query[int](x, "page")
			if x.Ready() {
				x.Answer(200, &group{Name: fmt.Sprint(id, page.Or(-1))}, nil)
			}
		}}
	}
	s := New(config, route("any", ""), route("list", "method=list"), route("all", "method=list&all"))
	for query, want := range map[string]string{
		"": "any-1", "?page=1": "any1", "?method=list": "list-1", "?method=list&page=2": "list2", "?page=3&all&method=list": "all3",
		"?method=other": "method is no parameter of any", "?all&method=list&more=1": "more is no parameter of all",
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", config.Base+"/rest"+query, nil))
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: got %s, want %s", query, w.Body, want)
		}
	}
}

func TestWithoutValidationOnlyRulesAreLetThrough(t *testing.T) {
	s := &service{Create: func(_ context.Context, g *group) (*group, error) { return g, nil }}
	server := s.server(config)
	c := client(t, server)
	send := func(body string) error {
		_, err := c.Send(context.Background(), "POST", "/v1/p/groups", json.RawMessage(body))
		return err
	}
	if err := send(`{"name":"longer"}`); !errors.Is(err, rt.ErrInvalid) {
		t.Error(err)
	}
	server.WithoutValidation()
	if err := send(`{"name":"longer"}`); err != nil {
		t.Error(err)
	}
	if err := send(`{"size":1}`); !errors.Is(err, rt.ErrInvalid) {
		t.Error(err)
	}
}

func TestARuleIsReportedByItsCode(t *testing.T) {
	body := func(violations ...rt.Violation) string {
		s := &service{Get: func(context.Context, string) (*group, error) { return nil, &rt.ValidationError{Violations: violations} }}
		w := httptest.NewRecorder()
		s.server(config).ServeHTTP(w, httptest.NewRequest("GET", "/base/v1/p/groups/g", nil))
		return strconv.Itoa(w.Code) + " " + w.Body.String()
	}
	plain := rt.Violation{Path: "a", Rule: "r", Message: "m"}
	warned := rt.Violation{Path: "b", Rule: "r", Message: "m", Severity: rt.SeverityWarning, Codes: []string{"AS.1"}}
	coded := rt.Violation{Path: "c", Rule: "r", Message: "m", Codes: []string{"AS.2005", "AS.2004"}}
	if got := body(plain, warned); !strings.HasPrefix(got, `400 {"error":{"code":"fake.refused"`) {
		t.Error(got)
	}
	if got := body(plain, warned, coded); !strings.HasPrefix(got, `400 {"error":{"code":"AS.2005"`) {
		t.Error(got)
	}
}

func TestErrorsComeBackAsTheyWent(t *testing.T) {
	for _, tt := range []struct {
		give   error
		status int
		class  rt.Class
		text   string
	}{
		{&rt.Error{Status: 400, Code: "AS.2007", Message: "gone", RequestID: "r7", RetryAfter: 3 * time.Second}, 400, rt.ErrNotFound, "AS.2007: gone (request r7)"},
		{&rt.Error{Class: rt.ErrConflict, Code: "X"}, 409, rt.ErrConflict, "409 X"},
		{fmt.Errorf("wrapped: %w", rt.ErrNotFound), 404, rt.ErrNotFound, "not found"},
		{rt.ErrRateLimited, 429, rt.ErrRateLimited, ""},
		{rt.ErrUnavailable, 503, rt.ErrUnavailable, ""},
		{rt.ErrQuotaExceeded, 403, rt.ErrPermissionDenied, ""},
		{&rt.ValidationError{Violations: []rt.Violation{{Path: "a", Rule: "r", Message: "m"}}}, 400, rt.ErrInvalid, "a m [r]"},
		{errors.New("odd"), 500, rt.ErrInternal, "odd"},
		{&rt.Error{Status: 503, Body: []byte("<html>down</html>"), Header: http.Header{"Content-Type": {"text/html"}}}, 503, rt.ErrUnavailable, "down"},
		{&rt.Error{Status: 200, Class: rt.ErrBusy}, 423, rt.ErrBusy, ""},
	} {
		s := &service{Get: func(context.Context, string) (*group, error) { return nil, tt.give }}
		_, err := client(t, s.server(config)).Send(context.Background(), "GET", "/v1/p/groups/g", nil)
		var e *rt.Error
		if !errors.As(err, &e) || e.Status != tt.status || !errors.Is(err, tt.class) || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("%v came back as %v", tt.give, err)
		}
		if g, ok := tt.give.(*rt.Error); ok && e.RetryAfter != g.RetryAfter {
			t.Errorf("Retry-After %v", e.RetryAfter)
		}
		if e.RequestID == "" {
			t.Error("no request id")
		}
	}
}

func TestAnUnsetFunctionIsLoud(t *testing.T) {
	_, err := client(t, new(service).server(config)).Send(context.Background(), "GET", "/v1/p/groups", nil)
	var e *rt.Error
	if !errors.As(err, &e) || e.Status != 501 || !strings.Contains(e.Message, "Server.List") {
		t.Error(err)
	}
	s := &service{Get: func(context.Context, string) (*group, error) { return nil, nil }}
	_, err = client(t, s.server(config)).Send(context.Background(), "GET", "/v1/p/groups/g", nil)
	if !errors.As(err, &e) || e.Status != 500 || !strings.Contains(e.Message, "neither a result nor an error") {
		t.Error(err)
	}
}

func TestTheDefaultShape(t *testing.T) {
	w := httptest.NewRecorder()
	new(service).server(Config{}).ServeHTTP(w, httptest.NewRequest("GET", "/nothing", nil))
	if w.Code != 404 || !strings.Contains(w.Body.String(), `"code":"fake.refused"`) || w.Header().Get("X-Request-Id") != "fake-1" {
		t.Error(w.Code, w.Body, w.Header())
	}
}

func TestTransportRespectsTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		tr := Transport(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			close(ended)
		}))
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		req, _ := http.NewRequestWithContext(ctx, "GET", "https://x/", nil)
		if _, err := tr.RoundTrip(req); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		<-ended
		if _, err := tr.RoundTrip(req); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestTransportIsLikeAConnection(t *testing.T) {
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		method  string
		want    string
	}{
		{"echo", func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(w, r.Body)
			w.Header().Set("X-Late", "1")
		}, "POST", "200 body "},
		{"no content", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204); _, _ = w.Write([]byte("x")) }, "GET", "204  "},
		{"nothing", func(w http.ResponseWriter, r *http.Request) {}, "GET", "200  "},
		{"head", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("x")) }, "HEAD", "200  "},
		{"first status wins", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); w.WriteHeader(500) }, "GET", "201  "},
		{"panic", func(http.ResponseWriter, *http.Request) { panic("oops") }, "GET", "oops"},
		{"abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "GET", "unexpected EOF"},
		{"request", func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set("X-Mine", "1")
			fmt.Fprint(w, r.Host, r.RequestURI, r.ContentLength)
		}, "POST", "200 x/p?q4 "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			req, _ := http.NewRequest(tt.method, "https://x/p?q", strings.NewReader("body"))
			resp, err := Transport(tt.handler).RoundTrip(req)
			got := fmt.Sprint(err)
			if err == nil {
				b, _ := io.ReadAll(resp.Body)
				got = fmt.Sprint(resp.StatusCode, " ", string(b), " ", resp.Header.Get("X-Late"))
			}
			if !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if req.Header.Get("X-Mine") != "" {
				t.Error("the handler wrote to the client's request")
			}
		})
	}
}

func TestManyGoroutinesShareAServer(t *testing.T) {
	s := &service{Get: func(_ context.Context, id string) (*group, error) { return &group{Name: id}, nil }}
	server := s.server(config)
	c := client(t, server)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			id := fmt.Sprint("g", i)
			if r, err := c.Send(context.Background(), "GET", "/v1/p/groups/{id}", nil, rt.WithParam("id", id)); err != nil || string(r.Body) != `{"name":"`+id+`"}` {
				t.Error(r, err)
			}
			server.Requests()
		})
	}
	wg.Wait()
	if len(server.Requests()) != 50 {
		t.Error(len(server.Requests()))
	}
}

func TestScalarsAreReadStrictly(t *testing.T) {
	read := func(raw string, f func(x *Exchange)) string {
		x := &Exchange{server: New(Config{}), route: &route{Route: Route{ID: "Op"}}, w: httptest.NewRecorder(), r: httptest.NewRequest("GET", "/?"+raw, nil)}
		x.r.Header.Set("X-H", "7")
		x.r.Header.Set("Cookie", "c=1")
		x.query = parseQuery(raw)
		f(x)
		var out []string
		for _, p := range x.problems {
			out = append(out, p.Path+" "+p.Message)
		}
		x.Ready()
		return strings.Join(out, "; ")
	}
	for raw, want := range map[string]string{
		"i=1&b=true&f=1.5&u=2&l=1&l=2":  "",
		"i=1.0":                         "i is no integer",
		"i=99999999999":                 "i is no integer",
		"b=1":                           "b is neither true nor false",
		"f=x":                           "f is no number",
		"u=-1":                          "u is no integer",
		"l=1&l=x":                       "l is no integer",
		"t=2015-01-02T03:04:05Z":        "",
		"t=2015-01-02T03:04:05.000Z":    "t is no time of the form 2006-01-02T15:04:05Z",
		"t=2015-01-02T3:04:05Z":         "t is no time of the form 2006-01-02T15:04:05Z",
		"z=2015-01-02T03:04:05%2B01:00": "",
	} {
		got := read(raw, func(x *Exchange) {
			Query[int32](x, "i")
			Query[bool](x, "b")
			Query[float32](x, "f")
			Query[uint8](x, "u")
			QueryTime(x, "t", "2006-01-02T15:04:05Z")
			QueryTime(x, "z", time.RFC3339)
			if l := QueryList[int](x, "l", rt.ListRepeat); raw[0] == 'i' && len(raw) > 10 && want == "" && len(l) != 2 {
				t.Errorf("%s: list %v", raw, l)
			}
			none, cookie := Header[string](x, "X-None"), Cookie[int](x, "c")
			if HeaderValue[int](x, "X-H") != 7 || !none.IsAbsent() || cookie.Or(0) != 1 {
				t.Error("headers and cookies")
			}
		})
		if got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
	if got := read("", func(x *Exchange) { QueryValue[int](x, "i"); HeaderValue[int](x, "X-No") }); got != "i is missing; X-No is missing" {
		t.Error(got)
	}
	if got := read("", func(x *Exchange) {
		QueryFlagValue(x, "b", "yes", "no")
		HeaderFlagValue(x, "X-B", "yes", "no")
		QueryTimeValue(x, "t", time.RFC3339)
		HeaderTimeValue(x, "X-T", time.RFC3339)
	}); got != "b is missing; X-B is missing; t is missing; X-T is missing" {
		t.Error(got)
	}
	if got := read("i=x", func(x *Exchange) { QueryValue[int](x, "i") }); got != "i is no integer" {
		t.Error(got)
	}
}

// FuzzServer holds that no request makes the server panic or leaves it without an answer.
func FuzzServer(f *testing.F) {
	f.Add("GET", "/base/v1/p/groups", "limit=1", []byte(nil))
	f.Add("POST", "/base/v1/p/groups/g/action", "", []byte(`{"action":"pause"}`))
	f.Add("GET", "/base/mixed/a.b:copy", "&&=;%", []byte("x"))
	s := &service{Pause: func(context.Context, string) error { return nil }}
	server := s.server(config)
	f.Fuzz(func(t *testing.T, method, path, query string, body []byte) {
		r, err := http.NewRequest(method, "https://x", strings.NewReader(string(body)))
		if err != nil || len(path) == 0 || path[0] != '/' {
			return
		}
		r.URL.Path, r.URL.RawQuery = path, query
		w := httptest.NewRecorder()
		s.Get = func(context.Context, string) (*group, error) { return &group{}, nil }
		s.Me = func(context.Context) (*group, error) { return &group{}, nil }
		server.ServeHTTP(w, r)
		server.Reset()
		if w.Code < 200 || w.Code > 599 {
			t.Fatal(w.Code)
		}
	})
}
