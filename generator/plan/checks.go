package plan

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"regexp/syntax"
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// fieldChecks lowers the rules of one value to the representation chosen for it.
func (b *builder) fieldChecks(id string, s *model.Schema, r repr, f *Field) []*Check {
	var out []*Check
	if f.Required && r.form == list && !f.Optional {
		out = append(out, &Check{Op: CheckPresent, Rule: b.rule(id, rules.Rule{Keyword: "required", Pos: s.Pos, Source: s.Source}, f.Secret)})
	}
	out = append(out, b.valueChecks(id, s, r, f.Secret)...)
	if r.form == list && r.each != nil && r.elem != nil {
		for _, c := range b.valueChecks(id+"[]", r.elem, *r.each, f.Secret) {
			c.Each = true
			out = append(out, c)
		}
	}
	if r.object != nil {
		out = append(out, &Check{Op: CheckNested, Each: r.form == list})
	}
	return out
}

// valueChecks lowers the assertions of one schema. Those about the text of a represented value are
// met by its wire form and need no check.
func (b *builder) valueChecks(id string, s *model.Schema, r repr, secret bool) []*Check {
	var out []*Check
	for _, rule := range rules.Of(s) {
		c := b.lower(rule, r)
		if c == nil {
			continue
		}
		c.Rule = b.rule(id, rule, secret)
		out = append(out, c)
	}
	return out
}

func (b *builder) lower(rule rules.Rule, r repr) *Check {
	text := r.codec.Kind == "String"
	number := r.form == scalar && !text && r.typ.Kind == Basic && r.typ.Name != "bool" || r.codec.Kind == "Int" || r.codec.Kind == "Int64"
	switch rule.Keyword {
	case "minLength":
		if text && rule.Count > 0 {
			return &Check{Op: CheckMinLength, Literal: fmt.Sprint(rule.Count)}
		}
	case "maxLength":
		if text {
			return &Check{Op: CheckMaxLength, Literal: fmt.Sprint(rule.Count)}
		}
	case "pattern":
		if text {
			return b.pattern(rule)
		}
	case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf":
		if number {
			return b.bound(rule, r)
		}
	case "minItems", "minProperties":
		if r.form == list && rule.Count > 0 {
			return &Check{Op: CheckMinItems, Literal: fmt.Sprint(rule.Count)}
		}
	case "maxItems", "maxProperties":
		if r.form == list {
			return &Check{Op: CheckMaxItems, Literal: fmt.Sprint(rule.Count)}
		}
	case "uniqueItems":
		if r.form == list && r.each != nil && r.each.form == scalar {
			return &Check{Op: CheckUnique}
		}
	case "enum", "const":
		if r.form != scalar || r.codec.Kind == "Wired" {
			return nil
		}
		if r.enum != nil && rule.Keyword == "enum" {
			t := defined(r.enum.Name)
			return &Check{Op: CheckKnown, Type: &t}
		}
		c := &Check{Op: CheckOneOf, Text: text}
		for _, v := range rule.Values {
			if s, ok := v.Value.Text(); ok == text {
				if text {
					c.Values = append(c.Values, s)
				} else {
					c.Values = append(c.Values, string(v.Value))
				}
			}
		}
		if len(c.Values) > 0 {
			return c
		}
	}
	return nil
}

var boundOps = map[string]CheckOp{"minimum": CheckMin, "maximum": CheckMax, "exclusiveMinimum": CheckGreater,
	"exclusiveMaximum": CheckLess, "multipleOf": CheckMultiple}

// bound lowers a numeric limit. On an integer a fractional bound moves to the next integer inside,
// and one outside the type's range either always holds or is reported.
func (b *builder) bound(rule rules.Rule, r repr) *Check {
	op := boundOps[rule.Keyword]
	x, ok := new(big.Rat).SetString(string(rule.Number))
	if !ok {
		b.diags.Warnf(rule.Pos, "bad-limit", "%s %s is not a number; it is not checked", rule.Keyword, rule.Number)
		return nil
	}
	if r.typ.Name == "float64" {
		if f, _ := x.Float64(); math.IsInf(f, 0) {
			return nil
		}
		return &Check{Op: op, Literal: string(rule.Number)}
	}
	n := new(big.Int).Quo(x.Num(), x.Denom())
	if !x.IsInt() {
		if op == CheckMultiple {
			b.diags.Warnf(rule.Pos, "bad-limit", "an integer cannot be a multiple of %s alone; it is not checked", rule.Number)
			return nil
		}
		up := op == CheckMin || op == CheckLess // the first integer above
		if up && x.Sign() > 0 {
			n.Add(n, big.NewInt(1))
		} else if !up && x.Sign() < 0 {
			n.Sub(n, big.NewInt(1))
		}
	}
	if !n.IsInt64() {
		return nil
	}
	return &Check{Op: op, Literal: n.String()}
}

