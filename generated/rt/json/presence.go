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

// presence returns a Presence for a struct of so many fields. Those of neighbours share memory.
func (d *decoder) presence(fields int) *Presence {
	if len(d.presences) == cap(d.presences) {
		d.presences = make([]Presence, 0, max(1, min(2*cap(d.presences), 32)))
	}
	d.presences = d.presences[:len(d.presences)+1]
	p := &d.presences[len(d.presences)-1]
	if n := (fields - 1) / 64; n > 0 {
		bits := make([]uint64, 2*n)
		p.more = &more{there: bits[:n:n], null: bits[n:]}
	}
	return p
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

// saw records the fields that were there: seen has a bit for each.
func (p *Presence) saw(seen []uint64) {
	p.there = seen[0]
	if p.more != nil {
		copy(p.more.there, seen[1:])
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

// note records what is particular about field i, read into ptr from the text between q and e.
func (d *decoder) note(p *Presence, q, e, i int, f *Field, ptr pointer) {
	if d.differs(p, q, i) {
		d.keepText(p, q, e, i, string((&encoder{}).written(nil, f, ptr)))
	}
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
	more.kept = append(more.kept, member{field: i, raw: d.share(d.s[q:e]), wrote: wrote})
	d.hold(q)
}

// shows says whether field i, which by what it holds shows st, is written, and whether as null.
func (p *Presence) shows(i int, f *Field, ptr pointer, st state) state {
	return p.shown(i, f.Kind == Constant || zero(f.Kind, f.Flags, f.Sub, ptr), st)
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

// written appends the value of the field at ptr, an absent one too, as it is compared with what was
// written before. A value that cannot be written has a text of its own.
func (e *encoder) written(b []byte, f *Field, ptr pointer) []byte {
	if f.Kind == Constant {
		return append(b, f.Const...)
	}
	if b = e.value(b, f.Kind, f.Flags, f.Sub, ptr); e.err != nil {
		return []byte("!" + e.err.Error())
	}
	return b
}

// writtenTyped is written for what is no field.
func (e *encoder) writtenTyped(b []byte, t *Type, ptr pointer) []byte {
	if b = e.typed(b, t, ptr); e.err != nil {
		return []byte("!" + e.err.Error())
	}
	return b
}

// kept appends field i of a struct that keeps texts.
func (e *encoder) kept(b []byte, p *Presence, i int, f *Field, ptr pointer) []byte {
	if m, ok := p.text(i); ok {
		if string((&encoder{}).written(nil, f, ptr)) == m.wrote {
			return append(b, m.raw...)
		}
	}
	if f.Kind == Constant {
		return append(b, f.Const...)
	}
	return e.value(b, f.Kind, f.Flags, f.Sub, ptr)
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
	switch {
	case t.Flags&HasPresence == 0:
	case r.Value != nil:
		p = r.composite().Presence.at
	default:
		p = *presenceAt(at(r.Ptr, t.Presence))
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
	if r.Value != nil {
		e := newEncoder()
		if e.alone(r.composite().Members, i); p != nil {
			return p.shown(i, e.frame.zero, e.frame.shows)
		}
		return e.frame.shows
	}
	ptr := at(r.Ptr, f.Off)
	st := shows(f, ptr)
	if p != nil {
		st = p.shows(i, f, ptr, st)
	}
	return st
}

// composite is what generated code says of the struct.
func (r Ref) composite() Composite { return r.Value.(Members).Composite() }

// written is what the field with the index writes.
func (r Ref) written(f *Field, i int) string {
	if r.Value != nil {
		return string(newEncoder().one(r.Value.(Members), i))
	}
	return string((&encoder{}).written(nil, f, at(r.Ptr, f.Off)))
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
