package json

import "unsafe"

// Table describes every type of a generated package that crosses the wire. Types refer to one
// another by index, so recursive types need no initialisation code.
type Table struct {
	Types []Type
	Wires []Wire
}

// Type describes one Go type: a struct, or the element of a slice or map.
type Type struct {
	Name  string  // Go name, for messages
	Kind  Kind    // Struct, or the kind of a slice or map element, or of a body that is not an object
	Sub   uint16  // as in Field
	Flags Flags   // as in Field
	Size  uintptr // may be zero for types that are neither a struct nor an Opt
	// Grow returns an array of c elements holding the first n of old, not nil when c is 0. Nil for
	// types that are never an element, a map value or behind a pointer, and for all that are neither a
	// struct nor an Opt: the package has its own for those. See the function Grow.
	Grow func(old unsafe.Pointer, n, c int) unsafe.Pointer
	// Map access, for types that are the value of a map: Store sets m[key] to the value at v, making
	// the map, or only makes the map when v is nil; Range calls yield for each entry, in key order. See
	// the functions Store and Range.
	Store func(m unsafe.Pointer, key string, v unsafe.Pointer)
	Range func(m unsafe.Pointer, yield func(key string, v unsafe.Pointer) bool)

	Fields   []Field  // Struct: in the order of the document
	Index    []uint16 // Struct: what Index returns for the keys of Fields
	Presence uintptr  // Struct with the flag HasPresence: offset of its *Presence field
}

// Field describes one member.
type Field struct {
	Key   string // `,"name":` with the name in JSON form; the comma becomes a brace for the first member
	Off   uintptr
	Kind  Kind
	Flags Flags
	Sub   uint16 // Object, Slice, Map: index of the type or element type; Wired: index into Wires
	Const string // Constant: the JSON text of the value
}

// Kind says how a value is held in Go and written as JSON.
type Kind uint8

// The kinds. T stands for any named type of the same underlying type.
const (
	Invalid  Kind = iota
	Constant      // no Go value: the member always holds Const
	String        // string
	Bool          // bool
	Int           // int
	Int32         // int32
	Int64         // int64
	Uint64        // uint64
	Float32       // float32
	Float64       // float64
	Decimal       // string holding a JSON number, digits kept
	Time          // time.Time, RFC 3339
	Bytes         // []byte, base64
	Any           // Raw: any JSON value, kept as text
	Object        // struct T; with Pointer: *T
	Strings       // []string, the common list
	Slice         // []T
	Map           // map[string]T
	Wired         // a value written as something else: see Wire
	Struct        // Type.Kind of a struct
)

// Flags modify a kind.
type Flags uint8

// The flags of a field or type.
const (
	Required    Flags = 1 << iota // the member must be present (strict), and is always written
	Nullable                      // null is a value of the member
	Optional                      // the field is an Opt[T] of the kind
	Pointer                       // Object: the field is *T; nil is absent (or null)
	OmitZero                      // response types: a zero value is not written
	Open                          // Struct: unknown members are accepted without a report
	HasPresence                   // Struct: has a *Presence field
)

// Wire describes a value that the wire writes as text of its own form.
type Wire struct {
	Kind      WireKind
	True      string   // WireBool
	False     string   // WireBool
	Separator string   // WireList
	Layouts   []string // WireTime: Go layouts, tried in order
	Elem      Kind     // WireList: String or Int
}

// WireKind is the form of a wired value. The field holds the Go type named here.
type WireKind uint8

// The wire forms.
const (
	WireBool  WireKind = iota + 1 // bool, as True or False
	WireInt                       // int, in a string
	WireInt64                     // int64, in a string
	WireFloat                     // float64, in a string
	WireList                      // []string or []int (or named), in a string
	WireTime                      // time.Time, in one of Layouts
)

// Ref points at a value together with its description.
type Ref struct {
	Table *Table
	Type  int
	Ptr   unsafe.Pointer
}

// IsNil reports whether the reference points at nothing.
func (r Ref) IsNil() bool { return r.Ptr == nil }
