package plan

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// sameSchema reports whether two schemas describe the same values: one component, or the same written twice, limits
// included. What only documents a value does not count.
func sameSchema(a, b *model.Schema) bool {
	a, b = a.Target(), b.Target()
	if a == b || a == nil || b == nil {
		return a == b
	}
	if a.Name != "" || b.Name != "" || a.Represents != b.Represents || a.Discriminator != b.Discriminator {
		return false
	}
	return sameScalars(a, b) && sameLimits(a, b) && sameParts(a, b) && sameXML(a.XML, b.XML)
}

// sameScalars compares what is said of a value itself.
func sameScalars(a, b *model.Schema) bool {
	return slices.Equal(a.Types, b.Types) && a.Nullable == b.Nullable && a.Format == b.Format && string(a.Const) == string(b.Const) &&
		sameValue(a.Always, b.Always) && a.ContentEncoding == b.ContentEncoding && a.ContentMediaType == b.ContentMediaType &&
		a.ReadOnly == b.ReadOnly && a.WriteOnly == b.WriteOnly && a.Tristate == b.Tristate && a.Inline == b.Inline && a.Secret == b.Secret &&
		slices.EqualFunc(a.Enum, b.Enum, func(p, q *model.Enum) bool { return string(p.Value) == string(q.Value) })
}

// sameLimits compares what is checked.
func sameLimits(a, b *model.Schema) bool {
	for _, n := range [][2]*int{
		{a.MinLength, b.MinLength}, {a.MaxLength, b.MaxLength}, {a.MinItems, b.MinItems}, {a.MaxItems, b.MaxItems},
		{a.MinProperties, b.MinProperties}, {a.MaxProperties, b.MaxProperties}, {a.MinContains, b.MinContains}, {a.MaxContains, b.MaxContains},
	} {
		if !sameValue(n[0], n[1]) {
			return false
		}
	}
	if len(a.Validations)+len(b.Validations) > 0 {
		return false
	}
	return a.Pattern == b.Pattern && a.UniqueItems == b.UniqueItems && a.Minimum == b.Minimum && a.Maximum == b.Maximum &&
		a.ExclusiveMinimum == b.ExclusiveMinimum && a.ExclusiveMaximum == b.ExclusiveMaximum && a.MultipleOf == b.MultipleOf
}

// sameParts compares the schemas within.
func sameParts(a, b *model.Schema) bool {
	for _, one := range [][2]*model.Schema{
		{a.Items, b.Items}, {a.Additional, b.Additional}, {a.PropertyNames, b.PropertyNames}, {a.Not, b.Not}, {a.Contains, b.Contains},
		{a.If, b.If}, {a.Then, b.Then}, {a.Else, b.Else}, {a.UnevaluatedProperties, b.UnevaluatedProperties}, {a.UnevaluatedItems, b.UnevaluatedItems},
		{a.ContentSchema, b.ContentSchema},
	} {
		if !sameSchema(one[0], one[1]) {
			return false
		}
	}
	for _, list := range [][2][]*model.Schema{{a.AllOf, b.AllOf}, {a.OneOf, b.OneOf}, {a.AnyOf, b.AnyOf}, {a.PrefixItems, b.PrefixItems}} {
		if !slices.EqualFunc(list[0], list[1], sameSchema) {
			return false
		}
	}
	return slices.Equal(a.Required, b.Required) &&
		slices.EqualFunc(a.Properties, b.Properties, func(p, q *model.Property) bool { return p.Name == q.Name && sameSchema(p.Schema, q.Schema) }) &&
		slices.EqualFunc(a.PatternProperties, b.PatternProperties, func(p, q *model.PatternProperty) bool {
			return p.Pattern == q.Pattern && sameSchema(p.Schema, q.Schema)
		}) &&
		len(a.DependentRequired)+len(b.DependentRequired)+len(a.DependentSchemas)+len(b.DependentSchemas) == 0
}

// sameXML compares how a value is written as XML.
func sameXML(a, b *model.XML) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Name == b.Name && a.Namespace == b.Namespace && a.Prefix == b.Prefix && a.Attribute == b.Attribute && a.Wrapped == b.Wrapped
}

// sameValue reports whether two values are equal, or both are not there.
func sameValue[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }
