package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// api prints the static description of the service.
func (e *emitter) api(f *jen.File) {
	c := &e.p.Client
	f.Comment("// api is what the runtime knows about the service.")
	f.Var().Id("api").Op("=").Add(e.rt("API")).Add(multi(func(add func(jen.Code)) {
		key := func(name string, v jen.Code) { add(jen.Id(name).Op(":").Add(v)) }
		key("Name", jenx.Lit(e.p.Name))
		if e.p.Version != "" {
			key("Version", jenx.Lit(e.p.Version))
		}
		if len(c.Regions) > 0 {
			key("Regions", jen.Index().Add(e.rt("Region")).Add(multi(func(add func(jen.Code)) {
				for _, r := range c.Regions {
					add(jen.Values(jen.Id("Name").Op(":").String().Call(jen.Id(r.Const)), jen.Id("Endpoint").Op(":").Add(jenx.Lit(r.Endpoint))))
				}
			})))
		} else if len(c.Servers) > 0 {
			key("Servers", e.serverList(c.Servers))
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
		if k := c.Credentials; k != nil && len(k.ParamHeaders) > 0 {
			key("ParamHeaders", jen.Index().Add(e.rt("ParamHeader")).ValuesFunc(func(g *jen.Group) {
				for _, h := range k.ParamHeaders {
					g.Values(jen.Id("Param").Op(":").Add(jenx.Lit(h.Param)), jen.Id("Header").Op(":").Add(jenx.Lit(h.Header)), jen.Id("Signed").Op(":").True())
				}
			}))
		}
		key("Errors", e.errorModel())
		if c.Security != nil {
			key("Security", e.requirement(c.Security))
		}
		names := func(field string, list []string) {
			if len(list) > 0 {
				key(field, jen.Index().String().ValuesFunc(func(g *jen.Group) {
					for _, name := range list {
						g.Add(jenx.Lit(name))
					}
				}))
			}
		}
		names("SecretHeaders", c.SecretHeaders)
		names("SecretMembers", c.SecretMembers)
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
						for _, p := range []struct{ name, path string }{{"Code", s.Code}, {"Message", s.Message}, {"RequestID", s.RequestID}, {"Details", s.Details}, {"Status", s.Status}, {"RetryAfter", s.RetryAfter}} {
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
		if len(m.Aliases) > 0 {
			key("Aliases", jen.Index().Add(e.rt("ErrorAlias")).Add(multi(func(add func(jen.Code)) {
				for _, a := range m.Aliases {
					add(jen.Values(jen.Id("Name").Op(":").Add(jenx.Lit(a.Name)), jen.Id("Code").Op(":").String().Call(jen.Id(a.Of))))
				}
			})))
		}
		if len(m.Statuses) > 0 {
			key("Statuses", jen.Index().Add(e.rt("ErrorStatus")).ValuesFunc(func(g *jen.Group) {
				for _, s := range m.Statuses {
					g.Values(jen.Id("Status").Op(":").Lit(s.Status), jen.Id("Class").Op(":").Id(s.Class))
				}
			}))
		}
	}))
}
