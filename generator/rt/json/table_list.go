package json

// slice reads an array of t.
func (d *decoder) slice(p int, fl Flags, t *Type, dst *slice) int {
	s, start := d.s, p
	if byteAt(s, p) != '[' {
		return d.other(p, fl, "an array")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	if p++; byteAt(s, p) <= ' ' {
		p = space(s, p)
	}
	size := typeSize(t)
	if byteAt(s, p) == ']' {
		dst.array = grow(t, nil, 0, 0)
		d.failed = false
		return p + 1
	}
	d.left--
	return d.elements(p, start, t, size, dst)
}

// elements reads the elements of an array from the one at p to the end. The array begins at start.
func (d *decoder) elements(p, start int, t *Type, size uintptr, dst *slice) int {
	s := d.s
	var habit order
	r := d.run(t)
	if dst.cap == 0 {
		r.lend(size, dst)
	}
	for {
		if dst.len == dst.cap {
			c := paged(d.capacity(dst.len, size, start, p), size)
			if r.t == t { // what this list does not need is for the next
				c = max(c, r.room(size))
			}
			dst.array = grow(t, dst.array, dst.len, c)
			dst.cap = c
		}
		el := at(dst.array, uintptr(dst.len)*size)
		dst.len++
		if t.Kind == Struct && byteAt(s, p) == '{' {
			p = d.object(p, t, el, &habit)
		} else {
			p = d.typed(p, t, el)
		}
		if p < 0 {
			return p
		}
		if byteAt(s, p) <= ' ' {
			p = space(s, p)
		}
		switch byteAt(s, p) {
		case ',':
			if p++; byteAt(s, p) <= ' ' {
				p = space(s, p)
			}
		case ']':
			d.left++
			d.failed = false
			if r.t != t { // it went to another type meanwhile
				r = d.run(t)
			}
			r.settle(size, dst)
			return p + 1
		default:
			return d.failSeparator(p, ']')
		}
	}
}

// mapping reads an object into the map at ptr.
func (d *decoder) mapping(p int, fl Flags, t *Type, ptr pointer) int {
	s := d.s
	if byteAt(s, p) != '{' {
		return d.other(p, fl, "an object")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	t.Store(ptr, "", nil)
	if p = space(s, p+1); byteAt(s, p) == '}' {
		d.failed = false
		return p + 1
	}
	d.left--
	el := grow(t, nil, 0, 1)
	var seen map[string]struct{}
	if d.watch {
		seen = make(map[string]struct{})
	}
	for {
		if byteAt(s, p) != '"' {
			return d.fail(p, "member name expected")
		}
		key, q := d.text(p, 0)
		if q < 0 {
			return q
		}
		if q = space(s, q); byteAt(s, q) != ':' {
			return d.fail(q, "colon expected")
		}
		q = space(s, q+1)
		if p = d.typed(q, t, el); p < 0 {
			return p
		}
		if seen != nil {
			if _, again := seen[key]; again {
				d.deviate(q, p, DuplicateMember, "is there more than once")
			}
			seen[key] = struct{}{}
		}
		t.Store(ptr, key, el)
		clearTyped(t, el)
		p = space(s, p)
		switch byteAt(s, p) {
		case ',':
			p = space(s, p+1)
		case '}':
			d.left++
			d.failed = false
			return p + 1
		default:
			return d.failSeparator(p, '}')
		}
	}
}
