package rule

import (
	"cmp"
	"math"
)

// CompareIntFloat compares an integer with a number; it returns false when the number is not one.
func CompareIntFloat(x int64, y float64) (int, bool) {
	switch {
	case y != y:
		return 0, false
	case y < math.MinInt64:
		return 1, true
	case y > math.MaxInt64:
		return -1, true
	}
	return cmp.Compare(float64(x), y), true
}

// CompareUintFloat compares an unsigned integer with a number; it returns false when the number is not one.
func CompareUintFloat(x uint64, y float64) (int, bool) {
	switch {
	case y != y:
		return 0, false
	case y < 0:
		return 1, true
	case y > math.MaxUint64:
		return -1, true
	}
	return cmp.Compare(float64(x), y), true
}

// CompareIntUint compares integers with and without a sign.
func CompareIntUint(x int64, y uint64) int {
	if x < 0 {
		return -1
	}
	return cmp.Compare(uint64(x), y)
}
