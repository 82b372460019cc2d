package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// codec prints what describes every type on the wire, the references to values, and the assertions that
// descriptions and structs agree. It is the one file of the package that uses unsafe.
func (e *emitter) codec(f *jen.File) {
	c := &e.p.Codec
	if len(c.Types) == 0 {
		return
	}
	if c.Inline {
		f.Comment("// What the codec knows of every type on the wire, and how each member is read and written.")
	} else {
		f.Comment("// What the codec knows of every type on the wire. Offsets are taken from the structs, and the functions")
		f.Comment("// without a name fail to compile when a field's type no longer fits its description.")
	}
	f.Line()
	for _, t := range c.Types {
		f.Var().Id(t.Var).Op("=").Qual(e.json(), "Type").Add(e.codecType(t))
		f.Line()
		e.link(f, t.Var, t.Linked)
		e.codecFuncs(f, t)
	}
	for _, u := range c.Unions {
		f.Var().Id(u.Var).Op("=").Qual(e.json(), "Type").Add(e.unionEntry(u))
		f.Line()
		e.link(f, u.Var, u.Linked)
		if !c.Inline {
			e.unionFuncs(f, u)
		}
		if u.Inline {
			e.inlineUnion(f, u)
		}
	}
	for _, t := range c.Texts {
		f.Var().Id(t.Var).Op("=").Qual(e.json(), "Type").Add(e.textEntry(t))
		f.Line()
	}
	for _, w := range c.Wires {
		f.Var().Id(w.Var).Op("=").Qual(e.json(), "Type").Values(
			jen.Id("Kind").Op(":").Add(e.kind("Wired")), jen.Id("Wire").Op(":").Op("&").Qual(e.json(), "Wire").Add(e.wire(w)))
		f.Line()
	}
}

// link prints the type that leads to a description from within its own circle.
func (e *emitter) link(f *jen.File, name string, linked bool) {
	if !linked {
		return
	}
	f.Comment("// " + linkName(name) + " is the way to " + name + " from what it consists of.")
	f.Type().Id(linkName(name)).Struct()
	f.Line()
	f.Func().Params(jen.Op("*").Id(linkName(name))).Id("Type").Params().Op("*").Qual(e.json(), "Type").Add(onOneLine(jen.Return(jen.Op("&").Id(name))))
	f.Line()
}

func linkName(name string) string { return "link" + strings.ToUpper(name[:1]) + name[1:] }

// described is the description with the name, over its link or not.
func (e *emitter) described(name string, link bool) *jen.Statement {
	if link {
		return jen.Op("&").Qual(e.json(), "Type").Values(jen.Id("Link").Op(":").Parens(jen.Op("*").Id(linkName(name))).Call(jen.Nil()))
	}
	return jen.Op("&").Id(name)
}

// textEntry describes a type that writes itself as text. A url.URL has no methods for it; the runtime has.
func (e *emitter) textEntry(t *plan.TextType) *jen.Statement {
	of := func(name string) *jen.Statement { return jen.Qual(e.json(), name).Index(jenx.Type(t.Type)) }
	write, read := of("AppendText"), of("ParseText")
	if t.Type.Pkg == "net/url" {
		write, read = jen.Qual(e.json(), "AppendURL"), jen.Qual(e.json(), "ParseURL")
	}
	text := multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		key("Name", jenx.Lit(t.Type.String()))
		if t.Number {
			key("Number", jen.True())
		}
		if e.p.Codec.Inline {
			return
		}
		key("Size", jen.Qual("unsafe", "Sizeof").Call(jenx.Type(t.Type).Values()))
		key("Append", write)
		key("Parse", read)
		key("IsZero", of("ZeroText"))
	})
	return jen.Values(jen.Id("Kind").Op(":").Add(e.kind("Marshaled")), jen.Id("Text").Op(":").Op("&").Qual(e.json(), "Text").Add(text))
}

func (e *emitter) kind(name string) *jen.Statement { return jen.Qual(e.json(), name) }

func (e *emitter) flags(names []string) *jen.Statement {
	s := e.kind(names[0])
	for _, n := range names[1:] {
		s = s.Op("|").Add(e.kind(n))
	}
	return s
}

