package plan

import "slices"

// tabulate finds the checks of members that are data altogether: the rule says what is tested, and of which member of the
// description. It stands behind all that describes types.
func (b *builder) tabulate() {
	for _, s := range b.pkg.Structs {
		if !s.Validated || s.Tuple || b.pkg.Codec.Inline || b.pkg.Codec.Types[s.Codec].Inline {
			continue
		}
		at := 0
		for _, f := range s.Fields {
			if f.File != "" {
				continue
			}
			for _, c := range f.Checks {
				c.place(at, c.aspect(f))
			}
			at++
		}
	}
}

// Aspect is what a rule looks at in a member, by its name in the runtime.
type Aspect string

// The aspects.
const (
	AsText  Aspect = "AsText"
	AsTexts Aspect = "AsTexts"
	AsInt   Aspect = "AsInt"
	AsItems Aspect = "AsItems"
	AsList  Aspect = "AsList"
)

// aspect is what a check looks at in a member; nothing if the runtime cannot make it by the description.
func (c *Check) aspect(f *Field) Aspect {
	list := f.Type.Kind == Slice && slices.Contains([]string{"Strings", "Slice", "Wired"}, f.Codec.Kind)
	switch {
	case c.Op == CheckPresent && list:
		return AsList
	case c.Op == CheckItems && list && (f.Type.Elem.Kind == Basic || f.Type.Elem.Kind == Defined) && c.Items[0].Tested == TestedText && Together(c.Items) == len(c.Items):
		return AsTexts
	case c.Tested == TestedText && f.Codec.Kind == "String":
		return AsText
	case c.Tested == TestedInt && f.Codec.Kind == "Int":
		return AsInt
	case c.Tested == TestedItems && list:
		return AsItems
	}
	return ""
}

// place says in the rules of a check which member it is about, unless they are those of other members too.
func (c *Check) place(at int, as Aspect) {
	rules := c.rules()
	if as == "" || slices.ContainsFunc(rules, func(r *Rule) bool { return r.At != nil && (*r.At != at || r.Of != as) }) {
		return
	}
	for _, r := range rules {
		r.At, r.Of = &at, as
	}
	c.Tabular = true
}

// rules are those that a check of which rules are data is about.
func (c *Check) rules() []*Rule {
	if c.Op != CheckItems {
		return []*Rule{c.Rule}
	}
	var out []*Rule
	for _, item := range c.Items {
		out = append(out, item.Rule)
	}
	return out
}

// Rows are the rules of the checks that are data altogether, from the first check on, as far as they stand beside one another
// in a table; and how many checks that are.
func Rows(checks []*Check) (rules []*Rule, n int) {
	for n < len(checks) && checks[n].Tabular {
		own := checks[n].rules()
		if len(rules) > 0 && !Adjoin(rules, own[0]) {
			break
		}
		rules, n = append(rules, own...), n+1
	}
	return rules, n
}

// Adjoin reports whether a rule stands right behind others that stand beside one another.
func Adjoin(rules []*Rule, next *Rule) bool {
	return next.Table == rules[0].Table && next.Index == rules[0].Index+len(rules)
}
