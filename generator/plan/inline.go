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

// inlineCodec finds out which types have code in place of offsets: all, or those that the document says, with all that they
// consist of. And which lists and maps need code then, and which structs others hold by value.
func (b *builder) inlineCodec() {
	c := &b.pkg.Codec
	c.Inline = b.opt.InlineCodec
	for i, t := range c.Types {
		if c.Inline || t.Struct != nil && t.Struct.Schema != nil && t.Struct.Schema.Inline {
			b.inline(i, map[int]bool{})
		}
	}
	for i, u := range c.Unions {
		if c.Inline || u.shape.Node.Inline {
			b.inline(len(c.Types)+i, map[int]bool{})
		}
	}
	for i, t := range c.Types {
		if t.Struct == nil {
			if c.Inline {
				c.held(t.Field)
			}
			continue
		}
		for _, f := range t.Struct.All() {
			if f.Codec.Kind == "Object" && f.File == "" && !f.Codec.Is("Pointer") && !f.Codec.Is("Optional") {
				c.Types[f.Codec.Sub].ByValue = true
			}
		}
		if c.Types[i].Inline {
			for _, f := range t.Struct.All() {
				c.within(f.Codec)
			}
		}
	}
	for _, u := range c.Unions {
		if u.Inline {
			for _, v := range u.Variants {
				c.within(c.Types[v.Codec].Element())
			}
		}
	}
}

// inline marks a type or union, by its number among both, and all that it consists of.
func (b *builder) inline(i int, seen map[int]bool) {
	if seen[i] {
		return
	}
	seen[i] = true
	c := circler{codec: &b.pkg.Codec}
	if n := len(c.codec.Types); i >= n {
		c.codec.Unions[i-n].Inline = true
	} else if t := c.codec.Types[i]; t.Struct != nil {
		t.Inline = true
	}
	for _, j := range c.edges(i) {
		b.inline(j, seen)
	}
}

// within marks the lists and maps in a member of what has code, at any depth.
func (c *Codec) within(f CodecField) {
	c.held(f)
	if f.Kind == "Slice" || f.Kind == "Map" {
		if t := c.Types[f.Sub]; t.Struct == nil {
			c.within(t.Field)
		}
	}
}

// held marks the lists or maps that a member is one of.
func (c *Codec) held(f CodecField) {
	switch f.Kind {
	case "Slice":
		c.Types[f.Sub].List = true
	case "Map":
		c.Types[f.Sub].Map = true
	}
}
