package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
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
	{"RetryPolicy", "RetryPolicy says when and how often requests are repeated."},
	{"Observer", "Observer receives the events of a client."},
	{"Event", "Event is what an Observer receives."},
	{"Middleware", "Middleware wraps the sending of each attempt."},
	{"RawResponse", "RawResponse is a captured response."},
	{"DryRun", "DryRun is a captured request that was not sent."},
}

// wrapper is an option of the runtime, offered by the API package.
type wrapper struct {
	name, doc, returns string
	params             []jen.Code // of the function
	args               []jen.Code // of the call
}

func (e *emitter) wrappers() []wrapper {
	id, str := jen.Id, func(n string) jen.Code { return jen.Id(n).String() }
	return []wrapper{
		{"WithEndpoint", "sets the URL that paths are appended to, in place of a region's.", "Option", []jen.Code{str("url")}, []jen.Code{id("url")}},
		{"WithInsecureHTTP", "allows an endpoint without TLS: credentials then travel in the clear.", "Option", nil, nil},
		{"WithHTTPClient", "takes transport and timeout from an http.Client.", "Option", []jen.Code{id("c").Op("*").Qual("net/http", "Client")}, []jen.Code{id("c")}},
		{"WithTransport", "sends requests through a round tripper.", "Option", []jen.Code{id("t").Qual("net/http", "RoundTripper")}, []jen.Code{id("t")}},
		{"WithProxyFromEnvironment", "makes the client ask HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "Option", nil, nil},
		{"WithUserAgent", "puts product tokens in front of the client's own.", "Option", []jen.Code{str("product")}, []jen.Code{id("product")}},
		{"WithClock", "sets the source of time for signatures and dates.", "Option", []jen.Code{id("now").Func().Params().Qual("time", "Time")}, []jen.Code{id("now")}},
		{"WithObserver", "adds a receiver of events: retries, deviations, warnings.", "Option", []jen.Code{id("o").Id("Observer")}, []jen.Code{id("o")}},
		{"WithLogger", "logs the events of the client.", "Option", []jen.Code{id("l").Op("*").Qual("log/slog", "Logger")}, []jen.Code{id("l")}},
		{"WithMiddleware", "wraps the sending of each attempt; the first is the outermost.", "Option", []jen.Code{id("m").Op("...").Id("Middleware")}, []jen.Code{id("m").Op("...")}},
		{"WithRetry", "sets when and how often requests are repeated.", "SharedOption", []jen.Code{id("p").Id("RetryPolicy")}, []jen.Code{id("p")}},
		{"WithoutRetry", "makes exactly one request per call.", "SharedOption", nil, nil},
		{"WithTimeout", "bounds a whole call, waits and repeats included.", "SharedOption", []jen.Code{id("d").Qual("time", "Duration")}, []jen.Code{id("d")}},
		{"WithAttemptTimeout", "bounds one request until its answer is read.", "SharedOption", []jen.Code{id("d").Qual("time", "Duration")}, []jen.Code{id("d")}},
		{"WithMaxResponseSize", "bounds the body of a response, in bytes after decompression.", "SharedOption", []jen.Code{id("bytes").Int64()}, []jen.Code{id("bytes")}},
		{"WithPresence", "records which members of a response were present, null or unknown, so that it encodes without loss.", "SharedOption", nil, nil},
		{"WithStrict", "turns every deviation of a response from its document into an error.", "SharedOption", nil, nil},
		{"WithoutValidation", "sends requests unchecked.", "SharedOption", nil, nil},
		{"WithoutRule", "switches one rule off, by the id that its violations carry.", "SharedOption", []jen.Code{str("id")}, []jen.Code{id("id")}},
		{"WithHeader", "sets a header, in place of what would be sent.", "SharedOption", []jen.Code{jen.List(id("name"), id("value")).String()}, []jen.Code{id("name"), id("value")}},
		{"WithQuery", "adds a query parameter that the document does not know.", "CallOption", []jen.Code{jen.List(id("name"), id("value")).String()}, []jen.Code{id("name"), id("value")}},
		{"WithBodyMember", "adds a member to the request body that the document does not know.", "CallOption", []jen.Code{str("name"), id("value").Any()}, []jen.Code{id("name"), id("value")}},
		{"WithResponseInto", "captures the response in r, whatever comes of the call.", "CallOption", []jen.Code{id("r").Op("*").Id("RawResponse")}, []jen.Code{id("r")}},
		{"WithDryRun", "does everything but send: the signed request is captured in d, and the call returns ErrDryRun.", "CallOption", []jen.Code{id("d").Op("*").Id("DryRun")}, []jen.Code{id("d")}},
		{"IgnoreMissing", "makes a delete succeed when there is nothing to delete.", "CallOption", nil, nil},
	}
}

// client prints the client type, its construction and its options.
func (e *emitter) client(f *jen.File) {
	f.Comment("// This line does not compile with a runtime older than this file: generate both anew.")
	f.Const().Id("_").Op("=").Add(e.rt("Generation1"))
	f.Line()
	e.clientType(f)
	e.aliases(f)
	e.options(f)
	e.api(f)
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
	f.Comment("// New returns a client. It reads nothing from the environment and sends nothing.")
	f.Func().Id("New").Params(jen.Id("opts").Op("...").Id("Option")).Params(jen.Op("*").Id("Client"), jen.Error()).Block(
		jen.List(jen.Id("c"), jen.Err()).Op(":=").Add(e.rt("New")).Call(jen.Op("&").Id("api"), jen.Id("opts").Op("...")),
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
	f.Add(e.slots.code("client/methods", e, f, packageView(e.p)))
}

func (e *emitter) aliases(f *jen.File) {
	f.Comment("// Names of the runtime that users of this package need.")
	f.Type().DefsFunc(func(g *jen.Group) {
		g.Comment("// Opt is an optional value: absent, null or set. The zero Opt is absent.")
		g.Id("Opt").Types(jen.Id("T").Any()).Op("=").Add(e.rt("Opt")).Types(jen.Id("T"))
		g.Comment("// Raw is any JSON value, kept as text.")
		g.Id("Raw").Op("=").Qual(e.json(), "Raw")
		for _, a := range aliases {
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
}

func (e *emitter) options(f *jen.File) {
	c := &e.p.Client
	if len(c.Regions) > 0 {
		f.Comment("// Region names an endpoint of the service.")
		f.Type().Id("Region").String()
		f.Line()
		f.Comment("// The regions of the service.")
		f.Const().DefsFunc(func(g *jen.Group) {
			for _, r := range c.Regions {
				stmt := g.Id(r.Const).Id("Region").Op("=").Add(jenx.Lit(r.Name))
				if r.Doc.Summary != "" {
					stmt.Comment(comment(r.Doc.Summary))
				}
			}
		})
		f.Line()
		f.Comment("// WithRegion chooses the endpoint of a region. New refuses one that the service does not have.")
		f.Func().Id("WithRegion").Params(jen.Id("r").Id("Region")).Id("Option").Block(
			jen.Return(e.rt("WithRegion").Call(jen.String().Call(jen.Id("r")))))
		f.Line()
	}
	for _, p := range c.Params {
		f.Add(jenx.Comment("With"+p.Name+" sets the path parameter "+p.Wire+" of all calls, or of one.", p.Doc.Body))
		f.Func().Id("With" + p.Name).Params(jen.Id("value").String()).Id("SharedOption").Block(
			jen.Return(e.rt("WithParam").Call(jenx.Lit(p.Wire), jen.Id("value"))))
		f.Line()
	}
	e.credentials(f)
	for _, w := range e.wrappers() {
		f.Add(jenx.Comment(w.name + " " + w.doc))
		f.Func().Id(w.name).Params(w.params...).Id(w.returns).Block(jen.Return(e.rt(w.name).Call(w.args...)))
		f.Line()
	}
}

// api prints the static description of the service.
func (e *emitter) api(f *jen.File) {
	c := &e.p.Client
	f.Comment("// api is what the runtime knows about the service.")
	f.Var().Id("api").Op("=").Add(e.rt("API")).Add(multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		key("Name", jenx.Lit(e.p.Name))
		if len(c.Regions) > 0 {
			key("Regions", jen.Index().Add(e.rt("Region")).Add(multi(func(add func(jen.Code)) {
				for _, r := range c.Regions {
					add(jen.Values(jen.Id("Name").Op(":").String().Call(jen.Id(r.Const)), jen.Id("Endpoint").Op(":").Add(jenx.Lit(r.Endpoint))))
				}
			})))
		} else if c.Endpoint != "" {
			key("Servers", jen.Index().Add(e.rt("Server")).Values(jen.Values(jen.Id("URL").Op(":").Add(jenx.Lit(c.Endpoint)))))
		}
		if len(c.Params) > 0 {
			key("ClientParams", jen.Index().String().ValuesFunc(func(g *jen.Group) {
				for _, p := range c.Params {
					g.Add(jenx.Lit(p.Wire))
				}
			}))
		}
		if len(c.Headers) > 0 {
			key("Headers", jen.Index().Add(e.rt("HeaderField")).ValuesFunc(func(g *jen.Group) {
				for _, h := range c.Headers {
					g.Values(jen.Id("Name").Op(":").Add(jenx.Lit(h.Name)), jen.Id("Value").Op(":").Add(jenx.Lit(h.Value)))
				}
			}))
		}
		if c.Signed {
			key("ParamHeaders", jen.Index().Add(e.rt("ParamHeader")).ValuesFunc(func(g *jen.Group) {
				for _, p := range c.Params {
					if p.Wire == "project_id" {
						g.Values(jen.Id("Param").Op(":").Add(jenx.Lit(p.Wire)), jen.Id("Header").Op(":").Lit("X-Project-Id"), jen.Id("Signed").Op(":").True())
					}
				}
			}))
		}
		key("Errors", e.errorModel())
	}))
	f.Line()
}

// errorModel prints how the API reports failures.
func (e *emitter) errorModel() *jen.Statement {
	m := &e.p.Errors
	return e.rt("ErrorModel").Add(multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		if len(m.Shapes) > 0 {
			key("Shapes", jen.Index().Add(e.rt("ErrorShape")).Add(multi(func(add func(jen.Code)) {
				for _, s := range m.Shapes {
					add(jen.ValuesFunc(func(g *jen.Group) {
						for _, p := range []struct{ name, path string }{{"Code", s.Code}, {"Message", s.Message}, {"RequestID", s.RequestID}, {"Details", s.Details}} {
							if p.path != "" {
								g.Id(p.name).Op(":").Add(jenx.Lit(p.path))
							}
						}
					}))
				}
			})))
		}
		if len(m.RequestIDHeaders) > 0 {
			key("RequestIDHeaders", jen.Index().String().ValuesFunc(func(g *jen.Group) {
				for _, h := range m.RequestIDHeaders {
					g.Add(jenx.Lit(h))
				}
			}))
		}
		classes := func(codes []*plan.ErrorCode, constants bool) *jen.Statement {
			return jen.Index().Add(e.rt("ErrorCode")).Add(multi(func(add func(jen.Code)) {
				for _, c := range codes {
					if c.Class == "" {
						continue
					}
					code := jenx.Lit(c.Code)
					if constants {
						code = jen.String().Call(jen.Id(c.Const))
					}
					add(jen.Values(jen.Id("Code").Op(":").Add(code), jen.Id("Class").Op(":").Id(c.Class)))
				}
			}))
		}
		if len(m.Codes) > 0 {
			key("Codes", classes(m.Codes, true))
		}
		if len(m.Prefixes) > 0 {
			key("Prefixes", classes(m.Prefixes, false))
		}
	}))
}

// errorClasses are the sentinels, by meaning.
var errorClasses = []alias{
	{"ErrInvalid", "the request is wrong"},
	{"ErrUnauthenticated", "no credentials, or not accepted"},
	{"ErrPermissionDenied", "the credentials do not allow this"},
	{"ErrNotFound", "there is no such object"},
	{"ErrConflict", "the state of the object does not allow this"},
	{"ErrBusy", "a conflict that passes: try later"},
	{"ErrQuotaExceeded", "a quota is used up"},
	{"ErrRateLimited", "too many requests"},
	{"ErrUnavailable", "the service cannot answer now"},
	{"ErrInternal", "the service failed"},
	{"ErrDryRun", "nothing was sent: see WithDryRun"},
}

// errors prints the sentinels and the documented codes.
func (e *emitter) errors(f *jen.File) {
	f.Comment("// What a failure means, for errors.Is. The documented code decides, then the status.")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, c := range errorClasses {
			g.Id(c.name).Op("=").Add(e.rt(c.name)).Comment("// " + c.doc)
		}
	})
	f.Line()
	if len(e.p.Errors.Codes) == 0 {
		return
	}
	f.Comment("// Code is an error code of the API: Error.Code holds one.")
	f.Type().Id("Code").String()
	f.Line()
	f.Comment("// The documented error codes.")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, c := range e.p.Errors.Codes {
			stmt := g.Id(c.Const).Id("Code").Op("=").Add(jenx.Lit(c.Code))
			if c.Message != "" {
				stmt.Comment(comment(c.Message))
			}
		}
	})
	f.Line()
	f.Comment("// Is reports whether err is a failure of the API with this code.")
	f.Func().Params(jen.Id("c").Id("Code")).Id("Is").Params(jen.Err().Error()).Bool().Block(
		jen.Var().Id("e").Op("*").Id("Error"),
		jen.Return(jen.Qual("errors", "As").Call(jen.Err(), jen.Op("&").Id("e")).Op("&&").Id("e").Dot("Code").Op("==").String().Call(jen.Id("c"))))
	f.Line()
}
