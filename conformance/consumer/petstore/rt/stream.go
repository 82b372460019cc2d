package rt

import (
	"io"
	"net/http"
	"strings"
	"sync"
)

// stream is a request body that is read while it is sent: text and sources in turn.
type stream struct {
	sections []section
	size     int64 // -1: not known

	mu     sync.Mutex
	reader *streamReader // who may read: that of the last attempt, and nobody after the call
}

// section is a part of a stream: text, or what a source gives.
type section struct {
	text []byte
	from *source
}

// newStream puts sections together. The error is that of a file that is not there.
func newStream(sections ...section) (*stream, error) {
	s := &stream{sections: sections}
	known := true
	for _, e := range sections {
		size := int64(len(e.text))
		if e.from != nil {
			size = e.from.size
			if e.from.stat != nil {
				var err error
				if size, err = e.from.stat(); err != nil {
					return nil, err
				}
			}
		}
		known = known && size >= 0
		s.size += size
	}
	if !known {
		s.size = -1
	}
	return s, nil
}

// send makes sections the body of the request: a stream, unless all of them are in memory.
func (x *exchange) send(sections ...section) error {
	if len(sections) == 1 && sections[0].from == nil {
		x.body, x.hasBody = sections[0].text, true
		return nil
	}
	s, err := newStream(sections...)
	if err != nil {
		return &ParamError{Operation: x.call.Operation.ID, In: "body", Reason: "cannot be read: " + err.Error()}
	}
	if s.spent() {
		return &ParamError{Operation: x.call.Operation.ID, In: "body", Reason: "was read by an earlier call, and can be read once only"}
	}
	x.stream, x.hasBody = s, true
	return nil
}

// spent reports whether the stream cannot be read from its beginning any more.
func (s *stream) spent() bool {
	for _, e := range s.sections {
		if e.from != nil && e.from.spent() {
			return true
		}
	}
	return false
}

// release gives the caller's readers back: nothing reads them after a call.
func (s *stream) release() {
	s.begin(nil)
	for _, e := range s.sections {
		if e.from != nil && e.from.stop != nil {
			e.from.stop()
		}
	}
}

// open begins the stream from its beginning.
func (s *stream) open() (io.ReadCloser, error) {
	if s.spent() {
		return nil, errSpent
	}
	if s.size == 0 {
		return http.NoBody, nil
	}
	return s.begin(&streamReader{of: s, left: s.sections}), nil
}

// begin lets a reader read, in place of the one before.
func (s *stream) begin(r *streamReader) *streamReader {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reader = r
	return r
}

// openSource opens a source for a reader, if it is still its turn.
func (s *stream) openSource(r *streamReader, from *source) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reader != r {
		return nil, errAbandoned
	}
	return from.open()
}

// again is what a transport can use to read the body once more; nil when that is not possible.
func (s *stream) again() func() (io.ReadCloser, error) {
	for _, e := range s.sections {
		if e.from != nil && e.from.once {
			return nil
		}
	}
	return s.open
}

// excerpt reads the beginning of the stream, as far as that takes nothing from a reader that can be read once.
func (s *stream) excerpt(limit int) (text []byte, whole bool, err error) {
	var readable []section
	whole = true
	for _, e := range s.sections {
		if e.from != nil && e.from.once {
			whole = false
			break
		}
		readable = append(readable, e)
	}
	r := s.begin(&streamReader{of: s, left: readable})
	defer r.Close()
	text, err = io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if len(text) > limit {
		return text[:limit], false, err
	}
	return text, whole, err
}

// streamReader reads a stream, opening a source when its turn has come.
type streamReader struct {
	of      *stream
	left    []section
	current io.ReadCloser // of the first section, when it is a source that is open
}

func (r *streamReader) Read(p []byte) (int, error) {
	for len(r.left) > 0 {
		e := &r.left[0]
		if e.from == nil {
			n := copy(p, e.text)
			if n == len(e.text) {
				r.left = r.left[1:]
			} else {
				r.left = append([]section{{text: e.text[n:]}}, r.left[1:]...)
			}
			if n > 0 || len(p) == 0 {
				return n, nil
			}
			continue
		}
		if r.current == nil {
			var err error
			if r.current, err = r.of.openSource(r, e.from); err != nil {
				return 0, err
			}
		}
		n, err := r.current.Read(p)
		if err == io.EOF {
			err = r.Close()
			r.left = r.left[1:]
		}
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
	return 0, io.EOF
}

// Close closes the source that is open. It is called by transports, once or more.
func (r *streamReader) Close() error {
	current := r.current
	if r.current = nil; current == nil {
		return nil
	}
	return current.Close()
}

// contentType is the media type that a body is labelled with. A document may say image/* and leave the rest to
// the caller; what is not said is found out from the first bytes, where they can be read more than once.
func (x *exchange) contentType() (string, error) {
	op := x.call.Operation
	if t := x.cfg.contentType; t != "" {
		if x.boundary != "" {
			return "", &ParamError{Operation: op.ID, In: "option", Name: "WithContentType", Reason: "is not for multipart bodies: they name their boundary"}
		}
		return t, nil
	}
	if x.boundary != "" {
		return op.ContentType + "; boundary=" + x.boundary, nil
	}
	kind, ok := strings.CutSuffix(op.ContentType, "*")
	switch {
	case !ok:
		return op.ContentType, nil
	case kind == "*/" || kind == "application/":
		return "application/octet-stream", nil
	}
	head := x.body[:min(len(x.body), 512)]
	if x.stream != nil {
		var err error
		if head, _, err = x.stream.excerpt(512); err != nil {
			return "", &ParamError{Operation: op.ID, In: "body", Reason: "cannot be read: " + err.Error()}
		}
	}
	if found := http.DetectContentType(head); len(head) > 0 && strings.HasPrefix(found, kind) {
		return found, nil
	}
	return "", &ParamError{Operation: op.ID, In: "body", Reason: "is to be " + op.ContentType + ": say which with WithContentType"}
}
