package json

import (
	"encoding/base64"
	"strconv"
)

// typed appends the t at ptr.
func (e *encoder) typed(b []byte, t *Type, ptr pointer) []byte {
	switch t.Kind {
	case Struct:
		return e.object(b, t, ptr)
	case Tuple:
		return e.tuple(b, t, ptr)
	}
	return e.value(b, t.Kind, t.Flags, t.Form(), ptr)
}

// value appends the value at ptr, which has been found to be written: nil slices and maps are empty here.
func (e *encoder) value(b []byte, kind Kind, fl Flags, sub *Type, ptr pointer) []byte {
	if fl&Optional != 0 && *stateAt(ptr, valueSize(kind, fl, sub)) != set {
		return append(b, "null"...)
	}
	switch kind {
	case String:
		return AppendString(b, *stringAt(ptr))
	case Bool:
		return strconv.AppendBool(b, *boolAt(ptr))
	case Int:
		return strconv.AppendInt(b, int64(*intAt(ptr)), 10)
	case Int32:
		return strconv.AppendInt(b, int64(*int32At(ptr)), 10)
	case Int64:
		return strconv.AppendInt(b, *int64At(ptr), 10)
	case Uint32:
		return strconv.AppendUint(b, uint64(*uint32At(ptr)), 10)
	case Uint64:
		return strconv.AppendUint(b, *uint64At(ptr), 10)
	case Float32:
		return e.float(b, float64(*float32At(ptr)), 32)
	case Float64:
		return e.float(b, *float64At(ptr), 64)
	case Decimal:
		return e.decimal(b, *stringAt(ptr))
	case Time:
		return e.time(b, *timeAt(ptr))
	case Bytes:
		b = base64.StdEncoding.AppendEncode(append(b, '"'), *bytesAt(ptr))
		return append(b, '"')
	case Any:
		return e.raw(b, *bytesAt(ptr))
	case Object:
		t := sub.Real()
		if fl&Pointer != 0 {
			if ptr = *pointerAt(ptr); ptr == nil {
				return append(b, "null"...)
			}
		}
		if t.Kind == Tuple {
			return e.tuple(b, t, ptr)
		}
		return e.object(b, t, ptr)
	case Strings:
		b = append(b, '[')
		for i, v := range *stringsAt(ptr) {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendString(b, v)
		}
		return append(b, ']')
	case Slice:
		return e.slice(b, sub.Real(), sliceAt(ptr))
	case Map:
		return e.mapping(b, sub.Real(), ptr)
	case Wired:
		return e.Wired(b, sub.Wire, wiredAt(sub.Wire, ptr))
	case Interface:
		return e.union(b, sub.Real().Union, ptr)
	case Marshaled:
		return e.marshaled(b, sub.Text, ptr)
	}
	panic("json: value of kind " + strconv.Itoa(int(kind)) + " in a description")
}

// object appends the struct at base.
func (e *encoder) object(b []byte, t *Type, base pointer) []byte {
	if t.Value != nil {
		return e.generated(b, t.Value(base))
	}
	if !e.enter() {
		return e.stop(b)
	}
	var presence *Presence
	if t.Flags&HasPresence != 0 {
		presence = *presenceAt(at(base, t.Presence))
	}
	start := len(b)
	if presence == nil {
		b = e.members(b, t.Fields, base)
	} else {
		b = e.recorded(b, t.Fields, base, presence)
	}
	before := byte(',')
	if len(b) == start {
		before = '{'
	} else {
		b[start] = '{' // instead of the comma before the first member
	}
	if t.Flags&HasAdditional != 0 {
		b, before = e.entries(b, before, t, presence, at(base, t.Additional))
	}
	if presence != nil {
		b, before = presence.appendUnknown(b, before)
	}
	if before == '{' {
		b = append(b, '{')
	}
	e.depth--
	return append(b, '}')
}

