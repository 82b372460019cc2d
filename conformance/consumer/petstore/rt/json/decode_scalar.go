package json

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// constant reads the value at p of a member that is always the same.
func (d *decoder) constant(p int, f *Field) int {
	e := d.skip(p, d.left)
	if e < 0 || d.s[p:e] == f.Const {
		return e
	}
	if composite := f.Const[0] == '{' || f.Const[0] == '['; composite && sameValue(d.s[p:e], f.Const) || !composite && sameScalar(d.s[p:e], f.Const) {
		d.lossy = true
		return e
	}
	return d.reject(p, e, WrongValue, "is not the constant ", f.Const)
}

// text reads the string at p. Its loops are the hottest of all: they do what plain does, sixteen bytes at a time, and that
// of the copy puts what it looks at into the slab in the same step, up to fifteen bytes more than the string has. The next
// string is put over those. They call nothing: whatever is not plain is read anew.
func (d *decoder) text(p int, fl Flags) (string, int) {
	s := d.s
	if byteAt(s, p) != '"' {
		return d.oddText(p, fl)
	}
	first := p + 1
	if d.alias {
		for i := first; len(s)-i >= 16; i += 16 {
			m, second := special(word(s, i)), special(word(s, i+8))
			if m|second == 0 {
				continue
			}
			if m == 0 {
				m = second
				i += 8
			}
			if i += bits.TrailingZeros64(m) >> 3; s[i] != '"' {
				break
			}
			return part(s, first, i), i + 1
		}
	} else if viewing {
		slab, used := d.slab, d.used
		most := min(len(s)-first, len(slab)-used) - 16
		for n := 0; n <= most; n += 16 {
			x, y := word(s, first+n), word(s, first+n+8)
			putWord(slab, used+n, x)
			putWord(slab, used+n+8, y)
			m, second := special(x), special(y)
			if m|second == 0 {
				continue
			}
			if m == 0 {
				m = second
				n += 8
			}
			if n += bits.TrailingZeros64(m) >> 3; s[first+n] != '"' {
				break
			}
			i := first + n
			v := viewPart(slab, used, n)
			if n > sameSize || i < 8 {
				d.used = used + n
			} else if known := d.recent.slot(word(s, i-8)); *known == v {
				v = *known // the next string is put over this one
			} else {
				*known, d.used = v, used+n
			}
			return v, i + 1
		}
	}
	return d.oddText(p, fl)
}

// oddText is text for what its loops do not read: what is no string, has escapes, or is near the end of the text or the slab.
func (d *decoder) oddText(p int, fl Flags) (string, int) {
	if byteAt(d.s, p) != '"' {
		return "", d.other(p, fl, "a string")
	}
	i := plain(d.s, p+1)
	if byteAt(d.s, i) != '"' {
		return d.escaped(p)
	}
	v := d.s[p+1 : i]
	if d.alias || len(v) > sameSize || i < 8 {
		return d.keep(v), i + 1
	}
	known := d.recent.slot(word(d.s, i-8))
	if *known != v {
		*known = d.keep(v)
	}
	return *known, i + 1
}

// escaped reads the string at p, which holds escapes, or an error.
func (d *decoder) escaped(p int) (string, int) {
	e := quoted(d.s, p)
	if e < 0 {
		return "", d.failString(^e)
	}
	b, _, lone := unescape(d.reserve(e - p - 2)[:0], d.s, p+1) // escapes are longer than what they stand for
	if lone {
		d.lossy = true
	}
	return view(b), e
}

// peek reads the string at p for looking at during the call only.
func (d *decoder) peek(p int) (string, int) {
	if i := plain(d.s, p+1); byteAt(d.s, i) == '"' {
		return d.s[p+1 : i], i + 1
	}
	return d.escaped(p)
}

const (
	slabSize  = 1024 // bytes of memory that strings share; a kept string holds at most so many
	slabShare = 128  // a longer string has memory of its own
	sameSize  = 40   // a longer string is seldom there again
)

// recent are strings that have been read, each where the eight bytes say that end it in the text. An answer says much more than
// once, words of enumerations above all: what is there again is no new copy.
type recent [32]string

// slot is the place of a string that the eight bytes of x end.
func (r *recent) slot(x uint64) *string { return &r[x*0x9e3779b97f4a7c15>>59] }

