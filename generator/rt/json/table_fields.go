package json

// Fields is a struct with offsets, for those who look at some of its fields.
type Fields struct{ at pointer }

// Fields returns what the struct holds, which has offsets.
func (r Ref) Fields() Fields { return Fields(r.to.(memory)) }

// Absent reports whether a field is an Opt without a value. It is of the kind String or Int, if it is an Opt.
func (v Fields) Absent(f *Field) bool {
	return f.Flags&Optional != 0 && *stateAt(at(v.at, f.Off), uintptr(sizes[f.Kind])) != set
}

// Text returns the text in a field of the kind String.
func (v Fields) Text(f *Field) string { return *stringAt(at(v.at, f.Off)) }

// Int returns the number in a field of the kind Int.
func (v Fields) Int(f *Field) int { return *intAt(at(v.at, f.Off)) }

// Len returns how many items a field has, and whether it is not nil: one that is held as a slice, and no Opt.
func (v Fields) Len(f *Field) (int, bool) {
	s := sliceAt(at(v.at, f.Off))
	return s.len, s.array != nil
}

// Texts returns the texts in a field that is held as a slice of texts, and no Opt.
func (v Fields) Texts(f *Field) []string { return *stringsAt(at(v.at, f.Off)) }
