package requests_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/scratch/requests"
	"example.com/scratch/requests/requeststest"
	"example.com/scratch/requests/rt"
)

// gen makes random values. A tame one has no characters that a style or place could refuse.
type gen struct {
	*rand.Rand
	tame bool
}

var wild = []rune("abcABC019-._~:?#[]@!$&'()*+;=%{}<>^` äß漢😀,|/\\\"\t")

func (g gen) text() string {
	var b strings.Builder
	for range 1 + g.IntN(6) {
		if g.tame {
			b.WriteByte("abcXYZ019-_~"[g.IntN(12)])
		} else {
			b.WriteRune(wild[g.IntN(len(wild))])
		}
	}
	return b.String()
}

// some makes one to three values: no style tells an empty list from one that is not there.
func some[T any](g gen, one func() T) []T {
	var out []T
	for range 1 + g.IntN(3) {
		out = append(out, one())
	}
	return out
}

func maybe[T any](g gen, one func() T) (v T) {
	if g.IntN(3) > 0 {
		return one()
	}
	return v
}

func opt[T any](g gen, one func() T) requests.Opt[T] {
	if g.IntN(3) == 0 {
		return requests.Opt[T]{}
	}
	return requests.Some(one())
}

func (g gen) texts() []string    { return some(g, g.text) }
func (g gen) integer() int       { return g.IntN(2000) - 1000 }
func (g gen) number() float64    { return g.NormFloat64() * float64(g.IntN(1000000)) }
func (g gen) numbers() []float64 { return some(g, g.number) }
func (g gen) flag() bool         { return g.IntN(2) == 0 }
func (g gen) moment() time.Time  { return time.Unix(g.Int64N(4e9), 0).UTC() }
func (g gen) day() time.Time     { return g.moment().Truncate(24 * time.Hour) }

func (g gen) color() *requests.Color {
	c := &requests.Color{Name: requests.Some(g.text()), Red: opt(g, g.integer), Share: opt(g, g.number), Dark: opt(g, g.flag)}
	if !g.tame {
		c.Since = opt(g, g.moment)
	}
	return c
}

func (g gen) labels() map[string]string {
	m := map[string]string{}
	for range 1 + g.IntN(3) {
		m["l"+g.text()] = g.text()
	}
	return m
}

func (g gen) deep() *requests.Deep { return g.deeper(2) }

func (g gen) deeper(depth int) *requests.Deep {
	d := &requests.Deep{ID: g.text(), Color: maybe(g, g.color), Labels: maybe(g, g.labels)}
	d.Colors = maybe(g, func() []requests.Color { return some(g, func() requests.Color { return *g.color() }) })
	d.Grid = maybe(g, func() [][]int { return some(g, func() []int { return some(g, g.integer) }) })
	if depth > 0 {
		d.Child = maybe(g, func() *requests.Deep { return g.deeper(depth - 1) })
	}
	return d
}

// rounds calls send many times, and holds that what the fake server was given is what was sent. What a style cannot
// write is refused before anything is sent: with tame values nothing is.
func rounds(t *testing.T, n int, send func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) (sent []any, got func() []any, err error)) {
	t.Helper()
	for _, tame := range []bool{true, false} {
		g := gen{rand.New(rand.NewPCG(1, 2)), tame}
		passed := 0
		for i := range n {
			server := new(requeststest.Server)
			c, err := server.Client(requests.WithoutRetry())
			if err != nil {
				t.Fatal(err)
			}
			sent, got, err := send(g, context.Background(), c, server)
			var refused *rt.ParamError
			switch {
			case err == nil:
				passed++
				if have := got(); !reflect.DeepEqual(sent, have) {
					t.Fatalf("round %d, tame %v:\nsent     %+v\nreceived %+v", i, tame, sent, have)
				}
			case tame || !errors.As(err, &refused):
				t.Fatalf("round %d, tame %v: %v\nsent %+v", i, tame, err, sent)
			case len(server.Requests()) > 0:
				t.Fatalf("round %d: refused after it was sent: %v", i, err)
			}
		}
		t.Logf("tame %v: %d of %d sent", tame, passed, n)
	}
}

