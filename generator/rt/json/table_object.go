package json

import "strconv"

// object reads the object at p (its brace) into the zero struct at base. For elements of a list, habit is
// the order in which members have come so far; else it is nil.
func (d *decoder) object(p int, t *Type, base pointer, habit *order) int {
	if t.Value != nil {
		return d.generated(p, 0, t.Value(base))
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	d.left--
	s, start, fields := d.s, p, t.Fields
	var few [2]uint64
	seen := few[:] // a bit for each field
	var rest *additional
	if len(fields) > 64*len(few) {
		seen = make([]uint64, (len(fields)+63)/64)
	}
	var presence *Presence
	outer := d.lossy
	if d.record && t.Flags&HasPresence != 0 {
		presence = d.presence(len(fields))
		*presenceAt(at(base, t.Presence)) = presence
	}

	if p++; byteAt(s, p) <= ' ' {
		p = space(s, p)
	}
	d.lossy = d.lossy && presence == nil
	next, last := habit.after(-1), -1 // the field that is expected, and the one before it
	for more := byteAt(s, p) != '}'; more; {
		// p is at the name. The expected name is compared with its quotes and the colon at once.
		i, q := next, 0
		if i < len(fields) {
			q = expect(s, p, fields[i].Key)
		}
		if q == 0 {
			if i, q = d.member(p, t, next); q < 0 {
				return q
			}
			habit.learn(last, i)
		}
		if byteAt(s, q) == ' ' { // most of those who put white space here put one
			q++
		}
		if byteAt(s, q) <= ' ' {
			q = space(s, q)
		}
		if i >= 0 {
			next, last = habit.after(i), i
			f := &fields[i]
			ptr := at(base, f.Off)
			if word, bit := &seen[i>>6], uint64(1)<<(i&63); *word&bit == 0 {
				*word |= bit
			} else {
				d.again(q, i, t, ptr, presence)
			}
			kind := f.Kind
			if f.Flags&Optional != 0 {
				kind = Invalid
			}
			switch kind { // the most common kinds, without a call of value
			case String:
				*stringAt(ptr), p = d.text(q, f.Flags)
			case Int:
				var n int64
				n, p = d.integer(q, f.Flags, strconv.IntSize)
				*intAt(ptr) = int(n)
			case Int64:
				*int64At(ptr), p = d.integer(q, f.Flags, 64)
			case Bool:
				*boolAt(ptr), p = d.boolean(q, f.Flags)
			case Slice:
				p = d.slice(q, f.Flags, f.Sub.Real(), sliceAt(ptr))
			case Strings:
				p = d.strings(q, f.Flags, stringsAt(ptr))
			case Constant:
				p = d.constant(q, f)
			default:
				p = d.value(q, f.Kind, f.Flags, f.Sub, ptr)
			}
			if presence != nil && p >= 0 && (d.lossy || s[q] == 'n') {
				d.note(presence, q, p, i, f, ptr)
			}
		} else if t.Flags&HasAdditional != 0 {
			p, rest = d.additional(p, q, t, base, presence, rest)
		} else {
			p = d.unknown(p, q, t, presence)
		}
		if p < 0 {
			return p
		}
		if len(s)-p > 1 && s[p] == ',' && s[p+1] == '"' { // without white space
			p++
			continue
		}
		c := byteAt(s, p)
		if c <= ' ' {
			p = space(s, p)
			c = byteAt(s, p)
		}
		if c == ',' {
			if p++; byteAt(s, p) <= ' ' {
				p = space(s, p)
			}
		} else if c == '}' {
			more = false
		} else {
			return d.failSeparator(p, '}')
		}
	}
	if presence != nil {
		presence.saw(seen)
		d.lossy = outer
	}
	if d.watch {
		d.missing(start, t, seen)
	}
	d.left++
	d.failed = false
	return p + 1
}

// again prepares field i at ptr, which has been read before, for its next value at q.
func (d *decoder) again(q, i int, t *Type, ptr pointer, presence *Presence) {
	f := &t.Fields[i]
	d.deviate(q, q, DuplicateMember, "is there more than once")
	clearValue(f.Kind, f.Flags, f.Sub, ptr)
	if presence != nil {
		presence.forget(i)
	}
}
