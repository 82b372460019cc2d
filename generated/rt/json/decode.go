package json

import (
	"strconv"
	"strings"
	"time"
)

// decoder reads one text. Its methods take the position of a value (or of a token) and return the one
// after it, or a negative one after fail: then all returns at once. A value that deviates is passed
// over like any other, so its caller goes on; failed tells those few who must know.
type decoder struct {
	data  []byte // the text
	s     string // the same bytes
	left  int    // levels of nesting left
	depth int    // levels of nesting allowed

	alias  bool // strings are parts of s
	watch  bool // somebody wants the deviations
	record bool // presence is recorded
	known  bool // members that the type does not have are not
	failed bool // the value just read deviates and is zero
	lossy  bool // record: since this was cleared, text was read that the Go values do not give back

	lookahead // of unions

	slab    []byte   // memory for strings
	used    int      // bytes of it in use
	strs    []string // memory for []string
	runs             // memory for small lists and for what pointers lead to
	*inline          // of generated code

	buf []byte // what the value just read writes

	zone   *time.Location // the last zone seen
	offset int            // its offset

	devs []Deviation
	more int // deviations beyond those
	err  error
}

func (d *decoder) fail(p int, msg string) int {
	if d.err == nil {
		d.err = &SyntaxError{Offset: p, Msg: msg}
	}
	return -1
}

func (d *decoder) tooDeep(p int) int {
	return d.fail(p, "nesting deeper than "+strconv.Itoa(d.depth)+" levels")
}

// failString fails on the byte at p inside a string.
func (d *decoder) failString(p int) int {
	switch c := byteAt(d.s, p); {
	case p >= len(d.s):
		return d.fail(p, "string not closed")
	case c == '\\':
		return d.fail(p, "bad escape")
	}
	return d.fail(p, "control character in a string")
}

func (d *decoder) failSeparator(p int, end byte) int {
	if p >= len(d.s) {
		return d.fail(p, "unexpected end")
	}
	return d.fail(p, "comma or "+string(rune(end))+" expected")
}

// end checks that nothing follows at p.
func (d *decoder) end(p int) int {
	if p >= 0 {
		if p = space(d.s, p); p < len(d.s) {
			return d.fail(p, "more text after the value")
		}
	}
	return p
}

// deviate notes a deviation of the value from p to e.
func (d *decoder) deviate(p, e int, code DeviationCode, msg ...string) {
	switch {
	case !d.watch:
	case len(d.devs) == maxDeviations:
		d.more++
	default:
		d.devs = append(d.devs, Deviation{Offset: p, Code: code, Message: strings.Join(msg, ""), Value: excerpt(d.s[p:e], maxExcerpt)})
	}
}

// hold notes that the text from p on, as far as it has been read, is kept beside what the Go values hold.
func (d *decoder) hold(p int) {
	for i := range d.devs {
		if d.devs[i].Offset >= p {
			d.devs[i].Kept = true
		}
	}
}

// reject notes that the value from p to e cannot be held and leaves the field as it is: zero.
func (d *decoder) reject(p, e int, code DeviationCode, msg ...string) int {
	d.failed, d.lossy = true, true
	d.deviate(p, e, code, msg...)
	return e
}

// other reads the value at p, which does not begin as want does: it is null, or of another type.
func (d *decoder) other(p int, fl Flags, want string) int {
	if fl&Nullable != 0 && literal(d.s, p, "null") {
		d.failed = true
		d.lossy = d.lossy || fl&Pointer == 0 // a nil pointer is written as null again
		return p + 4
	}
	e := d.skip(p, d.left)
	switch {
	case e < 0:
		return e
	case d.s[p] != 'n':
		return d.reject(p, e, WrongType, "is ", describe(d.s[p]), ", ", want, " expected")
	}
	return d.reject(p, e, UnexpectedNull, "is null, ", want, " expected")
}

// describe names the type of the value that begins with c.
func describe(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

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
		q := p
		*timeAt(ptr), p = d.timestamp(p, fl)
		d.compare(q, p, kind, sub, ptr)
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
