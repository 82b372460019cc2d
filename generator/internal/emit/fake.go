package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// home qualifies a name of the API package, as its test package sees it.
func (e *emitter) home(name string) *jen.Statement { return jen.Qual(e.p.ImportPath, name) }

func (e *emitter) homeType(t plan.TypeRef) *jen.Statement { return jenx.TypeIn(e.p.ImportPath, t) }

// fake prints the fake server: a typed function per operation and the routes to them.
func (e *emitter) fake(f *jen.File) {
	f.PackageComment("// Package " + e.p.TestName + " fakes the service of package " + e.p.Name + " for tests. A Server holds clients to the")
	f.PackageComment("// document: it decodes strictly and refuses what the validators refuse.")
	e.fakeServer(f)
	f.Comment("// ServeHTTP answers a request with the function of its operation.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("ServeHTTP").Params(jen.Id("w").Qual("net/http", "ResponseWriter"), jen.Id("r").Op("*").Qual("net/http", "Request")).Block(
		jen.Id("s").Dot("handler").Call().Dot("ServeHTTP").Call(jen.Id("w"), jen.Id("r")))
	f.Line()
	f.Comment("// Client returns a client of the server. They talk in memory; options come after those that make it so.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("Client").Params(jen.Id("opts").Op("...").Add(e.home("Option"))).Params(jen.Op("*").Add(e.home("Client")), jen.Error()).Block(
		jen.Id("base").Op(":=").Index().Add(e.home("Option")).Add(multi(func(add func(jen.Code)) {
			add(e.home("WithEndpoint").Call(jen.Lit("https://fake.invalid")))
			add(e.home("WithTransport").Call(jen.Id("s").Dot("handler").Call().Dot("Transport").Call()))
			for _, p := range e.p.Client.Params {
				add(e.home("With" + p.Name).Call(jenx.Lit("fake-" + p.Wire)))
			}
		})),
		jen.Return(e.home("New").Call(jen.Append(jen.Id("base"), jen.Id("opts").Op("...")).Op("..."))))
	f.Line()
	f.Comment("// Requests returns the requests received so far, in order.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("Requests").Params().Index().Qual(e.fakes(), "Request").Block(
		jen.Return(jen.Id("s").Dot("handler").Call().Dot("Requests").Call()))
	f.Line()
	f.Comment("// Inject makes requests go wrong: slow, refused, cut off. Without faults, none does any more.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("Inject").Params(jen.Id("faults").Op("...").Qual(e.fakes(), "Fault")).Block(
		jen.Id("s").Dot("handler").Call().Dot("Inject").Call(jen.Id("faults").Op("...")))
	f.Line()
	f.Comment("// WithoutValidation lets requests through that break rules. They are read strictly all the same.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("WithoutValidation").Params().Block(
		jen.Id("s").Dot("handler").Call().Dot("WithoutValidation").Call())
	f.Line()
	f.Comment("// Forward serves every operation with the client's method of the same name: the server becomes a proxy that lets")
	f.Comment("// through what the document allows, typed both ways. With WithPresence among the options nothing is lost on the way.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("Forward").Params(jen.Id("to").Op("*").Add(e.home("Client")), jen.Id("opts").Op("...").Add(e.home("CallOption"))).BlockFunc(func(g *jen.Group) {
		e.methods(func(sv *plan.Service, m *plan.Method) {
			g.Id("s").Dot(m.Call).Op("=").Add(e.fakeFunc(m)).Block(
				jen.Return(jen.Id("to").Dot(sv.Field).Dot(m.Name).Call(append(append([]jen.Code{jen.Id("ctx")}, arguments(m)...), jen.Id("opts").Op("..."))...)))
		})
	})
	f.Line()
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("handler").Params().Op("*").Qual(e.fakes(), "Server").Block(
		jen.Id("s").Dot("once").Dot("Do").Call(jen.Func().Params().Block(
			jen.Id("s").Dot("fake").Op("=").Qual(e.fakes(), "New").Call(e.fakeConfig(), jen.Id("s").Dot("routes").Call().Op("...")))),
		jen.Return(jen.Id("s").Dot("fake")))
	f.Line()
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("routes").Params().Index().Qual(e.fakes(), "Route").Block(
		jen.Return(jen.Index().Qual(e.fakes(), "Route").Add(multi(func(add func(jen.Code)) {
			e.methods(func(s *plan.Service, m *plan.Method) { add(e.route(m)) })
		}))))
	f.Line()
	e.methods(func(s *plan.Service, m *plan.Method) { e.serve(f, m) })
	f.Comment("// Answer is what a function can set of its answer beside what it returns: the header, and another status.")
	f.Type().Id("Answer").Op("=").Qual(e.fakes(), "Answer")
	f.Line()
	f.Comment("// AnswerOf returns the answer of the exchange whose context a function of the server was given.")
	f.Func().Id("AnswerOf").Params(jen.Id("ctx").Qual("context", "Context")).Op("*").Id("Answer").Block(jen.Return(jen.Qual(e.fakes(), "AnswerOf").Call(jen.Id("ctx"))))
	f.Line()
	if e.answers(plan.AnswerDownload) {
		f.Comment("// NewDownload makes a download of what a reader holds, for functions of the server.")
		f.Func().Id("NewDownload").Params(jen.Id("body").Qual("io", "Reader"), jen.Id("contentType").String()).Op("*").Add(e.home("Download")).Block(
			jen.Return(e.rt("NewDownload").Call(jen.Id("body"), jen.Id("contentType"))))
		f.Line()
	}
	record := func(name string) *jen.Statement { return jen.Qual(e.p.Runtime+"/record", name) }
	f.Comment("// Names of package record, whose recordings the client replays.")
	f.Type().Defs(
		jen.Comment("// Recorder writes scrubbed recordings of what a client sends and receives: pass its Middleware to WithMiddleware."),
		jen.Id("Recorder").Op("=").Add(record("Recorder")),
		jen.Comment("// Recording is one exchange."),
		jen.Id("Recording").Op("=").Add(record("Recording")),
		jen.Comment("// Replayer answers requests from recordings: pass it to WithTransport."),
		jen.Id("Replayer").Op("=").Add(record("Replayer")))
	f.Line()
	f.Comment("// NewReplayer plays the given recordings, each once.")
	f.Func().Id("NewReplayer").Params(jen.Id("recordings").Op("...").Op("*").Id("Recording")).Op("*").Id("Replayer").Block(
		jen.Return(record("NewReplayer").Call(jen.Id("recordings").Op("..."))))
}

