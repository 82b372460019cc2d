package fake

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"reflect"

	"example.com/consumer/petstore/rt"
)

// Answer is what a function can set of its answer beside what it returns.
type Answer struct {
	Status int // of a success; 0: the usual one
	Header http.Header
}

// AnswerOf returns the answer of the exchange whose context a function was given.
func AnswerOf(ctx context.Context) *Answer {
	if a, ok := ctx.Value(answerKey{}).(*Answer); ok {
		return a
	}
	return &Answer{Header: http.Header{}}
}

type answerKey struct{}

// Answer writes what a function returned: the error, if there is one, else status and value as JSON. Value is nil
// for no body, or a pointer to a generated type.
func (x *Exchange) Answer(status int, value any, err error) {
	if x.failed(err) {
		return
	}
	x.Reply(x.status(status), value)
}

// Empty answers without a body, if a function returned neither a result nor an error, and reports whether it did.
func (x *Exchange) Empty(status int, none bool, err error) bool {
	if err != nil || !none {
		return false
	}
	x.send(x.status(status), nil)
	return true
}

// TextAnswer answers with a text.
func (x *Exchange) TextAnswer(status int, media, text string, err error) {
	if x.failed(err) {
		return
	}
	x.label(media)
	x.send(x.status(status), []byte(text))
}

// Redirect answers with where to go.
func (x *Exchange) Redirect(status int, to *url.URL, err error) {
	if x.failed(err) {
		return
	}
	if to != nil {
		x.w.Header().Set("Location", to.String())
	}
	x.send(x.status(status), nil)
}

// Download answers with what is read from a download, which it closes. Its status, header and media type win.
func (x *Exchange) Download(status int, media string, d *rt.Download, err error) {
	if x.failed(err) {
		return
	}
	if d == nil {
		x.nothing()
		return
	}
	defer d.Close()
	if d.Status != 0 && d.Status != http.StatusOK {
		status = d.Status
	}
	for name, values := range d.Header {
		x.w.Header()[name] = values
	}
	x.w.Header().Del("Content-Length") // what is read decides
	if d.ContentType != "" {
		media = d.ContentType
	}
	x.label(media)
	x.head(x.status(status))
	if _, err := io.Copy(x.w, d); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// failed answers with an error, if there is one.
func (x *Exchange) failed(err error) bool {
	if err != nil {
		x.Error(err)
	}
	return err != nil
}

// status is the status of a success: what the function set, else the usual one.
func (x *Exchange) status(usual int) int {
	if a := AnswerOf(x.Context()); a.Status != 0 {
		return a.Status
	}
	if usual == 0 {
		return http.StatusOK
	}
	return usual
}

// label sets the media type, if the function has not.
func (x *Exchange) label(media string) {
	if x.w.Header().Get("Content-Type") == "" {
		x.w.Header().Set("Content-Type", media)
	}
}

func (x *Exchange) head(status int) {
	x.answered = true
	x.w.WriteHeader(status)
}

// Reply writes a status and a value as JSON.
func (x *Exchange) Reply(status int, value any) {
	if value == nil {
		x.send(status, nil)
		return
	}
	if r := reflect.ValueOf(value); r.Kind() == reflect.Pointer && r.IsNil() {
		x.nothing()
		return
	}
	body, err := marshal(value)
	if err != nil {
		x.write(http.StatusInternalServerError, "fake", x.route.ID+" returned what is no JSON: "+err.Error(), nil)
		return
	}
	x.send(status, body)
}

func (x *Exchange) nothing() {
	x.write(http.StatusInternalServerError, "fake", x.route.ID+" returned neither a result nor an error", nil)
}

// marshal leaves the text of generated types as it is, which encoding/json would escape for HTML.
func marshal(v any) ([]byte, error) {
	if m, ok := v.(json.Marshaler); ok {
		return m.MarshalJSON()
	}
	return json.Marshal(v)
}
