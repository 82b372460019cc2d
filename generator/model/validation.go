package model

import "sort"

// Validation is a rule that keywords cannot state: x-validations of a schema or an operation.
type Validation struct {
	Pos
	ID                string     `json:"id"`
	Rule              Expression `json:"rule,omitempty"` // CEL; empty: only the server can tell
	Message           string     `json:"message,omitempty"`
	MessageExpression Expression `json:"messageExpression,omitempty"` // CEL
	FieldPath         Expression `json:"fieldPath,omitempty"`         // ".interval.lower_bound": where a broken rule is reported
	Severity          Severity   `json:"severity,omitempty"`          // never empty: the default is filled in
	Codes             []string   `json:"codes,omitempty"`             // error codes by which the server reports it
	Source            *Source    `json:"source,omitempty"`
}

// Severity says what a broken rule means.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // the request is not sent
	SeverityWarning Severity = "warning" // the request is sent, and the caller told
	SeverityServer  Severity = "server"  // only the server can tell
)

// Expression is a text of the document that is written in a language of its own. The zero Expression means that none is given.
type Expression struct {
	Text   string
	Places []Place // of its characters, rising; the first is that of the text
}

// Place says where a character of an expression stands. Those after it stand beside it, up to the next Place.
type Place struct {
	Offset int // in characters
	Pos
}

// At is the position of the character at an offset, counted in characters.
func (e Expression) At(offset int) Pos {
	i := sort.Search(len(e.Places), func(i int) bool { return e.Places[i].Offset > offset }) - 1
	if i < 0 {
		return Pos{}
	}
	pos := e.Places[i].Pos
	if pos.Line > 0 {
		pos.Col += offset - e.Places[i].Offset
	}
	return pos
}
