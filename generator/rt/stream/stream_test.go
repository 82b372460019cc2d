package stream

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// chunk is what a generated package would have for {"n": integer}.
type chunk struct{ N int }

var (
	chunkType = json.Type{Name: "chunk", Kind: json.Struct, Size: unsafe.Sizeof(chunk{}), Fields: []json.Field{{Key: `,"n":`, Kind: json.Int, Flags: json.Required}}, Index: json.Index([]string{`,"n":`})}
	rawType   = json.Type{Name: "Raw", Kind: json.Any}
)

func (c *chunk) ref() json.Ref { return json.At(&chunkType, unsafe.Pointer(c)) }
func refRaw(v *stdjson.RawMessage) json.Ref {
	return json.At(&rawType, unsafe.Pointer(v))
}

var op = rt.Operation{ID: "Watch", Method: "GET", Path: "/watch", Accept: "text/event-stream", Success: []int{200}, Idempotent: true}

// transport answers every request with a body of a media type.
type transport struct {
	media string
	body  func(r *http.Request) io.Reader
	calls int
	open  int // bodies that are not closed
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.calls++
	t.open++
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {t.media}}, ContentLength: -1, Body: &body{t.body(r), t}}, nil
}

type body struct {
	io.Reader
	t *transport
}

func (b *body) Close() error { b.t.open--; return nil }

func textual(media, s string) *transport {
	return &transport{media: media, body: func(*http.Request) io.Reader { return strings.NewReader(s) }}
}

func client(t testing.TB, tr http.RoundTripper, opts ...rt.Option) *rt.Client {
	t.Helper()
	c, err := rt.New(&rt.API{Name: "watch", Servers: []rt.Server{{URL: "https://api.example.com"}}}, append([]rt.Option{rt.WithTransport(tr)}, opts...)...)
	require.NoError(t, err)
	return c
}

// events reads all events of a stream.
func events(c *rt.Client, opts ...rt.CallOption) (list []rt.ServerEvent, err error) {
	for e, err := range Events(context.Background(), c, &rt.Call{Operation: &op, Options: opts}) {
		if err != nil {
			return list, err
		}
		list = append(list, e)
	}
	return list, nil
}

func numbers(c *rt.Client, f Format, opts ...rt.CallOption) (list []int, err error) {
	for v, err := range Items(context.Background(), c, &rt.Call{Operation: &op, Options: opts}, f, (*chunk).ref) {
		if err != nil {
			return list, err
		}
		list = append(list, v.N)
	}
	return list, nil
}

var streams = []struct {
	text string
	want []rt.ServerEvent
}{
	{"", nil},
	{"data: a\n\n", []rt.ServerEvent{{Name: "message", Data: "a"}}},
	{"\xef\xbb\xbfdata:a\r\rdata:b\r\n\r\n", []rt.ServerEvent{{Name: "message", Data: "a"}, {Name: "message", Data: "b"}}},
	{"data: a\ndata:  b\ndata\n\n", []rt.ServerEvent{{Name: "message", Data: "a\n b\n"}}},
	{": hello\n\n\nevent: add\nid: 7\nretry: 1500\ndata: a\n\ndata: b\n\n", []rt.ServerEvent{
		{Name: "add", Data: "a", ID: "7", Retry: 1500 * time.Millisecond}, {Name: "message", Data: "b", ID: "7"}}},
	{"id: 1\ndata: a\n\nid\ndata: b\n\n", []rt.ServerEvent{{Name: "message", Data: "a", ID: "1"}, {Name: "message", Data: "b"}}},
	{"id: a\x00b\nretry: 1e9\nretry: -5\nretry: 99999999999999999999\nnonsense: x\nDATA: y\ndata: z\n\n", []rt.ServerEvent{{Name: "message", Data: "z"}}},
	{"event: filters_changed\n\n", []rt.ServerEvent{{Name: "filters_changed"}}},
	{"event: a\n: b\n\nid: 5\n\ndata: c", []rt.ServerEvent{{Name: "a"}, {Name: "message", Data: "c", ID: "5"}}},
	{"data: a\n", []rt.ServerEvent{{Name: "message", Data: "a"}}},
	{"data: a\r", []rt.ServerEvent{{Name: "message", Data: "a"}}},
	{"data: é\u2028x\n\n", []rt.ServerEvent{{Name: "message", Data: "é\u2028x"}}},
	{"\n", nil},
}

