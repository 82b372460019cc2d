// Package diff compares two versions of an API: what changed in the document, what that does to requests and responses on
// the wire and to the Go of the client, and what version number it asks for. It compares what the documents mean (the
// model), not their text.
package diff

import (
	"cmp"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Level is what a change asks of the version number.
type Level int

// The levels.
const (
	Patch Level = iota // nobody has to know
	Minor              // there is more than before
	Major              // a program may have to be changed, or a request is refused that was accepted
)

func (l Level) String() string { return [...]string{"patch", "minor", "major"}[l] }

// MarshalText prints a level in JSON.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Change is one change of the document.
type Change struct {
	Kind   string     `json:"kind"` // stable: "operation-removed"
	Level  Level      `json:"level"`
	Where  string     `json:"where"`            // "GET /pets, query limit"; "schema Pet, member name"
	Text   string     `json:"text"`             // what changed
	Wire   string     `json:"wire,omitempty"`   // what that does to requests and responses; empty: nothing
	Before string     `json:"before,omitempty"` // in short
	After  string     `json:"after,omitempty"`
	Old    *model.Pos `json:"old,omitempty"` // where it stood; nil: it was not there
	New    *model.Pos `json:"new,omitempty"`
}

// GoChange is one change of the exported Go API.
type GoChange struct {
	Package string `json:"package"` // "", or the name of the directory
	Level   Level  `json:"level"`
	Text    string `json:"text"`
	Old     string `json:"old,omitempty"` // file and line in the old output
	New     string `json:"new,omitempty"`
}

// Report is all that is to be said about two versions.
type Report struct {
	Old       Version    `json:"old"`
	New       Version    `json:"new"`
	Verdict   Level      `json:"verdict"`
	Reasons   []string   `json:"reasons"`
	Documents bool       `json:"documents"` // the documents were compared
	Changes   []Change   `json:"changes"`
	Go        []GoChange `json:"go"`
}

// Version names one side.
type Version struct {
	Name      string `json:"name"`                // what the user called it
	Title     string `json:"title,omitempty"`     // of the API
	Version   string `json:"version,omitempty"`   // that the document states
	Generator string `json:"generator,omitempty"` // of an output
}

// Documents compares two APIs.
func Documents(old, now *model.API) []Change {
	w := &walk{}
	w.api(old, now)
	slices.SortStableFunc(w.changes, func(a, b Change) int { return cmp.Compare(b.Level, a.Level) })
	return w.changes
}

// walk collects changes.
type walk struct {
	changes []Change
	pairs   pairs
}

// add notes a change. What stood nowhere has no position.
func (w *walk) add(c Change, old, now model.Pos) {
	if old != (model.Pos{}) {
		c.Old = &old
	}
	if now != (model.Pos{}) {
		c.New = &now
	}
	w.changes = append(w.changes, c)
}
