package json

import "strings"

// choose finds the variant for the value at p, negative for none. guessed says that others were possible.
// It returns a negative position after fail.
func (d *decoder) choose(p int, u *Union) (i int, guessed bool, end int) {
	want := typeOf(byteAt(d.s, p))
	if want == 0 {
		return 0, false, d.fail(p, "value expected")
	}
	if want == objectType && u.Key != "" {
		i, value, e := d.byMember(p, u)
		switch {
		case e >= 0 && i >= 0 && u.Shared && u.several(value):
			i, e := d.guess(p, u, want, value)
			return i, true, e
		case e < 0 || i >= 0 || value != "" && value != "null" || !u.Guess:
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
		i, e := d.guess(p, u, want, "")
		return i, true, e
	}
	return last, true, p
}

// byMember finds the variant of the object at p by the member Key. value is that of the member, empty where there is none.
func (d *decoder) byMember(p int, u *Union) (i int, value string, end int) {
	fallback := UnknownVariant
	q, e := d.find(p, u.Key)
	if e < 0 {
		return 0, "", e
	}
	if q >= 0 {
		if value = d.s[q:e]; value[0] == '"' && strings.IndexByte(value, '\\') >= 0 {
			value = `"` + canonical(d.s, q) + `"`
		}
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		if v.has(value) {
			return i, value, e
		}
		if v.Default {
			fallback = i
		}
	}
	return fallback, value, e
}

// has reports whether a value of the member Key stands for the variant.
func (v *Variant) has(value string) bool {
	for _, have := range v.Values {
		if have == value || value != "" && value[0] != '"' && sameScalar(have, value) {
			return true
		}
	}
	return false
}

// several reports whether a value of the member Key stands for more variants than one.
func (u *Union) several(value string) bool {
	n := 0
	for i := range u.Variants {
		if u.Variants[i].has(value) {
			n++
		}
	}
	return n > 1
}
