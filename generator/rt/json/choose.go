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
