package json

// memory is a value that lies somewhere.
type memory struct{ at pointer }

func (v memory) decode(data []byte, t *Type, o DecodeOptions) error {
	var d decoder
	if !d.begin(data, view(data), o) {
		return d.err
	}
	t = t.Real()
	clearTyped(t, v.at)
	return d.finish(d.typed(space(d.s, 0), t, v.at), o)
}

func (v memory) append(dst []byte, t *Type) ([]byte, error) {
	e := encoder{}
	b := e.typed(dst, t.Real(), v.at)
	if e.err != nil {
		return dst, e.err
	}
	return b, nil
}

func (v memory) presence(t *Type) *Presence { return *presenceAt(at(v.at, t.Presence)) }

func (v memory) shows(f *Field) (state, bool) {
	ptr := at(v.at, f.Off)
	return shows(f, ptr), f.Kind == Constant || zero(f.Kind, f.Flags, f.Sub, ptr)
}

func (v memory) written(f *Field) string {
	return string((&encoder{}).written(nil, f, at(v.at, f.Off)))
}

func (v memory) extra(t *Type, name string) (text string, ok bool) {
	elem := t.Sub.Real()
	elem.Range(at(v.at, t.Additional), func(key string, v pointer) bool {
		if ok = key == name; ok {
			text = string((&encoder{}).writtenTyped(nil, elem, v))
		}
		return !ok
	})
	return text, ok
}

func (v memory) length(*Type) int { return sliceAt(v.at).len }

func (v memory) element(dst []byte, t *Type, i int) ([]byte, error) {
	if t.Kind == Strings {
		return AppendString(dst, (*stringsAt(v.at))[i]), nil
	}
	elem := t.Sub.Real()
	e := encoder{}
	b := e.typed(dst, elem, at(sliceAt(v.at).array, uintptr(i)*typeSize(elem)))
	if e.err != nil {
		return dst, e.err
	}
	return b, nil
}

func (v memory) setText(text string) { *stringAt(v.at) = text }
