package json

import "sync"

// scratch holds the buffers that Marshal writes into. They are nobody else's: what Marshal returns is a
// copy, and nothing that is called meanwhile keeps what it appended to. So values have no part in what
// later ones are written as, and writing takes one allocation, of the exact size.
var scratch = sync.Pool{New: func() any {
	b := make([]byte, 0, 1024)
	return &b
}}

// maxScratch is the largest buffer that is kept for later: one large body must not stay in memory for
// small ones.
const maxScratch = 1 << 20

// Marshal returns the JSON of v in a buffer of its size.
func Marshal(v Ref) ([]byte, error) {
	buf := scratch.Get().(*[]byte)
	b, err := Append((*buf)[:0], v)
	var out []byte
	if err == nil {
		out = make([]byte, len(b))
		copy(out, b)
	}
	if cap(b) <= maxScratch {
		clear(b) // it may hold secrets
		*buf = b
		scratch.Put(buf)
	}
	return out, err
}
