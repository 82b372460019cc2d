package rt

import (
	"io"
	"net/url"

	"github.com/pantograph-go/pantograph/generated/rt/json"
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

	params []param  // of the path, and headers
	few    few      // the first of them, and of the checks
	query  []byte   // escaped, without the question mark
	room   [96]byte // of most queries
	bad    error    // the first parameter that cannot be sent
	checks []check
	rare   *rare // nil: nothing of that

	status   int  // of the answer
	empty    bool // the answer has no body
	redirect *url.URL
}

// rare is what most calls do not have, and take no memory for.
type rare struct {
	spread   []span // what exploded objects have written into the query
	cookies  []byte
	raw      []byte // body of Send, or a text
	hasRaw   bool
	reader   io.Reader // a body that is read while it is sent
	noReader bool      // the reader is nil
	files    []fileParts
	parts    bool // there is a multipart body, even without files
}

// rarely is where what is rare is put.
func (c *Call) rarely() *rare {
	if c.rare == nil {
		c.rare = new(rare)
	}
	return c.rare
}

// setRaw sets a body that is sent as it is.
func (c *Call) setRaw(body []byte) {
	r := c.rarely()
	r.raw, r.hasRaw = body, true
}

// NewCall returns a call of the operation whose result, if it has one, goes where it says. It is no literal in generated
// methods, since to fill one on the heap takes the compiler a third of what such a method is.
//
//go:noinline
func NewCall(op *Operation, result json.Ref, opts []CallOption) *Call {
	return &Call{Operation: op, Result: result, Options: opts}
}

// SetBody sets the request body. Generated methods call it, since to write the three words of a reference into a call on the
// heap takes them more code than that.
//
//go:noinline
func (c *Call) SetBody(v json.Ref) { c.Body = v }

// Status returns the status of the answer, once there is one.
func (c *Call) Status() int { return c.status }

// Location returns where the answer, a documented redirect, leads. It is nil when it leads nowhere. The
// client does not go there.
func (c *Call) Location() *url.URL { return c.redirect }

// Empty reports whether the answer had no body.
func (c *Call) Empty() bool { return c.empty }

// param is a parameter in the path, or a header.
type param struct {
	name, value string
	kind        paramKind
}

type paramKind byte

const (
	inPath        paramKind = iota
	inPathEscaped           // by a style, which decides what is
	inHeader
)

// PathParam sets a path parameter. The value must be one segment: Do refuses an empty value, dot
// segments, slashes, backslashes and control characters with a [*ParamError], before any I/O.
//
//go:noinline
func (c *Call) PathParam(name, value string) {
	c.param(param{name: name, value: value})
}

//go:noinline
func (c *Call) param(p param) { c.params = append(within(c.params, c.few.params[:]), p) }

// Text sets a body that is text, sent as it is. An empty one is no body, where the operation can do without.
func (c *Call) Text(text string) {
	if text != "" || !c.Operation.BodyOptional {
		c.setRaw([]byte(text))
	}
}

// Reader sets a body that is read while it is sent, never all at once. A nil reader is no body.
//
// Files, readers of bytes and strings, and whatever else can seek are read from where they stand, and once more
// when the request is repeated; they announce their length. Anything else is read once: after that the request
// is not repeated. The reader is never closed. It must not be used otherwise during the call.
func (c *Call) Reader(r io.Reader) {
	rare := c.rarely()
	rare.reader, rare.noReader = r, r == nil
}

// Missing refuses the call for want of required parameters: the struct that would hold them is nil.
//
//go:noinline
func (c *Call) Missing(names ...string) {
	c.Check(func(c *Checker) {
		for _, name := range names {
			c.Fail(name, &Rule{ID: "params.required", Text: "is required"}, nil)
		}
	})
}

// Check adds a validation that Do runs before anything is sent. The violations of all checks are
// reported together.
//
//go:noinline
func (c *Call) Check(run func(*Checker)) {
	c.check(check{run, func(run any, c *Checker) { run.(func(*Checker))(c) }})
}

// CheckValue is Check for what has a method that does it. A package has one function that knows the method, and hands it on
// with each value: of the method of a value the compiler would make a closure, on the heap, in each method that has it checked.
//
//go:noinline
func (c *Call) CheckValue(v any, run func(v any, c *Checker)) {
	c.check(check{v, run})
}

func (c *Call) check(next check) { c.checks = append(within(c.checks, c.few.checks[:]), next) }

// check is a validation: a value, and what checks it.
type check struct {
	value any
	run   func(any, *Checker)
}

func (c *Call) queryName(name string) {
	if c.query == nil {
		c.query = c.room[:0]
	}
	if len(c.query) > 0 {
		c.query = append(c.query, '&')
	}
	c.query = append(appendQueryText(c.query, name), '=')
}

func (c *Call) header(name, value string) { c.param(param{name, value, inHeader}) }

// cookie adds a cookie. One whose value is a list has commas.
func (c *Call) cookie(name, value string, list bool) {
	if reason := badCookie(name, value, list); reason != "" {
		c.refuse(&ParamError{In: "cookie", Name: name, Reason: reason})
		return
	}
	r := c.rarely()
	if len(r.cookies) > 0 {
		r.cookies = append(r.cookies, "; "...)
	}
	r.cookies = append(append(append(r.cookies, name...), '='), value...)
}

// refuse keeps the first reason why the call cannot be made. Do reports it.
func (c *Call) refuse(err error) {
	if c.bad == nil {
		c.bad = err
	}
}

// few is where the first elements of a call's lists lie, so that they need no allocation. No generic type does that:
// every package that uses a type with a field of a generic one compiles all methods of it.
type few struct {
	params [4]param
	checks [2]check
}

// within returns a list, or an empty one in its room where nothing has been added yet.
func within[T any](list, room []T) []T {
	if list == nil {
		return room[:0]
	}
	return list
}
