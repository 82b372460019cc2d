package rule

import (
	"cmp"
	"time"
)

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
//
//go:noinline
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
	return sorted(list, func(a, b T) bool { return a < b })
}

// Disjoint reports whether no two of the ranges of the items overlap. A range goes from its lower bound on to below
// the upper one; a bound that is missing is no end on that side. Ranges that hold no value overlap none.
func Disjoint[E any, T cmp.Ordered](list []E, lower, upper func(E) (T, bool)) bool {
	return disjoint(list, lower, upper, func(a, b T) bool { return a < b })
}

// DisjointTimes is Disjoint for ranges of times.
func DisjointTimes[E any](list []E, lower, upper func(E) (time.Time, bool)) bool {
	return disjoint(list, lower, upper, time.Time.Before)
}

//go:noinline
func disjoint[E, T any](list []E, lower, upper func(E) (T, bool), less func(a, b T) bool) bool {
	r := ranges[E, T]{list, lower, upper, less}
	for i := range list {
		for j := range i {
			if r.below(i, i) && r.below(i, j) && r.below(j, i) && r.below(j, j) {
				return false
			}
		}
	}
	return true
}

type ranges[E, T any] struct {
	list         []E
	lower, upper func(E) (T, bool)
	less         func(a, b T) bool
}

// below reports whether the range of item i begins below the end of that of item j.
//
//go:noinline
func (r *ranges[E, T]) below(i, j int) bool {
	from, begins := r.lower(r.list[i])
	to, ends := r.upper(r.list[j])
	return !begins || !ends || r.less(from, to)
}
