package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// schemes prints the options that set credentials of the document's security schemes.
func (e *emitter) schemes(f *jen.File) {
	has := func(forms ...plan.SchemeForm) bool {
		return slices.ContainsFunc(e.p.Client.Schemes, func(s *plan.Scheme) bool {
			return slices.ContainsFunc(s.Options, func(o *plan.SchemeOption) bool { return slices.Contains(forms, o.Form) })
		})
	}
	if has(plan.FormSource) {
		f.Comment("// Names of package auth that users of this package need.")
		f.Type().Defs(
			jen.Comment("// TokenSource gives tokens and keys that are made elsewhere, and when they end."),
			jen.Id("TokenSource").Op("=").Qual(e.auth(), "TokenSource"),
			jen.Comment("// TokenSourceFunc is a function as a TokenSource."),
			jen.Id("TokenSourceFunc").Op("=").Qual(e.auth(), "TokenSourceFunc"))
		f.Line()
	}
	if has(plan.FormClientCredentials, plan.FormUserPassword, plan.FormRefreshToken) {
		f.Comment("// OAuthConfig says who asks for access tokens, and for which. It never prints its secrets.")
		f.Type().Id("OAuthConfig").Op("=").Qual(e.oauth(), "Config")
		f.Line()
	}
	for _, s := range e.p.Client.Schemes {
		for i, o := range s.Options {
			e.schemeOption(f, s, o, i == 0)
		}
	}
}

// schemeOption prints one option; the first of a scheme says what the document says about it.
func (e *emitter) schemeOption(f *jen.File, s *plan.Scheme, o *plan.SchemeOption, first bool) {
	secret := "token"
	if s.Kind == plan.SchemeAPIKey {
		secret = "key"
	} else if s.Kind == plan.SchemeOther {
		secret = "proof"
	}
	oauth := func(name string, args ...jen.Code) *jen.Statement {
		args = append(append([]jen.Code{jen.Id("c")}, args...), jenx.Lit(o.URL), jen.Id("send"))
		return e.rt("WithAuthorizerFrom").Call(
			jen.Func().Params(jen.Id("send").Add(e.rt("Doer"))).Add(e.rt("Authorizer")).Block(
				jen.Return(e.schemeAuthorizer(s, jen.Qual(e.oauth(), name).Call(args...)))),
			jenx.Lit(s.Name))
	}
	with := func(provider string, arg jen.Code) *jen.Statement {
		return e.rt("WithAuthorizer").Call(e.schemeAuthorizer(s, jen.Qual(e.auth(), provider).Call(arg)), jenx.Lit(s.Name))
	}
	config := jen.Id("c").Id("OAuthConfig")
	var doc string
	var params []jen.Code
	var option *jen.Statement
	returns := "SharedOption"
	switch o.Form {
	case plan.FormSecret:
		doc = "sets the " + secret + " that is sent " + sentAs(s) + "."
		params, option = []jen.Code{jen.Id(secret).String()}, with("Token", jen.Id(secret))
	case plan.FormSource:
		doc = "sets where the " + secret + " comes from that is sent " + sentAs(s) + ". It is kept until it ends or is refused, and got once for all calls that wait."
		params, option = []jen.Code{jen.Id("s").Id("TokenSource")}, with("Tokens", jen.Id("s"))
	case plan.FormPassword:
		doc = "sets user name and password, which are sent by HTTP basic authentication."
		params = []jen.Code{jen.List(jen.Id("user"), jen.Id("password")).String()}
		option = e.rt("WithAuthorizer").Call(e.schemeAuthorizer(s, jen.Qual(e.auth(), "Password").Call(jen.Id("user"), jen.Id("password"))), jenx.Lit(s.Name))
	case plan.FormPasswordFunc:
		doc = "sets where user name and password come from. They are kept until they are refused."
		get := jen.Func().Params(jen.Id("ctx").Qual("context", "Context")).Params(jen.List(jen.Id("user"), jen.Id("password")).String(), jen.Err().Error())
		params, option = []jen.Code{jen.Id("get").Add(get)}, with("Passwords", jen.Id("get"))
	case plan.FormClientCredentials:
		doc = "gets access tokens for the client itself, from the token endpoint " + o.URL + "."
		params, option, returns = []jen.Code{config}, oauth("ClientCredentials"), "Option"
	case plan.FormUserPassword:
		doc = "gets access tokens for a user whose name and password you have, from the token endpoint " + o.URL + "."
		params = []jen.Code{config, jen.List(jen.Id("user"), jen.Id("password")).String()}
		option, returns = oauth("Password", jen.Id("user"), jen.Id("password")), "Option"
	case plan.FormRefreshToken:
		doc = "gets access tokens with a refresh token that you have, from the token endpoint " + o.URL + "."
		params = []jen.Code{config, jen.Id("token").String()}
		option, returns = oauth("Refresh", jen.Id("token")), "Option"
	}
	paragraphs := []string{o.Name + " " + doc}
	if first {
		paragraphs = append(paragraphs, s.Doc.Body, about(s))
	}
	f.Add(jenx.Comment(paragraphs...))
	f.Func().Id(o.Name).Params(params...).Id(returns).Block(jen.Return(option))
	f.Line()
}

