package plan

import "slices"

// Is reports whether a member has the flag.
func (c CodecField) Is(flag string) bool { return slices.Contains(c.Flags, flag) }

// Without returns the member without the flags.
func (c CodecField) Without(flags ...string) CodecField {
	c.Flags = slices.DeleteFunc(slices.Clone(c.Flags), func(f string) bool { return slices.Contains(flags, f) })
	return c
}

// Element is how a value of the type is handled that is an element of a list or map, or a variant.
func (t *CodecType) Element() CodecField {
	if t.Struct != nil {
		return CodecField{Kind: "Object", Sub: t.Struct.Codec}
	}
	return t.Field
}

// inlineCodec finds out which lists and maps need code of their own, and which structs others hold by value.
func (b *builder) inlineCodec() {
	c := &b.pkg.Codec
	held := func(f CodecField) {
		switch f.Kind {
		case "Slice":
			c.Types[f.Sub].List = true
		case "Map":
			c.Types[f.Sub].Map = true
		}
	}
	for _, t := range c.Types {
		held(t.Field)
		if t.Struct == nil {
			continue
		}
		for _, f := range t.Struct.All() {
			if held(f.Codec); f.Codec.Kind == "Object" && f.File == "" && !f.Codec.Is("Pointer") && !f.Codec.Is("Optional") {
				c.Types[f.Codec.Sub].ByValue = true
			}
		}
	}
}
