package plan

import "slices"

// Access is what the test package needs of what the package keeps to itself: the codec's description of values,
// and the checks of bodies that are no struct.
type Access struct {
	Types  []*CodecType `json:"types,omitempty"` // in the order of the table
	Checks []*Body      `json:"checks,omitempty"`
	Judges []*Method    `json:"-"` // whose calls are checked as a whole
	Timed  []*Struct    `json:"-"` // bodies with rules about the present time: a fake server that keeps its own asks them by it
}

// access finds out what the test package needs.
func (b *builder) access() {
	needed := map[int]bool{}
	styled := func(enc ParamEncoding, t TypeRef) {
		switch {
		case len(enc.Style) == 0:
		case enc.Codec >= 0:
			needed[enc.Codec] = true
		default:
			needed[b.structEntry(t)] = true
		}
	}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			for _, a := range m.PathArgs {
				styled(a.Encoding, a.Type)
			}
			if m.Params != nil {
				for _, f := range m.Params.Fields {
					styled(f.Encoding, f.Type)
				}
			}
			if m.Judge != "" {
				b.pkg.Access.Judges = append(b.pkg.Access.Judges, m)
			}
			if r := m.Result; r != nil && r.Kind == BodyXML {
				needed[r.Codec] = true
			}
			if r := m.Request; r != nil {
				if r.Codec >= 0 && (r.Struct == nil || r.Kind != BodyJSON) {
					needed[r.Codec] = true
				}
				if b.pkg.Simulation != nil && r.Struct != nil && r.Kind == BodyJSON && !slices.Contains(b.pkg.Access.Timed, r.Struct) && asksNow(r.Struct) {
					b.pkg.Access.Timed = append(b.pkg.Access.Timed, r.Struct)
				}
				if r.Check != "" {
					b.pkg.Access.Checks = append(b.pkg.Access.Checks, r)
				}
			}
		}
	}
	for i, t := range b.pkg.Codec.Types {
		if needed[i] {
			b.pkg.Access.Types = append(b.pkg.Access.Types, t)
		}
	}
}

// asksNow reports whether a rule of a struct, or of what it holds, is about the present time.
func asksNow(s *Struct) bool {
	seen := map[*Struct]bool{}
	var in func(s *Struct) bool
	var check func(c *Check) bool
	check = func(c *Check) bool {
		switch {
		case slices.ContainsFunc(c.Code, namesNow), slices.ContainsFunc(c.Items, check), c.Struct != nil && in(c.Struct):
			return true
		case c.Union != nil:
			return slices.ContainsFunc(c.Union.Variants, func(v *Variant) bool {
				return v.Struct != nil && in(v.Struct) || slices.ContainsFunc(v.Checks, check)
			})
		}
		return false
	}
	in = func(s *Struct) bool {
		if seen[s] {
			return false
		}
		seen[s] = true
		return slices.ContainsFunc(s.Checks, check) || slices.ContainsFunc(s.Rules, check) || slices.ContainsFunc(s.Fields, func(f *Field) bool { return slices.ContainsFunc(f.Checks, check) })
	}
	return in(s)
}

// namesNow reports whether code asks what time it is.
func namesNow(c *Code) bool {
	return c.Op == CodeNow || c.Init != nil && namesNow(c.Init) || slices.ContainsFunc(c.Args, namesNow) || slices.ContainsFunc(c.Body, namesNow) || slices.ContainsFunc(c.Else, namesNow)
}

// structEntry is the description of a struct by its type expression.
func (b *builder) structEntry(t TypeRef) int {
	for t.Elem != nil {
		t = *t.Elem
	}
	return slices.IndexFunc(b.pkg.Codec.Types, func(c *CodecType) bool { return c.Struct != nil && c.Struct.Name == t.Name })
}
