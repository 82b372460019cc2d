package json

// Opt is an optional value: absent, null or set. The zero Opt is absent.
//
// Its methods have pointers as receivers: of each method with a value as receiver the
// compiler writes two functions, and twice the types, for each of the enums that a client has.
// For the like reason it cannot be compared with ==, nor can a struct that has one: see [Recorded].
type Opt[T any] struct {
	_     [0]func()
	v     T
	state state
}

type state uint8

const (
	absent state = iota
	set
	null
)

// Some returns a value that is set. It is sent even when v is zero.
func Some[T any](v T) Opt[T] { return Opt[T]{v: v, state: set} }

// Null returns a value that is sent as JSON null.
func Null[T any]() Opt[T] { return Opt[T]{state: null} }

// Get returns the value and whether one is set.
func (o *Opt[T]) Get() (T, bool) { return o.v, o.state == set }

// Or returns the value, or def when none is set.
func (o *Opt[T]) Or(def T) T {
	if o.state == set {
		return o.v
	}
	return def
}

// IsSet reports whether a value is set.
func (o *Opt[T]) IsSet() bool { return o.state == set }

// IsNull reports whether the value is an explicit null.
func (o *Opt[T]) IsNull() bool { return o.state == null }

// IsAbsent reports whether nothing is sent.
func (o *Opt[T]) IsAbsent() bool { return o.state == absent }
