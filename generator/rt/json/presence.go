package json

import "slices"

// Presence is what a struct was read from, when that is recorded: which members were there, which were
// null, those that the type does not have, and the text of those that the field could not hold. A struct
// with the flag HasPresence has a pointer to one, in a [Recorded], which is nil otherwise: then the values are deeply
// equal when their fields are.
//
// A struct that has it is written as it was read, as far as its fields still hold what was read: members
// that were not there are left out while their fields are zero, explicit nulls and zeros stay, a value
// that deviated or whose text has another form (1.50, a time with a zero fraction) keeps its text, and
// unknown members follow at the end. (Additional members are no unknown ones: they are in their map.) A field that has been changed is written as it is. So reading
// and writing lose nothing but white space and the order of members.
//
// A Presence does not change once it is made; copies of a struct may share it.
type Presence struct {
	there, null uint64 // of the first 64 fields: a bit for each, whether it was there, and whether it was null
	more        *more  // nil for most
}

// more is what few structs have to record.
type more struct {
	there, null []uint64 // of the fields after the first 64
	kept        []member // fields
	unknown     []member
	rest        map[string]member // additional members whose text is kept
}

// member is a member with its text.
type member struct {
	field int
	name  string // unknown: with its quotes, as it was read
	raw   string
	wrote string // what the value wrote when it had been read; while it does, raw is written
}

// Recorded is the field of a struct that holds its Presence. The nil pointer in it says that none was recorded.
//
// A struct that has it cannot be compared with ==, which would compare where its presence is and not what it
// holds; and the compiler need not make a function for that of each.
type Recorded struct {
	_  [0]func()
	at *Presence
}

// There reports whether presence was recorded.
func (r Recorded) There() bool { return r.at != nil }

// blank makes p record nothing of a struct of so many fields.
func (p *Presence) blank(fields int) {
	if n := (fields - 1) / 64; n > 0 {
		bits := make([]uint64, 2*n)
		p.more = &more{there: bits[:n:n], null: bits[n:]}
	}
}

// presence returns what p says, to be kept. Structs of which there is the same to say share it: most elements of a list do.
func (d *decoder) presence(p Presence) *Presence {
	r := &d.records
	if p.more == nil {
		for i := range r.last {
			if last := r.last[i]; last != nil && last.there == p.there && last.null == p.null {
				return last
			}
		}
	}
	if len(r.free) == cap(r.free) {
		r.free = make([]Presence, 0, max(1, min(2*cap(r.free), 32)))
	}
	r.free = append(r.free, p)
	kept := &r.free[len(r.free)-1]
	if p.more == nil {
		r.last[r.next] = kept
		r.next = (r.next + 1) % len(r.last)
	}
	return kept
}

// records are what has been recorded in one text, and the memory for more of it.
type records struct {
	last [8]*Presence // those that say no more than which members were there, and null
	next int          // the one that is given up for the next
	free []Presence
}

// extra returns where the rarer things are recorded.
func (p *Presence) extra() *more {
	if p.more == nil {
		p.more = new(more)
	}
	return p.more
}

// rarer returns what there is of the rarer things. A nil Presence has none.
func (p *Presence) rarer() more {
	if p == nil || p.more == nil {
		return more{}
	}
	return *p.more
}

// saw records the fields that were there.
func (p *Presence) saw(fields *seen) {
	p.there = fields.few[0]
	if p.more != nil {
		for i := range p.more.there {
			p.more.there[i] = *fields.word(i + 1)
		}
	}
}

func (p *Presence) present(i int) bool {
	if i < 64 {
		return p.there>>i&1 != 0
	}
	return p.more.there[i>>6-1]>>(i&63)&1 != 0
}

// nulls returns the bits that say which of the fields around i were null.
func (p *Presence) nulls(i int) *uint64 {
	if i < 64 {
		return &p.null
	}
	return &p.more.null[i>>6-1]
}

func (p *Presence) wasNull(i int) bool { return *p.nulls(i)>>(i&63)&1 != 0 }

// forget removes field i, which is about to be read again.
func (p *Presence) forget(i int) {
	*p.nulls(i) &^= 1 << (i & 63)
	if p.more != nil {
		p.more.kept = slices.DeleteFunc(p.more.kept, func(m member) bool { return m.field == i })
	}
}

// text returns the kept text of field i.
func (p *Presence) text(i int) (member, bool) {
	for _, m := range p.rarer().kept {
		if m.field == i {
			return m, true
		}
	}
	return member{}, false
}

// differs records whether field i, read from the text at q, is null, and reports whether that text has to be kept.
func (d *decoder) differs(p *Presence, q, i int) bool {
	lossy := d.lossy
	d.lossy = false
	if d.s[q] == 'n' {
		*p.nulls(i) |= 1 << (i & 63)
		return false
	}
	return lossy
}

// keepText keeps the text of field i between q and e, and what the field writes.
func (d *decoder) keepText(p *Presence, q, e, i int, wrote string) {
	more := p.extra()
	more.kept = append(more.kept, member{field: i, raw: d.keep(d.s[q:e]), wrote: wrote})
	d.hold(q)
}

