package json

import "math/bits"

// field reads the name at p and the colon after it, where field next is expected. It returns the index of the
// field, or a negative one when there is no such field, and the position after the colon.
func (d *decoder) field(p int, t *Type, next int) (field, end int) {
	s := d.s
	for field = next; field <= next+1; field++ { // one that need not be there is left out
		if uint(field) < uint(len(t.Fields)) {
			if q := expect(s, p, t.Fields[field].Key); q != 0 {
				return field, q
			}
		}
	}
	if byteAt(s, p) != '"' {
		return 0, d.fail(p, "member name expected")
	}
	q := plain(s, p+1)
	escaped := byteAt(s, q) != '"'
	if escaped {
		if q = quotedRest(s, q); q < 0 {
			return 0, d.failString(^q)
		}
		q--
	}
	field = t.find(s[p+1 : q])
	if field < 0 && escaped {
		field = t.find(canonical(s, p))
	}
	if q++; byteAt(s, q) != ':' {
		if q = space(s, q); byteAt(s, q) != ':' {
			return 0, d.fail(q, "colon expected")
		}
	}
	return field, q + 1
}

// canonical returns the name whose quote is at p between its quotes in the form that descriptions have.
func canonical(s string, p int) string {
	b := AppendString(nil, memberName(s, p))
	return string(b[1 : len(b)-1])
}

// unknown passes over the value at q of the member at p, which t does not have.
func (d *decoder) unknown(p, q int, t *Type, presence *Presence) int {
	e := d.skip(q, d.left)
	if e < 0 {
		return e
	}
	if d.watch && t.Flags&Open == 0 {
		d.deviate(q, e, UnknownMember, "is not a member of ", t.Name)
	}
	if d.known {
		return e
	}
	if presence != nil {
		more := presence.extra()
		more.unknown = append(more.unknown, member{
			name: d.keep(d.s[p:quoted(d.s, p)]),
			raw:  d.keep(d.s[q:e]),
		})
	} else {
		d.lossy = true
	}
	return e
}

// seen has a bit for each field of an object that was there.
type seen struct {
	few  [2]uint64
	many []uint64 // those of the fields that few has none for
}

// of returns one with room for so many fields.
func (n *seen) of(fields int) {
	if beyond := fields - 64*len(n.few); beyond > 0 {
		n.many = make([]uint64, (beyond+63)/64)
	}
}

// add notes field i, and reports whether it was there before.
func (n *seen) add(i int) (again bool) {
	word := &n.few[0]
	if i >= 64 {
		word = n.word(i >> 6)
	}
	before := *word
	*word |= 1 << (i & 63)
	return before == *word
}

// word returns the bits of the 64 fields that i counts.
func (n *seen) word(i int) *uint64 {
	if i < len(n.few) {
		return &n.few[i]
	}
	return &n.many[i-len(n.few)]
}

// all reports whether all of so many fields were there. It may be false where there are many.
func (n *seen) all(fields int) bool { return fields <= 64 && ^n.few[0]<<(64-fields) == 0 }

// missing notes the required members that were not seen in the object at p.
func (d *decoder) missing(p int, t *Type, seen *seen) {
	for i := 0; 64*i < len(t.Fields); i++ {
		for unseen := ^*seen.word(i); unseen != 0; unseen &= unseen - 1 {
			n := 64*i + bits.TrailingZeros64(unseen)
			if n >= len(t.Fields) {
				return
			}
			if f := &t.Fields[n]; f.Flags&Required != 0 {
				have := len(d.devs)
				if d.deviate(p, p, MissingMember, "is missing"); len(d.devs) > have {
					d.devs[have].Path = memberName(f.Key, 1)
				}
			}
		}
	}
}
