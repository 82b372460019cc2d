package rt

import "slices"

// ListRules is what functions that list rules return.
func ListRules(rules ...*Rule) []Rule {
	out := make([]Rule, len(rules))
	for i, r := range rules {
		out[i] = *r
	}
	return out
}

// ReportedRules puts lists together. Where there are codes, only the rules stay that the server reports by one of
// them.
func ReportedRules(codes []string, lists ...[]Rule) []Rule {
	all := slices.Concat(lists...)
	if len(codes) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(r Rule) bool {
		return !slices.ContainsFunc(r.Codes, func(code string) bool { return slices.Contains(codes, code) })
	})
}

// String is the rule as people read it.
func (r Rule) String() string {
	s := r.ID + ": " + r.Text
	if r.Source != "" {
		s += " (" + r.Source + ")"
	}
	return s
}
