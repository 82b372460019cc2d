package rule

import (
	"cmp"
	"slices"
	"time"
)

// What looks at items is not compiled into its callers: there it would stand once more for each type of items.

// Items that are structs are given by their places (AnyAt and the like): that is the same code for all types, and copies nothing.

// Any reports whether a condition holds for one of the items.
//
//go:noinline
func Any[E any](list []E, holds func(E) bool) bool {
	for _, e := range list {
		if holds(e) {
			return true
		}
	}
	return false
}

// AnyAt is Any of n items by their places.
//
//go:noinline
func AnyAt(n int, holds func(i int) bool) bool {
	for i := range n {
		if holds(i) {
			return true
		}
	}
	return false
}

// Count returns for how many items a condition holds.
//
//go:noinline
func Count[E any](list []E, holds func(E) bool) int {
	n := 0
	for _, e := range list {
		if holds(e) {
			n++
		}
	}
	return n
}

// CountAt is Count of n items by their places.
//
//go:noinline
func CountAt(n int, holds func(i int) bool) int {
	count := 0
	for i := range n {
		if holds(i) {
			count++
		}
	}
	return count
}

// CountKeys returns for how many keys a condition holds.
//
//go:noinline
func CountKeys[V any](m map[string]V, holds func(string) bool) int {
	n := 0
	for key := range m {
		if holds(key) {
			n++
		}
	}
	return n
}

// AnyKey reports whether a condition holds for one of the keys.
//
//go:noinline
func AnyKey[V any](m map[string]V, holds func(string) bool) bool {
	for key := range m {
		if holds(key) {
			return true
		}
	}
	return false
}

// ExactlyOne reports whether one condition holds, and no other does.
func ExactlyOne(conditions ...bool) bool {
	n := 0
	for _, holds := range conditions {
		if holds {
			n++
		}
	}
	return n == 1
}

// Filter returns the items for which a condition holds.
//
//go:noinline
func Filter[E any](list []E, holds func(E) bool) []E {
	var out []E
	for _, e := range list {
		if holds(e) {
			out = append(out, e)
		}
	}
	return out
}

// Map returns what a function makes of each item.
//
//go:noinline
func Map[E, R any](list []E, f func(E) R) []R {
	out := make([]R, len(list))
	for i, e := range list {
		out[i] = f(e)
	}
	return out
}

// FilterAt is Filter by the places of items.
//
//go:noinline
func FilterAt[E any](list []E, holds func(i int) bool) []E {
	var out []E
	for i := range list {
		if holds(i) {
			out = append(out, list[i])
		}
	}
	return out
}

