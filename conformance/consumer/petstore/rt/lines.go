package rt

import (
	"io"
	"strings"

	"example.com/consumer/petstore/rt/json"
)

// lines writes the elements of a list as lines, one at a time while they are sent. A JSON text sequence (RFC 7464)
// has a mark before each.
func (x *exchange) lines() error {
	list := x.call.Body
	n, ok := json.Len(list)
	if !ok {
		return &ParamError{Operation: x.call.Operation.ID, In: "body", Reason: "is no list"}
	}
	if n == 0 {
		return x.send(section{})
	}
	mark := strings.Contains(x.call.Operation.ContentType, "json-seq")
	return x.send(section{from: &source{size: -1, open: func() (io.ReadCloser, error) {
		return &lineReader{list: list, length: n, mark: mark}, nil
	}}})
}

// lineReader reads the lines of a list.
type lineReader struct {
	list   json.Ref
	length int
	mark   bool
	next   int    // element
	line   []byte // what is left of the last one
	buf    []byte
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.line) == 0 {
		if r.next == r.length {
			return 0, io.EOF
		}
		r.buf = r.buf[:0]
		if r.mark {
			r.buf = append(r.buf, 0x1E)
		}
		var err error
		if r.buf, err = json.AppendElement(r.buf, r.list, r.next); err != nil {
			return 0, err
		}
		r.buf = append(r.buf, '\n')
		r.next, r.line = r.next+1, r.buf
	}
	n := copy(p, r.line)
	r.line = r.line[n:]
	return n, nil
}

func (*lineReader) Close() error { return nil }
