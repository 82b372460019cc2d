package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Scheme is a security scheme of the document and the options of the client that set its credentials.
type Scheme struct {
	Name    string          `json:"name"` // in the document
	Kind    SchemeKind      `json:"kind"`
	In      model.In        `json:"in,omitempty"`    // apiKey
	Param   string          `json:"param,omitempty"` // apiKey: name of the header, query parameter or cookie
	Auth    string          `json:"auth,omitempty"`  // http: name of the scheme of HTTP authentication
	About   string          `json:"about,omitempty"` // openIdConnect: where the provider describes itself
	Doc     Text            `json:"doc"`
	Options []*SchemeOption `json:"options,omitempty"`
}

// SchemeKind is what a scheme puts on requests.
type SchemeKind string

// The kinds of schemes.
const (
	SchemeAPIKey SchemeKind = "apiKey"
	SchemeBasic  SchemeKind = "basic"
	SchemeBearer SchemeKind = "bearer"
	SchemeOther  SchemeKind = "http"  // any other scheme of HTTP authentication
	SchemeToken  SchemeKind = "token" // an access token of OAuth or OpenID Connect
	SchemeTLS    SchemeKind = "mutualTLS"
)

// SchemeOption is an option of the client that sets the credentials of a scheme.
type SchemeOption struct {
	Name string     `json:"name"` // WithAPIKey
	Form SchemeForm `json:"form"`
	URL  string     `json:"url,omitempty"` // of the token endpoint
}

// SchemeForm is what the credentials are given as.
type SchemeForm string

// The forms of credentials.
const (
	FormSecret            SchemeForm = "secret"            // the key or token itself
	FormSource            SchemeForm = "source"            // where keys or tokens come from
	FormPassword          SchemeForm = "password"          // user name and password
	FormPasswordFunc      SchemeForm = "passwordFunc"      // where they come from
	FormClientCredentials SchemeForm = "clientCredentials" // flows of OAuth that need no browser
	FormUserPassword      SchemeForm = "userPassword"      //
	FormRefreshToken      SchemeForm = "refreshToken"      //
)

// schemes plans the options that set credentials. Those that package auth knows as one value, access keys and what the
// vendor's tools keep in files, have one option together: WithCredentials.
func (b *builder) schemes() {
	c := &b.pkg.Client
	planned := map[*model.SecurityScheme]*Scheme{}
	for _, s := range b.api.Security {
		p := b.scheme(s)
		if p == nil {
			continue
		}
		planned[s] = p
		c.Schemes = append(c.Schemes, p)
		if p.Kind == SchemeAPIKey && s.In == model.InHeader && s.Signer == "" {
			c.SecretHeaders = append(c.SecretHeaders, s.Param)
		}
	}
	c.Credentials = b.credentials(planned)
	for s, p := range planned {
		if c.Credentials == nil || !slices.Contains(c.Credentials.Schemes, s.Name) {
			p.Options = schemeForms(s, p.Kind)
		}
	}
	b.schemeOptions(planned)
}

// scheme plans a security scheme; nil if its credentials cannot be sent.
func (b *builder) scheme(s *model.SecurityScheme) *Scheme {
	out := &Scheme{Name: s.Name, In: s.In, Param: s.Param, About: s.OpenIDConnectURL, Doc: b.text(s.Doc)}
	switch {
	case s.Type == "mutualTLS":
		out.Kind = SchemeTLS
	case s.Type == "oauth2" || s.Type == "openIdConnect":
		out.Kind = SchemeToken
	case s.Type == "apiKey":
		out.Kind = SchemeAPIKey
		if !isToken(s.Param) && s.In != model.InQuery || s.Param == "" {
			b.unusable(s, fmt.Sprintf("%q is no name of a %s", bounded(s.Param), s.In))
			return nil
		}
		if s.In != model.InHeader && s.In != model.InQuery && s.In != model.InCookie {
			b.unusable(s, fmt.Sprintf("there are no keys in %q", bounded(string(s.In))))
			return nil
		}
	case strings.EqualFold(s.Scheme, "basic"):
		out.Kind = SchemeBasic
	case strings.EqualFold(s.Scheme, "bearer"):
		out.Kind = SchemeBearer
	case isToken(s.Scheme):
		out.Kind, out.Auth = SchemeOther, s.Scheme
	default:
		b.unusable(s, fmt.Sprintf("%q is no scheme of HTTP authentication", bounded(s.Scheme)))
		return nil
	}
	return out
}

func (b *builder) unusable(s *model.SecurityScheme, reason string) {
	b.diags.Warnf(s.Pos, "security-scheme-unusable", "credentials of the security scheme %q cannot be sent: %s", bounded(s.Name), reason)
	b.diags.Hint("set them with WithHeader")
}

