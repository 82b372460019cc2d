package plan

import (
	"github.com/pantograph-go/pantograph/generator/model"
)

// Credentials are what the option WithCredentials takes: an access key that signs, or else a token.
type Credentials struct {
	Schemes      []string               `json:"schemes"` // in the document, that they stand for
	Signed       bool                   `json:"signed,omitempty"`
	Kind         SchemeKind             `json:"kind,omitempty"` // how they are sent where they do not sign
	In           model.In               `json:"in,omitempty"`
	Param        string                 `json:"param,omitempty"`
	Auth         string                 `json:"auth,omitempty"`
	Environment  *model.CredentialNames `json:"environment,omitempty"` // where the vendor's tools keep them
	File         *model.CredentialNames `json:"file,omitempty"`
	ParamHeaders []model.ParamHeader    `json:"paramHeaders,omitempty"` // of signed requests
}

// credentials plans the option WithCredentials: for schemes that sign, and for those of which the vendor's tools keep the
// credentials in known places. Beside a signature it stands for the first token in a header too, since a provider gives
// either.
func (b *builder) credentials(planned map[*model.SecurityScheme]*Scheme) *Credentials {
	out := new(Credentials)
	for _, s := range b.api.Security {
		switch s.Signer {
		case "":
			continue
		case "sdk-hmac-sha256":
			out.Signed = true
			out.Schemes = append(out.Schemes, s.Name)
			out.ParamHeaders = append(out.ParamHeaders, s.ParamHeaders...)
		default:
			b.diags.Errorf(s.Pos, "unknown-signer", "no signer is called %q", s.Signer)
			b.diags.Hint("sdk-hmac-sha256 is the one there is")
		}
	}
	for _, s := range b.api.Security {
		known := s.Environment != nil || s.File != nil
		if known {
			out.Environment, out.File = out.Environment.Merge(s.Environment), out.File.Merge(s.File)
		}
		inHeader := s.Type == "apiKey" && s.In == model.InHeader
		if s.Signer != "" || out.Kind != "" || !known && !(out.Signed && inHeader) || out.Signed && !inHeader {
			continue
		}
		if p := planned[s]; p != nil {
			out.Schemes = append(out.Schemes, s.Name)
			out.Kind, out.In, out.Param, out.Auth = p.Kind, p.In, p.Param, p.Auth
		}
	}
	if len(out.Schemes) == 0 {
		return nil
	}
	return out
}
