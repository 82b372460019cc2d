package rule

import (
	"strings"
	"unicode/utf8"
)

// offsetOf is the place in s of its character n, counted from zero; false when s has fewer.
func offsetOf(s string, n int64) (int, bool) {
	if n < 0 {
		return 0, false
	}
	for i := range s {
		if n == 0 {
			return i, true
		}
		n--
	}
	return len(s), n == 0
}

// CharAt returns the character at n; that at the end is empty.
func CharAt(s string, n int64) (string, bool) {
	i, ok := offsetOf(s, n)
	if !ok {
		return "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i : i+size], true
}

// Substring returns the text from the character start to before the character end.
func Substring(s string, start, end int64) (string, bool) {
	if start > end {
		return "", false
	}
	i, ok := offsetOf(s, start)
	j, also := offsetOf(s, end)
	if !ok || !also {
		return "", false
	}
	return s[i:j], true
}

// SubstringFrom returns the text from the character start on.
func SubstringFrom(s string, start int64) (string, bool) {
	i, ok := offsetOf(s, start)
	return s[i:], ok
}

// IndexOf returns the place of the first sub in s that does not begin before the character from; -1 when there is
// none.
func IndexOf(s, sub string, from int64) (int64, bool) {
	if from < 0 {
		return 0, false
	}
	start, ok := offsetOf(s, from)
	if !ok {
		if sub == "" {
			return int64(utf8.RuneCountInString(s)), true
		}
		return -1, true
	}
	if i := strings.Index(s[start:], sub); i >= 0 {
		return from + int64(utf8.RuneCountInString(s[start:start+i])), true
	}
	return -1, true
}

// LastIndexOf returns the place of the last sub in s; -1 when there is none.
func LastIndexOf(s, sub string) int64 {
	if i := strings.LastIndex(s, sub); i >= 0 {
		return int64(utf8.RuneCountInString(s[:i]))
	}
	return -1
}

// LastIndexOfFrom returns the place of the last sub in s that does not begin behind the character from; -1 when there
// is none.
func LastIndexOfFrom(s, sub string, from int64) (int64, bool) {
	if from < 0 {
		return 0, false
	}
	start, ok := offsetOf(s, from)
	switch {
	case sub == "" && !ok:
		return int64(utf8.RuneCountInString(s)), true
	case sub == "":
		return from, true
	case start == len(s): // as CEL has it: nothing begins at the end or behind it
		return -1, true
	}
	return LastIndexOf(s[:min(len(s), start+len(sub))], sub), true
}

// Parts returns how many parts a text has between separators, of which none is empty.
func Parts(s, sep string) int { return strings.Count(s, sep) + 1 }

// Part returns a part of a text by its place, unless there is none.
func Part(s, sep string, i int64) (string, bool) {
	if i < 0 {
		return "", false
	}
	for ; i > 0; i-- {
		_, rest, more := strings.Cut(s, sep)
		if !more {
			return "", false
		}
		s = rest
	}
	part, _, _ := strings.Cut(s, sep)
	return part, true
}

// AnyPart reports whether a condition holds for one of the parts of a text.
func AnyPart(s, sep string, holds func(string) bool) bool {
	for {
		part, rest, more := strings.Cut(s, sep)
		if holds(part) {
			return true
		}
		if !more {
			return false
		}
		s = rest
	}
}

// AnyPartAt is AnyPart for parts between any of several characters of ASCII.
func AnyPartAt(s, signs string, holds func(string) bool) bool {
	for {
		i := strings.IndexAny(s, signs)
		if i < 0 {
			return holds(s)
		}
		if holds(s[:i]) {
			return true
		}
		s = s[i+1:]
	}
}

// LowerASCII turns the letters A to Z into small ones.
func LowerASCII(s string) string { return shift(s, 'A', 'Z', 'a'-'A') }

// UpperASCII turns the letters a to z into capitals.
func UpperASCII(s string) string { return shift(s, 'a', 'z', 'A'-'a') }

func shift(s string, from, to, by rune) string {
	return strings.Map(func(r rune) rune {
		if r >= from && r <= to {
			return r + by
		}
		return r
	}, s)
}

// Reverse returns the characters of s in reverse order.
func Reverse(s string) string {
	b := make([]byte, len(s))
	for i, at := 0, len(s); i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		at -= size
		copy(b[at:], s[i:i+size])
		i += size
	}
	return string(b)
}
