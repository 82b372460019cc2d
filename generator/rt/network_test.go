package rt

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// These tests use real connections on the loopback interface.

func TestAPostThatWasWrittenIsSentOnce(t *testing.T) {
	for name, abort := range map[string]func(net.Conn){
		"closed": func(c net.Conn) { c.Close() },
		"reset":  func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0); c.Close() },
		"half": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
			c.Close()
		},
		"noise": func(c net.Conn) { _, _ = io.WriteString(c, "what?\r\n\r\n"); c.Close() },
	} {
		for _, reused := range []bool{false, true} {
			t.Run(fmt.Sprint(name, reused), func(t *testing.T) {
				var posts, gets atomic.Int32
				c := serve(t, func(w http.ResponseWriter, r *http.Request) {
					if r.URL.RawQuery == "fine=" {
						_, _ = io.WriteString(w, `{}`)
						return
					}
					if r.Method == "POST" {
						posts.Add(1)
					} else {
						gets.Add(1)
					}
					_, _ = io.Copy(io.Discard, r.Body)
					conn, _, err := http.NewResponseController(w).Hijack()
					if err != nil {
						t.Error(err)
						return
					}
					abort(conn)
				}, WithRetry(RetryPolicy{MaxAttempts: 3, Base: time.Microsecond}))
				if reused {
					if _, err := c.Send(context.Background(), "GET", "/", nil, WithQuery("fine", "")); err != nil {
						t.Fatal(err)
					}
				}
				var e *TransportError
				if _, err := create(context.Background(), c, &widget{Name: "x"}); !errors.As(err, &e) || e.Attempts != 1 {
					t.Error(err)
				}
				if n := posts.Load(); n != 1 {
					t.Errorf("POST arrived %d times", n)
				}
				gets.Store(0)
				if _, err := get(context.Background(), c, "w1"); !errors.As(err, &e) || e.Attempts != 3 {
					t.Error(err)
				}
				if n := gets.Load(); n < 3 {
					t.Errorf("GET arrived %d times", n)
				}
			})
		}
	}
}

func TestAServerThatNeverAnswers(t *testing.T) {
	release := make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "headers") {
			_, _ = io.WriteString(w, " ")
			_ = http.NewResponseController(w).Flush()
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}, WithAttemptTimeout(50*time.Millisecond))
	defer close(release)
	for _, id := range []string{"silent", "headers"} {
		begun := time.Now()
		_, err := get(context.Background(), c, id)
		var limit *TimeoutError
		if !errors.As(err, &limit) || time.Since(begun) > 10*time.Second {
			t.Errorf("%s: %v after %v", id, err, time.Since(begun))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(10*time.Millisecond, cancel)
	begun := time.Now()
	if _, err := get(ctx, c, "silent", WithAttemptTimeout(0)); !errors.Is(err, context.Canceled) || time.Since(begun) > 5*time.Second {
		t.Error(err, time.Since(begun))
	}
}

func TestNoGoroutineStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path[len(r.URL.Path)-1] {
		case '1':
			_, _ = io.WriteString(w, widgetJSON)
		case '2':
			w.WriteHeader(503)
			_, _ = io.WriteString(w, strings.Repeat("x", 1<<20))
		case '3':
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
		case '4':
			<-r.Context().Done()
		}
	}))
	c, err := New(&testAPI, WithEndpoint(s.URL), WithParam("project_id", "p1"), WithRetry(RetryPolicy{MaxAttempts: 2, Base: 1}), WithAttemptTimeout(20*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		for i := range 5 {
			_, _ = get(context.Background(), c, fmt.Sprint("w", i))
		}
	}
	c.transport.(*http.Transport).CloseIdleConnections()
	s.CloseClientConnections()
	s.Close()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	buf := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
}

