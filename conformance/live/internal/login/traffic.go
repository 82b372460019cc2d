package login

import (
	"net/http"
	"sync"
)

// traffic counts what a client sends. It is a transport.
type traffic struct {
	mu       sync.Mutex
	logins   int
	requests int // others
	rejected int // answered 401
}

// RoundTrip sends a request, and counts it.
func (t *traffic) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.Method == http.MethodPost && r.URL.Path == "/v3/auth/tokens" {
		t.logins++
	} else {
		t.requests++
	}
	if err == nil && resp.StatusCode == http.StatusUnauthorized {
		t.rejected++
	}
	return resp, err
}

// counts are what was sent since they were last asked for.
type counts struct{ logins, requests, rejected int }

func (t *traffic) take() counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := counts{t.logins, t.requests, t.rejected}
	t.logins, t.requests, t.rejected = 0, 0, 0
	return c
}
