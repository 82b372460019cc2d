package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// jsonMethods prints the JSON methods of the models, and before them what only some programs call: those are functions of
// the package. A method of every model would cost the compiler, and with it every user, a good part of the build.
func (e *emitter) jsonMethods(f *jen.File) {
	if len(e.p.Structs) == 0 {
		return
	}
	e.jsonFunctions(f)
	for _, s := range e.p.Structs {
		e.structMethods(f, s)
	}
}

// jsonFunctions prints the functions that take any model. The method they ask for is not exported, so that the compiler
// refuses what is no model.
func (e *emitter) jsonFunctions(f *jen.File) {
	v := func() *jen.Statement {
		return jen.Id("v").Id("interface").Add(onOneLine(jen.Id("ref").Params().Qual(e.json(), "Ref")))
	}
	ref := func() *jen.Statement { return jen.Id("v").Dot("ref").Call() }
	function := func(name string, takes []jen.Code, returns, result jen.Code) {
		f.Func().Id(name).Params(takes...).Add(returns).Block(jen.Return(result))
		f.Line()
	}
	f.Comment("// DecodeStrict decodes data into v, a pointer to a model of this package, and reports every deviation")
	f.Comment("// from the API's document. What UnmarshalJSON does is lenient.")
	function("DecodeStrict", []jen.Code{jen.Id("data").Index().Byte(), v()}, jen.Error(),
		jen.Qual(e.json(), "DecodeStrict").Call(jen.Id("data"), ref()))
	f.Comment("// Has reports whether the member of v, a pointer to a model of this package, was there; name is that of")
	f.Comment("// the document. Without presence recorded (WithPresence) it says what the fields show.")
	function("Has", []jen.Code{v(), jen.Id("name").String()}, jen.Bool(), ref().Dot("Has").Call(jen.Id("name")))
	f.Comment("// IsNull reports whether the member of v was an explicit null. See Has.")
	function("IsNull", []jen.Code{v(), jen.Id("name").String()}, jen.Bool(), ref().Dot("IsNull").Call(jen.Id("name")))
	f.Comment("// UnknownMembers returns the members of v that the document does not know, when presence was recorded.")
	function("UnknownMembers", []jen.Code{v()}, jen.Map(jen.String()).Qual(e.json(), "Raw"), ref().Dot("Unknown").Call())
}

// structMethods prints the methods every model has, a line each; their behaviour is the runtime's.
func (e *emitter) structMethods(f *jen.File, s *plan.Struct) {
	ref := jen.Id("v").Dot("ref").Call()
	marshal := jen.Qual(e.json(), "Marshal").Call(ref)
	unmarshal := jen.Qual(e.json(), "DecodeLenient").Call(jen.Id("data"), ref)
	if t := e.p.Codec.Types[s.Codec]; !t.Inline {
		marshal = jen.Qual(e.json(), "MarshalValue").Call(jen.Op("&").Id(t.Var), jen.Id("v"))
		unmarshal = jen.Qual(e.json(), "UnmarshalValue").Call(jen.Op("&").Id(t.Var), jen.Id("data"), jen.Id("v"))
	}
	f.Comment("// MarshalJSON encodes the value as the API expects it.")
	f.Func().Params(jen.Id("v").Id(s.Name)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Add(onOneLine(
		jen.Return(marshal)))
	f.Line()
	f.Comment("// UnmarshalJSON decodes leniently: what does not fit leaves the zero value.")
	f.Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Add(onOneLine(
		jen.Return(unmarshal)))
	f.Line()
}
