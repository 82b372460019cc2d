package resource

import (
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/rt"
)

// NotFoundError says that nothing has the name or id. It is rt.ErrNotFound.
type NotFoundError struct {
	What string // "group"
	Name string // or id, as it was asked for
	Err  error  // what the server said of the text as an id, if it was asked
}

func (e *NotFoundError) Error() string {
	return "no " + e.What + " has the name or id " + rt.Quote(e.Name, maxText)
}

// Is makes errors.Is(err, rt.ErrNotFound) hold.
func (e *NotFoundError) Is(target error) bool { return target == rt.ErrNotFound }

// Unwrap returns Err.
func (e *NotFoundError) Unwrap() error { return e.Err }

// AmbiguousError says that a name is that of several. Their ids tell them apart.
type AmbiguousError struct {
	What       string // "group"
	Name       string
	Candidates []Candidate // at most MaxCandidates, in the order of the list
	Count      int         // of all
}

// MaxCandidates is how many candidates an [AmbiguousError] names.
const MaxCandidates = 20

// maxText is how much of a name, id or state is shown, in bytes.
const maxText = 80

// Candidate is one of those that have the name.
type Candidate struct{ ID, Name string }

// has reports whether a candidate with the id is known: rows move while a list is read, so one may come twice.
func (e *AmbiguousError) has(id string) bool {
	if id == "" {
		return false
	}
	for _, c := range e.Candidates {
		if c.ID == id {
			return true
		}
	}
	return false
}

func (e *AmbiguousError) add(id, name string) {
	e.Count++
	if len(e.Candidates) < MaxCandidates {
		e.Candidates = append(e.Candidates, Candidate{id, name})
	}
}

// Error names the ids.
func (e *AmbiguousError) Error() string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(e.Count) + " of type " + e.What + " have the name " + rt.Quote(e.Name, maxText) + ": ")
	for i, c := range e.Candidates {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(rt.Quote(c.ID, maxText))
	}
	if more := e.Count - len(e.Candidates); more > 0 {
		b.WriteString(" and " + strconv.Itoa(more) + " more")
	}
	return b.String()
}