// pattern lowers a regular expression: one that repeats a single class of characters becomes a
// matcher, all others are matched by package regexp.
func (b *builder) pattern(rule rules.Rule) *Check {
	re, err := syntax.Parse(rule.Pattern, syntax.Perl)
	if err != nil {
		b.diags.Warnf(rule.Pos, "pattern-unsupported", "the pattern is not checked: %v", err)
		b.diags.Hint("patterns are RE2: no look-around and no back-references")
		return nil
	}
	if class, nonEmpty, ok := repeatedClass(re.Simplify()); ok {
		i := slices.IndexFunc(b.pkg.Classes, func(c []Range) bool { return slices.Equal(c, class) })
		if i < 0 {
			i = len(b.pkg.Classes)
			b.pkg.Classes = append(b.pkg.Classes, class)
		}
		return &Check{Op: CheckClass, Pattern: i, NonEmpty: nonEmpty}
	}
	i := slices.Index(b.pkg.Patterns, rule.Pattern)
	if i < 0 {
		if _, err := regexp.Compile(rule.Pattern); err != nil {
			b.diags.Warnf(rule.Pos, "pattern-unsupported", "the pattern is not checked: %v", err)
			return nil
		}
		i = len(b.pkg.Patterns)
		b.pkg.Patterns = append(b.pkg.Patterns, rule.Pattern)
	}
	return &Check{Op: CheckMatch, Pattern: i}
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

// rule adds a row to the rule table and returns its index.
func (b *builder) rule(id string, r rules.Rule, secret bool) int {
	row := &Rule{ID: id + "." + r.Keyword, Text: r.Text(), Limit: r.Limit(), Secret: secret}
	if r.Source != nil {
		row.Source = sourceText(r.Source)
	}
	b.pkg.Rules = append(b.pkg.Rules, row)
	return len(b.pkg.Rules) - 1
}

// checks keeps the checks of validated types alone, finds the structs that have any, here or below,
// and drops visits to those that have none.
func (b *builder) checks() {
	for _, s := range b.pkg.Structs {
		if !s.Validated {
			for _, f := range s.Fields {
				f.Checks = nil
			}
		}
	}
	nested := func(f *Field) *Struct { return b.fieldStruct(f) }
	for changed := true; changed; {
		changed = false
		for _, s := range b.pkg.Structs {
			if s.Checked {
				continue
			}
			for _, f := range s.Fields {
				for _, c := range f.Checks {
					if c.Op != CheckNested || nested(f) != nil && nested(f).Checked {
						s.Checked, changed = true, true
					}
				}
			}
		}
	}
	for _, s := range b.pkg.Structs {
		for _, f := range s.Fields {
			f.Checks = slices.DeleteFunc(f.Checks, func(c *Check) bool {
				return c.Op == CheckNested && (nested(f) == nil || !nested(f).Checked)
			})
		}
	}
	b.compactRules()
}

// fieldStruct is the struct a field holds, itself or as items.
func (b *builder) fieldStruct(f *Field) *Struct {
	if f.Codec.Sub < 0 || f.Codec.Kind == "Wired" {
		return nil
	}
	return b.pkg.Codec.Types[f.Codec.Sub].Struct
}

// compactRules renumbers the rules that checks use, in the order of the output.
func (b *builder) compactRules() {
	all := b.pkg.Rules
	b.pkg.Rules = nil
	keep := func(checks []*Check) {
		for _, c := range checks {
			if c.Op == CheckNested {
				continue
			}
			b.pkg.Rules = append(b.pkg.Rules, all[c.Rule])
			c.Rule = len(b.pkg.Rules) - 1
		}
	}
	for _, s := range b.pkg.Structs {
		for _, f := range s.Fields {
			keep(f.Checks)
		}
	}
	for _, p := range b.pkg.Params {
		for _, f := range p.Fields {
			keep(f.Checks)
		}
	}
}
