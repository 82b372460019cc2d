package json

import "math/bits"

// member reads the name at p and the colon after it, where field next was expected in vain. It returns the index of the
// field, or a negative one when there is no such field, and the position after the colon.
func (d *decoder) member(p int, t *Type, next int) (field, end int) {
	s := d.s
	if field = next + 1; field < len(t.Fields) { // one that need not be there is left out
		if q := expect(s, p, t.Fields[field].Key); q != 0 {
			return field, q
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

// complete reports whether seen has a bit for each of so many fields. It may be false where there are many.
func complete(seen []uint64, fields int) bool {
	return fields <= 64 && ^seen[0]<<(64-fields) == 0
}

// missing notes the required members that were not seen in the object at p.
func (d *decoder) missing(p int, t *Type, seen []uint64) {
	for i, word := range seen {
		for unseen := ^word; unseen != 0; unseen &= unseen - 1 {
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
