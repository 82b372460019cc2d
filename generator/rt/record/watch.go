package record

import (
	"fmt"
	"io"
	"net/http"
	"sync"
)

// watch records the answer while it is read, so that answers without an end are recorded too: as far as they
// were read.
func (r *Recorder) watch(rec *Recording, resp *http.Response) {
	rec.Response = Response{Status: resp.StatusCode, Headers: r.Scrub.headers(resp.Header)}
	body := resp.Body
	if body == nil {
		body = http.NoBody
	}
	resp.Body = &watched{from: body, save: func(read []byte) error {
		rec.Response.Body, rec.Response.Text, rec.Response.Binary = split(r.Scrub.body(read, resp.Header.Get("Content-Type")))
		if r.Save == nil {
			return nil
		}
		if err := r.Save(rec); err != nil {
			return fmt.Errorf("the exchange could not be recorded: %w", err)
		}
		return nil
	}}
}

// watched is a body that remembers what was read of it.
type watched struct {
	from io.ReadCloser
	save func(read []byte) error

	mu     sync.Mutex
	read   []byte
	failed error // of what was read, or of saving it
	saved  bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return 0, w.failed
	}
	w.read = append(w.read, p[:n]...)
	switch {
	case len(w.read) > MaxBody:
		w.failed, w.read = fmt.Errorf("a body of more than %d bytes is not recorded", MaxBody), nil
		return 0, w.failed
	case err == io.EOF:
		if saving := w.done(); saving != nil {
			return n, saving
		}
	case err != nil:
		w.failed = err
	}
	return n, err
}

// Close saves what was read, unless that was an answer that broke off.
func (w *watched) Close() error {
	err := w.from.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == nil {
		if saving := w.done(); saving != nil {
			return saving
		}
	}
	return err
}

// done saves once.
func (w *watched) done() error {
	if w.saved {
		return nil
	}
	w.saved = true
	w.failed = w.save(w.read)
	w.read = nil
	return w.failed
}
