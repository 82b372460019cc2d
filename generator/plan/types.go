package plan

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// form is the shape of a value, which decides how optional ones are held.
type form int

const (
	scalar form = iota
	object
	list // slices and maps: nil is absent
	raw
)

// repr is how a schema looks in Go and on the wire, before it is made optional.
type repr struct {
	typ    TypeRef
	form   form
	codec  CodecField
	object *Struct       // form object, or the element of a list
	enum   *Enum         // scalar, or the element of a list
	elem   *model.Schema // list: what its items must satisfy
	each   *repr         // list: the item
}

// place is where a type is met: what to call it when it has no name, and which side uses it.
type place struct {
	name  string // owner plus member, for inline types
	owner string // qualifies name when that is taken
	input bool   // met in a request type or parameter
}

func basic(name string) TypeRef   { return TypeRef{Kind: Basic, Name: name} }
func defined(name string) TypeRef { return TypeRef{Kind: Defined, Name: name} }
func slice(elem TypeRef) TypeRef  { return TypeRef{Kind: Slice, Elem: &elem} }
func pointer(elem TypeRef) TypeRef {
	return TypeRef{Kind: Pointer, Elem: &elem}
}
func optional(elem TypeRef) TypeRef { return TypeRef{Kind: Opt, Elem: &elem} }

func (b *builder) rawRepr() repr {
	return repr{typ: defined("Raw"), form: raw, codec: CodecField{Kind: "Any", Sub: -1}}
}

// repr chooses the representation of a schema. What it cannot represent becomes raw JSON, with a note.
func (b *builder) repr(s *model.Schema, at place) repr {
	if s == nil {
		return b.rawRepr()
	}
	t := s.Target()
	if t.Always != nil {
		return b.rawRepr()
	}
	if s.Represents != nil {
		return b.wired(s, at)
	}
	if t.Represents != nil {
		return b.wired(t, at)
	}
	if len(t.OneOf)+len(t.AnyOf)+len(t.AllOf) > 0 {
		b.diags.Warnf(t.Pos, "raw-fallback", "a combined schema is generated as raw JSON")
		return b.rawRepr()
	}
	if len(t.Types) != 1 {
		if len(t.Types) > 1 {
			b.diags.Warnf(t.Pos, "raw-fallback", "a schema of several types is generated as raw JSON")
		}
		if len(t.Types) == 0 && len(t.Properties) > 0 {
			return b.objectRepr(t, at)
		}
		return b.rawRepr()
	}
	switch t.Types[0] {
	case model.TypeObject:
		return b.objectRepr(t, at)
	case model.TypeArray:
		item := b.repr(t.Items, place{name: singular(at.name), owner: at.owner, input: at.input})
		return b.listOf(item, t.Items)
	case model.TypeBoolean:
		return scalarRepr(basic("bool"), "Bool")
	case model.TypeInteger:
		kind, base := "Int", "int"
		if t.Format == "int64" || wide(t) {
			kind, base = "Int64", "int64"
		}
		return b.namedScalar(t, at, base, kind)
	case model.TypeNumber:
		return scalarRepr(basic("float64"), "Float64")
	}
	return b.stringRepr(t, at)
}

// wide reports whether what an integer is compared with does not fit an int on every system.
func wide(t *model.Schema) bool {
	values := []string{string(t.Minimum), string(t.Maximum), string(t.ExclusiveMinimum), string(t.ExclusiveMaximum), string(t.MultipleOf), string(t.Const)}
	for _, v := range t.Enum {
		values = append(values, string(v.Value))
	}
	return slices.ContainsFunc(values, func(v string) bool {
		x, ok := new(big.Rat).SetString(v)
		return ok && (x.Cmp(big.NewRat(math.MaxInt32, 1)) > 0 || x.Cmp(big.NewRat(math.MinInt32, 1)) < 0)
	})
}

func scalarRepr(t TypeRef, kind string) repr {
	return repr{typ: t, form: scalar, codec: CodecField{Kind: kind, Sub: -1}}
}

func (b *builder) stringRepr(t *model.Schema, at place) repr {
	switch t.Format {
	case "date-time":
		return scalarRepr(TypeRef{Kind: Defined, Name: "Time", Pkg: "time"}, "Time")
	case "byte":
		return repr{typ: slice(basic("byte")), form: list, codec: CodecField{Kind: "Bytes", Sub: -1}}
	}
	return b.namedScalar(t, at, "string", "String")
}

