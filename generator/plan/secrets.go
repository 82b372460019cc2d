package plan

import "slices"

// secrets finds the structs that hold a secret, themselves or in what they hold.
func (b *builder) secrets() {
	for changed := true; changed; {
		changed = false
		for _, s := range b.pkg.Structs {
			if !s.Secret && slices.ContainsFunc(s.Fields, b.holdsSecret) {
				s.Secret, changed = true, true
			}
		}
	}
}

func (b *builder) holdsSecret(f *Field) bool {
	inner := b.fieldStruct(f)
	return f.Secret || inner != nil && inner.Secret
}