// about is where the provider of tokens describes itself.
func about(s *plan.Scheme) string {
	if s.About == "" {
		return ""
	}
	return "The provider is described at " + s.About
}

// sentAs says how credentials of a scheme are sent.
func sentAs(s *plan.Scheme) string {
	switch {
	case s.Kind == plan.SchemeAPIKey && s.In == model.InQuery:
		return "in the query parameter " + s.Param
	case s.Kind == plan.SchemeAPIKey && s.In == model.InCookie:
		return "in the cookie " + s.Param
	case s.Kind == plan.SchemeAPIKey:
		return "in the header " + s.Param
	case s.Kind == plan.SchemeOther:
		return "in the header Authorization, as it is, after the word " + s.Auth
	}
	return "in the header Authorization, after the word Bearer"
}

// schemeAuthorizer is what sends the credentials of a provider as the scheme has it.
func (e *emitter) schemeAuthorizer(s *plan.Scheme, provider jen.Code) *jen.Statement {
	return e.sends(s.Kind, s.In, s.Param, s.Auth, provider)
}

func (e *emitter) sends(kind plan.SchemeKind, in model.In, param, auth string, provider jen.Code) *jen.Statement {
	switch {
	case kind == plan.SchemeAPIKey && in == model.InQuery:
		return jen.Qual(e.auth(), "Query").Call(provider, jenx.Lit(param))
	case kind == plan.SchemeAPIKey && in == model.InCookie:
		return jen.Qual(e.auth(), "Cookie").Call(provider, jenx.Lit(param))
	case kind == plan.SchemeAPIKey:
		return jen.Qual(e.auth(), "Header").Call(provider, jenx.Lit(param), jen.Lit(""))
	case kind == plan.SchemeBasic:
		return jen.Qual(e.auth(), "Basic").Call(provider)
	case kind == plan.SchemeOther:
		return jen.Qual(e.auth(), "Scheme").Call(provider, jenx.Lit(auth))
	}
	return jen.Qual(e.auth(), "Bearer").Call(provider)
}

// requirement is what operations ask for, as the runtime has it.
func (e *emitter) requirement(r *plan.Requirement) *jen.Statement {
	return e.rt("Security").ValuesFunc(func(g *jen.Group) {
		for _, names := range r.Alternatives {
			g.ValuesFunc(func(g *jen.Group) {
				for _, name := range names {
					g.Add(jenx.Lit(name))
				}
			})
		}
	})
}

// requirements prints what operations ask for that is not what most do.
func (e *emitter) requirements(f *jen.File) {
	if len(e.p.Client.Requirements) == 0 {
		return
	}
	f.Comment("// What some operations ask for: one of these sets of credentials.")
	f.Var().DefsFunc(func(g *jen.Group) {
		for _, r := range e.p.Client.Requirements {
			g.Id(r.Var).Op("=").Add(e.requirement(r))
		}
	})
	f.Line()
}

func (e *emitter) oauth() string { return e.p.Runtime + "/oauth" }
