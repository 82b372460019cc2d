package rt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var opUpload = Operation{ID: "Upload", Method: "PUT", Path: "/v1/blobs", ContentType: "application/octet-stream", Idempotent: true}

func upload(ctx context.Context, c *Client, body io.Reader, opts ...CallOption) error {
	call := Call{Operation: &opUpload, Options: opts}
	call.Reader(body)
	return c.Do(ctx, &call)
}

// seekOnly hides everything of a reader but that it can seek.
type seekOnly struct{ io.ReadSeeker }

func quick() Option { return WithRetry(RetryPolicy{MaxAttempts: 3, Base: time.Microsecond}) }

func TestABodyIsReadAgainForEachAttemptWhereItCan(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(file, []byte("xxhello"), 0o600))
	opened, err := os.Open(file)
	require.NoError(t, err)
	defer opened.Close()
	_, err = opened.Seek(2, io.SeekStart)
	require.NoError(t, err)
	moved := strings.NewReader("xxhello")
	_, _ = moved.Seek(2, io.SeekStart)
	for name, tt := range map[string]struct {
		body   io.Reader
		length int64
		again  bool
	}{
		"strings":                 {moved, 5, true},
		"bytes":                   {bytes.NewReader([]byte("hello")), 5, true},
		"buffer":                  {bytes.NewBufferString("hello"), 5, true},
		"file":                    {opened, 5, true},
		"seeker":                  {seekOnly{strings.NewReader("hello")}, 5, true},
		"section":                 {io.NewSectionReader(strings.NewReader("xxhello"), 2, 5), 5, true},
		"reader":                  {iotest.OneByteReader(strings.NewReader("hello")), -1, false},
		"reader with data at EOF": {iotest.DataErrReader(iotest.HalfReader(strings.NewReader("hello"))), -1, false},
	} {
		t.Run(name, func(t *testing.T) {
			tr := script(answer(503, ""), answer(503, ""), answer(204, ""))
			err := upload(context.Background(), newTestClient(t, tr, quick()), tt.body)
			wanted := []string{"hello"}
			if tt.again {
				require.NoError(t, err)
				wanted = []string{"hello", "hello", "hello"}
			} else {
				assert.ErrorContains(t, err, "503")
			}
			assert.Equal(t, wanted, tr.texts)
			assert.Equal(t, tt.length, tr.seen[0].ContentLength)
			assert.Equal(t, tt.again, tr.seen[0].GetBody != nil)
			assert.Equal(t, "application/octet-stream", tr.seen[0].Header.Get("Content-Type"))
		})
	}
}

