package json

import (
	"encoding"
	"encoding/base64"
	"math"
	"net/url"
	"reflect"
	"strconv"
	"time"
)

// frame is the struct whose members generated code is going through.
type frame struct {
	of       Members
	fields   []Field // of its type
	next     int     // index of the next field
	before   byte
	presence *Presence
	task     task
	field    int   // alone: the index of the field that counts; counted: those up to the last that is there; array: how many are written
	shows    state // alone: what the field shows by what it holds
	zero     bool  // alone: whether the field is zero
}

// newEncoder returns an encoder for generated code.
func newEncoder() *encoder {
	w := new(writer)
	w.encoder.frame = &w.frame
	return &w.encoder
}

// writer is an encoder for generated code, on the heap as a reader is.
type writer struct {
	encoder encoder
	frame   frame
}

// appendInline is Append for a value with generated code.
func appendInline(dst []byte, v Value) ([]byte, error) {
	w := writerPool.Get().(*writer)
	e := &w.encoder
	e.frame = &w.frame
	b := v.WriteJSON(e, dst)
	err := e.err
	*w = writer{}
	writerPool.Put(w)
	if err != nil {
		return dst, err
	}
	return b, nil
}

// task is what the members are gone through for.
type task uint8

const (
	members task = iota // to write the members that are there
	alone               // to write the value of one of them
	counted             // to count the elements of a tuple
	array               // to write them
)

// The methods Member, Nilable and Optional begin a field, the next one of the struct. They report whether its value is to
// be appended; what else there is to write of it they have appended.

// Member begins a field that always holds a value.
func (e *encoder) Member(b []byte, zero bool) ([]byte, bool) {
	f := e.field()
	st := set
	if zero && f.Flags&(Required|OmitZero) == OmitZero {
		st = absent
	}
	if e.plain() {
		if st == absent {
			return b, false
		}
		return e.key(b, f), true
	}
	return e.begin(b, f, st, zero, false)
}

// Nilable begins a field whose nil is no value.
func (e *encoder) Nilable(b []byte, isNil bool) ([]byte, bool) {
	f := e.field()
	void := isNil && (f.Kind == Object || f.Kind == Any || f.Kind == Interface)
	st := set
	switch {
	case !isNil:
	case f.Flags&Required == 0:
		st = absent
	case void || f.Flags&Nullable != 0:
		st = null
	}
	if e.plain() {
		switch st {
		case absent:
			return b, false
		case set:
			return e.key(b, f), true
		}
	}
	return e.begin(b, f, st, isNil, void)
}

// Optional begins a field that is an Opt.
func (e *encoder) Optional(b []byte, isSet, isNull bool) ([]byte, bool) {
	f := e.field()
	st := absent
	switch {
	case isSet:
		st = set
	case isNull || f.Flags&Required != 0:
		st = null
	}
	if e.plain() {
		switch st {
		case absent:
			return b, false
		case set:
			return e.key(b, f), true
		}
	}
	return e.begin(b, f, st, !isSet && !isNull, !isSet)
}

// Constant goes past a field that has no Go value.
func (e *encoder) Constant(b []byte) []byte {
	f := e.field()
	b, ok := e.begin(b, f, set, true, false)
	if ok {
		b = append(b, f.Const...)
	}
	return b
}

func (e *encoder) field() *Field {
	fr := e.frame
	f := &fr.fields[fr.next]
	fr.next++
	return f
}

// plain says that members are written by what they hold, as is most common.
func (e *encoder) plain() bool { return e.frame.presence == nil && e.frame.task == members }

func (e *encoder) key(b []byte, f *Field) []byte {
	e.name = f.Key
	b = appendKey(b, f.Key, e.frame.before)
	e.frame.before = ','
	return b
}