func TestPaths(t *testing.T) {
	rounds(t, 600, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) (sent []any, got func() []any, err error) {
		var have []any
		got = func() []any { return have }
		switch g.IntN(3) {
		case 0:
			l := [6][]string{g.texts(), g.texts(), g.texts(), g.texts(), g.texts(), g.texts()}
			s.PathLists = func(_ context.Context, a, b, c, d, e, f []string) error { have = []any{a, b, c, d, e, f}; return nil }
			sent = []any{l[0], l[1], l[2], l[3], l[4], l[5]}
			err = c.Calls.PathLists(ctx, l[0], l[1], l[2], l[3], l[4], l[5])
		case 1:
			l := [6]*requests.Color{g.color(), g.color(), g.color(), g.color(), g.color(), g.color()}
			s.PathObjects = func(_ context.Context, a, b, c, d, e, f *requests.Color) error {
				have = []any{a, b, c, d, e, f}
				return nil
			}
			sent = []any{l[0], l[1], l[2], l[3], l[4], l[5]}
			err = c.Calls.PathObjects(ctx, l[0], l[1], l[2], l[3], l[4], l[5])
		default:
			one := func() requests.Text { return requests.Text(g.text()) }
			l := [6]requests.Text{one(), one(), one(), one(), one(), one()}
			s.PathScalars = func(_ context.Context, a, b, c, d, e, f requests.Text) error {
				have = []any{a, b, c, d, e, f}
				return nil
			}
			sent = []any{l[0], l[1], l[2], l[3], l[4], l[5]}
			err = c.Calls.PathScalars(ctx, l[0], l[1], l[2], l[3], l[4], l[5])
		}
		return sent, got, err
	})
}

func TestQueries(t *testing.T) {
	rounds(t, 600, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		p := &requests.QueryParams{
			FormTexts: maybe(g, g.texts), FormNumbers: maybe(g, g.numbers), FormColor: maybe(g, g.color),
			FormXTexts: maybe(g, g.texts), FormXNumbers: maybe(g, g.numbers),
			Deep: maybe(g, g.deep), JSON: maybe(g, g.deep),
			Free: opt(g, func() requests.Text { return requests.Text(g.text()) }), FreeTexts: maybe(g, g.texts), Empty: opt(g, g.integer),
			At: opt(g, g.moment), Days: maybe(g, func() []time.Time { return some(g, g.day) }), Either: maybe(g, g.texts),
		}
		if g.IntN(4) == 0 {
			p.Empty = requests.Null[int]()
		}
		if g.tame || g.IntN(2) == 0 { // wild texts mostly hold a blank or a bar
			p.SpaceTexts, p.SpaceNumbers, p.SpaceColor = maybe(g, g.texts), maybe(g, g.numbers), maybe(g, g.color)
			p.PipeTexts, p.PipeNumbers, p.PipeColor = maybe(g, g.texts), maybe(g, g.numbers), maybe(g, g.color)
		}
		var have *requests.QueryParams
		s.Query = func(_ context.Context, params *requests.QueryParams) error { have = params; return nil }
		err := c.Calls.Query(ctx, p)
		return []any{p}, func() []any { return []any{have} }, err
	})
}

func TestExplodedObjects(t *testing.T) {
	rounds(t, 300, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		p := &requests.ExplodedParams{Color: maybe(g, g.color), Labels: maybe(g, g.labels), Limit: g.integer()}
		var have *requests.ExplodedParams
		s.Exploded = func(_ context.Context, params *requests.ExplodedParams) error { have = params; return nil }
		err := c.Calls.Exploded(ctx, p)
		return []any{p}, func() []any { return []any{have} }, err
	})
}

func TestHeadersAndCookies(t *testing.T) {
	rounds(t, 600, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		p := &requests.HeadersParams{Session: g.text(), XJSON: maybe(g, g.deep), JSON: maybe(g, g.deep)}
		if g.tame || g.IntN(3) == 0 {
			p.XTexts, p.XColor, p.XColorX = maybe(g, g.texts), maybe(g, g.color), maybe(g, g.color)
			p.Texts, p.TextsX, p.Color = maybe(g, g.texts), maybe(g, g.texts), maybe(g, g.color)
		} else {
			p.Session = "s"
		}
		var have *requests.HeadersParams
		s.Headers = func(_ context.Context, params *requests.HeadersParams) error { have = params; return nil }
		err := c.Calls.Headers(ctx, p)
		return []any{p}, func() []any { return []any{have} }, err
	})
}

