package json

// Len returns the number of elements of a list, and whether v is one.
func Len(v Ref) (int, bool) {
	if v.IsNil() {
		return 0, false
	}
	switch t := v.Type.Real(); t.Kind {
	case Strings, Slice:
		if to, ok := v.to.(located); ok {
			return to.length(t), t.Flags&Optional == 0
		}
		if list, ok := v.to.(Elements); ok { // an Opt is none
			return list.Len(), true
		}
	}
	return 0, false
}

// AppendElement appends the JSON of element i of a list, for which Len holds. As Append does, it returns dst as it
// was on error.
func AppendElement(dst []byte, v Ref, i int) ([]byte, error) {
	if to, ok := v.to.(located); ok {
		return to.element(dst, v.Type.Real(), i)
	}
	e := newEncoder()
	b := v.to.(Elements).WriteElement(e, dst, i)
	if e.err != nil {
		return dst, e.err
	}
	return b, nil
}
