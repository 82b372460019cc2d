package rt

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// book is a list of items, of which a test reads pages as a generated method does.
type book struct {
	items []int
	size  int
	kind  placeKind
	asked []string // cursors
	fails error    // from the third page on
	slow  time.Duration
}

func newBook(kind placeKind, n, size int) *book {
	b := &book{kind: kind, size: size}
	for i := range n {
		b.items = append(b.items, i)
	}
	return b
}

// read is what the server does: the page from an index, and the index of the next.
func (b *book) read(ctx context.Context, from int) ([]int, int, error) {
	b.asked = append(b.asked, strconv.Itoa(from))
	if b.slow > 0 {
		select {
		case <-time.After(b.slow):
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
	if b.fails != nil && len(b.asked) > 2 {
		return nil, 0, b.fails
	}
	from = max(0, min(from, len(b.items)))
	to := min(from+b.size, len(b.items))
	return b.items[from:to], to, nil
}

// pages is a generated method.
func (b *book) pages(ctx context.Context, opts ...CallOption) iter.Seq2[[]int, error] {
	return func(yield func([]int, error) bool) {
		number := func(s string) int { n, _ := strconv.Atoi(s); return n }
		next := func(to int) string {
			if to == len(b.items) {
				return ""
			}
			return strconv.Itoa(to)
		}
		walk := func(p Pager, from func() int, tell func(n, to int)) {
			Pages(ctx, p, opts, yield, func(ctx context.Context, opts []CallOption) ([]int, error) {
				if intent(opts).listing != nil {
					return nil, errors.New("the call was given options of the list")
				}
				page, to, err := b.read(ctx, from())
				if err == nil {
					tell(len(page), to)
				}
				return page, err
			})
		}
		switch b.kind {
		case atOffset:
			p := OffsetPager{}
			walk(&p, func() int { return p.Offset }, func(n, _ int) { p.Page(n, len(b.items)) })
		case atNumber:
			p := PagePager{Number: 1, First: 1, Limit: b.size}
			walk(&p, func() int { return (p.Number - 1) * b.size }, func(n, _ int) { p.Page(n, len(b.items)) })
		case atMarker:
			p := MarkerPager{}
			walk(&p, func() int { return number(p.Marker) }, func(n, to int) { p.Page(n, next(to)) })
		case atToken:
			p := TokenPager{}
			walk(&p, func() int { return number(p.Token) }, func(n, to int) { p.Page(n, next(to)) })
		case atLink:
			p := LinkPager{}
			walk(&p, func() int { return number(strings.TrimPrefix(p.Link, "/?from=")) }, func(n, to int) {
				if next(to) == "" {
					p.Page(n, "")
				} else {
					p.Page(n, "/?from="+next(to))
				}
			})
		}
	}
}

// all is a generated method.
func (b *book) all(ctx context.Context, opts ...CallOption) iter.Seq2[int, error] {
	return Items(opts, func(opts []CallOption) iter.Seq2[[]int, error] { return b.pages(ctx, opts...) }, func(page []int) int { return len(page) }, func(page []int, i int) int { return page[i] })
}

var allKinds = []placeKind{atOffset, atNumber, atMarker, atToken, atLink}

func TestPagesAndItemsComeInTheirOrder(t *testing.T) {
	for _, kind := range allKinds {
		for _, opts := range [][]CallOption{nil, {WithPrefetch()}} {
			for _, n := range []int{0, 1, 3, 7, 9} {
				b := newBook(kind, n, 3)
				var pages [][]int
				for page, err := range b.pages(t.Context(), opts...) {
					require.NoError(t, err)
					pages = append(pages, page)
				}
				assert.True(t, slices.Equal(b.items, slices.Concat(pages...)))
				assert.Len(t, b.asked, max(1, (n+2)/3), "no request too many")

				seq := b.all(t.Context(), opts...)
				for range 2 { // an iterator can be used again
					b.asked = nil
					var items []int
					for item, err := range seq {
						require.NoError(t, err)
						items = append(items, item)
					}
					assert.True(t, slices.Equal(b.items, items))
				}
			}
		}
	}
}

// Whatever the kind, wherever reading stops, and however often: all items come once, in order.
func TestAListGoesOnWhereItStopped(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		b := newBook(allKinds[r.IntN(len(allKinds))], r.IntN(20), 1+r.IntN(5))
		var opts []CallOption
		if r.IntN(2) == 0 {
			opts = append(opts, WithPrefetch())
		}
		byPage := r.IntN(2) == 0
		var got []int
		cursor := ""
		for rounds := 0; rounds < 100; rounds++ {
			left := 1 + r.IntN(4)
			n := 0
			call := append(slices.Clip(opts), WithCursor(cursor), WithCursorInto(&cursor))
			if byPage {
				for page, err := range b.pages(t.Context(), call...) {
					require.NoError(t, err)
					got, n = append(got, page...), n+1
					if left--; left == 0 {
						break
					}
				}
			} else {
				for item, err := range b.all(t.Context(), call...) {
					require.NoError(t, err)
					got, n = append(got, item), n+1
					if left--; left == 0 {
						break
					}
				}
			}
			if n == 0 {
				break
			}
		}
		require.True(t, slices.Equal(b.items, got), "seed %d, kind %c: %v", seed, b.kind, got)
		at, err := parsePlace(cursor)
		require.NoError(t, err)
		require.Equal(t, atEnd, at.kind)
	}
}

func TestACursorOfAnItemServesPagesToo(t *testing.T) {
	b := newBook(atMarker, 7, 3)
	cursor := ""
	for item, err := range b.all(t.Context(), WithCursorInto(&cursor)) {
		require.NoError(t, err)
		if item == 4 {
			break
		}
	}
	for page, err := range b.pages(t.Context(), WithCursor(cursor)) {
		require.NoError(t, err)
		assert.Equal(t, []int{3, 4, 5}, page, "the page of the item, whole")
		break
	}
}

func TestAnErrorEndsTheListAndTheCursorStaysBeforeIt(t *testing.T) {
	for _, opts := range [][]CallOption{nil, {WithPrefetch()}} {
		b := newBook(atToken, 20, 3)
		b.fails = &Error{Status: 503, Class: ErrUnavailable}
		var got []int
		var last error
		cursor := ""
		for item, err := range b.all(t.Context(), append(opts, WithCursorInto(&cursor))...) {
			if last = err; err == nil {
				got = append(got, item)
			}
		}
		require.ErrorIs(t, last, ErrUnavailable)
		assert.Equal(t, []int{0, 1, 2, 3, 4, 5}, got)
		b.fails = nil
		for item, err := range b.all(t.Context(), WithCursor(cursor)) {
			require.NoError(t, err)
			got = append(got, item)
		}
		assert.True(t, slices.Equal(b.items, got))
	}
}

func TestCursorsThatCannotBeUsed(t *testing.T) {
	offset := place{kind: atOffset, text: "20"}.String()
	for _, tt := range []struct {
		kind   placeKind
		cursor string
		want   string
	}{
		{atToken, offset, "another kind of list"},
		{atNumber, offset, "another kind of list"},
		{atLink, offset, "another kind of list"},
		{atOffset, place{kind: atMarker, text: "20"}.String(), "another kind of list"},
		{atMarker, place{kind: atToken, text: "20"}.String(), "another kind of list"},
		{atOffset, place{kind: atOffset, text: "-1"}.String(), "is no cursor"},
		{atOffset, place{kind: atOffset, text: "x"}.String(), "is no cursor"},
		{atOffset, place{kind: 'x', text: "1"}.String(), "is no cursor"},
		{atOffset, place{kind: atOffset, skip: -1, text: "1"}.String(), "is no cursor"},
		{atOffset, "20", "is no cursor"},
		{atOffset, "!", "is no cursor"},
		{atOffset, offset + "\n", "is no cursor"},
		{atOffset, strings.Repeat("A", maxCursor+1), "is too long"},
	} {
		b := newBook(tt.kind, 40, 3)
		n := 0
		for _, err := range b.all(t.Context(), WithCursor(tt.cursor)) {
			n++
			require.ErrorIs(t, err, ErrInvalid)
			require.ErrorContains(t, err, tt.want)
		}
		assert.Equal(t, 1, n)
		assert.Empty(t, b.asked)
	}
}

func FuzzCursor(f *testing.F) {
	for _, kind := range allKinds {
		f.Add(place{kind: kind, skip: 3, text: "1"}.String())
	}
	f.Add("")
	f.Fuzz(func(t *testing.T, cursor string) {
		at, err := parsePlace(cursor)
		if err == nil && cursor != "" {
			require.Equal(t, cursor, at.String())
			require.GreaterOrEqual(t, at.skip, 0)
		}
		for _, kind := range allKinds {
			b := newBook(kind, 5, 2)
			for _, err := range b.all(context.Background(), WithCursor(cursor)) {
				if err != nil {
					break
				}
			}
		}
	})
}

func TestAPageIsRequestedWhileTheOneBeforeIsUsed(t *testing.T) {
	for _, tt := range []struct {
		opts []CallOption
		want time.Duration
	}{
		{nil, 3 * (1 + 1) * time.Second},
		{[]CallOption{WithPrefetch()}, (1 + 3) * time.Second},
		{[]CallOption{WithPrefetch(), WithResponseInto(new(RawResponse))}, 3 * (1 + 1) * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBook(atOffset, 9, 3)
			b.slow = time.Second
			begun := time.Now()
			for _, err := range b.pages(t.Context(), tt.opts...) {
				require.NoError(t, err)
				time.Sleep(time.Second)
			}
			assert.Equal(t, tt.want, time.Since(begun))
			assert.Equal(t, []string{"0", "3", "6"}, b.asked)
		})
	}
}

