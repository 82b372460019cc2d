package rt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// widgetPage is a page of a list, as a generated package has it.
type widgetPage struct {
	Next    string
	Total   int
	Widgets []widget
}

var widgetPageType = json.Type{
	Name: "widgetPage", Kind: json.Struct, Size: unsafe.Sizeof(widgetPage{}),
	Fields: []json.Field{
		{Key: `,"next":`, Off: unsafe.Offsetof(widgetPage{}.Next), Kind: json.String, Flags: json.OmitZero},
		{Key: `,"total":`, Off: unsafe.Offsetof(widgetPage{}.Total), Kind: json.Int, Flags: json.Required},
		{Key: `,"widgets":`, Off: unsafe.Offsetof(widgetPage{}.Widgets), Kind: json.Slice, Sub: &widgetType, Flags: json.OmitZero},
	},
	Index: json.Index([]string{`,"next":`, `,"total":`, `,"widgets":`}),
}

// warehouse is a server of widgets, and the generated methods that list them.
type warehouse struct {
	*Client
	kind  placeKind
	items int // that it has
	size  int // of a page
	r     *rand.Rand
	asked []string // the pages
	open  atomic.Int32
	body  func(io.Reader) io.Reader // what becomes of the body of a page
}

func newWarehouse(t testing.TB, kind placeKind, items, size int, opts ...Option) *warehouse {
	w := &warehouse{kind: kind, items: items, size: size}
	w.Client = newTestClient(t, w, opts...)
	return w
}

// item is a widget on the wire, of no particular length.
func (w *warehouse) item(i int) string {
	return fmt.Sprintf(`{"id":"w%d","name":"%s","tags":["a]","}\""]}`, i, strings.Repeat("n", i*37%101))
}

// RoundTrip answers with the page that is asked for.
func (w *warehouse) RoundTrip(r *http.Request) (*http.Response, error) {
	text := r.URL.Query().Get("from")
	w.asked = append(w.asked, text)
	from, _ := strconv.Atoi(text)
	if w.kind == atMarker && text != "" {
		from++ // the marker is the item before
	}
	if w.kind == atNumber {
		from *= w.size
	}
	to := min(from+w.size, w.items)
	next := ""
	if to < w.items {
		next = fmt.Sprintf(`"next":"%d",`, to)
		if w.kind == atLink {
			next = fmt.Sprintf(`"next":"/v1/p1/widgets?from=%d",`, to)
		}
	}
	total := fmt.Sprintf(`"total":%d`, w.items)
	var b strings.Builder
	b.WriteString(`"widgets":[`)
	for i := from; i < to; i++ {
		if i > from {
			b.WriteString(",")
		}
		b.WriteString(w.item(i))
	}
	b.WriteString("]")
	body := "{" + next + total + "," + b.String() + "}"
	if w.r != nil && w.r.IntN(2) == 0 {
		body = "{" + b.String() + " , " + next + total + "}\n"
	}
	resp := reply(200, body)
	var read io.Reader = strings.NewReader(body)
	if w.r != nil && w.r.IntN(2) == 0 {
		read, resp.ContentLength = iotest.HalfReader(read), -1
	}
	if w.body != nil {
		read = w.body(read)
	}
	w.open.Add(1)
	resp.Body = &closer{Reader: read, closed: func() { w.open.Add(-1) }}
	return resp, nil
}

// closer tells of the first time that it is closed.
type closer struct {
	io.Reader
	closed func()
}

func (c *closer) Close() error {
	if c.closed != nil {
		c.closed()
		c.closed = nil
	}
	return nil
}

func (w *warehouse) list(ctx context.Context, from string, opts []CallOption) (*widgetPage, error) {
	out := new(widgetPage)
	call := Call{Operation: &opList, Result: json.At(&widgetPageType, unsafe.Pointer(out)), Options: opts}
	if from != "" {
		call.queryName("from")
		call.query = append(call.query, from...)
	}
	if err := w.Do(ctx, &call); err != nil {
		return nil, err
	}
	return out, nil
}

