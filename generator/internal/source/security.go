package source

import (
	"cmp"
	"maps"
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

// securityScheme reads a security scheme. One of a type that nobody knows is left out, and so is what requires it.
func (l *loader) securityScheme(m *node) {
	name := m.key
	if m = l.deref(m); m == nil || !l.object(m) {
		return
	}
	x := l.extension(m, l.vocab.securityScheme)
	s := &model.SecurityScheme{
		Pos: m.pos(), Name: name, Type: l.str(m, "type"), In: model.In(l.str(m, "in")), Param: l.str(m, "name"), Scheme: l.str(m, "scheme"),
		Signer: x.str("signer"), Doc: l.doc(m),
		Environment: credentialNames(x.get("environment")), File: credentialNames(x.get("file")),
		BearerFormat: l.str(m, "bearerFormat"), OpenIDConnectURL: l.str(m, "openIdConnectUrl"), Flows: l.flows(m.get("flows")),
	}
	for _, h := range x.get("paramHeaders").entries() {
		s.ParamHeaders = append(s.ParamHeaders, model.ParamHeader{Param: h.key, Header: h.scalar()})
	}
	if !l.repairScheme(s, m) {
		return
	}
	if have := l.schemes[name]; have == nil {
		l.schemes[name] = s
		l.api.Security = append(l.api.Security, s)
	} else if !sameScheme(have, s) {
		l.errorf(s.Pos, "conflict", "the security scheme %q is another at %s", name, have.Pos)
		l.related(have.Pos)
	}
}

// sameScheme reports whether two schemes are equal, wherever they stand.
func sameScheme(a, b *model.SecurityScheme) bool {
	bare := func(s *model.SecurityScheme) model.SecurityScheme {
		c := *s
		c.Pos, c.Flows = model.Pos{}, nil
		for _, f := range s.Flows {
			flow := *f
			flow.Pos, flow.Scopes = model.Pos{}, nil
			for _, scope := range f.Scopes {
				flow.Scopes = append(flow.Scopes, &model.Scope{Name: scope.Name, Text: scope.Text})
			}
			c.Flows = append(c.Flows, &flow)
		}
		return c
	}
	return reflect.DeepEqual(bare(a), bare(b))
}

// repairScheme makes a scheme one that can be used, and reports whether it could.
func (l *loader) repairScheme(s *model.SecurityScheme, m *node) bool {
	types := []string{"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"}
	if !slices.Contains(types, s.Type) {
		stated := s.Type
		switch word := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(stated)); word {
		case "basic", "bearer", "digest":
			s.Type, s.Scheme = "http", word
		case "oauth":
			s.Type = "oauth2"
		case "openid", "oidc":
			s.Type = "openIdConnect"
		default:
			i := slices.IndexFunc(types, func(t string) bool { return strings.EqualFold(t, word) })
			if i < 0 {
				l.warnf(m.pos(), "security-scheme-invalid", "the security scheme %q has no known type; it is left out", s.Name)
				l.hint("the types are %s", strings.Join(types, ", "))
				return false
			}
			s.Type = types[i]
		}
		l.warnf(m.pos(), "security-scheme-invalid", "%q is no type of a security scheme; it is taken for %s", stated, strings.TrimSpace(s.Type+" "+s.Scheme))
	}
	switch {
	case s.Type == "http" && s.Scheme == "":
		l.warnf(m.pos(), "security-scheme-invalid", "the security scheme %q says nothing of its scheme; it is taken for bearer", s.Name)
		s.Scheme = "bearer"
	case s.Type == "apiKey" && s.In != model.InHeader && s.In != model.InQuery && s.In != model.InCookie:
		l.warnf(m.pos(), "security-scheme-invalid", "the key %q stands in %q, which is no place; it is taken for a header", s.Name, string(s.In))
		s.In = model.InHeader
	}
	if s.Type == "apiKey" && s.Param == "" {
		l.warnf(m.pos(), "security-scheme-invalid", "the key %q has no name of a parameter; its own is taken", s.Name)
		s.Param = s.Name
	}
	return true
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
			Pos: m.pos(), Kind: model.FlowKind(m.key), TokenURL: l.str(m, "tokenUrl"), RefreshURL: l.str(m, "refreshUrl"),
			AuthorizationURL: cmp.Or(l.str(m, "authorizationUrl"), l.str(m, "deviceAuthorizationUrl")),
		}
		for _, scope := range l.fields(m.get("scopes")) {
			flow.Scopes = append(flow.Scopes, &model.Scope{Pos: scope.pos(), Name: scope.key, Text: l.text(scope)})
		}
		flows = append(flows, flow)
	}
	return flows
}

// security reads a list of alternative requirements; they are complete when all schemes are known.
func (l *loader) security(list *node, to *[]model.SecurityRequirement) {
	alternatives := l.list(list)
	l.checks = append(l.checks, func() { *to = l.requirements(alternatives) })
}

// requirements are the alternatives of which the schemes exist. When none is left of those that ask for something,
// nothing is stated: an operation does not become anonymous by a mistake.
func (l *loader) requirements(list []*node) []model.SecurityRequirement {
	alternatives := []model.SecurityRequirement{}
	lost := false
	for _, m := range list {
		requirement := model.SecurityRequirement{}
		uses := l.fields(m)
		for _, use := range uses {
			if !l.knownScheme(use) {
				continue
			}
			u := model.SchemeUse{Scheme: use.key}
			for _, scope := range l.list(use) {
				u.Scopes = append(u.Scopes, l.text(scope))
			}
			requirement = append(requirement, u)
		}
		if len(uses) > 0 && len(requirement) == 0 {
			lost = true
			continue
		}
		alternatives = append(alternatives, requirement)
	}
	if lost && !slices.ContainsFunc(alternatives, func(r model.SecurityRequirement) bool { return len(r) > 0 }) {
		return nil
	}
	return alternatives
}

// knownScheme reports whether the security scheme exists.
func (l *loader) knownScheme(m *node) bool {
	if l.schemes[m.key] != nil {
		return true
	}
	if !l.reported[m] {
		l.reported[m] = true
		l.warnf(m.keyPos(), "security-scheme-missing", "there is no security scheme %q; it is not required", m.key)
		if !l.dropped {
			l.didYouMean(m.key, slices.Sorted(maps.Keys(l.schemes)))
		}
	}
	return false
}
