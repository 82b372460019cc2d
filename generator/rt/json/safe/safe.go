// Package json here is one file of package json of the runtime: what takes the place of unsafe.go where no type has a
// description with offsets. See docs/adr/0011-inline-codec.md.
package json

import "encoding/binary"

//lint:file-ignore U1000 The rest of the package uses them, where this file stands in for another.

// viewing says whether view copies nothing.
const viewing = false

// view returns a copy of b.
func view(b []byte) string { return string(b) }

// viewPart is view of n bytes of b from i.
func viewPart(b []byte, i, n int) string { return string(b[i : i+n]) }

// part returns s[i:end].
func part(s string, i, end int) string { return s[i:end] }

// word returns the eight bytes of s from i, the first in the lowest bits. The compiler makes it one load.
func word(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// putWord puts the eight bytes of x into s at i, as word reads them.
func putWord(s []byte, i int, x uint64) { binary.LittleEndian.PutUint64(s[i:], x) }

// half returns four bytes of s as word returns eight.
func half(s string, i int) uint32 {
	b := s[i : i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// putHalf puts four bytes as putWord puts eight.
func putHalf(s []byte, i int, x uint32) { binary.LittleEndian.PutUint32(s[i:], x) }

// fresh returns n bytes of memory.
func fresh(n int) []byte { return make([]byte, n) }
