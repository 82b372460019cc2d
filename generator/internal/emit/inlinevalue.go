package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// basics are the Go types of the kinds that the runtime reads into a pointer and writes from a value.
var basics = map[string]plan.TypeRef{
	"String": {Kind: plan.Basic, Name: "string"}, "Decimal": {Kind: plan.Basic, Name: "string"}, "Bool": {Kind: plan.Basic, Name: "bool"},
	"Int": {Kind: plan.Basic, Name: "int"}, "Int32": {Kind: plan.Basic, Name: "int32"}, "Int64": {Kind: plan.Basic, Name: "int64"},
	"Uint32": {Kind: plan.Basic, Name: "uint32"}, "Uint64": {Kind: plan.Basic, Name: "uint64"},
	"Float32": {Kind: plan.Basic, Name: "float32"}, "Float64": {Kind: plan.Basic, Name: "float64"},
	"Time":  {Kind: plan.Defined, Name: "Time", Pkg: "time"},
	"Bytes": {Kind: plan.Slice, Elem: &plan.TypeRef{Kind: plan.Basic, Name: "byte"}}, "Any": {Kind: plan.Slice, Elem: &plan.TypeRef{Kind: plan.Basic, Name: "byte"}},
	"Strings": {Kind: plan.Slice, Elem: &plan.TypeRef{Kind: plan.Basic, Name: "string"}},
}

// wireBasics are those of the values that have another form in JSON.
var wireBasics = map[string]plan.TypeRef{
	"WireBool": basics["Bool"], "WireInt": basics["Int"], "WireInt64": basics["Int64"], "WireUint64": basics["Uint64"], "WireFloat": basics["Float64"],
	"WireTime": basics["Time"], "WireBase64URL": basics["Bytes"], "WireBase16": basics["Bytes"],
}

// basicOf is the Go type that the runtime knows for the values of a member.
func (e *emitter) basicOf(c plan.CodecField) plan.TypeRef {
	if c.Kind != "Wired" {
		return basics[c.Kind]
	}
	w := e.p.Codec.Wires[c.Sub]
	if w.Kind != "WireList" {
		return wireBasics[w.Kind]
	}
	elem := basics[w.Elem]
	return plan.TypeRef{Kind: plan.Slice, Elem: &elem}
}

// read prints the end of a function that reads the value at p into dst and returns the position after it.
func (e *emitter) read(g *jen.Group, c plan.CodecField, t plan.TypeRef, dst *jen.Statement) {
	if x := e.readCall(c, t, dst); x != nil {
		g.Return(x)
		return
	}
	if t.Kind == plan.Opt && !c.Is("Nullable") {
		keep := e.readOptional(g, c, t, dst)
		g.Return(keep)
		return
	}
	e.readInto(g, c, t, dst)
	g.Return(jen.Id("p"))
}

// readOptional prints statements that read the value of an Opt, and returns the call that keeps it.
func (e *emitter) readOptional(g *jen.Group, c plan.CodecField, t plan.TypeRef, dst *jen.Statement) *jen.Statement {
	g.Var().Id("value").Add(jenx.Type(*t.Elem))
	e.readInto(g, c.Without("Optional", "Nullable"), *t.Elem, jen.Id("value"))
	return jen.Qual(e.json(), "Keep").Call(jen.Id("d"), jen.Id("p"), jen.Id("value"), jen.Op("&").Add(dst))
}

