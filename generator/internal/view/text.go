package view

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// Text is text of the document. A template cannot print it but through functions that escape it. It is a pointer in
// every view, nil where there is none, so that {{with .Doc}} and {{if .Doc}} mean what they say.
type Text struct{ text string }

// NewText is a text; nil when there is nothing in it.
func NewText(s string) *Text {
	if s = strings.TrimSpace(s); s != "" {
		return &Text{s}
	}
	return nil
}

// wire is a text that is exact to the byte: the name of a member.
func wire(s string) *Text { return &Text{s} }

// Reveal returns the text, for a function that escapes it. Templates see fields alone, and this is none.
func Reveal(t *Text) string {
	if t == nil {
		return ""
	}
	return t.text
}

// Format keeps text from being printed as it is.
func (*Text) Format(w fmt.State, _ rune) { _, _ = w.Write([]byte("%!(text of the document)")) }

// MarshalJSON is a JSON string, in which nothing can end it or reach what stands around.
func (t *Text) MarshalJSON() ([]byte, error) { return json.Marshal(Reveal(t)) }

// Type is a Go type. It prints through the function goType. Where there is none it is nil.
type Type struct{ ref plan.TypeRef }

// Expression returns the type as it is planned.
func Expression(t *Type) plan.TypeRef { return t.ref }

// Format points at goType.
func (*Type) Format(w fmt.State, _ rune) { _, _ = w.Write([]byte("%!(a Go type)")) }

// MarshalJSON is the type expression, as it is written in the package.
func (t *Type) MarshalJSON() ([]byte, error) { return json.Marshal(t.ref.String()) }

func typeOf(t plan.TypeRef) *Type { return &Type{t} }

func pointerTo(t plan.TypeRef) *Type { return &Type{plan.TypeRef{Kind: plan.Pointer, Elem: &t}} }

func local(name string) plan.TypeRef { return plan.TypeRef{Kind: plan.Defined, Name: name} }
