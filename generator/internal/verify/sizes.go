package verify

import "go/types"

// sizes are the sizes of types that the type checker assumes unless told otherwise. It asks for the places of all fields of a
// struct anew for each of them that a codec describes, which is quadratic: ten thousand took half a minute. So what was
// found is kept.
type sizes struct {
	types.Sizes
	offsets map[**types.Var][]int64 // by the list of fields; instances of a generic type may have equal ones
}

func newSizes() sizes {
	return sizes{types.SizesFor("gc", "amd64"), map[**types.Var][]int64{}}
}

// Offsetsof returns the places of a struct's fields.
func (s sizes) Offsetsof(fields []*types.Var) []int64 {
	if len(fields) == 0 {
		return nil
	}
	known, ok := s.offsets[&fields[0]]
	if !ok {
		known = s.Sizes.Offsetsof(fields)
		s.offsets[&fields[0]] = known
	}
	return known
}