func TestEventsAreReadAsTheStandardHasIt(t *testing.T) {
	for _, tt := range streams {
		for name, cut := range map[string]func(io.Reader) io.Reader{"whole": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader, "halves": iotest.HalfReader, "data with EOF": iotest.DataErrReader} {
			tr := &transport{media: "text/event-stream; charset=utf-8", body: func(*http.Request) io.Reader { return cut(strings.NewReader(tt.text)) }}
			got, err := events(client(t, tr), rt.WithStrict())
			assert.NoError(t, err)
			assert.Equal(t, tt.want, got, "%q, %s", tt.text, name)
			assert.Zero(t, tr.open)
		}
	}
}

func TestTypedDataIsDecoded(t *testing.T) {
	const stream = ": ping\n\ndata: {\"n\":1}\n\nevent: more\nid: x\ndata: {\"n\":\ndata: 2}\n\ndata:\n\n"
	var e rt.ServerEvent
	got, err := numbers(client(t, textual(eventStream, stream)), EventData(), rt.WithEventInto(&e))
	assert.NoError(t, err)
	assert.Equal(t, []int{1, 2}, got)
	assert.Equal(t, rt.ServerEvent{Name: "more", ID: "x", Data: "{\"n\":\n2}"}, e)
}

func TestAStreamEndsWhereItsDocumentSaysSo(t *testing.T) {
	const stream = "data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n"
	for _, tt := range []struct {
		format Format
		opts   []rt.CallOption
		want   string
	}{
		{EventData("[DONE]"), []rt.CallOption{rt.WithStrict()}, ""},
		{EventData("bye", "[DONE]"), []rt.CallOption{rt.WithStrict()}, ""},
		{EventData(), nil, ""}, // not documented, but what so many do
		{EventData(), []rt.CallOption{rt.WithStrict()}, "the stream ends with [DONE]"},
	} {
		tr := textual(eventStream, stream)
		got, err := numbers(client(t, tr), tt.format, tt.opts...)
		assert.Equal(t, []int{1}, got)
		if tt.want == "" {
			assert.NoError(t, err)
		} else {
			assert.ErrorContains(t, err, tt.want)
		}
		assert.Zero(t, tr.open)
	}
}

func TestWholeEventsAreObjects(t *testing.T) {
	const stream = "event: add\nid: \"7\nretry: 10\ndata: {\"a\":1}\n\ndata: 1\ndata: 2\n\ndata: 5\n\n"
	for _, tt := range []struct {
		format Format
		want   []string
	}{
		{WholeEvents(), []string{`{"event":"add","id":"\"7","retry":10,"data":{"a":1}}`, `{"id":"\"7","data":"1\n2"}`, `{"id":"\"7","data":5}`}},
		{TextEvents(), []string{`{"event":"add","id":"\"7","retry":10,"data":"{\"a\":1}"}`, `{"id":"\"7","data":"1\n2"}`, `{"id":"\"7","data":"5"}`}},
	} {
		var got []string
		for v, err := range Values(context.Background(), client(t, textual(eventStream, stream)), &rt.Call{Operation: &op}, tt.format, refRaw) {
			require.NoError(t, err)
			got = append(got, string(v))
		}
		assert.Equal(t, tt.want, got)
	}
}