func (w *warehouse) pages(ctx context.Context, opts ...CallOption) iter.Seq2[*widgetPage, error] {
	return func(yield func(*widgetPage, error) bool) {
		walk := func(p Pager, from func() string, tell func(*widgetPage)) {
			Pages(ctx, p, opts, yield, func(ctx context.Context, opts []CallOption) (*widgetPage, error) {
				at := ""
				if from != nil {
					at = from()
				} else {
					opts = p.(*LinkPager).Options(opts)
				}
				page, err := w.list(ctx, at, opts)
				if err == nil {
					tell(page)
				}
				return page, err
			})
		}
		switch w.kind {
		case atOffset:
			p := OffsetPager{}
			walk(&p, func() string { return strconv.Itoa(p.Offset) }, func(page *widgetPage) { p.Page(len(page.Widgets), page.Total) })
		case atNumber:
			p := PagePager{Limit: w.size}
			walk(&p, func() string { return strconv.Itoa(p.Number) }, func(page *widgetPage) { p.Page(len(page.Widgets), page.Total) })
		case atMarker:
			p := MarkerPager{Limit: w.size}
			walk(&p, func() string { return p.Marker }, func(page *widgetPage) {
				if len(page.Widgets) > 0 {
					p.Items(len(page.Widgets), page.Widgets[len(page.Widgets)-1].ID[1:])
				}
			})
		case atToken:
			p := TokenPager{}
			walk(&p, func() string { return p.Token }, func(page *widgetPage) { p.Page(len(page.Widgets), page.Next) })
		case atLink:
			p := LinkPager{}
			walk(&p, nil, func(page *widgetPage) { p.Page(len(page.Widgets), page.Next) })
		}
	}
}

func (w *warehouse) all(ctx context.Context, opts ...CallOption) iter.Seq2[*widget, error] {
	return Items(InParts(opts, "widgets"), func(opts []CallOption) iter.Seq2[*widgetPage, error] {
		return w.pages(ctx, opts...)
	}, func(page *widgetPage) int { return len(page.Widgets) }, func(page *widgetPage, i int) *widget { return &page.Widgets[i] })
}

// Whatever the kind, however the page comes, wherever reading stops: all items come once, in order, with as few requests as
// pages that are read whole.
func TestItemsOfLargePagesComeInTheirOrder(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 11))
		w := newWarehouse(t, allKinds[r.IntN(len(allKinds))], r.IntN(60), 1+r.IntN(40))
		w.r = r
		seq := w.all(t.Context(), WithMaxResponseSize(400+r.Int64N(2000)))
		for range 2 {
			w.asked = nil
			n := 0
			for item, err := range seq {
				require.NoError(t, err)
				require.Equal(t, "w"+strconv.Itoa(n), item.ID, "seed %d", seed)
				require.Equal(t, strings.Repeat("n", n*37%101), item.Name)
				n++
			}
			require.Equal(t, w.items, n, "seed %d", seed)
			want := w.asked
			w.asked = nil
			for _, err := range w.pages(t.Context()) {
				require.NoError(t, err)
			}
			require.Equal(t, w.asked, want)
		}
		cursor := ""
		for n := 0; n < w.items; {
			left := 1 + r.IntN(30)
			for item, err := range w.all(t.Context(), WithMaxResponseSize(400+r.Int64N(2000)), WithCursor(cursor), WithCursorInto(&cursor)) {
				require.NoError(t, err)
				require.Equal(t, "w"+strconv.Itoa(n), item.ID, "seed %d", seed)
				n++
				if left--; left == 0 {
					break
				}
			}
		}
		at, err := parsePlace(cursor)
		require.NoError(t, err)
		require.True(t, at.kind == atEnd || w.items == 0)
		require.Zero(t, w.open.Load(), "what was opened is closed")
	}
}

func TestAPageIsReadInPartsOnlyWhenItIsLarge(t *testing.T) {
	for size, parts := range map[int]bool{1000: false, 20_000: true} {
		w := newWarehouse(t, atToken, size, size)
		held := 0
		for item, err := range w.all(t.Context()) {
			require.NoError(t, err)
			if item.ID == "w0" {
				held = int(w.open.Load())
			}
		}
		assert.Equal(t, parts, held == 1)
		assert.Zero(t, w.open.Load())
	}
}

