package rt

import (
	"fmt"
	"net/http"
	"slices"
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
	writeHeader(&b, r.Header)
	return b.String()
}

// GoString is String.
func (r RawResponse) GoString() string { return r.String() }

// DryRun is a request that [WithDryRun] kept from being sent: exactly what would have gone out,
// credentials included. It prints without them.
type DryRun struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte

	shown string // the URL before credentials were added
}

// capture keeps a request, with its credentials.
func (d *DryRun) capture(req *http.Request, body []byte) {
	d.Method, d.URL, d.Header, d.Body = req.Method, req.URL.String(), req.Header.Clone(), slices.Clone(body)
}

// String prints the request line, the header without the values of secret headers, and the body. Credentials in the URL are left out.
func (d DryRun) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", d.Method, d.shown)
	writeHeader(&b, d.Header)
	if len(d.Body) > 0 {
		b.WriteByte('\n')
		b.Write(d.Body)
	}
	return b.String()
}

// GoString is String.
func (d DryRun) GoString() string { return d.String() }
