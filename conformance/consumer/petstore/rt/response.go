package rt

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"example.com/consumer/petstore/rt/json"
	"example.com/consumer/petstore/rt/lexical"
)

// maxErrorBody is how much of the body of a failure is read, in bytes.
const maxErrorBody = 64 << 10

// broken is a response that broke off while it was read.
type broken struct{ error }

// receive reads a response to its end, or leaves it to who wants to read it. It returns nil for a success
// and an *Error for the rest.
func (x *exchange) receive(ctx context.Context, resp *http.Response) error {
	skewed := x.head(ctx, resp)
	if x.live != nil && x.parts == nil && x.succeeded() {
		x.live.take(x, resp)
		return nil
	}
	if x.parts != nil && x.succeeded() && x.divisible(resp.Header) {
		return x.begin(resp)
	}
	defer resp.Body.Close()
	c, op := x.client, x.call.Operation
	if x.succeeded() {
		limit := x.maxResponse()
		if resp.ContentLength > limit && op.Method != http.MethodHead {
			return x.unusable(ErrResponseTooLarge)
		}
		body, err := readBody(resp, min(limit, 1<<40), x.borrow())
		x.raw.Body = body
		switch {
		case err == nil:
			return nil
		case errors.Is(err, ErrResponseTooLarge):
			return x.unusable(err)
		default:
			return broken{err}
		}
	}

	body, err := readBody(resp, maxErrorBody, nil)
	x.raw.Body = body
	if err != nil && !errors.Is(err, ErrResponseTooLarge) && len(body) == 0 {
		return broken{err}
	}
	x.identify()
	e := c.failure(op, &x.raw)
	x.detail(ctx, e)
	x.again = e.repeatable(op.Idempotent)
	if resp.StatusCode == http.StatusUnauthorized && !x.renewed && len(x.auth) > 0 {
		x.renewed = x.rejected(ctx, resp, body) || skewed
		x.again = x.renewed
	}
	if resp.StatusCode == http.StatusUnauthorized && x.lacks {
		e.Hint = x.lack()
	}
	return e
}

// head takes what the head of a response says. It reports whether the clocks turn out to differ.
func (x *exchange) head(ctx context.Context, resp *http.Response) bool {
	x.raw.Status, x.raw.Header = resp.StatusCode, resp.Header
	skewed := x.client.observeDate(resp.Header)
	x.warn(ctx, resp.Header, skewed)
	return skewed
}

// identify finds the id of the request in the head of the answer. Those who show it ask for it: most calls end without.
func (x *exchange) identify() string {
	for _, name := range x.client.requestIDs {
		if x.raw.RequestID != "" {
			break
		}
		x.raw.RequestID = headerOf(x.raw.Header, name)
	}
	return x.raw.RequestID
}

// succeeded reports whether the status is one of success: any 2xx, and what the document calls one.
func (x *exchange) succeeded() bool {
	status := x.raw.Status
	return status >= 200 && status < 300 || status >= 300 && status < 400 && slices.Contains(x.call.Operation.Success, status)
}

// maxResponse is how large a response may be that has to be in memory.
func (x *exchange) maxResponse() int64 {
	if x.cfg.maxResponse > 0 {
		return x.cfg.maxResponse
	}
	return DefaultMaxResponseSize
}

// warn tells the observers what a response says beside its answer: that the operation will go away
// (RFC 9745, RFC 8594), and that the clocks differ.
func (x *exchange) warn(ctx context.Context, h http.Header, skewed bool) {
	if len(x.client.observers) == 0 {
		return
	}
	for _, name := range [...]string{"Deprecation", "Sunset", "Warning"} {
		if v := headerOf(h, name); v != "" {
			x.tell(ctx, Event{Kind: EventWarning, Attempt: x.raw.Attempts, Message: name + ": " + v})
		}
	}
	if skewed {
		x.tell(ctx, Event{Kind: EventWarning, Attempt: x.raw.Attempts, Message: "the server's clock is ahead of the local one by " + x.client.clock.Offset().String()})
	}
}

// readBody reads at most limit bytes. Of a longer body it returns those, and ErrResponseTooLarge. The body lies in room, if
// there is enough.
func readBody(resp *http.Response, limit int64, room []byte) ([]byte, error) {
	body, more, err := readSome(resp, limit, room)
	if more {
		return body[:limit], ErrResponseTooLarge
	}
	return body, err
}

// believed is how much of a body has to come, in bytes, before more memory is taken for what the rest is announced to
// be: a lie costs no more than that. Most bodies are smaller, and are read into memory of the right size at once.
const believed = 1 << 20

