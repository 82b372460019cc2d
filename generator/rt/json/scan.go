package json

import (
	"math/bits"
	"unicode/utf8"
)

// Scanning works on positions in a string: the functions take a position and return the one after what
// they passed, or a negative one when the text is wrong. They look at eight bytes at a time where runs
// are long, in a 64-bit word, which is as fast as this gets without assembly.

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks the high bit of each byte of x that ends a run of plain text in a string: a quote, a
// backslash or a control character. The lowest mark is exact, those above it may be false: the
// subtractions borrow upwards.
//
// A byte below 0x80 is a quote or a control character exactly when its xor with 2 is below 0x21: the
// xor swaps '"' (0x22) with a space (0x20) and keeps the control characters among themselves.
func special(x uint64) uint64 {
	return ((x ^ ones*2 - ones*0x21) | (x ^ ones*'\\' - ones)) &^ x & highs
}

// plain returns the position of the first special byte of s at or after i, or len(s).
func plain(s string, i int) int {
	for len(s)-i >= 8 {
		if m := special(word(s, i)); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// space returns the position of the first byte of s at or after p that is not white space. Indentation
// is passed eight spaces at a time.
func space(s string, p int) int {
	for p < len(s) {
		if c := s[p]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return p
		}
		p++
		for len(s)-p >= 8 {
			if x := word(s, p) ^ ones*' '; x != 0 {
				p += bits.TrailingZeros64(x) >> 3
				break
			}
			p += 8
		}
	}
	return p
}

// byteAt returns the byte at p, or zero at the end. No token begins with a zero byte.
func byteAt(s string, p int) byte {
	if uint(p) < uint(len(s)) {
		return s[p]
	}
	return 0
}

// literal reports whether word stands at p.
func literal(s string, p int, word string) bool {
	return len(s)-p >= len(word) && s[p:p+len(word)] == word
}

// expect returns the position after the member name at p and the colon that follows it, when they are those of the key,
// which is as Field.Key, or zero.
func expect(s string, p int, key string) int {
	n := len(key) - 1
	switch {
	case len(s)-p <= n:
		return 0
	case n < 8:
		if s[p:p+n] != key[1:] {
			return 0
		}
		return p + n
	}
	for i := 0; i < n-8; i += 8 {
		if word(s, p+i) != word(key, i+1) {
			return 0
		}
	}
	if word(s, p+n-8) != word(key, n-7) {
		return 0
	}
	return p + n
}

// leadingDigits returns how many of the eight bytes of x are digits before one that is none.
func leadingDigits(x uint64) uint {
	x ^= ones * '0'
	return uint(bits.TrailingZeros64((x+ones*0x76|x)&highs)) >> 3
}

// eightDigits returns the number that the eight bytes of x are, digits or zero bytes, the first in the lowest bits.
func eightDigits(x uint64) uint64 {
	x = x & (ones * 0xf) * (10<<8 + 1) >> 8
	x = x & 0xff00ff00ff00ff * (100<<16 + 1) >> 16
	return x & 0xffff0000ffff * (10000<<32 + 1) >> 32
}

// digits returns the position after the digits at p.
func digits(s string, p int) int {
	for p < len(s) && s[p]-'0' <= 9 {
		p++
	}
	return p
}

// number returns the position after the number at p, or the complement (^) of the position of what is
// wrong. whole says that it has no fraction and no exponent.
func number(s string, p int) (end int, whole bool) {
	if byteAt(s, p) == '-' {
		p++
	}
	whole = true
	q := p
	if byteAt(s, p) == '0' {
		q++
	} else if q = digits(s, p); q == p {
		return ^p, false
	}
	if byteAt(s, q) == '.' {
		whole = false
		p = q + 1
		if q = digits(s, p); q == p {
			return ^p, false
		}
	}
	if byteAt(s, q)|0x20 == 'e' {
		whole = false
		p = q + 1
		if c := byteAt(s, p); c == '+' || c == '-' {
			p++
		}
		if q = digits(s, p); q == p {
			return ^p, false
		}
	}
	return q, whole
}

// quoted returns the position after the string whose opening quote is at p, or the complement of the
// position of what is wrong. The bytes are known to be UTF-8.
func quoted(s string, p int) int {
	i := p + 1
	for len(s)-i >= 8 {
		if m := special(word(s, i)); m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			if s[i] == '"' {
				return i + 1
			}
			break
		}
		i += 8
	}
	return quotedRest(s, i)
}

