package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// Inline codecs: instead of offsets, code that reads and writes each member by its name. The control flow around it is the
// runtime's; what is printed here is what only the package can say.

// inlineFuncs prints the code of a type.
func (e *emitter) inlineFuncs(f *jen.File, t *plan.CodecType) {
	if t.Inline {
		e.inlineStruct(f, t)
	} else if t.Root && e.p.Codec.Inline {
		e.inlineRoot(f, t)
	}
	if t.List {
		e.inlineList(f, t)
	}
	if t.Map {
		e.inlineMap(f, t)
	}
}

// inlineRoot prints the codec of a body that is no struct.
func (e *emitter) inlineRoot(f *jen.File, t *plan.CodecType) {
	word := t.Var[1:]
	value := jen.Id("bodyOf" + word).Values(jen.Id("v"))
	if t.Type.Kind != plan.Opt && (t.Field.Kind == "Slice" || t.Field.Kind == "Map") {
		value = jen.Parens(jen.Op("*").Id(e.adapter(t.Field))).Call(jen.Id("v"))
	}
	f.Func().Id("ref"+word).Params(jen.Id("v").Op("*").Add(jenx.Type(t.Type))).Qual(e.json(), "Ref").Add(e.inlineRef(t, value))
	f.Line()
	if t.Type.Kind == plan.Opt || t.Field.Kind != "Slice" && t.Field.Kind != "Map" {
		e.inlineBody(f, t)
	}
}

// inlineBody prints the codec of a body that is neither a struct nor a list or map of types with descriptions.
func (e *emitter) inlineBody(f *jen.File, t *plan.CodecType) {
	name := "bodyOf" + t.Var[1:]
	on := func(method string, takes []jen.Code, returns jen.Code) *jen.Statement {
		return f.Func().Params(jen.Id("v").Id(name)).Id(method).Params(takes...).Add(returns)
	}
	at := func() *jen.Statement { return jen.Parens(jen.Op("*").Id("v").Dot("at")) }
	f.Comment("// " + name + " is how the codec reaches a body that is " + article(t.Type.String()) + " " + t.Type.String() + ".")
	f.Type().Id(name).Add(oneLine("struct", jen.Id("at").Op("*").Add(jenx.Type(t.Type))))
	f.Line()
	on("ReadJSON", []jen.Code{e.decoder(), jen.Id("p").Int(), jen.Id("fl").Qual(e.json(), "Flags")}, jen.Int()).BlockFunc(func(g *jen.Group) {
		e.read(g, t.Field, t.Type, at())
	})
	f.Line()
	on("WriteJSON", []jen.Code{e.encoder(), jen.Id("b").Index().Byte()}, jen.Index().Byte()).BlockFunc(func(g *jen.Group) {
		e.write(g, t.Field, t.Type, at(), false)
		g.Return(jen.Id("b"))
	})
	f.Line()
	if t.Type.Kind == plan.Opt || t.Field.Kind != "Strings" {
		return
	}
	on("Len", nil, jen.Int()).Add(onOneLine(jen.Return(jen.Len(at()))))
	f.Line()
	on("ReadElement", []jen.Code{e.decoder(), jen.Id("p").Int()}, jen.Int()).BlockFunc(func(g *jen.Group) {
		g.Var().Id("x").Add(jenx.Type(*t.Type.Elem))
		e.readInto(g, plan.CodecField{Kind: "String", Sub: -1}, *t.Type.Elem, jen.Id("x"))
		g.Add(at()).Op("=").Append(at(), jen.Id("x"))
		g.Return(jen.Id("p"))
	})
	f.Line()
	on("WriteElement", []jen.Code{e.encoder(), jen.Id("b").Index().Byte(), jen.Id("i").Int()}, jen.Index().Byte()).BlockFunc(func(g *jen.Group) {
		e.write(g, plan.CodecField{Kind: "String", Sub: -1}, *t.Type.Elem, at().Index(jen.Id("i")), true)
		g.Return(jen.Id("b"))
	})
	f.Line()
}

// inlineStruct prints the codec of a struct.
func (e *emitter) inlineStruct(f *jen.File, t *plan.CodecType) {
	s, name := t.Struct, valueName(t)
	f.Comment("// " + name + " is how the codec reaches " + article(s.Name) + " " + s.Name + ".")
	f.Type().Id(name).Id(s.Name)
	f.Line()
	f.Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("ref").Params().Qual(e.json(), "Ref").Add(e.inlineRef(t, jen.Parens(jen.Op("*").Id(name)).Call(jen.Id("v"))))
	f.Line()
	e.valueMethod(f, name, "Composite", nil, jen.Qual(e.json(), "Composite")).Add(onOneLine(jen.Return(e.composite(t))))
	f.Line()
	composite := jen.Id("v").Dot("Composite").Call()
	word := "Struct"
	if s.Tuple {
		word = "Tuple"
	}
	e.reader(f, name).Block(
		jen.Op("*").Id("v").Op("=").Id(name).Values(),
		jen.Return(jen.Id("d").Dot(word).Call(jen.Id("p"), jen.Id("fl"), composite)))
	f.Line()
	e.writer(f, name).Add(onOneLine(jen.Return(jen.Id("e").Dot(word).Call(jen.Id("b"), composite))))
	f.Line()
	e.readMember(f, name, s)
	e.writeMembers(f, name, s)
	if t.ByValue {
		e.isZero(f, name, s)
	}
}

