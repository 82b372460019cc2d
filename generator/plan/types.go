package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// form is how a value is held, which decides how optional ones are.
type form int

const (
	scalar form = iota
	object
	list  // slices and maps: nil is absent
	iface // unions: nil is absent
	raw
)

// repr is how a schema looks in Go and on the wire, before it is made optional.
type repr struct {
	typ    TypeRef
	form   form
	codec  CodecField
	object *Struct       // form object, or the element of a list
	enum   *Enum         // scalar, or the element of a list
	union  *Union        // form iface
	elem   *model.Schema // list: what its items must satisfy
	each   *repr         // list: the item

	represented bool // the wire writes it as something else, and what the document says of that text is met
}

// place is where a type is met: what to call it when it has no name, and which side uses it.
type place struct {
	name  string // owner plus member, for inline types
	owner string // qualifies name when that is taken
	alt   string // what to call it then, if there is something better
	rank  rank   // of name among those who want it
	input bool   // met in a request type or parameter
}

func basic(name string) TypeRef   { return TypeRef{Kind: Basic, Name: name} }
func defined(name string) TypeRef { return TypeRef{Kind: Defined, Name: name} }
func slice(elem TypeRef) TypeRef  { return TypeRef{Kind: Slice, Elem: &elem} }
func mapOf(elem TypeRef) TypeRef  { return TypeRef{Kind: Map, Elem: &elem} }
func pointer(elem TypeRef) TypeRef {
	return TypeRef{Kind: Pointer, Elem: &elem}
}
func optional(elem TypeRef) TypeRef { return TypeRef{Kind: Opt, Elem: &elem} }

func (b *builder) rawRepr() repr {
	return repr{typ: defined("Raw"), form: raw, codec: CodecField{Kind: "Any", Sub: -1}}
}

// repr chooses the representation of a schema.
func (b *builder) repr(s *model.Schema, at place) repr { return b.reprOf(b.shapes.Of(b.one(s)), at) }

// reprOf chooses the representation of a shape. What a component holds in place is named after the component,
// from wherever it is met first.
func (b *builder) reprOf(sh *shape.Shape, at place) repr {
	if sh.Node.Name != "" {
		at.name, at.alt, at.rank = b.typeName(sh.Node), "", asCalled
		at.owner = at.name
	}
	if sh.Represents != nil {
		return b.wired(sh, at)
	}
	switch sh.Kind {
	case shape.Object, shape.Tuple:
		s := b.object(sh, at)
		return repr{typ: defined(s.Name), form: object, codec: CodecField{Kind: "Object", Sub: s.Codec}, object: s}
	case shape.Map:
		return b.mapRepr(sh, at)
	case shape.List:
		return b.listRepr(sh, at)
	case shape.Union:
		u := b.unionOf(sh, at)
		return repr{typ: defined(u.Name), form: iface, codec: CodecField{Kind: "Interface", Sub: u.Codec}, union: u}
	case shape.String, shape.Integer, shape.Number, shape.Boolean:
		return b.scalar(sh, at)
	}
	return b.rawRepr()
}

// typeName is the name of what belongs to a component.
func (b *builder) typeName(s *model.Schema) string {
	if name, ok := b.claimed[s]; ok {
		return name
	}
	if name := upperFirst(s.PinnedName); name != "" {
		return name
	}
	return b.componentName(s)
}

func (b *builder) listRepr(sh *shape.Shape, at place) repr {
	if !b.enter(sh) {
		return b.rawRepr()
	}
	defer b.leave(sh)
	item := b.item(sh.Items, at.item())
	out := repr{typ: slice(item.typ), form: list, object: item.object, enum: item.enum, elem: sh.Items, each: &item}
	if item.codec.Kind == "String" && len(item.codec.Flags) == 0 {
		out.codec = CodecField{Kind: "Strings", Sub: -1}
		return out
	}
	i := b.codecEntry(item)
	b.pkg.Codec.Types[i].Elem = true
	out.codec = CodecField{Kind: "Slice", Sub: i}
	return out
}

