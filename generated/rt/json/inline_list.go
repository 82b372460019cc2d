package json

// List reads an array into a list that is empty, and nil if the value at p is none.
func (d *decoder) List(p int, fl Flags, to Elements) int {
	s, start := d.s, p
	if byteAt(s, p) != '[' {
		return d.other(p, fl, "an array")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	if p = space(s, p+1); byteAt(s, p) == ']' {
		d.failed = false
		return p + 1
	}
	d.left--
	return d.elementsOf(p, start, to)
}

// elementsOf reads the elements of an array from the one at p to the end. The array begins at start.
func (d *decoder) elementsOf(p, start int, to Elements) int {
	s, in := d.s, d.inline
	var habit *order
	if in.lists < len(in.habits) {
		habit = &in.habits[in.lists]
		*habit = order{}
	}
	in.lists++
	for {
		in.start, in.at, in.habit = start, p, habit
		d.failed = false
		if p = to.ReadElement(d, p); p < 0 {
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
			in.lists--
			in.habit = nil
			d.failed = false
			return p + 1
		default:
			return d.failSeparator(p, ']')
		}
	}
}

// Room returns how many elements to make room for in the list that is being read, when it has n.
func (d *decoder) Room(n int) int { return d.capacity(n, 64, d.inline.start, d.inline.at) }

// Map reads an object into a map that is empty, and nil if the value at p is none.
func (d *decoder) Map(p int, fl Flags, to Entries) int {
	s := d.s
	if byteAt(s, p) != '{' {
		return d.other(p, fl, "an object")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	d.inline.habit = nil
	if p = space(s, p+1); byteAt(s, p) == '}' {
		d.failed = false
		return p + 1
	}
	d.left--
	var names map[string]struct{}
	if d.watch {
		names = make(map[string]struct{})
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
		d.failed = false
		if p = to.ReadEntry(d, q, key); p < 0 {
			return p
		}
		d.nameTwice(q, p, key, names)
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
