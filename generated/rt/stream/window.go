package stream

import (
	"io"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// window is the part of an answer that is in memory: what has come and is not yet used.
type window struct {
	in   *rt.Incoming
	data []byte // what has come, the end of buf
	buf  []byte
	most int // bytes that may have to be held
}

func newWindow(in *rt.Incoming) *window {
	return &window{in: in, buf: make([]byte, 0, 4096), most: in.MaxSize()}
}

// more reads on. It returns io.EOF at the end, and an error when the window would get too large.
func (w *window) more() error {
	if len(w.data) > w.most {
		return w.in.Unusable(rt.ErrResponseTooLarge, w.data[:min(len(w.data), 256)])
	}
	if len(w.buf) == cap(w.buf) || len(w.data) == 0 {
		to := w.buf[:0]
		if len(w.data) == cap(w.buf) {
			to = make([]byte, 0, min(2*cap(w.buf), w.most+1))
		}
		w.buf = append(to, w.data...)
	}
	before := len(w.buf) - len(w.data)
	for range 100 {
		n, err := w.in.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf = w.buf[:len(w.buf)+n]
		w.data = w.buf[before:]
		if n > 0 {
			return nil // an error comes again
		}
		if err != nil {
			return err
		}
	}
	return w.in.Unusable(io.ErrNoProgress, nil)
}

// drop forgets the first n bytes.
func (w *window) drop(n int) { w.data = w.data[n:] }