// begin begins field f, that before the next one, by what it shows. void says that null is what its value is written as.
func (e *encoder) begin(b []byte, f *Field, st state, zero, void bool) ([]byte, bool) {
	fr := e.frame
	i := fr.next - 1
	switch fr.task {
	case alone:
		if i != fr.field {
			return b, false
		}
		fr.shows, fr.zero = st, zero
	case counted:
		if st != absent {
			fr.field = fr.next
		}
		return b, false
	case array:
		if i >= fr.field {
			return b, false
		}
		if i > 0 {
			b = append(b, ',')
		}
	default:
		if fr.presence != nil {
			st = fr.presence.shown(i, zero, st)
		}
		if st == absent {
			return b, false
		}
		if b = e.key(b, f); st == null {
			break
		}
		if m, ok := fr.presence.text(i); ok && string(newEncoder().one(fr.of, i)) == m.wrote {
			return append(b, m.raw...), false
		}
	}
	if void || fr.task != alone && st == null {
		return append(b, "null"...), false
	}
	return b, true
}

// one returns what field i writes, an absent one too. A value that cannot be written has a text of its own.
func (e *encoder) one(m Members, i int) []byte {
	b := e.alone(m, i)
	if e.err != nil {
		return []byte("!" + e.err.Error())
	}
	return b
}

// alone goes to field i only, and returns what it writes.
func (e *encoder) alone(m Members, i int) []byte {
	*e.frame = frame{of: m, fields: m.Composite().Type.Fields, task: alone, field: i}
	return m.WriteMembers(e, nil)
}

// entryText is one for an additional member.
func entryText(of Entries, key string) string {
	e := newEncoder()
	b := of.WriteEntry(e, nil, key)
	if e.err != nil {
		return "!" + e.err.Error()
	}
	return string(b)
}

// Struct appends a struct as an object.
func (e *encoder) Struct(b []byte, c Composite) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	outer, name := *e.frame, e.name
	*e.frame = frame{of: c.Members, fields: c.Type.Fields, before: '{'}
	if c.Presence != nil {
		e.frame.presence = c.Presence.at
	}
	b = c.Members.WriteMembers(e, b)
	if c.Entries != nil {
		b = e.entriesOf(b, c)
	}
	before := e.frame.before
	if p := e.frame.presence; p != nil {
		b, before = p.appendUnknown(b, before)
	}
	if before == '{' {
		b = append(b, '{')
	}
	*e.frame, e.name = outer, name
	e.depth--
	return append(b, '}')
}

// entriesOf appends the additional members, in the order of their names.
func (e *encoder) entriesOf(b []byte, c Composite) []byte {
	for _, key := range c.Entries.Keys() {
		start := len(b)
		b = AppendString(append(b, e.frame.before), key)
		e.frame.before = ','
		if m, ok := e.frame.presence.rarer().rest[key]; ok && entryText(c.Entries, key) == m.wrote {
			b = append(append(append(b[:start+1], m.name...), ':'), m.raw...)
			continue
		}
		clean := e.err == nil
		e.name = ""
		if c.Type.find(string(b[start+2:len(b)-1])) >= 0 { // the name is in the form of a Key
			e.fail(b, "is a field of "+c.Type.Name+" and cannot be an additional member")
		} else {
			b = e.inner(append(b, ':'), func(b []byte) []byte { return c.Entries.WriteEntry(e, b, key) })
		}
		if clean && e.err != nil && e.err.Member == "" {
			e.err.Member = key
		}
		if e.err != nil {
			break
		}
	}
	return b
}

// inner appends something within a struct that is not done yet.
func (e *encoder) inner(b []byte, write func([]byte) []byte) []byte {
	outer := *e.frame
	b = write(b)
	*e.frame = outer
	return b
}

// tupleLen returns how many elements of a tuple are written, without those after the fields: all up to the last that is
// there.
func (e *encoder) tupleLen(c Composite) int {
	if c.Elements != nil && c.Elements.Len() > 0 {
		return len(c.Type.Fields)
	}
	*e.frame = frame{of: c.Members, fields: c.Type.Fields, task: counted}
	c.Members.WriteMembers(e, nil)
	return e.frame.field
}