func TestTextsAreReadHoweverTheyAreSeparated(t *testing.T) {
	for stream, want := range map[string][]string{
		"":                                    nil,
		"\n \n":                               nil,
		"{\"a\":1}\n{\"b\":[2]}\n":            {`{"a":1}`, `{"b":[2]}`},
		"{\"a\":1}\r\n\r\n{\"b\":2}":          {`{"a":1}`, `{"b":2}`},
		"\x1e{\"a\":1}\n\x1e{\"a\":\n 2\n}\n": {`{"a":1}`, "{\"a\":\n 2\n}"},
		"{}{}[1,[2]]":                         {`{}`, `{}`, `[1,[2]]`},
		"1 2\n\"a b\" true\x1enull":           {`1`, `2`, `"a b"`, `true`, `null`},
		`{"a":"}\"{","\\":"]"}{"x":"\\"}`:     {`{"a":"}\"{","\\":"]"}`, `{"x":"\\"}`},
		`"\"" "\\" ""`:                        {`"\""`, `"\\"`, `""`},
	} {
		for name, cut := range map[string]func(io.Reader) io.Reader{"whole": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader} {
			tr := &transport{media: "application/x-ndjson", body: func(*http.Request) io.Reader { return cut(strings.NewReader(stream)) }}
			var got []string
			for v, err := range Values(context.Background(), client(t, tr), &rt.Call{Operation: &op}, Texts("application/x-ndjson"), refRaw) {
				require.NoError(t, err, "%q", stream)
				got = append(got, string(v))
			}
			assert.Equal(t, want, got, "%q, %s", stream, name)
			assert.Zero(t, tr.open)
		}
	}
}

func TestBrokenTextsEndTheStream(t *testing.T) {
	for _, stream := range []string{"{\"n\":1}\n{\"n\":", "{\"n\":1}\n}\n{\"n\":2}", "{\"n\":1}\nnope\n"} {
		tr := textual("application/jsonl", stream)
		got, err := numbers(client(t, tr), Texts("application/jsonl"))
		assert.Equal(t, []int{1}, got, stream)
		var bad *rt.ResponseError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, "Watch", bad.Operation)
		assert.Zero(t, tr.open)
	}
}

func TestDeviationsOfItemsAreToldOrRefused(t *testing.T) {
	const stream = "data: {\"n\":\"x\"}\n\ndata: {}\n\n"
	var told []string
	observe := rt.WithObserver(func(_ context.Context, e rt.Event) {
		if e.Kind == rt.EventDeviation {
			told = append(told, e.Path)
		}
	})
	got, err := numbers(client(t, textual(eventStream, stream), observe), EventData())
	assert.NoError(t, err)
	assert.Equal(t, []int{0, 0}, got)
	assert.Equal(t, []string{"n", "n"}, told)
	_, err = numbers(client(t, textual(eventStream, stream), rt.WithStrict()), EventData())
	var d *rt.DeviationError
	assert.ErrorAs(t, err, &d)
}

func TestWhatIsNoStreamIsAnError(t *testing.T) {
	for _, tt := range []struct {
		format Format
		media  string
		ok     bool
	}{
		{EventData(), "application/json", false},
		{EventData(), "application/problem+json; charset=utf-8", false},
		{EventData(), "text/html", false},
		{EventData(), "text/plain", true},
		{Texts("application/x-ndjson"), "text/html", false},
		{Texts("application/x-ndjson"), "application/json", true},
	} {
		tr := textual(tt.media, `{"n":1}`)
		_, err := numbers(client(t, tr), tt.format)
		if tt.ok {
			assert.NoError(t, err, tt.media)
			_, err = numbers(client(t, tr), tt.format, rt.WithStrict())
			assert.ErrorContains(t, err, "media type of the stream")
		} else {
			assert.ErrorIs(t, err, rt.ErrContentType, tt.media)
			assert.ErrorContains(t, err, `{\"n\":1}`)
		}
		assert.Zero(t, tr.open)
	}
	tr := &transport{media: eventStream, body: func(*http.Request) io.Reader { return nil }}
	_, err := events(client(t, roundTripper(func(r *http.Request) (*http.Response, error) {
		resp, _ := tr.RoundTrip(r)
		resp.StatusCode = 429
		resp.Body = io.NopCloser(strings.NewReader(`{"message":"slow down"}`))
		return resp, nil
	}), rt.WithoutRetry()))
	assert.ErrorIs(t, err, rt.ErrRateLimited)
	got, err := events(client(t, roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 204}, nil
	})))
	assert.NoError(t, err)
	assert.Empty(t, got)
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// endless repeats a text for ever.
type endless struct {
	text string
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text[(e.read+i)%len(e.text)]
	}
	e.read += len(p)
	return len(p), nil
}

