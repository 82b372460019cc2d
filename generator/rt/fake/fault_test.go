package fake

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// faulty is a server with one operation, and a client of it in memory.
func faulty(faults ...Fault) (*Server, *http.Client) {
	s := New(Config{}, Route{ID: "Get", Method: "GET", Path: "/x", Serve: func(x *Exchange) {
		x.Answer(200, map[string]string{"text": strings.Repeat("x", 100)}, nil)
	}})
	s.Inject(faults...)
	return s, &http.Client{Transport: s.Transport()}
}

func fetch(t *testing.T, c *http.Client) (int, string, http.Header, error) {
	t.Helper()
	resp, err := c.Get("https://fake.invalid/x")
	if err != nil {
		return 0, "", nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), resp.Header, err
}

func TestFaultsHappenWhenTheyAreToldTo(t *testing.T) {
	s, c := faulty(Fault{Operation: "Get", After: 1, Times: 2, Status: 503, RetryAfter: "7"}, Fault{Operation: "Other", Reset: true})
	var statuses []int
	for range 4 {
		status, _, header, err := fetch(t, c)
		require.NoError(t, err)
		statuses = append(statuses, status)
		if status == 503 {
			assert.Equal(t, "7", header.Get("Retry-After"))
		}
	}
	assert.Equal(t, []int{200, 503, 503, 200}, statuses)
	s.Inject(Fault{Status: 413, Body: "too much"})
	status, body, _, err := fetch(t, c)
	require.NoError(t, err)
	assert.Equal(t, 413, status)
	assert.Equal(t, "too much", body)
	s.Inject()
	status, _, _, err = fetch(t, c)
	require.NoError(t, err)
	assert.Equal(t, 200, status)
}

func TestConnectionsBreak(t *testing.T) {
	s, c := faulty(Fault{Reset: true})
	_, _, _, err := fetch(t, c)
	require.Error(t, err)
	s.Inject(Fault{Truncate: 20})
	status, body, _, err := fetch(t, c)
	require.Error(t, err)
	assert.Equal(t, 200, status)
	assert.Len(t, body, 20)

	server := httptest.NewServer(s) // over a wire it is the same
	defer server.Close()
	resp, err := http.Get(server.URL + "/x")
	require.NoError(t, err)
	defer resp.Body.Close()
	_, err = io.ReadAll(resp.Body)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestLatencyEndsWithTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := faulty(Fault{Latency: time.Minute})
		began := time.Now()
		status, _, _, err := fetch(t, c)
		require.NoError(t, err)
		assert.Equal(t, 200, status)
		assert.Equal(t, time.Minute, time.Since(began))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, "GET", "https://fake.invalid/x", nil)
		require.NoError(t, err)
		_, err = c.Do(req)
		require.Error(t, err)
		assert.True(t, errors.Is(err, context.DeadlineExceeded))
	})
}
