package json

// IsText reports whether v is a plain string.
func IsText(v Ref) bool {
	if v.IsNil() {
		return false
	}
	t := v.Type.Real()
	return t.Kind == String && t.Flags&Optional == 0
}

// SetText sets the string at v, for which IsText holds, to a text that did not come as JSON.
func SetText(v Ref, text string) {
	if to, ok := v.to.(located); ok {
		to.setText(text)
		return
	}
	d := decoder{s: string(AppendString(nil, text)), left: 1}
	v.value().ReadJSON(&d, 0, 0)
}

// IsComposite reports whether the JSON of v is an object or array.
func IsComposite(v Ref) bool {
	if v.IsNil() {
		return false
	}
	switch v.Type.Real().Kind {
	case Struct, Tuple, Object, Strings, Slice, Map:
		return true
	}
	return false
}
