package json

// Len returns the number of elements of a list, and whether v is one.
func Len(v Ref) (int, bool) {
	if v.IsNil() {
		return 0, false
	}
	switch t := v.Type.Real(); t.Kind {
	case Strings, Slice:
		if v.Value != nil {
			return v.Value.(Elements).Len(), t.Flags&Optional == 0
		}
		return sliceAt(v.Ptr).len, t.Flags&Optional == 0
	}
	return 0, false
}

// AppendElement appends the JSON of element i of a list, for which Len holds. As Append does, it returns dst as it
// was on error.
func AppendElement(dst []byte, v Ref, i int) ([]byte, error) {
	if v.Value != nil {
		e := newEncoder()
		b := v.Value.(Elements).WriteElement(e, dst, i)
		if e.err != nil {
			return dst, e.err
		}
		return b, nil
	}
	t := v.Type.Real()
	if t.Kind == Strings {
		return AppendString(dst, (*stringsAt(v.Ptr))[i]), nil
	}
	elem := t.Sub.Real()
	e := encoder{}
	b := e.typed(dst, elem, at(sliceAt(v.Ptr).array, uintptr(i)*typeSize(elem)))
	if e.err != nil {
		return dst, e.err
	}
	return b, nil
}
