package fake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"example.com/consumer/petstore/rt"
	rtjson "example.com/consumer/petstore/rt/json"
)

// Exchange is one request on its way to the function of its operation, and the answer on its way
// back. Problems of the request are collected; [Exchange.Ready] refuses a request that has any.
type Exchange struct {
	server *Server
	route  *route
	w      http.ResponseWriter
	r      *http.Request

	params    map[string]string
	rawParams map[string]string // as they stand in the path
	query     query
	body      []byte

	parts   []formPart // of a multipart body
	members []string   // that the operation knows of it

	asked    []string // query parameters that the operation knows
	read     bool     // the operation has a body
	problems []rt.Violation
	answered bool
	ctx      context.Context
}

// Body is what a request type can do: check itself.
type Body interface{ Validate() error }

// Context returns the context of the request. [AnswerOf] finds its answer there.
func (x *Exchange) Context() context.Context {
	if x.ctx == nil {
		x.ctx = context.WithValue(x.r.Context(), answerKey{}, &Answer{Header: x.w.Header()})
	}
	return x.ctx
}

// Request returns the request as it came, its body read.
func (x *Exchange) Request() *http.Request { return x.r }

// RawBody returns the body of the request.
func (x *Exchange) RawBody() []byte {
	x.read = true
	return x.body
}

// Text returns a body that is text.
func (x *Exchange) Text() string { return string(x.RawBody()) }

// Reader returns a body that is no text. An optional one that is missing is nil.
func (x *Exchange) Reader(optional bool) io.Reader {
	if len(x.RawBody()) == 0 && optional {
		return nil
	}
	return bytes.NewReader(x.body)
}

// Path returns the value of a path parameter.
func (x *Exchange) Path(name string) string { return x.params[name] }

// Read takes v, into which the body has been decoded strictly, with what that said, and validates it. Optional bodies
// may be missing: then Read returns false.
func (x *Exchange) Read(v Body, decoded error, optional bool) bool {
	return x.decoded(decoded, optional, func() { x.Check(v.Validate) })
}

// ReadJudged is Read for a body whose rules ask what time it is.
func (x *Exchange) ReadJudged(decoded error, optional bool, check func(*rt.Checker)) bool {
	return x.decoded(decoded, optional, func() { x.Judge(check) })
}

// decoded takes a body that has been decoded, with what that said, and has it checked.
func (x *Exchange) decoded(decoded error, optional bool, check func()) bool {
	x.read = true
	if len(x.body) == 0 {
		if !optional {
			x.problem("", "body", "has no body", nil)
		}
		return false
	}
	x.labelledJSON()
	if decoded != nil {
		x.fail("decode", decoded)
		return true
	}
	check()
	return true
}

// Decode is Read for a value that is no struct, or none that checks itself: v describes it.
func (x *Exchange) Decode(v rtjson.Ref, optional bool) bool {
	x.read = true
	if len(x.body) == 0 {
		if !optional {
			x.problem("", "body", "has no body", nil)
		}
		return false
	}
	x.labelledJSON()
	if err := rtjson.Decode(x.body, v, rtjson.DecodeOptions{Mode: rtjson.Strict}); err != nil {
		x.fail("decode", err)
	}
	return true
}

// labelledJSON holds that the body says it is JSON. Where the document lists other media types too, the server has
// looked at them already.
func (x *Exchange) labelledJSON() {
	t, _, err := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	if err != nil || len(x.route.ContentTypes) == 0 && t != "application/json" && t != "text/json" && !strings.HasSuffix(t, "+json") {
		x.problem("", "content-type", "has a body that is not labelled as JSON", nil)
	}
}

// Check runs the validation of a body or of parameters.
func (x *Exchange) Check(validate func() error) {
	if !x.server.checks() {
		return
	}
	if err := validate(); err != nil {
		x.fail("validate", err)
	}
}

// Judge runs the check of a body that is no struct, or of a call as a whole.
func (x *Exchange) Judge(check func(*rt.Checker)) {
	x.Check(func() error { return rt.CheckAt(x.server.config.Now, check) })
}

// fail records the parts of an error.
func (x *Exchange) fail(rule string, err error) {
	var (
		invalid  *rt.ValidationError
		deviates *rt.DeviationError
	)
	switch {
	case errors.As(err, &invalid):
		x.problems = append(x.problems, invalid.Violations...)
	case errors.As(err, &deviates):
		for _, d := range deviates.Deviations {
			x.problem(d.Path, string(d.Code), d.Message, nil)
		}
	default:
		x.problem("", rule, "cannot be read: "+err.Error(), nil)
	}
}

// problem records something wrong with the request.
func (x *Exchange) problem(path, rule, message string, value any) {
	x.problems = append(x.problems, rt.Violation{Path: path, Rule: "fake." + rule, Message: message, Value: value})
}

