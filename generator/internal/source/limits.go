package source

import (
	"fmt"

	"github.com/pantograph-go/pantograph/generator/model"
)

// The limits of an input. They are far above what real documents need and low enough that a hostile
// one fails within seconds and some hundreds of megabytes.
const (
	maxSize     = 200_000_000 // bytes of all files together
	maxYAMLSize = 64_000_000  // bytes of one YAML file; its parser needs some fifty times that in memory
	maxNodes    = 3 << 20     // values of all files together; the largest public documents have half a million
	maxDepth    = 500         // nesting of lists and objects
	maxCopies   = 100_000     // values that YAML aliases and merge keys may add to a file
	maxOverlaid = 500_000     // values that overlays may add
	maxPointers = 512_000_000 // bytes of all JSON pointers together
	maxChain    = 200         // references that lead from one to the next
	maxMembers  = 100_000     // properties of one object, and entries of one list of x-pantograph
	maxText     = 4_000_000   // bytes of one text
	maxPath     = 8000        // bytes of a path
	maxMessage  = 1000        // bytes of a message
	maxReports  = 1000        // diagnostics of one kind; the rest is counted
	maxNear     = 5000        // names among which a misspelt one is looked for
	maxHops     = 100         // references through which one pointer leads
	maxSteps    = 100_000     // comparisons of one value with its schema
	maxAllSteps = 20_000_000  // and of all together
	maxDigits   = 400         // of a limit; more than a float64 has
	maxFiles    = 20_000      // files of one load
)

// Beyond these, kin-openapi is not asked: it needs time that grows with the square of the first (ten
// seconds for 4000 on a fast machine) and some two kilobytes for each of the second.
const (
	maxKinDepth = 1000      // schemas that lead from one to the next, by whatever keyword
	maxKinNodes = 2_000_000 // values of all files together
)

// syntaxError is a file that cannot be read as a tree.
type syntaxError struct {
	pos     model.Pos
	code    string // "syntax" when empty
	message string
	hint    string

	harmless bool // a warning
}

func (e *syntaxError) Error() string { return e.message }

func limitError(pos model.Pos, format string, args ...any) error {
	return &syntaxError{pos: pos, code: "limit", message: fmt.Sprintf(format, args...)}
}

func depthError(pos model.Pos) error {
	return limitError(pos, "the document is nested more than %d levels deep", maxDepth)
}
