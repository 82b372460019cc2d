package rt

import (
	"context"
	stdjson "encoding/json"
	"errors"
	"net/http"
	"time"
)

// errNoClient answers calls of a service that New did not make, and calls without a context.
const errNoClient sentinel = "the client was not made by New, or the context is nil"

// Do carries out a call: it validates, sends, repeats where that is safe, and decodes. The error is
// a [*ValidationError], [*ParamError], [*AuthError], [*Error], [*TransportError] or
// [*ResponseError], or [ErrDryRun].
//
//go:noinline
func (c *Client) Do(ctx context.Context, call *Call) error { return c.carryOut(ctx, call, nil) }

// carryOut carries out a call. The answer goes to live, where there is one, and into the call's result
// otherwise.
func (c *Client) carryOut(ctx context.Context, call *Call, live *Incoming) error {
	if c == nil || c.api == nil || ctx == nil || call == nil || call.Operation == nil {
		return errNoClient
	}
	x := &exchange{client: c, call: call, cfg: &c.call, live: live}
	if len(call.Options) > 0 {
		own := c.call
		for _, o := range call.Options {
			if o != nil {
				o.applyCall(&own)
			}
		}
		x.cfg = &own
	}
	if p := x.cfg.parts; p != nil {
		if p.more() {
			return p.goOn(ctx, x)
		}
		x.parts, x.live = p, new(Incoming)
		p.in = x.live
	}
	err := x.run(ctx)
	if x.parts != nil && (err != nil || !x.parts.more()) {
		x.parts.close()
	}
	if x.stream != nil && (live == nil || err != nil) { // else when the answer is closed
		x.stream.release()
	}
	if h := x.cfg.header; h != nil && x.raw.Status != 0 {
		err = x.decodeHeader(ctx, h, err)
	}
	for _, into := range [...]*RawResponse{x.cfg.into, x.cfg.also} {
		if into != nil {
			x.identify()
			*into = x.raw
		}
	}
	if err == nil && !x.parts.more() {
		x.giveBack()
	}
	return err
}

// decodeHeader reads the documented headers of the answer. It returns the error of the call, or in strict
// mode its own.
func (x *exchange) decodeHeader(ctx context.Context, into HeaderDecoder, err error) error {
	bad := into.DecodeHeader(x.raw.Header)
	var deviations *DeviationError
	switch {
	case bad == nil:
	case err == nil && x.cfg.strict:
		return x.unusable(bad)
	case errors.As(bad, &deviations):
		x.report(ctx, deviations.Deviations)
	}
	return err
}

// Send makes a request that the document does not describe, with the client's credentials, retries and
// errors. Path is a template like those of operations: {name} is a parameter of the client or of
// [WithParam]; a query goes into [WithQuery]. Body is nil, a []byte sent as it is, or anything that
// encoding/json can write. GET, HEAD, OPTIONS, PUT and DELETE count as idempotent.
func (c *Client) Send(ctx context.Context, method, path string, body any, opts ...CallOption) (*RawResponse, error) {
	op := &Operation{ID: plainText(method+" "+linkText(path), 200), Method: method, Path: path,
		ContentType: "application/json", Accept: "application/json"}
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete:
		op.Idempotent = true
	}
	if op.hollow() { // no document says so
		return nil, &ParamError{Operation: op.ID, In: "path", Reason: badEscaped("", false)}
	}
	raw := new(RawResponse)
	call := &Call{Operation: op, Options: append(opts[:len(opts):len(opts)], also(raw))}
	switch b := body.(type) {
	case nil:
	case []byte:
		call.setRaw(b)
	default:
		text, err := stdjson.Marshal(b)
		if err != nil {
			return nil, &ParamError{Operation: op.ID, In: "body", Reason: "cannot be written as JSON: " + err.Error()}
		}
		call.setRaw(text)
	}
	if err := c.Do(ctx, call); err != nil {
		return nil, err
	}
	return raw, nil
}

// also captures the response a second time, beside WithResponseInto.
func also(r *RawResponse) CallOption {
	return callOption(func(c *callConfig) { c.also = r })
}

