package json

import (
	"encoding/base64"
	"strings"
)

func (d *decoder) bytes(p int, fl Flags, dst *[]byte) int {
	if byteAt(d.s, p) != '"' {
		return d.other(p, fl, "a string")
	}
	v, e := d.peek(p)
	if e < 0 {
		return e
	}
	// The decoder passes over line breaks; they are no base64 of ours.
	b, err := base64.StdEncoding.Strict().AppendDecode(make([]byte, 0, base64.StdEncoding.DecodedLen(len(v))), []byte(v))
	if err != nil || strings.ContainsAny(v, "\r\n") {
		return d.reject(p, e, BadText, "is not base64")
	}
	*dst = b
	return e
}

// strings reads an array of strings. Short ones share memory.
func (d *decoder) strings(p int, fl Flags, dst *[]string) int {
	s := d.s
	if byteAt(s, p) != '[' {
		return d.other(p, fl, "an array")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	if p++; byteAt(s, p) <= ' ' {
		p = space(s, p)
	}
	if byteAt(s, p) == ']' {
		*dst = []string{}
		d.failed = false
		return p + 1
	}
	const most = 32 // strings that share memory at first
	d.left--
	first := len(d.strs)
	for {
		v, q := d.text(p, 0)
		if q < 0 {
			return q
		}
		if len(d.strs) == cap(d.strs) {
			have := d.strs[first:]
			d.strs = append(make([]string, 0, max(min(2*cap(d.strs), most), 2*len(have), 4)), have...)
			first = 0
		}
		d.strs = append(d.strs, v)
		if p = q; byteAt(s, p) <= ' ' {
			p = space(s, p)
		}
		switch byteAt(s, p) {
		case ',':
			if p++; byteAt(s, p) <= ' ' {
				p = space(s, p)
			}
		case ']':
			d.left++
			d.failed = false
			*dst = d.strs[first:len(d.strs):len(d.strs)]
			return p + 1
		default:
			return d.failSeparator(p, ']')
		}
	}
}

// capacity returns how many elements of the size to make room for when n have been read, from start up
// to p: some at first, then a multiple, but not more than the rest of the text can hold when its
// elements are as long as those before.
func (d *decoder) capacity(n int, size uintptr, start, p int) int {
	if n == 0 {
		return max(1, min(8, 64/int(max(size, 1))))
	}
	c := 4 * n
	switch {
	case n < 4:
	case d.depth-d.left <= 2:
		c = 32 * n // the list, or one of few, that the text is about
	default:
		c = 6 * n // the estimate has something to go by
	}
	mean := (p - start) / n
	rest := n + (len(d.s)-p)/max(mean, 2) + 1
	return max(n+1, min(c, rest+rest/16))
}

// page is what memory for large arrays is counted in, in bytes.
const page = 8 << 10

// paged returns how many elements of the size to make room for instead of c: those that fill the pages which a large array
// takes, or all but the last of them where that is hardly less.
func paged(c int, size uintptr) int {
	bytes := c * int(size)
	if bytes < 4*page {
		return c
	}
	if fewer := bytes / page * page / int(size); fewer >= c-c/32 {
		return fewer
	}
	return (bytes + page - 1) / page * page / int(size)
}