func (e *emitter) codecType(t *plan.CodecType) *jen.Statement {
	return multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		key("Name", jenx.Lit(t.Type.String()))
		key("Kind", e.kind(t.Field.Kind))
		if t.Field.Sub >= 0 && t.Struct == nil {
			key("Sub", e.sub(t.Field, t.Circle))
		}
		var flags []string
		if t.Struct != nil && t.Struct.Presence {
			flags = append(flags, "HasPresence")
		}
		if t.Struct != nil && t.Struct.Additional != nil {
			key("Sub", e.typeAt(t.Struct.Additional.Codec.Sub, t.Circle))
			flags = append(flags, "HasAdditional")
		}
		if flags = append(flags, t.Field.Flags...); len(flags) > 0 {
			key("Flags", e.flags(flags))
		}
		if !e.p.Codec.Inline {
			e.memory(key, t)
		}
		if t.Struct == nil {
			return
		}
		if rest := t.Struct.Additional; rest != nil && !t.Inline {
			key("Additional", jen.Qual("unsafe", "Offsetof").Call(jen.Id(t.Struct.Name).Values().Dot(rest.Name)))
		}
		var keys []string
		key("Fields", jen.Index().Qual(e.json(), "Field").Add(multi(func(add func(jen.Code)) {
			for _, fld := range t.Struct.Fields {
				if fld.File != "" {
					continue
				}
				keys = append(keys, jsonKey(fld.Wire))
				add(e.codecField(t, fld))
			}
		})))
		if t.Struct.Tuple {
			return
		}
		key("Index", jen.Index().Uint16().ValuesFunc(func(g *jen.Group) {
			for _, i := range json.Index(keys) {
				g.Lit(int(i))
			}
		}))
		if t.Struct.Presence && !t.Inline {
			key("Presence", jen.Qual("unsafe", "Offsetof").Call(jen.Id(t.Struct.Name).Values().Dot("presence")))
		}
	})
}

// memory says how values of a type lie in memory, and in lists and maps.
func (e *emitter) memory(key func(string, jen.Code), t *plan.CodecType) {
	zero := jenx.Type(t.Type).Values()
	if t.Struct == nil {
		zero = jen.Op("*").New(jenx.Type(t.Type))
	}
	key("Size", jen.Qual("unsafe", "Sizeof").Call(zero))
	if t.Elem || t.Value {
		key("Slice", jen.Parens(jen.Op("*").Index().Add(jenx.Type(t.Type))).Call(jen.Nil()))
	}
	if t.Value {
		key("Store", jen.Id("store"+t.Var[1:]))
		key("Range", jen.Id("range"+t.Var[1:]))
	}
	if t.Inline {
		key("Value", jen.Id("valueOf"+t.Var[1:]))
	}
}

// sub is what describes the values of a member or element of a type of the circle.
func (e *emitter) sub(f plan.CodecField, circle int) *jen.Statement {
	switch f.Kind {
	case "Wired":
		return jen.Op("&").Id(e.p.Codec.Wires[f.Sub].Var)
	case "Marshaled":
		return jen.Op("&").Id(e.p.Codec.Texts[f.Sub].Var)
	case "Interface":
		u := e.p.Codec.Unions[f.Sub]
		return e.described(u.Var, u.Linked && u.Circle == circle)
	}
	return e.typeAt(f.Sub, circle)
}

func (e *emitter) typeAt(i, circle int) *jen.Statement {
	t := e.p.Codec.Types[i]
	return e.described(t.Var, t.Linked && t.Circle == circle)
}

func (e *emitter) codecField(t *plan.CodecType, f *plan.Field) *jen.Statement {
	s := t.Struct
	return jen.ValuesFunc(func(g *jen.Group) {
		if !s.Tuple {
			g.Id("Key").Op(":").Add(jenx.Lit(jsonKey(f.Wire)))
		}
		if f.Name != "" && !t.Inline {
			g.Id("Off").Op(":").Qual("unsafe", "Offsetof").Call(jen.Id(s.Name).Values().Dot(f.Name))
		}
		g.Id("Kind").Op(":").Add(e.kind(f.Codec.Kind))
		if len(f.Codec.Flags) > 0 {
			g.Id("Flags").Op(":").Add(e.flags(f.Codec.Flags))
		}
		if f.Codec.Sub >= 0 {
			g.Id("Sub").Op(":").Add(e.sub(f.Codec, t.Circle))
		}
		if text := f.Const(s.Guessed); text != "" {
			g.Id("Const").Op(":").Add(jenx.Lit(text))
		}
	})
}

func (e *emitter) wire(w *plan.Wire) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("Kind").Op(":").Add(e.kind(w.Kind))
		if w.Kind == "WireBool" {
			g.Id("True").Op(":").Add(jenx.Lit(w.True))
			g.Id("False").Op(":").Add(jenx.Lit(w.False))
		}
		if w.Kind == "WireList" {
			g.Id("Separator").Op(":").Add(jenx.Lit(w.Separator))
			g.Id("Elem").Op(":").Add(e.kind(w.Elem))
		}
		if len(w.Layouts) > 0 {
			g.Id("Layouts").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, l := range w.Layouts {
					g.Add(jenx.Lit(l))
				}
			})
		}
	})
}

