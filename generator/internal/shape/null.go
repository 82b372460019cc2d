package shape

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// permitsNull reports whether null is a value of a schema, as JSON Schema has it: only what says which values there
// are, and what combines such schemas, can forbid it; other keywords are about other types. Schemas around it are open:
// one that goes in a circle adds nothing.
func permitsNull(s *model.Schema, open ...*model.Schema) bool {
	if slices.Contains(open, s) {
		return true
	}
	open = append(slices.Clip(open), s)
	permits := func(s *model.Schema) bool { return permitsNull(s, open...) }
	count := func(members []*model.Schema) int {
		n := 0
		for _, m := range members {
			if permits(m) {
				n++
			}
		}
		return n
	}
	switch {
	case s.Always != nil:
		return *s.Always
	case len(s.Types)+len(s.Enum) > 0 && !s.Nullable, s.Const != nil && !s.Const.IsNull():
		return false
	case count(s.AllOf) < len(s.AllOf), s.Not != nil && permits(s.Not):
		return false
	}
	if taken := s.Nullable && len(s.Types) == 0; !taken { // else null has been taken out of the reference or choice
		if s.Ref != nil && !permits(s.Ref) || len(s.AnyOf) > 0 && count(s.AnyOf) == 0 || len(s.OneOf) > 0 && count(s.OneOf) != 1 {
			return false
		}
	}
	if s.If == nil {
		return true
	}
	branch := s.Else
	if permits(s.If) {
		branch = s.Then
	}
	return branch == nil || permits(branch)
}