func (e *emitter) composite(t *plan.CodecType) *jen.Statement {
	return jen.Qual(e.json(), "Composite").ValuesFunc(func(g *jen.Group) {
		key := func(name string, v jen.Code) { g.Id(name).Op(":").Add(v) }
		key("Type", jen.Op("&").Id(t.Var))
		key("Members", jen.Id("v"))
		if t.Struct.Presence && !t.Struct.Tuple {
			key("Presence", jen.Op("&").Id("v").Dot("presence"))
		}
		if rest := t.Struct.Additional; rest != nil {
			at := jen.Op("&").Id("v").Dot(rest.Name)
			sub := e.p.Codec.Types[rest.Codec.Sub]
			if t.Struct.Tuple {
				key("Elements", jen.Parens(jen.Op("*").Id(listName(sub))).Call(at))
			} else {
				key("Entries", jen.Parens(jen.Op("*").Id(mapName(sub))).Call(at))
			}
		}
	})
}

// readMember prints how each field is read.
func (e *emitter) readMember(f *jen.File, name string, s *plan.Struct) {
	e.valueMethod(f, name, "ReadMember", []jen.Code{e.decoder(), jen.List(jen.Id("p"), jen.Id("i")).Int()}, jen.Int()).BlockFunc(func(g *jen.Group) {
		fields := codecFields(s)
		if slices.ContainsFunc(fields, func(f *plan.Field) bool { return f.Name != "" }) {
			g.Switch(jen.Id("i")).BlockFunc(func(g *jen.Group) {
				for i, fld := range fields {
					if fld.Name == "" {
						continue
					}
					g.Case(jen.Lit(i)).BlockFunc(func(g *jen.Group) {
						e.read(g, fld.Codec, fld.Type, jen.Id("v").Dot(fld.Name))
					})
				}
			})
		}
		g.Return(jen.Id("p"))
	})
	f.Line()
}

// writeMembers prints how the fields are written, one after the other.
func (e *emitter) writeMembers(f *jen.File, name string, s *plan.Struct) {
	e.valueMethod(f, name, "WriteMembers", []jen.Code{e.encoder(), jen.Id("b").Index().Byte()}, jen.Index().Byte()).BlockFunc(func(g *jen.Group) {
		fields := codecFields(s)
		if slices.ContainsFunc(fields, func(f *plan.Field) bool { return f.Name != "" }) {
			g.Var().Id("ok").Bool()
		}
		for _, fld := range fields {
			if fld.Name == "" {
				g.Id("b").Op("=").Id("e").Dot("Constant").Call(jen.Id("b"))
				continue
			}
			src := func() *jen.Statement { return jen.Id("v").Dot(fld.Name) }
			begin := func(method string, args ...jen.Code) *jen.Statement {
				return jen.List(jen.Id("b"), jen.Id("ok")).Op("=").Id("e").Dot(method).Call(append([]jen.Code{jen.Id("b")}, args...)...)
			}
			var head *jen.Statement
			switch {
			case fld.Type.Kind == plan.Opt:
				head = begin("Optional", src().Dot("IsSet").Call(), src().Dot("IsNull").Call())
			case nilable(fld.Codec):
				head = begin("Nilable", src().Op("==").Nil())
			default:
				head = begin("Member", e.zero(fld.Codec, fld.Type, src()))
			}
			g.If(head, jen.Id("ok")).BlockFunc(func(g *jen.Group) {
				if fld.Type.Kind == plan.Opt {
					g.List(jen.Id("x"), jen.Id("_")).Op(":=").Add(src()).Dot("Get").Call()
					e.write(g, fld.Codec.Without("Optional"), *fld.Type.Elem, jen.Id("x"), true)
				} else {
					e.write(g, fld.Codec, fld.Type, src(), true)
				}
			})
		}
		g.Return(jen.Id("b"))
	})
	f.Line()
}

// isZero prints whether a struct that others hold by value has nothing but zeros.
func (e *emitter) isZero(f *jen.File, name string, s *plan.Struct) {
	e.valueMethod(f, name, "IsZero", nil, jen.Bool()).BlockFunc(func(g *jen.Group) {
		all := jen.Null()
		and := func(c *jen.Statement) {
			if len(*all) > 1 {
				all.Op("&&")
			}
			all.Add(c)
		}
		for _, fld := range codecFields(s) {
			src := jen.Id("v").Dot(fld.Name)
			switch {
			case fld.Name == "":
			case fld.Type.Kind == plan.Opt:
				and(src.Dot("IsAbsent").Call())
			case nilable(fld.Codec):
				and(src.Op("==").Nil())
			default:
				and(e.zero(fld.Codec, fld.Type, src))
			}
		}
		if s.Additional != nil {
			and(jen.Id("v").Dot(s.Additional.Name).Op("==").Nil())
		}
		if s.Presence && !s.Tuple {
			and(jen.Op("!").Id("v").Dot("presence").Dot("There").Call())
		}
		if len(*all) == 1 {
			all.True()
		}
		g.Return(all)
	})
	f.Line()
}

