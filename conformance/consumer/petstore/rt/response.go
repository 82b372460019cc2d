package rt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxErrorBody is how much of the body of a failure is read, in bytes.
const maxErrorBody = 64 << 10

// broken is a response that broke off while it was read.
type broken struct{ error }

// receive reads a response to its end. It returns nil for any 2xx and an *Error for the rest.
func (x *exchange) receive(ctx context.Context, resp *http.Response) error {
	defer resp.Body.Close()
	c, op := x.client, x.call.Operation
	x.raw.Status, x.raw.Header = resp.StatusCode, resp.Header
	for _, name := range c.api.Errors.RequestIDHeaders {
		if id := resp.Header.Get(name); id != "" {
			x.raw.RequestID = id
			break
		}
	}
	skewed := c.observeDate(resp.Header)
	x.warn(ctx, resp.Header, skewed)
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		limit := x.cfg.maxResponse
		if limit <= 0 {
			limit = DefaultMaxResponseSize
		}
		if resp.ContentLength > limit && op.Method != http.MethodHead {
			return x.unusable(ErrResponseTooLarge)
		}
		body, err := readBody(resp, min(limit, 1<<40))
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

	body, err := readBody(resp, maxErrorBody)
	x.raw.Body = body
	if err != nil && !errors.Is(err, ErrResponseTooLarge) && len(body) == 0 {
		return broken{err}
	}
	e := c.failure(op, &x.raw)
	x.again = e.repeatable(op.Idempotent)
	if resp.StatusCode == http.StatusUnauthorized && !x.renewed && !op.Anonymous && c.authorizer != nil {
		resp.Body = io.NopCloser(bytes.NewReader(body))
		x.renewed = c.authorizer.Rejected(ctx, resp) || skewed
		x.again = x.renewed
	}
	return e
}

// warn tells the observers what a response says beside its answer: that the operation will go away
// (RFC 9745, RFC 8594), and that the clocks differ.
func (x *exchange) warn(ctx context.Context, h http.Header, skewed bool) {
	if len(x.client.observers) == 0 {
		return
	}
	for _, name := range [...]string{"Deprecation", "Sunset", "Warning"} {
		if v := h.Get(name); v != "" {
			x.tell(ctx, Event{Kind: EventWarning, Attempt: x.raw.Attempts, Message: name + ": " + v})
		}
	}
	if skewed {
		x.tell(ctx, Event{Kind: EventWarning, Attempt: x.raw.Attempts, Message: "the server's clock is ahead of the local one by " + x.client.clock.Offset().String()})
	}
}

// readBody reads at most limit bytes. Of a longer body it returns those, and ErrResponseTooLarge.
// The announced length is believed as far as a megabyte, so that a lie costs no memory.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	size := int64(512)
	if resp.ContentLength >= 0 {
		size = min(resp.ContentLength, 1<<20)
	}
	buf := make([]byte, 0, min(size, limit)+1) // one more, to see the end
	for idle := 0; idle < 100; idle++ {
		n, err := resp.Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return buf[:limit], ErrResponseTooLarge
		}
		if err == io.EOF {
			if int64(len(buf)) < resp.ContentLength && resp.Request != nil && resp.Request.Method != http.MethodHead {
				return buf, io.ErrUnexpectedEOF
			}
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
		if n > 0 {
			idle = 0
		}
		if len(buf) == cap(buf) {
			grown := make([]byte, len(buf), min(int64(2*cap(buf)), limit+1))
			copy(grown, buf)
			buf = grown
		}
	}
	return buf, io.ErrNoProgress
}

// accept decodes the answer of a successful attempt.
func (x *exchange) accept(ctx context.Context) error {
	op, raw := x.call.Operation, &x.raw
	if enc := raw.Header.Get("Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		return x.unusable(ErrContentEncoding)
	}
	var found []Deviation
	documented := len(op.Success) == 0 || slices.Contains(op.Success, raw.Status)
	if !documented {
		found = append(found, Deviation{Code: UndocumentedStatus, Message: "status " + strconv.Itoa(raw.Status) + " is not documented"})
	}
	switch {
	case x.call.Result.IsNil():
	case len(bytes.TrimSpace(raw.Body)) == 0:
		if raw.Status != http.StatusNoContent || !documented {
			found = append(found, Deviation{Code: EmptyBody, Message: "the body is empty"})
		}
	default:
		if !isJSON(raw.Header.Get("Content-Type")) {
			if !looksLikeJSON(raw.Body) {
				return x.unusable(ErrContentType)
			}
			found = append(found, Deviation{Code: OtherMediaType, Message: "the body is JSON, the content type says otherwise"})
		}
		// Whoever captures the body may write to it, so then strings are no parts of it.
		own := x.cfg.into == nil
		watch := x.cfg.strict || len(x.client.observers) > 0
		more, err := decode(raw.Body, x.call.Result, own, x.cfg.presence || x.cfg.strict, watch)
		if err != nil {
			return x.unusable(err)
		}
		found = append(found, more...)
	}
	if len(found) > 0 && x.cfg.strict {
		return x.unusable(&DeviationError{Deviations: found})
	}
	for _, d := range found {
		x.tell(ctx, Event{Kind: EventDeviation, Attempt: raw.Attempts, Path: d.Path, Message: d.Message})
	}
	return nil
}

// unusable makes the error of an answer with a success status that is no use.
func (x *exchange) unusable(err error) error {
	return &ResponseError{
		Operation: x.call.Operation.ID, Status: x.raw.Status, ContentType: x.raw.Header.Get("Content-Type"),
		RequestID: x.raw.RequestID, Attempts: x.raw.Attempts, Snippet: string(x.raw.Body[:min(len(x.raw.Body), 256)]), Err: err,
	}
}

// isJSON reports whether a media type is JSON. No media type at all is taken for it.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	if i := strings.IndexByte(contentType, ';'); i >= 0 {
		contentType = contentType[:i]
	}
	t := strings.TrimSpace(contentType)
	return strings.EqualFold(t, "application/json") || strings.EqualFold(t, "text/json") ||
		len(t) > 5 && strings.EqualFold(t[len(t)-5:], "+json")
}

// looksLikeJSON reports whether a body could be a JSON object or array, whatever it is labelled.
func looksLikeJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}