// TestTheRequestLine reads what is written to a connection, byte by byte.
func TestTheRequestLine(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	lines := make(chan string, 100)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		for {
			line, err := r.ReadString('\n')
			if err != nil || line == "\r\n" {
				break
			}
			lines <- strings.TrimSpace(line)
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
		close(lines)
	}()
	c, err := New(&testAPI, WithEndpoint("http://"+l.Addr().String()), WithParam("project_id", "p1"))
	if err != nil {
		t.Fatal(err)
	}
	call := Call{Operation: &opGet, Result: new(widget).ref()}
	call.PathParam("widget_id", "urn:a b")
	QueryValue(&call, "q", "x y+z")
	if err := c.Do(context.Background(), &call); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range lines {
		got = append(got, line)
	}
	want := []string{"GET /v1/p1/widgets/urn:a%20b?q=x%20y%2Bz HTTP/1.1", "Host: " + l.Addr().String(), "User-Agent: widgets/v1 pantograph",
		"Accept: application/json", "Content-Type: application/json", "Accept-Encoding: gzip"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// FuzzLink holds that a link is followed to the own origin, below the own path, or not at all.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"https://south.example.com/base/x?y", "/base/a", "//evil/base", "https://south.example.com/base/%2e%2e/", "/base/\x00", "\\\\evil", "/base/;x"} {
		f.Add(s)
	}
	c := newTestClient(f, always(200, ""), WithRegion("south"))
	f.Fuzz(func(t *testing.T, link string) {
		to, err := c.base.follow("Op", link)
		if err != nil {
			return
		}
		own := url.URL{Scheme: "https", Host: "south.example.com", Path: to.path, RawPath: to.escaped, RawQuery: to.query}
		u, err := url.Parse(own.String())
		if err != nil {
			t.Fatalf("%q: %v", link, err)
		}
		clean := u.JoinPath()
		if u.Host != "south.example.com" || clean.Path != "/base" && !strings.HasPrefix(clean.Path, "/base/") {
			t.Fatalf("%q leads to %s", link, clean)
		}
		if strings.ContainsAny(own.String(), "\r\n\x00 ") {
			t.Fatalf("%q became %q", link, own.String())
		}
	})
}

// FuzzMembers holds that adding members to an object makes a JSON object with those members at its end.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(`{"a":1}`), "b")
	f.Add([]byte(` { } `), "\"")
	f.Fuzz(func(t *testing.T, body []byte, name string) {
		var cfg callConfig
		WithBodyMember(name, 7).applyCall(&cfg)
		out, err := addMembers(body, true, cfg.members)
		if err != nil {
			return
		}
		if !strings.HasSuffix(string(out), ":7}") || !json.Valid(out) {
			t.Fatalf("%q became %q", body, out)
		}
	})
}

// TestATransportMayGoOnReading holds, under the race detector, that nothing of an attempt is written to
// once a transport has seen it: one that gave up may still be reading header and body.
func TestATransportMayGoOnReading(t *testing.T) {
	var wg sync.WaitGroup
	tr := &stateless{func(r *http.Request) (*http.Response, error) {
		wg.Go(func() {
			for range 50 {
				_ = r.Header.Write(io.Discard)
				_ = r.URL.String()
				if b, err := r.GetBody(); err == nil {
					_, _ = io.Copy(io.Discard, b)
				}
				_, _ = CallFrom(r.Context())
				_, _ = r.Context().Deadline()
				_ = r.Context().Value(rememberedKey{})
			}
		})
		return nil, errDial
	}}
	for _, opts := range [][]Option{nil, {WithMiddleware(func(next Doer) Doer { return next })}} {
		c := newTestClient(t, tr, append(opts, WithRetry(RetryPolicy{Base: time.Microsecond}), WithAuthorizer(remembered{}))...)
		for range 5 {
			if _, err := create(context.Background(), c, &widget{Name: "web"}); err == nil {
				t.Error("no error")
			}
		}
	}
	wg.Wait()
}

// remembered keeps what it put on a request with the attempt, as the authorizers of package auth do.
type remembered struct{ dated }

type rememberedKey struct{}

func (remembered) Authorize(ctx context.Context, r *http.Request, body []byte, now time.Time) error {
	if keeper, ok := r.Context().(interface{ Remember(key, value any) bool }); ok {
		keeper.Remember(rememberedKey{}, now)
	}
	return dated{}.Authorize(ctx, r, body, now)
}

// What is remembered of a request is for the authorizer that it came from; where middleware may send the request twice,
// nothing is.
func TestAnAttemptRemembers(t *testing.T) {
	for _, wrapped := range []bool{false, true} {
		var opts []Option
		if wrapped {
			opts = append(opts, WithMiddleware(func(next Doer) Doer { return next }))
		}
		tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			value, known := r.Context().Value(rememberedKey{}).(time.Time)
			if known == wrapped || known && value.IsZero() || r.Context().Value(attemptKey{}) == nil {
				t.Errorf("wrapped %v: %v, %v", wrapped, value, known)
			}
			a := r.Context().Value(attemptKey{}).(*attempt)
			if a.Remember("another", 1) || !wrapped && !a.Remember(rememberedKey{}, value) {
				t.Errorf("wrapped %v: one value, of one authorizer", wrapped)
			}
			return reply(200, widgetJSON), nil
		}}
		if _, err := get(t.Context(), newTestClient(t, tr, append(opts, WithAuthorizer(remembered{}))...), "w1"); err != nil {
			t.Error(err)
		}
	}
}
