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

// aliasLimit is the size of a body, in bytes, up to which decoded strings are parts of it. Beyond, they are
// copies: a kept id must not hold a large body in memory.
const aliasLimit = 64 << 10

// encode writes the value at ref.
func encode(ref json.Ref) ([]byte, error) { return json.Marshal(ref) }

// decode reads data into the value at ref, and returns where data differs from the document if watch
// says so. Data must not change afterwards if it is owned.
func decode(data []byte, ref json.Ref, owned, presence, watch bool) (found []Deviation, err error) {
	return decodeBy(json.Decode, data, ref, owned, presence, watch)
}

// decodeBy is decode by way of a function.
func decodeBy(read DecodeFunc, data []byte, ref json.Ref, owned, presence, watch bool) (found []Deviation, err error) {
	var o json.DecodeOptions
	if owned && len(data) <= aliasLimit {
		o.Mode |= json.Alias
	}
	if presence {
		o.Mode |= json.WithPresence
	}
	if watch {
		o.Report = func(d Deviation) { found = append(found, d) }
	}
	err = read(data, ref, o)
	return found, err
}
