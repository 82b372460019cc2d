package json

import (
	"encoding"
	"net/url"
	"reflect"
	"strings"
	"time"
	"unsafe"
)

// Everything in this package that leaves Go's type system is in this file, the only one of the runtime
// that imports unsafe. What the rest builds on:
//
//   - A Type tells the truth about Go: at Off lies a value of Kind. Generated code asserts that
//     at compile time, next to the Type. Everything here follows from it.
//   - A pointer to a value stays inside the allocation it came from, is never kept as an integer, and is
//     only written through as the type that lies there. So the collector sees each pointer that is
//     stored, write barriers included, and checkptr has nothing to say.
//   - A value of a named type (or a struct of the same fields) has the form of its underlying type.
//   - The backing array of a slice of structs is made by way of reflection, as one of the type that Type.Slice tells.

// At refers to the t at p, which its description has offsets for.
//
//go:noinline
func At(t *Type, p unsafe.Pointer) Ref {
	if p == nil {
		return Ref{Type: t}
	}
	return Ref{t, memory{(*byte)(p)}}
}

// The sizes of what Go holds.
const (
	pointerSize   = unsafe.Sizeof(pointer(nil))
	stringSize    = unsafe.Sizeof("")
	sliceSize     = unsafe.Sizeof(slice{})
	timeSize      = unsafe.Sizeof(time.Time{})
	interfaceSize = unsafe.Sizeof(any(nil))
)

// addressOf is that of a raw value.
func addressOf(v *Raw) pointer { return (*byte)(unsafe.Pointer(v)) }

// at returns the address off bytes into the struct or array at p. It lies inside it: off is an
// unsafe.Offsetof of the struct, or a multiple of the element size below the capacity.
func at(p pointer, off uintptr) pointer { return (*byte)(unsafe.Add(unsafe.Pointer(p), off)) }

// The accessors say what lies at p. Each is valid only for the Kind in its name.

func stringAt(p pointer) *string    { return (*string)(unsafe.Pointer(p)) }
func boolAt(p pointer) *bool        { return (*bool)(unsafe.Pointer(p)) }
func intAt(p pointer) *int          { return (*int)(unsafe.Pointer(p)) }
func int32At(p pointer) *int32      { return (*int32)(unsafe.Pointer(p)) }
func int64At(p pointer) *int64      { return (*int64)(unsafe.Pointer(p)) }
func uint32At(p pointer) *uint32    { return (*uint32)(unsafe.Pointer(p)) }
func uint64At(p pointer) *uint64    { return (*uint64)(unsafe.Pointer(p)) }
func float32At(p pointer) *float32  { return (*float32)(unsafe.Pointer(p)) }
func float64At(p pointer) *float64  { return (*float64)(unsafe.Pointer(p)) }
func timeAt(p pointer) *time.Time   { return (*time.Time)(unsafe.Pointer(p)) }
func bytesAt(p pointer) *[]byte     { return (*[]byte)(unsafe.Pointer(p)) } // Bytes, Any
func stringsAt(p pointer) *[]string { return (*[]string)(unsafe.Pointer(p)) }
func intsAt(p pointer) *[]int       { return (*[]int)(unsafe.Pointer(p)) }

// wiredAt is for Wired: a pointer of the Go type that the form has.
func wiredAt(w *Wire, p pointer) any {
	switch w.Kind {
	case WireBool:
		return boolAt(p)
	case WireInt:
		return intAt(p)
	case WireInt64:
		return int64At(p)
	case WireUint64:
		return uint64At(p)
	case WireFloat:
		return float64At(p)
	case WireBase64URL, WireBase16:
		return bytesAt(p)
	case WireTime:
		return timeAt(p)
	}
	if w.Elem == Int {
		return intsAt(p)
	}
	return stringsAt(p)
}

// pointerAt is for what Go holds as one pointer: a *T, and a map, of which only nil is ever written.
func pointerAt(p pointer) *pointer { return (*pointer)(unsafe.Pointer(p)) }

// interfaceAt is for Interface, whose type is not known here: it is only made nil, and tested for that by
// its first word, which is nil in a nil interface of any type, and only there.
func interfaceAt(p pointer) *any { return (*any)(unsafe.Pointer(p)) }

