package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) xml(name string) *jen.Statement { return jen.Qual(e.p.Runtime+"/xml", name) }

// xmlDocuments prints what the runtime needs to write bodies as XML.
func (e *emitter) xmlDocuments(f *jen.File) {
	f.Comment("// What the members of bodies are called in XML.")
	for _, d := range e.p.XML {
		f.Var().Id(d.Var).Op("=").Add(e.xml("Document")).Add(multi(func(add func(jen.Code)) {
			add(jen.Id("Root").Op(":").Add(e.xml("Element").Values(e.xmlElement(d.Root)...)))
			if d.AnyRoot {
				add(jen.Id("AnyRoot").Op(":").True())
			}
			if len(d.Objects) > 0 {
				add(jen.Id("Objects").Op(":").Index().Add(e.xml("Object")).Add(multi(func(add func(jen.Code)) {
					for _, o := range d.Objects {
						add(e.xmlObject(o))
					}
				})))
			}
		}))
		f.Line()
	}
}

// decodeXML is a function that reads a document. A method as a value would be made when the program starts.
func (e *emitter) decodeXML(document string) *jen.Statement {
	data, v, o := jen.Id("data"), jen.Id("v"), jen.Id("o")
	return jen.Func().Params(data.Clone().Index().Byte(), v.Clone().Qual(e.json(), "Ref"), o.Clone().Qual(e.json(), "DecodeOptions")).Error().Block(
		jen.Return(jen.Id(document).Dot("Decode").Call(data, v, o)))
}

func (e *emitter) xmlObject(o *plan.XMLObject) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		if len(o.Members) > 0 {
			g.Id("Members").Op(":").Index().Add(e.xml("Member")).Add(multi(func(add func(jen.Code)) {
				for _, m := range o.Members {
					add(jen.Values(jen.Id("Key").Op(":").Add(jenx.Lit(m.Key)), jen.Id("Element").Op(":").Add(e.xml("Element").Values(e.xmlElement(m.Element)...))))
				}
			}))
		}
		if o.Rest != nil {
			g.Id("Rest").Op(":").Op("&").Add(e.xml("Element").Values(e.xmlElement(o.Rest)...))
		}
	})
}

func (e *emitter) xmlElement(x *plan.XMLElement) []jen.Code {
	var out []jen.Code
	set := func(name string, v jen.Code) { out = append(out, jen.Id(name).Op(":").Add(v)) }
	for _, t := range []struct{ name, text string }{{"Name", x.Name}, {"Prefix", x.Prefix}, {"Space", x.Space}} {
		if t.text != "" {
			set(t.name, jenx.Lit(t.text))
		}
	}
	if x.Attribute {
		set("Attribute", jen.True())
	}
	if x.Wrapped {
		set("Wrapped", jen.True())
	}
	if x.Item != nil {
		set("Item", jen.Op("&").Add(e.xml("Element").Values(e.xmlElement(x.Item)...)))
	}
	if x.Object > 0 {
		set("Object", jen.Lit(x.Object))
	}
	return out
}