// inlineList prints the codec of the lists of a type.
func (e *emitter) inlineList(f *jen.File, t *plan.CodecType) {
	name := listName(t)
	f.Comment("// " + name + " is how the codec reaches a list of " + t.Type.String() + ".")
	f.Type().Id(name).Index().Add(jenx.Type(t.Type))
	f.Line()
	e.reader(f, name).Block(
		jen.If(jen.Op("*").Id("v").Op("=").Nil(), jen.Id("d").Dot("Begins").Call(jen.Id("p"), jen.LitRune('['))).Block(
			jen.Op("*").Id("v").Op("=").Id(name).Values()),
		jen.Return(jen.Id("d").Dot("List").Call(jen.Id("p"), jen.Id("fl"), jen.Id("v"))))
	f.Line()
	e.writer(f, name).Add(onOneLine(jen.Return(jen.Id("e").Dot("List").Call(jen.Id("b"), jen.Id("v")))))
	f.Line()
	e.valueMethod(f, name, "Len", nil, jen.Int()).Add(onOneLine(jen.Return(jen.Len(jen.Op("*").Id("v")))))
	f.Line()
	list, n := func() *jen.Statement { return jen.Op("*").Id("v") }, func() *jen.Statement { return jen.Len(jen.Op("*").Id("v")) }
	e.valueMethod(f, name, "ReadElement", []jen.Code{e.decoder(), jen.Id("p").Int()}, jen.Int()).BlockFunc(func(g *jen.Group) {
		g.Id("n").Op(":=").Add(n())
		g.If(jen.Id("n").Op("==").Cap(list())).Block(
			list().Op("=").Append(jen.Make(jen.Id(name), jen.Lit(0), jen.Id("d").Dot("Room").Call(jen.Id("n"))), list().Op("..."))) // room for one at least
		g.Add(list()).Op("=").Parens(list()).Index(jen.Op(":").Id("n").Op("+").Lit(1))
		e.read(g, t.Element(), t.Type, jen.Parens(list()).Index(jen.Id("n")))
	})
	f.Line()
	e.valueMethod(f, name, "WriteElement", []jen.Code{e.encoder(), jen.Id("b").Index().Byte(), jen.Id("i").Int()}, jen.Index().Byte()).BlockFunc(func(g *jen.Group) {
		e.write(g, t.Element(), t.Type, jen.Parens(list()).Index(jen.Id("i")), false)
		g.Return(jen.Id("b"))
	})
	f.Line()
}

// inlineMap prints the codec of the maps of a type.
func (e *emitter) inlineMap(f *jen.File, t *plan.CodecType) {
	name := mapName(t)
	f.Comment("// " + name + " is how the codec reaches a map of " + t.Type.String() + ".")
	f.Type().Id(name).Map(jen.String()).Add(jenx.Type(t.Type))
	f.Line()
	e.reader(f, name).Block(
		jen.If(jen.Op("*").Id("v").Op("=").Nil(), jen.Id("d").Dot("Begins").Call(jen.Id("p"), jen.LitRune('{'))).Block(
			jen.Op("*").Id("v").Op("=").Id(name).Values()),
		jen.Return(jen.Id("d").Dot("Map").Call(jen.Id("p"), jen.Id("fl"), jen.Id("v"))))
	f.Line()
	e.writer(f, name).Add(onOneLine(jen.Return(jen.Id("e").Dot("Map").Call(jen.Id("b"), jen.Id("v")))))
	f.Line()
	m := func() *jen.Statement { return jen.Op("*").Id("v") }
	e.valueMethod(f, name, "Keys", nil, jen.Index().String()).Add(onOneLine(jen.Return(
		jen.Qual(e.json(), "Names").Call(m()))))
	f.Line()
	e.valueMethod(f, name, "ReadEntry", []jen.Code{e.decoder(), jen.Id("p").Int(), jen.Id("key").String()}, jen.Int()).BlockFunc(func(g *jen.Group) {
		g.Var().Id("x").Add(jenx.Type(t.Type))
		e.readInto(g, t.Element(), t.Type, jen.Id("x"))
		g.If(m().Op("==").Nil()).Block(m().Op("=").Id(name).Values())
		g.Parens(m()).Index(jen.Id("key")).Op("=").Id("x")
		g.Return(jen.Id("p"))
	})
	f.Line()
	e.valueMethod(f, name, "WriteEntry", []jen.Code{e.encoder(), jen.Id("b").Index().Byte(), jen.Id("key").String()}, jen.Index().Byte()).BlockFunc(func(g *jen.Group) {
		g.Id("x").Op(":=").Parens(m()).Index(jen.Id("key"))
		e.write(g, t.Element(), t.Type, jen.Id("x"), false)
		g.Return(jen.Id("b"))
	})
	f.Line()
}
