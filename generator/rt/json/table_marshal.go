package json

// MarshalValue is Marshal for the t that v holds, a value and no pointer. Methods with a receiver by value call it: that
// v moves to the heap takes them the least code.
//
//go:noinline
func MarshalValue(t *Type, v any) ([]byte, error) { return Marshal(Ref{t, memory{held(t, v)}}) }