func TestWhatIsRequestedAheadEndsWithTheLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // it fails when a goroutine is left
		b := newBook(atOffset, 9, 3)
		b.slow = time.Hour
		begun := time.Now()
		for _, err := range b.pages(t.Context(), WithPrefetch()) {
			require.NoError(t, err)
			time.Sleep(time.Minute)
			break
		}
		assert.Equal(t, time.Hour+time.Minute, time.Since(begun), "the second request is not waited for")
		assert.PanicsWithValue(t, "by the user", func() {
			for range b.pages(t.Context(), WithPrefetch()) {
				panic("by the user")
			}
		})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var last error
		for _, err := range b.pages(ctx, WithPrefetch()) {
			last = err
			cancel()
		}
		require.ErrorIs(t, last, context.Canceled)
	})
}

func TestAnAnswerThatIsNoPageEndsTheList(t *testing.T) {
	p := TokenPager{}
	n := 0
	read := func(context.Context, []CallOption) (*widget, error) {
		if n++; n > 1 {
			return nil, NoPage
		}
		p.Page(1, "more")
		return new(widget), nil
	}
	yielded := 0
	Pages(t.Context(), &p, nil, func(w *widget, err error) bool {
		yielded++
		return w != nil && err == nil
	}, read)
	assert.Equal(t, 1, yielded)
	assert.Equal(t, 2, n)
}