func TestWhatMustBeInMemoryIsBounded(t *testing.T) {
	const most = 1 << 20
	for name, tt := range map[string]struct {
		format Format
		text   string
	}{
		"a line without end":          {EventData(), "data: xxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
		"a comment without end":       {EventData(), ":::::::::::::"},
		"an event without end":        {EventData(), "data: x\n"},
		"an event of empty lines":     {EventData(), "data\n"},
		"an event's name without end": {EventData(), "event: x"},
		"a string without end":        {Texts("x"), `"aaaaaaaaaaaaaa`},
		"an array without end":        {Texts("x"), `[[[[[[`},
		"a number without end":        {Texts("x"), `1111111`},
	} {
		t.Run(name, func(t *testing.T) {
			e := &endless{text: tt.text}
			tr := &transport{media: tt.format.media[0], body: func(*http.Request) io.Reader { return e }}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := numbers(client(t, tr, rt.WithMaxResponseSize(most)), tt.format)
			runtime.ReadMemStats(&after)
			assert.ErrorIs(t, err, rt.ErrResponseTooLarge)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8*most))
			assert.Less(t, e.read, 4*most*len("data: x\n"))
			assert.Zero(t, tr.open)
		})
	}
}

func TestKeepAlivesAreNoLimit(t *testing.T) {
	var many bytes.Buffer
	for range 1 << 16 {
		many.WriteString(": ping\n\n")
	}
	many.WriteString("data: {\"n\":1}\n\n")
	got, err := numbers(client(t, textual(eventStream, many.String())), EventData(), rt.WithMaxResponseSize(100))
	assert.NoError(t, err)
	assert.Equal(t, []int{1}, got)
}

func TestALoopThatIsLeftClosesTheAnswer(t *testing.T) {
	tr := &transport{media: eventStream, body: func(*http.Request) io.Reader { return &endless{text: "data: {\"n\":1}\n\n"} }}
	c := client(t, tr)
	seq := Items(context.Background(), c, &rt.Call{Operation: &op}, EventData(), (*chunk).ref)
	for range 3 { // each loop asks anew
		n := 0
		for v, err := range seq {
			require.NoError(t, err)
			if n += v.N; n == 5 {
				break
			}
		}
		assert.Equal(t, 5, n)
	}
	assert.Equal(t, 3, tr.calls)
	for range Events(context.Background(), c, &rt.Call{Operation: &op}) {
		break
	}
	for range Values(context.Background(), c, &rt.Call{Operation: &op}, WholeEvents(), refRaw) {
		break
	}
	func() {
		defer func() { _ = recover() }()
		for range seq {
			panic("in the loop")
		}
	}()
	assert.Zero(t, tr.open)
}

func TestTheTimesOfAStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tick := &transport{media: eventStream, body: func(r *http.Request) io.Reader {
			pr, pw := io.Pipe()
			go func() {
				stop := context.AfterFunc(r.Context(), func() { pw.CloseWithError(r.Context().Err()) })
				defer stop()
				for i := range 100 {
					select { // the wait grows until it is too long
					case <-time.After(time.Duration(10*i+1) * time.Second):
					case <-r.Context().Done():
						return
					}
					if _, err := fmt.Fprintf(pw, "data: {\"n\":%d}\n\n", i); err != nil {
						return
					}
				}
			}()
			return pr
		}}
		c := client(t, tick)
		got, err := numbers(c, EventData())
		assert.Len(t, got, 12)
		var limit *rt.TimeoutError
		require.ErrorAs(t, err, &limit)
		assert.Equal(t, rt.TimeoutError{Scope: rt.IdleTimeout, Limit: rt.DefaultIdleTimeout}, *limit)

		got, err = numbers(c, EventData(), rt.WithIdleTimeout(0), rt.WithTimeout(time.Hour))
		assert.Len(t, got, 27)
		require.ErrorAs(t, err, &limit)
		assert.Equal(t, rt.TotalTimeout, limit.Scope)

		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(59*time.Second, cancel)
		n := 0
		for v, e := range Items(ctx, c, &rt.Call{Operation: &op}, EventData(), (*chunk).ref) {
			if err = e; err == nil {
				n = v.N
			}
		}
		assert.Equal(t, 2, n)
		assert.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, tick.open)
	})
}