// namedScalar is an enum, a component scalar (a type of its own), or the plain base type.
func (b *builder) namedScalar(t *model.Schema, at place, base, kind string) repr {
	if len(t.Enum) > 0 {
		if e := b.enum(t, at, base); e != nil {
			r := scalarRepr(defined(e.Name), kind)
			r.enum = e
			return r
		}
	}
	if name, ok := b.claimed[t]; ok && len(t.Enum) == 0 {
		n := b.named[t]
		if n == nil {
			n = &Named{Name: name, ID: t.ID(), Doc: b.text(t.Doc), Base: base}
			b.named[t] = n
			b.pkg.Named = append(b.pkg.Named, n)
			b.lock.pin(LockEntry{Kind: "type", ID: t.ID(), Name: name})
		}
		return scalarRepr(defined(n.Name), kind)
	}
	return scalarRepr(basic(base), kind)
}

func (b *builder) listOf(item repr, schema *model.Schema) repr {
	out := repr{typ: slice(item.typ), form: list, object: item.object, enum: item.enum, elem: schema, each: &item}
	if item.codec.Kind == "String" {
		out.codec = CodecField{Kind: "Strings", Sub: -1}
		return out
	}
	i := b.codecEntry(item)
	b.pkg.Codec.Types[i].Elem = true
	out.codec = CodecField{Kind: "Slice", Sub: i}
	return out
}