// Ready reports whether the request is as documented. If not, it has been answered with status 400.
func (x *Exchange) Ready() bool {
	for _, name := range x.query.unknown(x.asked) {
		x.problem(name, "unknown-parameter", "is no parameter of "+x.route.ID, nil)
	}
	if x.query.err != nil {
		x.problem("", "query", x.query.err.Error(), nil)
	}
	for _, p := range x.parts {
		if !slices.Contains(x.members, p.name) {
			x.problem(p.name, "unknown-member", "is no member of the body", nil)
		}
	}
	if len(x.body) > 0 && !x.read {
		x.problem("", "body", "has a body, but "+x.route.ID+" takes none", nil)
	}
	for name, v := range x.params {
		if v == "." || v == ".." || strings.ContainsAny(v, "/\\\x00") {
			x.problem(name, "path", "is no path segment", v)
		}
	}
	if len(x.problems) == 0 {
		return true
	}
	x.refuseFor(&rt.ValidationError{Operation: x.route.ID, Violations: x.problems})
	return false
}

// Error answers with an error, in the form of the API. An [*rt.Error] has its status, code and
// message, or the body that is its Detail; an [rt.Class] the status that stands for it; a [*rt.ValidationError] is 400; any other
// error is 500.
func (x *Exchange) Error(err error) {
	var (
		e       *rt.Error
		class   rt.Class
		invalid *rt.ValidationError
	)
	switch {
	case errors.As(err, &e):
		status := e.Status
		if status < 300 || status > 599 {
			status = statusOf(e.Class)
		}
		for name, values := range e.Header {
			for _, v := range values {
				x.w.Header().Add(name, v)
			}
		}
		if e.RetryAfter > 0 {
			x.w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds())))
		}
		if e.RequestID != "" {
			x.w.Header().Set(x.server.config.RequestIDHeader, e.RequestID)
		}
		if len(e.Body) > 0 {
			x.send(status, e.Body)
			return
		}
		if e.Detail != nil {
			x.Reply(status, e.Detail)
			return
		}
		x.write(status, e.Code, e.Message, detailsOf(e.Details))
	case errors.As(err, &class):
		x.write(statusOf(class), "", class.Error(), nil)
	case errors.As(err, &invalid):
		x.refuseFor(invalid)
	default:
		x.write(http.StatusInternalServerError, "", err.Error(), nil)
	}
}

// Operation is the id of the operation.
func (x *Exchange) Operation() string { return x.route.ID }

// Unset answers 501: the test calls an operation that it gave no function for.
func (x *Exchange) Unset(name string) {
	x.write(http.StatusNotImplemented, "fake", fmt.Sprintf("the fake server has no function for %s: set %s", x.route.ID, name), nil)
}

// statusOf is the usual status of a class.
func statusOf(c rt.Class) int {
	switch c {
	case rt.ErrInvalid:
		return 400
	case rt.ErrUnauthenticated:
		return 401
	case rt.ErrPermissionDenied, rt.ErrQuotaExceeded:
		return 403
	case rt.ErrNotFound:
		return 404
	case rt.ErrConflict:
		return 409
	case rt.ErrBusy:
		return 423
	case rt.ErrRateLimited:
		return 429
	case rt.ErrUnavailable:
		return 503
	}
	return 500
}

// refused is the code of an answer for which the service has none.
const refused = "fake.refused"

// refuse answers a request that the document does not allow.
func (x *Exchange) refuse(status int, message string) {
	x.write(status, refused, message, nil)
}

// refuseFor answers a request that breaks rules, with the code by which the service reports the first of them that has one.
func (x *Exchange) refuseFor(e *rt.ValidationError) {
	code := refused
	for _, v := range e.Violations {
		if v.Severity == rt.SeverityError && len(v.Codes) > 0 {
			code = v.Codes[0]
			break
		}
	}
	x.write(http.StatusBadRequest, code, e.Error(), nil)
}

func detailsOf(text string) any {
	if text == "" {
		return nil
	}
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}

// write answers with an error body in the API's form.
func (x *Exchange) write(status int, code, message string, details any) {
	root := map[string]any{}
	s := x.server.config.Shape
	put(root, s.Code, code)
	put(root, s.Message, message)
	put(root, s.Status, status)
	if details != nil {
		put(root, s.Details, details)
	}
	if s.RequestID != "" {
		put(root, s.RequestID, x.w.Header().Get(x.server.config.RequestIDHeader))
	}
	body, err := json.Marshal(root)
	if err != nil {
		body = []byte("{}")
	}
	x.send(status, body)
}

// put sets the member at a dotted path.
func put(root map[string]any, path string, value any) {
	if path == "" {
		return
	}
	for {
		name, rest, more := strings.Cut(path, ".")
		if !more {
			root[name] = value
			return
		}
		child, ok := root[name].(map[string]any)
		if !ok {
			child = map[string]any{}
			root[name] = child
		}
		root, path = child, rest
	}
}

func (x *Exchange) send(status int, body []byte) {
	if x.answered {
		return
	}
	if len(body) > 0 {
		x.label("application/json")
		x.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	x.head(status)
	if len(body) > 0 {
		_, _ = x.w.Write(body)
	}
}