// presenceAt is for the presence field of a struct with the flag HasPresence. A Recorded is its one pointer.
func presenceAt(p pointer) **Presence { return (**Presence)(unsafe.Pointer(p)) }

// stateAt returns the state of the Opt at p, whose value has the given size. An Opt is a struct of the
// value and the state; the state is a byte, has no alignment, and follows the value at once.
func stateAt(p pointer, size uintptr) *state { return (*state)(unsafe.Add(unsafe.Pointer(p), size)) }

// slice is the form of a slice of any element. The array pointer is typed as a pointer, so storing it
// takes a write barrier.
type slice struct {
	array    pointer
	len, cap int
}

// sliceAt is for Slice, Strings, Bytes and Any.
func sliceAt(p pointer) *slice { return (*slice)(unsafe.Pointer(p)) }

// viewing says whether view copies nothing: where there is no unsafe, it does.
const viewing = true

// view returns b as a string without copying. The string is used only while b does not change: during
// a call, or for good when the bytes are ours and written once, or handed over with the mode Alias.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// viewPart is view of n bytes of b from i, which the caller knows are there.
func viewPart(b []byte, i, n int) string {
	return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i)), n)
}

// part returns s[i:end], which the caller knows is there. An empty one holds s too.
func part(s string, i, end int) string {
	return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i)), end-i)
}

// word returns the eight bytes of s from i, which the caller knows are there (0 <= i <= len(s)-8), the first in the
// lowest bits. The compiler makes it one load.
func word(s string, i int) uint64 {
	b := (*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// half returns four bytes of s as word returns eight.
func half(s string, i int) uint32 {
	b := (*[4]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// twoBytes returns two bytes of s as word returns eight.
func twoBytes(s string, i int) uint16 {
	b := (*[2]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
	return uint16(b[0]) | uint16(b[1])<<8
}

// putWord puts the eight bytes of x into s at i, where the caller knows there is room, as word reads them.
func putWord(s []byte, i int, x uint64) {
	b := (*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), i))
	b[0], b[1], b[2], b[3] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
	b[4], b[5], b[6], b[7] = byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56)
}

// fresh returns n bytes of memory with anything in them, which nobody else has: that of a builder that is given up, whose
// only text is the first byte.
func fresh(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), n)
}

// putHalf puts four bytes as putWord puts eight.
func putHalf(s []byte, i int, x uint32) {
	b := (*[4]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), i))
	b[0], b[1], b[2], b[3] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
}

// grow copies the first n elements at old, elements of t, to a new array of c, which is not nil when c is 0. Elements
// whose form the package knows need no Slice: their array has the element type or one of the same form.
func grow(t *Type, old pointer, n, c int) pointer {
	if t.Slice != nil {
		return growTyped(reflect.TypeOf(t.Slice).Elem(), old, n, c)
	}
	if t.Flags&Optional == 0 {
		switch t.Kind {
		case String, Decimal:
			return growOf[string](old, n, c)
		case Bool:
			return growOf[bool](old, n, c)
		case Int:
			return growOf[int](old, n, c)
		case Int32:
			return growOf[int32](old, n, c)
		case Int64:
			return growOf[int64](old, n, c)
		case Uint32:
			return growOf[uint32](old, n, c)
		case Uint64:
			return growOf[uint64](old, n, c)
		case Float32:
			return growOf[float32](old, n, c)
		case Float64:
			return growOf[float64](old, n, c)
		case Time:
			return growOf[time.Time](old, n, c)
		case Bytes, Any, Strings, Slice:
			return growOf[slice](old, n, c)
		case Map:
			return growOf[pointer](old, n, c)
		case Interface:
			// To the collector all interfaces are alike: a word that it does not follow, and a pointer.
			return growOf[any](old, n, c)
		case Object:
			if t.Flags&Pointer != 0 {
				return growOf[pointer](old, n, c)
			}
		}
	}
	panic("json: type " + t.Name + " has no Slice")
}

// growOf is grow for elements of type T.
func growOf[T any](old pointer, n, c int) pointer {
	s := make([]T, c)
	if n > 0 {
		copy(s, unsafe.Slice((*T)(unsafe.Pointer(old)), n))
	}
	return (*byte)(unsafe.Pointer(unsafe.SliceData(s)))
}