// readInto prints statements that read the value at p into dst, and set p.
func (e *emitter) readInto(g *jen.Group, c plan.CodecField, t plan.TypeRef, dst *jen.Statement) {
	if x := e.readCall(c, t, dst); x != nil {
		g.Id("p").Op("=").Add(x)
		return
	}
	switch {
	case t.Kind == plan.Opt:
		read := func(g *jen.Group) {
			keep := e.readOptional(g, c, t, dst)
			g.Id("p").Op("=").Add(keep)
		}
		if !c.Is("Nullable") {
			read(g)
			return
		}
		g.If(jen.Id("d").Dot("Null").Call(jen.Id("p"))).Block(
			dst.Clone().Op("=").Add(jen.Qual(e.json(), "Null")).Index(jenx.Type(*t.Elem)).Call(),
			jen.Id("p").Op("+=").Lit(len("null")),
		).Else().BlockFunc(read)
	case t.Kind == plan.Pointer:
		g.Add(dst.Clone()).Op("=").New(jenx.Type(*t.Elem))
		value := jen.Parens(jen.Op("*").Id(valueName(e.p.Codec.Types[c.Sub]))).Call(dst.Clone())
		g.If(jen.Id("p").Op("=").Add(value).Dot("ReadJSON").Call(jen.Id("d"), jen.Id("p"), e.readFlags(c)), jen.Id("d").Dot("Failed").Call()).Block(
			dst.Clone().Op("=").Nil())
	case c.Kind == "Marshaled":
		g.If(jen.Id("p").Op("=").Id("d").Dot(e.textMethod(c)).Call(jen.Id("p"), e.readFlags(c), e.described(e.p.Codec.Texts[c.Sub].Var, false), jen.Op("&").Add(dst.Clone())),
			jen.Id("d").Dot("Failed").Call()).Block(dst.Clone().Op("=").Op("*").New(jenx.Type(t)))
	default: // a list of a named type
		basic := e.basicOf(c)
		g.Var().Id("list").Add(jenx.Type(basic))
		g.Id("p").Op("=").Add(e.readCall(c, basic, jen.Id("list")))
		word := "Named"
		if basic.Elem.Name == "int" {
			word = "NamedInts"
		}
		g.Add(dst.Clone()).Op("=").Qual(e.json(), word).Index(jenx.Type(*t.Elem)).Call(jen.Id("list"))
	}
}

// readCall is the call that reads the value at p into dst; nil where it takes more than one.
func (e *emitter) readCall(c plan.CodecField, t plan.TypeRef, dst *jen.Statement) *jen.Statement {
	at := jen.Op("&").Add(dst.Clone())
	read := func(v *jen.Statement) *jen.Statement {
		return v.Dot("ReadJSON").Call(jen.Id("d"), jen.Id("p"), e.readFlags(c))
	}
	switch {
	case t.Kind == plan.Opt || t.Kind == plan.Pointer || c.Kind == "Marshaled" || e.named(c, t):
		return nil
	case c.Kind == "Object", c.Kind == "Slice", c.Kind == "Map":
		return read(jen.Parens(jen.Op("*").Id(e.adapter(c))).Call(at))
	case c.Kind == "Interface":
		return read(jen.Id(unionName(e.p.Codec.Unions[c.Sub])).Values(at))
	case c.Kind == "Wired":
		return jen.Id("d").Dot("In").Call(jen.Id("p"), e.readFlags(c), jen.Op("&").Id(e.p.Codec.Wires[c.Sub].Var), asBasic(e.basicOf(c), t, at))
	case c.Kind == "Any":
		return jen.Id("d").Dot("Any").Call(jen.Id("p"), asBasic(e.basicOf(c), t, at))
	}
	return jen.Id("d").Dot(c.Kind).Call(jen.Id("p"), e.readFlags(c), asBasic(e.basicOf(c), t, at))
}

