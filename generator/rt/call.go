package rt

import (
	"io"
	"net/url"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// Call is one call of an operation, described by a generated method and carried out by
// [Client.Do]. It is used once.
type Call struct {
	Operation *Operation
	Body      json.Ref // the request body; the zero Ref for none
	Result    json.Ref // where the result goes; the zero Ref for none
	// Results says where the body of an answer goes, for calls whose answers differ by status. It is asked
	// with a documented status, and the zero Ref is for none.
	Results func(status int) json.Ref
	Options []CallOption

	params    list[param]
	query     []byte   // escaped, without the question mark
	room      [96]byte // of most queries
	headers   list[HeaderField]
	cookies   []byte
	badCookie string // name of one that cannot be sent
	checks    list[func() error]
	raw       []byte // body of Send, or a text
	hasRaw    bool
	reader    io.Reader // a body that is read while it is sent
	noReader  bool      // the reader is nil

	status   int  // of the answer
	empty    bool // the answer has no body
	redirect *url.URL
}

// Status returns the status of the answer, once there is one.
func (c *Call) Status() int { return c.status }

// Location returns where the answer, a documented redirect, leads. It is nil when it leads nowhere. The
// client does not go there.
func (c *Call) Location() *url.URL { return c.redirect }

// Empty reports whether the answer had no body.
func (c *Call) Empty() bool { return c.empty }

type param struct{ name, value string }

// PathParam sets a path parameter. The value must be one segment: Do refuses an empty value, dot
// segments, slashes, backslashes and control characters with a [*ParamError], before any I/O.
func (c *Call) PathParam(name, value string) { c.params.add(param{name, value}) }

// Text sets a body that is text, sent as it is. An empty one is no body, where the operation can do without.
func (c *Call) Text(text string) {
	if text != "" || !c.Operation.BodyOptional {
		c.raw, c.hasRaw = []byte(text), true
	}
}

// Reader sets a body that is read while it is sent, never all at once. A nil reader is no body.
//
// Files, readers of bytes and strings, and whatever else can seek are read from where they stand, and once more
// when the request is repeated; they announce their length. Anything else is read once: after that the request
// is not repeated. The reader is never closed. It must not be used otherwise during the call.
func (c *Call) Reader(r io.Reader) { c.reader, c.noReader = r, r == nil }

// Check adds a validation that Do runs before anything is sent. The violations of all checks are
// reported together.
func (c *Call) Check(validate func() error) { c.checks.add(validate) }

func (c *Call) queryName(name string) {
	if c.query == nil {
		c.query = c.room[:0]
	} else {
		c.query = append(c.query, '&')
	}
	c.query = append(appendQueryText(c.query, name), '=')
}

func (c *Call) header(name, value string) { c.headers.add(HeaderField{name, value}) }

func (c *Call) cookie(name, value string) {
	if badCookie(name, value) {
		if c.badCookie = name; name == "" {
			c.badCookie = "without a name"
		}
		return
	}
	if len(c.cookies) > 0 {
		c.cookies = append(c.cookies, "; "...)
	}
	c.cookies = append(append(append(c.cookies, name...), '='), value...)
}

// list holds a few elements without allocating.
type list[T any] struct {
	first [4]T
	n     int
	more  []T
}

func (l *list[T]) add(v T) {
	if l.n < len(l.first) {
		l.first[l.n] = v
	} else {
		l.more = append(l.more, v)
	}
	l.n++
}

func (l *list[T]) at(i int) T {
	if i < len(l.first) {
		return l.first[i]
	}
	return l.more[i-len(l.first)]
}

func (l *list[T]) drop() {
	if l.n == 0 {
		return
	}
	l.n--
	if l.n >= len(l.first) {
		l.more = l.more[:l.n-len(l.first)]
	}
}