// readSome reads a body, or a little more than limit bytes of it: more says that there are.
func readSome(resp *http.Response, limit int64, room []byte) (body []byte, more bool, err error) {
	length := resp.ContentLength
	size := int64(2 << 10) // not announced
	if length >= 0 {
		size = min(length, believed)
	}
	buf := room[:0:min(int64(cap(room)), limit+1)]
	if size = min(size, limit) + 1; int64(cap(buf)) < size { // one more, to see the end
		buf = make([]byte, 0, size)
	}
	for idle := 0; idle < 100; idle++ {
		n, err := resp.Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return buf, true, nil
		}
		if err == io.EOF {
			if int64(len(buf)) < length && resp.Request != nil && resp.Request.Method != http.MethodHead {
				return buf, false, io.ErrUnexpectedEOF
			}
			return buf, false, nil
		}
		if err != nil {
			return buf, false, err
		}
		if n > 0 {
			idle = 0
		}
		if len(buf) == cap(buf) {
			grown := make([]byte, len(buf), min(roomier(int64(cap(buf)), length), limit+1))
			copy(grown, buf)
			buf = grown
		}
	}
	return buf, false, io.ErrNoProgress
}

// roomier is the size of the memory for a body that has filled what it had, and may be announced to have a length.
func roomier(size, length int64) int64 {
	switch {
	case size <= length:
		return length + 1
	case size < 128<<10:
		return 4 * size
	}
	return 2 * size
}

// accept decodes the answer of a successful attempt.
func (x *exchange) accept(ctx context.Context) error {
	if x.parts.more() {
		return x.parts.next(ctx, x.call)
	}
	op, raw := x.call.Operation, &x.raw
	if enc := headerOf(raw.Header, "Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		return x.unusable(ErrContentEncoding)
	}
	x.call.status = raw.Status
	x.call.redirect = x.location()
	body, text := raw.Body, x.isText(x.call.Result)
	if !text {
		body = bytes.TrimSpace(body)
	}
	null := op.NullAnswer && string(body) == "null"
	x.call.empty = (x.live == nil || x.parts != nil) && len(body) == 0 || null
	var found []Deviation
	documented := x.documented()
	if !documented {
		found = append(found, x.undocumented())
	}
	result := x.result()
	switch {
	case result.IsNil():
	case x.call.empty && !text: // an empty text is as good as any
		if !null && !op.bodiless(raw.Status) && (raw.Status != http.StatusNoContent || !documented) {
			found = append(found, Deviation{Code: EmptyBody, Message: "the body is empty"})
		}
	default:
		more, err := x.decode(result)
		if err != nil {
			return x.unusable(err)
		}
		found = append(found, more...)
		if op.Answers != nil && x.watched() && isJSON(headerOf(raw.Header, "Content-Type")) {
			found = append(found, op.Answers.Observe(op.ID, raw.Status, raw.Body)...)
		}
	}
	if len(found) > 0 && x.cfg.strict {
		return x.unusable(&DeviationError{Deviations: found})
	}
	x.report(ctx, found)
	return nil
}

// documented reports whether the status is one that the document lists for a success.
func (x *exchange) documented() bool {
	known := x.call.Operation.Success
	return len(known) == 0 || slices.Contains(known, x.raw.Status)
}

// undocumented is the deviation of a status that is not documented.
func (x *exchange) undocumented() Deviation {
	return Deviation{Code: UndocumentedStatus, Message: "status " + strconv.Itoa(x.raw.Status) + " is not documented"}
}

// location is where a redirect leads: nil for what is none.
func (x *exchange) location() *url.URL {
	if x.raw.Status < 300 {
		return nil
	}
	to := headerOf(x.raw.Header, "Location")
	if to == "" {
		return nil
	}
	base := url.URL{Scheme: x.base.scheme, Host: x.base.host, Path: x.target.path, RawPath: x.target.escaped}
	u, err := base.Parse(to)
	if err != nil {
		return nil
	}
	return u
}

// result is where the body of the answer goes. A body with a status that the document does not know goes
// where that of the nearest status would.
func (x *exchange) result() json.Ref {
	status := x.raw.Status
	if x.call.Results == nil {
		return x.call.Result
	}
	if known := x.call.Operation.Success; len(known) > 0 && !slices.Contains(known, status) && !x.call.empty {
		known = slices.Clone(known)
		sort.SliceStable(known, func(i, j int) bool { return distance(known[i], status) < distance(known[j], status) })
		for _, near := range known {
			if ref := x.call.Results(near); !ref.IsNil() {
				return ref
			}
		}
	}
	return x.call.Results(status)
}

func distance(a, b int) int { return max(a-b, b-a) }