// codecEntry returns the table entry of a list item, map value or body.
func (b *builder) codecEntry(r repr) int {
	if r.form == object {
		return r.object.Codec
	}
	key := fmt.Sprint(r.typ, " ", r.codec.Kind, r.codec.Sub)
	if i, ok := b.codecs[key]; ok {
		return i
	}
	i := b.addCodec(&CodecType{Const: "t" + typeWord(r.typ), Type: r.typ, Field: r.codec})
	b.codecs[key] = i
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

// objectRepr is a struct, a map, or free-form JSON.
func (b *builder) objectRepr(t *model.Schema, at place) repr {
	if len(t.Properties) == 0 && !closed(t) {
		item := b.rawRepr()
		if t.Additional != nil && t.Additional.Always == nil {
			item = b.repr(t.Additional, place{name: at.name + "Value", owner: at.owner, input: at.input})
		}
		elem := item.typ
		i := b.codecEntry(item)
		b.pkg.Codec.Types[i].Value = true
		return repr{typ: TypeRef{Kind: Map, Elem: &elem}, form: list, codec: CodecField{Kind: "Map", Sub: i},
			object: item.object, enum: item.enum, elem: t.Additional, each: &item}
	}
	if t.Additional != nil && t.Additional.Always == nil && len(t.Properties) > 0 {
		b.diags.Warnf(t.Additional.Pos, "raw-fallback", "members beyond the properties are raw JSON: Unknown has them when presence is recorded, WithBodyMember sends them")
	}
	s := b.object(t, at)
	return repr{typ: defined(s.Name), form: object, codec: CodecField{Kind: "Object", Sub: s.Codec}, object: s}
}

// closed reports whether an object permits no members but its properties.
func closed(t *model.Schema) bool {
	return t.Additional != nil && t.Additional.Always != nil && !*t.Additional.Always
}

// object plans the struct of a schema once for each direction that needs one.
func (b *builder) object(t *model.Schema, at place) *Struct {
	side := b.reach[t]
	locked, published := b.lock.get("type", t.ID())
	split := published && locked.Note == string(Response) && side.request && side.response
	key := typeKey{t, split && at.input}
	if s, ok := b.structs[key]; ok {
		return s
	}
	s := &Struct{ID: t.ID(), Doc: b.text(t.Doc), Direction: Request, Presence: side.response, Schema: t}
	id := t.ID()
	switch {
	case key.input:
		id += "(input)"
		s.Name = b.derive("type", id, locked.Name+"Input", "Request", t.Pos)
		s.Presence = false
	case b.claimed[t] != "":
		s.Name = b.claimed[t]
	default:
		s.Name = b.derive("type", id, at.name, at.owner, t.Pos)
	}
	if !side.request && locked.Note != string(Request) || split && !key.input {
		s.Direction = Response
	}
	s.Validated = s.Direction == Request && side.request
	b.lock.pin(LockEntry{Kind: "type", ID: id, Name: s.Name, Note: string(s.Direction)})
	s.Codec = b.addCodec(&CodecType{Const: "t" + s.Name, Struct: s, Type: defined(s.Name), Field: CodecField{Kind: "Struct", Sub: -1}})
	b.structs[key] = s
	b.pkg.Structs = append(b.pkg.Structs, s)
	for i, name := range b.fieldNames(t.Properties) {
		s.Fields = append(s.Fields, b.field(s, t.Properties[i], name))
	}
	return s
}

// fieldNames names the fields of a struct.
func (b *builder) fieldNames(properties []*model.Property) []string {
	list := make([]member, len(properties))
	for i, p := range properties {
		list[i] = member{wire: p.Name, pinned: upperFirst(p.PinnedName), id: p.ID(), pos: p.Pos}
	}
	return b.members(scope{what: "field", kind: "field", fallback: "Field", reserved: reservedMethods, hint: "name one with x-pantograph.name"}, list)
}

// field plans one member of a struct.
func (b *builder) field(s *Struct, p *model.Property, name string) *Field {
	target := p.Schema.Target()
	f := &Field{Name: name, Wire: p.Name, Doc: b.fieldText(p.Schema, s.Validated), Required: p.Required, Secret: p.Schema.Secret || target.Secret}
	if s.Direction == Request && p.Required && constant(p.Schema) != nil {
		f.Name = ""
		f.Codec = CodecField{Kind: "Constant", Flags: []string{"Required"}, Sub: -1, Const: string(constant(p.Schema))}
		return f
	}
	r := b.repr(p.Schema, place{name: s.Name + name, owner: s.Name, input: s.Direction == Request})
	nullable := p.Schema.Nullable || target.Nullable
	b.hold(f, r, s.Direction, nullable, p.Schema.Tristate || target.Tristate)
	if r.form == object && f.Type.Kind == Defined && b.contains(r.object, s, map[*Struct]bool{}) {
		f.Type = pointer(f.Type) // a struct cannot hold itself
		f.Codec.Flags = append(f.Codec.Flags, "Pointer")
	}
	if f.Type.Kind == Pointer || f.Type.Kind == Opt && f.Type.Elem.Kind == Pointer {
		b.pkg.Codec.Types[r.codec.Sub].Elem = true
	}
	f.Checks = b.fieldChecks(s.Name+"."+p.Name, p.Schema, r, f, p.Source)
	return f
}

func constant(s *model.Schema) model.Value {
	for ; s != nil; s = s.Ref {
		if s.Const != nil {
			return s.Const
		}
	}
	return nil
}

// hold makes a representation required, optional or nullable in the way of its direction.
func (b *builder) hold(f *Field, r repr, d Direction, nullable, tristate bool) {
	f.Type, f.Codec = r.typ, r.codec
	f.Codec.Flags = nil
	flag := func(names ...string) { f.Codec.Flags = append(f.Codec.Flags, names...) }
	if f.Required {
		flag("Required")
	}
	if nullable {
		flag("Nullable")
	}
	if r.form == raw {
		return
	}
	switch {
	case d == Response && !tristate:
		if r.form == object && (!f.Required || nullable) {
			f.Type = pointer(r.typ)
			flag("Pointer")
		}
		if !f.Required {
			flag("OmitZero")
		}
	case r.form == object:
		switch {
		case nullable:
			f.Type = optional(pointer(r.typ))
			flag("Optional", "Pointer")
		case !f.Required:
			f.Type = pointer(r.typ)
			flag("Pointer")
		}
	case r.form == list:
		if nullable || tristate {
			f.Type = optional(r.typ)
			flag("Optional")
		} else if r.codec.Kind == "Wired" && !f.Required {
			flag("OmitZero") // nil is absent, as for lists on the wire
		}
	case !f.Required || nullable || tristate:
		f.Type = optional(r.typ)
		flag("Optional")
	}
	f.Optional = f.Type.Kind == Opt
}

// contains reports whether outer holds inner by value.
func (b *builder) contains(outer, inner *Struct, seen map[*Struct]bool) bool {
	if outer == inner {
		return true
	}
	if seen[outer] {
		return false
	}
	seen[outer] = true
	return slices.ContainsFunc(outer.Fields, func(f *Field) bool {
		if f.Type.Kind != Defined || f.Codec.Kind != "Object" {
			return false
		}
		next := b.pkg.Codec.Types[f.Codec.Sub].Struct
		return next != nil && b.contains(next, inner, seen)
	})
}
