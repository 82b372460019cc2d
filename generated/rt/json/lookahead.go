package json

import (
	"cmp"
	"slices"
)

// lookahead is what the reader keeps to find out about a value before it is read. Looking passes over text
// that is read afterwards, and over the text of a union inside others once for each of them. Before that
// becomes a burden the ends of all larger objects and arrays are noted, and passing over one is a step.
type lookahead struct {
	looked     int         // bytes of objects and arrays that were passed over
	spans      []span      // the larger objects and arrays, by their start; nil until they are needed
	candidates []candidate // memory of guess
	seen       []uint64    // memory of guess
}

type span struct{ start, end int }

const (
	freeLooks = 64 << 10 // bytes that are looked at, with the length of the text, before the spans are noted
	smallSpan = 128      // bytes of an object or array that is passed over as fast as its span is found
)

// members calls yield for each member of the object at p (its brace), with the positions of the name, the
// value, and what follows it, until that returns false. It returns the position where it stopped, or a
// negative one after fail. Not all of the grammar is checked; whoever reads the object does that.
func (d *decoder) members(p int, yield func(name, value, end int) bool) int {
	if d.left == 0 {
		return d.tooDeep(p)
	}
	s := d.s
	for p = space(s, p+1); byteAt(s, p) != '}'; {
		q := d.name(p)
		if q < 0 {
			return q
		}
		e := d.over(q)
		if e < 0 || !yield(p, q, e) {
			return e
		}
		if p = space(s, e); byteAt(s, p) == ',' {
			p = space(s, p+1)
		} else if byteAt(s, p) != '}' {
			return d.failSeparator(p, '}')
		}
	}
	return p + 1
}

// items is members for the elements of an array.
func (d *decoder) items(p int, yield func(value, end int) bool) int {
	if d.left == 0 {
		return d.tooDeep(p)
	}
	s := d.s
	for p = space(s, p+1); byteAt(s, p) != ']'; {
		e := d.over(p)
		if e < 0 || !yield(p, e) {
			return e
		}
		if p = space(s, e); byteAt(s, p) == ',' {
			p = space(s, p+1)
		} else if byteAt(s, p) != ']' {
			return d.failSeparator(p, ']')
		}
	}
	return p + 1
}

// find returns where the value of the member with the key, which is as Field.Key, begins and ends in the
// object at p. Start is negative when it is not there, end after fail. Of several it is the first.
func (d *decoder) find(p int, key string) (start, end int) {
	start = -1
	name := key[1 : len(key)-1] // with its quotes
	e := d.members(p, func(p, q, e int) bool {
		if literal(d.s, p, name) || byteAt(d.s, plain(d.s, p+1)) == '\\' && canonical(d.s, p) == name[1:len(name)-1] {
			start, end = q, e
		}
		return start < 0
	})
	if e < 0 {
		return start, e
	}
	return start, end
}

// over returns the position after the value at p, which is inside what is looked at.
func (d *decoder) over(p int) int {
	if c := byteAt(d.s, p); c != '{' && c != '[' {
		return d.skip(p, d.left-1)
	}
	if d.spans != nil {
		if i, ok := slices.BinarySearchFunc(d.spans, p, func(s span, p int) int { return cmp.Compare(s.start, p) }); ok {
			return d.spans[i].end
		}
		return d.skip(p, d.left-1)
	}
	e := d.skip(p, d.left-1)
	if e < 0 {
		return e
	}
	if d.looked += e - p; d.looked > len(d.s)+freeLooks && !d.measure() {
		return -1
	}
	return e
}

// measure notes the spans. It is false after fail.
func (d *decoder) measure() bool {
	s := d.s
	p := space(s, 0)
	end := d.skip(p, d.depth)
	if end < 0 {
		return false
	}
	spans := make([]span, 0, 64)
	var open []int // indexes into spans
	for p < end {
		switch s[p] {
		case '"':
			p = quoted(s, p)
			continue
		case '{', '[':
			open = append(open, len(spans))
			spans = append(spans, span{start: p})
		case '}', ']':
			i := open[len(open)-1]
			open = open[:len(open)-1]
			if spans[i].end = p + 1; p+1-spans[i].start < smallSpan {
				spans = spans[:i] // those inside are even smaller
			}
		}
		p++
	}
	d.spans = spans
	return true
}
