package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// plannedScheme is a security scheme with the options that set its credentials.
type plannedScheme struct {
	Name, Kind string
	Options    []struct{ Name, Form string }
}

// secretOf is what the driver's client is given for a scheme.
func secretOf(scheme string) string {
	return "secret-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, scheme)
}

// credentials are the options of the driver's client: one for each scheme that takes a secret.
func (p *planned) credentials() []string {
	var out []string
	for _, s := range p.Client.Schemes {
		for _, o := range s.Options {
			switch o.Form {
			case "secret":
				out = append(out, fmt.Sprintf("client.%s(%q)", o.Name, secretOf(s.Name)))
			case "password":
				out = append(out, fmt.Sprintf("client.%s(%q, %q)", o.Name, "user", secretOf(s.Name)))
			}
		}
	}
	if c := p.Client.Credentials; c != nil {
		out = append(out, fmt.Sprintf("client.WithCredentials(client.StaticCredentials(client.Credentials{Token: %q}))", secretOf("")))
	}
	return out
}

// given reports whether the driver's client has credentials of a scheme.
func (p *planned) given(scheme string) bool {
	for _, s := range p.Client.Schemes {
		if s.Name == scheme {
			for _, o := range s.Options {
				if o.Form == "secret" || o.Form == "password" {
					return true
				}
			}
		}
	}
	return false
}

// authenticate looks for the credentials of one scheme on a request.
func (s *server) authenticate(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	name := in.SecuritySchemeName
	if !s.target.plan.given(name) {
		return nil // signatures, and tokens that stand for them, have proofs of their own
	}
	r, want := in.RequestValidationInput.Request, secretOf(name)
	if got := carried(r, in.SecurityScheme); got != want && !s.displaced(in) && (got == "" || !isParameter(in)) {
		return fmt.Errorf("the credentials of %s are not there: %q", name, first(got, 40))
	}
	return nil
}

// isParameter reports whether the place of a key is that of a parameter of the operation too: what is given for that goes out.
func isParameter(in *openapi3filter.AuthenticationInput) bool {
	route := in.RequestValidationInput.Route
	return slices.ContainsFunc(parameters(&operation{Operation: route.Operation, item: cmp.Or(route.PathItem, new(openapi3.PathItem))}), func(p *openapi3.Parameter) bool {
		return p.In == in.SecurityScheme.In && strings.EqualFold(p.Name, in.SecurityScheme.Name)
	})
}

// displaced reports whether a request carries another credential in the place of one, which the document wants there together:
// there is room for one of them.
func (s *server) displaced(in *openapi3filter.AuthenticationInput) bool {
	op, doc := in.RequestValidationInput.Route.Operation, s.target.T
	alternatives := doc.Security
	if op.Security != nil {
		alternatives = *op.Security
	}
	for _, together := range alternatives {
		if _, ok := together[in.SecuritySchemeName]; !ok {
			continue
		}
		for other := range together {
			scheme := doc.Components.SecuritySchemes[other]
			if scheme != nil && scheme.Value != nil && header(scheme.Value) != "" && header(scheme.Value) == header(in.SecurityScheme) &&
				carried(in.RequestValidationInput.Request, scheme.Value) == secretOf(other) {
				return true
			}
		}
	}
	return false
}

// header is the one that a credential is sent in.
func header(scheme *openapi3.SecurityScheme) string {
	switch {
	case scheme.Type != "apiKey":
		return "Authorization"
	case scheme.In == "header":
		return http.CanonicalHeaderKey(scheme.Name)
	}
	return ""
}

// carried is the secret that a request carries for a scheme.
func carried(r *http.Request, scheme *openapi3.SecurityScheme) string {
	word := "Bearer"
	switch scheme.Type {
	case "apiKey":
		switch scheme.In {
		case "header":
			return r.Header.Get(scheme.Name)
		case "query":
			return r.URL.Query().Get(scheme.Name)
		}
		if c, err := r.Cookie(scheme.Name); err == nil {
			return c.Value
		}
		return ""
	case "http":
		if word = scheme.Scheme; strings.EqualFold(word, "basic") {
			_, password, _ := r.BasicAuth()
			return password
		}
	}
	got := r.Header.Get("Authorization")
	if len(got) > len(word) && strings.EqualFold(got[:len(word)+1], word+" ") {
		return got[len(word)+1:]
	}
	return ""
}

// anonymous wants no secret on a request that is documented to need none.
func (s *server) anonymous(q *round, r *http.Request) {
	if q.op.Security == nil || len(*q.op.Security) > 0 {
		return
	}
	for _, values := range r.Header {
		for _, v := range values {
			if strings.Contains(v, secretOf("")) {
				s.report("wire", "there are credentials, though none are asked for")
			}
		}
	}
	if strings.Contains(r.URL.RawQuery, secretOf("")) {
		s.report("wire", "there are credentials, though none are asked for")
	}
}