func TestLeavingALoopEndsTheRequest(t *testing.T) {
	w := newWarehouse(t, atToken, 100, 100)
	read := 0
	w.body = func(r io.Reader) io.Reader {
		return iotest.OneByteReader(readerFunc(func(p []byte) (int, error) {
			n, err := r.Read(p)
			read += n
			return n, err
		}))
	}
	for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
		require.NoError(t, err)
		break
	}
	assert.Less(t, read, 2000)
	assert.Zero(t, w.open.Load())
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestAPageThatBreaksOffInItsMiddle(t *testing.T) {
	for _, end := range []error{io.ErrUnexpectedEOF, errors.New("reset")} {
		w := newWarehouse(t, atToken, 100, 100)
		w.body = func(r io.Reader) io.Reader { return io.MultiReader(io.LimitReader(r, 5000), iotest.ErrReader(end)) }
		n := 0
		var last error
		cursor := ""
		for item, err := range w.all(t.Context(), WithMaxResponseSize(1000), WithCursorInto(&cursor)) {
			if last = err; err == nil {
				require.Equal(t, "w"+strconv.Itoa(n), item.ID)
				n++
			}
		}
		var broke *TransportError
		require.ErrorAs(t, last, &broke)
		require.ErrorIs(t, last, end)
		assert.Greater(t, n, 40, "all that was complete")
		assert.Len(t, w.asked, 1, "no second request: items were used")
		assert.Zero(t, w.open.Load())
		w.body = nil
		for item, err := range w.all(t.Context(), WithCursor(cursor)) {
			require.NoError(t, err)
			require.Equal(t, "w"+strconv.Itoa(n), item.ID)
			n++
		}
		assert.Equal(t, 100, n, "it goes on with what did not come")
	}
}

func TestAnAnnouncedLengthHasToCome(t *testing.T) {
	w := newWarehouse(t, atToken, 100, 100)
	w.body = func(r io.Reader) io.Reader { return io.LimitReader(r, 5000) }
	var last error
	for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
		last = err
	}
	require.ErrorIs(t, last, io.ErrUnexpectedEOF)
}

// As long as no item has been used, reading a page is repeated like any call.
func TestAPageThatBreaksOffAtItsBeginningIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWarehouse(t, atToken, 100, 100)
		tries := 0
		w.body = func(r io.Reader) io.Reader {
			if tries++; tries < 3 {
				return io.MultiReader(io.LimitReader(r, 500), iotest.ErrReader(io.ErrUnexpectedEOF))
			}
			return r
		}
		n := 0
		for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
			require.NoError(t, err)
			n++
		}
		assert.Equal(t, 100, n)
		assert.Equal(t, 3, tries)
		assert.Zero(t, w.open.Load())
	})
}

func TestFailuresOfListsAreThoseOfCalls(t *testing.T) {
	w := &warehouse{kind: atToken}
	w.Client = newTestClient(t, always(404, `{"error_code":"AS.2007","error_msg":"gone"}`))
	for _, err := range w.all(t.Context()) {
		require.ErrorIs(t, err, ErrNotFound)
	}
	for text, want := range map[string]string{
		`{"total":1,"widgets":[` + strings.Repeat(`{"id":"w"},`, 100) + `{"id":"w"}],"widgets":[]}`: "the list is there twice",
		`{"total":1,"widgets":[` + strings.Repeat(`{"id":"w"},`, 100) + `{"id":"w" "x"}]}`:          "comma or } expected at offset 1132",
		`{"total":1,"widgets":[` + strings.Repeat(`{"id":"w"},`, 100) + `{"id":"w"}]}]`:             "more text after the value at offset 1134",
		"{\"total\":1,\"widgets\":[" + strings.Repeat(`{"id":"w"},`, 100) + "{\"id\":\"\xff\"}]}":   "invalid UTF-8 at offset 1129",
		`{"total":1,"widgets":[{"id":"` + strings.Repeat("w", 2000) + `"}]}`:                        ErrResponseTooLarge.Error(),
		`{"total":01,"widgets":[` + strings.Repeat(`{"id":"w"},`, 100) + `{}]}`:                     "offset 10",
	} {
		w.Client = newTestClient(t, always(200, text))
		n := 0
		var last error
		for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
			if last = err; err == nil {
				n++
			}
		}
		var unusable *ResponseError
		require.ErrorAs(t, last, &unusable, text)
		assert.Equal(t, 200, unusable.Status)
		assert.ErrorContains(t, last, want)
		assert.Equal(t, strings.Contains(text, `"w"},`) && !strings.Contains(text, "01"), n > 0)
	}
}

