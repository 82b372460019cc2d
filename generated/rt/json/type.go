package json

// pointer is what descriptions have for the address of a value. It points to what the value begins with, whatever that is:
// only code that knows what lies there makes one, or looks behind it.
type pointer = *byte

// Type describes one Go type that crosses the wire: a struct, the element of a slice or map, a variant of a
// union, a body. It is static data. Types point to one another, so a program holds only those that it
// can reach; where a type consists of itself, the way back leads over a [Link].
type Type struct {
	Name  string  // Go name, for messages
	Kind  Kind    // Struct, Tuple, or the kind of a slice or map element, of a variant, or of a body that is not an object
	Flags Flags   // as in Field
	Sub   *Type   // as in Field; with the flag HasAdditional: the type of the additional members
	Size  uintptr // may be zero for types that are neither a struct nor an Opt
	// Slice is a nil *[]T, by which the package makes values of T. Nil for types that are never an element, a map value,
	// a variant or behind a pointer, and for all that are neither a struct nor an Opt nor of the kind Marshaled: the
	// package knows those.
	Slice any
	// Map access, for types that are the value of a map or additional members: Store sets m[key] to the value at v, making
	// the map, or only makes the map when v is nil; Range calls yield for each entry, in key order. See
	// the functions Store and Range.
	Store func(m pointer, key string, v pointer)
	Range func(m pointer, yield func(key string, v pointer) bool)

	Fields   []Field  // Struct: in the order of the document; Tuple: in the order of the array
	Index    []uint16 // Struct: what Index returns for the keys of Fields
	Presence uintptr  // Struct with the flag HasPresence: offset of its Recorded
	// Additional is the offset of what the fields leave over, with the flag HasAdditional. Struct: a
	// map[string]T of the members that are no fields, written after those. Tuple: a []T of the elements
	// after the fields.
	Additional uintptr

	Wire  *Wire  // Wired
	Union *Union // Interface
	Text  *Text  // Marshaled
	// Value is of a struct with generated code among types that have none: its fields have no offsets.
	Value func(v pointer) Value

	Link Link // of a type that stands for another, and says nothing else
}

// Link leads to a type that static data cannot point to, since the type consists of what points to it: Go
// has no variables that are initialised by way of themselves. The method of an interface breaks the circle.
type Link interface{ Type() *Type }

// Real returns the type itself, where t stands for another.
func (t *Type) Real() *Type {
	if t.Link != nil {
		return t.Link.Type()
	}
	return t
}

// Form returns the type that describes the values of t, which is no struct: its parts, or its own form.
func (t *Type) Form() *Type {
	if t.Sub != nil {
		return t.Sub
	}
	return t
}

// Field describes one member, or one element of a tuple.
type Field struct {
	Key   string // `,"name":` with the name in JSON form; the comma becomes a brace for the first member. Empty in a tuple
	Off   uintptr
	Kind  Kind
	Flags Flags
	Sub   *Type // Object: the type; Slice, Map: the type of the elements; Wired, Interface, Marshaled: the type with Wire, Union, Text
	// Const is the JSON text of the value of a Constant. A field of another kind may have it too: it is the
	// only value that the document allows there, or of a scalar the list of those. That is no rule for the codec, unions
	// tell variants by it.
	Const string
}

// Kind says how a value is held in Go and written as JSON.
type Kind uint8

// The kinds. T stands for any named type of the same underlying type.
const (
	Invalid   Kind = iota
	Constant       // no Go value: the member always holds Const
	String         // string
	Bool           // bool
	Int            // int
	Int32          // int32
	Int64          // int64
	Uint32         // uint32
	Uint64         // uint64
	Float32        // float32
	Float64        // float64
	Decimal        // string holding a JSON number, digits kept
	Time           // time.Time, RFC 3339
	Bytes          // []byte, base64
	Any            // Raw: any JSON value, kept as text
	Object         // struct T, of the type kind Struct or Tuple; with Pointer: *T
	Strings        // []string, the common list
	Slice          // []T
	Map            // map[string]T
	Wired          // a value written as something else: see Wire
	Interface      // an interface that holds one of several types: see Union
	Marshaled      // a value that reads and writes itself as text: see Text
	Struct         // Type.Kind of a struct
	Tuple          // Type.Kind of a struct that is written as an array
)

// Flags modify a kind.
type Flags uint8

