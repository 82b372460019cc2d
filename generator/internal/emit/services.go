package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// service prints a service and its methods.
func (e *emitter) service(f *jen.File, s *plan.Service) {
	doc := s.Doc
	if doc.Summary == "" && doc.Body == "" {
		f.Comment("// " + s.Type + " calls the operations of " + s.Field + ".")
	} else {
		f.Add(docs(s.Type, doc))
	}
	f.Type().Id(s.Type).Struct(jen.Id("client").Op("*").Add(e.rt("Client")))
	f.Line()
	for _, m := range s.Methods {
		e.method(f, s, m)
		if m.Pages != nil {
			e.iterators(f, s, m)
		}
		e.filled(f, slot.OperationMethods, func() any { return e.views().Operations[m] })
	}
	e.extras(f, s)
	e.filled(f, slot.ResourceMethods, func() any { return e.views().Resources[s] })
}

// signature is what a method takes, but for the context and the options.
func signature(m *plan.Method) []jen.Code {
	var args []jen.Code
	for _, a := range m.PathArgs {
		args = append(args, jen.Id(a.Name).Add(jenx.Type(a.Type)))
	}
	if m.Params != nil {
		args = append(args, jen.Id("params").Op("*").Id(m.Params.Name))
	}
	if r := m.Request; r != nil && !r.Constant {
		if r.Struct != nil {
			args = append(args, jen.Id("req").Op("*").Id(r.Struct.Name))
		} else {
			args = append(args, jen.Id(bodyName(r)).Add(jenx.Type(r.Type)))
		}
	}
	return args
}

// arguments are the names that signature declares.
func arguments(m *plan.Method) []jen.Code {
	var args []jen.Code
	for _, a := range m.PathArgs {
		args = append(args, jen.Id(a.Name))
	}
	if m.Params != nil {
		args = append(args, jen.Id("params"))
	}
	if m.Request != nil && !m.Request.Constant {
		args = append(args, jen.Id(bodyName(m.Request)))
	}
	return args
}

func ctxParam() *jen.Statement  { return jen.Id("ctx").Qual("context", "Context") }
func optsParam() *jen.Statement { return jen.Id("opts").Op("...").Id("CallOption") }

// method prints one operation: describe the call, do it, return the result.
func (e *emitter) method(f *jen.File, s *plan.Service, m *plan.Method) {
	f.Add(methodDocs(m.Name, m.Doc, append([]string{jenx.Code(m.Operation.Method + " " + m.Operation.Asked())}, m.Notes...)...))
	args := append([]jen.Code{ctxParam()}, signature(m)...)
	f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(m.Name).Params(append(args, optsParam())...).Add(returns(m)).BlockFunc(func(g *jen.Group) {
		switch m.Answer.Kind {
		case plan.AnswerValue:
			g.Id("out").Op(":=").New(jenx.Type(m.Result.Type))
		case plan.AnswerResults:
			g.Id("out").Op(":=").New(jen.Id(m.Answer.Results.Name))
		}
		if r := m.Request; r != nil && r.Constant {
			g.Id("req").Op(":=").New(jen.Id(r.Struct.Name))
		}
		e.newCall(g, m)
		if m.Request != nil && given(m.Request) == nil && !direct(m.Request) {
			g.Id("call").Dot("SetBody").Call(e.ref(m.Request, "req"))
		}
		if r := m.Request; r != nil && direct(r) {
			e.directBody(g, r)
			e.bodyChecked(g, r)
		} else if r != nil && given(r) != nil {
			g.If(given(r)).BlockFunc(func(g *jen.Group) {
				g.Id("call").Dot("SetBody").Call(e.ref(r, "req"))
				e.bodyChecked(g, r)
			})
		} else if r != nil {
			e.bodyChecked(g, r)
		}
		for _, a := range m.PathArgs {
			g.Add(e.pathParam(a))
		}
		if m.Params != nil {
			g.Id("params").Dot("encode").Call(jen.Id("call"))
		}
		structGiven(g, m.Request)
		callJudged(g, m, e.checker())
		e.carryOut(g, m)
	})
	f.Line()
}

// bodyChecked prints the check of a body that is no struct.
func (e *emitter) bodyChecked(g *jen.Group, r *plan.Body) {
	if r.Check == "" {
		return
	}
	check := jen.Id("call").Dot("Check").Call(jen.Func().Params(e.checker()).Block(jen.Id(r.Check).Call(jen.Id("c"), jen.Id("req"))))
	if is := given(r); is != nil && direct(r) {
		check = jen.If(is).Block(check)
	}
	g.Add(check)
}

// checker is the parameter of a check.
func (e *emitter) checker() *jen.Statement { return jen.Id("c").Op("*").Add(e.rt("Checker")) }

// given is the condition under which there is a body to send, of what is no struct: otherwise none is sent, or null. It
// is nil where there always is one. (A struct's reference is nil by itself.)
func given(b *plan.Body) *jen.Statement {
	switch {
	case b.Type.Kind == plan.Opt:
		return jen.Op("!").Id("req").Dot("IsAbsent").Call()
	case b.Kind == plan.BodyText && !b.Required:
		return jen.Id("req").Op("!=").Lit("")
	case b.Nilable && (!b.Required || b.NilIsNull()):
		return jen.Id("req").Op("!=").Nil()
	}
	return nil
}

