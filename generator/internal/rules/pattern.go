package rules

import (
	"fmt"
	"regexp"
	"strings"
)

// Pattern compiles a pattern of JSON Schema. Those are written as ECMA-262 has it; what RE2 writes otherwise is
// rewritten, and what RE2 does not have (look-around, back-references) is an error.
func Pattern(p string) (*regexp.Regexp, error) {
	expr, err := RE2(p)
	if err != nil {
		return nil, err
	}
	return regexp.Compile(expr)
}

// RE2 is a pattern of JSON Schema as package regexp has it.
func RE2(p string) (string, error) {
	expr, err := re2(p)
	if err == nil {
		_, err = regexp.Compile(expr)
	}
	return expr, err
}

// space is what \s means in ECMA-262; RE2 knows the blanks of ASCII, without the vertical tab.
const space = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

// re2 rewrites a pattern.
func re2(p string) (string, error) {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(p); i++ {
		switch c := p[i]; {
		case c == '\\' && i+1 < len(p):
			i++
			n, err := escape(&b, p[i:], inClass)
			if err != nil {
				return "", err
			}
			i += n - 1
		case c == '[' && !inClass:
			inClass = true
			switch {
			case strings.HasPrefix(p[i:], "[^]"): // anything
				b.WriteString(`[\x{0}-\x{10ffff}]`)
				i, inClass = i+2, false
			case strings.HasPrefix(p[i:], "[]"): // nothing
				b.WriteString(`[^\x{0}-\x{10ffff}]`)
				i, inClass = i+1, false
			default:
				b.WriteByte(c)
			}
		case c == '[' && i+1 < len(p) && p[i+1] == ':': // RE2 would read a class name
			b.WriteString(`\[`)
		case c == ']':
			inClass = false
			b.WriteByte(c)
		case c == '.' && !inClass:
			b.WriteString(`[^\n\r\x{2028}\x{2029}]`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// escape rewrites an escape, without its backslash, and returns how long it is.
func escape(b *strings.Builder, rest string, inClass bool) (int, error) {
	c := rest[0]
	switch {
	case c == 's' && inClass:
		b.WriteString(space)
	case c == 's':
		b.WriteString("[" + space + "]")
	case c == 'S' && !inClass:
		b.WriteString("[^" + space + "]")
	case c == 'u' && len(rest) > 1 && rest[1] == '{':
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return 0, fmt.Errorf("the escape \\%s does not end", rest)
		}
		b.WriteString(`\x` + rest[1:end+1])
		return end + 1, nil
	case c == 'u' && len(rest) >= 5:
		b.WriteString(`\x{` + rest[1:5] + `}`)
		return 5, nil
	case c == 'c' && len(rest) >= 2:
		fmt.Fprintf(b, `\x{%x}`, rest[1]&0x1f)
		return 2, nil
	case c == '0':
		b.WriteString(`\x{0}`)
	case c == 'b' && inClass:
		b.WriteString(`\x{8}`)
	case strings.IndexByte("dDwWsSbBfnrtvpPxk123456789", c) >= 0:
		b.WriteString(`\` + string(rune(c)))
	case c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return 0, fmt.Errorf("the escape \\%c means nothing", c)
	default:
		b.WriteString(`\` + string(rune(c)))
	}
	return 1, nil
}
