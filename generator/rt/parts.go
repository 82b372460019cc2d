package rt

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// largePage is the size of a page, in bytes, up to which it is read before its items are used: what reads it can
// be repeated, and no connection waits for who uses the items. Of a larger one the items are used while it comes.
const largePage = 512 << 10

// InParts is what the options of a list become where its items are all that is wanted of it. A page that is large is
// then read in parts: pages that hold some of its items. The path leads to the list in the body; without one, the body is
// the list.
//
// It is for [Items], and asks for nothing where pages are requested ahead, or results are captured.
func InParts(opts []CallOption, path ...string) []CallOption {
	return append(slices.Clip(opts), listOption(func(l *listing) { l.path, l.inParts = path, true }))
}

// division is the reading of a list in parts. It is shared by the calls that read its pages: the first that reads a page
// sends the request, the others get what comes after.
type division struct {
	path []string

	in   *Incoming   // the page that is being read
	text *json.Parts // nil: all of the page has come

	before int // items of the page in the parts before
	seen   int // and in this one
}

// divided is how a list is read, as its options say: nil, when its pages are read whole.
func divided(opts []CallOption) *division {
	l := intent(opts).listing
	if l == nil || !l.inParts || l.prefetch || Captures(opts) {
		return nil
	}
	return &division{path: l.path}
}

// share is the option that makes the reading of pages one in parts.
func (p *division) share(opts []CallOption) []CallOption {
	if p == nil {
		return opts
	}
	return append(slices.Clip(opts), listOption(func(l *listing) { l.parts = p }))
}

// more reports whether the page has more parts.
func (p *division) more() bool { return p != nil && p.text != nil }

// turn begins with a page.
func (p *division) turn() {
	if p != nil {
		p.before, p.seen = 0, 0
	}
}

// count takes note of the items of a part. It returns how many the page has so far, and whether there are more.
func (p *division) count(n int) (all int, more bool) {
	if p == nil {
		return n, false
	}
	p.before = p.seen
	p.seen += n
	return p.seen, p.more()
}

// behind is how many items the page had before this part of it.
func (p *division) behind() int {
	if p == nil {
		return 0
	}
	return p.before
}

// close ends the request.
func (p *division) close() {
	if p != nil && p.in != nil {
		p.in.Close()
		p.in, p.text = nil, nil
	}
}

// divisible reports whether an answer can be read in parts: it is one JSON text, and nothing has to look at the whole.
func (x *exchange) divisible(h http.Header) bool {
	op, call := x.call.Operation, x.call
	label, enc := headerOf(h, "Content-Type"), headerOf(h, "Content-Encoding")
	return call.Results == nil && !call.Result.IsNil() && isJSON(label) &&
		(enc == "" || strings.EqualFold(enc, "identity")) && op.Method != http.MethodHead && !(op.Answers != nil && x.watched())
}

// begin reads a page as far as it is read before its items are used. Of a large page the rest is left to come.
func (x *exchange) begin(resp *http.Response) error {
	limit := x.maxResponse()
	body, more, err := readSome(resp, min(largePage, limit), x.borrow())
	if err != nil || !more {
		x.raw.Body = body
		resp.Body.Close()
		if err != nil {
			return broken{err}
		}
		return nil
	}
	x.borrowed = nil // the rest is read into it
	x.live.take(x, resp)
	x.live.read = int64(len(body))
	x.parts.text = json.NewParts(body, x.live, x.parts.path, int(min(limit, 1<<40)))
	return nil
}

// goOn is a call that gets the next part of a page.
func (p *division) goOn(ctx context.Context, x *exchange) error {
	x.raw = p.in.x.raw
	err := p.next(ctx, x.call)
	if err != nil || !p.more() {
		p.close()
	}
	if also := x.cfg.also; also != nil {
		x.identify()
		*also = x.raw
	}
	return err
}

// next reads a part into the result of a call.
func (p *division) next(ctx context.Context, call *Call) error {
	x := p.in.x
	call.status, call.redirect, call.empty = x.raw.Status, nil, false
	part, err := p.text.Next()
	if err != nil {
		return p.failed(err, nil)
	}
	found, err := decode(json.Decode, part.Text, call.Result, x.mode(), x.watched())
	if err != nil {
		return p.failed(part.Error(err), part.Text)
	}
	kept := found[:0]
	for _, d := range found {
		if d, ok := part.Place(d); ok {
			kept = append(kept, d)
		}
	}
	if part.Last {
		p.text = nil
		if !x.documented() {
			kept = append(kept, x.undocumented())
		}
	}
	if len(kept) > 0 && x.cfg.strict {
		return p.in.unusable(&DeviationError{Deviations: kept}, nil)
	}
	x.report(ctx, kept)
	return nil
}

// failed makes the error of a part.
func (p *division) failed(err error, text []byte) error {
	var syntax *json.SyntaxError
	switch {
	case err == json.ErrPartTooLarge:
		err = ErrResponseTooLarge
	case err == json.ErrListTwice, err == io.ErrNoProgress, errors.As(err, &syntax):
	default:
		return err // of the call
	}
	return p.in.unusable(err, text)
}