// The flags of a field or type.
const (
	Required      Flags = 1 << iota // the member must be present (strict), and is always written
	Nullable                        // null is a value of the member
	Optional                        // the field is an Opt[T] of the kind
	Pointer                         // Object: the field is *T; nil is absent (or null)
	OmitZero                        // response types: a zero value is not written
	Open                            // Struct: unknown members are accepted without a report
	HasPresence                     // Struct: has a Recorded
	HasAdditional                   // Struct: has a map of additional members; Tuple: a slice of further elements

	Digits = Open // integers: 1.0 and 1e2, which are read, are reported
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
	WireBool      WireKind = iota + 1 // bool, as True or False
	WireInt                           // int, in a string
	WireInt64                         // int64, in a string
	WireUint64                        // uint64, in a string
	WireFloat                         // float64, in a string
	WireList                          // []string or []int (or named), in a string
	WireTime                          // time.Time, in one of Layouts
	WireBase64URL                     // []byte, in base64url of RFC 4648; read without padding too
	WireBase16                        // []byte, in hexadecimal digits, written as capitals
)

// Union describes an interface type whose values are of one of several types, the variants. The type of
// the value is found, for a value of JSON
//
//   - that is an object, by the member Key, when there is one: the variant is the one whose Values hold the
//     value of that member, wherever in the object it stands (of several, the first counts). Where it is Shared and
//     several hold the value, it is guessed among them. When none does, or the member is null or not there, it is the variant that is Default.
//   - by its JSON type, when there is one variant of that type;
//   - else it is guessed. For an object that is done by looking at the names of its members and at the types
//     of their values. The variant is the one with the fewest faults: required members that
//     are not there, members with another value than those of Const, members of another JSON type than their field.
//     Among equals it is the one with the fewest members that are no fields, where those count half that have
//     a place, in a map or among additional members; then the one with the most members that have the one value of
//     their Const; then the one for which the same, in this order, holds of what lies within the members, two
//     levels down; then the first. For an array its elements are looked at
//     in that way, and elements of another type weigh most. What is read after such a guess is recorded as
//     with WithPresence, whatever the mode, so nothing of the text is lost when the guess is wrong. For a
//     string, number or boolean it is the first variant that can hold it.
//
// A value that is none of the variants is kept as text, in the type for unknown ones. It is a deviation, unless the union
// is Open. So is what would deviate as a whole if it were read: a string that is no time, an array with an element of
// another type if there are several variants that are arrays.
//
// The value null is a nil interface, which is an absent member when it is written.
type Union struct {
	Name     string // Go name of the interface, for messages
	Key      string // of the member that tells variants apart, in the form of Field.Key; may be empty
	Guess    bool   // Key: an object without the member is guessed, not unknown
	Shared   bool   // Key: some value stands for several variants, and does not tell them apart
	Open     bool   // any value is allowed: what is no variant, or not quite one, is no deviation
	Variants []Variant
	// Put stores a value in the interface at dst. For variants that are structs (Struct, Tuple) v is the *T
	// that is stored; for others it points to the value. For UnknownVariant it points to a Raw.
	Put func(dst pointer, variant int, v pointer)
	// Get returns the index of the variant in the interface at src, and its value as for Put: UnknownVariant
	// and a *Raw, or NoVariant for nil, or for a type that is no variant.
	Get func(src pointer) (variant int, v pointer)
	// Value is of a union with generated code among types that have none.
	Value func(v pointer) Value
}

// What Put and Get say of values that have no index.
const (
	UnknownVariant = -1 // text that is none of the variants
	NoVariant      = -2 // nothing
)

// Variant describes one type that the value of a union may have.
type Variant struct {
	Type    *Type    // a struct or tuple, held as *T, or any other kind, held as T
	Values  []string // JSON texts of the values of the member Key that say it is this variant
	Default bool     // Key: it is this variant when the member has no value of any, or is not there
}

// Text describes a type of another package that has methods for its text, such as netip.Addr. JSON has
// the text as a string.
type Text struct {
	Name   string // Go name, for messages
	Size   uintptr
	Number bool // the text is that of a JSON number, and is written without quotes
	// Append appends the text of the value at v, Parse sets the value at v from a text that is its own, or
	// makes it zero when the text is nil, and IsZero reports whether it is. See the functions AppendText, ParseText and
	// ZeroText, and for a url.URL AppendURL and ParseURL.
	Append func(b []byte, v pointer) ([]byte, error)
	Parse  func(v pointer, text []byte) error
	IsZero func(v pointer) bool
}
