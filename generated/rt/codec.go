package rt

import "github.com/pantograph-go/pantograph/generated/rt/json"

// This file is all that this package asks of the codec.

// Deviation is a place where a response differs from its document. See [json.Deviation].
type Deviation = json.Deviation

// DeviationError holds the deviations of a response that [WithStrict] turned into an error.
type DeviationError = json.DeviationError

// The ways in which a response as a whole can differ from its document.
const (
	UndocumentedStatus json.DeviationCode = "undocumented-status" // a 2xx that the document does not list
	EmptyBody          json.DeviationCode = "empty-body"          // nothing, where a result is promised
	OtherMediaType     json.DeviationCode = "other-media-type"    // what it is, but labelled as something else
	UndocumentedEnd    json.DeviationCode = "undocumented-end"    // of a stream
	BadHeader          json.DeviationCode = "bad-header"          // a header that cannot be read
)

// aliasLimit is the size of a body, in bytes, up to which decoded strings are parts of it without being asked, where it lies
// in memory of its own. Beyond, they are copies: an id that is kept must not hold all of a body in memory. Of a body in
// lent memory they always are: see [exchange.borrow].
const aliasLimit = 4 << 10

// encode writes the value at ref.
func encode(ref json.Ref) ([]byte, error) { return json.Marshal(ref) }

// mode is how the call has answers read.
func (x *exchange) mode() (m json.Mode) {
	if x.cfg.presence || x.cfg.strict {
		m |= json.WithPresence
	}
	return m
}

// sharing is whether strings may be parts of a body that is the call's alone.
func (x *exchange) sharing(body []byte) (m json.Mode) {
	// Whoever captures the body may write to it, and what is borrowed is given back.
	if x.cfg.into == nil && x.borrowed == nil && (x.cfg.share || len(body) <= aliasLimit) {
		m |= json.Alias
	}
	return m
}

// decode reads data into the value at ref by way of a function, and returns where data differs from the document
// if watch says so.
func decode(read DecodeFunc, data []byte, ref json.Ref, mode json.Mode, watch bool) ([]Deviation, error) {
	if watch {
		return observe(read, data, ref, mode)
	}
	return nil, read(data, ref, json.DecodeOptions{Mode: mode})
}

// observe is decode where somebody watches. It is apart, so that no other has memory made for what is found.
func observe(read DecodeFunc, data []byte, ref json.Ref, mode json.Mode) (found []Deviation, err error) {
	err = read(data, ref, json.DecodeOptions{Mode: mode, Report: func(d Deviation) { found = append(found, d) }})
	return found, err
}