func TestOptionsOfListsAreRefusedElsewhere(t *testing.T) {
	tr := always(200, widgetJSON)
	c := newTestClient(t, tr)
	for _, o := range []CallOption{WithCursor(""), WithCursorInto(new(string)), WithPrefetch()} {
		_, err := get(t.Context(), c, "w1", o)
		require.ErrorIs(t, err, ErrInvalid)
		_, err = get(t.Context(), c, "w1", o, page(nil))
		require.NoError(t, err)
		_, err = get(t.Context(), c, "w1", o, ForReading(nil))
		require.NoError(t, err)
	}
	assert.Equal(t, 6, tr.count())
}

func TestHeadersSayWhereAListGoesOn(t *testing.T) {
	n := 0
	tr := &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
		n++
		if n == 3 {
			return reply(200, `[]`, "X-Total", "x"), nil
		}
		return reply(200, `[{"id":"w"}]`, "Link", fmt.Sprintf(`<?page=%d>; rel="next"`, n+1), "X-Total", "2", "X-Next", " token "), nil
	}}
	c := newTestClient(t, tr)
	p := LinkPager{}
	read := func(ctx context.Context, opts []CallOption) (*[]widget, error) {
		out := new([]widget)
		err := c.Do(ctx, &Call{Operation: &opList, Result: widgetsRef(out), Options: p.Options(p.Capture(opts))})
		if err == nil {
			if n < 3 {
				assert.Equal(t, 2, p.HeaderNumber("x-total"))
				assert.Equal(t, "token", p.Header("X-Next"))
			} else {
				assert.Zero(t, p.HeaderNumber("X-Total"))
			}
			p.Page(len(*out), p.NextLink())
		}
		return out, err
	}
	var mine RawResponse
	got := 0
	assert.Empty(t, p.Header("X-Next"))
	assert.Empty(t, p.NextLink())
	Pages(t.Context(), &p, []CallOption{WithResponseInto(&mine)}, func(list *[]widget, err error) bool {
		require.NoError(t, err)
		got += len(*list)
		assert.Equal(t, 200, mine.Status, "the caller's capture is his own")
		return true
	}, read)
	assert.Equal(t, 2, got)
	var asked []string
	for _, r := range tr.seen {
		asked = append(asked, r.URL.RequestURI())
	}
	assert.Equal(t, []string{"/v1/p1/widgets", "/v1/p1/widgets?page=2", "/v1/p1/widgets?page=3"}, asked)
}

