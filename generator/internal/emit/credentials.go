package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// credentials prints the option WithCredentials and what it takes.
func (e *emitter) credentials(f *jen.File) {
	c := e.p.Client.Credentials
	if c == nil {
		return
	}
	f.Comment("// Names of package auth that users of this package need.")
	f.Type().Defs(
		jen.Comment("// Credentials authorize requests. They never print their secrets."),
		jen.Id("Credentials").Op("=").Qual(e.auth(), "Credentials"),
		jen.Comment("// CredentialProvider gives credentials, renewed before they expire."),
		jen.Id("CredentialProvider").Op("=").Qual(e.auth(), "Provider"))
	f.Line()
	f.Comment("// WithCredentials sets where the client gets its credentials. They are kept until they expire or are refused, and")
	f.Comment("// renewed once for all calls that wait.")
	f.Func().Id("WithCredentials").Params(jen.Id("p").Id("CredentialProvider")).Id("Option").Block(
		jen.Return(e.rt("WithAuthorizer").CallFunc(func(g *jen.Group) {
			g.Add(e.authorizer(c))
			for _, name := range c.Schemes {
				g.Add(jenx.Lit(name))
			}
		})))
	f.Line()
	f.Comment("// StaticCredentials always gives c.")
	f.Func().Id("StaticCredentials").Params(jen.Id("c").Id("Credentials")).Id("CredentialProvider").Block(
		jen.Return(jen.Qual(e.auth(), "Static").Call(jen.Id("c"))))
	f.Line()
	if names := e.credentialNames(c.Environment); names != nil {
		f.Comment("// EnvironmentCredentials reads the environment variables of the vendor's own tools, when a request needs them.")
		f.Func().Id("EnvironmentCredentials").Params().Id("CredentialProvider").Block(
			jen.Return(jen.Qual(e.auth(), "FromEnv").Call(names)))
		f.Line()
	}
	if names := e.credentialNames(c.File); names != nil {
		f.Comment("// FileCredentials reads a section of a credentials file, when a request needs it.")
		f.Func().Id("FileCredentials").Params(jen.List(jen.Id("path"), jen.Id("section")).String()).Id("CredentialProvider").Block(
			jen.Return(jen.Qual(e.auth(), "FromFile").Call(jen.Id("path"), jen.Id("section"), names)))
		f.Line()
	}
	if c.Signed {
		f.Func().Id("serverClock").Params(jen.Id("local").Func().Params().Qual("time", "Time")).Add(e.rt("ServerClock")).Block(
			jen.Return(jen.Qual(e.auth(), "NewClock").Call(jen.Id("local"))))
		f.Line()
		f.Func().Id("signRequest").Params(jen.Id("r").Op("*").Qual("net/http", "Request"), jen.Id("body").Index().Byte(),
			jen.Id("c").Id("Credentials"), jen.Id("now").Qual("time", "Time")).Error().Block(
			jen.Id("key").Op(":=").Qual(e.sign(), "Key").Values(jen.Id("Access").Op(":").Id("c").Dot("AccessKey"),
				jen.Id("Secret").Op(":").Id("c").Dot("SecretKey"), jen.Id("SecurityToken").Op(":").Id("c").Dot("SecurityToken")),
			jen.Return(jen.Qual(e.sign(), "Sign").Call(jen.Id("r"), jen.Id("body"), jen.Id("key"), jen.Id("now"), jen.Qual(e.sign(), "Options").Values())))
		f.Line()
	}
}

// authorizer is the way requests are authorized.
func (e *emitter) authorizer(c *plan.Credentials) *jen.Statement {
	provider := jen.Qual(e.auth(), "Cached").Call(jen.Id("p"), jen.Nil(), jen.Qual("time", "Minute"))
	switch {
	case c.Signed && c.Kind != "":
		return jen.Qual(e.auth(), "Any").Call(provider, jen.Id("signRequest"), jenx.Lit(c.Param))
	case c.Signed:
		return jen.Qual(e.auth(), "Signed").Call(provider, jen.Id("signRequest"))
	}
	return e.sends(c.Kind, c.In, c.Param, c.Auth, provider)
}

func (e *emitter) credentialNames(names *model.CredentialNames) *jen.Statement {
	if names == nil {
		return nil
	}
	return jen.Qual(e.auth(), "Names").ValuesFunc(func(g *jen.Group) {
		for _, n := range []struct{ field, name string }{
			{"AccessKey", names.AccessKey}, {"SecretKey", names.SecretKey}, {"SecurityToken", names.SecurityToken}, {"Token", names.Token},
		} {
			if n.name != "" {
				g.Id(n.field).Op(":").Add(jenx.Lit(n.name))
			}
		}
	})
}

func (e *emitter) sign() string { return e.p.Runtime + "/sign" }