// shown is shows for a field of which it is known whether it is zero.
func (p *Presence) shown(i int, isZero bool, st state) state {
	switch {
	case !p.present(i):
		if isZero {
			return absent
		}
	case isZero && p.wasNull(i):
		return null
	case st == absent:
		return set // an explicit zero
	}
	return st
}

// appendUnknown appends the members that the type does not know. It returns the character before the next member too.
func (p *Presence) appendUnknown(b []byte, before byte) ([]byte, byte) {
	for _, m := range p.rarer().unknown {
		b = append(append(append(append(b, before), m.name...), ':'), m.raw...)
		before = ','
	}
	return b, before
}

// field returns the field of the struct with the name.
func (r Ref) field(name string) (t *Type, f *Field, i int, p *Presence) {
	if r.IsNil() {
		return nil, nil, 0, nil
	}
	t = r.Type.Real()
	if t.Kind != Struct {
		return t, nil, 0, nil
	}
	if t.Flags&HasPresence != 0 {
		if to, ok := r.to.(located); ok {
			p = to.presence(t)
		} else {
			p = r.composite().Presence.at
		}
	}
	key := Key(name)
	if i = t.find(key[2 : len(key)-2]); i >= 0 {
		f = &t.Fields[i]
	}
	return t, f, i, p
}

// Has reports whether the struct has the member with the name on the wire: whether Append writes it. When
// presence was recorded, that is whether it was there, for fields that have not been changed, and covers
// members that the type does not know. Additional members count.
func (r Ref) Has(name string) bool {
	t, f, i, p := r.field(name)
	switch {
	case t == nil || t.Kind != Struct:
		return false
	case f != nil:
		return r.shows(f, i, p) != absent
	}
	if _, ok := r.extra(t, p, name); ok {
		return true
	}
	_, ok := p.unknownText(name)
	return ok
}

// IsNull reports whether the member with the name is null: whether Append writes it as null. See Has.
func (r Ref) IsNull(name string) bool {
	t, f, i, p := r.field(name)
	switch {
	case t == nil || t.Kind != Struct:
		return false
	case f != nil:
		st := r.shows(f, i, p)
		return st == null || st == set && (f.Kind == Any || f.Kind == Interface) && f.Flags&Optional == 0 &&
			r.written(f, i) == "null"
	}
	text, ok := r.extra(t, p, name)
	if !ok {
		text, _ = p.unknownText(name)
	}
	return text == "null"
}

// shows says whether the field with the index is written, and whether as null.
func (r Ref) shows(f *Field, i int, p *Presence) state {
	var st state
	var isZero bool
	if to, ok := r.to.(located); ok {
		st, isZero = to.shows(f)
	} else {
		e := newEncoder()
		e.alone(r.composite().Members, i)
		st, isZero = e.frame.shows, e.frame.zero
	}
	if p != nil {
		st = p.shown(i, isZero, st)
	}
	return st
}

// written is what the field with the index writes.
func (r Ref) written(f *Field, i int) string {
	if to, ok := r.to.(located); ok {
		return to.written(f)
	}
	return string(newEncoder().one(r.to.(Members), i))
}

// unknownText returns the text of the last unknown member with the name.
func (p *Presence) unknownText(name string) (text string, ok bool) {
	for _, m := range p.rarer().unknown {
		if memberName(m.name, 0) == name {
			text, ok = m.raw, true
		}
	}
	return text, ok
}

// Unknown returns the members that were there and that the type does not know, when presence was
// recorded. The map is the caller's.
func (r Ref) Unknown() map[string]Raw {
	_, _, _, p := r.field("")
	unknown := p.rarer().unknown
	if len(unknown) == 0 {
		return nil
	}
	members := make(map[string]Raw, len(unknown))
	for _, m := range unknown {
		members[memberName(m.name, 0)] = Raw(m.raw)
	}
	return members
}

// Recorded reports whether presence was recorded for the struct.
func (r Ref) Recorded() bool {
	_, _, _, p := r.field("")
	return p != nil
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
	more.rest[key] = member{name: d.keep(d.s[p:quoted(d.s, p)]), raw: d.keep(d.s[q:e]), wrote: wrote}
}

// restText returns the text of the additional member with the name, whose value writes wrote.
func (p *Presence) restText(name, wrote string) string {
	if m, ok := p.rarer().rest[name]; ok && m.wrote == wrote {
		return m.raw
	}
	return wrote
}

// extra returns the text of the additional member with the name.
func (r Ref) extra(t *Type, presence *Presence, name string) (text string, ok bool) {
	if t.Flags&HasAdditional == 0 {
		return "", false
	}
	if to, here := r.to.(located); here {
		text, ok = to.extra(t, name)
	} else if entries := r.composite().Entries; slices.Contains(entries.Keys(), name) {
		text, ok = entryText(entries, name), true
	}
	return presence.restText(name, text), ok
}
