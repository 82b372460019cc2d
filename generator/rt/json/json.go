// Package json reads and writes the JSON of generated types.
//
// The Go types of an API and their wire form are described by a [Type], static data. [Decode] and
// [Append] interpret it: one reader and one writer for every type, so a generated package carries
// descriptions and not code. Nothing here keeps state between calls; all functions may be used from
// many goroutines, on different values.
//
// [Visit] gives what would be written to those who write something else than JSON.
//
// # What is read
//
// Text is read as RFC 8259 has it, without extensions: UTF-8 without a byte order mark, one value,
// nothing after it, nesting up to a limit. Text that breaks this always fails, with a [SyntaxError].
//
// Text that is JSON but not what the document promises is another matter: servers break their own
// documents. Each such place is a [Deviation]. By default a deviation costs its own value only: the
// field keeps its zero value, the rest is read, and DecodeOptions.Report hears of it. With [Strict]
// the deviations become an error. The rules:
//
//   - A member that the type does not know is passed over. Names are compared exactly: "ID" is not "id".
//
//   - A member twice: the last one counts, and nothing of the first is left. It is a deviation. (Members
//     that the type does not know, and members inside values kept as text, are not compared.)
//
//   - A required member that is not there, null where none is allowed, a value of another type, a
//     number that the Go type cannot hold, text that does not have its form: the zero value.
//
//   - An integer may be written as 1.0 or 1e2, in both modes: to JSON Schema that is an integer.
//
//   - A half of a surrogate pair (\ud800) becomes U+FFFD.
//
//   - The element of a list or map that deviates is a zero value in its place.
//
//   - Members that are no fields are passed over, or go to the map of additional members where there is
//     one. An array for a tuple that has fewer or more elements fills what is there.
//
//   - A value that is none of the variants of a union is kept as text, and nothing of it is lost. See
//     [Union] for how a variant is found: never by the order of members.
//
// # What is written
//
// Members are written in the order of the document, without white space, maps in the order of their
// keys, additional members after the fields. Strings hold no escapes but the necessary ones; what is not
// UTF-8 in them becomes U+FFFD.
// Floats take the shortest form that reads back as the same number; NaN and the infinities have no JSON
// form and are an error.
//
// What has no JSON form is a [ValueError], and nothing is written: raw values that are no JSON, numbers
// that are none, an additional member with the name of a field, a value of a type that is no variant of its
// union.
//
// A type of a request writes its required members and those that are set. A type of a response writes
// its required and its non-zero members, or, when it was read with [WithPresence], what was there: see
// [Presence].
package json

// Mode selects how [Decode] reads.
type Mode uint8

// The bits of a Mode.
const (
	// WithPresence records which members were there, which were null, and the text that no field could
	// hold: see Presence.
	WithPresence Mode = 1 << iota
	// Strict turns deviations into a *DeviationError that lists them. It implies WithPresence. The value
	// is filled as far as it can be, as without Strict.
	Strict
	// Alias lets strings and raw values share the memory of the data, which then must not change any
	// more and lives as long as one of them. Without it they are copies, and a string that is kept
	// holds no more than about 1 KiB of its neighbours.
	Alias
	// Known makes nothing of members that the type does not have, also where presence is recorded: for values
	// that are to be written to someone who takes no others. A variant of a union that had to be guessed keeps
	// them.
	Known
)

// DefaultMaxDepth is how deep values may nest when DecodeOptions does not say.
const DefaultMaxDepth = 1000

// DecodeOptions modify Decode. The zero value is lenient and copies strings.
type DecodeOptions struct {
	Mode     Mode
	Report   func(Deviation) // when not nil, is told each deviation, in the order of the text, after all is read
	MaxDepth int             // how deep arrays and objects may nest; 0 is DefaultMaxDepth
}

// Decode reads data, all of it, into v. What v held before is gone.
//
// The error is a *SyntaxError, with v in an unknown but safe state, or in strict mode a
// *DeviationError. It does not hold on to data, but with Alias. With a nil v it only checks data.
func Decode(data []byte, v Ref, o DecodeOptions) error {
	if v.IsNil() {
		return Valid(data)
	}
	if to, ok := v.to.(located); ok {
		return to.decode(data, v.Type, o)
	}
	return decodeInline(data, v.value(), o)
}

// DecodeLenient is Decode without options.
//
//go:noinline
func DecodeLenient(data []byte, v Ref) error { return Decode(data, v, DecodeOptions{}) }

// DecodeStrict is Decode in strict mode.
//
//go:noinline
func DecodeStrict(data []byte, v Ref) error { return Decode(data, v, DecodeOptions{Mode: Strict}) }

// Append appends the JSON of v to dst, null for a nil v. The error is a *ValueError; dst then comes back
// as it was.
func Append(dst []byte, v Ref) ([]byte, error) {
	if v.IsNil() {
		return append(dst, "null"...), nil
	}
	if to, ok := v.to.(located); ok {
		return to.append(dst, v.Type)
	}
	return appendInline(dst, v.value())
}