// exchange is a call on its way: what all its attempts share.
type exchange struct {
	client *Client
	call   *Call
	cfg    *callConfig

	base   *origin
	target target
	body   []byte  // all of it, for all attempts
	stream *stream // instead of body, where it is read while it is sent

	boundary string // of a multipart body

	auth     []Authorizer  // what authorizes the call, in this order
	authRoom [1]Authorizer // of most calls
	hasBody  bool
	signs    bool // some of it signs
	lacks    bool // the operation asks for what the client does not have

	again    bool        // the last attempt may be repeated
	renewed  bool        // credentials were renewed once
	raw      RawResponse // the last answer
	borrowed *room       // that the body of the last answer lies in; nil: in its own
	accepted [1]string   // values of the headers Accept
	typed    [1]string   // and Content-Type
	once     attempt     // the first attempt, mostly the only one
	live     *Incoming   // who reads the answer while it comes; nil: it is read whole, into the result
	parts    *division   // it is a page, and may come in parts
}

func (x *exchange) run(ctx context.Context) error {
	warnings, err := x.prepare()
	if err != nil {
		return err
	}
	x.warnOfRules(ctx, warnings)
	if x.lacks && len(x.client.observers) > 0 {
		x.tell(ctx, Event{Kind: EventWarning, Message: x.lack()})
	}
	if d := x.cfg.timeout; d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, d, &TimeoutError{TotalTimeout, d})
		if x.live != nil {
			x.live.all = cancel // when the answer is closed
		} else {
			defer cancel()
		}
	}
	if ctx.Err() != nil {
		return &TransportError{Operation: x.call.Operation.ID, Err: ended(ctx)}
	}
	err = x.attempts(ctx)
	if e, ok := err.(*Error); ok && x.cfg.ignoreMissing && e.Class == ErrNotFound {
		return nil
	}
	return err
}

// prepare does all that needs no network: nothing is sent if it fails. The warnings are of rules that the request breaks
// and is sent all the same.
func (x *exchange) prepare() (warnings []Violation, err error) {
	call, cfg, op := x.call, x.cfg, x.call.Operation
	if cfg.err != nil {
		return nil, named(cfg.err, op.ID)
	}
	if cfg.ignoreMissing && (op.Method != http.MethodDelete && call.Result.Type != nil || x.live != nil) {
		return nil, &ParamError{Operation: op.ID, In: "option", Name: "IgnoreMissing", Reason: "is for deletes"}
	}
	if cfg.listing != nil {
		return nil, &ParamError{Operation: op.ID, In: "option", Name: "WithCursor", Reason: "and its kin are for reading lists"}
	}
	if !validMethod(op.Method) {
		return nil, &ParamError{Operation: op.ID, In: "method", Reason: "is no HTTP method"}
	}
	if (call.Body.Type != nil && call.Body.IsNil() || call.rare != nil && call.rare.noReader) && !op.BodyOptional && !op.NullBody {
		return nil, &ParamError{Operation: op.ID, In: "body", Reason: "is nil"}
	}
	if !cfg.skipValidation {
		if warnings, err = x.validate(); err != nil {
			return nil, err
		}
	}
	if call.bad != nil {
		return nil, named(call.bad, op.ID)
	}
	if err := call.spreadNames(); err != nil {
		return nil, named(err, op.ID)
	}
	if err = x.settle(); err != nil {
		return nil, named(err, op.ID)
	}
	if x.target, err = x.locate(); err != nil {
		return nil, err
	}
	if err = x.encode(); err != nil {
		return nil, err
	}
	if err = x.mediaTypes(); err != nil {
		return nil, err
	}
	x.secure()
	x.once.request.Header, err = x.header() // it may be refused
	return warnings, err
}

