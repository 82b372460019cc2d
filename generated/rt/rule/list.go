package rule

import "cmp"

// Get returns item i of a list, unless there is none.
func Get[T any](list []T, i int64) (T, bool) {
	if i < 0 || i >= int64(len(list)) {
		var none T
		return none, false
	}
	return list[i], true
}

// few is the number of items up to which comparing each with each is faster than a map, and takes no memory.
const few = 16

// Unique reports whether no two items are equal.
func Unique[T comparable](list []T) bool {
	if len(list) <= few {
		for i := range list {
			for j := range i {
				if list[i] == list[j] {
					return false
				}
			}
		}
		return true
	}
	seen := make(map[T]bool, len(list))
	for _, x := range list {
		if seen[x] {
			return false
		}
		seen[x] = true
	}
	return true
}

// Sorted reports whether no item is less than the one before it.
func Sorted[T cmp.Ordered](list []T) bool {
	for i := 1; i < len(list); i++ {
		if list[i] < list[i-1] {
			return false
		}
	}
	return true
}

// Range is a range of values, from Lower on and below Upper. One without a bound has no end on that side.
type Range[T cmp.Ordered] struct {
	Lower, Upper       T
	HasLower, HasUpper bool
}

// overlaps reports whether there can be a value in both ranges.
func (r Range[T]) overlaps(s Range[T]) bool {
	return below(r, r) && below(r, s) && below(s, r) && below(s, s)
}

// below reports whether r begins below the end of s.
func below[T cmp.Ordered](r, s Range[T]) bool {
	return !r.HasLower || !s.HasUpper || r.Lower < s.Upper
}

// Disjoint reports whether no two of the ranges overlap. Ranges that hold no value overlap none.
func Disjoint[T cmp.Ordered](ranges []Range[T]) bool {
	for i := range ranges {
		for j := range i {
			if ranges[i].overlaps(ranges[j]) {
				return false
			}
		}
	}
	return true
}
