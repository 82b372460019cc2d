package instance

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"strings"
)

// matching makes a text that a pattern matches, and reports whether it does.
func matching(r *rand.Rand, pattern string) (string, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	write(&b, r, re.Simplify())
	compiled, err := regexp.Compile(pattern)
	return b.String(), err == nil && compiled.MatchString(b.String())
}

func write(b *strings.Builder, r *rand.Rand, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(one(r, re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte("abcxyz019_"[r.IntN(10)])
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			write(b, r, sub)
		}
	case syntax.OpAlternate:
		write(b, r, re.Sub[r.IntN(len(re.Sub))])
	case syntax.OpQuest:
		if r.IntN(2) == 0 {
			write(b, r, re.Sub[0])
		}
	case syntax.OpStar, syntax.OpPlus:
		n := r.IntN(5)
		if re.Op == syntax.OpPlus {
			n++
		}
		for range n {
			write(b, r, re.Sub[0])
		}
	case syntax.OpRepeat:
		n := re.Min
		if most := re.Max; most > n {
			n += r.IntN(min(most-n, 8) + 1)
		} else if most < 0 {
			n += r.IntN(5)
		}
		for range n {
			write(b, r, re.Sub[0])
		}
	}
}

// one chooses a character of a class: a printable one of ASCII where there is any.
func one(r *rand.Rand, ranges []rune) rune {
	var printable []rune
	for i := 0; i+1 < len(ranges); i += 2 {
		for c := max(ranges[i], ' '); c <= min(ranges[i+1], '~'); c++ {
			printable = append(printable, c)
		}
	}
	if len(printable) > 0 {
		return printable[r.IntN(len(printable))]
	}
	if len(ranges) == 0 {
		return 'x'
	}
	return ranges[0]
}
