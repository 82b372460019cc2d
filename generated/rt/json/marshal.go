package json

import "sync"

// scratch holds the buffers that Marshal writes into. They are nobody else's: what Marshal returns is a
// copy, and nothing that is called meanwhile keeps what it appended to. So values have no part in what
// later ones are written as, and writing takes one allocation, of the exact size.
var scratch = sync.Pool{New: func() any {
	b := make([]byte, 0, firstScratch)
	return &b
}}

// firstScratch is the size of a new buffer: large enough for some elements of a list, which say how long all of it will be.
const firstScratch = 32 << 10

// maxScratch is the largest buffer that is kept for later: one large body must not stay in memory for
// small ones.
const maxScratch = 64 << 10

// Marshal returns the JSON of v in a buffer of its size, or of hardly more.
func Marshal(v Ref) ([]byte, error) {
	buf := scratch.Get().(*[]byte)
	b, err := Append((*buf)[:0], v)
	n := len(b)
	if err == nil && cap(b) > maxScratch && cap(b)-n <= n/8 { // made for this value alone: whoever asked for it may have it
		clear((*buf)[:cap(*buf)])
		scratch.Put(buf)
		return b[:n:n], nil
	}
	var out []byte
	if err == nil {
		out = make([]byte, n)
		copy(out, b)
	}
	if cap(b) <= maxScratch {
		clear(b) // it may hold secrets
		*buf = b
		scratch.Put(buf)
	}
	return out, err
}

// sample is how many elements of a list are written before room is made for the rest of them.
const sample = 4

// maxAmple is how much room is made at most by what a few elements promise: the others may be small.
const maxAmple = 2 << 20

// ample returns b with room for about so many bytes more, where they are many.
func ample(b []byte, n int) []byte {
	if n = min(n+n/16, maxAmple); n < maxScratch || cap(b)-len(b) >= n {
		return b
	}
	return append(fresh(len(b) + n)[:0], b...)
}