// What differs from the document is told with its place in the page; in strict mode, the items before it have come.
func TestDeviationsOfLargePages(t *testing.T) {
	text := `{"extra":1,"widgets":[` + strings.Repeat(`{"id":"w"},`, 99) + `{"id":7},{"id":"last"}],"other":2}`
	var got []string
	observe := WithObserver(func(_ context.Context, e Event) {
		if e.Kind == EventDeviation {
			got = append(got, e.Path)
		}
	})
	w := &warehouse{kind: atToken, Client: newTestClient(t, always(203, text), observe)}
	n := 0
	for item, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
		require.NoError(t, err)
		require.Equal(t, n != 99, item.ID != "", n)
		n++
	}
	assert.Equal(t, 101, n)
	slices.Sort(got)
	assert.Equal(t, []string{"", "extra", "other", "total", "widgets[99].id"}, got)

	n = 0
	var last error
	for _, err := range w.all(t.Context(), WithMaxResponseSize(1000), WithStrict()) {
		if last = err; err == nil {
			n++
		}
	}
	var deviations *DeviationError
	require.ErrorAs(t, last, &deviations)
	assert.Greater(t, n, 50)
	assert.Less(t, n, 99)
}

// Whoever wants the whole of a page gets it: then it has to be in memory, and the limit holds for it.
func TestPagesThatAreNeededWhole(t *testing.T) {
	for name, opts := range map[string][]CallOption{
		"prefetch": {WithPrefetch()},
		"captured": {WithResponseInto(new(RawResponse))},
	} {
		w := newWarehouse(t, atToken, 100, 100)
		var last error
		for _, err := range w.all(t.Context(), append(opts, WithMaxResponseSize(1000))...) {
			last = err
		}
		require.ErrorIs(t, last, ErrResponseTooLarge, name)
		for _, err := range w.all(t.Context(), opts...) {
			require.NoError(t, err)
		}
	}
	w := &warehouse{kind: atToken, Client: newTestClient(t, always(200, strings.Repeat(" ", 2000)+"{}", "Content-Type", "text/html"))}
	for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
		require.ErrorIs(t, err, ErrResponseTooLarge)
	}
}

func TestAPageMayComeSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWarehouse(t, atToken, 100, 100)
		pause := time.Minute
		w.body = func(r io.Reader) io.Reader {
			read := 0
			return readerFunc(func(p []byte) (int, error) {
				if read > 1100 {
					time.Sleep(pause)
				}
				n, err := r.Read(p[:min(len(p), 500)])
				read += n
				return n, err
			})
		}
		n := 0
		for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
			require.NoError(t, err)
			time.Sleep(time.Hour) // items may be used slowly
			n++
		}
		assert.Equal(t, 100, n)
	})
}

// stall stops in the middle, until the request is ended.
type stall struct {
	io.Reader
	ctx context.Context
}

func (s stall) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF {
		<-s.ctx.Done()
		return 0, s.ctx.Err()
	}
	return n, err
}

func TestAPageThatStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWarehouse(t, atToken, 100, 100)
		tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			resp, err := w.RoundTrip(r)
			if err == nil {
				resp.Body = io.NopCloser(stall{io.LimitReader(resp.Body, 5000), r.Context()})
			}
			return resp, err
		}}
		w.Client = newTestClient(t, tr)
		n := 0
		var last error
		for _, err := range w.all(t.Context(), WithMaxResponseSize(1000)) {
			if last = err; err == nil {
				n++
			}
		}
		var timeout *TimeoutError
		require.ErrorAs(t, last, &timeout)
		assert.Equal(t, IdleTimeout, timeout.Scope)
		assert.Greater(t, n, 20)

		for _, err := range w.all(t.Context(), WithMaxResponseSize(1000), WithTimeout(time.Second)) {
			last = err
		}
		require.ErrorAs(t, last, &timeout)
		assert.Equal(t, TotalTimeout, timeout.Scope)
	})
}

