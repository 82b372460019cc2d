package json

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Raw is a JSON value as text.
type Raw []byte

// MarshalJSON returns the text; nil is null.
func (r Raw) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	return r, nil
}

// UnmarshalJSON keeps a copy of the text.
func (r *Raw) UnmarshalJSON(b []byte) error {
	*r = append((*r)[:0], b...)
	return nil
}

// String returns the text.
func (r Raw) String() string { return string(r) }

// Text returns the content of a string, or the text of a number or boolean. It is false for null, for
// arrays and objects, and for what is not JSON.
func (r Raw) Text() (text string, ok bool) {
	s := string(r)
	if Valid(r) != nil {
		return "", false
	}
	s = strings.TrimRight(s[space(s, 0):], " \t\r\n")
	switch s[0] {
	case '{', '[', 'n':
		return "", false
	case '"':
		return memberName(s, 0), true
	}
	return s, true
}

// Valid reports what is wrong with a text that should be JSON, with a *SyntaxError.
func Valid(data []byte) error {
	d := decoder{s: view(data), left: DefaultMaxDepth, depth: DefaultMaxDepth}
	if !utf8.ValidString(d.s) {
		d.fail(invalidUTF8(d.s), "invalid UTF-8")
	} else {
		d.end(d.skip(space(d.s, 0), d.left))
	}
	return d.err
}

// Lookup returns the value that the path leads to, inside objects by member names and inside arrays by
// indexes, as a part of data. It is for texts of unknown form, such as the errors of servers: data may be
// anything, and nothing more of it is checked than is passed over. Of a member that is there twice it
// takes the last, like Decode.
func Lookup(data []byte, path ...string) (Raw, bool) {
	d := decoder{s: view(data), left: DefaultMaxDepth, depth: DefaultMaxDepth}
	p := space(d.s, 0)
	for _, step := range path {
		if p = d.step(p, step); p < 0 {
			return nil, false
		}
	}
	e := d.skip(p, d.left)
	if e < 0 {
		return nil, false
	}
	return Raw(data[p:e:e]), true
}

// step returns the position of the value inside the one at p that name leads to, or a negative one.
func (d *decoder) step(p int, name string) int {
	s, found := d.s, -1
	open := byteAt(s, p)
	if open != '{' && open != '[' {
		return -1
	}
	p = space(s, p+1)
	for i := 0; byteAt(s, p) != open+2; i++ {
		hit := open == '[' && strconv.Itoa(i) == name
		if open == '{' {
			if byteAt(s, p) != '"' {
				return -1
			}
			q := quoted(s, p)
			if q < 0 {
				return -1
			}
			hit = memberName(s, p) == name
			if q = space(s, q); byteAt(s, q) != ':' {
				return -1
			}
			p = space(s, q+1)
		}
		if hit {
			found = p
		}
		if p = d.skip(p, d.left); p < 0 {
			return -1
		}
		if p = space(s, p); byteAt(s, p) == ',' {
			p = space(s, p+1)
		} else if byteAt(s, p) != open+2 {
			return -1
		}
	}
	return found
}

// Compact appends src to dst without the white space between its tokens. On an error dst comes back as
// it was.
func Compact(dst, src []byte) ([]byte, error) {
	if err := Valid(src); err != nil {
		return dst, err
	}
	s := view(src)
	for p := space(s, 0); p < len(s); p = space(s, p) {
		e := p + 1
		if s[p] == '"' {
			e = quoted(s, p)
		}
		dst = append(dst, s[p:e]...)
		p = e
	}
	return dst, nil
}

// Merge returns the object body with the members added, in the order of their names; a member that body
// has is replaced. An empty body is an object without members. Neither argument is changed.
func Merge(body []byte, members map[string]Raw) ([]byte, error) {
	for name, raw := range members {
		if err := Valid(raw); err != nil {
			return nil, &ValueError{Member: name, Msg: "a raw value is not JSON: " + err.(*SyntaxError).Msg}
		}
	}
	s := string(body)
	if space(s, 0) == len(s) {
		s = "{}"
	}
	if err := Valid([]byte(s)); err != nil {
		return nil, err
	}
	p := space(s, 0)
	if s[p] != '{' {
		return nil, &SyntaxError{Offset: p, Msg: "members can only be added to an object"}
	}
	d := decoder{s: s, left: DefaultMaxDepth, depth: DefaultMaxDepth}
	var b []byte
	before := byte('{')
	for p = space(s, p+1); s[p] != '}'; {
		e := d.skip(space(s, space(s, quoted(s, p))+1), d.left)
		if _, replaced := members[memberName(s, p)]; !replaced {
			b = append(append(b, before), s[p:e]...)
			before = ','
		}
		if p = space(s, e); s[p] == ',' {
			p = space(s, p+1)
		}
	}
	for _, name := range Names(members) {
		b = append(AppendString(append(b, before), name), ':')
		b = append(b, members[name]...)
		before = ','
	}
	if before == '{' {
		b = append(b, '{')
	}
	return append(b, '}'), nil
}