func TestAStreamThatBreaksOffIsAnError(t *testing.T) {
	tr := &transport{media: eventStream, body: func(*http.Request) io.Reader {
		return io.MultiReader(strings.NewReader("data: {\"n\":1}\n\ndata: {\"n\""), iotest.ErrReader(io.ErrUnexpectedEOF))
	}}
	got, err := numbers(client(t, tr), EventData())
	assert.Equal(t, []int{1}, got)
	var broken *rt.TransportError
	assert.ErrorAs(t, err, &broken)
	assert.Equal(t, 1, tr.calls, "what was seen is not asked for again")
	tr.body = func(*http.Request) io.Reader { return stuck{} }
	_, err = numbers(client(t, tr), EventData())
	assert.ErrorIs(t, err, io.ErrNoProgress)
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// TestStreamsLeaveNothingBehind uses real connections.
func TestStreamsLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", eventStream)
		for i := 0; ; i++ {
			if r.Header.Get("X-Mode") == "short" && i == 3 {
				return
			}
			if _, err := fmt.Fprintf(w, "data: {\"n\":%d}\n\n", i); err != nil || r.Context().Err() != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
		}
	}))
	c, err := rt.New(&rt.API{Name: "watch", Servers: []rt.Server{{URL: s.URL}}}, rt.WithHTTPClient(s.Client()))
	require.NoError(t, err)
	for range 3 {
		got, err := numbers(c, EventData(), rt.WithHeader("X-Mode", "short"))
		assert.NoError(t, err)
		assert.Equal(t, []int{0, 1, 2}, got)
		ctx, cancel := context.WithCancel(context.Background())
		for v, err := range Items(ctx, c, &rt.Call{Operation: &op}, EventData(), (*chunk).ref) {
			if err != nil {
				assert.True(t, errors.Is(err, context.Canceled), err)
			} else if v.N == 5 {
				cancel()
			}
		}
		for range Items(context.Background(), c, &rt.Call{Operation: &op}, EventData(), (*chunk).ref) {
			break
		}
		cancel()
	}
	s.Client().CloseIdleConnections()
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

// FuzzEvents: the events of a stream do not depend on how it is cut, and nothing is larger than allowed.
func FuzzEvents(f *testing.F) {
	for _, tt := range streams {
		f.Add([]byte(tt.text))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		var all [][]rt.ServerEvent
		for _, cut := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
			tr := &transport{media: eventStream, body: func(*http.Request) io.Reader { return cut(bytes.NewReader(stream)) }}
			got, err := events(client(t, tr))
			require.NoError(t, err)
			for _, e := range got {
				if len(e.Data)+len(e.Name) > len(stream)+len("message") || e.Retry < 0 || strings.ContainsAny(e.Name+e.ID, "\r\n") || strings.Contains(e.ID, "\x00") {
					t.Errorf("%+v", e)
				}
			}
			all = append(all, got)
		}
		assert.Equal(t, all[0], all[1])
	})
}

// FuzzTexts compares with the standard library's decoder.
func FuzzTexts(f *testing.F) {
	f.Add([]byte("{\"a\":1}\n[2] 3 \"x\"\x1enull"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		want, valid := [][]byte(nil), true
		for d := stdjson.NewDecoder(bytes.NewReader(bytes.ReplaceAll(stream, []byte{0x1e}, []byte{'\n'}))); ; {
			var raw stdjson.RawMessage
			if err := d.Decode(&raw); err == io.EOF {
				break
			} else if err != nil {
				valid = false
				break
			}
			want = append(want, raw)
		}
		if !valid || bytes.IndexByte(stream, 0x1e) >= 0 && !bytes.Contains(stream, []byte("\n")) {
			return
		}
		var got [][]byte
		tr := &transport{media: "x", body: func(*http.Request) io.Reader { return bytes.NewReader(stream) }}
		for v, err := range Values(context.Background(), client(t, tr), &rt.Call{Operation: &op}, Texts("x"), refRaw) {
			if err != nil {
				return // the standard library takes adjacent numbers and literals, and invalid UTF-8
			}
			got = append(got, v)
		}
		assert.Equal(t, want, got)
	})
}
