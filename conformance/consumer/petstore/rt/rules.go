package rt

import (
	"iter"
	"reflect"
	"slices"
)

// RuleSet is the rules of a type or an operation, and where those of the types stand that it holds.
type RuleSet struct {
	Of    string
	Rules [][]Rule // parts of tables
	Holds []int32
}

// ListRules copies the rules of a type, given as a pointer, as is one to some type of the package that the types are of. It
// goes by the name: a switch over all types would cost each program that is built with the package.
func ListRules(types []RuleSet, beside, of any) []Rule {
	t := reflect.TypeOf(of)
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().PkgPath() != reflect.TypeOf(beside).Elem().PkgPath() || t.Elem().Kind() == reflect.Interface {
		return nil
	}
	at := slices.IndexFunc(types, func(s RuleSet) bool { return s.Of == t.Elem().Name() })
	if at < 0 || len(types[at].Rules) == 0 {
		return nil
	}
	var out []Rule
	for r := range types[at].all() {
		out = append(out, r.listed())
	}
	return out
}

// ExplainRules lists the rules of an operation, and of all types that it holds, each once. Where there are codes, only the
// rules stay that the server reports by one of them.
func ExplainRules(operations, types []RuleSet, operation string, codes []string) []Rule {
	i := slices.IndexFunc(operations, func(s RuleSet) bool { return s.Of == operation })
	if i < 0 {
		return nil
	}
	var out []Rule
	listed, seen := map[*Rule]bool{}, map[int32]bool{}
	var visit func(s *RuleSet)
	visit = func(s *RuleSet) {
		for r := range s.all() {
			if !listed[r] && (len(codes) == 0 || slices.ContainsFunc(r.Codes, func(code string) bool { return slices.Contains(codes, code) })) {
				out = append(out, r.listed())
			}
			listed[r] = true
		}
		for _, held := range s.Holds {
			if !seen[held] {
				seen[held] = true
				visit(&types[held])
			}
		}
	}
	visit(&operations[i])
	return out
}

// all are the rules of the set.
func (s *RuleSet) all() iter.Seq[*Rule] {
	return func(yield func(*Rule) bool) {
		for _, part := range s.Rules {
			for i := range part {
				if !yield(&part[i]) {
					return
				}
			}
		}
	}
}

// String is the rule as people read it.
func (r Rule) String() string {
	s := r.ID + ": " + r.Text
	if r.Source != "" {
		s += " (" + r.Source + ")"
	}
	return s
}
