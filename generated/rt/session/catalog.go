package session

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generated/rt"
)

// Catalog finds endpoints: a [Session] does.
type Catalog interface {
	Endpoint(ctx context.Context, q EndpointQuery) (string, error)
}

// FromCatalog finds a service in a catalog and returns what makes a client its client: the endpoint and, where the
// address has them, parameters. The path is what the address has behind the endpoint: "/v1.0/{tenantId}". An address that
// does not end so is the endpoint itself.
func FromCatalog(ctx context.Context, c Catalog, q EndpointQuery, path string) (rt.Option, error) {
	address, err := c.Endpoint(ctx, q)
	if err != nil {
		return nil, err
	}
	endpoint, params := split(address, path)
	options := []rt.Option{rt.WithEndpoint(endpoint)}
	for _, p := range params {
		options = append(options, rt.WithParam(p[0], p[1]))
	}
	return rt.Options(options...), nil
}

// split cuts a path off an address, and returns the values of its parameters.
func split(address, path string) (endpoint string, params [][2]string) {
	wanted := strings.Split(strings.Trim(path, "/"), "/")
	parts := strings.Split(strings.TrimRight(address, "/"), "/")
	from := len(parts) - len(wanted)
	if path == "" || from < 3 { // behind the scheme and the host
		return address, nil
	}
	for i, w := range wanted {
		got, err := url.PathUnescape(parts[from+i])
		name, isParam := strings.CutPrefix(w, "{")
		switch {
		case err != nil || !isParam && got != w || isParam && got == "":
			return address, nil
		case isParam:
			params = append(params, [2]string{strings.TrimSuffix(name, "}"), got})
		}
	}
	return strings.Join(parts[:from], "/"), params
}

// Endpoint is one place where a service can be reached.
type Endpoint struct {
	Type      string // of the service: "as", "rax:autoscale"
	Name      string // of the service
	Region    string // empty or *: the service has no regions
	Interface string // "public", where the catalog tells them apart
	URL       string
}

// EndpointQuery says which endpoint is wanted. Type is needed. Regions are compared without case, and an endpoint without a region is in all of them.
type EndpointQuery struct {
	Type      string
	Name      string // breaks ties; empty: any
	Region    string // empty: the only one there is
	Interface string // empty: public, where the catalog tells them apart
}

// EndpointError says that the catalog does not have exactly one endpoint as wanted.
type EndpointError struct {
	Query   EndpointQuery
	Regions []string // in which the service is offered
	Found   int      // endpoints that fit; zero: none
	Types   []string // of the catalog, where it does not have the service at all
}

func (e *EndpointError) Error() string {
	at := ""
	if e.Query.Region != "" {
		at = fmt.Sprintf(" in the region %q", e.Query.Region)
	}
	switch {
	case e.Found > 1 && e.Query.Region == "":
		return fmt.Sprintf("the service %q has several endpoints: choose one of the regions %s", e.Query.Type, list(e.Regions))
	case e.Found > 1:
		return fmt.Sprintf("the service %q has %d endpoints%s", e.Query.Type, e.Found, at)
	case len(e.Regions) > 0:
		return fmt.Sprintf("the service %q has no endpoint%s: the regions are %s", e.Query.Type, at, list(e.Regions))
	case len(e.Types) > 0:
		return fmt.Sprintf("the catalog has no service of type %q: it has %s", e.Query.Type, list(e.Types))
	}
	return fmt.Sprintf("the catalog has no service of type %q", e.Query.Type)
}

func list(texts []string) string {
	const most = 20
	more := ""
	if len(texts) > most {
		more = fmt.Sprintf(" and %d more", len(texts)-most)
		texts = texts[:most]
	}
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = fmt.Sprintf("%.60q", t)
	}
	return strings.Join(quoted, ", ") + more
}

// Find finds the one endpoint that is wanted. The error is an [*EndpointError].
func Find(all []Endpoint, q EndpointQuery) (string, error) {
	fail := &EndpointError{Query: q}
	var fits []Endpoint
	for _, e := range all {
		if e.Region == "*" {
			e.Region = ""
		}
		if e.Type != q.Type {
			if !slices.Contains(fail.Types, e.Type) {
				fail.Types = append(fail.Types, e.Type)
			}
			continue
		}
		if e.Interface != "" && !strings.EqualFold(strings.TrimSuffix(e.Interface, "URL"), face(q.Interface)) || e.URL == "" {
			continue
		}
		if e.Region != "" && !slices.Contains(fail.Regions, e.Region) {
			fail.Regions = append(fail.Regions, e.Region)
		}
		if q.Region == "" || e.Region == "" || strings.EqualFold(e.Region, q.Region) {
			fits = append(fits, e)
		}
	}
	if q.Name != "" && len(fits) > 1 {
		named := slices.DeleteFunc(slices.Clone(fits), func(e Endpoint) bool { return e.Name != q.Name })
		if len(named) > 0 {
			fits = named
		}
	}
	if exact := slices.DeleteFunc(slices.Clone(fits), func(e Endpoint) bool { return e.Region == "" }); len(exact) == 1 {
		fits = exact // better than one for all regions
	}
	if len(fits) == 1 || len(fits) > 1 && same(fits) {
		return fits[0].URL, nil
	}
	fail.Found = len(fits)
	slices.Sort(fail.Regions)
	slices.Sort(fail.Types)
	return "", fail
}

func face(wanted string) string {
	if wanted == "" {
		return "public"
	}
	return wanted
}

// same reports whether all endpoints are one.
func same(list []Endpoint) bool {
	return !slices.ContainsFunc(list, func(e Endpoint) bool { return e.URL != list[0].URL })
}
