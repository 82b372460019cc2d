package model

import "slices"

// Children are the schemas to which a schema refers, in any way.
func (s *Schema) Children() []*Schema {
	list := slices.Concat(s.AllOf, s.OneOf, s.AnyOf, s.PrefixItems, []*Schema{
		s.Ref, s.Items, s.Additional, s.PropertyNames, s.Not, s.If, s.Then, s.Else, s.Contains, s.UnevaluatedProperties, s.UnevaluatedItems, s.ContentSchema,
	})
	for _, p := range s.Properties {
		list = append(list, p.Schema)
	}
	for _, p := range s.PatternProperties {
		list = append(list, p.Schema)
	}
	for _, d := range s.DependentSchemas {
		list = append(list, d.Schema)
	}
	return slices.DeleteFunc(list, func(s *Schema) bool { return s == nil })
}
