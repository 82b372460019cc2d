package rt

import (
	"bytes"
	"context"
	"errors"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// detail decodes the body of a failure that the document describes. It is lenient whatever the options
// say: a failure is one, however its body looks.
func (x *exchange) detail(ctx context.Context, e *Error) {
	f, label := x.call.Operation.failure(e.Status), e.Header.Get("Content-Type")
	if f == nil || len(e.Body) == 0 {
		return
	}
	read := DecodeFunc(json.Decode)
	switch {
	case f.Decode != nil && looksLikeXML(e.Body, label):
		read = f.Decode
	case !isJSON(label) && !looksLikeJSON(e.Body):
		return
	}
	if string(bytes.TrimSpace(e.Body)) == "null" {
		return
	}
	value, ref := f.New()
	found, err := decode(read, e.Body, ref, x.mode(), len(x.client.observers) > 0)
	if err != nil {
		return
	}
	e.Detail = value
	x.report(ctx, found)
}

// failure returns what the document says about failures with a status, most specific first.
func (o *Operation) failure(status int) *Failure {
	for _, s := range [...]int{status, status / 100, 0} {
		for i := range o.Failures {
			if o.Failures[i].Status == s {
				return &o.Failures[i]
			}
		}
	}
	return nil
}

// ErrorBody returns the body of a failure, if it is one that the document describes with type T.
func ErrorBody[T any](err error) (*T, bool) {
	var e *Error
	if !errors.As(err, &e) {
		return nil, false
	}
	body, ok := e.Detail.(*T)
	return body, ok
}
