package rules

import "github.com/pantograph-go/pantograph/generator/model"

// ListsHeirs reports whether the union of a schema lists what itself combines that schema. To be one of its members
// then means to be what the schema is, and one of its members: it asserts nothing.
func ListsHeirs(s *model.Schema) bool {
	for _, union := range [][]*model.Schema{s.OneOf, s.AnyOf} {
		for _, m := range union {
			for p := range m.Conjuncts() {
				if p == s {
					return true
				}
			}
		}
	}
	return false
}
