package rt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var opFile = Operation{ID: "GetFile", Method: "GET", Path: "/v1/{project_id}/file", Accept: "application/pdf", Success: []int{200, 204}, Bodiless: []int{204}, Idempotent: true}

func open(ctx context.Context, c *Client, opts ...CallOption) (*Download, error) {
	return c.Open(ctx, &Call{Operation: &opFile, Options: opts})
}

// stalled is a body of which only the beginning ever comes. It ends with its request, as those of real transports do.
type stalled struct {
	head io.Reader
	ctx  context.Context
}

func (s *stalled) Read(p []byte) (int, error) {
	if n, _ := s.head.Read(p); n > 0 {
		return n, nil
	}
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}
func (s *stalled) Close() error { return nil }

func stalls(head string) *tripper {
	return &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Body: &stalled{strings.NewReader(head), r.Context()}}, nil
	}}
}

func TestADownloadIsReadWhileItComes(t *testing.T) {
	tr := always(200, "%PDF", "Content-Type", "application/pdf", "Content-Disposition", `attachment; filename="../a.pdf"`)
	c := newTestClient(t, tr)
	var raw RawResponse
	d, err := open(context.Background(), c, WithResponseInto(&raw))
	require.NoError(t, err)
	assert.Equal(t, Download{Status: 200, Header: d.Header, ContentType: "application/pdf", Size: 4, FileName: "a.pdf", body: d.body}, *d)
	assert.Equal(t, "application/pdf", tr.seen[0].Header.Get("Accept"))
	assert.NoError(t, iotest.TestReader(d, []byte("%PDF")))
	assert.NoError(t, d.Close())
	assert.NoError(t, d.Close())
	assert.Equal(t, 200, raw.Status)
	assert.Empty(t, raw.Body)
}

func TestADownloadThatIsDocumentedAsEmptyIsNil(t *testing.T) {
	d, err := open(context.Background(), newTestClient(t, always(204, "")))
	assert.Nil(t, d)
	assert.NoError(t, err)
	d, err = open(context.Background(), newTestClient(t, always(200, "")))
	require.NoError(t, err)
	text, err := io.ReadAll(d)
	assert.NoError(t, err)
	assert.Empty(t, text)
}

func TestAFailedDownloadIsAnError(t *testing.T) {
	c := newTestClient(t, always(404, `{"error":{"code":"AS.2007","message":"gone"}}`))
	_, err := open(context.Background(), c)
	assert.ErrorIs(t, err, ErrNotFound)
	_, err = open(context.Background(), newTestClient(t, always(200, "x", "Content-Encoding", "br")))
	assert.ErrorIs(t, err, ErrContentEncoding)
	_, err = open(context.Background(), newTestClient(t, always(200, "x")), WithDryRun(new(DryRun)))
	assert.ErrorIs(t, err, ErrDryRun)
	_, err = open(context.Background(), newTestClient(t, always(200, "x")), IgnoreMissing())
	assert.ErrorContains(t, err, "is for deletes")
	_, err = open(context.Background(), newTestClient(t, always(203, "x")), WithStrict())
	assert.ErrorContains(t, err, "203 is not documented")
	d, err := (*Client)(nil).Open(context.Background(), &Call{Operation: &opFile})
	assert.Nil(t, d)
	assert.Error(t, err)
}

func TestADownloadIsBegunAgainUntilItBegins(t *testing.T) {
	tr := script(answer(503, ""), fails(io.ErrUnexpectedEOF), answer(200, "done"))
	c := newTestClient(t, tr, WithRetry(RetryPolicy{Base: time.Nanosecond}))
	d, err := open(context.Background(), c)
	require.NoError(t, err)
	text, err := io.ReadAll(d)
	assert.NoError(t, err)
	assert.Equal(t, "done", string(text))
	assert.Equal(t, 3, tr.count())
}

func TestADownloadMayBeLargeUnlessToldOtherwise(t *testing.T) {
	const size = DefaultMaxResponseSize + 1
	endless := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(io.LimitReader(zeroes{}, size))}, nil
	}}
	d, err := open(context.Background(), newTestClient(t, endless))
	require.NoError(t, err)
	n, err := io.Copy(io.Discard, d)
	assert.NoError(t, err)
	assert.EqualValues(t, size, n)
	assert.EqualValues(t, -1, d.Size)

	d, err = open(context.Background(), newTestClient(t, endless), WithMaxResponseSize(1000))
	require.NoError(t, err)
	n, err = io.Copy(io.Discard, d)
	assert.ErrorIs(t, err, ErrResponseTooLarge)
	assert.EqualValues(t, 1000, n)
	_, err = open(context.Background(), newTestClient(t, always(200, "too long")), WithMaxResponseSize(7))
	assert.ErrorIs(t, err, ErrResponseTooLarge)
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestADownloadThatBreaksOffIsNotComplete(t *testing.T) {
	for _, body := range []io.Reader{strings.NewReader("half"), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF))} {
		tr := &tripper{answer: func(int, *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: 8, Body: io.NopCloser(body)}, nil
		}}
		d, err := open(context.Background(), newTestClient(t, tr))
		require.NoError(t, err)
		text, err := io.ReadAll(d)
		var broken *TransportError
		require.ErrorAs(t, err, &broken)
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Equal(t, "GetFile", broken.Operation)
		assert.Equal(t, "half", string(text))
		_, again := d.Read(make([]byte, 1))
		assert.Equal(t, err, again)
	}
}

