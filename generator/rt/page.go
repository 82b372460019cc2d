package rt

import "fmt"

// DefaultMaxPages is the number of pages after which a pager gives up, unless its MaxPages says
// otherwise.
const DefaultMaxPages = 100_000

// PageError says that a list cannot be read to its end.
type PageError struct {
	Page   int    // pages read so far
	Cursor string // offset, page number, marker, token or link, bounded
	Reason string
}

func (e *PageError) Error() string {
	return fmt.Sprintf("reading the list stopped after %d pages at %s: %s", e.Page, quoteText(e.Cursor, 80), e.Reason)
}

// Pager walks a list, as one of the pagers of this package does: see [Pages].
type Pager interface {
	Next() bool
	Err() error
	at() place            // the next page
	from(at place) string // begins there, or says why it cannot
	read(parts *division) // in parts; nil: whole pages
}

// pages is what the pagers share: it counts, and ends.
type pages struct {
	n     int
	moved bool
	done  bool
	err   error
	raw   *RawResponse // of the page, for what its header says
	parts *division    // of the page; nil: it comes as a whole
}

// Err returns why the list could not be read to its end, or nil.
func (p *pages) Err() error { return p.err }

// Moved reports whether the cursor is the pager's: a page has been read, or the list is gone on with. Before
// that, it is the caller's own, and is sent only if the caller gave one.
func (p *pages) Moved() bool { return p.moved || p.n > 0 }

func (p *pages) read(parts *division) { p.parts = parts }

func (p *pages) started() bool { return p.n > 0 }

func (p *pages) next(limit int, cursor func() string) bool {
	if p.done || p.err != nil {
		return false
	}
	if limit <= 0 {
		limit = DefaultMaxPages
	}
	if p.n >= limit {
		p.fail(cursor(), "too many pages")
		return false
	}
	// Until the page arrives, the list is at its end: a loop that forgets Page stops.
	p.done = true
	return true
}

func (p *pages) fail(cursor, reason string) {
	p.err = &PageError{Page: p.n, Cursor: cursor, Reason: reason}
}

// OffsetPager walks a list by the index of the first item of a page.
//
//	for pager.Next() {
//		… request from pager.Offset on …
//		pager.Page(len(items), total)
//	}
//
// It makes exactly the requests needed: the list ends where the total says so; without a total, at
// a page shorter than Limit or, if the limit is not known either, at an empty one.
type OffsetPager struct {
	Offset   int // of the next page
	Limit    int // page size asked for; 0 when not known
	First    int // index of the first item of the list: 0 or 1
	MaxPages int // DefaultMaxPages when 0
	pages
}

// Next reports whether there is a page to request.
func (p *OffsetPager) Next() bool {
	return p.next(p.MaxPages, func() string { return fmt.Sprint(p.Offset) })
}

// Page records a page of n items. Total is the number of all items as the server says it; zero or
// less when it says none.
func (p *OffsetPager) Page(n, total int) {
	n, more := p.parts.count(n)
	if more {
		return
	}
	p.pages.n++
	p.Offset += n
	p.done = lastPage(n, p.Limit, p.Offset-p.First, total)
}

// PagePager walks a list by the number of the page. See [OffsetPager] for where it ends.
type PagePager struct {
	Number   int // of the next page
	Limit    int // page size asked for; 0 when not known
	First    int // number of the first page: 0 or 1
	MaxPages int // DefaultMaxPages when 0
	seen     int
	pages
}

// Next reports whether there is a page to request.
func (p *PagePager) Next() bool {
	return p.next(p.MaxPages, func() string { return fmt.Sprint(p.Number) })
}

// Page records a page of n items. Total is the number of all items as the server says it; zero or
// less when it says none.
func (p *PagePager) Page(n, total int) {
	n, more := p.parts.count(n)
	if more {
		return
	}
	if !p.started() && p.Number > p.First && p.Limit > 0 {
		p.seen = (p.Number - p.First) * p.Limit // the caller began in the middle
	}
	if !p.started() && p.Number > p.First && p.Limit <= 0 {
		total = 0 // how many items lie before is not known
	}
	p.pages.n++
	p.seen += n
	p.Number++
	p.done = lastPage(n, p.Limit, p.seen, total)
}

