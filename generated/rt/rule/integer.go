package rule

import "math"

// AddInt returns x + y, unless it overflows.
func AddInt[T ~int64](x, y T) (T, bool) {
	z := x + y
	if (z < x) != (y < 0) {
		return 0, false
	}
	return z, true
}

// SubInt returns x - y, unless it overflows.
func SubInt[T ~int64](x, y T) (T, bool) {
	z := x - y
	if (z < x) != (y > 0) {
		return 0, false
	}
	return z, true
}

// MulInt returns x * y, unless it overflows.
func MulInt(x, y int64) (int64, bool) {
	if x == 0 || y == 0 {
		return 0, true
	}
	z := x * y
	if z/y != x || x == -1 && y == math.MinInt64 || y == -1 && x == math.MinInt64 {
		return 0, false
	}
	return z, true
}

// DivInt returns x / y, unless y is zero or the quotient overflows.
func DivInt(x, y int64) (int64, bool) {
	if y == 0 || x == math.MinInt64 && y == -1 {
		return 0, false
	}
	return x / y, true
}

// ModInt returns x % y, unless y is zero or the quotient overflows.
func ModInt(x, y int64) (int64, bool) {
	if y == 0 || x == math.MinInt64 && y == -1 {
		return 0, false
	}
	return x % y, true
}

// NegInt returns -x, unless it overflows.
func NegInt[T ~int64](x T) (T, bool) {
	if x == math.MinInt64 {
		return 0, false
	}
	return -x, true
}

// AddUint returns x + y, unless it overflows.
func AddUint(x, y uint64) (uint64, bool) {
	if z := x + y; z >= x {
		return z, true
	}
	return 0, false
}

// SubUint returns x - y, unless it is negative.
func SubUint(x, y uint64) (uint64, bool) {
	if y > x {
		return 0, false
	}
	return x - y, true
}

// MulUint returns x * y, unless it overflows.
func MulUint(x, y uint64) (uint64, bool) {
	if y != 0 && x > math.MaxUint64/y {
		return 0, false
	}
	return x * y, true
}

// DivUint returns x / y, unless y is zero.
func DivUint(x, y uint64) (uint64, bool) {
	if y == 0 {
		return 0, false
	}
	return x / y, true
}

// ModUint returns x % y, unless y is zero.
func ModUint(x, y uint64) (uint64, bool) {
	if y == 0 {
		return 0, false
	}
	return x % y, true
}
