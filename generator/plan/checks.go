package plan

import (
	"fmt"
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/model"
)

// fieldChecks lowers the rules of one field to the representation chosen for it.
//
// A rule names the row of the value itself, where the document gives one: what a shared component asserts
// is asserted here.
func (b *builder) fieldChecks(id string, s *model.Schema, r repr, f *Field, row *model.Source) []*Check {
	var out []*Check
	if k := f.Type.Kind; f.Required && (k == Slice || k == Map || k == Pointer || k == Defined && r.form == iface) {
		out = append(out, &Check{Op: CheckPresent, Rule: b.rule(id, rules.Rule{Keyword: "required", Pos: s.Pos, Source: s.Source}, f.Secret)})
	}
	out = append(out, b.valueChecks(id, s, r, f.Secret)...)
	if row != nil {
		cite(out, sourceText(row))
	}
	return out
}

// cite names the source of rules, those of items included.
func cite(checks []*Check, source string) {
	for _, c := range checks {
		if c.Rule != nil {
			c.Rule.Source = source
		}
		cite(c.Items, source)
	}
}

// valueChecks lowers the assertions of one schema, and of what it holds. Those about the text of a
// represented value are met by its wire form and need no check.
func (b *builder) valueChecks(id string, s *model.Schema, r repr, secret bool) []*Check {
	var out []*Check
	asserted := b.asserted(s, r)
	for i, rule := range asserted {
		if rule.Keyword == "enum" && slices.ContainsFunc(asserted[:i], func(nearer rules.Rule) bool { return nearer.Keyword == "enum" && within(nearer.Values, rule.Values) }) {
			continue // a nearer list permits some of these only
		}
		if c := b.lower(id, rule, r); c != nil && !(c.Op == CheckKnown && slices.ContainsFunc(out, func(o *Check) bool { return o.Op == CheckKnown })) {
			c.Rule = b.rule(id, rule, secret)
			if c.Tested = c.tests(r.typ); c.Tested != "" {
				c.Rule.Test = c
			}
			out = append(out, c)
		}
	}
	out = append(out, b.statedChecks(s, r, secret)...)
	var beside map[*model.Schema]bool
	switch {
	case r.form == object:
		out = append(out, &Check{Op: CheckNested, Struct: r.object})
		beside = conjuncts(r.object.Schema)
	case r.form == iface:
		out = append(out, &Check{Op: CheckVariant, Union: r.union})
		beside = conjuncts(r.union.shape.Node)
	case r.form == list && r.each != nil:
		if items := b.valueChecks(id+"[]", r.elem, *r.each, secret); len(items) > 0 {
			out = append(out, &Check{Op: CheckItems, Items: items})
		}
	}
	if rest := b.residue(id, s, r, secret, beside); rest != nil {
		out = append(out, rest)
	}
	return out
}

// asserted are the rules of a schema that checks are made of: also the formats that are to be asserted, and the lists
// that a union of lists comes to.
func (b *builder) asserted(s *model.Schema, r repr) []rules.Rule {
	out := rules.Of(s)
	for p := range s.Conjuncts() {
		if b.opt.asserts(p.Format) {
			out = append(out, rules.Format(p))
		}
		if r.form == scalar && len(p.AnyOf) > 1 {
			out = append(out, rules.Listed(p, "anyOf", b.listedValues(p.AnyOf, r))...)
		}
		if r.form == scalar && len(p.OneOf) > 1 {
			out = append(out, rules.Listed(p, "oneOf", b.listedValues(p.OneOf, r))...)
		}
	}
	return out
}

// lowers reports whether a rule becomes a check of its own where the representation is no object, interface or raw value.
func lowers(rule rules.Rule, r repr) bool {
	kind := r.codec.Kind
	wired := kind == "Wired" // limits are about what the text means
	switch rule.Keyword {
	case "minLength", "maxLength":
		return kind == "String" || kind == "Bytes"
	case "pattern", "format":
		if kind == "Bytes" && rule.Keyword == "pattern" {
			return base64Matches(rule.Pattern)
		}
		return kind == "String" || rule.Keyword == "format" && (kind == "Time" || wired)
	case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf":
		return r.written() == model.TypeNumber || wired && r.typ.Kind == Basic && r.typ.Name != "bool"
	case "minItems", "maxItems":
		return r.written() == model.TypeArray || wired && r.each != nil
	case "minProperties", "maxProperties":
		return r.written() == model.TypeObject && r.form == list
	case "uniqueItems":
		return (r.written() == model.TypeArray || wired) && r.each != nil && r.each.typ.Kind != Opt && slices.Contains([]string{"String", "Int", "Int64", "Uint64", "Float64", "Bool"}, r.each.codec.Kind)
	case "enum", "const":
		return r.form == scalar && !wired && slices.ContainsFunc(rule.Values, func(v *model.Enum) bool { _, ok := literal(v.Value, r); return ok })
	}
	return false
}