func TestForms(t *testing.T) {
	rounds(t, 600, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		f := &requests.Fields{
			Text: g.text(), Free: opt(g, g.text), Number: opt(g, g.integer), Texts: maybe(g, g.texts), Joined: maybe(g, g.texts),
			Piped: maybe(g, func() []int { return some(g, g.integer) }), Color: maybe(g, g.color), Deep: maybe(g, g.deep),
			Colors: maybe(g, func() []requests.Color { return some(g, func() requests.Color { return *g.color() }) }),
		}
		var have *requests.Fields
		s.Form = func(_ context.Context, req *requests.Fields) error { have = req; return nil }
		err := c.Calls.Form(ctx, f)
		return []any{f}, func() []any { return []any{have} }, err
	})
}

// content is what a file comes to on the wire.
type content struct {
	name, contentType, text string
	header                  []rt.HeaderField
}

func contents(t *testing.T, files ...requests.FilePart) (out []content) {
	t.Helper()
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, content{f.Name, f.ContentType, string(b), f.Header})
	}
	return out
}

func (g gen) bytes() []byte {
	b := make([]byte, g.IntN(200))
	for i := range b {
		b[i] = byte(g.Uint32())
	}
	return b
}

func TestMultipartBodies(t *testing.T) {
	rounds(t, 400, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		one := g.bytes()
		more := some(g, g.bytes)
		name := g.text()
		req := &requests.FormMultipartRequest{
			File: requests.FileBytes(name, one), Text: g.text(), Number: opt(g, g.integer), Texts: maybe(g, g.texts), Color: maybe(g, g.color), Deep: maybe(g, g.deep),
			Colors: maybe(g, func() []requests.Color { return some(g, func() requests.Color { return *g.color() }) }),
		}
		want := []content{{name, "image/png", string(one), []rt.HeaderField{{Name: "X-Kind", Value: "picture"}}}}
		for _, b := range more {
			f := requests.FileFrom("", io.MultiReader(bytes.NewReader(b))) // one that can be read once
			f.ContentType = "text/csv"
			req.Files = append(req.Files, f)
			want = append(want, content{"", "text/csv", string(b), nil})
		}
		var have *requests.FormMultipartRequest
		s.FormMultipart = func(_ context.Context, req *requests.FormMultipartRequest) error { have = req; return nil }
		err := c.Calls.FormMultipart(ctx, req)
		rest := func(r *requests.FormMultipartRequest) requests.FormMultipartRequest {
			out := *r
			out.File, out.Files = requests.FilePart{}, nil
			return out
		}
		return []any{rest(req), want}, func() []any {
			return []any{rest(have), contents(t, append([]requests.FilePart{have.File}, have.Files...)...)}
		}, err
	})
}

func TestBodiesAsTheyAre(t *testing.T) {
	rounds(t, 300, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) (sent []any, got func() []any, err error) {
		var have any
		got = func() []any { return []any{have} }
		switch g.IntN(4) {
		case 0:
			text := g.text()
			s.FormText = func(_ context.Context, req string) error { have = req; return nil }
			return []any{text}, got, c.Calls.FormText(ctx, text)
		case 1:
			data := g.bytes()
			s.FormBinary = func(_ context.Context, body io.Reader) error {
				b, err := io.ReadAll(body)
				have = string(b)
				return err
			}
			return []any{string(data)}, got, c.Calls.FormBinary(ctx, bytes.NewReader(data))
		case 2:
			lines := some(g, func() requests.Deep { return *g.deep() })
			s.FormLines = func(_ context.Context, req []requests.Deep) error { have = req; return nil }
			return []any{lines}, got, c.Calls.FormLines(ctx, lines)
		default:
			files := map[string]requests.FilePart{}
			var want []content
			for _, name := range []string{"a", "b" + g.text()} {
				b := g.bytes()
				files[name] = requests.FileBytes(name, b)
				want = append(want, content{name, "application/octet-stream", string(b), nil})
			}
			s.Parts = func(_ context.Context, req map[string]requests.FilePart) error {
				var list []requests.FilePart
				for name := range files {
					if req[name].IsZero() || len(req) != len(files) {
						return errors.New("other parts")
					}
				}
				for _, w := range want {
					list = append(list, req[w.name])
				}
				have = contents(t, list...)
				return nil
			}
			return []any{want}, got, c.Calls.Parts(ctx, files)
		}
	})
}

func (g gen) order(depth int) *requests.Order {
	o := &requests.Order{
		ID: g.text(), Note: opt(g, g.text), Tags: maybe(g, g.texts), Share: opt(g, g.number),
		Colors: maybe(g, func() []requests.Color { return some(g, func() requests.Color { return *g.color() }) }),
	}
	if depth > 0 {
		o.Parent = maybe(g, func() *requests.Order { return g.order(depth - 1) })
	}
	return o
}

