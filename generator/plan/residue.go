package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// What a schema asserts is met in one of three ways: by the Go type, since nothing else can be said with it; by a
// check of its own; or, for the rest, by a judgement of the value as it is written. This file finds the rest.

// residue is the check of what neither the representation of a schema nor the other checks say; nil: nothing is left.
// What the schemas of beside assert is checked elsewhere.
func (b *builder) residue(id string, s *model.Schema, r repr, secret bool, beside map[*model.Schema]bool) *Check {
	if r.represented {
		return nil
	}
	c := &Check{Op: CheckSchema, value: r}
	for _, l := range b.left(b.one(s), r, beside) {
		c.Asks = append(c.Asks, &Ask{Keyword: l.rule.Key(), Rule: b.rule(id, l.rule, secret), id: id, of: l.of, self: s, stated: l.rule, keyword: l.rule.Keyword})
	}
	if len(c.Asks) == 0 {
		return nil
	}
	return c
}

// left is an assertion of a schema that is left.
type left struct {
	of   *model.Schema
	rule rules.Rule
}

func (b *builder) left(s *model.Schema, r repr, beside map[*model.Schema]bool) []left {
	var out []left
	for p := range s.Conjuncts() {
		if beside[p] {
			continue
		}
		unsaid := func(rule rules.Rule) bool { return !b.says(p, rule, s, r) }
		asserted := rules.Picked(p, unsaid)
		if b.opt.asserts(p.Format) {
			if rule := rules.Format(p); unsaid(rule) {
				asserted = append(asserted, rule)
			}
		}
		for _, rule := range asserted {
			out = append(out, left{p, rule})
		}
	}
	return out
}

// conjuncts are the schemas that hold for a value of s, as a set.
func conjuncts(s *model.Schema) map[*model.Schema]bool {
	out := map[*model.Schema]bool{}
	for p := range s.Conjuncts() {
		out[p] = true
	}
	return out
}

// written is the JSON type that a representation writes, null aside; "any" for those that write several.
func (r repr) written() model.Type {
	switch r.codec.Kind {
	case "Any", "Interface":
		return "any"
	case "Int", "Int64", "Uint64", "Float64", "Decimal":
		return model.TypeNumber
	case "Bool":
		return model.TypeBoolean
	case "Strings", "Slice":
		return model.TypeArray
	case "Map":
		return model.TypeObject
	case "Object":
		if r.object.Tuple {
			return model.TypeArray
		}
		return model.TypeObject
	}
	return model.TypeString
}

// about are the types that keywords are about; those that are not here are about every type.
var about = map[string]model.Type{
	"minLength": model.TypeString, "maxLength": model.TypeString, "pattern": model.TypeString, "format": model.TypeString,
	"minimum": model.TypeNumber, "maximum": model.TypeNumber, "exclusiveMinimum": model.TypeNumber, "exclusiveMaximum": model.TypeNumber, "multipleOf": model.TypeNumber,
	"minItems": model.TypeArray, "maxItems": model.TypeArray, "uniqueItems": model.TypeArray, "items": model.TypeArray, "prefixItems": model.TypeArray,
	"contains": model.TypeArray, "maxContains": model.TypeArray, "unevaluatedItems": model.TypeArray,
	"minProperties": model.TypeObject, "maxProperties": model.TypeObject, "required": model.TypeObject, "properties": model.TypeObject, "patternProperties": model.TypeObject,
	"additionalProperties": model.TypeObject, "propertyNames": model.TypeObject, "dependentRequired": model.TypeObject, "dependentSchemas": model.TypeObject, "unevaluatedProperties": model.TypeObject,
}

// says reports whether a representation of s, with the checks that lower makes, says all that one of its conjuncts
// asserts by a keyword.
func (b *builder) says(p *model.Schema, rule rules.Rule, s *model.Schema, r repr) bool {
	written := r.written()
	if t := about[rule.Keyword]; t != "" && written != "any" && t != written {
		return true
	}
	switch rule.Keyword {
	case "$ref", "allOf":
		return true // those are conjuncts
	case "oneOf", "anyOf":
		return b.unionMet(p, rule.Keyword, s, r)
	case "unevaluatedProperties":
		return b.unevaluatedMet(p, s, r) || r.form == iface && b.variantsAssert(p, r)
	case "not", "if", "contains", "maxContains", "unevaluatedItems", "propertyNames", "patternProperties", "dependentRequired", "dependentSchemas":
		return r.form == iface && b.variantsAssert(p, r)
	}
	switch r.form {
	case raw:
		return false
	case iface:
		return rule.Keyword == "type" || b.variantsAssert(p, r) || rule.Keyword == "additionalProperties" && b.shutsOut(p, r.union.shape)
	}
	switch rule.Keyword {
	case "type", "false":
		return true
	case "items":
		return r.form == object || len(p.PrefixItems) == 0
	case "prefixItems":
		return r.form == object && !r.object.gaps()
	case "required":
		return r.form == object && b.requires(p, s)
	case "properties":
		return r.form == object
	case "additionalProperties":
		return b.furtherMet(p, s, r)
	case "minProperties", "maxProperties":
		return r.form == list || rule.Keyword == "minProperties" && rule.Count <= requiredFields(r.object)
	case "minItems", "maxItems":
		return r.form == list || rule.Keyword == "minItems" && rule.Count <= requiredFields(r.object) ||
			rule.Keyword == "maxItems" && r.object.Additional == nil && rule.Count >= len(r.object.Fields)
	}
	return lowers(rule, r)
}

