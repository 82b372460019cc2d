package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// alias is a runtime type that users name, under the same name in the API package.
type alias struct{ name, doc string }

var aliases = []alias{
	{"Option", "Option configures a Client."},
	{"CallOption", "CallOption configures one call."},
	{"SharedOption", "SharedOption configures a Client or one call."},
	{"Error", "Error is a failure reported by the API."},
	{"ValidationError", "ValidationError lists the violations of a request that was not sent."},
	{"Violation", "Violation is one broken rule."},
	{"Rule", "Rule is one documented rule: see Rules and Explain."},
	{"RetryPolicy", "RetryPolicy says when and how often requests are repeated."},
	{"Observer", "Observer receives the events of a client."},
	{"Event", "Event is what an Observer receives."},
	{"Middleware", "Middleware wraps the sending of each attempt."},
	{"RawResponse", "RawResponse is a captured response."},
	{"DryRun", "DryRun is a captured request that was not sent."},
}

// client prints the client type, its construction and its options.
func (e *emitter) client(f *jen.File) {
	f.Comment("// This line does not compile with a runtime older than this file: generate both anew.")
	f.Const().Id("_").Op("=").Add(e.rt("Generation1"))
	f.Line()
	e.clientType(f)
	e.aliases(f)
}

func (e *emitter) clientType(f *jen.File) {
	title := e.p.Title
	if title == "" {
		title = "the API"
	}
	f.Add(jenx.Comment("Client calls " + title + ". It is safe for use by many goroutines and does not change after New."))
	f.Type().Id("Client").StructFunc(func(g *jen.Group) {
		for _, s := range e.p.Services {
			g.Id(s.Field).Op("*").Id(s.Type)
		}
		g.Line().Id("client").Op("*").Add(e.rt("Client"))
	})
	f.Line()
	f.Add(jenx.Comment("New returns a client. It reads nothing from the environment and sends nothing.", e.certificate()))
	f.Func().Id("New").Params(jen.Id("opts").Op("...").Id("Option")).Params(jen.Op("*").Id("Client"), jen.Error()).Block(
		jen.List(jen.Id("c"), jen.Err()).Op(":=").Add(e.rt("New")).Call(jen.Op("&").Id("api"), e.allOptions().Op("...")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Return(jen.Op("&").Id("Client").Add(multi(func(add func(jen.Code)) {
			for _, s := range e.p.Services {
				add(jen.Id(s.Field).Op(":").Op("&").Id(s.Type).Values(jen.Id("c")))
			}
			add(jen.Id("client").Op(":").Id("c"))
		})), jen.Nil()))
	f.Line()
	f.Comment("// Send sends any request through the client's authorization, retries and errors: the way to an")
	f.Comment("// operation the document does not know. The path is relative to the endpoint; body is nil, bytes, or a")
	f.Comment("// value that encodes to JSON.")
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("Send").Params(ctxParam(), jen.List(jen.Id("method"), jen.Id("path")).String(), jen.Id("body").Any(), optsParam()).
		Params(jen.Op("*").Id("RawResponse"), jen.Error()).Block(
		jen.Return(jen.Id("c").Dot("client").Dot("Send").Call(jen.Id("ctx"), jen.Id("method"), jen.Id("path"), jen.Id("body"), jen.Id("opts").Op("..."))))
	f.Line()
	e.filled(f, slot.ClientMethods, func() any { return e.views().Package.Client })
	e.filled(f, slot.PackageDeclarations, func() any { return e.views().Package })
}

// certificate says that the document asks for one.
func (e *emitter) certificate() string {
	for _, s := range e.p.Client.Schemes {
		if s.Kind == plan.SchemeTLS {
			return "The service asks for a certificate of the client (mutual TLS): bring a transport that has it, by WithTransport or WithHTTPClient."
		}
	}
	return ""
}

// allOptions are the caller's options, behind those that make the client what the document says:
// signatures follow the server's clock.
func (e *emitter) allOptions() *jen.Statement {
	if c := e.p.Client.Credentials; c == nil || !c.Signed {
		return jen.Id("opts")
	}
	return jen.Append(jen.Index().Id("Option").Values(e.rt("WithServerClock").Call(jen.Id("serverClock"))), jen.Id("opts").Op("..."))
}

func (e *emitter) aliases(f *jen.File) {
	f.Comment("// Names of the runtime that users of this package need.")
	f.Type().DefsFunc(func(g *jen.Group) {
		for _, a := range e.valueAliases() {
			g.Add(a)
		}
		for _, a := range append(aliases[:len(aliases):len(aliases)], e.answerAliases()...) {
			g.Comment("// " + a.doc)
			g.Id(a.name).Op("=").Add(e.rt(a.name))
		}
	})
	f.Line()
	f.Comment("// Some returns a value that is set. It is sent even when v is zero.")
	f.Func().Id("Some").Types(jen.Id("T").Any()).Params(jen.Id("v").Id("T")).Id("Opt").Types(jen.Id("T")).Block(
		jen.Return(e.rt("Some").Call(jen.Id("v"))))
	f.Line()
	f.Comment("// Null returns a value that is sent as JSON null.")
	f.Func().Id("Null").Types(jen.Id("T").Any()).Params().Id("Opt").Types(jen.Id("T")).Block(
		jen.Return(e.rt("Null").Types(jen.Id("T")).Call()))
	f.Line()
	e.fileOffer(f)
	for _, c := range []struct{ name, base string }{{"Float", "float64"}, {"Int64", "int64"}} {
		if !e.usesOpt(c.base) {
			continue
		}
		f.Comment("// " + c.name + " is Some for a number whose constant would be of another type.")
		f.Func().Id(c.name).Params(jen.Id("v").Id(c.base)).Id("Opt").Types(jen.Id(c.base)).Block(jen.Return(jen.Id("Some").Call(jen.Id("v"))))
		f.Line()
	}
}

// valueAliases are the names of the runtime that types of members need.
func (e *emitter) valueAliases() []jen.Code {
	return []jen.Code{
		jen.Comment("// Opt is an optional value: absent, null or set. The zero Opt is absent."),
		jen.Id("Opt").Types(jen.Id("T").Any()).Op("=").Add(e.rt("Opt")).Types(jen.Id("T")),
		jen.Comment("// Raw is any JSON value, kept as text."),
		jen.Id("Raw").Op("=").Qual(e.json(), "Raw"),
		jen.Comment("// Number is a JSON number in the digits it has, for those that no other type holds."),
		jen.Id("Number").Op("=").Add(e.rt("Number")),
	}
}

// usesOpt reports whether a field or parameter is an optional value of the basic type.
func (e *emitter) usesOpt(base string) bool {
	is := func(t plan.TypeRef) bool {
		return t.Kind == plan.Opt && t.Elem.Kind == plan.Basic && t.Elem.Name == base
	}
	for _, s := range e.p.Structs {
		if slices.ContainsFunc(s.Fields, func(f *plan.Field) bool { return is(f.Type) }) {
			return true
		}
	}
	for _, p := range e.p.Params {
		if slices.ContainsFunc(p.Fields, func(f *plan.Param) bool { return is(f.Type) }) {
			return true
		}
	}
	return false
}