// decode reads the body into a result. Text is taken as it is where the result is text, and JSON whatever
// it is labelled.
func (x *exchange) decode(result json.Ref) ([]Deviation, error) {
	raw := &x.raw
	label := headerOf(raw.Header, "Content-Type")
	var found []Deviation
	if read := x.call.Operation.Decode; read != nil && (looksLikeXML(raw.Body, label) || isXHTML(label) && x.accepts(label)) {
		return decode(read, raw.Body, result, x.mode(), x.watched())
	}
	if x.isText(result) {
		json.SetText(result, decodeText(raw.Body, label))
		return nil, nil
	}
	if !isJSON(label) {
		if x.asText(result, label) {
			return nil, nil
		}
		if !looksLikeJSON(raw.Body) && (json.IsComposite(result) || !stdjson.Valid(raw.Body)) {
			return nil, ErrContentType
		}
		if x.wantsJSON() && !x.accepts(label) {
			found = append(found, Deviation{Code: OtherMediaType, Message: "the body is JSON, the content type says otherwise"})
		}
	}
	more, err := decode(json.Decode, raw.Body, result, x.mode()|x.sharing(raw.Body), x.watched())
	return append(found, more...), err
}

// asText reads a body that is called something else than JSON, which the call asks for, as the text of a scalar that JSON has as
// a string: bytes in base64, a time. It reports whether it is one.
func (x *exchange) asText(result json.Ref, label string) bool {
	s := lexical.Of(result)
	if s.Class() != lexical.Scalar || s.Open() || s.Union() || !x.accepts(label) || bytes.HasPrefix(x.raw.Body, []byte{'"'}) {
		return false
	}
	text := json.AppendString(nil, decodeText(x.raw.Body, label))
	return json.Decode(text, result, json.DecodeOptions{Mode: json.Strict}) == nil
}

// isText reports whether the answer is the result as it stands: a text that is not written in JSON.
func (x *exchange) isText(result json.Ref) bool {
	if !json.IsText(result) {
		return false
	}
	label := headerOf(x.raw.Header, "Content-Type")
	return !isJSON(label) || label == "" && !x.wantsJSON()
}

// wantsJSON reports whether JSON is what the call would rather have.
func (x *exchange) wantsJSON() bool {
	first, _, _ := strings.Cut(x.call.Operation.Accept, ",")
	return isJSON(first)
}

// accepts reports whether the call asks for what an answer is labelled as.
func (x *exchange) accepts(label string) bool {
	label, _, _ = strings.Cut(label, ";")
	for want := range strings.SplitSeq(x.call.Operation.Accept, ",") {
		want, _, _ = strings.Cut(want, ";")
		if strings.EqualFold(strings.TrimSpace(want), strings.TrimSpace(label)) {
			return true
		}
	}
	return false
}

// watched reports whether anyone wants to hear of deviations.
func (x *exchange) watched() bool { return x.cfg.strict || len(x.client.observers) > 0 }

// report tells the observers of deviations.
func (x *exchange) report(ctx context.Context, found []Deviation) {
	for _, d := range found {
		x.tell(ctx, Event{Kind: EventDeviation, Attempt: x.raw.Attempts, Path: d.Path, Message: d.Message})
	}
}

// unusable makes the error of an answer with a success status that is no use.
func (x *exchange) unusable(err error) error {
	return &ResponseError{
		Operation: x.call.Operation.ID, Status: x.raw.Status, ContentType: headerOf(x.raw.Header, "Content-Type"),
		RequestID: x.identify(), Attempts: x.raw.Attempts, Snippet: string(x.raw.Body[:min(len(x.raw.Body), 256)]), Err: err,
	}
}

// looksLikeXML reports whether a body is XML: by its label, or by its beginning where that does not say otherwise.
func looksLikeXML(body []byte, label string) bool {
	base := baseOf(label)
	if base == "application/xml" || base == "text/xml" || strings.HasSuffix(base, "+xml") && !isXHTML(base) {
		return true
	}
	return base != "text/html" && !isXHTML(base) && bytes.HasPrefix(bytes.TrimLeft(body, "\ufeff \t\r\n"), []byte("<"))
}

// isXHTML reports whether a media type is that of pages for people, which are XML by the way.
func isXHTML(label string) bool { return baseOf(label) == "application/xhtml+xml" }

// baseOf is a media type without parameters, in lower case.
func baseOf(label string) string {
	base, _, _ := strings.Cut(label, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// isJSON reports whether a media type is JSON. No media type at all is taken for it.
func isJSON(contentType string) bool { return contentType == "" || json.IsMediaType(contentType) }

// looksLikeJSON reports whether a body could be a JSON object or array, whatever it is labelled.
func looksLikeJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}