// schemeForms are the ways to give credentials of a scheme; their names come later.
func schemeForms(s *model.SecurityScheme, kind SchemeKind) []*SchemeOption {
	switch kind {
	case SchemeTLS:
		return nil
	case SchemeBasic:
		return []*SchemeOption{{Form: FormPassword}, {Form: FormPasswordFunc}}
	}
	out := []*SchemeOption{{Form: FormSecret}, {Form: FormSource}}
	refresh := ""
	for _, f := range s.Flows {
		switch f.Kind {
		case model.FlowClientCredentials:
			out = append(out, &SchemeOption{Form: FormClientCredentials, URL: f.TokenURL})
		case model.FlowPassword:
			out = append(out, &SchemeOption{Form: FormUserPassword, URL: f.TokenURL})
			refresh = cmp.Or(refresh, f.RefreshURL, f.TokenURL)
		case model.FlowAuthorizationCode, model.FlowDevice:
			refresh = cmp.Or(refresh, f.RefreshURL, f.TokenURL)
		}
	}
	if refresh != "" {
		out = append(out, &SchemeOption{Form: FormRefreshToken, URL: refresh})
	}
	return out
}

// optionWords name the options of each kind of scheme, behind what tells schemes of one kind apart.
var optionWords = map[SchemeKind]map[SchemeForm]string{
	SchemeAPIKey: {FormSecret: "APIKey", FormSource: "APIKeySource"},
	SchemeBasic:  {FormPassword: "BasicAuth", FormPasswordFunc: "BasicAuthFunc"},
	SchemeBearer: {FormSecret: "BearerToken", FormSource: "BearerTokenSource"},
	SchemeOther:  {FormSecret: "Auth", FormSource: "AuthSource"},
	SchemeToken: {
		FormSecret: "AccessToken", FormSource: "TokenSource", FormClientCredentials: "ClientCredentials", FormUserPassword: "Password",
		FormRefreshToken: "RefreshToken",
	},
}

// kindWords say of a scheme no more than its kind: bearer_auth.
var kindWords = map[SchemeKind]string{
	SchemeAPIKey: "auth authentication authorization security scheme",
	SchemeBasic:  "auth authentication authorization security scheme basic http",
	SchemeBearer: "auth authentication authorization security scheme bearer http token jwt",
	SchemeOther:  "auth authentication authorization security scheme http",
	SchemeToken:  "auth authentication authorization security scheme oauth oauth2 oidc openid",
}

// schemeOptions names the options of schemes, all at once. The only scheme of its kind is not named in them; of several
// each one is.
func (b *builder) schemeOptions(planned map[*model.SecurityScheme]*Scheme) {
	c := &b.pkg.Client
	count := map[SchemeKind]int{}
	for _, s := range c.Schemes {
		if len(s.Options) > 0 {
			count[s.Kind]++
		}
	}
	var list []member
	var options []*SchemeOption
	for _, s := range b.api.Security {
		p := planned[s]
		if p == nil {
			continue
		}
		which := ""
		if count[p.Kind] > 1 {
			which = b.namer.Exported(strings.Join(withoutKind(s.Name, p.Kind), "_"))
		}
		for _, o := range p.Options {
			word := b.namer.Exported(p.Auth) + optionWords[p.Kind][o.Form]
			name := which + word
			if p.Kind == SchemeAPIKey && which != "" {
				name = which + strings.TrimPrefix(word, "APIKey")
			}
			options = append(options, o)
			list = append(list, member{wire: s.Name, base: name, place: word, id: s.Name + " " + string(o.Form), pos: s.Pos})
		}
	}
	names := b.members(scope{what: "option", kind: "option", fallback: "Scheme", reserved: b.options(), hint: "rename one of the security schemes"}, list)
	for i, o := range options {
		o.Name = "With" + names[i]
		b.claim(o.Name, list[i].pos)
	}
}

// options are the options that are ours or taken, without With.
func (b *builder) options() map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		if option, ok := strings.CutPrefix(name, "With"); ok {
			out[option] = true
		}
	}
	for _, name := range reservedTypes.all() {
		add(name)
	}
	for name := range b.names {
		add(name)
	}
	return out
}

// withoutKind are the words of a scheme's name that say more than its kind.
func withoutKind(name string, kind SchemeKind) []string {
	says := strings.Fields(kindWords[kind])
	ws := words(name)
	for len(ws) > 0 && slices.Contains(says, strings.ToLower(ws[len(ws)-1])) {
		ws = ws[:len(ws)-1]
	}
	if kind == SchemeAPIKey && len(ws) == 0 {
		return []string{"API", "Key"}
	}
	return ws
}

// isToken reports whether a text can be the name of a header, a cookie or a scheme of authentication (RFC 9110, 5.6.2).
func isToken(s string) bool {
	return s != "" && strings.Trim(s, "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == ""
}
