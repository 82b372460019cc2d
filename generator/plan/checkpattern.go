package plan

import (
	"encoding/base64"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// pattern lowers a regular expression: one that repeats a single class of characters becomes a
// matcher, all others are matched by package regexp.
func (b *builder) pattern(id string, rule rules.Rule) *Check {
	expr, err := rules.RE2(rule.Pattern)
	if err != nil {
		b.badPattern(rule.Pos, err)
		return nil
	}
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		b.badPattern(rule.Pos, err)
		return nil
	}
	if class, nonEmpty, ok := repeatedClass(re.Simplify()); ok {
		return &Check{Op: CheckClass, Matcher: b.matcher(id, &Matcher{Class: class, Pattern: rule.Pattern}), NonEmpty: nonEmpty}
	}
	return &Check{Op: CheckMatch, Matcher: b.matcher(id, &Matcher{Expr: expr, Pattern: rule.Pattern})}
}

// base64Matches reports whether a pattern says of a text no more than that it is base64: it matches one of each length
// up to some lines, in which all characters stand, and a long one.
func base64Matches(pattern string) bool {
	re, err := rules.Pattern(pattern)
	if err != nil {
		return false
	}
	all := make([]byte, 1<<16)
	for i := range all {
		all[i] = byte(i * 7919 >> 3)
	}
	for n := range 200 {
		if !re.MatchString(base64.StdEncoding.EncodeToString(all[len(all)-n:])) {
			return false
		}
	}
	return re.MatchString(base64.StdEncoding.EncodeToString(all))
}

// badPattern reports a pattern that cannot be checked, once.
func (b *builder) badPattern(pos model.Pos, err error) {
	if b.warnOnce(pos, "pattern-unsupported", "the pattern is not checked: %v", err) {
		b.diags.Hint("patterns are matched by RE2: it has no look-around and no back-references")
	}
}

// warnOnce adds a warning, unless it is there already, and reports whether it did.
func (b *builder) warnOnce(pos model.Pos, code, format string, args ...any) bool {
	var one diag.List
	one.Warnf(pos, code, format, args...)
	if slices.ContainsFunc(b.diags, func(d diag.Diagnostic) bool { return d.String() == one[0].String() }) {
		return false
	}
	b.diags = append(b.diags, one...)
	return true
}

// matcher shares equal matchers. The first use names them.
func (b *builder) matcher(id string, m *Matcher) *Matcher {
	for _, have := range b.pkg.Matchers {
		if have.Expr == m.Expr && slices.Equal(have.Class, m.Class) {
			return have
		}
	}
	if m.Expr != "" {
		m.Forms, _ = forms(m.Expr)
	}
	m.Var = b.variable("match", id)
	b.pkg.Matchers = append(b.pkg.Matchers, m)
	return m
}

// variable names a package-level variable after a place in the document. Such names say what they
// are for, and adding a rule renames no other.
func (b *builder) variable(kind, id string) string {
	base := kind + b.namer.Exported(strings.NewReplacer("[]", ".items").Replace(id))
	name := base
	for i := 2; b.variables[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	b.variables[name] = true
	return name
}

// repeatedClass recognises ^[class]*$ and ^[class]+$.
func repeatedClass(re *syntax.Regexp) (class []Range, nonEmpty, ok bool) {
	if re.Op != syntax.OpConcat || len(re.Sub) != 3 || re.Sub[0].Op != syntax.OpBeginText || re.Sub[2].Op != syntax.OpEndText {
		return nil, false, false
	}
	rep := re.Sub[1]
	switch rep.Op {
	case syntax.OpStar:
	case syntax.OpPlus:
		nonEmpty = true
	default:
		return nil, false, false
	}
	cc := rep.Sub[0]
	if cc.Op != syntax.OpCharClass || cc.Flags&syntax.FoldCase != 0 && len(cc.Rune) == 0 || len(cc.Rune) > 128 {
		return nil, false, false
	}
	for i := 0; i+1 < len(cc.Rune); i += 2 {
		class = append(class, Range{cc.Rune[i], cc.Rune[i+1]})
	}
	return class, nonEmpty, true
}