// The beginning of a page, before its items are used, has to come within the time of an attempt.
func TestAPageThatStallsAtItsBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWarehouse(t, atToken, 100, 100)
		tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
			resp, err := w.RoundTrip(r)
			if err == nil {
				resp.Body = io.NopCloser(stall{io.LimitReader(resp.Body, 500), r.Context()})
			}
			return resp, err
		}}
		w.Client = newTestClient(t, tr)
		var last error
		for item, err := range w.all(t.Context(), WithMaxResponseSize(1000), WithoutRetry()) {
			require.Nil(t, item)
			last = err
		}
		var timeout *TimeoutError
		require.ErrorAs(t, last, &timeout)
		assert.Equal(t, AttemptTimeout, timeout.Scope)
		assert.Equal(t, 1, tr.count())
	})
}

// hugePage is a page of so many bytes, made while it is read.
type hugePage struct {
	left  int
	buf   []byte
	begun bool
	ended bool
}

func (e *hugePage) Read(p []byte) (int, error) {
	if len(e.buf) == 0 {
		switch {
		case !e.begun:
			e.buf, e.begun = append(e.buf, `{"total":7,"widgets":[`...), true
		case e.left > 0:
			e.buf = append(e.buf[:0], `{"id":"w0123456789","name":"a name of some length, as they have","size":12,"tags":["production","blue"]},`...)
			e.left -= len(e.buf)
		case !e.ended:
			e.buf, e.ended = append(e.buf[:0], `{"id":"last"}]}`...), true
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, e.buf)
	e.buf = e.buf[:copy(e.buf, e.buf[n:])]
	return n, nil
}

// peakHeap returns the largest heap that was seen while f called its argument, in bytes above what was there before.
func peakHeap(f func(look func())) int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, peak := int64(m.HeapAlloc), int64(0)
	f(func() {
		runtime.ReadMemStats(&m)
		peak = max(peak, int64(m.HeapAlloc)-before)
	})
	return peak
}

// A page of 100 MB is read in less than 8 MB of memory, garbage included.
func TestAnEndlessPageTakesLittleMemory(t *testing.T) {
	const size = 100 << 20
	w := &warehouse{kind: atOffset, Client: newTestClient(t, &tripper{answer: func(int, *http.Request) (*http.Response, error) {
		resp := reply(200, "")
		resp.Body, resp.ContentLength = io.NopCloser(&hugePage{left: size}), -1
		return resp, nil
	}})}
	n := 0
	peak := peakHeap(func(look func()) {
		for item, err := range w.all(t.Context()) {
			require.NoError(t, err)
			if n++; n%500 == 0 {
				look()
			}
			if item.ID == "last" {
				break
			}
		}
	})
	assert.Greater(t, n, 900_000)
	assert.Less(t, peak, int64(8<<20), "%d KiB", peak>>10)
}

// FuzzItems: items come from a page in parts as from the whole.
func FuzzItems(f *testing.F) {
	f.Add([]byte(`{"total":3,"widgets":[{"id":"a"},{"id":"b","tags":["]"]},null],"next":""}`), int64(30))
	f.Add([]byte(`{"widgets":[{"id":"a"}],"widgets":[{"id":"b"}]}`), int64(10))
	f.Fuzz(func(t *testing.T, body []byte, limit int64) {
		if limit < 0 || limit > 1<<20 {
			return
		}
		read := func(opts ...CallOption) (ids []string, last error) {
			w := &warehouse{kind: atOffset, Client: newTestClient(t, &tripper{answer: func(n int, _ *http.Request) (*http.Response, error) {
				if n > 1 {
					return reply(200, `{"total":0}`), nil
				}
				resp := reply(200, "")
				resp.Body, resp.ContentLength = io.NopCloser(iotest.HalfReader(bytes.NewReader(body))), -1
				return resp, nil
			}})}
			for item, err := range w.all(t.Context(), opts...) {
				if last = err; err == nil {
					ids = append(ids, item.ID)
				}
			}
			return ids, last
		}
		want, fails := read()
		got, err := read(WithMaxResponseSize(max(limit, 1)))
		switch {
		case errors.Is(err, ErrResponseTooLarge), errors.Is(err, json.ErrListTwice):
		case fails != nil:
			require.Error(t, err)
		default:
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	})
}
