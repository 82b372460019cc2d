package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
)

// hooks prints the package of webhooks: the functions that decode them, and their types.
func (e *emitter) hooks() {
	p := e.p.Hooks
	h := &emitter{p: p, slots: e.slots, dir: p.Name + "/"}
	h.file("webhooks.go", "webhooks", h.webhooks)
	h.file("models.go", "models", func(f *jen.File) {
		f.Comment("// Names of the runtime that the types of this package need.")
		f.Type().Defs(h.valueAliases()...)
		f.Line()
		h.models(f)
	})
	if len(p.Structs) > 0 {
		h.file("json.go", "json", h.jsonMethods)
	}
	if len(p.Enums)+len(p.Named) > 0 {
		h.file("enums.go", "enums", h.enums)
	}
	if len(p.Aliases) > 0 {
		h.file("aliases.go", "aliases", h.oldNames)
	}
	h.file("codec.go", "codec", h.codec)
	e.files, e.diags = append(e.files, h.files...), append(e.diags, h.diags...)
}

// webhooks prints the functions that decode calls of the server.
func (e *emitter) webhooks(f *jen.File) {
	title := e.p.Title
	if title == "" {
		title = "the API"
	}
	f.PackageComment(render(jenx.Comment("Package " + e.p.Name + " decodes the calls that " + title + " makes: webhooks and callbacks. " +
		"Whether a call comes from where it seems to come from is for the receiver to check.")))
	for _, w := range e.p.Webhooks {
		name := func(s string) *jen.Statement { return jen.Id(s) }
		kind := "webhook"
		if w.Callback {
			kind = "callback"
		}
		paragraphs := []string{w.Func + " decodes the " + kind + " " + w.Name + ".", w.Doc.Summary, w.Doc.Body,
			"It reads the body of a " + w.Method + " request and leaves it in place, to be read again."}
		paragraphs = append(paragraphs, w.Notes...)
		if w.Doc.Deprecated {
			paragraphs = append(paragraphs, "Deprecated: the API reference marks it so.")
		}
		f.Add(jenx.Comment(paragraphs...))
		f.Func().Id(w.Func).Params(jen.Id("r").Op("*").Qual("net/http", "Request")).Params(bodyType(w.Body, name, jenx.Type), jen.Error()).BlockFunc(func(g *jen.Group) {
			g.Id("out").Op(":=").New(jenx.Type(w.Body.Type))
			zero, out := jen.Nil(), jen.Id("out")
			if w.Body.Struct == nil {
				zero, out = jen.Op("*").Id("out"), jen.Op("*").Id("out")
			}
			g.If(jen.Err().Op(":=").Qual(e.webhook(), "Decode").Call(jen.Id("r"), jenx.Lit(w.Method), e.resultRef(w.Body)), jen.Err().Op("!=").Nil()).Block(
				jen.Return(zero, jen.Err()))
			g.Return(out, jen.Nil())
		})
		f.Line()
	}
}
