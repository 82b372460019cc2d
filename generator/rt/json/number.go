package json

import (
	"math"
	"strconv"
)

// Number is a JSON number in the digits it was read with: for integers beyond 64 bits, and for decimal
// fractions that no float holds. The empty Number is zero. Text that is no JSON number cannot be sent.
type Number string

// IntNumber returns the Number of an integer.
func IntNumber(n int64) Number { return Number(strconv.FormatInt(n, 10)) }

// String returns the digits.
func (n Number) String() string {
	if n == "" {
		return "0"
	}
	return string(n)
}

// IsValid reports whether the text is that of a JSON number.
func (n Number) IsValid() bool {
	end, _ := number(string(n), 0)
	return n == "" || end == len(n)
}

// Int64 returns the number as an integer. It fails on a number with a fraction, and on one that does not
// fit; 1.0 and 1e2 are integers.
func (n Number) Int64() (int64, error) {
	if !n.IsValid() {
		return 0, n.fail("Int64", strconv.ErrSyntax)
	}
	neg, abs, integral, fits := parseInteger(n.String())
	switch {
	case !integral:
		return 0, n.fail("Int64", strconv.ErrSyntax)
	case !fits || neg && abs > 1<<63 || !neg && abs > math.MaxInt64:
		return 0, n.fail("Int64", strconv.ErrRange)
	case neg:
		return -int64(abs), nil
	}
	return int64(abs), nil
}

// Uint64 is Int64 for integers that are not negative.
func (n Number) Uint64() (uint64, error) {
	if !n.IsValid() {
		return 0, n.fail("Uint64", strconv.ErrSyntax)
	}
	neg, abs, integral, fits := parseInteger(n.String())
	switch {
	case !integral:
		return 0, n.fail("Uint64", strconv.ErrSyntax)
	case !fits || neg && abs > 0:
		return 0, n.fail("Uint64", strconv.ErrRange)
	}
	return abs, nil
}

// Float64 returns the nearest float. It fails on numbers that are too large for one.
func (n Number) Float64() (float64, error) {
	if !n.IsValid() {
		return 0, n.fail("Float64", strconv.ErrSyntax)
	}
	return strconv.ParseFloat(n.String(), 64)
}

func (n Number) fail(function string, err error) error {
	return &strconv.NumError{Func: function, Num: string(n), Err: err}
}

// MarshalJSON returns the digits.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.IsValid() {
		return nil, &ValueError{Msg: "a number is not a JSON number"}
	}
	return []byte(n.String()), nil
}

// UnmarshalJSON keeps the digits of a number. Null changes nothing.
func (n *Number) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	if end, _ := number(string(b), 0); end != len(b) {
		return &SyntaxError{Msg: "number expected"}
	}
	*n = Number(b)
	return nil
}
