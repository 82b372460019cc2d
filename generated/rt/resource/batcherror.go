package resource

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// ItemErrors says where an API reports the failures of single items of a batch: in a list of objects inside
// the body of the error, which may stand there as JSON in a text. It is static data.
type ItemErrors struct {
	Code     string         // of errors that hold such a list; any, when empty
	Member   []string       // path to it in the body: "error", "message"
	ID       string         // member of its objects: by what the server calls the item
	ItemCode string         // member of its objects; empty when they have none
	Message  string         // likewise; without it, the message is the object as it stands
	Errors   *rt.ErrorModel // which classes codes have; nil: the class is that of the call
}

// read returns the errors of single items by their ids; none where the error holds no list of that form.
func (h *ItemErrors) read(err error) map[string]error {
	var e *rt.Error
	if h == nil || !errors.As(err, &e) || h.Code != "" && h.Code != e.Code {
		return nil
	}
	raw, ok := json.Lookup(e.Body, h.Member...)
	if !ok {
		return nil
	}
	if text, ok := raw.Text(); ok {
		raw = json.Raw(text)
	}
	var list []json.Raw
	if stdjson.Unmarshal(raw, &list) != nil {
		return nil
	}
	items := make(map[string]error, len(list))
	for _, object := range list {
		if id, ok := memberText(object, h.ID); ok {
			items[id] = h.item(e, object)
		}
	}
	return items
}

// item is the error of one item: that of the call, with what the server says of the item.
func (h *ItemErrors) item(whole *rt.Error, object json.Raw) error {
	e := *whole
	if code, ok := memberText(object, h.ItemCode); ok {
		e.Code = code
		if h.Errors != nil {
			e.Class = h.Errors.Classify(code, e.Status)
		}
	}
	e.Message = object.String()
	if message, ok := memberText(object, h.Message); ok {
		e.Message = message
	}
	return &e
}

// memberText is the text of a member of an object.
func memberText(object json.Raw, member string) (string, bool) {
	v, _ := json.Lookup(object, member)
	return v.Text()
}

// said is what the server said of a failure.
func said(err error) (code, message string) {
	var e *rt.Error
	if errors.As(err, &e) {
		return e.Code, e.Message
	}
	return "", err.Error()
}

// BatchError says how many items of a batch are not done. Which, and why, is in the result.
type BatchError struct {
	What                            string // "instances"
	Done, Failed, Unclear, NotTried int
	Errs                            []error // of items and calls that failed, and why the rest was not tried
}

// Error gives the numbers and the first errors.
func (e *BatchError) Error() string {
	const most = 3
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d done, %d failed", e.What, e.Done, e.Failed)
	if e.Unclear > 0 {
		fmt.Fprintf(&b, ", %d unclear", e.Unclear)
	}
	if e.NotTried > 0 {
		fmt.Fprintf(&b, ", %d not tried", e.NotTried)
	}
	for i, err := range e.Errs[:min(len(e.Errs), most)] {
		b.WriteString([]string{": ", "; "}[min(i, 1)])
		b.WriteString(err.Error())
	}
	if more := len(e.Errs) - most; more > 0 {
		fmt.Fprintf(&b, "; and %d more", more)
	}
	return b.String()
}

// Unwrap returns Errs.
func (e *BatchError) Unwrap() []error { return e.Errs }
