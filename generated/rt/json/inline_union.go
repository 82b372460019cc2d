package json

// Union reads a value into a nil interface. See the type Union.
func (d *decoder) Union(p int, fl Flags, t *Type, to Variants) int {
	u := t.Union
	d.inline.habit = nil
	if u.Open {
		fl |= Nullable
	}
	d.inline.otherwise = false
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
		return d.unknownOf(p, u, to)
	case !guessed && !u.Open:
		return d.variantOf(p, i, to)
	}
	if c := d.s[p]; c != '{' && c != '[' {
		return d.firstOf(p, u, to)
	}
	// What the guess does not know is not to be lost.
	record, known := d.record, d.known
	d.record, d.known = true, false
	e = d.variantOf(p, i, to)
	d.record, d.known = record, known
	return e
}

// unknownOf keeps the value at p, which is none of the variants, as text.
func (d *decoder) unknownOf(p int, u *Union, to Variants) int {
	e := d.skip(p, d.left)
	if e < 0 {
		return e
	}
	d.deviate(p, e, OtherVariant, "is no ", u.Name)
	d.setUnknown(p, e, to)
	return e
}

func (d *decoder) setUnknown(p, e int, to Variants) {
	to.SetUnknown(Raw(d.raw(p, e)))
	d.failed, d.inline.otherwise = false, true
	d.hold(p)
}

// variantOf reads the value at p as variant i.
func (d *decoder) variantOf(p, i int, to Variants) int {
	lossy := d.lossy
	d.failed = false
	e := to.ReadVariant(d, p, i)
	d.inline.otherwise = false
	if e >= 0 && d.failed { // it is of the right type of JSON, but cannot be held
		d.lossy = lossy
		d.setUnknown(p, e, to)
	}
	return e
}

// firstOf reads the scalar at p as the first variant that takes it.
func (d *decoder) firstOf(p int, u *Union, to Variants) int {
	watch, lossy := d.watch, d.lossy
	d.watch = false // none of those that do not take it has to
	defer func() { d.watch = watch }()
	want := typeOf(d.s[p])
	for i := range u.Variants {
		if typesOfVariant(&u.Variants[i])&want == 0 {
			continue
		}
		d.failed, d.inline.otherwise = false, false
		e := to.ReadVariant(d, p, i)
		if e < 0 || !d.failed && !d.inline.otherwise {
			return e
		}
		d.lossy = lossy
	}
	d.watch = watch
	return d.unknownOf(p, u, to)
}