func TestABodyThatCanBeReadOnceIsStillSentAfterAFailedDial(t *testing.T) {
	n := 0
	tr := roundTrip(func(r *http.Request) (*http.Response, error) {
		if n++; n < 3 {
			return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
		}
		b, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.Equal(t, "hello", string(b))
		return reply(204, ""), nil
	})
	body := iotest.OneByteReader(strings.NewReader("hello"))
	c := newTestClient(t, tr, quick())
	require.NoError(t, upload(context.Background(), c, body))
	assert.Equal(t, 3, n)
	require.NoError(t, upload(context.Background(), c, strings.NewReader("hello")))
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestNothingReadsABodyAfterTheCall(t *testing.T) {
	var kept io.ReadCloser
	tr := roundTrip(func(r *http.Request) (*http.Response, error) {
		kept = r.Body
		return reply(204, ""), nil
	})
	body := &counting{Reader: strings.NewReader("hello")}
	require.NoError(t, upload(context.Background(), newTestClient(t, tr), body))
	_, err := kept.Read(make([]byte, 1))
	assert.ErrorIs(t, err, errAbandoned)
	assert.Zero(t, body.reads.Load())
	assert.NoError(t, kept.Close())
	assert.NoError(t, kept.Close())
}

type counting struct {
	io.Reader
	reads atomic.Int32
}

func (c *counting) Read(p []byte) (int, error) {
	c.reads.Add(1)
	return c.Reader.Read(p)
}

func TestANilReaderIsNoBody(t *testing.T) {
	c := newTestClient(t, always(204, ""))
	var bad *ParamError
	require.ErrorAs(t, upload(context.Background(), c, nil), &bad)
	assert.Equal(t, "Upload: body is nil", bad.Error())

	tr := always(204, "")
	optional := opUpload
	optional.BodyOptional = true
	call := Call{Operation: &optional}
	call.Reader(nil)
	require.NoError(t, newTestClient(t, tr).Do(context.Background(), &call))
	assert.Nil(t, tr.seen[0].Body)
	assert.Equal(t, "application/json", tr.seen[0].Header.Get("Content-Type")) // the API's own, as ever without a body
}

func TestAnEmptyReaderIsAnEmptyBody(t *testing.T) {
	tr := always(204, "")
	require.NoError(t, upload(context.Background(), newTestClient(t, tr), strings.NewReader("")))
	assert.Equal(t, http.NoBody, tr.seen[0].Body)
	assert.Zero(t, tr.seen[0].ContentLength)
}

func TestTextIsSentAsItIs(t *testing.T) {
	op := Operation{ID: "Note", Method: "POST", Path: "/notes", ContentType: "text/plain; charset=utf-8"}
	tr := always(204, "")
	c := newTestClient(t, tr)
	call := Call{Operation: &op, Options: []CallOption{WithContentType("text/markdown")}}
	call.Text("a\r\nb \x00ü")
	require.NoError(t, c.Do(context.Background(), &call))
	assert.Equal(t, "a\r\nb \x00ü", tr.texts[0])
	assert.Equal(t, "text/markdown", tr.seen[0].Header.Get("Content-Type"))
	call = Call{Operation: &op}
	call.Text("")
	require.NoError(t, c.Do(context.Background(), &call))
	assert.Equal(t, "text/plain; charset=utf-8", tr.seen[1].Header.Get("Content-Type"))
	for _, bad := range []string{"", "x", "text/*", "text/a b", "text/plain; a=\r\nX: y", "text/plain/x"} {
		call = Call{Operation: &op, Options: []CallOption{WithContentType(bad)}}
		call.Text("x")
		assert.ErrorContains(t, c.Do(context.Background(), &call), "WithContentType", bad)
	}
}

func TestARangeOfMediaTypesIsNarrowedDown(t *testing.T) {
	png := "\x89PNG\x0D\x0A\x1A\x0A and more"
	for _, tt := range []struct {
		listed, give string
		body         io.Reader
		want         string
	}{
		{"*/*", "", strings.NewReader(png), "application/octet-stream"},
		{"application/*", "", strings.NewReader(png), "application/octet-stream"},
		{"*/*", "text/x", strings.NewReader(png), "text/x"},
		{"image/*", "", strings.NewReader(png), "image/png"},
		{"image/*", "image/x-own", strings.NewReader("no image"), "image/x-own"},
		{"image/*", "", strings.NewReader("no image"), "say which with WithContentType"},
		{"image/*", "", iotest.HalfReader(strings.NewReader(png)), "say which with WithContentType"},
	} {
		op := opUpload
		op.ContentType = tt.listed
		tr := always(204, "")
		call := Call{Operation: &op}
		if tt.give != "" {
			call.Options = append(call.Options, WithContentType(tt.give))
		}
		call.Reader(tt.body)
		if err := newTestClient(t, tr).Do(context.Background(), &call); err != nil {
			assert.ErrorContains(t, err, tt.want)
			assert.Zero(t, tr.count())
			continue
		}
		assert.Equal(t, tt.want, tr.seen[0].Header.Get("Content-Type"))
	}
}

func TestMiddlewareSeesAStreamAsOne(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	read := 0
	progress := func(next Doer) Doer {
		return func(r *http.Request) (*http.Response, error) {
			inner := r.Body
			r.Body = struct {
				io.Reader
				io.Closer
			}{readFunc(func(p []byte) (int, error) { n, err := inner.Read(p); read += n; return n, err }), inner}
			return next(r)
		}
	}
	tr := always(204, "")
	require.NoError(t, upload(context.Background(), newTestClient(t, tr, WithMiddleware(progress)), bytes.NewReader(large)))
	assert.Equal(t, len(large), read)
	assert.Equal(t, string(large), tr.texts[0])
	assert.Equal(t, int64(len(large)), tr.seen[0].ContentLength)

	twice := func(next Doer) Doer {
		return func(r *http.Request) (*http.Response, error) {
			if _, err := next(r); err != nil {
				return nil, err
			}
			return next(r)
		}
	}
	tr = always(204, "")
	require.NoError(t, upload(context.Background(), newTestClient(t, tr, WithMiddleware(twice)), strings.NewReader("hello")))
	assert.Equal(t, []string{"hello", "hello"}, tr.texts)
	err := upload(context.Background(), newTestClient(t, tr, WithMiddleware(twice), WithoutRetry()), iotest.HalfReader(strings.NewReader("hello")))
	assert.ErrorContains(t, err, "can be read once only")
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestADryRunShowsTheBeginning(t *testing.T) {
	c := newTestClient(t, always(204, ""))
	var d DryRun
	large := strings.Repeat("x", ExcerptSize+9)
	assert.ErrorIs(t, upload(context.Background(), c, strings.NewReader(large), WithDryRun(&d)), ErrDryRun)
	assert.Len(t, d.Body, ExcerptSize)
	assert.Equal(t, int64(len(large)), d.Length)
	assert.True(t, strings.HasSuffix(d.String(), "x…"))

	body := &counting{Reader: strings.NewReader("hello")}
	assert.ErrorIs(t, upload(context.Background(), c, body, WithDryRun(&d)), ErrDryRun)
	assert.Empty(t, d.Body)
	assert.Equal(t, int64(-1), d.Length)
	assert.Zero(t, body.reads.Load(), "a dry run takes nothing from a reader that can be read once")
	require.NoError(t, upload(context.Background(), c, body), "so it can be sent afterwards")
}

func TestABodyThatFailsFailsTheCall(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("hel"), iotest.ErrReader(errors.New("disk gone")))
	err := upload(context.Background(), newTestClient(t, always(204, ""), quick()), broken)
	assert.ErrorContains(t, err, "disk gone")
	assert.ErrorContains(t, upload(context.Background(), newTestClient(t, always(204, "")), strings.NewReader("x"), WithBodyMember("a", 1)), "the body is no JSON object")
}

// TestStreamsReadLikeTheirParts holds that a stream gives the same bytes as its sections, however it is read.
func TestStreamsReadLikeTheirParts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var want strings.Builder
		var sections []section
		for range rnd.IntN(6) {
			text := strings.Repeat(string(rune('a'+rnd.IntN(26))), rnd.IntN(40))
			want.WriteString(text)
			switch rnd.IntN(3) {
			case 0:
				sections = append(sections, section{text: []byte(text)})
			case 1:
				sections = append(sections, section{from: sourceOf(strings.NewReader(text))})
			default:
				sections = append(sections, section{from: sourceOf(iotest.OneByteReader(strings.NewReader(text)))})
			}
		}
		s, err := newStream(sections...)
		require.NoError(t, err)
		r, err := s.open()
		require.NoError(t, err)
		require.NoError(t, iotest.TestReader(struct{ io.Reader }{r}, []byte(want.String())))
		require.NoError(t, r.Close())
		if s.size >= 0 {
			assert.Equal(t, int64(want.Len()), s.size)
			text, whole, err := s.excerpt(1 << 20)
			require.NoError(t, err)
			assert.True(t, whole)
			assert.Equal(t, want.String(), string(text))
		}
	}
}
