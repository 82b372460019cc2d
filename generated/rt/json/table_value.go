package json

import "strconv"

// typed reads the value at p into the zero t at ptr.
func (d *decoder) typed(p int, t *Type, ptr pointer) int {
	switch t.Kind {
	case Struct:
		if byteAt(d.s, p) != '{' {
			return d.other(p, t.Flags, "an object")
		}
		return d.object(p, t, ptr, nil)
	case Tuple:
		if byteAt(d.s, p) != '[' {
			return d.other(p, t.Flags, "an array")
		}
		return d.tuple(p, t, ptr)
	}
	return d.value(p, t.Kind, t.Flags, t.Form(), ptr)
}

// value reads the value at p into the zero value at ptr.
func (d *decoder) value(p int, kind Kind, fl Flags, sub *Type, ptr pointer) int {
	if fl&Optional != 0 {
		return d.optional(p, kind, fl, sub, ptr)
	}
	switch kind {
	case String:
		*stringAt(ptr), p = d.text(p, fl)
	case Bool:
		*boolAt(ptr), p = d.boolean(p, fl)
	case Int:
		var n int64
		n, p = d.integer(p, fl, strconv.IntSize)
		*intAt(ptr) = int(n)
	case Int32:
		var n int64
		n, p = d.integer(p, fl, 32)
		*int32At(ptr) = int32(n)
	case Int64:
		*int64At(ptr), p = d.integer(p, fl, 64)
	case Uint32:
		var n uint64
		n, p = d.unsigned(p, fl, 32)
		*uint32At(ptr) = uint32(n)
	case Uint64:
		*uint64At(ptr), p = d.unsigned(p, fl, 64)
	case Float32:
		var f float64
		q := p
		f, p = d.float(p, fl, 32)
		*float32At(ptr) = float32(f)
		d.compare(q, p, kind, sub, ptr)
	case Float64:
		q := p
		*float64At(ptr), p = d.float(p, fl, 64)
		d.compare(q, p, kind, sub, ptr)
	case Decimal:
		*stringAt(ptr), p = d.decimal(p, fl)
	case Time:
		*timeAt(ptr), p = d.timestamp(p, fl)
	case Bytes:
		q := p
		p = d.bytes(p, fl, bytesAt(ptr))
		d.compare(q, p, kind, sub, ptr)
	case Any:
		q := p
		if p = d.skip(p, d.left); p >= 0 {
			*bytesAt(ptr) = d.raw(q, p)
		}
	case Object:
		t := sub.Real()
		if t.Kind == Tuple {
			if byteAt(d.s, p) != '[' {
				return d.other(p, fl, "an array")
			}
		} else if byteAt(d.s, p) != '{' {
			return d.other(p, fl, "an object")
		}
		if fl&Pointer != 0 {
			el := d.one(t)
			*pointerAt(ptr) = el
			ptr = el
		}
		if t.Kind == Tuple {
			p = d.tuple(p, t, ptr)
		} else {
			p = d.object(p, t, ptr, nil)
		}
	case Strings:
		p = d.strings(p, fl, stringsAt(ptr))
	case Slice:
		p = d.slice(p, fl, sub.Real(), sliceAt(ptr))
	case Map:
		p = d.mapping(p, fl, sub.Real(), ptr)
	case Wired:
		q := p
		p = d.Wired(p, fl, sub.Wire, wiredAt(sub.Wire, ptr))
		d.compare(q, p, kind, sub, ptr)
	case Interface:
		p = d.union(p, fl, sub.Real().Union, ptr)
	case Marshaled:
		q := p
		p = d.marshaled(p, fl, sub.Text, ptr)
		d.compare(q, p, kind, sub, ptr)
	default:
		panic("json: value of kind " + strconv.Itoa(int(kind)) + " in a description")
	}
	return p
}

// optional reads the value at p into the absent Opt at ptr.
func (d *decoder) optional(p int, kind Kind, fl Flags, sub *Type, ptr pointer) int {
	st := stateAt(ptr, valueSize(kind, fl, sub))
	if fl&Nullable != 0 && literal(d.s, p, "null") {
		*st = null
		return p + 4
	}
	d.failed = false
	p = d.value(p, kind, fl&^(Optional|Nullable), sub, ptr)
	if !d.failed {
		*st = set
	}
	return p
}

// compare finds out, when presence is recorded, whether the value at ptr writes the text it was read
// from.
func (d *decoder) compare(p, end int, kind Kind, sub *Type, ptr pointer) {
	if !d.record || end < 0 || d.lossy {
		return
	}
	e := encoder{}
	d.buf = e.value(d.buf[:0], kind, 0, sub, ptr)
	if e.err != nil || string(d.buf) != d.s[p:end] {
		d.lossy = true
	}
}

// marshaled reads the text at p of a type of another package.
func (d *decoder) marshaled(p int, fl Flags, t *Text, ptr pointer) int {
	v, e := d.foreign(p, fl, t)
	if e >= 0 && !d.failed && t.Parse(ptr, v) != nil {
		return d.reject(p, e, BadText, "is no text of a ", t.Name)
	}
	return e
}
