package json

// additional is what reading the additional members of one object needs from one to the next.
type additional struct {
	el   pointer             // memory for a value
	seen map[string]struct{} // names, when deviations are watched
}

// additional reads the member at p, with its value at q, into the map of the struct at base. Rest is nil
// for the first one.
func (d *decoder) additional(p, q int, t *Type, base pointer, presence *Presence, rest *additional) (int, *additional) {
	elem := t.Sub.Real()
	if rest == nil {
		rest = &additional{el: grow(elem, nil, 0, 1)}
		if d.watch {
			rest.seen = make(map[string]struct{})
		}
	}
	key, e := d.text(p, 0)
	if e < 0 {
		return e, rest
	}
	if e = d.typed(q, elem, rest.el); e < 0 {
		return e, rest
	}
	if rest.seen != nil {
		if _, again := rest.seen[key]; again {
			d.deviate(q, q, DuplicateMember, "is there more than once")
		}
		rest.seen[key] = struct{}{}
	}
	if presence != nil {
		if d.restDiffers(presence, key) {
			d.keepRest(presence, p, q, e, key, string((&encoder{}).writtenTyped(nil, elem, rest.el)))
		}
	}
	elem.Store(at(base, t.Additional), key, rest.el)
	clearTyped(elem, rest.el)
	return e, rest
}

// entries appends the additional members in the map at ptr, which belongs to a t, in the order of their
// names. It returns the character before the next member too.
func (e *encoder) entries(b []byte, before byte, t *Type, presence *Presence, ptr pointer) ([]byte, byte) {
	if *pointerAt(ptr) == nil {
		return b, before
	}
	elem := t.Sub.Real()
	// An encoder of its own, as in mapping.
	inner := &encoder{depth: e.depth}
	elem.Range(ptr, func(key string, v pointer) bool {
		start := len(b)
		b = AppendString(append(b, before), key)
		before = ','
		if m, ok := presence.rarer().rest[key]; ok && string((&encoder{}).writtenTyped(nil, elem, v)) == m.wrote {
			b = append(append(append(b[:start+1], m.name...), ':'), m.raw...)
			return true
		}
		if t.find(view(b[start+2:len(b)-1])) >= 0 { // the name is in the form of a Key
			inner.fail(b, "is a field of "+t.Name+" and cannot be an additional member")
		} else {
			b = inner.typed(append(b, ':'), elem, v)
		}
		if inner.err != nil && inner.err.Member == "" {
			inner.err.Member = key
		}
		return inner.err == nil
	})
	if e.err == nil {
		e.err = inner.err
	}
	return b, before
}
