package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// serverOptions prints the choice of servers and the options that set their variables.
func (e *emitter) serverOptions(f *jen.File) {
	c := &e.p.Client
	if len(c.Choice) > 0 {
		f.Comment("// ServerURL is a server of the document.")
		f.Type().Id("ServerURL").String()
		f.Line()
		f.Comment("// The servers of the document.")
		f.Const().DefsFunc(func(g *jen.Group) {
			for _, s := range c.Choice {
				stmt := g.Id(s.Const).Id("ServerURL").Op("=").Add(jenx.Lit(s.URL))
				if s.Doc.Body != "" {
					stmt.Comment(jenx.Line(s.Doc.Body))
				}
			}
		})
		f.Line()
		doc := "WithServer chooses a server, for the client or for one call. " + first(c)
		if len(c.ServerLists) > 0 {
			doc += " An operation that has servers of its own takes the first of them, unless the client's is among them or the call chooses one."
		}
		f.Add(jenx.Comment(doc))
		f.Func().Id("WithServer").Params(jen.Id("s").Id("ServerURL")).Id("SharedOption").Block(
			jen.Return(e.rt("WithServer").Call(jen.String().Call(jen.Id("s")))))
		f.Line()
	}
	for _, v := range c.ServerVariables {
		e.serverVariable(f, v)
	}
}

// first says which server is taken without a choice.
func first(c *plan.Client) string {
	if len(c.Servers) == 0 || c.Servers[0].Const == "" {
		return ""
	}
	return "Without it, " + c.Servers[0].Const + " is taken."
}

// serverVariable prints the option that sets a variable, and its listed values.
func (e *emitter) serverVariable(f *jen.File, v *plan.ServerVariable) {
	value, typ := jen.Id("value"), jen.String()
	if v.Type != "" {
		f.Add(jenx.Comment(v.Type+" is a value of the variable "+v.Wire+" in the URL of a server.", v.Doc.Body))
		f.Type().Id(v.Type).String()
		f.Line()
		f.Comment("// The documented values of " + v.Type + ".")
		f.Const().DefsFunc(func(g *jen.Group) {
			for _, x := range v.Values {
				g.Id(x.Const).Id(v.Type).Op("=").Add(jenx.Lit(x.Text))
			}
		})
		f.Line()
		value, typ = jen.String().Call(value), jen.Id(v.Type)
	}
	doc := []string{v.Option + " sets the variable " + v.Wire + " in the URL of the server."}
	if v.Type == "" {
		doc = append(doc, v.Doc.Body)
	}
	if v.Default != "" {
		doc = append(doc, "Default: "+v.Default+".")
	}
	f.Add(jenx.Comment(doc...))
	f.Func().Id(v.Option).Params(jen.Id("value").Add(typ)).Id("SharedOption").Block(
		jen.Return(e.rt("WithServerVariable").Call(jenx.Lit(v.Wire), value)))
	f.Line()
}

// serverList prints servers as the runtime has them.
func (e *emitter) serverList(list []*plan.Server) *jen.Statement {
	return jen.Index().Add(e.rt("Server")).ValuesFunc(func(g *jen.Group) {
		for _, s := range list {
			g.ValuesFunc(func(g *jen.Group) {
				if s.Const != "" {
					g.Id("URL").Op(":").String().Call(jen.Id(s.Const))
				} else {
					g.Id("URL").Op(":").Add(jenx.Lit(s.URL))
				}
				if len(s.Variables) > 0 {
					g.Id("Variables").Op(":").Add(e.variables(s))
				}
			})
		}
	})
}

func (e *emitter) variables(s *plan.Server) *jen.Statement {
	return jen.Index().Add(e.rt("ServerVariable")).Add(multi(func(add func(jen.Code)) {
		for _, v := range s.Variables {
			add(jen.ValuesFunc(func(g *jen.Group) {
				g.Id("Name").Op(":").Add(jenx.Lit(v.Name))
				g.Id("Default").Op(":").Add(jenx.Lit(v.Default))
				if len(v.Enum) > 0 {
					g.Id("Enum").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
						for _, text := range v.Enum {
							g.Add(jenx.Lit(text))
						}
					})
				}
			}))
		}
	}))
}

// serverLists prints the servers that operations have of their own.
func (e *emitter) serverLists(f *jen.File) {
	if len(e.p.Client.ServerLists) == 0 {
		return
	}
	f.Comment("// The servers of operations that have their own.")
	f.Var().DefsFunc(func(g *jen.Group) {
		for _, l := range e.p.Client.ServerLists {
			g.Id(l.Var).Op("=").Add(e.serverList(l.Servers))
		}
	})
	f.Line()
}