// MapAt is Map of n items by their places.
//
//go:noinline
func MapAt[R any](n int, f func(i int) R) []R {
	out := make([]R, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// UniqueBy reports whether the keys of no two items are equal.
//
//go:noinline
func UniqueBy[E any, K comparable](list []E, key func(E) K) bool {
	return UniqueByAt(len(list), func(i int) K { return key(list[i]) })
}

// UniqueByAt is UniqueBy of n items by their places.
//
//go:noinline
func UniqueByAt[K comparable](n int, key func(i int) K) bool {
	return distinct(n, func(a, b int) bool { return key(a) == key(b) }, func(i int) any { return key(i) })
}

// UniqueFunc reports whether no two items are equal, as a function has it. Each is compared with each.
//
//go:noinline
func UniqueFunc[E any](list []E, equal func(a, b E) bool) bool {
	return UniqueFuncAt(len(list), func(a, b int) bool { return equal(list[a], list[b]) })
}

// UniqueFuncAt is UniqueFunc of n items by their places.
//
//go:noinline
func UniqueFuncAt(n int, equal func(a, b int) bool) bool {
	for i := range n {
		for j := range i {
			if equal(i, j) {
				return false
			}
		}
	}
	return true
}

// UniqueTimes reports whether no two times are the same.
func UniqueTimes(list []time.Time) bool { return UniqueFunc(list, time.Time.Equal) }

// UniqueTimesBy is UniqueTimes of what a function makes of the items.
func UniqueTimesBy[E any](list []E, key func(E) time.Time) bool {
	return UniqueFunc(list, func(a, b E) bool { return key(a).Equal(key(b)) })
}

// UniqueTimesByAt is UniqueTimesBy of n items by their places.
func UniqueTimesByAt(n int, key func(i int) time.Time) bool {
	return UniqueFuncAt(n, func(a, b int) bool { return key(a).Equal(key(b)) })
}

// UniqueBytes reports whether no two items are equal.
func UniqueBytes(list [][]byte) bool {
	return UniqueFunc(list, func(a, b []byte) bool { return string(a) == string(b) })
}

// UniqueBytesBy is UniqueBytes of what a function makes of the items.
func UniqueBytesBy[E any](list []E, key func(E) []byte) bool {
	return UniqueFunc(list, func(a, b E) bool { return string(key(a)) == string(key(b)) })
}

// UniqueBytesByAt is UniqueBytesBy of n items by their places.
func UniqueBytesByAt(n int, key func(i int) []byte) bool {
	return UniqueFuncAt(n, func(a, b int) bool { return string(key(a)) == string(key(b)) })
}

// SortedBy reports whether no key of an item is less than the one before it.
func SortedBy[E any, K cmp.Ordered](list []E, key func(E) K) bool {
	return sorted(list, func(a, b E) bool { return key(a) < key(b) })
}

// SortedByAt is SortedBy of n items by their places.
func SortedByAt[K cmp.Ordered](n int, key func(i int) K) bool {
	return sortedAt(n, func(a, b int) bool { return key(a) < key(b) })
}

// SortedTimes reports whether no time is before the one in front of it.
func SortedTimes(list []time.Time) bool { return sorted(list, time.Time.Before) }

// SortedTimesBy is SortedTimes of what a function makes of the items.
func SortedTimesBy[E any](list []E, key func(E) time.Time) bool {
	return sorted(list, func(a, b E) bool { return key(a).Before(key(b)) })
}

// SortedTimesByAt is SortedTimesBy of n items by their places.
func SortedTimesByAt(n int, key func(i int) time.Time) bool {
	return sortedAt(n, func(a, b int) bool { return key(a).Before(key(b)) })
}

// SortedBytes reports whether no item is less than the one before it.
func SortedBytes(list [][]byte) bool {
	return sorted(list, func(a, b []byte) bool { return string(a) < string(b) })
}

// SortedBytesBy is SortedBytes of what a function makes of the items.
func SortedBytesBy[E any](list []E, key func(E) []byte) bool {
	return sorted(list, func(a, b E) bool { return string(key(a)) < string(key(b)) })
}

// SortedBytesByAt is SortedBytesBy of n items by their places.
func SortedBytesByAt(n int, key func(i int) []byte) bool {
	return sortedAt(n, func(a, b int) bool { return string(key(a)) < string(key(b)) })
}

// SortedBools reports whether no true comes before a false.
func SortedBools(list []bool) bool { return sorted(list, lessBool) }

// SortedBoolsBy is SortedBools of what a function makes of the items.
func SortedBoolsBy[E any](list []E, key func(E) bool) bool {
	return sorted(list, func(a, b E) bool { return lessBool(key(a), key(b)) })
}

// SortedBoolsByAt is SortedBoolsBy of n items by their places.
func SortedBoolsByAt(n int, key func(i int) bool) bool {
	return sortedAt(n, func(a, b int) bool { return lessBool(key(a), key(b)) })
}

func lessBool(a, b bool) bool { return !a && b }

func sorted[E any](list []E, less func(a, b E) bool) bool {
	return sortedAt(len(list), func(a, b int) bool { return less(list[a], list[b]) })
}

//go:noinline
func sortedAt(n int, less func(a, b int) bool) bool {
	for i := 1; i < n; i++ {
		if less(i, i-1) {
			return false
		}
	}
	return true
}

// Given reports whether a JSON value is there and not null.
func Given[T ~[]byte](raw T) bool {
	i := slices.IndexFunc(raw, func(c byte) bool { return c != ' ' && c != '\t' && c != '\r' && c != '\n' })
	return i >= 0 && raw[i] != 'n'
}