func (e *emitter) methods(visit func(*plan.Service, *plan.Method)) {
	for _, s := range e.p.Services {
		for _, m := range s.Methods {
			visit(s, m)
		}
	}
}

func (e *emitter) fakeServer(f *jen.File) {
	f.Comment("// Server is a fake of the service. An operation whose function is not set answers 501.")
	f.Type().Id("Server").StructFunc(func(g *jen.Group) {
		e.methods(func(s *plan.Service, m *plan.Method) {
			g.Comment("// " + m.Call + " serves " + s.Type + "." + m.Name + ".")
			g.Id(m.Call).Add(e.fakeFunc(m))
		})
		if e.p.Simulation != nil {
			g.Line().Comment("// Store serves the operations it knows whose function is not set: see NewCloud.")
			g.Id("Store").Op("*").Add(e.simulated("Store"))
		}
		g.Line().Id("once").Qual("sync", "Once")
		g.Id("fake").Op("*").Qual(e.fakes(), "Server")
	})
	f.Line()
}

// fakeFunc is the type of the function that serves an operation: the client's method, but for the options.
func (e *emitter) fakeFunc(m *plan.Method) *jen.Statement {
	args := []jen.Code{ctxParam()}
	for _, a := range m.PathArgs {
		args = append(args, jen.Id(a.Name).Add(e.homeType(a.Type)))
	}
	if m.Params != nil {
		args = append(args, jen.Id("params").Op("*").Add(e.home(m.Params.Name)))
	}
	if r := m.Request; r != nil && !r.Constant {
		args = append(args, jen.Id(bodyName(r)).Add(e.bodyType(r)))
	}
	return jen.Func().Params(args...).Add(e.fakeReturns(m))
}

func (e *emitter) bodyType(b *plan.Body) *jen.Statement {
	if b.Struct != nil {
		return jen.Op("*").Add(e.home(b.Struct.Name))
	}
	return e.homeType(b.Type)
}

