package rt

import (
	"encoding/json"
	"strings"
	"unicode"
)

// Where the document does not say what the bodies of failures look like, they are searched for what most
// APIs write. The lists are in order of trust: members that can mean nothing else come first.

// usualCodes are where a code is found. Those that may hold a sentence as well are looked at more closely.
var usualCodes = [...]string{
	"error.code", "error.error_code", "error.errorCode", "errors.0.code", "errors.0.error_code", "errors.0.errorCode",
	"error_code", "errorCode", "error_type", "code", "Code", "errcode", "Error.Code", "errors.0.type", "error.type", "error.status",
	"error.reason", "errors.0.reason", "error", "Errors.0.Code", "type", "reason", "0.code", "0.errorCode",
}

// usualMessages are where a message is found.
var usualMessages = [...]string{
	"error.message", "error.msg", "error.description", "error.detail", "error.error_message", "error_description", "error_message",
	"errorMessage", "errors.0.message", "errors.0.detail", "errors.0.description", "errors.0.title", "errors.0.msg", "message", "Message",
	"msg", "detail", "errmsg", "Error.Message", "description", "Detail", "Errors.0.Message", "error.title", "error", "errors.0", "title",
	"0.message", "reason", "detail.0.msg", "errors",
}

// usualIDs are where the id of a request is found in a body.
var usualIDs = [...]string{"request_id", "requestId", "requestID", "RequestId", "error.request_id", "error.requestId", "trace_id", "traceId", "meta.request_id"}

// usualRequestIDs are the headers that hold the id of a request.
var usualRequestIDs = [...]string{"X-Request-Id", "Request-Id", "X-Amzn-Requestid", "X-Correlation-Id", "X-Ms-Request-Id", "X-Trace-Id"}

// guess finds code, message and request id in a body of unknown form.
func guess(e *Error, root any) {
	for _, path := range usualCodes {
		if code := scalarAt(root, path); isCode(code) {
			e.Code = code
			break
		}
	}
	for _, path := range usualMessages {
		if message := scalarAt(root, path); message != "" && (message != e.Code || path == "message") {
			e.Message = message
			break
		}
	}
	if e.RequestID != "" {
		return
	}
	for _, path := range usualIDs {
		if id := scalarAt(root, path); id != "" {
			e.RequestID = id
			return
		}
	}
}

// scalarAt returns the string or number at a path, as text.
func scalarAt(root any, path string) string {
	v := root
	for name := range strings.SplitSeq(path, ".") {
		v = element(v, name)
	}
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	return ""
}

// isCode reports whether a text looks like a code for programs, not a sentence for people. The type of a
// problem (RFC 9457) is a URI, of which about:blank says nothing.
func isCode(s string) bool {
	return s != "" && s != "about:blank" && len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// maxSnippet is how much of a body without a known form becomes the message of an error.
const maxSnippet = 1024

// snippet is what a body that is no JSON says: the title of an HTML page, the beginning of a text.
func snippet(body []byte) string {
	text := strings.TrimSpace(string(body[:min(len(body), maxErrorBody)]))
	if strings.HasPrefix(text, "<") {
		if title := between(text, "<title", "</title>"); title != "" {
			text = title
		}
	}
	return strings.ToValidUTF8(cut(text, maxSnippet), "\uFFFD")
}

// between is the text of the first element of an HTML page that begins and ends with the given tags.
func between(page, open, end string) string {
	lower := strings.ToLower(page)
	if len(lower) != len(page) { // some letters change their size with their case
		lower = page
	}
	start := strings.Index(lower, open)
	if start < 0 {
		return ""
	}
	gt := strings.IndexByte(lower[start:], '>')
	if gt < 0 {
		return ""
	}
	start += gt + 1
	stop := strings.Index(lower[start:], end)
	if stop < 0 {
		return ""
	}
	return strings.Join(strings.Fields(page[start:start+stop]), " ")
}