// keep returns v in memory that may be kept.
func (d *decoder) keep(v string) string {
	switch {
	case d.alias:
		return v
	case v == "":
		return "" // v would hold the text
	}
	if !viewing || len(v) > slabShare && len(v) > len(d.slab)-d.used {
		return strings.Clone(v)
	}
	b := d.reserve(len(v))
	copy(b, v)
	return view(b)
}

// reserve returns n bytes of memory for a string.
func (d *decoder) reserve(n int) []byte {
	if n > len(d.slab)-d.used {
		if n > slabShare {
			return make([]byte, n)
		}
		// Less than three eighths of a short text is strings, mostly.
		d.slab, d.used = make([]byte, max(n, min(slabSize, len(d.s)*3/8+8))), 0
	}
	b := d.slab[d.used : d.used+n : d.used+n]
	d.used += n
	return b
}

// raw returns the text from p to e as a value of its own.
func (d *decoder) raw(p, e int) []byte {
	if d.alias {
		return d.data[p:e:e]
	}
	return append(make([]byte, 0, e-p), d.data[p:e]...)
}

func (d *decoder) boolean(p int, fl Flags) (bool, int) {
	switch {
	case literal(d.s, p, "true"):
		return true, p + 4
	case literal(d.s, p, "false"):
		return false, p + 5
	}
	return false, d.other(p, fl, "a boolean")
}

// integer reads a signed integer of so many bits.
func (d *decoder) integer(p int, fl Flags, bits int) (int64, int) {
	s := d.s
	if len(s)-p >= 8 { // a few digits are looked at together
		x := word(s, p)
		if n := leadingDigits(x); n-1 < 7 {
			if c := byte(x >> (8 * n)); c != '.' && c|0x20 != 'e' && (n == 1 || byte(x) != '0') {
				return int64(eightDigits(x << (64 - 8*n))), p + int(n)
			}
		}
	}
	first := p
	if byteAt(s, p) == '-' {
		first++
	}
	q := first
	var n uint64
	for q < len(s) {
		c := s[q] - '0'
		if c > 9 {
			break
		}
		n = n*10 + uint64(c)
		q++
	}
	size, c := q-first, byteAt(s, q)
	// Up to 9 digits fit in any size.
	if uint(size-1) > 8 && (size == 0 || bits == 32 || size > 18) || c == '.' || c|0x20 == 'e' || s[first] == '0' && q-p > 1 {
		return d.oddInteger(p, fl, bits)
	}
	if first > p {
		return -int64(n), q
	}
	return int64(n), q
}

// oddInteger reads an integer that is long, has a fraction or an exponent, or is none.
func (d *decoder) oddInteger(p int, fl Flags, bits int) (int64, int) {
	neg, n, e := d.magnitude(p, fl)
	if e < 0 || d.failed {
		return 0, e
	}
	limit := uint64(1)<<(bits-1) - 1
	if neg {
		limit++
	}
	if n > limit {
		return 0, d.reject(p, e, OutOfRange, "does not fit in ", strconv.Itoa(bits), " bits")
	}
	if neg {
		return -int64(n), e
	}
	return int64(n), e
}

// unsigned reads an integer of so many bits without a sign.
func (d *decoder) unsigned(p int, fl Flags, bits int) (uint64, int) {
	neg, n, e := d.magnitude(p, fl)
	if e < 0 || d.failed {
		return 0, e
	}
	if neg && n != 0 {
		return 0, d.reject(p, e, OutOfRange, "is negative")
	}
	if n > 1<<bits-1 {
		return 0, d.reject(p, e, OutOfRange, "does not fit in ", strconv.Itoa(bits), " bits")
	}
	return n, e
}