// item is the representation of an item of a list or the value of a map. Where null is one, an object is held by
// a pointer, and a scalar of a request is an optional value.
func (b *builder) item(s *model.Schema, at place) repr {
	r := b.repr(s, at)
	if r.form == raw || !b.shapes.Of(s).Nullable {
		return r
	}
	r.codec.Flags = []string{"Nullable"}
	switch {
	case r.form == object:
		b.pkg.Codec.Types[r.object.Codec].Elem = true
		r.typ, r.codec.Flags = pointer(r.typ), append(r.codec.Flags, "Pointer")
	case r.form == scalar && at.input:
		r.typ, r.codec.Flags = optional(r.typ), append(r.codec.Flags, "Optional")
	}
	return r
}

// item is the place of the items of a list: one of what is there.
func (p place) item() place {
	return place{name: singular(p.name), owner: p.owner, alt: p.name + "Item", rank: oneOf, input: p.input}
}

// mapRepr is an object without members of its own.
func (b *builder) mapRepr(sh *shape.Shape, at place) repr {
	if !b.enter(sh) {
		return b.rawRepr()
	}
	defer b.leave(sh)
	item := b.item(sh.Additional, place{name: at.name + "Value", owner: at.owner, input: at.input})
	i := b.valueEntry(item)
	return repr{typ: mapOf(item.typ), form: list, codec: CodecField{Kind: "Map", Sub: i},
		object: item.object, enum: item.enum, elem: sh.Additional, each: &item}
}

// enter begins the representation of a list or map, and reports whether it is not within itself: Go has no
// name for such a type, so what lies in the list is raw JSON.
func (b *builder) enter(sh *shape.Shape) bool {
	if b.open[sh.Node] {
		b.diags.Warnf(sh.Node.Pos, "raw-fallback", "the list or map holds nothing but itself; its items are generated as raw JSON")
		return false
	}
	b.open[sh.Node] = true
	return true
}

func (b *builder) leave(sh *shape.Shape) { delete(b.open, sh.Node) }

// inType begins a type that Go has a name for: a list within it may be one that it lies in, as in a tree. What it
// returns ends the type.
func (b *builder) inType() func() {
	around := b.open
	b.open = map[*model.Schema]bool{}
	return func() { b.open = around }
}

// codecEntry returns the description of a list item, map value, variant or body.
func (b *builder) codecEntry(r repr) int {
	if r.form == object && r.typ.Kind != Pointer {
		return r.object.Codec
	}
	key := fmt.Sprint(r.typ, " ", r.codec.Kind, r.codec.Sub, r.codec.Flags)
	if i, ok := b.codecs[key]; ok {
		return i
	}
	name := "t" + typeWord(r.typ)
	switch {
	case slices.Equal(r.codec.Flags, []string{"Optional"}):
		name = "tOptional" + typeWord(r.typ)
	case len(r.codec.Flags) > 0:
		name += "OrNull"
	}
	i := b.addCodec(&CodecType{Var: name, Type: r.typ, Field: r.codec})
	b.codecs[key] = i
	return i
}

// valueEntry returns the description of the value of a map.
func (b *builder) valueEntry(r repr) int {
	i := b.codecEntry(r)
	b.pkg.Codec.Types[i].Value = true
	return i
}

func (b *builder) addCodec(t *CodecType) int {
	b.pkg.Codec.Types = append(b.pkg.Codec.Types, t)
	return len(b.pkg.Codec.Types) - 1
}

// typeWord is a type expression as one word: []GroupID is GroupIDs.
func typeWord(t TypeRef) string {
	switch t.Kind {
	case Slice:
		return "SliceOf" + typeWord(*t.Elem)
	case Map:
		return "MapOf" + typeWord(*t.Elem)
	case Pointer, Opt:
		return typeWord(*t.Elem)
	}
	return strings.ToUpper(t.Name[:1]) + t.Name[1:]
}

// String is the type expression in Go, with the last element of import paths as qualifier.
func (t TypeRef) String() string {
	switch t.Kind {
	case Slice:
		return "[]" + t.Elem.String()
	case Map:
		return "map[string]" + t.Elem.String()
	case Pointer:
		return "*" + t.Elem.String()
	case Opt:
		return "Opt[" + t.Elem.String() + "]"
	}
	if t.Pkg != "" {
		return t.Pkg[strings.LastIndexByte(t.Pkg, '/')+1:] + "." + t.Name
	}
	return t.Name
}
