package rt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is an answer of the server that is not a documented success: what the API said, in the
// terms of its document. Use errors.As to get it, and errors.Is with a [Class] to ask what it means.
type Error struct {
	Operation string // id of the operation
	Status    int    // HTTP status
	Code      string // of the API, numbers as text; empty when the body names none
	Message   string // of the API; the text of the body when it has none of the known shapes
	Details   string // of the API, JSON unless it is text
	RequestID string // for a support request
	Class     Class  // what it means; empty when nothing says so
	Hint      string // what the client knows of the cause: that it had no credentials to send, for one
	Attempts  int    // requests made

	Header     http.Header   // of the response, without cookies and credentials
	Body       []byte        // of the response, as received, at most 64 KiB
	Detail     any           // the body, where the document describes it: a pointer to a generated type; see [ErrorBody]
	RetryAfter time.Duration // how long the server asks to wait; 0 when it does not
}

// Error returns one line. Text of the server is quoted and at most 300 bytes of it are kept.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Operation != "" {
		b.WriteString(e.Operation)
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "%d", e.Status)
	if e.Code != "" && e.Code != strconv.Itoa(e.Status) {
		b.WriteByte(' ')
		b.WriteString(plainText(e.Code, 80))
	} else if t := http.StatusText(e.Status); t != "" {
		b.WriteByte(' ')
		b.WriteString(t)
	}
	if e.Message != "" {
		b.WriteString(": ")
		b.WriteString(plainText(e.Message, 300))
	}
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(plainText(e.Hint, 300))
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, " (request %s)", plainText(e.RequestID, 80))
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " [%d attempts]", e.Attempts)
	}
	return b.String()
}

// Is reports whether target is the class of the error.
func (e *Error) Is(target error) bool {
	c, ok := target.(Class)
	return ok && c == e.Class && c != ""
}

// LogValue makes the error one group of a log line, without its headers and body.
func (e *Error) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", e.Operation),
		slog.Int("status", e.Status),
		slog.String("code", plainText(e.Code, 80)),
		slog.String("message", plainText(e.Message, 300)),
		slog.String("request_id", plainText(e.RequestID, 80)),
		slog.Int("attempts", e.Attempts),
	)
}

// ParamError says that a parameter, header or option of a call cannot be sent as it is. Nothing was
// sent. The value is not repeated: it may be a secret.
type ParamError struct {
	Operation string
	In        string // path, query, header, cookie, body, option
	Name      string // on the wire
	Reason    string
}

func (e *ParamError) Error() string {
	s := e.In
	if e.Name != "" {
		s += " " + quoteText(e.Name, 80)
	}
	s += " " + e.Reason
	if e.Operation != "" {
		s = e.Operation + ": " + s
	}
	return s
}

// Is makes errors.Is(err, ErrInvalid) hold.
func (e *ParamError) Is(target error) bool { return target == ErrInvalid }

// AuthError says that credentials could not be added to a request. It was not sent. Errors.Is and errors.As look into what the
// authorizer said, except that it never is [ErrNotFound]: whom a login does not know is [ErrUnauthenticated], and no sign that
// the object of the call is gone.
type AuthError struct {
	Operation string
	Err       error // of the authorizer
}

func (e *AuthError) Error() string {
	return e.Operation + ": credentials: " + plainText(e.Err.Error(), 500)
}

// Is stands in place of Unwrap, which would show every class of a login as that of the call.
func (e *AuthError) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return false
	case ErrUnauthenticated:
		return errors.Is(e.Err, ErrUnauthenticated) || errors.Is(e.Err, ErrNotFound)
	}
	return errors.Is(e.Err, target)
}

// As finds what the authorizer said.
func (e *AuthError) As(target any) bool { return errors.As(e.Err, target) }

// TransportError says that no usable answer arrived: the connection failed, the response broke off,
// or time was up. Err is the cause; see [TimeoutError].
type TransportError struct {
	Operation string
	Attempts  int // requests begun
	Err       error
	Last      error // where Err ended a wait: what the attempt before it failed with
}

func (e *TransportError) Error() string {
	s := e.Operation + ": " + plainText(e.Err.Error(), 500)
	if e.Attempts > 1 {
		s += fmt.Sprintf(" [%d attempts]", e.Attempts)
	}
	if e.Last != nil {
		s += "; before that: " + e.Last.Error()
	}
	return s
}

// Unwrap returns Err and, if there is one, Last.
func (e *TransportError) Unwrap() []error {
	if e.Last == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Last}
}

// Timeout reports whether time was up.
func (e *TransportError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// TimeoutError is the cause of a [*TransportError] when a limit of the client ended the call, not
// the caller's context. It matches context.DeadlineExceeded.
type TimeoutError struct {
	Scope TimeoutScope
	Limit time.Duration
}

// TimeoutScope is what a timeout bounds.
type TimeoutScope string

// The scopes of timeouts.
const (
	AttemptTimeout TimeoutScope = "attempt" // [WithAttemptTimeout]
	TotalTimeout   TimeoutScope = "total"   // [WithTimeout]
	IdleTimeout    TimeoutScope = "idle"    // [WithIdleTimeout]
)

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("%s timeout of %v exceeded", e.Scope, e.Limit)
}

// ResponseError says that an answer with a success status could not be used. Err is one of
// [ErrResponseTooLarge], [ErrContentType], [ErrContentEncoding], a [*DeviationError], or what the
// decoder said.
type ResponseError struct {
	Operation   string
	Status      int
	ContentType string
	RequestID   string
	Attempts    int
	Snippet     string // the beginning of the body, at most 256 bytes
	Err         error
}

// The ways in which an answer cannot be used.
const (
	ErrResponseTooLarge sentinel = "the response is larger than allowed"
	ErrContentType      sentinel = "the response is of another media type"
	ErrContentEncoding  sentinel = "the response has a content encoding that was not asked for"
)

func (e *ResponseError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d: %s", e.Operation, e.Status, plainText(e.Err.Error(), 500))
	if e.ContentType != "" {
		fmt.Fprintf(&b, " (%s)", plainText(e.ContentType, 80))
	}
	if e.Snippet != "" {
		b.WriteString(": ")
		b.WriteString(quoteText(e.Snippet, 120))
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, " (request %s)", plainText(e.RequestID, 80))
	}
	return b.String()
}

func (e *ResponseError) Unwrap() error { return e.Err }

// ErrDryRun is what a call returns under [WithDryRun]: everything was done but sending.
const ErrDryRun sentinel = "dry run: the request was not sent"

// Timeout reports true.
func (e *TimeoutError) Timeout() bool { return true }

// Is makes errors.Is(err, context.DeadlineExceeded) hold.
func (e *TimeoutError) Is(target error) bool { return target == context.DeadlineExceeded }
