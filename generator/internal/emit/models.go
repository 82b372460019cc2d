package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// doc prints the package comment.
func (e *emitter) doc(f *jen.File) {
	t := e.p.Doc
	summary := t.Summary
	if summary == "" {
		summary = "is a client of an HTTP API."
	} else {
		summary = "is a client of " + e.p.Title + ": " + summary
	}
	body := t.Body
	if t.Summary == "" && e.p.Title != "" {
		summary = "is a client of " + e.p.Title + "."
	}
	f.PackageComment(render(jenx.Comment("Package "+e.p.Name+" "+summary, body,
		"Create a Client with New; its fields are the services. Requests are validated before they are sent; a failure of the API is an *Error.")))
}

// render is the text of a statement, for the few places where jennifer takes text only.
func render(s *jen.Statement) string { return s.GoString() }

// models prints the structs.
func (e *emitter) models(f *jen.File) {
	for _, s := range e.p.Structs {
		e.structType(f, s)
		e.secretMethods(f, s)
		e.filled(f, slot.ModelMethods, func() any { return e.views().Models[s] })
	}
	for _, u := range e.p.Codec.Unions {
		e.unionType(f, u)
		e.filled(f, slot.UnionMethods, func() any { return e.views().Unions[u] })
	}
}

func (e *emitter) structType(f *jen.File, s *plan.Struct) {
	f.Add(docs(s.Name, s.Doc))
	f.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		for _, fld := range s.Fields {
			if fld.Name == "" {
				continue
			}
			g.Add(fieldDocs(fld.Doc))
			g.Id(fld.Name).Add(jenx.Type(fld.Type))
		}
		if rest := s.Additional; rest != nil {
			g.Add(fieldDocs(rest.Doc))
			g.Id(rest.Name).Add(jenx.Type(rest.Type))
		}
		if s.Presence {
			g.Line().Id("presence").Qual(e.json(), "Recorded")
		}
	})
	f.Line()
}

// jsonMethods prints the JSON methods of the models. What only some programs call is a function of the package: the
// compiler has to write a method for every model.
func (e *emitter) jsonMethods(f *jen.File) {
	if len(e.p.Structs) > 0 {
		f.Comment("// DecodeStrict decodes data into v, a pointer to a model of this package, and reports every deviation")
		f.Comment("// from the API's document. What UnmarshalJSON does is lenient.")
		f.Func().Id("DecodeStrict").Params(jen.Id("data").Index().Byte(), jen.Id("v").Id("interface").Add(onOneLine(jen.Id("ref").Params().Qual(e.json(), "Ref")))).Error().Block(
			jen.Return(jen.Qual(e.json(), "DecodeStrict").Call(jen.Id("data"), jen.Id("v").Dot("ref").Call())))
		f.Line()
	}
	for _, s := range e.p.Structs {
		e.structMethods(f, s)
	}
}

// structMethods prints the methods every model has, a line each; their behaviour is the runtime's.
func (e *emitter) structMethods(f *jen.File, s *plan.Struct) {
	receiver := jen.Id("v").Op("*").Id(s.Name)
	ref := func() *jen.Statement { return jen.Id("v").Dot("ref").Call() }
	text := jen.Id("data").Index().Byte()
	name := jen.Id("name").String()
	method := func(doc string, receiver *jen.Statement, called string, takes, returns, result jen.Code) {
		f.Comment("// " + called + " " + doc)
		f.Func().Params(receiver).Id(called).Params(takes).Add(returns).Add(onOneLine(jen.Return(result)))
		f.Line()
	}
	method("encodes the value as the API expects it.", jen.Id("v").Id(s.Name), "MarshalJSON", nil,
		jen.Params(jen.Index().Byte(), jen.Error()), jen.Qual(e.json(), "Marshal").Call(ref()))
	method("decodes leniently: what does not fit leaves the zero value.", receiver, "UnmarshalJSON", text,
		jen.Error(), jen.Qual(e.json(), "DecodeLenient").Call(jen.Id("data"), ref()))
	if !s.Presence {
		return
	}
	method("reports whether the member was present. Without recorded presence it says what the fields show.", receiver, "Has", name,
		jen.Bool(), ref().Dot("Has").Call(jen.Id("name")))
	method("reports whether the member was an explicit null.", receiver, "IsNull", name,
		jen.Bool(), ref().Dot("IsNull").Call(jen.Id("name")))
	method("returns the members the document does not know, when presence was recorded.", receiver, "Unknown", nil,
		jen.Map(jen.String()).Id("Raw"), ref().Dot("Unknown").Call())
}

// onOneLine is the body of a short function.
func onOneLine(statement jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, statement)
}
