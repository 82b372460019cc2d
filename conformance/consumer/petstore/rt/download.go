package rt

import (
	"context"
	"io"
	"net/http"
)

// Download is an answer that is no JSON, read while it comes. It must be closed: that ends the request.
// Errors of Read are those of calls: a download that breaks off is never taken for complete.
type Download struct {
	Status      int
	Header      http.Header
	ContentType string // as the server says it; empty when it says nothing
	Size        int64  // in bytes, -1 when the server does not say it
	// FileName is the name that the server suggests, without any path and safe as the name of a file on
	// every system; empty when it suggests none. The client never writes a file.
	FileName string

	body io.ReadCloser
}

// NewDownload makes a download of what a reader holds: what a fake server answers with. It is closed if
// it can be.
func NewDownload(body io.Reader, contentType string) *Download {
	d := &Download{Status: http.StatusOK, Header: http.Header{}, ContentType: contentType, Size: -1}
	if sized, ok := body.(interface{ Len() int }); ok {
		d.Size = int64(sized.Len())
	}
	c, ok := body.(io.ReadCloser)
	if !ok {
		c = io.NopCloser(body)
	}
	d.body = c
	return d
}

// Read reads what was downloaded.
func (d *Download) Read(p []byte) (int, error) {
	if d.body == nil {
		return 0, io.EOF
	}
	return d.body.Read(p)
}

// Close ends the download.
func (d *Download) Close() error {
	if d.body == nil {
		return nil
	}
	return d.body.Close()
}

// Open carries out a call whose answer is a download. It is nil when the answer is one that the document
// describes as empty.
//
// A download may have any size, unless [WithMaxResponseSize] says otherwise, and may take any time as long
// as something comes: see [Client.Begin].
func (c *Client) Open(ctx context.Context, call *Call) (*Download, error) {
	in, err := c.Begin(ctx, call)
	if err != nil {
		return nil, err
	}
	in.most = in.x.cfg.maxResponse
	if in.most > 0 && in.resp.ContentLength > in.most && call.Operation.Method != http.MethodHead {
		in.Close()
		return nil, in.x.unusable(ErrResponseTooLarge)
	}
	d := &Download{
		Status: in.Status(), Header: in.Header(), ContentType: in.Header().Get("Content-Type"), Size: in.Size(),
		FileName: suggestedName(in.Header().Get("Content-Disposition")), body: in,
	}
	if d.Size == 0 && call.Operation.bodiless(d.Status) {
		return nil, in.Close()
	}
	return d, nil
}