// quotedRest is quoted from a position inside the string.
func quotedRest(s string, i int) int {
	for {
		i = plain(s, i)
		switch byteAt(s, i) {
		case '"':
			return i + 1
		case '\\':
			switch byteAt(s, i+1) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				i += 2
			case 'u':
				if hex4(s, i+2) < 0 {
					return ^i
				}
				i += 6
			default:
				return ^i
			}
		default: // a control character, or the end
			return ^i
		}
	}
}

// hex4 returns the number in the four hexadecimal digits at i, or a negative one.
func hex4(s string, i int) rune {
	if len(s)-i < 4 {
		return -1
	}
	var r rune
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case c-'0' <= 9:
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// unescape appends to b the text of the string content that starts at p, up to the quote that closes
// it, and returns the position after that quote. Escapes have been checked by quoted. lone reports half
// of a surrogate pair, which has become U+FFFD.
func unescape(b []byte, s string, p int) (out []byte, end int, lone bool) {
	for {
		i := plain(s, p)
		b = append(b, s[p:i]...)
		if s[i] == '"' {
			return b, i + 1, lone
		}
		p = i + 2
		switch c := s[i+1]; c {
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r := hex4(s, p)
			p += 4
			if 0xd800 <= r && r < 0xe000 {
				low := rune(-1)
				if r < 0xdc00 && literal(s, p, `\u`) {
					low = hex4(s, p+2)
				}
				if 0xdc00 <= low && low < 0xe000 {
					r = 0x10000 + (r-0xd800)<<10 + (low - 0xdc00)
					p += 6
				} else {
					r = utf8.RuneError
					lone = true
				}
			}
			b = utf8.AppendRune(b, r)
		default: // a quote, a backslash or a slash
			b = append(b, c)
		}
	}
}

// invalidUTF8 returns the position of the first byte of s that is not UTF-8.
func invalidUTF8(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return len(s)
}

// skip returns the position after the value at p, checking its grammar. It fails where depth more
// levels of arrays and objects do not suffice.
func (d *decoder) skip(p, depth int) int {
	s := d.s
	open := 0            // arrays and objects that are open here
	objects := uint64(0) // for each of them, the last one lowest, whether it is an object
	for {
		// p is at a value.
		switch byteAt(s, p) {
		case '"':
			q := quoted(s, p)
			if q < 0 {
				return d.failString(^q)
			}
			p = q
		case '{', '[':
			if depth == open {
				return d.tooDeep(p)
			}
			if open == 64 {
				if p = d.skip(p, depth-open); p < 0 {
					return p
				}
				break
			}
			open++
			objects <<= 1
			c := s[p]
			if p++; byteAt(s, p) <= ' ' {
				p = space(s, p)
			}
			if byteAt(s, p) == c+2 { // '{' and '}' are two apart, '[' and ']' too
				p++
				open--
				objects >>= 1
				break
			}
			if c == '[' {
				continue
			}
			objects |= 1
			if p = d.name(p); p < 0 {
				return p
			}
			continue
		case 't':
			if !literal(s, p, "true") {
				return d.fail(p, "value expected")
			}
			p += 4
		case 'f':
			if !literal(s, p, "false") {
				return d.fail(p, "value expected")
			}
			p += 5
		case 'n':
			if !literal(s, p, "null") {
				return d.fail(p, "value expected")
			}
			p += 4
		case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			q, _ := number(s, p)
			if q < 0 {
				return d.fail(^q, "digit expected")
			}
			p = q
		default:
			return d.fail(p, "value expected")
		}
		// p is after a value: close what ends here, or go on to the next.
		for next := false; !next; {
			if open == 0 {
				return p
			}
			c := byteAt(s, p)
			if c <= ' ' {
				p = space(s, p)
				c = byteAt(s, p)
			}
			end := byte(']')
			if objects&1 != 0 {
				end = '}'
			}
			switch c {
			case ',':
				if p++; byteAt(s, p) <= ' ' {
					p = space(s, p)
				}
				if end == '}' {
					if p = d.name(p); p < 0 {
						return p
					}
				}
				next = true
			case end:
				p++
				open--
				objects >>= 1
			default:
				return d.failSeparator(p, end)
			}
		}
	}
}

// name passes over the member name at p, the colon and white space, up to the value.
func (d *decoder) name(p int) int {
	s := d.s
	if byteAt(s, p) != '"' {
		return d.fail(p, "member name expected")
	}
	q := quoted(s, p)
	if q < 0 {
		return d.failString(^q)
	}
	if byteAt(s, q) != ':' {
		if q = space(s, q); byteAt(s, q) != ':' {
			return d.fail(q, "colon expected")
		}
	}
	if q++; byteAt(s, q) <= ' ' {
		q = space(s, q)
	}
	return q
}
