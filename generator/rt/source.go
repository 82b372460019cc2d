package rt

import (
	"bytes"
	"io"
	"io/fs"
	"sync"
	"sync/atomic"
)

// source is where bytes that are not in memory come from: a file, or a whole body.
type source struct {
	size int64 // -1: not known before it has been read
	open func() (io.ReadCloser, error)
	stat func() (int64, error) // finds out the size before the source is sent; nil: size is all that is known

	once bool         // can be opened once only
	read *atomic.Bool // once: something has been read, so it is too late to begin again
	stop func()       // once: ends reading, for the reader is the caller's again; nil: nothing to end
}

// spent reports whether the source cannot be read from its beginning any more.
func (s *source) spent() bool { return s.once && s.read.Load() }

// sourceOf finds out what can be done with a reader. What lies in memory or in a file is read at its own
// offset, so that any number of attempts can read it and the reader itself stays where it is; what can
// seek is set back for each attempt; anything else can be read once.
func sourceOf(r io.Reader) *source {
	if b, ok := r.(*bytes.Buffer); ok {
		r = bytes.NewReader(b.Bytes())
	}
	seeker, ok := r.(io.Seeker)
	if !ok || !seekable(r) {
		return onceSource(r)
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return onceSource(r)
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if _, back := seeker.Seek(start, io.SeekStart); err != nil || back != nil || end < start {
		return onceSource(r)
	}
	if end == 0 && !inMemory(r) {
		return onceSource(r) // files that are made as they are read say that they are empty
	}
	size := end - start
	if at, ok := r.(io.ReaderAt); ok {
		return &source{size: size, open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.NewSectionReader(at, start, size)), nil
		}}
	}
	b := &borrowed{r: r}
	return &source{size: size, stop: b.release, open: func() (io.ReadCloser, error) {
		return b.lend(func() error { _, err := seeker.Seek(start, io.SeekStart); return err })
	}}
}

// seekable reports whether a reader that says it can seek may be believed: pipes and devices are files too.
func seekable(r io.Reader) bool {
	f, ok := r.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return true
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

func inMemory(r io.Reader) bool {
	_, ok := r.(interface{ Len() int })
	return ok
}

// onceSource is a reader that cannot be set back.
func onceSource(r io.Reader) *source {
	b := &borrowed{r: r}
	return &source{size: -1, once: true, read: &b.read, stop: b.release, open: func() (io.ReadCloser, error) {
		if b.read.Load() {
			return nil, errSpent
		}
		return b.lend(func() error { return nil })
	}}
}

const (
	errSpent     sentinel = "the body can be read once only, and has been"
	errAbandoned sentinel = "the request is over"
)

// borrowed is a reader of the caller. A transport may go on reading a body after the attempt, or even the
// call, is over: it gets nothing then.
type borrowed struct {
	mu    sync.Mutex // held while reading
	r     io.Reader
	owner atomic.Pointer[lent] // who may read
	read  atomic.Bool
}

// lend hands the reader to the next attempt. It waits for a read of the one before to return.
func (b *borrowed) lend(reset func() error) (io.ReadCloser, error) {
	l := &lent{from: b}
	b.owner.Store(l)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := reset(); err != nil {
		return nil, err
	}
	return l, nil
}

func (b *borrowed) release() { b.owner.Store(nil) }

// lent is the body of one attempt.
type lent struct{ from *borrowed }

func (l *lent) Read(p []byte) (int, error) {
	l.from.mu.Lock()
	defer l.from.mu.Unlock()
	if l.from.owner.Load() != l {
		return 0, errAbandoned
	}
	l.from.read.Store(true)
	return l.from.r.Read(p)
}

// Close gives the reader back. The reader itself stays open: it is the caller's.
func (l *lent) Close() error {
	l.from.owner.CompareAndSwap(l, nil)
	return nil
}
