package stdlib

import (
	_ "embed"
	"encoding/binary"
)

//go:generate go run ./mk -out api.bin

//go:embed api.bin
var api string

// cursor reads the embedded data from a place on.
type cursor struct {
	data string
	at   int
}

// number reads a varint.
func (c *cursor) number() int {
	n, shift := 0, 0
	for {
		b := c.data[c.at]
		c.at++
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
		shift += 7
	}
}

// fixed reads a number of four bytes.
func fixed(data string, at int) int {
	return int(data[at]) | int(data[at+1])<<8 | int(data[at+2])<<16 | int(data[at+3])<<24
}

func (c *cursor) kind() kind {
	c.at++
	return c.data[c.at-1]
}

// text reads a name that stands here.
func (c *cursor) text() string {
	n := c.number()
	c.at += n
	return c.data[c.at-n : c.at]
}

// name reads a name that stands elsewhere.
func (c *cursor) name() string { return nameAt(c.data, c.number()) }

func nameAt(data string, at int) string {
	if at == 0 {
		return ""
	}
	there := cursor{data, at}
	return there.text()
}

// table is one of places.
type table struct{ at, size int }

func (c *cursor) table() table {
	t := table{size: c.number()}
	t.at = c.at
	c.at += t.size * 4
	return t
}

// place returns where entry number n lies, from 1.
func (t table) place(data string, n int) int { return fixed(data, t.at+4*(n-1)) }

// AppendNumber appends a varint.
func AppendNumber(to []byte, n int) []byte { return binary.AppendUvarint(to, uint64(n)) }

// AppendText appends a name.
func AppendText(to []byte, text string) []byte { return append(AppendNumber(to, len(text)), text...) }
