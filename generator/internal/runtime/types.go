package runtime

import _ "embed"

//go:generate go run ../verify/stdlib/mk -runtime ../../rt -out .

// The files that hold the types of an edition of the runtime, for verification: to parse and to check its declarations took
// a third of the time for a small document. A test holds them to the source.
const (
	TypesFile       = "types.bin"
	InlineTypesFile = "types-inline.bin"
)

//go:embed types.bin
var types string

//go:embed types-inline.bin
var inlineTypes string

// Types returns the types of an edition of the runtime, for package stdlib to read.
func Types(unsafe bool) string {
	if unsafe {
		return types
	}
	return inlineTypes
}
