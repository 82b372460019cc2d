package model

// SecurityScheme is how a request is authorized.
type SecurityScheme struct {
	Pos
	Doc
	Name   string `json:"name"`
	Type   string `json:"type"`             // apiKey, http, oauth2, openIdConnect, mutualTLS
	In     In     `json:"in,omitempty"`     // apiKey
	Param  string `json:"param,omitempty"`  // apiKey: header, query or cookie name
	Scheme string `json:"scheme,omitempty"` // http: basic, bearer, or any other

	BearerFormat     string       `json:"bearerFormat,omitempty"`     // http bearer: what the token is, for information
	Flows            []*OAuthFlow `json:"flows,omitempty"`            // oauth2
	OpenIDConnectURL string       `json:"openIdConnectUrl,omitempty"` // openIdConnect: where the discovery document is

	Signer string `json:"signer,omitempty"` // x-pantograph.signer: sdk-hmac-sha256

	ParamHeaders []ParamHeader    `json:"paramHeaders,omitempty"` // sent with signed requests
	Environment  *CredentialNames `json:"environment,omitempty"`  // environment variables of the vendor's tools
	File         *CredentialNames `json:"file,omitempty"`         // names in the vendor's credentials file
}

// FlowKind is one of OAuth's ways to a token.
type FlowKind string

// The kinds of flows.
const (
	FlowImplicit          FlowKind = "implicit"
	FlowPassword          FlowKind = "password"
	FlowClientCredentials FlowKind = "clientCredentials"
	FlowAuthorizationCode FlowKind = "authorizationCode"
	FlowDevice            FlowKind = "deviceAuthorization"
)

// OAuthFlow is one way to get a token. Its URLs may be relative to the server's.
type OAuthFlow struct {
	Pos
	Kind             FlowKind `json:"kind"`
	AuthorizationURL string   `json:"authorizationUrl,omitempty"` // of the device flow: the device authorization endpoint
	TokenURL         string   `json:"tokenUrl,omitempty"`
	RefreshURL       string   `json:"refreshUrl,omitempty"` // empty: the token endpoint
	Scopes           []*Scope `json:"scopes,omitempty"`
}

// Scope is a permission that a token may carry.
type Scope struct {
	Pos
	Name string `json:"name"`
	Text string `json:"text,omitempty"`
}

// ParamHeader is a header that repeats a client parameter.
type ParamHeader struct {
	Param  string `json:"param"`
	Header string `json:"header"`
}

// CredentialNames are the names under which the parts of credentials are found; empty: not kept there.
type CredentialNames struct {
	AccessKey     string `json:"accessKey,omitempty"`
	SecretKey     string `json:"secretKey,omitempty"`
	SecurityToken string `json:"securityToken,omitempty"`
	Token         string `json:"token,omitempty"`
}

// Merge fills the names that c lacks from d.
func (c *CredentialNames) Merge(d *CredentialNames) *CredentialNames {
	if c == nil || d == nil {
		if c == nil {
			return d
		}
		return c
	}
	merged := *c
	for _, p := range []struct {
		to   *string
		from string
	}{{&merged.AccessKey, d.AccessKey}, {&merged.SecretKey, d.SecretKey}, {&merged.SecurityToken, d.SecurityToken}, {&merged.Token, d.Token}} {
		if *p.to == "" {
			*p.to = p.from
		}
	}
	return &merged
}

// SecurityRequirement is a set of schemes that must all be satisfied. Empty: anonymous.
type SecurityRequirement []SchemeUse

// SchemeUse names a scheme and its scopes.
type SchemeUse struct {
	Scheme string   `json:"scheme"`
	Scopes []string `json:"scopes,omitempty"`
}
