package model

import "iter"

// Conjuncts are the schemas that all hold for a value of s: s itself, what it refers to, and what it
// combines with allOf (a union of one member combines it too). Each comes once, the nearest first: what
// stands in place is nearer than a component that is referred to.
func (s *Schema) Conjuncts() iter.Seq[*Schema] {
	return func(yield func(*Schema) bool) {
		if s == nil || !yield(s) || s.Ref == nil && len(s.AllOf) == 0 && len(s.OneOf) != 1 && len(s.AnyOf) != 1 {
			return
		}
		seen := map[*Schema]bool{s: true}
		for stack := s.combined(nil); len(stack) > 0; {
			last := len(stack) - 1
			next := stack[last]
			stack = stack[:last]
			if seen[next] {
				continue
			}
			seen[next] = true
			if !yield(next) {
				return
			}
			stack = next.combined(stack)
		}
	}
}

// combined pushes what holds beside s itself, the nearest on top.
func (s *Schema) combined(stack []*Schema) []*Schema {
	lists := [][]*Schema{s.AllOf}
	for _, union := range [][]*Schema{s.OneOf, s.AnyOf} {
		if len(union) == 1 {
			lists = append(lists, union)
		}
	}
	for _, named := range []bool{true, false} {
		for i := len(lists) - 1; i >= 0; i-- {
			for j := len(lists[i]) - 1; j >= 0; j-- {
				if m := lists[i][j]; (m.Name != "") == named {
					stack = append(stack, m)
				}
			}
		}
	}
	if s.Ref != nil {
		stack = append(stack, s.Ref)
	}
	return stack
}

// Values are the permitted values that s lists itself: its enum, or a union whose members are constants,
// which is how values get titles and descriptions of their own.
func (s *Schema) Values() []*Enum {
	if len(s.Enum) > 0 {
		return s.Enum
	}
	for _, union := range [][]*Schema{s.OneOf, s.AnyOf} {
		if values := Constants(union); len(values) > 1 {
			return values
		}
	}
	return nil
}

// Constants are the members of a union as values; nil when some are more than that.
func Constants(union []*Schema) []*Enum {
	var out []*Enum
	for _, m := range union {
		v := m.Const
		if v == nil && len(m.Enum) == 1 {
			v = m.Enum[0].Value
		}
		if v == nil || v.IsNull() || m.Name != "" || m.Ref != nil || len(m.Properties)+len(m.AllOf)+len(m.OneOf)+len(m.AnyOf) > 0 {
			return nil
		}
		out = append(out, &Enum{Pos: m.Pos, Doc: m.Doc, Value: v, Title: m.Title})
	}
	return out
}
