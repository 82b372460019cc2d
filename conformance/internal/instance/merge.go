package instance

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// merge is a schema that allows what both allow, as far as that is simple to say; the validator has the last word.
func merge(a, b *openapi3.Schema) *openapi3.Schema {
	out := *a
	switch {
	case out.Type == nil:
		out.Type = b.Type
	case b.Type != nil:
		out.Type = common(*out.Type, *b.Type)
	}
	out.Properties = mergeProperties(a.Properties, b.Properties)
	out.Required = union(a.Required, b.Required)
	out.Enum = mergeEnum(a.Enum, b.Enum)
	out.Nullable = a.Nullable && b.Nullable || a.Nullable && b.Type == nil
	out.ReadOnly, out.WriteOnly = a.ReadOnly || b.ReadOnly, a.WriteOnly || b.WriteOnly
	out.UniqueItems = a.UniqueItems || b.UniqueItems
	if out.Const == nil {
		out.Const = b.Const
	}
	first(&out.Format, b.Format)
	first(&out.Pattern, b.Pattern)
	if out.Items != nil && b.Items != nil && out.Items != b.Items {
		out.Items = openapi3.NewSchemaRef("", &openapi3.Schema{AllOf: openapi3.SchemaRefs{out.Items, b.Items}})
	}
	first(&out.Items, b.Items)
	first(&out.Not, b.Not)
	first(&out.PropertyNames, b.PropertyNames)
	first(&out.AdditionalProperties.Schema, b.AdditionalProperties.Schema)
	if b.AdditionalProperties.Has != nil && !*b.AdditionalProperties.Has {
		out.AdditionalProperties.Has = b.AdditionalProperties.Has
	}
	if len(out.PrefixItems) == 0 {
		out.PrefixItems = b.PrefixItems
	}
	if len(out.PatternProperties) == 0 {
		out.PatternProperties = b.PatternProperties
	}
	out.Min, out.Max = larger(a.Min, b.Min), smaller(a.Max, b.Max)
	first(&out.ExclusiveMin.Value, b.ExclusiveMin.Value)
	first(&out.ExclusiveMin.Bool, b.ExclusiveMin.Bool)
	first(&out.ExclusiveMax.Value, b.ExclusiveMax.Value)
	first(&out.ExclusiveMax.Bool, b.ExclusiveMax.Bool)
	first(&out.MultipleOf, b.MultipleOf)
	out.MinLength, out.MaxLength = max(a.MinLength, b.MinLength), smaller(a.MaxLength, b.MaxLength)
	out.MinItems, out.MaxItems = max(a.MinItems, b.MinItems), smaller(a.MaxItems, b.MaxItems)
	out.MinProps, out.MaxProps = max(a.MinProps, b.MinProps), smaller(a.MaxProps, b.MaxProps)
	return &out
}

func first[T comparable](to *T, from T) {
	var zero T
	if *to == zero {
		*to = from
	}
}

func larger[T float64 | uint64](a, b *T) *T {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

func smaller[T float64 | uint64](a, b *T) *T {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func common(a, b openapi3.Types) *openapi3.Types {
	var out openapi3.Types
	for _, t := range a {
		switch {
		case slices.Contains(b, t):
			out = append(out, t)
		case t == "integer" && slices.Contains(b, "number"), t == "number" && slices.Contains(b, "integer"):
			out = append(out, "integer")
		}
	}
	return &out // none: nothing is of both
}

func mergeProperties(a, b openapi3.Schemas) openapi3.Schemas {
	if len(a) == 0 {
		return b
	}
	out := maps.Clone(a)
	for name, p := range b {
		if old := out[name]; old != nil && old.Value != p.Value && old.Value != nil && p.Value != nil {
			p = openapi3.NewSchemaRef("", &openapi3.Schema{
				AllOf: openapi3.SchemaRefs{old, p}, ReadOnly: old.Value.ReadOnly || p.Value.ReadOnly, WriteOnly: old.Value.WriteOnly || p.Value.WriteOnly,
			})
		}
		out[name] = p
	}
	return out
}

func mergeEnum(a, b []any) []any {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []any
	for _, v := range a {
		if slices.ContainsFunc(b, func(w any) bool { return equal(v, w) }) {
			out = append(out, v)
		}
	}
	return out
}

func equal(a, b any) bool {
	switch a.(type) {
	case map[string]any, []any:
		return false
	}
	switch b.(type) {
	case map[string]any, []any:
		return false
	}
	return a == b
}
