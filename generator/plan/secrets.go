package plan

import "slices"

// secrets finds the types that hold a secret, themselves or in what they hold, and the names of what does.
func (b *builder) secrets() {
	b.secretNames()
	for changed := true; changed; {
		changed = false
		for _, s := range b.pkg.Structs {
			if !s.Secret && slices.ContainsFunc(s.All(), func(f *Field) bool { return f.Secret || b.holdsSecret(f.Codec) }) {
				s.Secret, changed = true, true
			}
		}
		for _, u := range b.pkg.Codec.Unions {
			if !u.Secret && slices.ContainsFunc(u.Variants, func(v *Variant) bool { return v.Struct != nil && v.Struct.Secret }) {
				u.Secret, changed = true, true
			}
		}
	}
}

// secretNames gathers the names of members and parameters that are secrets. A name that other members have as well
// is qualified by those that lead to it, where all its values have one: token.id.
func (b *builder) secretNames() {
	others := map[string]bool{}
	parents := map[*Struct][]string{}
	for _, s := range b.pkg.Structs {
		for _, f := range s.All() {
			others[f.Wire] = others[f.Wire] || !f.Secret
			if in := b.fieldStruct(f); in != nil {
				parents[in] = append(parents[in], f.Wire)
			}
		}
	}
	bodies := map[*Struct]bool{}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			if m.Request != nil {
				bodies[m.Request.Struct] = true
			}
		}
	}
	var names []string
	for _, s := range b.pkg.Structs {
		for _, f := range s.All() {
			switch {
			case !f.Secret || f.Wire == "":
			case others[f.Wire] && len(parents[s]) > 0 && !bodies[s]:
				for _, parent := range parents[s] {
					names = append(names, parent+"."+f.Wire)
				}
			default:
				names = append(names, f.Wire)
			}
		}
	}
	for _, op := range b.api.Operations {
		for _, p := range op.Parameters {
			if s := paramSchema(p); s != nil && isSecret(s) {
				names = append(names, p.Name)
			}
		}
	}
	slices.Sort(names)
	b.pkg.Client.SecretMembers = slices.Compact(names)
}

// holdsSecret reports whether what the codec finds at a field holds a secret.
func (b *builder) holdsSecret(c CodecField) bool {
	switch c.Kind {
	case "Interface":
		return b.pkg.Codec.Unions[c.Sub].Secret
	case "Object", "Slice", "Map":
		t := b.pkg.Codec.Types[c.Sub]
		return t.Struct != nil && t.Struct.Secret || t.Struct == nil && b.holdsSecret(t.Field)
	}
	return false
}
