package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// typeKey names a type: the schema it is made of; whether it is the plain object of one that is a union as a type;
// and whether it is the view of requests, where that is a type of its own.
type typeKey struct {
	schema *model.Schema
	base   bool
	input  bool
	parts  bool // a multipart body with files
}

func keyOf(sh *shape.Shape) typeKey { return typeKey{schema: sh.Node, base: sh.Self} }

// id is the key in the lock.
func (k typeKey) id() string {
	id := k.schema.ID()
	if k.base {
		id += "(base)"
	}
	if k.input {
		id += "(input)"
	}
	if k.parts {
		id += "(parts)"
	}
	return id
}

// typeNames names a type and what lies in it. Both are the same, but for the view of requests.
type typeNames struct{ name, place string }

// nameType names the type of a key. What a union's plain object is called follows the union.
func (b *builder) nameType(k typeKey, at place) typeNames {
	plain := k
	plain.input = false
	place, ok := b.typeNames[plain]
	if !ok {
		switch {
		case !k.base && b.claimed[k.schema] != "":
			place = b.claimed[k.schema]
		case k.base:
			union := b.places[k.schema]
			if k.schema.Name != "" {
				union = b.typeName(k.schema)
			}
			place = b.derive("type", plain.id(), union+"Base", at.owner, k.schema.Pos)
		default:
			place = b.deriveAs("type", plain.id(), at.want(), k.schema.Pos)
		}
		b.typeNames[plain] = place
	}
	if !k.input {
		return typeNames{place, place}
	}
	name, ok := b.typeNames[k]
	if !ok {
		name = b.derive("type", k.id(), place+"Input", "Request", k.schema.Pos)
		b.typeNames[k] = name
	}
	return typeNames{name, place}
}

// direction is the direction of a type, and whether it is decoded and checked.
func (b *builder) direction(k typeKey) (d Direction, side reached) {
	side = b.reach[typeKey{schema: k.schema, base: k.base}]
	switch locked, _ := b.lock.get("type", typeKey{schema: k.schema, base: k.base}.id()); {
	case k.input:
		return Request, reached{request: true}
	case b.splits(k):
		return Response, reached{response: true}
	case !side.request && locked.Note != string(Request):
		return Response, side
	}
	return Request, side
}

// splits reports whether requests have a view of their own: where the views differ, and where a published
// response type is used by a request as well.
func (b *builder) splits(k typeKey) bool {
	k.input = false
	side := b.reach[k]
	if !side.request || !side.response {
		return false
	}
	locked, published := b.lock.get("type", k.id())
	return b.differs[k] || published && locked.Note == string(Response)
}

// object plans the struct of an object or tuple, once for each view.
func (b *builder) object(sh *shape.Shape, at place) *Struct {
	key := keyOf(sh)
	at = b.meet(key, at)
	key.input = at.input && b.splits(key)
	if s, ok := b.structs[key]; ok {
		return s
	}
	names := b.nameType(key, at)
	direction, side := b.direction(key)
	s := &Struct{ID: sh.Node.ID(), Name: names.name, Doc: b.typeText(sh.Node), Direction: direction, Schema: sh.Node, Tuple: sh.Kind == shape.Tuple, place: names.place}
	s.Presence = side.response && !s.Tuple
	s.Validated = direction == Request && side.request
	b.lock.pin(LockEntry{Kind: "type", ID: key.id(), Name: s.Name, Note: string(s.Direction)})
	kind := "Struct"
	if s.Tuple {
		kind = "Tuple"
	}
	s.Codec = b.addCodec(&CodecType{Var: "t" + s.Name, Struct: s, Type: defined(s.Name), Field: CodecField{Kind: kind, Sub: -1}})
	b.structs[key] = s
	b.pkg.Structs = append(b.pkg.Structs, s)
	defer b.inType()()
	if s.Tuple {
		b.items(s, sh)
		b.ownChecks(s, sh)
		return s
	}
	members := slices.DeleteFunc(slices.Clone(sh.Members), func(m *shape.Member) bool { return !visible(m, side) })
	members = append(members, b.discriminators(typeKey{schema: key.schema, base: key.base}, sh)...)
	rest := sh.Additional != nil && !(sh.Additional.Always != nil && !*sh.Additional.Always)
	for i, name := range b.fieldNames(key, members, rest) {
		s.Fields = append(s.Fields, b.field(key, s, members[i], name))
	}
	if rest {
		b.additional(s, sh.Additional)
	}
	b.ownChecks(s, sh)
	return s
}

