package source

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// credentialNames reads under which names the parts of credentials are found.
func credentialNames(m *node) *model.CredentialNames {
	if m == nil {
		return nil
	}
	return &model.CredentialNames{
		AccessKey: m.str("accessKey"), SecretKey: m.str("secretKey"), SecurityToken: m.str("securityToken"), Token: m.str("token"),
	}
}

// securityScheme reads a security scheme.
func (l *loader) securityScheme(m *node) {
	name := m.key
	if m = l.deref(m); !l.object(m) {
		return
	}
	x := l.extension(m, l.vocab.securityScheme)
	s := &model.SecurityScheme{
		Pos: m.pos(), Name: name, Type: m.str("type"), In: model.In(m.str("in")), Param: m.str("name"), Scheme: m.str("scheme"),
		Signer: x.str("signer"), Doc: model.Doc{Text: m.str("description"), Deprecated: m.flag("deprecated")},
		Environment: credentialNames(x.get("environment")), File: credentialNames(x.get("file")),
		BearerFormat: m.str("bearerFormat"), OpenIDConnectURL: m.str("openIdConnectUrl"), Flows: l.flows(m.get("flows")),
	}
	for _, h := range x.get("paramHeaders").entries() {
		s.ParamHeaders = append(s.ParamHeaders, model.ParamHeader{Param: h.key, Header: h.scalar()})
	}
	types := []string{"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"}
	if !slices.Contains(types, s.Type) {
		l.errorf(m.pos(), "security-scheme-invalid", "the security scheme %q has no known type", name)
		l.hint("the types are %s", strings.Join(types, ", "))
	}
	for _, have := range l.api.Security {
		if have.Name == name {
			c := *s
			c.Pos = have.Pos
			if !reflect.DeepEqual(*have, c) {
				l.errorf(s.Pos, "conflict", "the security scheme %q is another at %s", name, have.Pos)
				l.related(have.Pos)
			}
			return
		}
	}
	l.api.Security = append(l.api.Security, s)
}

// flows reads the ways to a token, in document order.
func (l *loader) flows(list *node) []*model.OAuthFlow {
	var flows []*model.OAuthFlow
	for _, m := range l.fields(list) {
		if strings.HasPrefix(m.key, "x-") || !l.object(m) {
			continue
		}
		kinds := []model.FlowKind{
			model.FlowImplicit, model.FlowPassword, model.FlowClientCredentials, model.FlowAuthorizationCode, model.FlowDevice,
		}
		if !slices.Contains(kinds, model.FlowKind(m.key)) {
			l.warnf(m.keyPos(), "oauth-flow-unknown", "%q is no flow of OAuth 2", m.key)
			continue
		}
		flow := &model.OAuthFlow{
			Pos: m.pos(), Kind: model.FlowKind(m.key), TokenURL: m.str("tokenUrl"), RefreshURL: m.str("refreshUrl"),
			AuthorizationURL: cmp.Or(m.str("authorizationUrl"), m.str("deviceAuthorizationUrl")),
		}
		for _, scope := range l.fields(m.get("scopes")) {
			flow.Scopes = append(flow.Scopes, &model.Scope{Pos: scope.pos(), Name: scope.key, Text: scope.scalar()})
		}
		flows = append(flows, flow)
	}
	return flows
}

// security reads a list of alternative requirements.
func (l *loader) security(list *node) []model.SecurityRequirement {
	var alternatives []model.SecurityRequirement
	for _, m := range l.list(list) {
		requirement := model.SecurityRequirement{}
		for _, use := range l.fields(m) {
			u := model.SchemeUse{Scheme: use.key}
			for _, scope := range l.list(use) {
				u.Scopes = append(u.Scopes, scope.scalar())
			}
			requirement = append(requirement, u)
			l.checks = append(l.checks, func() { l.checkScheme(use) })
		}
		alternatives = append(alternatives, requirement)
	}
	return alternatives
}
