// Package webhook decodes the calls that a server makes: webhooks and callbacks.
//
// It reads what came and judges its form. Whether it came from the server it seems to come from is not its
// business: check the signature, by the rules of the API, before or after. The body stays in place for that.
package webhook

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// MaxBody is the largest body that is read, in bytes.
const MaxBody = 32 << 20

// Error says that a request is not the call that was expected.
type Error struct {
	Status int // what to answer with: 400, 405, 413 or 415
	Err    error
}

func (e *Error) Error() string { return "webhook: " + e.Err.Error() }

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// Decode reads the JSON body of a request into the value at ref, and puts an unread one in its place. It is as
// lenient as clients are with answers, but for what is no such call at all: another method, another media
// type, text that is no JSON, JSON of another type. The error is an [*Error].
func Decode(r *http.Request, method string, ref json.Ref) error {
	if r.Method != method {
		return &Error{http.StatusMethodNotAllowed, errors.New("the method is " + strconv.Quote(r.Method[:min(len(r.Method), 20)]) + ", not " + method)}
	}
	if media := r.Header.Get("Content-Type"); !json.IsMediaType(media) {
		return &Error{http.StatusUnsupportedMediaType, errors.New("the media type is " + strconv.Quote(media[:min(len(media), 80)]) + ", not JSON")}
	}
	body, err := read(r)
	if err != nil {
		return err
	}
	var wrong error
	err = json.Decode(body, ref, json.DecodeOptions{Report: func(d json.Deviation) {
		if d.Path == "" && (d.Code == json.WrongType || d.Code == json.UnexpectedNull) {
			wrong = errors.New(d.Message)
		}
	}})
	if err == nil {
		err = wrong
	}
	if err != nil {
		return &Error{http.StatusBadRequest, err}
	}
	return nil
}

// read reads the body of a request, within bounds.
func read(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, &Error{http.StatusBadRequest, errors.New("there is no body")}
	}
	if r.ContentLength > MaxBody {
		return nil, &Error{http.StatusRequestEntityTooLarge, errors.New("the body is too large")}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	r.Body.Close()
	switch {
	case err != nil:
		return nil, &Error{http.StatusBadRequest, err}
	case len(body) > MaxBody:
		return nil, &Error{http.StatusRequestEntityTooLarge, errors.New("the body is too large")}
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, nil
}