// secret reports whether a value is a secret, as a whole or in a form that it can have.
func (b *builder) secret(s *model.Schema) bool {
	return isSecret(s) || slices.ContainsFunc(b.shapes.Of(s).Variants, func(v *shape.Variant) bool { return v.Kind != shape.Object && isSecret(v.Node) })
}

// visible reports whether a view has a member: requests have none that are read-only, responses none that
// are write-only.
func visible(m *shape.Member, side reached) bool {
	readOnly, writeOnly := views(m)
	return !(readOnly && !side.response) && !(writeOnly && !side.request)
}

func views(m *shape.Member) (readOnly, writeOnly bool) {
	readOnly = anyOf(m.Schema, func(p *model.Schema) bool { return p.ReadOnly })
	writeOnly = anyOf(m.Schema, func(p *model.Schema) bool { return p.WriteOnly })
	return readOnly && !writeOnly && !m.Withheld, writeOnly && !readOnly
}

// fieldNames names the fields of a struct. One for further members has the name Additional.
func (b *builder) fieldNames(k typeKey, members []*shape.Member, rest bool) []string {
	list := make([]member, len(members))
	for i, m := range members {
		list[i] = member{wire: m.Name, pinned: upperFirst(m.PinnedName), id: fieldID(k, m), pos: m.Pos}
	}
	reserved := reservedMethods
	if rest {
		reserved = map[string]bool{additionalName: true}
		for name := range reservedMethods {
			reserved[name] = true
		}
	}
	return b.members(scope{what: "field", kind: "field", fallback: "Field", reserved: reserved, hint: "name one with x-pantograph.name"}, list)
}

const additionalName = "Additional"

// fieldID is the id of a field in the lock: its own, or that of the type and its name where another component
// declares it.
func fieldID(k typeKey, m *shape.Member) string {
	if m.In == k.schema && strings.HasPrefix(m.Pos.Pointer, k.schema.Pointer+"/") {
		return m.ID()
	}
	return k.schema.ID() + "/properties/" + model.PointerToken(m.Name)
}

// field plans one member of a struct.
func (b *builder) field(k typeKey, s *Struct, m *shape.Member, name string) *Field {
	f := &Field{Name: name, Wire: m.Name, Doc: b.fieldText(m.Schema, s.Validated), Required: m.Required, Secret: b.secret(m.Schema)}
	if m.Withheld && s.Direction == Request {
		f.Required = false
	}
	f.only = b.constant(m.Schema)
	f.hint = hint(b.shapes.Constants(m.Schema))
	if value := b.written(k, m, f.only); s.Direction == Request && value != nil {
		f.Name = ""
		f.Codec = CodecField{Kind: "Constant", Sub: -1, Const: string(value)}
		if m.Required {
			f.Codec.Flags = []string{"Required"}
		}
		return f
	}
	if k := (typeKey{schema: k.schema, base: k.base}); s.Direction == Request && b.tells[memberKey{k, m.Name}] {
		f.Doc.Facts = append(f.Doc.Facts, "It says which variant this is, and is sent where it is set.")
	}
	at := place{name: s.place + name, owner: s.place, input: s.Direction == Request}
	if owner := b.ownerOf(s, m.In); owner != s.place { // what a component declares is named after it, whoever inherits it
		at.owner = owner
		at.name = owner + b.wordOf(scope{fallback: "Field"}, member{wire: m.Name, base: upperFirst(m.PinnedName)})
	}
	b.value(f, s, m.Schema, at)
	if s.Validated {
		f.Checks = b.fieldChecks(s.Name+"."+m.Name, m.Schema, b.repr(m.Schema, at), f, m.Source)
		if m.Depends && len(b.opt.Rules) == 0 { // the condition asks for the rest, but for rules in a language of their own
			f.Checks = slices.DeleteFunc(f.Checks, func(c *Check) bool { return c.Op != CheckPresent })
		}
	}
	return f
}

// hint is what the codec is told of the values that a document knows: the only one, or a list of a few scalars.
func hint(values []model.Value) model.Value {
	const few = 32
	if len(values) == 1 {
		return values[0]
	}
	if len(values) > few || slices.ContainsFunc(values, func(v model.Value) bool { return len(v) == 0 || v[0] == '{' || v[0] == '[' }) {
		return nil
	}
	var list []byte
	for _, v := range values {
		list = append(append(list, ','), v...)
	}
	if list == nil {
		return nil
	}
	list[0] = '['
	return append(list, ']')
}