// magnitude reads an integer in any form that JSON has for it: 100, 1e2, 100.0. When it is none, or does
// not fit, failed is set.
func (d *decoder) magnitude(p int, fl Flags) (neg bool, n uint64, end int) {
	d.failed = false
	if c := byteAt(d.s, p); c != '-' && c-'0' > 9 {
		return false, 0, d.other(p, fl, "an integer")
	}
	end, whole := number(d.s, p)
	if end < 0 {
		return false, 0, d.fail(^end, "digit expected")
	}
	neg, n, integral, fits := parseInteger(d.s[p:end])
	switch {
	case !integral:
		return false, 0, d.reject(p, end, WrongType, "has a fraction, an integer expected")
	case !fits:
		return false, 0, d.reject(p, end, OutOfRange, "does not fit in 64 bits")
	}
	if !whole && fl&Digits != 0 {
		d.deviate(p, end, BadNumber, "is not written in digits alone, as integers are here")
	}
	d.lossy = d.lossy || !whole || neg && n == 0
	return neg, n, end
}

// parseInteger returns the value of a JSON number that is an integer of at most 64 bits.
func parseInteger(s string) (neg bool, n uint64, integral, fits bool) {
	if s[0] == '-' {
		neg, s = true, s[1:]
	}
	exp := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		var err error
		// Beyond int, Atoi gives the nearest.
		exp, err = strconv.Atoi(s[i+1:])
		if err != nil {
			exp = max(min(exp, math.MaxInt/2), math.MinInt/2)
		}
		s = s[:i]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	fraction = strings.TrimRight(fraction, "0")
	exp -= len(fraction)
	// The number is whole, then fraction, times ten to the exp.
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		fraction = strings.TrimLeft(fraction, "0")
	}
	if whole == "" && fraction == "" {
		return neg, 0, true, true
	}
	if fraction == "" {
		trimmed := strings.TrimRight(whole, "0")
		exp += len(whole) - len(trimmed)
		whole = trimmed
	}
	if exp < 0 {
		return neg, 0, false, false
	}
	if len(whole)+len(fraction)+exp > 20 || exp > 20 {
		return neg, 0, true, false
	}
	n, err := strconv.ParseUint(whole+fraction+"00000000000000000000"[:exp], 10, 64)
	return neg, n, true, err == nil
}

func (d *decoder) float(p int, fl Flags, bits int) (float64, int) {
	if c := byteAt(d.s, p); c != '-' && c-'0' > 9 {
		return 0, d.other(p, fl, "a number")
	}
	e, _ := number(d.s, p)
	if e < 0 {
		return 0, d.fail(^e, "digit expected")
	}
	f, err := strconv.ParseFloat(d.s[p:e], bits)
	if err != nil {
		return 0, d.reject(p, e, OutOfRange, "does not fit in a float of ", strconv.Itoa(bits), " bits")
	}
	return f, e
}

func (d *decoder) decimal(p int, fl Flags) (string, int) {
	if c := byteAt(d.s, p); c != '-' && c-'0' > 9 {
		return "", d.other(p, fl, "a number")
	}
	e, _ := number(d.s, p)
	if e < 0 {
		return "", d.fail(^e, "digit expected")
	}
	return d.keep(d.s[p:e]), e
}

// foreign returns the text at p of a type of another package, as a copy: nobody else is to write into the text. When there
// is none, failed is set.
func (d *decoder) foreign(p int, fl Flags, t *Text) (text []byte, end int) {
	d.failed = false
	switch c := byteAt(d.s, p); {
	case t.Number && (c == '-' || c-'0' <= 9):
		e, _ := number(d.s, p)
		if e < 0 {
			return nil, d.fail(^e, "digit expected")
		}
		return []byte(d.s[p:e]), e
	case !t.Number && c == '"':
		v, e := d.peek(p)
		return []byte(v), e
	case t.Number:
		return nil, d.other(p, fl, "a number")
	}
	return nil, d.other(p, fl, "a string")
}

func (d *decoder) timestamp(p int, fl Flags) (time.Time, int) {
	if byteAt(d.s, p) != '"' {
		return time.Time{}, d.other(p, fl, "a time")
	}
	v, e := d.peek(p)
	if e < 0 {
		return time.Time{}, e
	}
	t, offset, ok := parseTime(v)
	if !ok {
		return time.Time{}, d.reject(p, e, BadText, "is not a time of RFC 3339")
	}
	if d.record && !(len(v) == e-p-2 && canonicalTime(v, offset)) {
		d.lossy = true
	}
	if offset != 0 {
		if d.zone == nil || d.offset != offset {
			d.zone, d.offset = time.FixedZone("", offset), offset
		}
		t = t.In(d.zone)
	}
	return t, e
}
