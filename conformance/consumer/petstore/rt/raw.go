package rt

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

// RawResponse is a response as it came: see [WithResponseInto] and [Client.Send].
type RawResponse struct {
	Status    int // 0: no response arrived
	Header    http.Header
	Body      []byte // as far as it was read
	RequestID string
	Attempts  int // requests made
}

// String prints status and header, without the values of secret headers, and the size of the body.
func (r RawResponse) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d, %d bytes, %d attempts\n", r.Status, len(r.Body), r.Attempts)
	writeHeader(&b, r.Header, nil)
	return b.String()
}

// GoString is String.
func (r RawResponse) GoString() string { return r.String() }

// LogValue is String.
func (r RawResponse) LogValue() slog.Value { return slog.StringValue(r.String()) }
