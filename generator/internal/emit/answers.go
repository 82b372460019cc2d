package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) streams() string { return e.p.Runtime + "/stream" }
func (e *emitter) webhook() string { return e.p.Runtime + "/webhook" }
func seq(item jen.Code) *jen.Statement {
	return jen.Qual("iter", "Seq2").Index(jen.List(item, jen.Error()))
}

// answerType is what a method returns, the error included, as named by a package: name gives a type of the API
// package, and typ any other.
func answerType(m *plan.Method, name func(string) *jen.Statement, typ func(plan.TypeRef) *jen.Statement) *jen.Statement {
	with := func(t *jen.Statement) *jen.Statement { return jen.Params(t, jen.Error()) }
	switch m.Answer.Kind {
	case plan.AnswerValue:
		return with(valueType(m, name, typ))
	case plan.AnswerResults:
		return with(jen.Op("*").Add(name(m.Answer.Results.Name)))
	case plan.AnswerDownload:
		return with(jen.Op("*").Add(name("Download")))
	case plan.AnswerRedirect:
		return with(jen.Op("*").Qual("net/url", "URL"))
	case plan.AnswerEvents:
		return seq(name("ServerEvent"))
	case plan.AnswerStream:
		return seq(bodyType(m.Answer.Stream.Item, name, typ))
	}
	return jen.Error()
}

// valueType is the type of a decoded result.
func valueType(m *plan.Method, name func(string) *jen.Statement, typ func(plan.TypeRef) *jen.Statement) *jen.Statement {
	switch {
	case m.Unwrap == nil:
		return bodyType(m.Result, name, typ)
	case isObject(m.Unwrap):
		return jen.Op("*").Add(typ(m.Unwrap.Type))
	}
	return typ(m.Unwrap.Type)
}

// isObject reports whether a field holds a struct by value.
func isObject(f *plan.Field) bool { return f.Type.Kind == plan.Defined && f.Codec.Kind == "Object" }

// bodyType is the type of a body: a struct by pointer, anything else by value.
func bodyType(b *plan.Body, name func(string) *jen.Statement, typ func(plan.TypeRef) *jen.Statement) *jen.Statement {
	if b.Struct != nil {
		return jen.Op("*").Add(name(b.Struct.Name))
	}
	return typ(b.Type)
}

// returns is answerType in the API package itself.
func returns(m *plan.Method) *jen.Statement {
	return answerType(m, func(s string) *jen.Statement { return jen.Id(s) }, jenx.Type)
}

// newCall prints how a method begins its call: the operation, and where its answer goes.
func (e *emitter) newCall(g *jen.Group, m *plan.Method) {
	result := jen.Qual(e.json(), "Ref").Values()
	if m.Answer.Kind == plan.AnswerValue {
		result = e.resultRef(m.Result)
	}
	g.Id("call").Op(":=").Add(e.rt("NewCall")).Call(jen.Op("&").Id(m.Operation.Var), result, jen.Id("opts"))
	if m.Answer.Kind == plan.AnswerResults {
		g.Id("call").Dot("Results").Op("=").Id("out").Dot("at")
	}
}

