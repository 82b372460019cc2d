package json

import "strconv"

// reading is an object that is being read. What else is of the stack is in it, and not pointed to: then it stays there.
type reading struct {
	t      *Type
	base   pointer // of the struct
	next   int     // the field that is expected
	last   int     // the field before it
	seen   seen
	record bool // there is recorded
	ended  bool // at the brace
	there  Presence
}

// presence returns what is recorded, if anything.
func (o *reading) presence() *Presence {
	if o.record {
		return &o.there
	}
	return nil
}

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
	start, outer := p, d.lossy
	o := reading{t: t, base: base, next: habit.after(-1), last: -1, record: d.record && t.Flags&HasPresence != 0}
	o.seen.of(len(t.Fields))
	var rest *additional
	if o.record {
		o.there.blank(len(t.Fields))
		d.lossy = false
	}
	if p++; byteAt(d.s, p) <= ' ' {
		p = space(d.s, p)
	}
	for o.ended = byteAt(d.s, p) == '}'; !o.ended; {
		i, q := d.field(p, t, o.next)
		switch {
		case q < 0:
			return q
		case i >= 0:
			habit.learn(o.last, i)
			p = d.expected(q, i, &o, habit)
		case t.Flags&HasAdditional != 0:
			p, rest = d.additional(p, space(d.s, q), t, base, o.presence(), rest)
			p = d.comma(p, &o)
		default:
			p = d.unknown(p, space(d.s, q), t, o.presence())
			p = d.comma(p, &o)
		}
		if p < 0 {
			return p
		}
	}
	if o.record {
		o.there.saw(&o.seen)
		*presenceAt(at(base, t.Presence)) = d.presence(o.there)
		d.lossy = outer
	}
	if d.watch && !o.seen.all(len(t.Fields)) {
		d.missing(start, t, &o.seen)
	}
	d.left++
	d.failed = false
	return p + 1
}

// expected reads the value of field i at q, and the members that follow as they are expected. It returns the position of the
// name after them, or of the brace when the object has ended.
func (d *decoder) expected(q, i int, o *reading, habit *order) int {
	f, s := &o.t.Fields[i], d.s
	for {
		if c := byteAt(s, q); c <= ' ' {
			if c == ' ' { // most of those who put white space here put one
				q++
			}
			if byteAt(s, q) <= ' ' {
				q = space(s, q)
			}
		}
		ptr := at(o.base, f.Off)
		if o.seen.add(i) {
			d.again(q, i, o.t, ptr, o.presence())
		}
		var p int
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
		if o.record && (d.lossy || d.s[q] == 'n') {
			d.note(o, q, p, i)
		}
		o.last = i
		i = habit.after(i)
		s = d.s
		if len(s)-p >= 2 && twoBytes(s, p) == ','|'"'<<8 {
			p++
		} else if p = d.comma(p, o); p < 0 || o.ended {
			return p
		}
		// p is at the name. The expected name is compared with its quotes and the colon at once.
		o.next = i
		if uint(i) >= uint(len(o.t.Fields)) {
			return p
		}
		f = &o.t.Fields[i]
		key := f.Key
		n := len(key) - 9
		if n < 0 || len(s)-p < n+8 {
			if q = expect(s, p, key); q == 0 {
				return p
			}
			continue
		}
		for j := 0; j < n; j += 8 {
			if word(s, p+j) != word(key, j+1) {
				return p
			}
		}
		if word(s, p+n) != word(key, n+1) {
			return p
		}
		q = p + n + 8
	}
}

// comma passes over the comma at p, and over white space. It returns the position of a name, or of the brace that ends
// the object.
func (d *decoder) comma(p int, o *reading) int {
	if p < 0 {
		return p
	}
	s := d.s
	if byteAt(s, p) <= ' ' {
		p = space(s, p)
	}
	switch byteAt(s, p) {
	case ',':
		if p++; byteAt(s, p) <= ' ' {
			p = space(s, p)
		}
		if byteAt(s, p) != '"' {
			return d.fail(p, "member name expected")
		}
	case '}':
		o.ended = true
	default:
		return d.failSeparator(p, '}')
	}
	return p
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