// codecFuncs prints what the codec needs from each type: references, the
// assertion of the field types.
func (e *emitter) codecFuncs(f *jen.File, t *plan.CodecType) {
	typ := func() *jen.Statement { return jenx.Type(t.Type) }
	ref := jen.Return(jen.Qual(e.json(), "At").Call(jen.Op("&").Id(t.Var), unsafePointer(jen.Id("v"))))
	word := t.Var[1:]
	e.inlineFuncs(f, t)
	if e.p.Codec.Inline {
		return
	}
	switch {
	case t.Inline:
		f.Func().Id("valueOf"+word).Params(jen.Id("v").Add(address())).Qual(e.json(), "Value").Add(onOneLine(jen.Return(pointerTo(jen.Id(valueName(t)), jen.Id("v")))))
		f.Line()
	case t.Struct != nil:
		f.Func().Params(jen.Id("v").Op("*").Add(typ())).Id("ref").Params().Qual(e.json(), "Ref").Add(onOneLine(ref))
		f.Line()
	case t.Root:
		f.Func().Id("ref"+word).Params(jen.Id("v").Op("*").Add(typ())).Qual(e.json(), "Ref").Add(onOneLine(ref))
		f.Line()
	}
	if t.Value {
		e.mapFuncs(f, word, typ)
	}
	if t.Struct != nil && !t.Inline {
		e.assertion(f, t.Struct)
	}
}

func (e *emitter) mapFuncs(f *jen.File, word string, typ func() *jen.Statement) {
	m := func() *jen.Statement { return pointerTo(jen.Map(jen.String()).Add(typ()), jen.Id("m")) }
	f.Func().Id("store"+word).Params(jen.Id("m").Add(address()), jen.Id("key").String(), jen.Id("v").Add(address())).Block(
		jen.Id("p").Op(":=").Add(m()),
		jen.If(jen.Op("*").Id("p").Op("==").Nil()).Block(jen.Op("*").Id("p").Op("=").Make(jen.Map(jen.String()).Add(typ()))),
		jen.If(jen.Id("v").Op("!=").Nil()).Block(
			jen.Parens(jen.Op("*").Id("p")).Index(jen.Id("key")).Op("=").Op("*").Add(pointerTo(typ(), jen.Id("v")))))
	f.Line()
	f.Func().Id("range"+word).Params(jen.Id("m").Add(address()), jen.Id("yield").Func().Params(jen.String(), address()).Bool()).Block(
		jen.For(jen.List(jen.Id("_"), jen.Id("key")).Op(":=").Range().Qual(e.json(), "Names").Call(jen.Op("*").Add(m()))).Block(
			jen.Id("v").Op(":=").Parens(jen.Op("*").Add(m())).Index(jen.Id("key")),
			jen.If(jen.Op("!").Id("yield").Call(jen.Id("key"), addressOf(jen.Op("&").Id("v")))).Block(jen.Return())))
	f.Line()
}

// address is the type that the codec has for where a value lies.
func address() *jen.Statement { return jen.Op("*").Byte() }

// addressOf is a pointer as an address.
func addressOf(pointer jen.Code) *jen.Statement {
	return jen.Parens(address()).Call(unsafePointer(pointer))
}

// pointerTo is an address as a pointer to a type.
func pointerTo(t, address jen.Code) *jen.Statement {
	return jen.Parens(jen.Op("*").Add(t)).Call(unsafePointer(address))
}

func unsafePointer(v jen.Code) *jen.Statement { return jen.Qual("unsafe", "Pointer").Call(v) }

// assertion prints a function without code that compiles only while each field has the type its
// description was made for.
func (e *emitter) assertion(f *jen.File, s *plan.Struct) {
	groups := map[string][]*plan.Field{}
	var order []string
	for _, fld := range s.All() {
		if fld.Name == "" {
			continue
		}
		key := fld.Type.String()
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], fld)
	}
	if len(order) == 0 {
		return
	}
	f.Func().Id("_").Params(jen.Id("v").Op("*").Id(s.Name)).BlockFunc(func(g *jen.Group) {
		for _, key := range order {
			g.Id("_").Op("=").Index().Op("*").Add(jenx.Type(groups[key][0].Type)).ValuesFunc(func(g *jen.Group) {
				for _, fld := range groups[key] {
					g.Op("&").Id("v").Dot(fld.Name)
				}
			})
		}
	})
	f.Line()
}

// jsonKey is the name of a member as the codec has it.
func jsonKey(wire string) string { return json.Key(wire) }