// carryOut prints the end of a method: the call is made, and its answer returned.
func (e *emitter) carryOut(g *jen.Group, m *plan.Method) {
	client, ctx, call := jen.Id("s").Dot("client"), jen.Id("ctx"), jen.Id("call")
	do := client.Clone().Dot("Do").Call(ctx, call)
	fails := func(zero jen.Code) {
		g.If(jen.Err().Op(":=").Add(do), jen.Err().Op("!=").Nil()).Block(jen.Return(zero, jen.Err()))
	}
	switch m.Answer.Kind {
	case plan.AnswerValue:
		if isPointer(m) {
			fails(jen.Nil())
		} else {
			fails(e.returned(m))
		}
		if (m.Answer.Empty > 0 || m.Operation.NullAnswer) && (m.Unwrap != nil && isObject(m.Unwrap) || m.Unwrap == nil && m.Result.Struct != nil) {
			g.If(jen.Id("call").Dot("Empty").Call()).Block(jen.Return(jen.Nil(), jen.Nil()))
		}
		g.Return(e.returned(m), jen.Nil())
	case plan.AnswerResults:
		fails(jen.Nil())
		g.Id("out").Dot("Status").Op("=").Id("call").Dot("Status").Call()
		g.Return(jen.Id("out"), jen.Nil())
	case plan.AnswerRedirect:
		fails(jen.Nil())
		g.Return(jen.Id("call").Dot("Location").Call(), jen.Nil())
	case plan.AnswerDownload:
		g.Return(client.Dot("Open").Call(ctx, call))
	case plan.AnswerEvents:
		g.Return(jen.Qual(e.streams(), "Events").Call(ctx, client, call))
	case plan.AnswerStream:
		st := m.Answer.Stream
		fn := "Values"
		if st.Item.Struct != nil {
			fn = "Items"
		}
		g.Return(jen.Qual(e.streams(), fn).Call(ctx, client, call, e.format(st), e.refFunc(st.Item)))
	default:
		g.Return(do)
	}
}

// format is how a stream is cut into items.
func (e *emitter) format(st *plan.Stream) *jen.Statement {
	return jen.Qual(e.streams(), st.Format).CallFunc(func(g *jen.Group) {
		for _, a := range st.Args {
			g.Add(jenx.Lit(a))
		}
	})
}

// refFunc is the function that gives the codec's reference to a value of a body's type.
func (e *emitter) refFunc(b *plan.Body) *jen.Statement {
	if b.Struct != nil {
		return jen.Parens(jen.Op("*").Id(b.Struct.Name)).Dot("ref")
	}
	return jen.Id("ref" + e.p.Codec.Types[b.Codec].Var[1:])
}

// resultTypes prints the structs of operations whose answers differ by status.
func (e *emitter) resultTypes(f *jen.File) {
	for _, r := range e.p.Results {
		f.Add(jenx.Comment(r.Name+" is an answer to "+r.Call+": the body that goes with its status.", ""))
		f.Type().Id(r.Name).StructFunc(func(g *jen.Group) {
			g.Id("Status").Int()
			for _, fld := range r.Fields {
				g.Add(fieldDocs(fld.Doc))
				g.Id(fld.Name).Add(bodyType(fld.Body, func(s string) *jen.Statement { return jen.Id(s) }, jenx.Type))
			}
		})
		f.Line()
		f.Comment("// at makes the body of an answer with a status.")
		f.Func().Params(jen.Id("r").Op("*").Id(r.Name)).Id("at").Params(jen.Id("status").Int()).Qual(e.json(), "Ref").BlockFunc(func(g *jen.Group) {
			var rest *plan.ResultField
			g.Switch(jen.Id("status")).BlockFunc(func(g *jen.Group) {
				for _, fld := range r.Fields {
					if fld.Rest {
						rest = fld
						continue
					}
					g.CaseFunc(func(g *jen.Group) { statuses(g, fld.Statuses) }).BlockFunc(func(g *jen.Group) { e.makeBody(g, fld) })
				}
				if rest != nil && len(r.Bodiless) > 0 {
					g.CaseFunc(func(g *jen.Group) { statuses(g, r.Bodiless) }).Block(jen.Return(jen.Qual(e.json(), "Ref").Values()))
				}
			})
			if rest != nil {
				e.makeBody(g, rest)
			} else {
				g.Return(jen.Qual(e.json(), "Ref").Values())
			}
		})
		f.Line()
	}
}

func statuses(g *jen.Group, list []int) {
	for _, n := range list {
		g.Lit(n)
	}
}

// makeBody prints the making of one of several bodies.
func (e *emitter) makeBody(g *jen.Group, fld *plan.ResultField) {
	at := jen.Id("r").Dot(fld.Name)
	if fld.Body.Struct == nil {
		g.Return(e.refFunc(fld.Body).Call(jen.Op("&").Add(at.Clone())))
		return
	}
	g.Add(at.Clone().Op("=").New(jen.Id(fld.Body.Struct.Name)))
	g.Return(at.Clone().Dot("ref").Call())
}