// write prints statements that append src to b. There says that it is known not to be nil.
func (e *emitter) write(g *jen.Group, c plan.CodecField, t plan.TypeRef, src *jen.Statement, there bool) {
	to := func(x *jen.Statement) *jen.Statement { return jen.Id("b").Op("=").Add(x) }
	call := func(method string, args ...jen.Code) *jen.Statement {
		return to(jen.Id("e").Dot(method).Call(append([]jen.Code{jen.Id("b")}, args...)...))
	}
	at := jen.Op("&").Add(src.Clone())
	wrote := func(v *jen.Statement) *jen.Statement {
		return to(v.Dot("WriteJSON").Call(jen.Id("e"), jen.Id("b")))
	}
	// basic is the value as the runtime takes it.
	basic := func(name string) *jen.Statement {
		if t.Kind == plan.Basic && t.Name == name {
			return src.Clone()
		}
		return jen.Id(name).Call(src.Clone())
	}
	switch {
	case t.Kind == plan.Opt:
		g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(src.Clone()).Dot("Get").Call(), jen.Id("ok")).BlockFunc(func(g *jen.Group) {
			e.write(g, c.Without("Optional"), *t.Elem, jen.Id("value"), false)
		}).Else().Block(call("Null"))
	case t.Kind == plan.Pointer && !there:
		g.If(src.Clone().Op("==").Nil()).Block(call("Null")).Else().BlockFunc(func(g *jen.Group) { e.write(g, c, t, src, true) })
	case t.Kind == plan.Pointer:
		g.Add(wrote(jen.Parens(jen.Op("*").Id(e.adapter(c))).Call(src.Clone())))
	case c.Kind == "Object", c.Kind == "Slice", c.Kind == "Map":
		g.Add(wrote(jen.Parens(jen.Op("*").Id(e.adapter(c))).Call(at)))
	case c.Kind == "Interface":
		g.Add(wrote(jen.Id(unionName(e.p.Codec.Unions[c.Sub])).Values(at)))
	case c.Kind == "Marshaled":
		g.Add(call(e.textMethod(c), e.described(e.p.Codec.Texts[c.Sub].Var, false), at))
	case c.Kind == "Wired":
		wire := jen.Id(e.p.Codec.Wires[c.Sub].Var).Dot("Wire")
		if e.named(c, t) {
			word := "Named"
			if e.basicOf(c).Elem.Name == "int" {
				word = "NamedInts"
			}
			g.Id("list").Op(":=").Qual(e.json(), word).Index(jenx.Type(*e.basicOf(c).Elem)).Call(src.Clone())
			g.Add(call("Wired", wire, jen.Op("&").Id("list")))
			return
		}
		g.Add(call("Wired", wire, asBasic(e.basicOf(c), t, at)))
	case c.Kind == "Strings":
		g.Add(to(jen.Qual(e.json(), "AppendStrings").Call(jen.Id("b"), src.Clone())))
	case c.Kind == "String", c.Kind == "Decimal":
		g.Add(call(c.Kind, basic("string")))
	case c.Kind == "Bool":
		g.Add(call("Bool", basic("bool")))
	case strings.HasPrefix(c.Kind, "Int"):
		g.Add(call("Int", basic("int64")))
	case strings.HasPrefix(c.Kind, "Uint"):
		g.Add(call("Uint", basic("uint64")))
	case strings.HasPrefix(c.Kind, "Float"):
		bits := 64
		if c.Kind == "Float32" {
			bits = 32
		}
		g.Add(call("Float", basic("float64"), jen.Lit(bits)))
	case c.Kind == "Time" && !same(e.basicOf(c), t):
		g.Add(call("Time", jen.Qual("time", "Time").Call(src.Clone())))
	default: // Time, Bytes, Any
		g.Add(call(c.Kind, src.Clone()))
	}
}

// zero is whether a value that is always there is the zero value of its type.
func (e *emitter) zero(c plan.CodecField, t plan.TypeRef, src *jen.Statement) *jen.Statement {
	switch basic := e.basicOf(c); {
	case c.Kind == "Object":
		return jen.Parens(jen.Op("*").Id(e.adapter(c))).Call(jen.Op("&").Add(src)).Dot("IsZero").Call()
	case c.Kind == "Marshaled":
		return jen.Qual(e.json(), "IsZero").Call(jen.Op("&").Add(src))
	case basic.Kind == plan.Slice:
		return src.Op("==").Nil()
	case basic.Name == "Time":
		return src.Op("==").Parens(jenx.Type(t).Values())
	case basic.Name == "string":
		return src.Op("==").Lit("")
	case basic.Name == "bool":
		if same(basic, t) {
			return jen.Op("!").Add(src)
		}
		return jen.Op("!").Bool().Call(src)
	case strings.HasPrefix(basic.Name, "float"):
		return jen.Qual(e.json(), "ZeroFloat").Call(jen.Float64().Call(src))
	}
	return src.Op("==").Lit(0)
}