func TestTheLinkToTheNextPageIsFoundInTheHeader(t *testing.T) {
	for _, tt := range []struct {
		header []string
		want   string
	}{
		{nil, ""},
		{[]string{`<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last"`}, "https://a/x?page=2"},
		{[]string{`<https://a/x?page=9>; rel="last", <https://a/x?page=2>; rel="next"`}, "https://a/x?page=2"},
		{[]string{`</first>; rel=first`, `</two>;rel=NEXT`}, "/two"},
		{[]string{`</two> ; title="a, \"b\"; rel=prev" ; rel = "prev next"`}, "/two"},
		{[]string{`</a>; rel="prev"; rel="next", </b>; rel="next"`}, "/b"}, // the first relation counts
		{[]string{`</a>; anchor="#x"; rel="next", </b>; rel="next"`}, "/b"},
		{[]string{`</a,b;c>; rel="next"`}, "/a,b;c"},
		{[]string{`< /a >; rel=next`}, "/a"},
		{[]string{`<>; rel=next`}, ""},
		{[]string{`/a; rel=next, </b>; rel=next`}, "/b"},
		{[]string{`</a; rel=next`}, ""},
		{[]string{`</a>; rel="next`}, ""},
		{[]string{`</a>; rel`, `</a>; rel=`, `</a>;`, `</a>`, `,,,`, `;`, `"`}, ""},
		{[]string{`</a>; rel="nextish next-page"`}, ""},
		{[]string{`</a>; x="\\"; rel=next`}, "/a"},
		{[]string{`</a>; rel=https://example.com/rels/next, </b>; rel=next`}, "/b"},
	} {
		assert.Equal(t, tt.want, linkOf(http.Header{"Link": tt.header}, "next"), "%q", tt.header)
	}
}

func FuzzLinkHeader(f *testing.F) {
	f.Add(`<https://a/x?page=2>; rel="next", </b>; title="\""; rel=last`)
	f.Add(`</a>; rel="a b`)
	f.Fuzz(func(t *testing.T, text string) {
		target := linkOf(http.Header{"Link": {text}}, "next")
		require.True(t, target == "" || strings.Contains(text, target))
		// What is put behind is found, if nothing is left open before it.
		if !strings.ContainsAny(text, `"<>\`) {
			require.Equal(t, "/found", linkOf(http.Header{"Link": {text + `, </found>; rel="next"`}}, "next"))
		}
	})
}
