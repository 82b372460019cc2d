package json

import (
	"encoding"
	"net/url"
	"strconv"
	"time"
)

// The methods that read one value put zero in place of one that deviates. The flags are those of its field.

// Failed reports whether the value just read deviates, or is null.
func (d *decoder) Failed() bool { return d.failed }

// Begins reports whether the value at p begins with c.
func (d *decoder) Begins(p int, c byte) bool { return byteAt(d.s, p) == c }

// Null reports whether the value at p is null.
func (d *decoder) Null(p int) bool { return literal(d.s, p, "null") }

// Keep sets o to the value that has just been read, or makes it absent if that deviates.
func Keep[T any](d *Decoder, p int, v T, o *Opt[T]) int {
	if d.failed {
		*o = Opt[T]{}
	} else {
		*o = Some(v)
	}
	return p
}

// String reads a string.
func (d *decoder) String(p int, fl Flags, v *string) int {
	*v, p = d.text(p, fl)
	return p
}

// Bool reads a boolean.
func (d *decoder) Bool(p int, fl Flags, v *bool) int {
	*v, p = d.boolean(p, fl)
	return p
}

// Int reads an integer.
func (d *decoder) Int(p int, fl Flags, v *int) int {
	n, p := d.integer(p, fl, strconv.IntSize)
	*v = int(n)
	return p
}

// Int32 reads an integer.
func (d *decoder) Int32(p int, fl Flags, v *int32) int {
	n, p := d.integer(p, fl, 32)
	*v = int32(n)
	return p
}

// Int64 reads an integer.
func (d *decoder) Int64(p int, fl Flags, v *int64) int {
	*v, p = d.integer(p, fl, 64)
	return p
}

// Uint32 reads an integer.
func (d *decoder) Uint32(p int, fl Flags, v *uint32) int {
	n, p := d.unsigned(p, fl, 32)
	*v = uint32(n)
	return p
}

// Uint64 reads an integer.
func (d *decoder) Uint64(p int, fl Flags, v *uint64) int {
	*v, p = d.unsigned(p, fl, 64)
	return p
}

// Float32 reads a number.
func (d *decoder) Float32(p int, fl Flags, v *float32) int {
	f, end := d.float(p, fl, 32)
	if *v = float32(f); d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.float(d.buf[:0], float64(*v), 32), e.err)
	}
	return end
}

// Float64 reads a number.
func (d *decoder) Float64(p int, fl Flags, v *float64) int {
	var end int
	if *v, end = d.float(p, fl, 64); d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.float(d.buf[:0], *v, 64), e.err)
	}
	return end
}

// Decimal reads a number as its text.
func (d *decoder) Decimal(p int, fl Flags, v *string) int {
	*v, p = d.decimal(p, fl)
	return p
}

// Time reads a time of RFC 3339.
func (d *decoder) Time(p int, fl Flags, v *time.Time) int {
	*v, p = d.timestamp(p, fl)
	return p
}

// Bytes reads base64.
func (d *decoder) Bytes(p int, fl Flags, v *[]byte) int {
	*v = nil
	end := d.bytes(p, fl, v)
	if d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.Bytes(d.buf[:0], *v), e.err)
	}
	return end
}

// Any keeps a value as text.
func (d *decoder) Any(p int, v *[]byte) int {
	e := d.skip(p, d.left)
	if *v = nil; e >= 0 {
		*v = d.raw(p, e)
	}
	return e
}

// Strings reads a list of strings.
func (d *decoder) Strings(p int, fl Flags, v *[]string) int {
	*v = nil
	return d.strings(p, fl, v)
}

// Named returns a list of strings as one of another type.
func Named[T, S ~string](list []S) []T {
	if list == nil {
		return nil
	}
	named := make([]T, len(list))
	for i, s := range list {
		named[i] = T(s)
	}
	return named
}

// NamedInts is Named for integers.
func NamedInts[T, S ~int](list []S) []T {
	if list == nil {
		return nil
	}
	named := make([]T, len(list))
	for i, n := range list {
		named[i] = T(n)
	}
	return named
}

// In reads a value in another form: see Wired.
func (d *decoder) In(p int, fl Flags, t *Type, v any) int {
	switch v := v.(type) {
	case *bool:
		*v = false
	case *int:
		*v = 0
	case *int64:
		*v = 0
	case *uint64:
		*v = 0
	case *float64:
		*v = 0
	case *time.Time:
		*v = time.Time{}
	case *[]byte:
		*v = nil
	case *[]int:
		*v = nil
	case *[]string:
		*v = nil
	}
	end := d.Wired(p, fl, t.Wire, v)
	if d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.Wired(d.buf[:0], t.Wire, v), e.err)
	}
	return end
}

// Text reads the text of a type of another package. The caller makes zero what v points to when the value
// deviates.
func (d *decoder) Text(p int, fl Flags, t *Type, v encoding.TextUnmarshaler) int {
	text, end := d.foreign(p, fl, t.Text)
	if end < 0 || d.failed {
		return end
	}
	if v.UnmarshalText(text) != nil {
		return d.reject(p, end, BadText, "is no text of a ", t.Text.Name)
	}
	if m, ok := v.(encoding.TextMarshaler); ok && d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.Text(d.buf[:0], t, m), e.err)
	}
	return end
}

// URL is Text for a URL, which has no methods for it.
func (d *decoder) URL(p int, fl Flags, t *Type, v *url.URL) int {
	text, end := d.foreign(p, fl, t.Text)
	if end < 0 || d.failed {
		return end
	}
	u, err := url.Parse(string(text))
	if err != nil {
		return d.reject(p, end, BadText, "is no text of a ", t.Text.Name)
	}
	if *v = *u; d.doubted(end) {
		e := encoder{}
		d.written(p, end, e.URL(d.buf[:0], t, v), e.err)
	}
	return end
}

// doubted says that it is to be found out whether the value just read writes the text that it was read from.
func (d *decoder) doubted(end int) bool { return d.record && end >= 0 && !d.lossy }

// written compares the text from p to end with what the value writes.
func (d *decoder) written(p, end int, b []byte, err *ValueError) {
	if err != nil || string(b) != d.s[p:end] {
		d.lossy = true
	}
	d.buf = b
}
