package rt

import (
	"fmt"
	"log/slog"
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
	writeHeader(&b, r.Header, nil)
	return b.String()
}

// GoString is String.
func (r RawResponse) GoString() string { return r.String() }

// LogValue is String.
func (r RawResponse) LogValue() slog.Value { return slog.StringValue(r.String()) }

// DryRun is a request that [WithDryRun] kept from being sent: exactly what would have gone out,
// credentials included. It prints without them.
//
// Of a body that is read while it is sent, Body is the beginning: [ExcerptSize] bytes at most, and nothing that
// comes after a reader that can be read once only, which stays unread.
type DryRun struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	Length int64 // of the whole body; -1 when it is not known before it is sent

	shown  string   // the URL before credentials were added
	secret []string // headers that hold credentials, whatever their names look like
}

// ExcerptSize is how much a [DryRun] shows of a body that is read while it is sent, in bytes.
const ExcerptSize = 64 << 10

// capture keeps a request, with its credentials.
func (d *DryRun) capture(req *http.Request, body []byte, s *stream) error {
	d.Method, d.URL, d.Header = req.Method, req.URL.String(), req.Header.Clone()
	d.Body, d.Length = slices.Clone(body), int64(len(body))
	if s == nil {
		return ErrDryRun
	}
	var err error
	d.Length = s.size
	if d.Body, _, err = s.excerpt(ExcerptSize); err != nil {
		return err
	}
	return ErrDryRun
}

// String prints the request line, the header without the values of secret headers, and the body. Credentials in the URL are left out.
func (d DryRun) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", d.Method, d.shown)
	writeHeader(&b, d.Header, d.secret)
	if len(d.Body) > 0 {
		b.WriteByte('\n')
		b.Write(d.Body)
		if int64(len(d.Body)) != d.Length {
			b.WriteString("…")
		}
	}
	return b.String()
}

// GoString is String.
func (d DryRun) GoString() string { return d.String() }

// LogValue is String.
func (d DryRun) LogValue() slog.Value { return slog.StringValue(d.String()) }
