package json

// note records what is particular about field i, read from the text between q and e.
func (d *decoder) note(o *reading, q, e, i int) {
	if d.differs(&o.there, q, i) {
		f := &o.t.Fields[i]
		d.keepText(&o.there, q, e, i, string((&encoder{}).written(nil, f, at(o.base, f.Off))))
	}
}

// shows says whether field i, which by what it holds shows st, is written, and whether as null.
func (p *Presence) shows(i int, f *Field, ptr pointer, st state) state {
	return p.shown(i, f.Kind == Constant || zero(f.Kind, f.Flags, f.Sub, ptr), st)
}

// written appends the value of the field at ptr, an absent one too, as it is compared with what was
// written before. A value that cannot be written has a text of its own.
func (e *encoder) written(b []byte, f *Field, ptr pointer) []byte {
	if f.Kind == Constant {
		return append(b, f.Const...)
	}
	if b = e.value(b, f.Kind, f.Flags, f.Sub, ptr); e.err != nil {
		return []byte("!" + e.err.Error())
	}
	return b
}

// writtenTyped is written for what is no field.
func (e *encoder) writtenTyped(b []byte, t *Type, ptr pointer) []byte {
	if b = e.typed(b, t, ptr); e.err != nil {
		return []byte("!" + e.err.Error())
	}
	return b
}

// kept appends field i of a struct that keeps texts.
func (e *encoder) kept(b []byte, p *Presence, i int, f *Field, ptr pointer) []byte {
	if m, ok := p.text(i); ok {
		if string((&encoder{}).written(nil, f, ptr)) == m.wrote {
			return append(b, m.raw...)
		}
	}
	if f.Kind == Constant {
		return append(b, f.Const...)
	}
	return e.value(b, f.Kind, f.Flags, f.Sub, ptr)
}
