package rt

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// stub answers with a group of 1.3 KB, from memory: 3 allocations of its own.
type stub struct{ body string }

type stubBody struct{ strings.Reader }

func (*stubBody) Close() error { return nil }

var stubHeader = http.Header{"Content-Type": {"application/json"}, "X-Request-Id": {"r1"}}

func (s *stub) RoundTrip(r *http.Request) (*http.Response, error) {
	b := new(stubBody)
	b.Reset(s.body)
	return &http.Response{StatusCode: 200, Header: stubHeader, Body: io.ReadCloser(b), ContentLength: int64(len(s.body)), Request: r}, nil
}

var stubText = `{"id":"w1","name":"` + strings.Repeat("x", 1200) + `","size":3,"tags":["a","b"]}`

// BenchmarkCall is a GET with two path parameters and one query parameter over an in-memory
// transport, decoding included.
func BenchmarkCall(b *testing.B) {
	for _, bench := range []struct {
		name string
		opts []Option
	}{
		{"default", nil},
		{"no-attempt-timeout", []Option{WithAttemptTimeout(0)}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			c := newTestClient(b, &stub{stubText}, bench.opts...)
			ctx := context.Background()
			b.ReportAllocs()
			for b.Loop() {
				out := new(widget)
				call := Call{Operation: &opGet, Result: out.ref()}
				call.PathParam("widget_id", "w1")
				Query(&call, "limit", Some(20))
				if err := c.Do(ctx, &call); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCreate is a POST with a body.
func BenchmarkCreate(b *testing.B) {
	c := newTestClient(b, &stub{stubText})
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := create(ctx, c, &widget{Name: "web", Size: 3}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkByHand is the same call as most people write it: for comparison.
func BenchmarkByHand(b *testing.B) {
	hc := &http.Client{Transport: &stub{stubText}}
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		req, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("https://north.example.com/v1/%s/widgets/%s?limit=%d", url.PathEscape("p1"), url.PathEscape("w1"), 20), nil)
		if err != nil {
			b.Fatal(err)
		}
		req.Header.Set("Accept", "application/json")
		resp, err := hc.Do(req)
		if err != nil {
			b.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
		var out struct {
			ID, Name string
			Size     int
			Tags     []string
		}
		if err := json.Unmarshal(data, &out); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAllocationsOfACall holds the figure that predicts behaviour under load: 9 for the client, 2 for the
// stub, and one or two more where the race detector has pools forget; a server, a signer and middleware add theirs.
func TestAllocationsOfACall(t *testing.T) {
	c := newTestClient(t, &stub{stubText})
	ctx := context.Background()
	if n := testing.AllocsPerRun(200, func() {
		out := new(widget)
		call := Call{Operation: &opGet, Result: out.ref()}
		call.PathParam("widget_id", "w1")
		Query(&call, "limit", Some(20))
		if err := c.Do(ctx, &call); err != nil {
			t.Error(err)
		}
	}); n > 13 {
		t.Errorf("%v allocations", n)
	}
}
