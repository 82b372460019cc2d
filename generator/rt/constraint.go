package rt

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/pantograph-go/pantograph/generator/rt/decimal"
)

// Length returns the number of characters (code points) of s, which is what minLength and
// maxLength count. An invalid byte counts as one.
func Length[T ~string](s T) int { return utf8.RuneCountInString(string(s)) }

// OneOf reports whether s is one of the values.
//
//go:noinline
func OneOf(s string, values []string) bool { return slices.Contains(values, s) }

// CharClass is a set of characters, the compiled form of a pattern like [A-Za-z0-9_-].
type CharClass struct {
	ASCII [2]uint64   // bit c%64 of word c/64: character c
	Runes []RuneRange // characters from U+0080 on, in order
}

// RuneRange is the characters from Lo to Hi, both included.
type RuneRange struct{ Lo, Hi rune }

// Has reports whether the class holds r.
func (c *CharClass) Has(r rune) bool {
	if r >= 0 && r < utf8.RuneSelf {
		return c.hasASCII(byte(r))
	}
	for _, g := range c.Runes {
		if r >= g.Lo && r <= g.Hi {
			return true
		}
	}
	return false
}

// hasASCII is Has for characters below U+0080.
func (c *CharClass) hasASCII(b byte) bool { return c.ASCII[b>>6&1]&(1<<(b&63)) != 0 }

// Match reports whether s consists of characters of the class only, which the empty string does. It is the matcher for patterns
// of the form ^[…]*$.
func (c *CharClass) Match(s string) bool {
	low, high := c.ASCII[0], c.ASCII[1]
	for i := 0; i < len(s); i++ {
		b, half := s[i], low
		if b >= 64 {
			half = high
		}
		if b >= utf8.RuneSelf {
			return matchRunes(s[i:], c)
		}
		if half>>(b&63)&1 == 0 {
			return false
		}
	}
	return true
}

// MatchClass is Match for named string types.
func MatchClass[T ~string](s T, class *CharClass) bool { return class.Match(string(s)) }

// matchRunes is Match of a text with other characters than those below U+0080.
func matchRunes(s string, class *CharClass) bool {
	for _, r := range s {
		if !class.Has(r) {
			return false
		}
	}
	return true
}

// Pattern is a regular expression (RE2) of the document. It is a static literal and compiles its
// expression at the first use: the one cache in generated code, safe for concurrent use.
type Pattern struct {
	Expr string

	once sync.Once
	re   *regexp.Regexp
}

// Match reports whether the expression matches a part of s. The generator has checked that the
// expression compiles; one that does not matches everything.
func (p *Pattern) Match(s string) bool {
	p.once.Do(func() { p.re, _ = regexp.Compile(p.Expr) })
	return p.re == nil || p.re.MatchString(s)
}

// MatchPattern is Match for named string types.
func MatchPattern[T ~string](s T, p *Pattern) bool { return p.Match(string(s)) }

// MultipleOf reports whether v is a multiple of the decimal number of, exactly: 0.3 is a multiple of
// 0.1, as in the document and unlike in binary. The value of a float is its shortest decimal form.
func MultipleOf[T ~int | ~int32 | ~int64 | ~uint64 | ~float32 | ~float64](v T, of string) bool {
	return multipleOf(reflect.TypeFor[T]().Kind(), int64(v), uint64(v), float64(v), of)
}

// multipleOf is MultipleOf for what a number of that kind is converted to.
func multipleOf(kind reflect.Kind, i int64, u uint64, f float64, of string) bool {
	var buf [32]byte
	b := buf[:0]
	switch kind {
	case reflect.Float32:
		b = strconv.AppendFloat(b, f, 'e', -1, 32)
	case reflect.Float64:
		b = strconv.AppendFloat(b, f, 'e', -1, 64)
	case reflect.Uint64:
		b = strconv.AppendUint(b, u, 10)
	default:
		b = strconv.AppendInt(b, i, 10)
	}
	return DecimalMultipleOf(string(b), of)
}

// DecimalMultipleOf is MultipleOf for a number kept as text.
func DecimalMultipleOf(v, of string) bool { return decimal.MultipleOf(v, of) }

// CompareDecimal compares two JSON numbers by their exact value: -1, 0 or 1. A text that is no number
// is less than any other.
func CompareDecimal(a, b string) int { return decimal.Compare(a, b) }