// fakeShape is the form in which a fake server writes failures: the first that names its members.
func (e *emitter) fakeShape() *model.ErrorShape {
	for _, s := range e.p.Errors.Shapes {
		if !strings.Contains(s.Code+s.Message, "*") {
			return s
		}
	}
	return nil
}

func (e *emitter) fakeConfig() *jen.Statement {
	return jen.Qual(e.fakes(), "Config").ValuesFunc(func(g *jen.Group) {
		if s := e.fakeShape(); s != nil {
			g.Id("Shape").Op(":").Add(e.rt("ErrorShape")).ValuesFunc(func(g *jen.Group) {
				for _, p := range []struct{ name, path string }{{"Code", s.Code}, {"Message", s.Message}, {"RequestID", s.RequestID}, {"Details", s.Details}, {"Status", s.Status}} {
					if p.path != "" {
						g.Id(p.name).Op(":").Add(jenx.Lit(p.path))
					}
				}
			})
		}
		if e.p.Simulation != nil {
			g.Id("Now").Op(":").Id("s").Dot("Store").Dot("Now")
		}
		if h := e.p.Errors.RequestIDHeaders; len(h) > 0 {
			g.Id("RequestIDHeader").Op(":").Add(jenx.Lit(h[0]))
		}
	})
}

func (e *emitter) route(m *plan.Method) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		op := m.Operation
		g.Id("ID").Op(":").Add(jenx.Lit(op.ID))
		g.Id("Method").Op(":").Add(jenx.Lit(op.Method))
		g.Id("Path").Op(":").Add(jenx.Lit(op.Base + op.Sent()))
		if op.Query != "" {
			g.Id("Query").Op(":").Add(jenx.Lit(op.Query))
		}
		if len(op.ConstPath) > 0 {
			g.Id("ConstPath").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, name := range op.ConstPath {
					g.Add(jenx.Lit(name))
				}
			})
			g.Id("ConstValue").Op(":").Add(jenx.Lit(op.ConstValue))
		}
		if len(op.Needs) > 0 {
			g.Id("Needs").Op(":").Index().Index().String().ValuesFunc(func(g *jen.Group) {
				for _, path := range op.Needs {
					g.ValuesFunc(func(g *jen.Group) {
						for _, name := range path {
							g.Add(jenx.Lit(name))
						}
					})
				}
			})
		}
		contentTypes(g, op)
		if len(m.Answer.Accepts) > 0 {
			g.Id("Accepts").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, t := range m.Answer.Accepts {
					g.Add(jenx.Lit(t))
				}
			})
		}
		if len(op.Encoding) > 0 {
			g.Id("Encoding").Op(":").Add(e.encodings(op))
		}
		if pg := m.Pages; pg != nil && pg.Kind == model.PageNextLink {
			path, rel := pg.Next, pg.NextItem != nil
			if rel {
				path = pg.NextItem.List
			}
			if len(path) > 0 {
				l := literal{}
				l.texts("Path", wirePath(path))
				l.flag("Rel", rel)
				g.Id("Links").Op(":").Add(l.of(jen.Qual(e.fakes(), "Links")))
			}
		}
		g.Id("Serve").Op(":").Id("s").Dot("serve" + m.Call)
	})
}

