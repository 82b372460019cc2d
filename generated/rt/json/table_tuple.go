package json

// tuple reads the array at p (its bracket) into the zero struct at base.
func (d *decoder) tuple(p int, t *Type, base pointer) int {
	if t.Value != nil {
		return d.generated(p, 0, t.Value(base))
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	d.left--
	s, start := d.s, p
	n := 0 // elements
	for p = space(s, p+1); byteAt(s, p) != ']'; n++ {
		switch {
		case n < len(t.Fields):
			if f := &t.Fields[n]; f.Kind == Constant {
				p = d.constant(p, f)
			} else {
				p = d.value(p, f.Kind, f.Flags, f.Sub, at(base, f.Off))
			}
		case t.Flags&HasAdditional != 0:
			elem := t.Sub.Real()
			return d.elements(p, start, elem, typeSize(elem), sliceAt(at(base, t.Additional)))
		default:
			p = d.skip(p, d.left)
		}
		if p < 0 {
			return p
		}
		if p = space(s, p); byteAt(s, p) == ',' {
			if p = space(s, p+1); byteAt(s, p) == ']' {
				return d.fail(p, "value expected")
			}
		} else if byteAt(s, p) != ']' {
			return d.failSeparator(p, ']')
		}
	}
	p++
	d.length(start, p, t, n)
	if d.record && n != tupleLen(t, base) {
		d.lossy = true
	}
	d.left++
	d.failed = false
	return p
}

// tupleLen returns how many elements of the tuple at base are written, without those after the fields:
// all up to the last that is there.
func tupleLen(t *Type, base pointer) int {
	n := len(t.Fields)
	if t.Flags&HasAdditional != 0 && sliceAt(at(base, t.Additional)).len > 0 {
		return n
	}
	for n > 0 && shows(&t.Fields[n-1], at(base, t.Fields[n-1].Off)) == absent {
		n--
	}
	return n
}

// tuple appends the struct at base as an array. An absent element before others is null, or its zero value
// where Go has no other.
func (e *encoder) tuple(b []byte, t *Type, base pointer) []byte {
	if t.Value != nil {
		return e.generated(b, t.Value(base))
	}
	if !e.enter() {
		return e.stop(b)
	}
	b = append(b, '[')
	for i := range tupleLen(t, base) {
		if i > 0 {
			b = append(b, ',')
		}
		switch f := &t.Fields[i]; {
		case f.Kind == Constant:
			b = append(b, f.Const...)
		case shows(f, at(base, f.Off)) == null:
			b = append(b, "null"...)
		default:
			b = e.value(b, f.Kind, f.Flags, f.Sub, at(base, f.Off))
		}
	}
	if t.Flags&HasAdditional != 0 {
		if rest := sliceAt(at(base, t.Additional)); rest.len > 0 {
			if len(t.Fields) > 0 {
				b = append(b, ',')
			}
			b = e.elements(b, t.Sub.Real(), rest)
		}
	}
	e.depth--
	return append(b, ']')
}
