package json

import (
	"sync"
	"unicode/utf8"
)

// There are two ways from a type to its JSON. By default a [Type] says where everything lies in memory, and the
// interpreter of this package goes there: little code, and the offsets are unsafe. The other way is code that is generated
// for the type, which reads and writes each member by its name: more of it, and nothing of it is unsafe. Both are made of
// the same parts, keep the same rules and say the same things; what a Type says besides offsets serves both.

// Value is a value with generated code. Its methods have a pointer to the value.
type Value interface {
	// ReadJSON reads the value at p in place of what was there, and returns the position after it.
	ReadJSON(d *Decoder, p int, fl Flags) int
	// WriteJSON appends the value.
	WriteJSON(e *Encoder, b []byte) []byte
}

// Composite is what generated code says of a struct: how its members are reached.
type Composite struct {
	Type     *Type
	Members  Members
	Presence *Recorded // with the flag HasPresence
	Entries  Entries   // additional members, with the flag HasAdditional
	Elements Elements  // of a tuple: what follows the fields, with that flag
}

// Members reads and writes the fields of a struct, in the order of Type.Fields.
type Members interface {
	Composite() Composite
	// ReadMember reads the value at p in place of what field i holds.
	ReadMember(d *Decoder, p, i int) int
	// WriteMembers goes through all fields. For each it calls one of Member, Nilable, Optional and Constant of the
	// encoder, and appends the value if that says so.
	WriteMembers(e *Encoder, b []byte) []byte
}

// Elements reads and writes a list.
type Elements interface {
	Len() int
	ReadElement(d *Decoder, p int) int // appends the value at p
	WriteElement(e *Encoder, b []byte, i int) []byte
}

// Entries reads and writes a map.
type Entries interface {
	Keys() []string // in order
	ReadEntry(d *Decoder, p int, key string) int
	WriteEntry(e *Encoder, b []byte, key string) []byte
}

// Variants reads a union.
type Variants interface {
	ReadVariant(d *Decoder, p, i int) int // reads the value at p as variant i
	SetUnknown(v Raw)                     // for what is no variant
}

// Decoder reads one text for generated code. Its methods take the position of a value and return the one after it, or a
// negative one when the text is no JSON: then all returns at once.
type Decoder = decoder

// Encoder writes one value for generated code. Its methods append to b and return it. The first failure is kept; what is
// appended after it does not matter.
type Encoder = encoder

// inline is what the decoder of generated code has besides.
type inline struct {
	habits    [4]order // of the lists that are open
	lists     int      // how many those are
	habit     *order   // of the list whose element comes next
	start, at int      // of a list that is being read, and of its element
	otherwise bool     // the union just read holds what is no variant
}

// decodeInline is Decode for a value with generated code.
func decodeInline(data []byte, v Value, o DecodeOptions) error {
	r := readerPool.Get().(*reader)
	d := &r.decoder
	d.inline = &r.inline
	err := error(nil)
	if d.begin(data, view(data), o) {
		err = d.finish(v.ReadJSON(d, space(d.s, 0), 0), o)
	} else {
		err = d.err
	}
	*r = reader{}
	readerPool.Put(r)
	return err
}

// reader is a decoder for generated code. It is on the heap, since code that is called by way of an interface has it. Nothing is
// embedded: of each method that a type is given so, the compiler writes a function.
type reader struct {
	decoder decoder
	inline  inline
}

// readerPool and writerPool hold decoders and encoders that were used before. They are zero: nothing of a value is left in them.
var (
	readerPool = sync.Pool{New: func() any { return new(reader) }}
	writerPool = sync.Pool{New: func() any { return new(writer) }}
)

// begin prepares for reading data, which s has the same bytes as. It is false when that is no UTF-8.
func (d *decoder) begin(data []byte, s string, o DecodeOptions) bool {
	d.data, d.s = data, s
	d.alias = o.Mode&Alias != 0
	d.left = o.MaxDepth
	if d.left <= 0 {
		d.left = DefaultMaxDepth
	}
	d.depth = d.left
	d.record = o.Mode&(WithPresence|Strict) != 0
	d.known = o.Mode&Known != 0
	d.watch = o.Report != nil || o.Mode&Strict != 0
	if !utf8.ValidString(d.s) {
		d.fail(invalidUTF8(d.s), "invalid UTF-8")
		return false
	}
	return true
}

// finish checks that nothing follows at p, and tells the deviations.
func (d *decoder) finish(p int, o DecodeOptions) error {
	if p = d.end(p); p < 0 {
		return d.err
	}
	if len(d.devs) == 0 {
		return nil
	}
	locate(d.s, d.devs)
	if o.Report != nil {
		for _, dev := range d.devs {
			o.Report(dev)
		}
	}
	if o.Mode&Strict != 0 {
		return &DeviationError{Deviations: d.devs, More: d.more}
	}
	return nil
}
