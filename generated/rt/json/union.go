package json

import "strings"

// union reads the value at p into the nil interface at ptr.
func (d *decoder) union(p int, fl Flags, u *Union, ptr pointer) int {
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
	u.Put(ptr, UnknownVariant, pointer(&raw))
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

// choose finds the variant for the value at p, negative for none. guessed says that others were possible.
// It returns a negative position after fail.
func (d *decoder) choose(p int, u *Union) (i int, guessed bool, end int) {
	want := typeOf(byteAt(d.s, p))
	if want == 0 {
		return 0, false, d.fail(p, "value expected")
	}
	if want == objectType && u.Key != "" {
		i, there, e := d.byMember(p, u)
		if e < 0 || i >= 0 || there || !u.Guess {
			return i, false, e
		}
	}
	fits, last, anything := 0, UnknownVariant, UnknownVariant
	for i := range u.Variants {
		switch types := typesOfVariant(&u.Variants[i]); {
		case types&want != 0:
			fits++
			last = i
		case types&anyType != 0 && anything < 0:
			anything = i
		}
	}
	switch {
	case fits == 0:
		return anything, false, p
	case fits == 1:
		return last, false, p
	case want == objectType || want == arrayType:
		i, e := d.guess(p, u, want)
		return i, true, e
	}
	return last, true, p
}

// byMember finds the variant of the object at p by the member Key. there says that it has the member.
func (d *decoder) byMember(p int, u *Union) (i int, there bool, end int) {
	fallback := UnknownVariant
	q, e := d.find(p, u.Key)
	if e < 0 {
		return 0, false, e
	}
	var value string
	if there = q >= 0; there {
		if value = d.s[q:e]; value[0] == '"' && strings.IndexByte(value, '\\') >= 0 {
			value = `"` + canonical(d.s, q) + `"`
		}
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		for _, have := range v.Values {
			if there && (have == value || value[0] != '"' && sameScalar(have, value)) {
				return i, true, e
			}
		}
		if v.Default {
			fallback = i
		}
	}
	return fallback, there && value != "null", e
}

// union appends the value of the interface at ptr.
func (e *encoder) union(b []byte, u *Union, ptr pointer) []byte {
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