// serve prints how a request reaches its function, and the answer the wire.
func (e *emitter) serve(f *jen.File, m *plan.Method) {
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("serve" + m.Call).Params(jen.Id("x").Op("*").Qual(e.fakes(), "Exchange")).BlockFunc(func(g *jen.Group) {
		unset := jen.Id("s").Dot(m.Call).Op("==").Nil()
		kept := e.kept(m) != nil
		if kept {
			unset = unset.Op("&&").Id("s").Dot("Store").Op("==").Nil()
		}
		g.If(unset).Block(
			jen.Id("x").Dot("Unset").Call(jen.Lit(m.Call)),
			jen.Return())
		args := []jen.Code{jen.Id("x").Dot("Context").Call()}
		for _, a := range m.PathArgs {
			if len(a.Encoding.Style) > 0 {
				e.readPathStyled(g, a)
			} else if a.Type.Kind == plan.Basic && a.Type.Name == "string" {
				g.Id(a.Name).Op(":=").Id("x").Dot("Path").Call(jenx.Lit(a.Wire))
			} else {
				g.Id(a.Name).Op(":=").Qual(e.fakes(), "Path").Index(e.homeType(a.Type)).Call(jen.Id("x"), jenx.Lit(a.Wire))
			}
			args = append(args, jen.Id(a.Name))
		}
		if m.Params != nil {
			e.readParams(g, m.Params)
			args = append(args, jen.Id("params"))
		}
		if m.Request != nil {
			args = append(args, e.readBody(g, m.Request)...)
		}
		if m.Judge != "" {
			g.Id("x").Dot("Judge").Call(e.wireCheck(m.Judge, arguments(m)...))
		}
		g.If(jen.Op("!").Id("x").Dot("Ready").Call()).Block(jen.Return())
		if kept {
			g.If(jen.Id("s").Dot(m.Call).Op("==").Nil()).Block(
				jen.Id("s").Dot("Store").Dot("Serve").Call(jen.Id("x")),
				jen.Return())
		}
		call := jen.Id("s").Dot(m.Call).Call(args...)
		e.fakeAnswer(g, m, call)
	})
	f.Line()
}

// readParams prints how the parameters are read: those that the codec reads come after the others, and among them
// last those that take what nobody else does.
func (e *emitter) readParams(g *jen.Group, p *plan.Params) {
	var styled, open []*plan.Param
	g.Id("params").Op(":=").Op("&").Add(e.home(p.Name)).Add(multi(func(add func(jen.Code)) {
		for _, f := range p.Fields {
			switch {
			case len(f.Encoding.Style) == 0:
				add(jen.Id(f.Name).Op(":").Add(e.readParam(f)))
			case f.Encoding.Open:
				open = append(open, f)
			default:
				styled = append(styled, f)
			}
		}
	}))
	for _, f := range append(styled, open...) {
		e.readStyled(g, f)
	}
	if paramsChecked(p) {
		g.Id("x").Dot("Check").Call(jen.Id("params").Dot("Validate"))
	}
}

func (e *emitter) readParam(p *plan.Param) *jen.Statement {
	name := p.Encoding.Func
	args := []jen.Code{jen.Id("x"), jenx.Lit(p.Wire)}
	t := p.Type
	if t.Kind == plan.Opt {
		t = *t.Elem
	}
	value := name
	if !p.Optional {
		value += "Value"
	}
	fn := jen.Qual(e.fakes(), value)
	switch name {
	case "QueryFlag", "HeaderFlag", "QueryTime", "HeaderTime":
		for _, a := range p.Encoding.Args {
			args = append(args, jenx.Lit(a))
		}
		return fn.Call(args...)
	case "QueryList":
		return jen.Qual(e.fakes(), name).Index(e.homeType(*t.Elem)).Call(append(args, e.listStyle(p))...)
	case "HeaderList":
		return jen.Qual(e.fakes(), name).Index(e.homeType(*t.Elem)).Call(args...)
	}
	return fn.Index(e.homeType(t)).Call(args...)
}

// readBody prints the decoding of a body and returns the argument it is passed as; none for a body of constants.
func (e *emitter) readBody(g *jen.Group, r *plan.Body) []jen.Code {
	if direct(r) {
		return e.readDirect(g, r)
	}
	if r.Struct == nil || r.Kind != plan.BodyJSON {
		return e.readValue(g, r)
	}
	optional := jen.False()
	if !r.Required {
		optional = jen.True()
	}
	req := jen.Id("req")
	g.Add(req.Clone()).Op(":=").New(e.home(r.Struct.Name))
	decoded := e.home("DecodeStrict").Call(jen.Id("x").Dot("RawBody").Call(), req)
	read := jen.Id("x").Dot("Read").Call(req, decoded, optional)
	if slices.Contains(e.p.Access.Timed, r.Struct) {
		read = jen.Id("x").Dot("ReadJudged").Call(decoded.Clone(), optional, e.wireCheck("check"+r.Struct.Name, req))
	}
	switch {
	case r.Constant:
		g.Add(read)
		return nil
	case r.Required:
		g.Add(read)
	default:
		g.If(jen.Op("!").Add(read)).Block(req.Clone().Op("=").Nil())
	}
	return []jen.Code{jen.Id("req")}
}