// isPointer reports whether the result is a pointer, slice or map, whose zero value is nil.
func isPointer(m *plan.Method) bool {
	if m.Unwrap != nil {
		k := m.Unwrap.Type.Kind
		return k == plan.Slice || k == plan.Map || k == plan.Pointer || isObject(m.Unwrap)
	}
	return m.Result.Struct != nil || m.Result.Type.Kind == plan.Slice || m.Result.Type.Kind == plan.Map
}

func (e *emitter) returned(m *plan.Method) *jen.Statement {
	switch {
	case m.Unwrap != nil && isObject(m.Unwrap):
		return jen.Op("&").Id("out").Dot(m.Unwrap.Name)
	case m.Unwrap != nil:
		return jen.Id("out").Dot(m.Unwrap.Name)
	case m.Result.Struct != nil:
		return jen.Id("out")
	}
	return jen.Op("*").Id("out")
}

// ref is the codec's reference to a body variable.
func (e *emitter) ref(b *plan.Body, name string) *jen.Statement {
	if b.Struct != nil {
		return jen.Id(name).Dot("ref").Call()
	}
	return jen.Id("ref" + e.p.Codec.Types[b.Codec].Var[1:]).Call(jen.Op("&").Id(name))
}

func (e *emitter) resultRef(b *plan.Body) *jen.Statement {
	if b.Struct != nil {
		return jen.Id("out").Dot("ref").Call()
	}
	return jen.Id("ref" + e.p.Codec.Types[b.Codec].Var[1:]).Call(jen.Id("out"))
}

// isString reports whether a type is a string or defined on one.
func (e *emitter) isString(t plan.TypeRef) bool {
	if t.Kind == plan.Basic {
		return t.Name == "string"
	}
	for _, n := range e.p.Named {
		if n.Name == t.Name {
			return n.Base == "string"
		}
	}
	for _, n := range e.p.Enums {
		if n.Name == t.Name {
			return n.Base == "string"
		}
	}
	return false
}

// operations prints the static descriptions.
func (e *emitter) operations(f *jen.File) {
	e.api(f)
	e.requirements(f)
	e.serverLists(f)
	f.Var().DefsFunc(func(g *jen.Group) {
		for _, op := range e.p.Operations {
			g.Id(op.Var).Op("=").Add(e.rt("Operation")).Add(multi(func(add func(jen.Code)) {
				add(jen.Id("ID").Op(":").Add(jenx.Lit(op.ID)))
				add(jen.Id("Resource").Op(":").Add(jenx.Lit(op.Resource)))
				add(jen.Id("Method").Op(":").Add(jenx.Lit(op.Method)))
				add(jen.Id("Path").Op(":").Add(jenx.Lit(op.Sent())))
				if op.Query != "" {
					add(jen.Id("Query").Op(":").Add(jenx.Lit(op.Query)))
				}
				if op.ContentType != "" {
					add(jen.Id("ContentType").Op(":").Add(jenx.Lit(op.ContentType)))
				}
				if op.Body != "" {
					add(jen.Id("Body").Op(":").Add(e.rt(op.Body)))
				}
				if op.XML != "" {
					add(jen.Id("Encode").Op(":").Func().Params(jen.Id("v").Qual(e.json(), "Ref")).Params(jen.Index().Byte(), jen.Error()).Block(
						jen.Return(jen.Id(op.XML).Dot("Encode").Call(jen.Id("v")))))
				}
				if op.AnswerXML != "" {
					add(jen.Id("Decode").Op(":").Add(e.decodeXML(op.AnswerXML)))
				}
				if len(op.Encoding) > 0 {
					add(jen.Id("Encoding").Op(":").Add(e.encodings(op)))
				}
				if op.Accept != "" {
					add(jen.Id("Accept").Op(":").Add(jenx.Lit(op.Accept)))
				}
				if len(op.Success) > 0 {
					add(jen.Id("Success").Op(":").Index().Int().ValuesFunc(func(g *jen.Group) { statuses(g, op.Success) }))
				}
				if len(op.Bodiless) > 0 {
					add(jen.Id("Bodiless").Op(":").Index().Int().ValuesFunc(func(g *jen.Group) { statuses(g, op.Bodiless) }))
				}
				if op.Failures != nil {
					add(jen.Id("Failures").Op(":").Id(op.Failures.Var))
				}
				if op.Observed {
					add(jen.Id("Answers").Op(":").Op("&").Id("answers"))
				}
				if op.Idempotent {
					add(jen.Id("Idempotent").Op(":").True())
				}
				if op.BodyOptional {
					add(jen.Id("BodyOptional").Op(":").True())
				}
				if op.NullBody {
					add(jen.Id("NullBody").Op(":").True())
				}
				if op.NullAnswer {
					add(jen.Id("NullAnswer").Op(":").True())
				}
				if op.Anonymous {
					add(jen.Id("Anonymous").Op(":").True())
				}
				if op.Servers != "" {
					add(jen.Id("Servers").Op(":").Id(op.Servers))
				}
				if op.Security != "" {
					add(jen.Id("Security").Op(":").Id(op.Security))
				}
			}))
		}
	})
	f.Line()
	e.failures(f)
}

// multi is a composite literal with one element a line.
func multi(fill func(add func(jen.Code))) *jen.Statement {
	var items []jen.Code
	fill(func(c jen.Code) { items = append(items, c) })
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, items...)
}
