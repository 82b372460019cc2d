package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// secretMethods prints what keeps the secrets of a struct out of logs and messages: a Format that
// masks them, and a LogValue on everything that holds them, since structured logs would otherwise
// encode the wire form.
func (e *emitter) secretMethods(f *jen.File, s *plan.Struct) {
	if !s.Secret {
		return
	}
	if slices.ContainsFunc(s.Fields, isSecret) {
		f.Comment("// Format prints the value with its secrets masked.")
		f.Func().Params(jen.Id("v").Id(s.Name)).Id("Format").Params(jen.Id("w").Qual("fmt", "State"), jen.Id("verb").Rune()).BlockFunc(func(g *jen.Group) {
			g.Type().Id("plain").Id(s.Name)
			g.Id("p").Op(":=").Id("plain").Call(jen.Id("v"))
			for _, fld := range s.Fields {
				if isSecret(fld) {
					e.mask(g, fld)
				}
			}
			g.Qual("fmt", "Fprintf").Call(jen.Id("w"), jen.Qual("fmt", "FormatString").Call(jen.Id("w"), jen.Id("verb")), jen.Id("p"))
		})
		f.Line()
	}
	f.Comment("// LogValue keeps secrets out of structured logs.")
	f.Func().Params(jen.Id("v").Id(s.Name)).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Return(jen.Qual("log/slog", "StringValue").Call(jen.Qual("fmt", "Sprintf").Call(jen.Lit("%+v"), jen.Id("v")))))
	f.Line()
}

func isSecret(f *plan.Field) bool { return f.Secret && f.Name != "" }

// mask overwrites a secret that is there: text with a mask, anything else with nothing.
func (e *emitter) mask(g *jen.Group, f *plan.Field) {
	field := jen.Id("p").Dot(f.Name)
	switch {
	case f.Optional && e.isString(*f.Type.Elem):
		g.If(field.Clone().Dot("IsSet").Call()).Block(field.Clone().Op("=").Add(jen.Id("Some").Call(e.maskText(*f.Type.Elem))))
	case e.isString(f.Type):
		g.If(field.Clone().Op("!=").Lit("")).Block(field.Clone().Op("=").Add(e.rt("Redacted")))
	default:
		g.Id("p").Dot(f.Name).Op("=").Op("*").New(jenx.Type(f.Type))
	}
}

// maskText is the mask as a value of a string type.
func (e *emitter) maskText(t plan.TypeRef) *jen.Statement {
	if t.Kind == plan.Basic {
		return e.rt("Redacted")
	}
	return jen.Id(t.Name).Call(e.rt("Redacted"))
}