// named reports whether a list is one of a named type, which Go does not convert.
func (e *emitter) named(c plan.CodecField, t plan.TypeRef) bool {
	basic := e.basicOf(c)
	return (c.Kind == "Strings" || c.Kind == "Wired") && basic.Kind == plan.Slice && basic.Elem.Name != "byte" && t.Kind == plan.Slice && !same(*basic.Elem, *t.Elem)
}

// adapter is the type that reads and writes the values of a member.
func (e *emitter) adapter(c plan.CodecField) string {
	t := e.p.Codec.Types[c.Sub]
	switch c.Kind {
	case "Slice":
		return listName(t)
	case "Map":
		return mapName(t)
	}
	return valueName(t)
}

func (e *emitter) textMethod(c plan.CodecField) string {
	if e.p.Codec.Texts[c.Sub].Type.Pkg == "net/url" {
		return "URL"
	}
	return "Text"
}

// readFlags are what reading has to know of a member.
func (e *emitter) readFlags(c plan.CodecField) *jen.Statement {
	var flags []string
	for _, f := range []string{"Nullable", "Pointer"} {
		if c.Is("Nullable") && c.Is(f) {
			flags = append(flags, f)
		}
	}
	if c.Is("Digits") {
		flags = append(flags, "Digits")
	}
	if flags == nil {
		return jen.Lit(0)
	}
	return e.flags(flags)
}

// asBasic is a pointer as one to the type that the runtime knows.
func asBasic(basic, t plan.TypeRef, at *jen.Statement) *jen.Statement {
	if same(basic, t) {
		return at
	}
	return jen.Parens(jen.Op("*").Add(jenx.Type(basic))).Call(at)
}

func same(a, b plan.TypeRef) bool {
	return a.Kind == b.Kind && a.Name == b.Name && a.Pkg == b.Pkg && (a.Elem == nil) == (b.Elem == nil) && (a.Elem == nil || same(*a.Elem, *b.Elem))
}

// nilable reports whether nil is the absence of a member.
func nilable(c plan.CodecField) bool {
	return slices.Contains([]string{"Bytes", "Strings", "Slice", "Any", "Map", "Interface"}, c.Kind) || c.Is("Pointer")
}

// codecFields are the fields that the codec has to do with.
func codecFields(s *plan.Struct) []*plan.Field {
	return slices.DeleteFunc(slices.Clone(s.Fields), func(f *plan.Field) bool { return f.File != "" })
}

func valueName(t *plan.CodecType) string { return "json" + t.Var[1:] }
func listName(t *plan.CodecType) string  { return "listOf" + t.Var[1:] }
func mapName(t *plan.CodecType) string   { return "mapOf" + t.Var[1:] }
func unionName(u *plan.Union) string     { return "union" + u.Name }

func (e *emitter) decoder() *jen.Statement { return jen.Id("d").Op("*").Qual(e.json(), "Decoder") }
func (e *emitter) encoder() *jen.Statement { return jen.Id("e").Op("*").Qual(e.json(), "Encoder") }

func (e *emitter) valueMethod(f *jen.File, on, name string, takes []jen.Code, returns jen.Code) *jen.Statement {
	return f.Func().Params(jen.Id("v").Op("*").Id(on)).Id(name).Params(takes...).Add(returns)
}

func (e *emitter) reader(f *jen.File, on string) *jen.Statement {
	return e.valueMethod(f, on, "ReadJSON", []jen.Code{e.decoder(), jen.Id("p").Int(), jen.Id("fl").Qual(e.json(), "Flags")}, jen.Int())
}

func (e *emitter) writer(f *jen.File, on string) *jen.Statement {
	return e.valueMethod(f, on, "WriteJSON", []jen.Code{e.encoder(), jen.Id("b").Index().Byte()}, jen.Index().Byte())
}

// inlineRef returns the reference to the value at v, which may be nil.
func (e *emitter) inlineRef(t *plan.CodecType, value *jen.Statement) *jen.Statement {
	return jen.Block(
		jen.If(jen.Id("v").Op("==").Nil()).Block(jen.Return(jen.Qual(e.json(), "Ref").Values(jen.Id("Type").Op(":").Op("&").Id(t.Var)))),
		jen.Return(jen.Qual(e.json(), "Of").Call(jen.Op("&").Id(t.Var), value)))
}