// lastPage reports whether a page of n items that ends at the given index is the last. A total
// smaller than one page is no total; where servers leave it out, it is zero.
func lastPage(n, limit, end, total int) bool {
	switch {
	case n <= 0:
		return true
	case total > 0 && total >= n:
		return end >= total
	default:
		return limit > 0 && n < limit
	}
}

// MarkerPager walks a list by a marker: the id of the last item, or what the response names.
type MarkerPager struct {
	Marker   string // of the next page
	Limit    int    // page size asked for; 0 when not known
	MaxPages int    // DefaultMaxPages when 0
	loop     loop
	pages
}

// Next reports whether there is a page to request.
func (p *MarkerPager) Next() bool {
	return p.next(p.MaxPages, func() string { return p.Marker })
}

// Page records a page of n items and the marker that the response names for the next one; the list
// ends where it names none.
func (p *MarkerPager) Page(n int, next string) {
	if _, more := p.parts.count(n); !more {
		p.advance(next, next == "")
	}
}

// Items records a page of n items that ends with the item of the given id, for lists whose
// response names no marker; the list ends at a page shorter than Limit or, without a limit, at an
// empty one.
func (p *MarkerPager) Items(n int, last string) {
	if n, more := p.parts.count(n); !more {
		p.advance(last, n <= 0 || last == "" || p.Limit > 0 && n < p.Limit)
	}
}

func (p *MarkerPager) advance(next string, end bool) {
	p.pages.n++
	if p.done = end; end {
		return
	}
	if next == p.Marker || p.loop.closed(next) {
		p.fail(next, "the marker does not advance")
	}
	p.Marker = next
}

// TokenPager walks a list by an opaque token that each response gives for the next page.
type TokenPager struct {
	Token    string // of the next page
	MaxPages int    // DefaultMaxPages when 0
	loop     loop
	pages
}

// Next reports whether there is a page to request.
func (p *TokenPager) Next() bool {
	return p.next(p.MaxPages, func() string { return "" })
}

// Page records a page of n items and the token of the next; the list ends where there is none.
func (p *TokenPager) Page(n int, next string) {
	if _, more := p.parts.count(n); more {
		return
	}
	p.pages.n++
	if p.done = next == ""; p.done {
		return
	}
	if next == p.Token || p.loop.closed(next) {
		p.fail("token", "the token repeats")
	}
	p.Token = next
}

// Pick returns what the first item that is wanted has to say, or nothing when none is: the address of
// the link to the next page among all links, for one.
func Pick[T any](items []T, value func(*T) (string, bool)) string {
	for i := range items {
		if v, ok := value(&items[i]); ok {
			return v
		}
	}
	return ""
}

// LinkPager walks a list by the URL of the next page. [Client.Do] follows a link only to the origin
// and below the path of its own endpoint.
type LinkPager struct {
	Link     string // of the next page; empty for the first
	MaxPages int    // DefaultMaxPages when 0
	loop     loop
	pages
}

// Next reports whether there is a page to request.
func (p *LinkPager) Next() bool {
	return p.next(p.MaxPages, func() string { return p.Link })
}

// Options returns the options of the call that reads the page: those given, and the link.
func (p *LinkPager) Options(opts []CallOption) []CallOption {
	if p.Link == "" {
		return opts
	}
	return append(opts[:len(opts):len(opts)], withLink(p.Link))
}

// Page records a page of n items and the link to the next; the list ends where there is none.
func (p *LinkPager) Page(n int, next string) {
	if _, more := p.parts.count(n); more {
		return
	}
	p.pages.n++
	if p.done = next == ""; p.done {
		return
	}
	if next == p.Link || p.loop.closed(next) {
		p.fail(linkText(next), "the link repeats")
	}
	p.Link = next
}

// loop finds a sequence of cursors that repeats, in constant space: it keeps one earlier cursor and
// moves it on at each power of two (Brent's method).
type loop struct {
	kept  string
	steps int
	power int
}

func (l *loop) closed(cursor string) bool {
	if l.power > 0 && cursor == l.kept {
		return true
	}
	if l.steps == l.power {
		l.kept, l.power, l.steps = cursor, max(1, 2*l.power), 0
	}
	l.steps++
	return false
}