// growTyped is grow for elements of a type of another package, by the type of their slices. A function for each such type
// would do the same, and was a good part of what a client costs to compile.
func growTyped(list reflect.Type, old pointer, n, c int) pointer {
	if c == 0 {
		return unsafe.SliceData([]byte{})
	}
	var s slice // a slice of any type has this form
	v := reflect.NewAt(list, unsafe.Pointer(&s)).Elem()
	v.Grow(c)
	if n > 0 {
		from := slice{old, n, n}
		v.SetLen(n)
		reflect.Copy(v, reflect.NewAt(list, unsafe.Pointer(&from)).Elem())
	}
	return s.array
}

// held returns where the value in v lies, a value of t. An interface is two words, its type and a pointer to the value,
// which nobody changes; but a type that is itself no more than a pointer lies in the second word.
func held(t *Type, v any) pointer {
	if t.Size == pointerSize {
		p := reflect.New(reflect.TypeOf(v))
		p.Elem().Set(reflect.ValueOf(v))
		return (*byte)(p.UnsafePointer())
	}
	return (*[2]pointer)(unsafe.Pointer(&v))[1]
}

// pointed refers to the t that v, a pointer, leads to: its second word is that pointer.
func pointed(t *Type, v any) Ref { return At(t, unsafe.Pointer((*[2]pointer)(unsafe.Pointer(&v))[1])) }

// Store is a Type.Store for map values of type T.
func Store[T any](m *byte, key string, v *byte) {
	p := (*map[string]T)(unsafe.Pointer(m))
	if *p == nil {
		*p = make(map[string]T)
	}
	if v != nil {
		(*p)[key] = *(*T)(unsafe.Pointer(v))
	}
}

// Range is a Type.Range for map values of type T.
func Range[T any](m *byte, yield func(key string, v *byte) bool) {
	p := *(*map[string]T)(unsafe.Pointer(m))
	for _, key := range Names(p) {
		v := p[key]
		if !yield(key, (*byte)(unsafe.Pointer(&v))) {
			return
		}
	}
}

// AppendText is a Text.Append for type T.
func AppendText[T any, P interface {
	*T
	encoding.TextMarshaler
}](b []byte, v *byte) ([]byte, error) {
	text, err := P((*T)(unsafe.Pointer(v))).MarshalText()
	return append(b, text...), err
}

// ParseText is a Text.Parse for type T. It leaves zero on an error.
func ParseText[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](v *byte, text []byte) error {
	var zero T
	*(*T)(unsafe.Pointer(v)) = zero
	if text == nil {
		return nil
	}
	err := P((*T)(unsafe.Pointer(v))).UnmarshalText(text)
	if err != nil {
		*(*T)(unsafe.Pointer(v)) = zero
	}
	return err
}

// ZeroText is a Text.IsZero for type T.
func ZeroText[T any](v *byte) bool { return IsZero((*T)(unsafe.Pointer(v))) }

// AppendURL is the Text.Append of a url.URL.
func AppendURL(b []byte, v *byte) ([]byte, error) {
	return append(b, (*url.URL)(unsafe.Pointer(v)).String()...), nil
}

// ParseURL is the Text.Parse of a url.URL.
func ParseURL(v *byte, text []byte) error {
	*(*url.URL)(unsafe.Pointer(v)) = url.URL{}
	if text == nil {
		return nil
	}
	u, err := url.Parse(string(text))
	if err == nil {
		*(*url.URL)(unsafe.Pointer(v)) = *u
	}
	return err
}

// zeros is as long as most structs.
const zeros = zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64 +
	zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64 + zeros64
const zeros64 = zeros16 + zeros16 + zeros16 + zeros16
const zeros16 = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// blank reports whether the size bytes of the value at p are all zero. They are read, never written, and
// not kept. False does not say that the value is not zero: padding has any content.
func blank(p pointer, size uintptr) bool {
	for size > uintptr(len(zeros)) {
		if unsafe.String(p, len(zeros)) != zeros {
			return false
		}
		p, size = at(p, uintptr(len(zeros))), size-uintptr(len(zeros))
	}
	return unsafe.String(p, int(size)) == zeros[:size]
}
