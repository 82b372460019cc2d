package json

import (
	"io"
	"strconv"
	"strings"
)

// Parts reads a text that holds a long list, piece by piece: what is in memory is a piece of the list, and what
// stands beside the list.
//
// Each part is a text by itself, for [Decode] into the type of the whole. All but the last hold some elements of the
// list and nothing else; the last holds the last elements, one at least if there are any, and everything that stands
// beside the list. Together they are as strict as [Decode] of the whole, with one exception: a list that is there
// twice is an error, since elements that were handed out cannot be taken back.
type Parts struct {
	splitter
	src  io.Reader
	most int
	err  error // after the elements that have come: of src, or what is wrong with the text; io.EOF at its end
	done bool  // the last part is handed out

	gone  int // bytes of elements that are handed out
	first int // index of the first element that is not

	part   []byte // room for parts but the last
	before string // what stands before the elements in those
	after  string
	list   string // path of the list, as deviations have it
}

// partSize is how many bytes of elements, or a little more, are handed out at once.
const partSize = 64 << 10

type partsError string

func (e partsError) Error() string { return "json: " + string(e) }

// What keeps a text from being read in parts.
const (
	ErrPartTooLarge partsError = "an element of the list, or what stands beside the list, is too large"
	ErrListTwice    partsError = "the list is there twice"
)

// NewParts reads a text of which the beginning has been read already. That must not be used any more. The list is where
// the path of member names leads to; without a path, the text is the list. At most so many bytes are in memory at
// once.
func NewParts(begun []byte, rest io.Reader, path []string, most int) *Parts {
	p := &Parts{src: rest, most: most}
	p.splitter = splitter{buf: begun, path: path, size: min(partSize, most/2)}
	var before, list []byte
	for _, name := range path {
		before = append(AppendString(append(before, '{'), name), ':')
		list = appendName(list, name)
	}
	p.before, p.after, p.list = string(before)+"[", "]"+strings.Repeat("}", len(path)), string(list)
	return p
}

// Part is a part of a text.
type Part struct {
	Text []byte // until the next part is read
	Last bool

	list  string
	lead  int // bytes before the elements
	at    int // where the elements begin in the whole
	first int // index of the first of them
	end   int // where they end in Text
}

// Next reads the next part. After the last one the error is io.EOF. Other errors are those of the reader, and a
// [*SyntaxError]; what came before is handed out first.
func (p *Parts) Next() (Part, error) {
	for !p.done {
		if p.err == nil && p.scan(p.gone) {
			return p.some(), nil
		}
		if p.err == nil {
			p.err = p.wrong
		}
		if p.err == nil {
			p.err = p.more()
		}
		switch {
		case p.err == nil:
		case p.err == io.EOF:
			p.done = true
			return p.last(), nil
		case p.n > 0:
			return p.some(), nil
		default:
			return Part{}, p.err
		}
	}
	return Part{}, io.EOF
}

// some hands out the elements that are complete.
func (p *Parts) some() Part {
	b := append(append(p.part[:0], p.before...), p.buf[p.from:p.cut]...)
	part := Part{Text: append(b, p.after...), list: p.list, lead: len(p.before), at: p.from + p.gone, first: p.first, end: len(b)}
	p.part = part.Text
	p.first, p.n = p.first+p.n, 0
	p.from = p.cut + 1
	return part
}

// last hands out what is left.
func (p *Parts) last() Part {
	p.gone += p.forget()
	if p.head == 0 { // there is no list
		return Part{Text: p.buf, Last: true, lead: len(p.buf), at: len(p.buf), end: len(p.buf)}
	}
	return Part{Text: p.buf, Last: true, list: p.list, lead: p.head, at: p.head + p.gone, first: p.first, end: max(p.cut, p.head)}
}

// more reads on.
func (p *Parts) more() error {
	p.gone += p.forget()
	if len(p.buf) > p.most {
		return ErrPartTooLarge
	}
	if room := cap(p.buf) - len(p.buf); room < cap(p.buf)/4 || room == 0 {
		grown := make([]byte, len(p.buf), max(min(2*cap(p.buf), p.most+1), 512))
		copy(grown, p.buf)
		p.buf = grown
	}
	for range 100 {
		n, err := p.src.Read(p.buf[len(p.buf):cap(p.buf)])
		p.buf = p.buf[:len(p.buf)+n]
		if n > 0 {
			return nil // an error comes again
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// Place returns a deviation of the part as one of the whole text. It is false for what is no deviation there: of all
// parts but the last, what stands beside the elements is made up.
func (p *Part) Place(d Deviation) (Deviation, bool) {
	within := d.Offset >= p.lead && d.Offset < p.end
	if rest, ok := strings.CutPrefix(d.Path, p.list+"["); ok && within {
		if index, rest, ok := strings.Cut(rest, "]"); ok {
			if i, err := strconv.Atoi(index); err == nil {
				d.Path = p.list + "[" + strconv.Itoa(p.first+i) + "]" + rest
			}
		}
	}
	d.Offset = p.offset(d.Offset)
	return d, within || p.Last
}

// Error returns an error of Decode as one about the whole text.
func (p *Part) Error(err error) error {
	if e, ok := err.(*SyntaxError); ok {
		return &SyntaxError{Offset: p.offset(e.Offset), Msg: e.Msg}
	}
	return err
}

func (p *Part) offset(o int) int {
	if o >= p.lead {
		o += p.at - p.lead
	}
	return o
}
