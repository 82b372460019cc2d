package rt

import "iter"

// Items yields the items of pages, one after the other: count says how many a page has, and item is one of them. The
// pages are read with opts, which [InParts] may have prepared, so that a large page is not held in memory as a whole.
//
// It takes items by way of functions so that it is compiled once for all lists whose pages and items are pointers.
func Items[P, T any](opts []CallOption, pages func(opts []CallOption) iter.Seq2[P, error], count func(page P) int, item func(page P, i int) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		at := itemsFrom(opts)
		var none T
		for page, err := range pages(at.parts.share(opts)) {
			if err != nil {
				yield(none, err)
				return
			}
			n := count(page)
			for i := at.begin(n); i < n; i++ {
				at.take(i+1, n)
				if !yield(item(page, i), nil) {
					return
				}
			}
			at.turn()
		}
	}
}

// itemCursor makes of the cursors of pages those of items.
type itemCursor struct {
	into  *string
	page  place     // where the page begins
	next  string    // cursor of the page after it
	skip  int       // items of the first page that are behind
	parts *division // of the page
}

func itemsFrom(opts []CallOption) itemCursor {
	c := itemCursor{parts: divided(opts)}
	if l := intent(opts).listing; l != nil {
		c.into = l.into
		c.page, _ = parsePlace(l.from) // reading the pages finds what is wrong with it
		c.skip, c.page.skip = c.page.skip, 0
	}
	return c
}

// begin is where to begin with a page, or a part of one, of n items.
func (c *itemCursor) begin(n int) int {
	skip := min(c.skip, n)
	c.skip -= skip
	if !c.parts.more() {
		c.skip = 0
		if c.into != nil {
			c.next = *c.into
		}
	}
	return skip
}

// take notes that so many of n items are taken.
func (c *itemCursor) take(taken, n int) {
	if c.into == nil {
		return
	}
	if taken == n && !c.parts.more() {
		*c.into = c.next
		return
	}
	at := c.page
	at.skip = c.parts.behind() + taken
	*c.into = at.String()
}

// turn goes to the next page.
func (c *itemCursor) turn() {
	if c.into != nil && !c.parts.more() {
		c.page, _ = parsePlace(c.next)
		*c.into = c.next
	}
}
