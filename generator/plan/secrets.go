package plan

import "slices"

// secrets finds the types that hold a secret, themselves or in what they hold.
func (b *builder) secrets() {
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
