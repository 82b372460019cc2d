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
	return distinct(len(list), func(a, b int) bool { return list[a] == list[b] }, func(i int) any { return list[i] })
}

// distinct reports whether no two of n items are equal, by comparing them or, if they are many, by keys.
//
//go:noinline
func distinct(n int, equal func(a, b int) bool, key func(i int) any) bool {
	if n <= few {
		return UniqueFuncAt(n, equal)
	}
	seen := make(map[any]bool, n)
	for i := range n {
		k := key(i)
		if seen[k] {
			return false
		}
		seen[k] = true
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
	return DisjointAt(len(list), func(i int) (T, bool) { return lower(list[i]) }, func(i int) (T, bool) { return upper(list[i]) })
}

// DisjointAt is Disjoint of n items by their places.
//
//go:noinline
func DisjointAt[T cmp.Ordered](n int, lower, upper func(i int) (T, bool)) bool {
	return disjoint(n, func(i, j int) bool {
		from, begins := lower(i)
		to, ends := upper(j)
		return !begins || !ends || from < to
	})
}

// DisjointTimes is Disjoint for ranges of times.
func DisjointTimes[E any](list []E, lower, upper func(E) (time.Time, bool)) bool {
	return DisjointTimesAt(len(list), func(i int) (time.Time, bool) { return lower(list[i]) }, func(i int) (time.Time, bool) { return upper(list[i]) })
}

// DisjointTimesAt is DisjointTimes of n items by their places.
func DisjointTimesAt(n int, lower, upper func(i int) (time.Time, bool)) bool {
	return disjoint(n, func(i, j int) bool {
		from, begins := lower(i)
		to, ends := upper(j)
		return !begins || !ends || from.Before(to)
	})
}

// disjoint is Disjoint of n ranges. Below reports whether range i begins below the end of range j.
//
//go:noinline
func disjoint(n int, below func(i, j int) bool) bool {
	for i := range n {
		for j := range i {
			if below(i, i) && below(i, j) && below(j, i) && below(j, j) {
				return false
			}
		}
	}
	return true
}