func TestXML(t *testing.T) {
	rounds(t, 600, func(g gen, ctx context.Context, c *requests.Client, s *requeststest.Server) ([]any, func() []any, error) {
		o := g.order(2)
		var have *requests.Order
		s.Orders = func(_ context.Context, req *requests.Order) error { have = req; return nil }
		err := c.Calls.Orders(ctx, o)
		return []any{o}, func() []any { return []any{have} }, err
	})
}

// TestMissingParametersAreRefused holds that required parameters are not left out with their struct.
func TestMissingParametersAreRefused(t *testing.T) {
	server := &requeststest.Server{Headers: func(context.Context, *requests.HeadersParams) error { return nil }}
	c, err := server.Client()
	if err != nil {
		t.Fatal(err)
	}
	var invalid *requests.ValidationError
	if err := c.Calls.Headers(context.Background(), nil); !errors.As(err, &invalid) || invalid.Violations[0].Path != "session" {
		t.Error(err)
	}
	if err := c.Calls.FormMultipart(context.Background(), &requests.FormMultipartRequest{}); !errors.As(err, &invalid) || invalid.Violations[0].Path != "file" {
		t.Error(err)
	}
	if len(server.Requests()) > 0 {
		t.Error("it was sent")
	}
}

// TestTheFakeServerRefusesWhatTheDocumentDoesNotAllow sends what no generated method would.
func TestTheFakeServerRefusesWhatTheDocumentDoesNotAllow(t *testing.T) {
	fine := func() error { return nil }
	server := &requeststest.Server{
		Query:    func(context.Context, *requests.QueryParams) error { return fine() },
		Exploded: func(context.Context, *requests.ExplodedParams) error { return fine() },
		Form:     func(context.Context, *requests.Fields) error { return fine() },
		FormText: func(context.Context, string) error { return fine() },
	}
	c, err := server.Client(requests.WithoutRetry())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		method, path, name, value, contentType, body, want string
	}{
		{"GET", "/query", "deep[id]", "x", "", "", ""},
		{"GET", "/query", "deep[color][red]", "x", "", "", "is no integer"},
		{"GET", "/query", "deep[id", "x", "", "", "has a broken name"},
		{"GET", "/query", "deep[none]", "x", "", "", `has an unknown member "none"`},
		{"GET", "/query", "deep[colors][1][name]", "x", "", "", "out of order"},
		{"GET", "/query", "deep", "x", "", "", "is no JSON"},
		{"GET", "/query", "json", "{", "", "", "json"},
		{"GET", "/query", "formColor", "red", "", "", "a member without a value"},
		{"GET", "/query", "formNumbers", "1;2", "", "", "is no number"},
		{"GET", "/query", "days", "yesterday", "", "", "days"},
		{"GET", "/query", "other", "x", "", "", "other is no parameter"},
		{"GET", "/exploded", "limit", "5", "", "", ""},
		{"GET", "/exploded", "red", "x", "", "", "is no integer"},
		{"POST", "/form", "", "", "application/x-www-form-urlencoded", "text=a", ""},
		{"POST", "/form", "", "", "application/x-www-form-urlencoded", "text=a&none=1", "none is no member of the form"},
		{"POST", "/form", "", "", "application/x-www-form-urlencoded", "text=a&text=b", "is given more than once"},
		{"POST", "/form", "", "", "application/x-www-form-urlencoded", "number=1", "text"},
		{"POST", "/form", "", "", "application/x-www-form-urlencoded", "text=%zz", "a broken escape"},
		{"POST", "/form", "", "", "text/plain", "hello", ""},
		{"POST", "/form", "", "", "application/yaml", "a: 1", "no operation takes a body of type"},
	} {
		opts := []requests.CallOption{}
		if tt.name != "" {
			opts = append(opts, requests.WithQuery(tt.name, tt.value))
		}
		var body any
		if tt.contentType != "" {
			opts = append(opts, requests.WithHeader("Content-Type", tt.contentType))
			body = []byte(tt.body)
		}
		_, err := c.Send(context.Background(), tt.method, tt.path, body, opts...)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s %s %s=%s %s: %v, want %q", tt.method, tt.path, tt.name, tt.value, tt.body, err, tt.want)
		}
	}
}
