package plan

import "slices"

// digits marks the integers of a document to whose service 1.0 is none, wherever JSON has them.
func (b *builder) digits() {
	if !b.api.Digits {
		return
	}
	for _, t := range b.pkg.Codec.Types {
		t.Field = t.Field.digits()
		if t.Struct == nil {
			continue
		}
		for _, f := range t.Struct.All() {
			f.Codec = f.Codec.digits()
		}
	}
}

func (c CodecField) digits() CodecField {
	if slices.Contains([]string{"Int", "Int64", "Uint64"}, c.Kind) {
		c.Flags = append(slices.Clone(c.Flags), "Digits")
	}
	return c
}
