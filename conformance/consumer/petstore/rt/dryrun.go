package rt

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"example.com/consumer/petstore/rt/redact"
)

// DryRun is a request that [WithDryRun] kept from being sent: exactly what would have gone out,
// credentials included. It prints without them, and without what the document or its name says to be a secret:
// members of JSON, of forms and of multipart bodies, parameters of the query. See [DryRun.Curl].
//
// Of a body that is read while it is sent, Body is the beginning: [ExcerptSize] bytes at most, and nothing that
// comes after a reader that can be read once only, which stays unread.
type DryRun struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	Length int64 // of the whole body; -1 when it is not known before it is sent

	shown   string         // the URL before credentials were added
	secret  []string       // headers that hold credentials, whatever their names look like
	secrets redact.Secrets // members and parameters
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

// String prints the request line, the header and the body. Credentials in the URL are left out, other secrets are masked.
func (d DryRun) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", d.Method, d.url())
	writeHeader(&b, d.Header, d.secret)
	if len(d.Body) > 0 {
		b.WriteByte('\n')
		b.Write(d.body())
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

// url is the URL as it may be shown.
func (d *DryRun) url() string {
	base, query, ok := strings.Cut(d.shown, "?")
	if !ok {
		return base
	}
	return base + "?" + d.secrets.Form(query)
}

// body is the body as it may be shown.
func (d *DryRun) body() []byte { return d.secrets.Body(d.Body, d.Header.Get("Content-Type")) }
