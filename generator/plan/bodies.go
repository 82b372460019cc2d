package plan

import (
	"github.com/pantograph-go/pantograph/generator/model"
)

// body plans a body that the codec reads or writes. One that may be left out, or null, is nil, or absent where it is a scalar.
func (b *builder) body(s *model.Schema, at place, required bool) *Body {
	r := b.repr(s, at)
	plain, null := r, r.form != raw && b.shapes.Of(s).Nullable
	if null && r.form != object {
		r.codec.Flags = append(r.codec.Flags, "Nullable")
	}
	if r.form == scalar && (null || !required) {
		r.typ, r.codec.Flags = optional(r.typ), append(r.codec.Flags, "Optional")
	}
	body := b.bodyOf(r)
	body.Null, body.repr = null, plain
	if at.input && s != nil && r.form != object {
		body.Checks = b.valueChecks(at.name, s, plain, s.Secret)
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
