package plan

import (
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// wired is a value the wire writes as text of its own form.
func (b *builder) wired(sh *shape.Shape, at place) repr {
	r, w := sh.Represents, &Wire{}
	out := repr{form: scalar, codec: CodecField{Kind: "Wired"}, represented: true}
	switch r.Type {
	case model.TypeBoolean:
		w.Kind, w.True, w.False = "WireBool", r.True, r.False
		out.typ = basic("bool")
	case model.TypeInteger:
		w.Kind, out.typ = "WireInt", basic("int")
		if base, _ := integerOf(sh); base == "int64" || base == "uint64" {
			w.Kind, out.typ = "Wire"+strings.ToUpper(base[:1])+base[1:], basic(base)
		}
	case model.TypeNumber:
		w.Kind, out.typ = "WireFloat", basic("float64")
	case model.TypeArray:
		item := b.repr(r.Items, at)
		w.Kind, w.Separator, w.Elem = "WireList", r.Separator, item.codec.Kind
		if w.Elem != "Int" && w.Elem != "String" {
			b.diags.Warnf(r.Pos, "raw-fallback", "a list in a string holds strings, integers or ids; this one is generated as its text")
			return scalarRepr(basic("string"), "String")
		}
		out.form, out.typ, out.elem, out.each, out.enum = list, slice(item.typ), r.Items, &item, item.enum
	case model.TypeTime:
		w.Kind = "WireTime"
		for _, l := range r.Layouts {
			w.Layouts = append(w.Layouts, goLayout(l))
		}
		out.typ = TypeRef{Kind: Defined, Name: "Time", Pkg: "time"}
	}
	out.codec.Sub = b.wire(w)
	return out
}

// goLayout translates the vocabulary's layout letters into a layout of package time.
func goLayout(l string) string {
	return strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02", "hh", "15", "mm", "04", "ss", "05",
		"[.S]", ".999999999", "SSSSSS", "000000", "SSS", "000").Replace(l)
}

func (b *builder) wire(w *Wire) int {
	words := append([]string{strings.TrimPrefix(w.Kind, "Wire"), w.Elem, w.True, w.False}, w.Layouts...)
	if w.Separator != "" && w.Separator != "," {
		words = append(words, "by", strconv.QuoteToASCII(w.Separator))
	}
	key := strings.Join(append(words, w.Separator), "\x00")
	if i, ok := b.wires[key]; ok {
		return i
	}
	w.Var = b.variable("w", strings.Join(words, "."))
	i := len(b.pkg.Codec.Wires)
	b.wires[key] = i
	b.pkg.Codec.Wires = append(b.pkg.Codec.Wires, w)
	return i
}
