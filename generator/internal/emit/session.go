package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) session(name string) *jen.Statement {
	return jen.Qual(e.p.Runtime+"/session", name)
}

// answered is the name of the struct that a method returns a pointer to.
func (e *emitter) answered(m *plan.Method) *jen.Statement {
	if m.Unwrap != nil {
		return jen.Id(m.Unwrap.Type.Name)
	}
	return jen.Id(m.Result.Struct.Name)
}

// sessionBody prints how a login becomes a session.
func (e *emitter) sessionBody(g *jen.Group, x *plan.Extra) {
	m, s := x.Method, x.Session
	answer := e.answered(m)
	args := append(append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...), arguments(m)[len(m.PathArgs):]...)
	fails := func() *jen.Statement {
		return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), e.session("Grant").Values(), jen.Err()))
	}
	g.Return(e.session("New").Call(jen.Func().Params(ctxParam()).Params(jen.Op("*").Add(answer), e.session("Grant"), jen.Error()).BlockFunc(func(g *jen.Group) {
		if s.Header != "" {
			g.Var().Id("raw").Add(e.rt("RawResponse"))
			args = append(args, jen.Append(jen.Id("opts").Index(jen.Op(":").Len(jen.Id("opts")).Op(":").Len(jen.Id("opts"))), e.rt("WithResponseInto").Call(jen.Op("&").Id("raw"))).Op("..."))
		} else {
			args = append(args, optsSpread())
		}
		g.List(jen.Id("out"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(args...)
		g.Add(fails())
		e.grant(g, s)
		if len(s.Services) > 0 {
			e.catalog(g, s)
		}
		g.Return(jen.Id("out"), jen.Id("grant"), jen.Nil())
	})))
}

// grant prints what a login gives, but for the catalog: in one literal, but for what stands below something that may be missing.
func (e *emitter) grant(g *jen.Group, s *plan.Session) {
	type part struct {
		name  string
		path  []*plan.Field
		value *jen.Statement
	}
	var parts []part
	if n := len(s.Token); n > 0 {
		parts = append(parts, part{"Token", s.Token, e.keyText(member(jen.Id("out"), s.Token), s.Token[n-1])})
	} else {
		parts = append(parts, part{"Token", nil, jen.Id("raw").Dot("Header").Dot("Get").Call(jen.Lit(s.Header))})
	}
	if n := len(s.Expires); n > 0 {
		v := member(jen.Id("out"), s.Expires)
		if s.Expires[n-1].Optional {
			v = v.Dot("Or").Call(jen.Qual("time", "Time").Values())
		}
		parts = append(parts, part{"Expires", s.Expires, v})
	}
	g.Id("grant").Op(":=").Add(e.session("Grant")).ValuesFunc(func(g *jen.Group) {
		for _, p := range parts {
			if present(jen.Id("out"), p.path) == nil {
				g.Id(p.name).Op(":").Add(p.value)
			}
		}
	})
	for _, p := range parts {
		if guard := present(jen.Id("out"), p.path); guard != nil {
			g.If(guard).Block(jen.Id("grant").Dot(p.name).Op("=").Add(p.value))
		}
	}
}

// catalog prints how the endpoints of an answer are listed.
func (e *emitter) catalog(g *jen.Group, s *plan.Session) {
	each := func(g *jen.Group, name, of string, path []*plan.Field, body func(*jen.Group)) {
		loop := func(g *jen.Group) {
			list := member(jen.Id(of), path)
			g.For(jen.List(jen.Id("_"), jen.Id(name)).Op(":=").Range().Add(list)).BlockFunc(body)
		}
		if guard := present(jen.Id(of), path); guard != nil {
			g.If(guard).BlockFunc(loop)
			return
		}
		loop(g)
	}
	each(g, "service", "out", s.Services, func(g *jen.Group) {
		each(g, "endpoint", "service", s.Endpoints, func(g *jen.Group) {
			g.Id("grant").Dot("Endpoints").Op("=").Append(jen.Id("grant").Dot("Endpoints"), e.session("Endpoint").ValuesFunc(func(g *jen.Group) {
				for _, p := range []struct {
					name, of string
					path     []*plan.Field
				}{{"Type", "service", s.Type}, {"Name", "service", s.Name}, {"Region", "endpoint", s.Region}, {"Interface", "endpoint", s.Interface}, {"URL", "endpoint", s.URL}} {
					if n := len(p.path); n > 0 {
						g.Id(p.name).Op(":").Add(e.keyText(member(jen.Id(p.of), p.path), p.path[n-1]))
					}
				}
			}))
		})
	})
}

// fromCatalog prints how the service is found in the catalog of a login.
func (e *emitter) fromCatalog(f *jen.File) {
	c := e.p.Client.Catalog
	if c == nil {
		return
	}
	f.Comment("// Catalog finds the endpoints of services: the session of an identity service does.")
	f.Type().Id("Catalog").Op("=").Add(e.session("Catalog"))
	f.Line()
	text := "FromCatalog finds the service in a catalog: the endpoint in a region, and the parameters of the client that its address holds."
	region, value := jen.Id("region").String(), jen.Id("region")
	if len(e.p.Client.Regions) > 0 {
		region, value = jen.Id("region").Id("Region"), jen.String().Call(jen.Id("region"))
	}
	f.Add(jenx.Comment(text))
	f.Func().Id("FromCatalog").Params(ctxParam(), jen.Id("catalog").Id("Catalog"), region).Params(jen.Id("Option"), jen.Error()).Block(
		jen.Return(e.session("FromCatalog").Call(jen.Id("ctx"), jen.Id("catalog"),
			e.session("EndpointQuery").Values(jen.Id("Type").Op(":").Add(jenx.Lit(c.Type)), jen.Id("Region").Op(":").Add(value)), jenx.Lit(c.Path))))
	f.Line()
}