// members appends the members of the struct at base, each with a comma before it.
func (e *encoder) members(b []byte, fields []Field, base pointer) []byte {
	for i := range fields {
		f := &fields[i]
		ptr := at(base, f.Off)
		if f.Flags&(Required|Optional) != Required || f.Kind > Time { // else it is always written
			switch shows(f, ptr) {
			case absent:
				continue
			case null:
				b = append(appendKey(b, f.Key, ','), "null"...)
				continue
			}
		}
		switch f.Kind { // the most common kinds, without a call of value
		case String:
			v := *stringAt(ptr)
			b = longer(b, len(f.Key)+len(v)+2)
			if put(b, f.Key, v)&highs != 0 && !sound(v) {
				b = appendEscaped(b[:len(b)-len(v)-1], v)
			}
		case Int:
			b = appendInt(appendKey(b, f.Key, ','), *intAt(ptr))
		case Bool:
			b = strconv.AppendBool(appendKey(b, f.Key, ','), *boolAt(ptr))
		case Constant:
			b = append(appendKey(b, f.Key, ','), f.Const...)
		case Object:
			if t := f.Sub.Real(); f.Flags&(Pointer|Optional) == Pointer && t.Kind == Struct { // not nil, which is absent or null
				b = e.object(appendKey(b, f.Key, ','), t, *pointerAt(ptr))
				e.blame(f)
				continue
			}
			fallthrough
		default:
			b = e.value(appendKey(b, f.Key, ','), f.Kind, f.Flags, f.Sub, ptr)
			e.blame(f)
		}
	}
	return b
}

// recorded is members for a struct of which presence says what was there.
func (e *encoder) recorded(b []byte, fields []Field, base pointer, presence *Presence) []byte {
	for i := range fields {
		f := &fields[i]
		ptr := at(base, f.Off)
		st := presence.shows(i, f, ptr, shows(f, ptr))
		if st == absent {
			continue
		}
		b = appendKey(b, f.Key, ',')
		switch {
		case st == null:
			b = append(b, "null"...)
		case presence.more != nil:
			b = e.kept(b, presence, i, f, ptr)
		case f.Kind == Constant:
			b = append(b, f.Const...)
		default:
			b = e.value(b, f.Kind, f.Flags, f.Sub, ptr)
		}
		e.blame(f)
	}
	return b
}

// shows says whether the field at ptr is written by what it holds, and whether as null.
func shows(f *Field, ptr pointer) state {
	if f.Flags&Optional != 0 {
		st := *stateAt(ptr, valueSize(f.Kind, f.Flags, f.Sub))
		if st == absent && f.Flags&Required != 0 {
			return null
		}
		return st
	}
	switch f.Kind {
	case Bytes, Strings, Slice, Any, Map, Object, Interface:
		if f.Kind == Object && f.Flags&Pointer == 0 {
			break
		}
		// Nil, for all of these, is a first word of zero.
		if *pointerAt(ptr) != nil {
			return set
		}
		switch {
		case f.Flags&Required == 0:
			return absent
		case f.Flags&Nullable != 0 || f.Kind == Object || f.Kind == Any || f.Kind == Interface:
			return null
		}
		return set
	}
	if f.Flags&(Required|OmitZero) == OmitZero && f.Kind != Constant && zero(f.Kind, f.Flags, f.Sub, ptr) {
		return absent
	}
	return set
}

func (e *encoder) slice(b []byte, t *Type, s *slice) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	b = e.elements(append(b, '['), t, s)
	e.depth--
	return append(b, ']')
}

func (e *encoder) elements(b []byte, t *Type, s *slice) []byte {
	size, start := typeSize(t), len(b)
	for i := range s.len {
		if i > 0 {
			if b = append(b, ','); i == sample {
				b = ample(b, (len(b)-start)/sample*(s.len-sample))
			}
		}
		b = e.typed(b, t, at(s.array, uintptr(i)*size))
	}
	return b
}

func (e *encoder) mapping(b []byte, t *Type, ptr pointer) []byte {
	if !e.enter() {
		return e.stop(b)
	}
	// An encoder of its own: what the closure holds is allocated, and most values have no maps.
	inner := &encoder{depth: e.depth}
	before := byte('{')
	t.Range(ptr, func(key string, v pointer) bool {
		b = append(AppendString(append(b, before), key), ':')
		before = ','
		b = inner.typed(b, t, v)
		return inner.err == nil
	})
	if e.err == nil {
		e.err = inner.err
	}
	if before == '{' {
		b = append(b, '{')
	}
	e.depth--
	return append(b, '}')
}

// marshaled appends the text of a type of another package.
func (e *encoder) marshaled(b []byte, t *Text, ptr pointer) []byte {
	text, err := t.Append(nil, ptr)
	return e.foreign(b, t, text, err)
}