func TestTheTimesOfADownload(t *testing.T) {
	for name, tt := range map[string]struct {
		opts  []CallOption
		end   func(cancel context.CancelFunc, d *Download)
		after time.Duration
		want  error
		scope TimeoutScope
	}{
		"idle":        {after: DefaultIdleTimeout, want: context.DeadlineExceeded, scope: IdleTimeout},
		"idle, own":   {opts: []CallOption{WithIdleTimeout(time.Second)}, after: time.Second, want: context.DeadlineExceeded, scope: IdleTimeout},
		"total":       {opts: []CallOption{WithTimeout(30 * time.Second)}, after: 30 * time.Second, want: context.DeadlineExceeded, scope: TotalTimeout},
		"cancelled":   {end: func(cancel context.CancelFunc, _ *Download) { cancel() }, after: time.Hour, opts: []CallOption{WithIdleTimeout(0)}, want: context.Canceled},
		"closed":      {end: func(_ context.CancelFunc, d *Download) { d.Close() }, after: time.Hour, opts: []CallOption{WithIdleTimeout(0)}, want: errClosed},
		"not attempt": {opts: []CallOption{WithAttemptTimeout(time.Second)}, after: DefaultIdleTimeout, want: context.DeadlineExceeded, scope: IdleTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				d, err := open(ctx, newTestClient(t, stalls("head")), tt.opts...)
				require.NoError(t, err)
				defer d.Close()
				begun := time.Now()
				if tt.end != nil {
					time.AfterFunc(tt.after, func() { tt.end(cancel, d) })
				}
				text, err := io.ReadAll(d)
				assert.Equal(t, "head", string(text))
				assert.Equal(t, tt.after, time.Since(begun))
				assert.ErrorIs(t, err, tt.want)
				var limit *TimeoutError
				if errors.As(err, &limit) {
					assert.Equal(t, tt.scope, limit.Scope)
				} else {
					assert.Empty(t, tt.scope)
				}
			})
		})
	}
}

// TestASlowReaderHasAllTheTime: only waiting for the server counts.
func TestASlowReaderHasAllTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, err := open(context.Background(), newTestClient(t, always(200, "abc")))
		require.NoError(t, err)
		for _, want := range "abc" {
			time.Sleep(time.Hour)
			p := make([]byte, 1)
			_, err := d.Read(p)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(p))
		}
		require.NoError(t, d.Close())
	})
}

func TestAnAnswerThatDoesNotBeginIsBoundByTheAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}}
		_, err := open(context.Background(), newTestClient(t, silent), WithoutRetry(), WithAttemptTimeout(3*time.Second))
		var limit *TimeoutError
		require.ErrorAs(t, err, &limit)
		assert.Equal(t, TimeoutError{AttemptTimeout, 3 * time.Second}, *limit)
	})
}

// TestDownloadsLeaveNothingBehind uses real connections: those read to the end or closed early, and those
// that fail.
func TestDownloadsLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	content := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	connections := map[string]bool{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		if r.Header.Get("Range") == "bytes=0-3" {
			w.WriteHeader(206)
			_, _ = w.Write(content[:4])
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		_, _ = w.Write(content)
	}))
	c, err := New(&testAPI, WithEndpoint(s.URL), WithParam("project_id", "p1"))
	require.NoError(t, err)
	for range 5 {
		d, err := open(context.Background(), c)
		require.NoError(t, err)
		got := sha256.New()
		_, err = io.Copy(got, d)
		require.NoError(t, err)
		require.NoError(t, d.Close())
		assert.Equal(t, sha256.Sum256(content), [32]byte(got.Sum(nil)))
	}
	assert.Len(t, connections, 1, "a connection whose answer was read is used again")
	d, err := open(context.Background(), c, WithHeader("Range", "bytes=0-3"))
	require.NoError(t, err)
	assert.Equal(t, 206, d.Status)
	require.NoError(t, d.Close())
	for range 3 {
		d, err := open(context.Background(), c)
		require.NoError(t, err)
		_, err = d.Read(make([]byte, 1))
		require.NoError(t, err)
		require.NoError(t, d.Close())
	}
	c.transport.(*http.Transport).CloseIdleConnections()
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

func TestNewDownloadClosesWhatCanBeClosed(t *testing.T) {
	d := NewDownload(strings.NewReader("abc"), "text/csv")
	assert.EqualValues(t, 3, d.Size)
	assert.NoError(t, d.Close())
	r, w := io.Pipe()
	d = NewDownload(r, "")
	assert.EqualValues(t, -1, d.Size)
	assert.NoError(t, d.Close())
	_, err := w.Write([]byte("x"))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
	n, err := new(Download).Read(nil)
	assert.Equal(t, 0, n)
	assert.Equal(t, io.EOF, err)
	assert.NoError(t, new(Download).Close())
}