func (b *builder) lower(id string, rule rules.Rule, r repr) *Check {
	if r.form == object || r.form == iface || r.form == raw || !lowers(rule, r) {
		return nil
	}
	bytes := r.codec.Kind == "Bytes" // base64 writes 3 bytes as 4 characters
	switch rule.Keyword {
	case "minLength":
		switch {
		case rule.Count == 0:
		case bytes:
			return &Check{Op: CheckMinItems, Literal: fmt.Sprint((rule.Count-1)/4*3 + 1)}
		default:
			return &Check{Op: CheckMinLength, Literal: fmt.Sprint(rule.Count)}
		}
	case "maxLength":
		if bytes {
			return &Check{Op: CheckMaxItems, Literal: fmt.Sprint(rule.Count / 4 * 3)}
		}
		return &Check{Op: CheckMaxLength, Literal: fmt.Sprint(rule.Count)}
	case "pattern":
		if !bytes {
			return b.pattern(id, rule)
		}
	case "format":
		if r.codec.Kind == "String" {
			return &Check{Op: CheckFormat, Literal: rule.Format}
		}
	case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf":
		return b.bound(rule, r)
	case "minItems", "minProperties":
		if rule.Count > 0 {
			return &Check{Op: CheckMinItems, Literal: fmt.Sprint(rule.Count)}
		}
	case "maxItems", "maxProperties":
		return &Check{Op: CheckMaxItems, Literal: fmt.Sprint(rule.Count)}
	case "uniqueItems":
		return &Check{Op: CheckUnique}
	case "enum", "const":
		return permitted(rule, r)
	}
	return nil
}

// rule makes the rule that a check reports.
func (b *builder) rule(id string, r rules.Rule, secret bool) *Rule {
	id += "." + r.Key()
	rule := &Rule{ID: id, Text: r.Text(), Limit: r.Limit(), Secret: secret}
	if r.Source != nil {
		rule.Source = sourceText(r.Source)
	}
	return rule
}

// checks finds the types that have checks, here or below, and drops visits to those that have none.
func (b *builder) checks() {
	for changed := true; changed; {
		changed = false
		for _, s := range b.pkg.Structs {
			if !s.Checked && (len(s.Checks) > 0 || anyCheck(s.Rules) || slices.ContainsFunc(s.All(), func(f *Field) bool { return anyCheck(f.Checks) })) {
				s.Checked, changed = true, true
			}
		}
		for _, u := range b.pkg.Codec.Unions {
			if !u.Checked && (len(u.Checks) > 0 || slices.ContainsFunc(u.Variants, func(v *Variant) bool { return v.Struct != nil && v.Struct.Checked || anyCheck(v.Checks) })) {
				u.Checked, changed = true, true
			}
		}
	}
	b.pkg.Matchers = nil
	b.schemas = schematext.Writer{Asserts: b.opt.asserts, Hidden: hidden, Overlap: b.overlap, Together: b.together, Report: b.badPattern}
	for _, s := range b.pkg.Structs {
		for _, f := range s.All() {
			f.Checks = b.collect(f.Checks)
		}
		s.Checks = b.collect(s.Checks)
		s.Rules = b.collect(s.Rules)
	}
	for _, u := range b.pkg.Codec.Unions {
		u.Checks = b.collect(u.Checks)
		for _, v := range u.Variants {
			v.Checks = b.collect(v.Checks)
		}
	}
	for _, p := range b.pkg.Params {
		for _, f := range p.Fields {
			f.Checks = b.collect(f.Checks)
		}
	}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			if m.Rules = b.collect(m.Rules); len(m.Rules) > 0 {
				m.Judge = "judge" + m.Call
			}
			for _, a := range m.PathArgs {
				if a.Checks = b.collect(a.Checks); len(a.Checks) > 0 {
					m.Judge = "judge" + m.Call
				}
			}
			if r := m.Request; r != nil {
				if r.Checks = b.collect(r.Checks); len(r.Checks) > 0 {
					r.Check = "check" + m.Call
					if slices.ContainsFunc(b.pkg.Codec.Unions, func(u *Union) bool { return u.Name == m.Call }) {
						r.Check += "Body" // the union has a check of its own
					}
				}
			}
		}
	}
	for _, e := range b.schemas.Entries() {
		b.pkg.Schemas = append(b.pkg.Schemas, &SchemaText{Name: e.Name, JSON: e.JSON})
	}
}

// anyCheck reports whether any of the checks can fail.
func anyCheck(checks []*Check) bool {
	return slices.ContainsFunc(checks, func(c *Check) bool {
		switch c.Op {
		case CheckNested:
			return c.Struct.Checked
		case CheckVariant:
			return c.Union.Checked
		case CheckItems:
			return anyCheck(c.Items)
		case CheckServer:
			return false
		case CheckCode:
			return len(c.Code) > 0
		}
		return true
	})
}

// collect drops the checks that cannot fail, and lists the matchers that the others use.
func (b *builder) collect(checks []*Check) []*Check {
	checks = slices.DeleteFunc(checks, func(c *Check) bool { return !anyCheck([]*Check{c}) })
	for _, c := range checks {
		b.writeAsks(c)
		for _, m := range append(c.matchers, c.Matcher) {
			if m != nil && !slices.Contains(b.pkg.Matchers, m) {
				b.pkg.Matchers = append(b.pkg.Matchers, m)
			}
		}
		c.Items = b.collect(c.Items)
	}
	return checks
}

// fieldStruct is the struct a field holds, itself or as items.
func (b *builder) fieldStruct(f *Field) *Struct {
	if !slices.Contains([]string{"Object", "Slice", "Map"}, f.Codec.Kind) {
		return nil
	}
	t := b.pkg.Codec.Types[f.Codec.Sub]
	if t.Struct == nil && t.Field.Kind == "Object" { // by a pointer
		t = b.pkg.Codec.Types[t.Field.Sub]
	}
	return t.Struct
}
