package json

import "slices"

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

// restDiffers reports whether the text of the additional member just read has to be kept: the map does not give it back.
func (d *decoder) restDiffers(presence *Presence, key string) bool {
	lossy := d.lossy
	if d.lossy = false; !lossy {
		delete(presence.rarer().rest, key)
	}
	return lossy
}

// keepRest keeps the text of the additional member at p, with its value between q and e, and what the value writes.
func (d *decoder) keepRest(presence *Presence, p, q, e int, key, wrote string) {
	d.hold(q)
	more := presence.extra()
	if more.rest == nil {
		more.rest = make(map[string]member)
	}
	more.rest[key] = member{name: d.share(d.s[p:quoted(d.s, p)]), raw: d.share(d.s[q:e]), wrote: wrote}
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

// extra returns the text of the additional member with the name.
func (r Ref) extra(t *Type, presence *Presence, name string) (text string, ok bool) {
	if t.Flags&HasAdditional == 0 {
		return "", false
	}
	if r.Value != nil {
		entries := r.composite().Entries
		if !slices.Contains(entries.Keys(), name) {
			return "", false
		}
		text = entryText(entries, name)
		return presence.restText(name, text), true
	}
	elem := t.Sub.Real()
	elem.Range(at(r.Ptr, t.Additional), func(key string, v pointer) bool {
		if ok = key == name; !ok {
			return true
		}
		text = presence.restText(key, string((&encoder{}).writtenTyped(nil, elem, v)))
		return false
	})
	return text, ok
}

// restText returns the text of the additional member with the name, whose value writes wrote.
func (p *Presence) restText(name, wrote string) string {
	if m, ok := p.rarer().rest[name]; ok && m.wrote == wrote {
		return m.raw
	}
	return wrote
}
