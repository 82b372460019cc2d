// Package diag is the one form in which every stage reports what it found.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Severity ranks a diagnostic.
type Severity string

// The severities. Only errors stop generation.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Diagnostic is one located message.
type Diagnostic struct {
	Pos      model.Pos   `json:"pos"`
	Severity Severity    `json:"severity"`
	Code     string      `json:"code"` // stable, kebab-case: "ref-not-found"
	Message  string      `json:"message"`
	Hint     string      `json:"hint,omitempty"`    // what to do about it
	Detail   string      `json:"detail,omitempty"`  // lines to show below: the part of generated source that is wrong
	Related  []model.Pos `json:"related,omitempty"` // other places involved
}

// String is the one-line form: file:line:col: severity: message [code].
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Pos, d.Severity, d.Message, d.Code)
}

// List collects diagnostics.
type List []Diagnostic

// Errorf adds an error.
func (l *List) Errorf(pos model.Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Error, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (l *List) Warnf(pos model.Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Notef adds a note.
func (l *List) Notef(pos model.Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Note, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Hint attaches a hint to the last diagnostic added.
func (l List) Hint(format string, args ...any) { l[len(l)-1].Hint = fmt.Sprintf(format, args...) }

// HasErrors reports whether any diagnostic is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort orders by file, line, column, code and message, and drops exact repetitions.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(l, func(a, b Diagnostic) bool { return a.String() == b.String() })
}
