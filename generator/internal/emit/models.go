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

// onOneLine is the body of a short function.
func onOneLine(statement jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, statement)
}
