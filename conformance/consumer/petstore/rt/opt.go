package rt

import "example.com/consumer/petstore/rt/json"

// Opt is an optional value: absent, null or set. The zero Opt is absent. See [json.Opt].
type Opt[T any] = json.Opt[T]

// Some returns a value that is set. It is sent even when v is zero.
func Some[T any](v T) Opt[T] { return json.Some(v) }

// Null returns a value that is sent as JSON null.
func Null[T any]() Opt[T] { return json.Null[T]() }