// written is the value that requests always carry in a member: the only one it can have, where it must be there,
// or the one by which unions know the type.
func (b *builder) written(k typeKey, m *shape.Member, only model.Value) model.Value {
	if m.Withheld {
		return nil
	}
	if m.Required && only != nil {
		return only
	}
	k.input = false
	if value := b.keys[memberKey{k, m.Name}]; value != nil && (only == nil || string(only) == string(value)) && b.holds(m.Schema, value) {
		return value
	}
	return nil
}

// holds reports whether a member is of the type of a value.
func (b *builder) holds(s *model.Schema, value model.Value) bool {
	_, text := value.Text()
	kind := b.shapes.Of(s).Kind
	return text == (kind == shape.String) && (kind == shape.String || kind == shape.Integer || kind == shape.Number || kind == shape.Boolean)
}

// ownerOf is what the types in a member are named after: the component or the union that declares it, or the
// struct.
func (b *builder) ownerOf(s *Struct, in *model.Schema) string {
	if in == s.Schema {
		return s.place
	}
	if in.Name != "" {
		return b.typeName(in)
	}
	if place, ok := b.places[in]; ok {
		return place
	}
	return s.place
}

// value plans how a field holds the values of a schema.
func (b *builder) value(f *Field, s *Struct, schema *model.Schema, at place) {
	r := b.repr(schema, at)
	b.hold(f, r, s.Direction, b.shapes.Of(schema).Nullable, anyOf(schema, func(p *model.Schema) bool { return p.Tristate }))
	if r.form == object && f.Type.Kind == Defined && b.contains(r.object, s, map[*Struct]bool{}) {
		f.Type = pointer(f.Type) // a struct cannot hold itself
		f.Codec.Flags = append(f.Codec.Flags, "Pointer")
	}
	if f.Type.Kind == Pointer || f.Type.Kind == Opt && f.Type.Elem.Kind == Pointer {
		b.pkg.Codec.Types[r.codec.Sub].Elem = true
	}
}

// items plans the elements of a tuple.
func (b *builder) items(s *Struct, sh *shape.Shape) {
	for i, schema := range sh.Prefix {
		name := "Item" + strconv.Itoa(i+1)
		f := &Field{Name: name, Doc: b.fieldText(schema, s.Validated), Required: i < sh.Least, Secret: isSecret(schema)}
		at := place{name: s.place + name, owner: s.place, input: s.Direction == Request}
		b.value(f, s, schema, at)
		f.Codec.Flags = slices.DeleteFunc(f.Codec.Flags, func(flag string) bool { return flag == "OmitZero" }) // its place says which it is
		if s.Validated {
			f.Checks = b.valueChecks(s.Name+"["+strconv.Itoa(i)+"]", schema, b.repr(schema, at), f.Secret)
		}
		s.Fields = append(s.Fields, f)
	}
	if sh.Ends {
		return
	}
	r := b.item(sh.Items, place{name: s.place + "Item", owner: s.place, input: s.Direction == Request})
	i := b.codecEntry(r)
	b.pkg.Codec.Types[i].Elem = true
	s.Additional = &Field{Name: "Rest", Doc: Text{Body: "What follows."}, Type: slice(r.typ), Codec: CodecField{Kind: "Slice", Sub: i}}
	s.Additional.Checks = b.restChecks(s, sh.Items, r)
}

// additional plans the field of the members that have no field of their own.
func (b *builder) additional(s *Struct, schema *model.Schema) {
	r := b.item(schema, place{name: s.place + additionalName, owner: s.place, input: s.Direction == Request})
	f := &Field{Name: additionalName, Doc: b.fieldText(schema, false), Type: mapOf(r.typ), Codec: CodecField{Kind: "Map", Sub: b.valueEntry(r)}, Secret: isSecret(schema)}
	if f.Doc.Body == "" && f.Doc.Summary == "" {
		f.Doc.Body = "All further members, by name."
	}
	s.Additional = f
	f.Checks = b.restChecks(s, schema, r)
}

// restChecks are the checks of every further member or element.
func (b *builder) restChecks(s *Struct, schema *model.Schema, r repr) []*Check {
	if !s.Validated {
		return nil
	}
	checks := b.valueChecks(s.Name+"[]", schema, r, isSecret(schema))
	if len(checks) == 0 {
		return nil
	}
	return []*Check{{Op: CheckItems, Items: checks}}
}

// hold makes a representation required, optional or nullable in the way of its direction.
func (b *builder) hold(f *Field, r repr, d Direction, nullable, tristate bool) {
	f.Type, f.Codec, f.repr = r.typ, r.codec, r
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
	case r.form == list || r.form == iface:
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
