package json

// Struct reads an object into a zero struct.
func (d *decoder) Struct(p int, fl Flags, c Composite) int {
	s, start := d.s, p
	if byteAt(s, p) != '{' {
		return d.other(p, fl, "an object")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	d.left--
	habit := d.inline.habit
	d.inline.habit = nil
	t := c.Type
	var seen seen
	seen.of(len(t.Fields))
	var names map[string]struct{} // of additional members
	var there Presence
	var presence *Presence // there, when it is recorded
	outer := d.lossy
	if d.record && c.Presence != nil {
		presence = &there
		presence.blank(len(t.Fields))
	}
	d.lossy = d.lossy && presence == nil
	next, last := habit.after(-1), -1 // the field that is expected, and the one before it
	p = space(s, p+1)
	for more := byteAt(s, p) != '}'; more; {
		i, q := next, 0
		if uint(i) < uint(len(t.Fields)) {
			q = expect(s, p, t.Fields[i].Key)
		}
		if q == 0 {
			if i, q = d.field(p, t, next); q < 0 {
				return q
			}
			habit.learn(last, i)
		}
		if byteAt(s, q) <= ' ' {
			q = space(s, q)
		}
		switch {
		case i >= 0:
			next, last = habit.after(i), i
			if seen.add(i) {
				d.deviate(q, q, DuplicateMember, "is there more than once")
				if presence != nil {
					presence.forget(i)
				}
			}
			d.failed = false
			if f := &t.Fields[i]; f.Kind == Constant {
				p = d.constant(q, f)
			} else {
				p = c.Members.ReadMember(d, q, i)
			}
			if presence != nil && p >= 0 && d.differs(presence, q, i) {
				d.keepText(presence, q, p, i, string(newEncoder().one(c.Members, i)))
			}
		case c.Entries != nil:
			if names == nil && d.watch {
				names = make(map[string]struct{})
			}
			p = d.entry(p, q, c.Entries, presence, names)
		default:
			p = d.unknown(p, q, t, presence)
		}
		if p < 0 {
			return p
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
		presence.saw(&seen)
		c.Presence.at = d.presence(there)
		d.lossy = outer
	}
	if d.watch && !seen.all(len(t.Fields)) {
		d.missing(start, t, &seen)
	}
	d.left++
	d.failed = false
	return p + 1
}

// entry reads the additional member at p, with its value at q. Names are those of the members before, when deviations
// are watched.
func (d *decoder) entry(p, q int, to Entries, presence *Presence, names map[string]struct{}) int {
	key, e := d.text(p, 0)
	if e < 0 {
		return e
	}
	d.failed = false
	if e = to.ReadEntry(d, q, key); e < 0 {
		return e
	}
	d.nameTwice(q, q, key, names)
	if presence != nil && d.restDiffers(presence, key) {
		d.keepRest(presence, p, q, e, key, entryText(to, key))
	}
	return e
}

// nameTwice notes that the entry with the value from q to e is there a second time, if it is.
func (d *decoder) nameTwice(q, e int, key string, names map[string]struct{}) {
	if names != nil {
		if _, again := names[key]; again {
			d.deviate(q, e, DuplicateMember, "is there more than once")
		}
		names[key] = struct{}{}
	}
}

// Tuple reads an array into a zero struct.
func (d *decoder) Tuple(p int, fl Flags, c Composite) int {
	s, start := d.s, p
	if byteAt(s, p) != '[' {
		return d.other(p, fl, "an array")
	}
	if d.left == 0 {
		return d.tooDeep(p)
	}
	d.left--
	d.inline.habit = nil
	t := c.Type
	n := 0 // elements
	for p = space(s, p+1); byteAt(s, p) != ']'; n++ {
		d.failed = false
		switch {
		case n < len(t.Fields):
			if f := &t.Fields[n]; f.Kind == Constant {
				p = d.constant(p, f)
			} else {
				p = c.Members.ReadMember(d, p, n)
			}
		case c.Elements != nil:
			return d.elementsOf(p, start, c.Elements)
		default:
			p = d.skip(p, d.left)
		}
		if p < 0 {
			return p
		}
		if p = space(s, p); byteAt(s, p) == ',' {
			if p = space(s, p+1); byteAt(s, p) == ']' {
				return d.fail(p, "value expected")
			}
		} else if byteAt(s, p) != ']' {
			return d.failSeparator(p, ']')
		}
	}
	p++
	d.length(start, p, t, n)
	if d.record && n != newEncoder().tupleLen(c) {
		d.lossy = true
	}
	d.left++
	d.failed = false
	return p
}