// Names returns the keys of a map, sorted.
//
//go:noinline
func Names[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sortNames(names)
	return names
}

// sortNames is no part of Names, of which every client compiles copies, and sorting is much to compile.
//
//go:noinline
func sortNames(names []string) { slices.Sort(names) }

// sameScalar reports whether two texts are the same string, or the same number, boolean or null.
func sameScalar(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] && !(a[0]-'0' <= 9 && b[0]-'0' <= 9) {
		return false
	}
	switch a[0] {
	case '"':
		return memberName(a, 0) == memberName(b, 0)
	case '{', '[':
		x, _ := Compact(nil, []byte(a))
		y, _ := Compact(nil, []byte(b))
		return string(x) == string(y)
	case 't', 'f', 'n':
		return a == b
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// AppendString appends s in quotes. It escapes quotes, backslashes and control characters, nothing
// else; bytes that are not UTF-8 become U+FFFD.
//
// What is ASCII without anything that needs an escape is looked at while it is copied, eight bytes at a time, some of them
// twice. That calls nothing: whatever is not so is written anew.
func AppendString(b []byte, s string) []byte {
	b = longer(b, len(s)+2)
	if put(b, "", s)&highs != 0 && !sound(s) {
		return appendEscaped(b[:len(b)-len(s)-1], s)
	}
	return b
}

// longer returns b with n bytes more, which are not written yet.
func longer(b []byte, n int) []byte {
	if cap(b)-len(b) < n {
		b = roomier(b, n)
	}
	return b[:len(b)+n]
}

// put makes the key of a member, if there is one, and s in quotes the last bytes of b, and returns what unclean has of the
// bytes of s.
//
//go:noinline
func put(b []byte, key, s string) (found uint64) {
	n := len(b) - len(s) - 1
	if last := len(key) - 8; last >= 0 {
		k := n - 1 - len(key)
		for i := 0; i < last; i += 8 {
			putWord(b, k+i, word(key, i))
		}
		putWord(b, k+last, word(key, last))
	} else if key != "" {
		copy(b[n-1-len(key):], key)
	}
	size := len(s)
	b[n-1], b[n+size] = '"', '"'
	switch {
	case size >= 8:
		last := size - 8
		for i := 0; i < last; i += 8 {
			x := word(s, i)
			putWord(b, n+i, x)
			found |= unclean(x)
		}
		x := word(s, last)
		putWord(b, n+last, x)
		found |= unclean(x)
	case size >= 4:
		x, y := half(s, 0), half(s, size-4)
		putHalf(b, n, x)
		putHalf(b, n+size-4, y)
		found = unclean(uint64(x) | uint64(y)<<32)
	case size > 0:
		x, y, z := s[0], s[size/2], s[size-1]
		b[n], b[n+size/2], b[n+size-1] = x, y, z
		found = unclean(ones*' '&^0xffffff | uint64(x) | uint64(y)<<8 | uint64(z)<<16)
	}
	return found
}

// roomier returns b with room for so many bytes more.
//
//go:noinline
func roomier(b []byte, n int) []byte { return slices.Grow(b, n) }

// unclean has one of the bits of highs where a byte of x is not ASCII or needs an escape, as special has. Which one does not
// say where: it takes less to say no more.
func unclean(x uint64) uint64 {
	return (x ^ ones*2 - ones*0x21) | (x ^ ones*'\\' - ones) | x
}

// sound reports whether s is UTF-8 and needs no escapes.
func sound(s string) bool { return plain(s, 0) == len(s) && utf8.ValidString(s) }

// appendEscaped appends the content of a string and the closing quote.
func appendEscaped(b []byte, s string) []byte {
	return append(appendPlain(b, s), '"')
}

// appendPlain appends the content of a string.
func appendPlain(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	start := 0 // of what is not appended yet
	for i := 0; i < len(s); {
		if len(s)-i >= 8 {
			x := word(s, i)
			m := special(x) | x&highs
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		}
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(b, s[start:]...)
}