// failures prints what operations document about failures, and how their bodies are made.
func (e *emitter) failures(f *jen.File) {
	if len(e.p.Failures) == 0 {
		return
	}
	made := map[int]bool{}
	var bodies []*plan.Body
	f.Comment("// The documented bodies of failures, by status: those of a status, of a class of statuses, of all others.")
	f.Var().DefsFunc(func(g *jen.Group) {
		for _, l := range e.p.Failures {
			var list []jen.Code
			for _, fl := range l.List {
				list = append(list, jen.ValuesFunc(func(g *jen.Group) {
					if fl.Status != 0 {
						g.Id("Status").Op(":").Lit(fl.Status)
					}
					g.Id("New").Op(":").Id(e.failureFunc(fl.Body))
					if fl.Body.XML != nil {
						g.Id("Decode").Op(":").Add(e.decodeXML(fl.Body.XML.Var))
					}
				}))
				if !made[fl.Body.Codec] {
					made[fl.Body.Codec] = true
					bodies = append(bodies, fl.Body)
				}
			}
			literal := jen.Values(list...)
			if len(list) > 2 {
				literal = jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, list...)
			}
			g.Id(l.Var).Op("=").Index().Add(e.rt("Failure")).Add(literal)
		}
	})
	f.Line()
	for _, b := range bodies {
		ref := jen.Id("v").Dot("ref").Call()
		if b.Struct == nil {
			ref = e.refFunc(b).Call(jen.Id("v"))
		}
		f.Func().Id(e.failureFunc(b)).Params().Params(jen.Any(), jen.Qual(e.json(), "Ref")).Block(
			jen.Id("v").Op(":=").New(jenx.Type(b.Type)),
			jen.Return(jen.Id("v"), ref))
		f.Line()
	}
}

func (e *emitter) failureFunc(b *plan.Body) string {
	return "failure" + e.p.Codec.Types[b.Codec].Var[1:]
}

// headers prints the structs of documented headers.
func (e *emitter) headers(f *jen.File) {
	for _, h := range e.p.Headers {
		of := "the answers to several operations"
		if h.Call != "" {
			of = "the answers to " + h.Call
		}
		f.Comment("// " + h.Name + " holds the documented headers of " + of + ": see WithHeaderInto.")
		f.Type().Id(h.Name).StructFunc(func(g *jen.Group) {
			for _, fld := range h.Fields {
				g.Add(fieldDocs(fld.Doc))
				g.Id(fld.Name).Add(jenx.Type(fld.Type))
			}
		})
		f.Line()
		f.Comment("// DecodeHeader reads the headers of an answer. One that is missing, or cannot be read, is absent; the error says")
		f.Comment("// what could not be read.")
		f.Func().Params(jen.Id("h").Op("*").Id(h.Name)).Id("DecodeHeader").Params(jen.Id("from").Qual("net/http", "Header")).Error().Block(
			jen.Id("r").Op(":=").Add(e.rt("HeaderReader")).Values(jen.Id("Header").Op(":").Id("from")),
			jen.Op("*").Id("h").Op("=").Id(h.Name).Add(multi(func(add func(jen.Code)) {
				for _, fld := range h.Fields {
					add(jen.Id(fld.Name).Op(":").Add(e.readHeader(fld)))
				}
			})),
			jen.Return(jen.Id("r").Dot("Err").Call()))
		f.Line()
	}
}

func (e *emitter) readHeader(fld *plan.HeaderField) *jen.Statement {
	fn := e.rt(fld.Func)
	args := []jen.Code{jen.Op("&").Id("r"), jenx.Lit(fld.Wire)}
	switch fld.Func {
	case "FromHeader", "ListFromHeader":
		fn.Index(jenx.Type(*fld.Type.Elem))
	case "JSONFromHeader":
		args = append(args, e.refFunc(fld.Body))
	case "ObjectFromHeader":
		args = append(args, jen.Lit(fld.Explode), e.refFunc(fld.Body))
	}
	for _, l := range fld.Layouts {
		args = append(args, jenx.Lit(l))
	}
	return fn.Call(args...)
}
