package json

// MarshalValue is Marshal for the t that v holds, a value and no pointer. Methods with a receiver by value call it: that
// v moves to the heap takes them the least code.
//
//go:noinline
func MarshalValue(t *Type, v any) ([]byte, error) { return Marshal(Ref{t, memory{held(t, v)}}) }

// UnmarshalValue is DecodeLenient into the t that v, a pointer, leads to. Methods with a receiver by pointer call it: what they
// get is handed on where it is.
//
//go:noinline
func UnmarshalValue(t *Type, data []byte, v any) error { return DecodeLenient(data, pointed(t, v)) }
