package json

// union reads the value at p into the nil interface at ptr.
func (d *decoder) union(p int, fl Flags, u *Union, ptr pointer) int {
	if u.Value != nil {
		return d.generated(p, fl, u.Value(ptr))
	}
	if u.Open {
		fl |= Nullable
	}
	if byteAt(d.s, p) == 'n' {
		return d.other(p, fl|Pointer, "a value")
	}
	if u.Open {
		watch := d.watch
		d.watch = false
		defer func() { d.watch = watch }()
	}
	i, guessed, e := d.choose(p, u)
	switch {
	case e < 0:
		return e
	case i < 0:
		return d.otherVariant(p, u, ptr)
	case !guessed && !u.Open:
		return d.variant(p, i, u, ptr)
	}
	if c := d.s[p]; c != '{' && c != '[' {
		return d.firstThatFits(p, u, ptr)
	}
	// What the guess does not know is not to be lost.
	record, known := d.record, d.known
	d.record, d.known = true, false
	e = d.variant(p, i, u, ptr)
	d.record, d.known = record, known
	return e
}

// otherVariant keeps the value at p, which is none of the variants, as text.
func (d *decoder) otherVariant(p int, u *Union, ptr pointer) int {
	e := d.skip(p, d.left)
	if e < 0 {
		return e
	}
	d.deviate(p, e, OtherVariant, "is no ", u.Name)
	d.keepVariant(p, e, u, ptr)
	return e
}

func (d *decoder) keepVariant(p, e int, u *Union, ptr pointer) {
	raw := Raw(d.raw(p, e))
	u.Put(ptr, UnknownVariant, addressOf(&raw))
	d.failed = false
	d.hold(p)
}

// variant reads the value at p as variant i.
func (d *decoder) variant(p, i int, u *Union, ptr pointer) int {
	t := u.Variants[i].Type.Real()
	el := d.one(t)
	lossy := d.lossy
	d.failed = false
	e := d.typed(p, t, el)
	switch {
	case e < 0:
		return e
	case d.failed: // it is of the right type of JSON, but cannot be held
		d.lossy = lossy
		d.keepVariant(p, e, u, ptr)
	default:
		u.Put(ptr, i, el)
	}
	return e
}

// firstThatFits reads the scalar at p as the first variant that takes it.
func (d *decoder) firstThatFits(p int, u *Union, ptr pointer) int {
	watch, lossy := d.watch, d.lossy
	d.watch = false // none of those that do not take it has to
	defer func() { d.watch = watch }()
	want := typeOf(d.s[p])
	for i := range u.Variants {
		if typesOfVariant(&u.Variants[i])&want == 0 {
			continue
		}
		t := u.Variants[i].Type.Real()
		el := grow(t, nil, 0, 1)
		d.failed = false
		e := d.typed(p, t, el)
		if e < 0 {
			return e
		}
		if !d.failed && !d.isOther(t, el) {
			u.Put(ptr, i, el)
			return e
		}
		d.lossy = lossy
	}
	d.watch = watch
	return d.otherVariant(p, u, ptr)
}

// isOther reports whether the t at ptr is a union that took none of its variants.
func (d *decoder) isOther(t *Type, ptr pointer) bool {
	if t.Kind != Interface {
		return false
	}
	i, _ := t.Form().Real().Union.Get(ptr)
	return i == UnknownVariant
}

// union appends the value of the interface at ptr.
func (e *encoder) union(b []byte, u *Union, ptr pointer) []byte {
	if u.Value != nil {
		return e.generated(b, u.Value(ptr))
	}
	if *pointerAt(ptr) == nil {
		return append(b, "null"...)
	}
	i, v := u.Get(ptr)
	switch {
	case i == UnknownVariant:
		return e.raw(b, *bytesAt(v))
	case i < 0:
		return e.fail(b, "the value is of a type that is no variant of "+u.Name)
	}
	t := u.Variants[i].Type.Real()
	if v == nil {
		return e.fail(b, "the value is a nil *"+t.Name)
	}
	return e.typed(b, t, v)
}
