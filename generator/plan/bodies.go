package plan

import (
	"github.com/pantograph-go/pantograph/generator/model"
)

// body plans a body that the codec reads or writes.
func (b *builder) body(s *model.Schema, at place) *Body {
	r := b.repr(s, at)
	null := r.form != raw && b.shapes.Of(s).Nullable
	if null && r.form != object {
		r.codec.Flags = append(r.codec.Flags, "Nullable")
	}
	if null && r.form == scalar && !at.input { // a scalar that is null is nothing to send
		r.typ, r.codec.Flags = optional(r.typ), append(r.codec.Flags, "Optional")
	}
	body := b.bodyOf(r)
	body.Null = null
	if at.input && s != nil && r.form != object {
		body.Checks = b.valueChecks(at.name, s, r, s.Secret)
	}
	return body
}

// bodyOf is a body of a representation.
func (b *builder) bodyOf(r repr) *Body {
	if r.form == object {
		return &Body{Type: r.typ, Struct: r.object, Codec: r.object.Codec, repr: r}
	}
	return &Body{Type: r.typ, Codec: b.rootEntry(r), Nilable: r.form == list || r.form == iface || r.form == raw, repr: r}
}
