package rt

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The bodies of this file are of 100 MB, and go over a connection.
const largeBody = 100 << 20

// littleMemory is what they may take at any time, the buffers of both ends included.
const littleMemory = 8 << 20

// flow makes text while it is read, and looks at the heap meanwhile. Readers of equal length read the same.
type flow struct {
	left int
	look func()
}

func (f *flow) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), f.left)
	for i := range n {
		p[i] = byte('a' + (f.left-i)%23)
	}
	if before := f.left; before>>20 != (before-n)>>20 {
		f.look()
	}
	f.left -= n
	return n, nil
}

// piped is a flow that comes through a pipe: nothing is known of it, and it can be read once.
func piped(f *flow) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.CopyBuffer(struct{ io.Writer }{w}, f, make([]byte, 32<<10))
		w.CloseWithError(err)
	}()
	return r
}

func TestLargeUploadsAreNeverHeld(t *testing.T) {
	want := sha256.New()
	_, _ = io.Copy(want, &flow{left: largeBody, look: func() {}})
	for name, upload := range map[string]func(c *Client, f *flow) error{
		"pipe": func(c *Client, f *flow) error {
			call := Call{Operation: &opUpload}
			call.Reader(piped(f))
			return c.Do(t.Context(), &call)
		},
		"multipart": func(c *Client, f *flow) error {
			op := opUpload
			op.Body, op.ContentType = BodyMultipart, "multipart/form-data"
			call := Call{Operation: &op}
			call.File("file", FileFrom("large.bin", piped(f)))
			return c.Do(t.Context(), &call)
		},
	} {
		got, size := sha256.New(), int64(0)
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			var body io.Reader = r.Body
			if name == "multipart" {
				parts, err := r.MultipartReader()
				require.NoError(t, err)
				part, err := parts.NextPart()
				require.NoError(t, err)
				body = part
			}
			size, _ = io.Copy(got, body)
			w.WriteHeader(http.StatusNoContent)
		})
		peak := peakHeap(func(look func()) {
			require.NoError(t, upload(c, &flow{left: largeBody, look: look}), name)
		})
		assert.EqualValues(t, largeBody, size, name)
		assert.Equal(t, want.Sum(nil), got.Sum(nil), name)
		assert.Less(t, peak, int64(littleMemory), name)
	}
}

func TestLargeDownloadsAreNeverHeld(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.Copy(w, &flow{left: largeBody, look: func() {}})
	})
	got, want := sha256.New(), sha256.New()
	_, _ = io.Copy(want, &flow{left: largeBody, look: func() {}})
	peak := peakHeap(func(look func()) {
		d, err := open(t.Context(), c)
		require.NoError(t, err)
		defer d.Close()
		buf := make([]byte, 32<<10)
		for n := 0; err == nil; {
			var more int
			more, err = d.Read(buf)
			got.Write(buf[:more])
			if before := n; before>>20 != (before+more)>>20 {
				look()
			}
			n += more
		}
		require.ErrorIs(t, err, io.EOF)
	})
	assert.Equal(t, want.Sum(nil), got.Sum(nil))
	assert.Less(t, peak, int64(littleMemory))
}

// A list that was read to its end leaves its connection for the next call, one that was left does not wait for the rest.
func TestConnectionsOfLargePages(t *testing.T) {
	var requests, conns atomic.Int32
	var seen sync.Map
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if _, again := seen.LoadOrStore(r.RemoteAddr, true); !again {
			conns.Add(1)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, &hugePage{left: 4 << 20})
	})
	w := &warehouse{kind: atToken, Client: c}
	for range 3 {
		for _, err := range w.all(t.Context()) {
			require.NoError(t, err)
		}
	}
	assert.EqualValues(t, 3, requests.Load())
	assert.EqualValues(t, 1, conns.Load())
	for range 3 {
		for _, err := range w.all(t.Context()) {
			require.NoError(t, err)
			break
		}
	}
	assert.EqualValues(t, 6, requests.Load())
}

// A body whose length is announced is read into memory of that size; only beyond a megabyte it has to begin to come first.
func TestBodiesAreReadIntoMemoryOfTheirSize(t *testing.T) {
	for _, tt := range []struct {
		size      int
		announced bool
		takes     float64 // allocations
		bytes     float64 // as multiples of the size
	}{
		{1000, true, 1, 1.1},
		{100_000, true, 1, 1.1},
		{1 << 20, true, 1, 1.1},
		{20 << 20, true, 2, 1.1},
		{1000, false, 1, 3},
		{100_000, false, 4, 3},
		{20 << 20, false, 12, 3.5},
	} {
		text := bytes.Repeat([]byte("x"), tt.size)
		body := new(bytes.Reader)
		resp := &http.Response{Body: io.NopCloser(body), ContentLength: -1, Request: &http.Request{Method: "GET"}}
		if tt.announced {
			resp.ContentLength = int64(tt.size)
		}
		read := func() {
			body.Reset(text)
			if got, err := readBody(resp, DefaultMaxResponseSize, nil); err != nil || !bytes.Equal(got, text) {
				t.Fatal(len(got), err)
			}
		}
		assert.LessOrEqual(t, testing.AllocsPerRun(5, read), tt.takes, "%d bytes, announced %v", tt.size, tt.announced)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		read()
		runtime.ReadMemStats(&after)
		assert.LessOrEqual(t, float64(after.TotalAlloc-before.TotalAlloc), tt.bytes*float64(tt.size)+4096, "%d bytes, announced %v", tt.size, tt.announced)
	}
}

// An announced length is no promise: more than it is too much for net/http, less is an answer that broke off.
func TestAnnouncedLengthsThatAreWrong(t *testing.T) {
	for _, limit := range []int64{100, 10_000} {
		resp := &http.Response{Body: io.NopCloser(iotest.OneByteReader(strings.NewReader(strings.Repeat("x", 2000)))), ContentLength: 50, Request: &http.Request{Method: "GET"}}
		got, err := readBody(resp, limit, nil)
		if limit == 100 {
			assert.ErrorIs(t, err, ErrResponseTooLarge)
			assert.Len(t, got, 100)
		} else {
			assert.NoError(t, err)
			assert.Len(t, got, 2000)
		}
	}
}
