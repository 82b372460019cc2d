package json

// Ref points at a value together with its description.
type Ref struct {
	Type *Type // nil when no value is described, not even a nil one
	to   any   // a Value, or what a description with offsets leads to: located
}

// located is a value that its description has offsets for.
type located interface {
	decode(data []byte, t *Type, o DecodeOptions) error
	append(dst []byte, t *Type) ([]byte, error)
	presence(t *Type) *Presence
	shows(f *Field) (st state, isZero bool)    // of the field, by what it holds
	written(f *Field) string                   // what the field writes
	extra(t *Type, name string) (string, bool) // the text of an additional member
	length(t *Type) int                        // of a list
	element(dst []byte, t *Type, i int) ([]byte, error)
	setText(text string)
}

// Name returns the name of the member.
func (f *Field) Name() string { return memberName(f.Key, 1) }

// Of refers to a value with generated code.
func Of(t *Type, v Value) Ref { return Ref{t, v} }

// IsNil reports whether the reference points at nothing.
func (r Ref) IsNil() bool { return r.to == nil }

// value is the value with generated code.
func (r Ref) value() Value { return r.to.(Value) }

// composite is what generated code says of the struct.
func (r Ref) composite() Composite { return r.to.(Members).Composite() }
