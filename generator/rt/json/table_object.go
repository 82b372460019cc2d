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
	var there Presence
	var presence *Presence // there, when it is recorded
	outer := d.lossy
	if d.record && t.Flags&HasPresence != 0 {
		presence = &there
		presence.blank(len(fields))
	}

	if p++; byteAt(s, p) <= ' ' {
		p = space(s, p)
	}
	d.lossy = d.lossy && presence == nil
	next, last := habit.after(-1), -1 // the field that is expected, and the one before it
	tried := false                    // that is not the one at p
	for more := byteAt(s, p) != '}'; more; {
		// p is at the name. The expected name is compared with its quotes and the colon at once.
		i, q := next, 0
		if i < len(fields) && !tried {
			q = expect(s, p, fields[i].Key)
		}
		if q == 0 {
			if i, q = d.member(p, t, next); q < 0 {
				return q
			}
			habit.learn(last, i)
		}
	values: // of this member, and of those that follow as they are expected and without white space
		for {
			if c := byteAt(s, q); c <= ' ' {
				if c == ' ' { // most of those who put white space here put one
					q++
				}
				if byteAt(s, q) <= ' ' {
					q = space(s, q)
				}
			}
			if i < 0 {
				if t.Flags&HasAdditional != 0 {
					p, rest = d.additional(p, q, t, base, presence, rest)
				} else {
					p = d.unknown(p, q, t, presence)
				}
				if p < 0 {
					return p
				}
			} else {
				f := &fields[i]
				ptr := at(base, f.Off)
				if word, bit := &seen[i>>6], uint64(1)<<(i&63); *word&bit == 0 {
					*word |= bit
				} else {
					d.again(q, i, t, ptr, presence)
				}
				switch {
				case f.Flags&Optional != 0:
					p = d.optional(q, f.Kind, f.Flags, f.Sub, ptr)
				case f.Kind == String: // the most common kinds, without a call of value
					*stringAt(ptr), p = d.text(q, f.Flags)
				case f.Kind == Int:
					var n int64
					n, p = d.integer(q, f.Flags, strconv.IntSize)
					*intAt(ptr) = int(n)
				case f.Kind == Bool:
					*boolAt(ptr), p = d.boolean(q, f.Flags)
				case f.Kind == Constant:
					p = d.constant(q, f)
				default:
					p = d.value(q, f.Kind, f.Flags, f.Sub, ptr)
				}
				if p < 0 {
					return p
				}
				if presence != nil && (d.lossy || s[q] == 'n') {
					d.note(presence, q, p, i, f, ptr)
				}
				next, last = habit.after(i), i
			}
			if next >= len(fields) || d.spaced {
				break
			}
			// As expect does, with the comma before the name, and without a call: this is what most members are.
			key := fields[next].Key
			q = p + len(key)
			n := len(key) - 8
			if q > len(s) {
				break
			}
			if n < 0 {
				if s[p:q] != key {
					break
				}
			} else {
				for j := 0; j < n; j += 8 {
					if word(s, p+j) != word(key, j) {
						break values
					}
				}
				if word(s, p+n) != word(key, n) {
					break
				}
			}
			i = next
		}
		if len(s)-p > 1 && s[p] == ',' && s[p+1] == '"' {
			p++
			tried, d.spaced = !d.spaced, false
			continue
		}
		tried = false
		c := byteAt(s, p)
		if c <= ' ' {
			p = space(s, p)
			c = byteAt(s, p)
		}
		if c == ',' {
			p++
			if d.spaced = byteAt(s, p) <= ' '; d.spaced {
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
		*presenceAt(at(base, t.Presence)) = d.presence(there)
		d.lossy = outer
	}
	if d.watch && !complete(seen, len(fields)) {
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
