package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
)

// wrapper is an option of the runtime, offered by the API package.
type wrapper struct {
	name, doc, returns string
	params             []jen.Code // of the function
	args               []jen.Code // of the call
}

// endpointWrapper is for one call too where operations have servers of their own.
func (e *emitter) endpointWrapper() wrapper {
	w := wrapper{"WithEndpoint", "sets the URL that paths are appended to, in place of a region's.", "Option", []jen.Code{jen.Id("url").String()}, []jen.Code{jen.Id("url")}}
	if len(e.p.Client.Regions) == 0 {
		w.doc = "sets the URL that paths are appended to, in place of the document's."
	}
	if len(e.p.Client.ServerLists) > 0 {
		w.returns = "SharedOption"
		w.doc += " For a client, operations that have servers of their own follow too; for a call, it is where that one goes."
	}
	return w
}

func (e *emitter) wrappers() []wrapper {
	id, str := jen.Id, func(n string) jen.Code { return jen.Id(n).String() }
	return []wrapper{
		e.endpointWrapper(),
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
		{"WithSharedStrings", "makes the strings of a response parts of its body instead of copies: whoever keeps one keeps the whole body.", "SharedOption", nil, nil},
		{"WithStrict", "turns every deviation of a response from its document into an error.", "SharedOption", nil, nil},
		{"WithoutValidation", "sends requests unchecked.", "SharedOption", nil, nil},
		{"WithoutRule", "switches one rule off, by the id that its violations carry.", "SharedOption", []jen.Code{str("id")}, []jen.Code{id("id")}},
		{"WithHeader", "sets a header, in place of what would be sent.", "SharedOption", []jen.Code{jen.List(id("name"), id("value")).String()}, []jen.Code{id("name"), id("value")}},
		{"WithQuery", "adds a query parameter that the document does not know.", "CallOption", []jen.Code{jen.List(id("name"), id("value")).String()}, []jen.Code{id("name"), id("value")}},
		{"WithContentType", "sets the media type of the request body, where the document leaves a choice.", "CallOption", []jen.Code{str("mediaType")}, []jen.Code{id("mediaType")}},
		{"WithBodyMember", "adds a member to the request body that the document does not know.", "CallOption", []jen.Code{str("name"), id("value").Any()}, []jen.Code{id("name"), id("value")}},
		{"WithResponseInto", "captures the response in r, whatever comes of the call.", "CallOption", []jen.Code{id("r").Op("*").Id("RawResponse")}, []jen.Code{id("r")}},
		{"WithHeaderInto", "reads the documented headers of the response into h, whatever comes of the call.", "CallOption", []jen.Code{id("h").Add(e.rt("HeaderDecoder"))}, []jen.Code{id("h")}},
		{"WithEventInto", "keeps the fields of each event of a stream in ev: its name and id beside the data that the stream yields.", "CallOption", []jen.Code{id("ev").Op("*").Id("ServerEvent")}, []jen.Code{id("ev")}},
		{"WithIdleTimeout", "bounds each wait for more of a download or stream.", "SharedOption", []jen.Code{id("d").Qual("time", "Duration")}, []jen.Code{id("d")}},
		{"WithDryRun", "does everything but send: the signed request is captured in d, and the call returns ErrDryRun.", "CallOption", []jen.Code{id("d").Op("*").Id("DryRun")}, []jen.Code{id("d")}},
		{"WithCursor", "goes on with a list where another reading of it stopped, with the same arguments.", "CallOption", []jen.Code{str("cursor")}, []jen.Code{id("cursor")}},
		{"WithCursorInto", "keeps where a list goes on: after the page, or the item, that was yielded last.", "CallOption", []jen.Code{id("cursor").Op("*").String()}, []jen.Code{id("cursor")}},
		{"WithPrefetch", "requests the next page of a list while the one before is used.", "CallOption", nil, nil},
		{"IgnoreMissing", "makes a delete succeed when there is nothing to delete.", "CallOption", nil, nil},
	}
}

// options prints the regions, the credentials and the options of the client.
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
					stmt.Comment(jenx.Line(r.Doc.Summary))
				}
			}
		})
		f.Line()
		f.Comment("// WithRegion chooses the endpoint of a region. New refuses one that the service does not have.")
		f.Func().Id("WithRegion").Params(jen.Id("r").Id("Region")).Id("Option").Block(
			jen.Return(e.rt("WithRegion").Call(jen.String().Call(jen.Id("r")))))
		f.Line()
	}
	e.serverOptions(f)
	e.fromCatalog(f)
	for _, p := range c.Params {
		f.Add(jenx.Comment("With"+p.Name+" sets the path parameter "+p.Wire+" of all calls, or of one.", p.Doc.Body))
		f.Func().Id("With" + p.Name).Params(jen.Id("value").String()).Id("SharedOption").Block(
			jen.Return(e.rt("WithParam").Call(jenx.Lit(p.Wire), jen.Id("value"))))
		f.Line()
	}
	e.credentials(f)
	e.schemes(f)
	for _, w := range e.wrappers() {
		if !e.offered(w.name) {
			continue
		}
		f.Add(jenx.Comment(w.name + " " + w.doc))
		f.Func().Id(w.name).Params(w.params...).Id(w.returns).Block(jen.Return(e.rt(w.name).Call(w.args...)))
		f.Line()
	}
}
