package fake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// serve makes a server of one operation at /.
func serve(accepts []string, serve func(x *Exchange)) *Server {
	return New(Config{}, Route{ID: "Op", Method: "GET", Path: "/", Accepts: accepts, Serve: serve})
}

func get(t *testing.T, ctx context.Context, h http.Handler, accept string) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", "https://fake.example.com/", nil)
	require.NoError(t, err)
	req.Header.Set("Accept", accept)
	return Transport(h).RoundTrip(req)
}

// items are numbers to n, and the error if there is one.
func items(n int, err error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if err != nil {
			yield(0, err)
		}
	}
}

func TestItemsAreWritten(t *testing.T) {
	events := func(yield func(rt.ServerEvent, error) bool) {
		_ = yield(rt.ServerEvent{Name: "add", ID: "1", Retry: time.Second, Data: "a\r\nb"}, nil) && yield(rt.ServerEvent{Name: "message", Data: "c"}, nil)
	}
	objects := func(yield func(map[string]any, error) bool) {
		_ = yield(map[string]any{"event": "add", "id": "1", "retry": 5, "data": map[string]int{"n": 1}, "other": 1}, nil) && yield(map[string]any{"data": "a\nb", "id": nil}, nil)
	}
	for name, tt := range map[string]struct {
		serve func(x *Exchange)
		want  string
	}{
		"data":       {func(x *Exchange) { Stream(x, 200, "m/t", EventData, items(2, nil)) }, "data: 0\n\ndata: 1\n\n"},
		"with end":   {func(x *Exchange) { Stream(x, 200, "m/t", EventData, items(1, nil), "[DONE]") }, "data: 0\n\ndata: [DONE]\n\n"},
		"none":       {func(x *Exchange) { Stream(x, 200, "m/t", EventData, items(0, nil)) }, ""},
		"whole":      {func(x *Exchange) { Stream(x, 200, "m/t", WholeEvents, iter.Seq2[map[string]any, error](objects)) }, "event: add\nid: 1\nretry: 5\ndata: {\"n\":1}\n\ndata: a\ndata: b\n\n"},
		"no objects": {func(x *Exchange) { Stream(x, 200, "m/t", WholeEvents, items(1, nil)) }, "data: 0\n\n"},
		"texts":      {func(x *Exchange) { Stream(x, 200, "m/t", Texts, items(2, nil)) }, "0\n1\n"},
		"events":     {func(x *Exchange) { Events(x, 200, "m/t", events) }, "event: add\nid: 1\nretry: 1000\ndata: a\ndata: b\n\ndata: c\n\n"},
	} {
		resp, err := get(t, context.Background(), serve(nil, tt.serve), "*/*")
		require.NoError(t, err, name)
		body, err := io.ReadAll(resp.Body)
		assert.NoError(t, err)
		assert.Equal(t, tt.want, string(body), name)
		assert.Equal(t, "m/t", resp.Header.Get("Content-Type"))
		assert.NoError(t, resp.Body.Close())
	}
}

func TestAnErrorBeforeTheFirstItemIsTheAnswer(t *testing.T) {
	resp, err := get(t, context.Background(), serve(nil, func(x *Exchange) { Stream(x, 200, "m/t", Texts, items(0, rt.ErrNotFound)) }), "*/*")
	require.NoError(t, err)
	assert.Equal(t, 404, resp.StatusCode)
	resp, err = get(t, context.Background(), serve(nil, func(x *Exchange) { Stream(x, 200, "m/t", Texts, items(1, errors.New("broken"))) }), "*/*")
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, "0\n", string(body))
}

// TestWhatIsFlushedArrivesAtOnce: the handler is at work while its answer is read, and stops when nobody reads.
func TestWhatIsFlushedArrivesAtOnce(t *testing.T) {
	for name, end := range map[string]func(cancel context.CancelFunc, body io.Closer){
		"closed":    func(_ context.CancelFunc, body io.Closer) { body.Close() },
		"cancelled": func(cancel context.CancelFunc, _ io.Closer) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var ended time.Time
				h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					defer func() { ended = time.Now() }()
					for i := 0; r.Context().Err() == nil; i++ {
						if _, err := fmt.Fprintln(w, i); err != nil {
							return
						}
						_ = http.NewResponseController(w).Flush()
						select {
						case <-time.After(time.Second):
						case <-r.Context().Done():
						}
					}
				})
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				begun := time.Now()
				resp, err := get(t, ctx, h, "*/*")
				require.NoError(t, err)
				assert.EqualValues(t, -1, resp.ContentLength)
				p := make([]byte, 6)
				_, err = io.ReadFull(resp.Body, p)
				require.NoError(t, err)
				assert.Equal(t, "0\n1\n2\n", string(p))
				assert.Equal(t, 2*time.Second, time.Since(begun))
				end(cancel, resp.Body)
				synctest.Wait()
				assert.Equal(t, time.Now(), ended)
				if name == "cancelled" {
					_, err = resp.Body.Read(p)
					assert.ErrorIs(t, err, context.Canceled)
					resp.Body.Close()
				}
			})
		})
	}
}