// requires reports whether the type has all members that a schema requires, but for those that requests have not.
func (b *builder) requires(p, s *model.Schema) bool {
	sh := b.shapes.Of(s)
	return !slices.ContainsFunc(p.Required, func(name string) bool {
		m := sh.Member(name)
		return m == nil || !m.Required && !hidden(m.Property)
	})
}

func requiredFields(s *Struct) int {
	n := 0
	for _, f := range s.Fields {
		if f.Required {
			n++
		}
	}
	return n
}

// gaps reports whether an element of a tuple may be absent though another follows, which is written as null.
func (s *Struct) gaps() bool {
	optional := len(s.Fields) - requiredFields(s)
	return s.Tuple && (optional > 1 || optional == 1 && s.Additional != nil)
}

// variantsAssert reports whether all variants of a union are checked for what a schema asserts.
func (b *builder) variantsAssert(p *model.Schema, r repr) bool {
	return !r.union.Judged && !slices.ContainsFunc(r.union.shape.Variants, func(v *shape.Variant) bool { return !conjuncts(v.Node)[p] })
}

// furtherMet reports whether the type of an object says which further members there may be. It does not where a
// schema speaks of members that it does not declare, and others do.
func (b *builder) furtherMet(p, s *model.Schema, r repr) bool {
	if len(p.PatternProperties) > 0 {
		return false
	}
	sh := b.shapes.Of(s)
	if r.form == list {
		return conjuncts(sh.Additional)[p.Additional]
	}
	undeclared := slices.ContainsFunc(sh.Members, func(m *shape.Member) bool {
		return !declaresMember(p, m.Name)
	})
	closed := closes(p)
	switch {
	case undeclared:
		return closed && b.contradicts(p, sh)
	case closed:
		return r.object.Additional == nil
	}
	return p.Additional.Always != nil || conjuncts(sh.Additional)[p.Additional]
}

// unevaluatedMet reports whether the type of an object says what the members are that nothing else judges. It does where
// those that are judged are the declared ones, whatever the value is.
func (b *builder) unevaluatedMet(p, s *model.Schema, r repr) bool {
	u := p.UnevaluatedProperties
	if u.Always != nil && *u.Always {
		return true
	}
	if r.form != object && r.form != list {
		return false
	}
	declared := func(name string) bool { return false }
	for q := range p.Conjuncts() {
		if len(q.AnyOf)+len(q.OneOf)+len(q.DependentSchemas)+len(q.PatternProperties) > 0 || q.If != nil || q.Additional != nil || q != p && q.UnevaluatedProperties != nil {
			return false
		}
		before := declared
		declared = func(name string) bool { return before(name) || declaresMember(q, name) }
	}
	sh := b.shapes.Of(s)
	if slices.ContainsFunc(sh.Members, func(m *shape.Member) bool { return !declared(m.Name) }) {
		return false
	}
	if u.Always != nil {
		return r.form == object && r.object.Additional == nil
	}
	return sh.Additional != nil && conjuncts(sh.Additional)[u]
}

// contradicts reports whether a schema permits no further members, and another that holds for the same value declares
// one. Whoever puts such schemas together wants the members of both: the object is closed to those that neither has,
// which the type says. Where schemas are taken as JSON Schema has them (untypedRaw) that counts only for members that
// are required, since nothing would be valid.
func (b *builder) contradicts(p *model.Schema, sh *shape.Shape) bool {
	for _, m := range sh.Members {
		if declaresMember(p, m.Name) || b.opt.UntypedRaw && !m.Required {
			continue
		}
		var other *model.Schema
		for q := range sh.Node.Conjuncts() {
			if other == nil && declaresMember(q, m.Name) {
				other = q
			}
		}
		if other == nil {
			if m.Required { // it is declared nowhere, which has been reported
				return true
			}
			continue
		}
		pos, _ := p.KeywordPos("additionalProperties")
		b.warnOnce(pos, "rule-contradiction", "no member may be there but those that are declared beside this, and the schema at %s, which holds as well, declares %s; the keyword is not checked", other.Pos, m.Name)
		return true
	}
	return false
}

// shutsOut reports whether a schema beside a union permits no members but its own, and a variant has others.
func (b *builder) shutsOut(p *model.Schema, sh *shape.Shape) bool {
	return closes(p) && slices.ContainsFunc(sh.Variants, func(v *shape.Variant) bool { return b.contradicts(p, v.Shape) })
}

// closes reports whether a schema permits no members but those that it declares.
func closes(p *model.Schema) bool {
	return len(p.PatternProperties) == 0 && p.Additional != nil && p.Additional.Always != nil && !*p.Additional.Always
}

func declaresMember(s *model.Schema, name string) bool {
	return slices.ContainsFunc(s.Properties, func(p *model.Property) bool { return p.Name == name })
}
