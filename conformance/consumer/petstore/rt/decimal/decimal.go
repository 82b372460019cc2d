// Package decimal compares numbers by their decimal text, exactly: 0.3 is a multiple of 0.1, and 1.0 is 1. Nothing is
// expanded: 1e999999999 is ten bytes long, and stays it.
package decimal

import (
	"cmp"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// maxDigits bounds the numbers that are divided.
const maxDigits = 8192

// Number is a number taken apart: digits × 10^exp. Zero has no digits, any other neither leading nor trailing zeros.
type Number struct {
	negative bool
	digits   string
	exp      int64
}

// Parse reads a JSON number.
func Parse(s string) (Number, bool) {
	var n Number
	rest, negative := strings.CutPrefix(s, "-")
	mantissa, exp := rest, ""
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		mantissa, exp = rest[:i], rest[i+1:]
		e, err := strconv.ParseInt(exp, 10, 64)
		if err != nil && (e == 0 || !isRange(err)) {
			return Number{}, false
		}
		n.exp = max(min(e, farthest), -farthest)
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	if whole == "" && part == "" || !digits(whole) || !digits(part) {
		return Number{}, false
	}
	n.digits = strings.TrimLeft(whole, "0")
	if part = strings.TrimRight(part, "0"); part != "" {
		n.exp -= int64(len(part))
		if n.digits == "" {
			n.digits = strings.TrimLeft(part, "0")
		} else {
			n.digits += part
		}
	}
	short := strings.TrimRight(n.digits, "0")
	n.exp += int64(len(n.digits) - len(short))
	n.digits, n.negative = short, negative
	if short == "" {
		return Number{}, true
	}
	return n, true
}

// farthest is where exponents end: two numbers beyond are not told apart by them.
const farthest = 1 << 60

func isRange(err error) bool {
	e, ok := err.(*strconv.NumError)
	return ok && e.Err == strconv.ErrRange
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// IsInteger reports whether there is nothing behind the point.
func (n Number) IsInteger() bool { return n.exp >= 0 || n.digits == "" }

// Compare returns -1, 0 or 1.
func (n Number) Compare(m Number) int {
	if s, t := n.sign(), m.sign(); s != t || s == 0 {
		return cmp.Compare(s, t)
	}
	order := cmp.Compare(n.exp+int64(len(n.digits)), m.exp+int64(len(m.digits)))
	if order == 0 {
		order = strings.Compare(n.digits, m.digits) // both are fractions of the same power of ten
	}
	if n.negative {
		return -order
	}
	return order
}

func (n Number) sign() int {
	switch {
	case n.digits == "":
		return 0
	case n.negative:
		return -1
	}
	return 1
}

// MultipleOf reports whether n is a whole multiple of m; of zero nothing is one.
func (n Number) MultipleOf(m Number) bool {
	if m.digits == "" || len(n.digits) > maxDigits || len(m.digits) > maxDigits {
		return false
	}
	if n.digits == "" {
		return true
	}
	shift := n.exp - m.exp
	if shift < 0 {
		return false // its last digit is not zero, so there is no power of ten in it
	}
	if len(n.digits) <= wordDigits && len(m.digits) <= wordDigits {
		of := word(m.digits)
		return product(word(n.digits)%of, power(10%of, uint64(shift), of), of) == 0
	}
	return multipleOf(strings.Clone(n.digits), strings.Clone(m.digits), shift)
}

// wordDigits is how many digits fit in 64 bits, whatever they are.
const wordDigits = 19

func word(digits string) (x uint64) {
	for i := range len(digits) {
		x = 10*x + uint64(digits[i]-'0')
	}
	return x
}

// product is x × y modulo of; both are less.
func product(x, y, of uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return bits.Rem64(hi, lo, of)
}

// power is x to the n modulo of.
func power(x, n, of uint64) uint64 {
	out := 1 % of
	for ; n > 0; n /= 2 {
		if n%2 == 1 {
			out = product(out, x, of)
		}
		x = product(x, x, of)
	}
	return out
}

// multipleOf is MultipleOf for numbers of any length.
func multipleOf(n, m string, shift int64) bool {
	x, _ := new(big.Int).SetString(n, 10)
	of, _ := new(big.Int).SetString(m, 10)
	ten := big.NewInt(10)
	x.Mul(x, ten.Exp(ten, big.NewInt(shift), of))
	return x.Mod(x, of).Sign() == 0
}

// Append appends a text that all numbers of one value have in common.
func (n Number) Append(b []byte) []byte {
	if n.digits == "" {
		return append(b, '0')
	}
	if n.negative {
		b = append(b, '-')
	}
	b = append(b, n.digits...)
	if n.exp != 0 {
		b = strconv.AppendInt(append(b, 'e'), n.exp, 10)
	}
	return b
}

// Compare compares two numbers as texts: -1, 0 or 1. A text that is no number is less than any other.
func Compare(a, b string) int {
	x, okX := Parse(a)
	y, okY := Parse(b)
	switch {
	case okX && okY:
		return x.Compare(y)
	case okX:
		return 1
	case okY:
		return -1
	}
	return 0
}

// MultipleOf reports whether a number is a whole multiple of another, both as texts.
func MultipleOf(v, of string) bool {
	x, ok := Parse(v)
	m, ok2 := Parse(of)
	return ok && ok2 && x.MultipleOf(m)
}