func TestAnswersOfOtherForms(t *testing.T) {
	away, err := url.Parse("https://elsewhere.example.com/x")
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		serve  func(x *Exchange)
		status int
		header [2]string
		body   string
	}{
		"text":       {func(x *Exchange) { x.TextAnswer(200, "text/plain", "a <b>", nil) }, 200, [2]string{"Content-Type", "text/plain"}, "a <b>"},
		"own status": {func(x *Exchange) { AnswerOf(x.Context()).Status = 203; x.TextAnswer(200, "text/plain", "a", nil) }, 203, [2]string{"Content-Length", "1"}, "a"},
		"own header": {func(x *Exchange) {
			AnswerOf(x.Context()).Header.Set("Content-Type", "a/b")
			x.TextAnswer(200, "text/plain", "a", nil)
		}, 200, [2]string{"Content-Type", "a/b"}, "a"},
		"no status":        {func(x *Exchange) { x.Answer(0, nil, nil) }, 200, [2]string{}, ""},
		"text, failed":     {func(x *Exchange) { x.TextAnswer(200, "text/plain", "", rt.ErrNotFound) }, 404, [2]string{"Content-Type", "application/json"}, `{"code":"","message":"not found"}`},
		"redirect":         {func(x *Exchange) { x.Redirect(302, away, nil) }, 302, [2]string{"Location", "https://elsewhere.example.com/x"}, ""},
		"redirect nowhere": {func(x *Exchange) { x.Redirect(302, nil, nil) }, 302, [2]string{}, ""},
		"redirect, failed": {func(x *Exchange) { x.Redirect(302, nil, rt.ErrNotFound) }, 404, [2]string{}, `{"code":"","message":"not found"}`},
		"download":         {func(x *Exchange) { x.Download(200, "a/b", rt.NewDownload(strings.NewReader("abc"), ""), nil) }, 200, [2]string{"Content-Type", "a/b"}, "abc"},
		"its own type":     {func(x *Exchange) { x.Download(200, "a/b", rt.NewDownload(strings.NewReader("abc"), "c/d"), nil) }, 200, [2]string{"Content-Type", "c/d"}, "abc"},
		"its own status": {func(x *Exchange) {
			x.Download(200, "a/b", &rt.Download{Status: 206, Header: http.Header{"Content-Range": {"x"}}}, nil)
		}, 206, [2]string{"Content-Range", "x"}, ""},
		"no download":      {func(x *Exchange) { x.Download(200, "a/b", nil, nil) }, 500, [2]string{}, `{"code":"fake","message":"Op returned neither a result nor an error"}`},
		"download, failed": {func(x *Exchange) { x.Download(200, "a/b", nil, rt.ErrNotFound) }, 404, [2]string{}, `{"code":"","message":"not found"}`},
		"empty":            {func(x *Exchange) { assert.True(t, x.Empty(204, true, nil)) }, 204, [2]string{}, ""},
		"not empty":        {func(x *Exchange) { assert.False(t, x.Empty(204, false, nil)); x.Answer(200, 1, nil) }, 200, [2]string{}, "1"},
		"failed": {func(x *Exchange) {
			assert.False(t, x.Empty(204, true, rt.ErrNotFound))
			x.Answer(200, nil, rt.ErrNotFound)
		}, 404, [2]string{}, `{"code":"","message":"not found"}`},
		"typed failure":  {func(x *Exchange) { x.Error(&rt.Error{Status: 422, Detail: map[string]int{"a": 1}}) }, 422, [2]string{"Content-Type", "application/json"}, `{"a":1}`},
		"documented 3xx": {func(x *Exchange) { x.Error(&rt.Error{Status: 301, Detail: map[string]int{"a": 1}}) }, 301, [2]string{}, `{"a":1}`},
	} {
		resp, err := get(t, context.Background(), serve(nil, tt.serve), "*/*")
		require.NoError(t, err, name)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err, name)
		assert.Equal(t, tt.status, resp.StatusCode, name)
		assert.Equal(t, tt.body, string(body), name)
		if tt.header[0] != "" {
			assert.Equal(t, tt.header[1], resp.Header.Get(tt.header[0]), name)
		}
	}
	assert.NotPanics(t, func() { AnswerOf(context.Background()).Header.Set("A", "b") })
}

func TestWhatIsAskedForDecides(t *testing.T) {
	says := func(s string) func(x *Exchange) { return func(x *Exchange) { x.TextAnswer(200, "text/plain", s, nil) } }
	s := New(Config{},
		Route{ID: "Op", Method: "GET", Path: "/", Accepts: []string{"application/json"}, Serve: says("json")},
		Route{ID: "Op", Method: "GET", Path: "/", Accepts: []string{"text/csv", "text/plain"}, Serve: says("text")},
		Route{ID: "Op", Method: "GET", Path: "/", Accepts: []string{"image/*"}, Serve: says("image")})
	for accept, want := range map[string]string{
		"application/json": "json", "text/csv": "text", "text/plain;q=0.5": "text", "text/*": "text", "IMAGE/PNG": "image", "image/*": "image",
		"a/b, text/plain, application/json": "text", "*/*": "json", "": "json", "a/b": "json",
	} {
		resp, err := get(t, context.Background(), s, accept)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Equal(t, want, string(body), accept)
	}
}