// Tuple appends a struct as an array. An absent element before others is null, or its zero value where Go has no other.
func (e *encoder) Tuple(b []byte, c Composite) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	outer, name := *e.frame, e.name
	n := e.tupleLen(c)
	*e.frame = frame{of: c.Members, fields: c.Type.Fields, task: array, field: n}
	b = c.Members.WriteMembers(e, append(b, '['))
	if c.Elements != nil {
		for i := range c.Elements.Len() {
			if len(c.Type.Fields) > 0 || i > 0 {
				b = append(b, ',')
			}
			b = c.Elements.WriteElement(e, b, i)
		}
	}
	*e.frame, e.name = outer, name
	e.depth--
	return append(b, ']')
}

// List appends a list.
func (e *encoder) List(b []byte, of Elements) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	b = append(b, '[')
	n, start := of.Len(), len(b)
	for i := range n {
		if i > 0 {
			if b = append(b, ','); i == sample {
				b = ample(b, (len(b)-start)/sample*(n-sample))
			}
		}
		b = of.WriteElement(e, b, i)
	}
	e.depth--
	return append(b, ']')
}

// Map appends a map, in the order of its keys.
func (e *encoder) Map(b []byte, of Entries) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	b = append(b, '{')
	for i, key := range of.Keys() {
		if i > 0 {
			b = append(b, ',')
		}
		if b = of.WriteEntry(e, append(AppendString(b, key), ':'), key); e.err != nil {
			break
		}
	}
	e.depth--
	return append(b, '}')
}

// Null appends null.
func (e *encoder) Null(b []byte) []byte { return append(b, "null"...) }

// String appends a string.
func (e *encoder) String(b []byte, v string) []byte { return AppendString(b, v) }

// Bool appends a boolean.
func (e *encoder) Bool(b []byte, v bool) []byte { return strconv.AppendBool(b, v) }

// Int appends an integer.
func (e *encoder) Int(b []byte, v int64) []byte { return strconv.AppendInt(b, v, 10) }

// Uint appends an integer.
func (e *encoder) Uint(b []byte, v uint64) []byte { return strconv.AppendUint(b, v, 10) }

// Float appends a number that Go holds in so many bits.
func (e *encoder) Float(b []byte, v float64, bits int) []byte { return e.float(b, v, bits) }

// Decimal appends a number in the digits it has.
func (e *encoder) Decimal(b []byte, v string) []byte { return e.decimal(b, v) }

// Time appends a time of RFC 3339.
func (e *encoder) Time(b []byte, v time.Time) []byte { return e.time(b, v) }

// Bytes appends base64.
func (e *encoder) Bytes(b []byte, v []byte) []byte {
	return append(base64.StdEncoding.AppendEncode(append(b, '"'), v), '"')
}

// Any appends a raw value, after checking that it is JSON.
func (e *encoder) Any(b []byte, v []byte) []byte { return e.raw(b, v) }

// AppendStrings appends a list of strings.
func AppendStrings[T ~string](b []byte, list []T) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendString(b, string(v))
	}
	return append(b, ']')
}

// Text appends the text of a type of another package.
func (e *encoder) Text(b []byte, t *Type, v encoding.TextMarshaler) []byte {
	text, err := v.MarshalText()
	return e.foreign(b, t.Text, text, err)
}

// URL is Text for a URL, which has no methods for it.
func (e *encoder) URL(b []byte, t *Type, v *url.URL) []byte {
	return e.foreign(b, t.Text, []byte(v.String()), nil)
}

// NilVariant fails on a variant of a union that is a nil pointer to the type with the name.
func (e *encoder) NilVariant(b []byte, name string) []byte {
	return e.fail(b, "the value is a nil *"+name)
}

// NoVariant fails on a value that is no variant of the union with the name.
func (e *encoder) NoVariant(b []byte, name string) []byte {
	return e.fail(b, "the value is of a type that is no variant of "+name)
}

// ZeroFloat reports whether v is zero, which -0 is not.
func ZeroFloat(v float64) bool { return math.Float64bits(v) == 0 }

// IsZero reports whether what v points to is the zero value of its type.
//
//go:noinline
func IsZero(v any) bool { return reflect.ValueOf(v).Elem().IsZero() }