// encode writes the request body, once for all attempts.
func (x *exchange) encode() (err error) {
	call, rare, op := x.call, x.call.rare, x.call.Operation
	switch {
	case rare != nil && rare.hasRaw:
		x.body, x.hasBody = rare.raw, true
	case rare != nil && rare.reader != nil:
		err = x.send(section{from: sourceOf(rare.reader)})
	case !call.Body.IsNil() || rare != nil && (len(rare.files) > 0 || rare.parts):
		err = x.write()
	case op.NullBody && !op.BodyOptional:
		x.body, x.hasBody = []byte("null"), true
	}
	if err == nil && len(x.cfg.members) > 0 {
		if x.stream != nil {
			return &ParamError{Operation: op.ID, In: "body", Name: x.cfg.members[0].name, Reason: "cannot be added: the body is no JSON object"}
		}
		if x.body, err = addMembers(x.body, x.hasBody, x.cfg.members); err != nil {
			return named(err, op.ID)
		}
		x.hasBody = true
	}
	return err
}

// write writes the body that the codec describes.
func (x *exchange) write() (err error) {
	call, op := x.call, x.call.Operation
	switch {
	case op.Body == BodyMultipart:
		return x.multipart()
	case op.Body == BodyLines:
		return x.lines()
	case op.Body == BodyForm:
		x.body, err = x.formBody()
	case op.Encode != nil:
		x.body, err = op.Encode(call.Body)
	default:
		x.body, err = encode(call.Body)
	}
	x.hasBody = true
	if bad := (*ParamError)(nil); err != nil && !errors.As(err, &bad) {
		return &ParamError{Operation: op.ID, In: "body", Reason: "cannot be written: " + err.Error()}
	}
	return err
}

// attempts sends the request until there is an answer to live with.
func (x *exchange) attempts(ctx context.Context) error {
	op, policy := x.call.Operation, &x.cfg.retry
	spent := 0 // requests that count against the policy
	for n := 1; ; n++ {
		renewed := x.renewed
		err := x.attempt(ctx, n)
		if err == nil {
			return x.accept(ctx)
		}
		if x.renewed != renewed && x.again && (x.stream == nil || !x.stream.spent()) {
			x.tell(ctx, Event{Kind: EventRetry, Attempt: n, Message: "with renewed credentials", Err: err})
			continue
		}
		spent++
		if !x.again || spent >= policy.attempts() || x.stream != nil && x.stream.spent() {
			return err
		}
		var after time.Duration
		if e := (*Error)(nil); errors.As(err, &e) {
			after = e.RetryAfter
		}
		wait := policy.wait(spent, after)
		if end, ok := ctx.Deadline(); ok && time.Until(end) <= wait {
			return err
		}
		x.tell(ctx, Event{Kind: EventRetry, Attempt: n, Duration: wait, Err: err})
		if sleep(ctx, wait) != nil {
			return &TransportError{Operation: op.ID, Attempts: n, Err: ended(ctx), Last: err}
		}
	}
}

// tell passes an event on to the observers.
func (x *exchange) tell(ctx context.Context, e Event) {
	if len(x.client.observers) == 0 {
		return
	}
	e.Operation, e.Status, e.RequestID = x.call.Operation.ID, x.raw.Status, x.identify()
	e.RequestID = plainText(e.RequestID, 80)
	e.Message, e.Path = plainText(e.Message, 300), plainText(e.Path, 200)
	for _, o := range x.client.observers {
		o(ctx, e)
	}
}

// warnOfRules tells of the rules that a request breaks and is sent all the same.
func (x *exchange) warnOfRules(ctx context.Context, warnings []Violation) {
	for i := range warnings {
		v := &warnings[i]
		x.tell(ctx, Event{Kind: EventWarning, Path: v.Path, Message: v.String(), Violation: v})
	}
}

// named puts the operation into an error that was made without knowing it.
func named(err error, operation string) error {
	var p *ParamError
	if errors.As(err, &p) && p.Operation == "" {
		q := *p
		q.Operation = operation
		return &q
	}
	return err
}

// validMethod reports whether m can be the method of a request.
func validMethod(m string) bool { return token(m) }

// ended returns why a context is done: its error, and its cause if that says more.
func ended(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if t := (*TimeoutError)(nil); cause == err || errors.As(cause, &t) {
		return cause
	}
	return &endedError{err, cause}
}

type endedError struct{ err, cause error }

func (e *endedError) Error() string   { return e.err.Error() + ": " + e.cause.Error() }
func (e *endedError) Unwrap() []error { return []error{e.err, e.cause} }
