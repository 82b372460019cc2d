package rt

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// origin is the endpoint of a client, taken apart. Requests are put together from it and never
// parsed again, so nothing in a path can move the host.
type origin struct {
	scheme string
	host   string
	path   string // escaped, without a trailing slash
}

// endpoint finds the endpoint of a client: option, region, or the document's first server.
func endpoint(api *API, cfg *config) (origin, error) {
	text := cfg.endpoint
	switch {
	case text != "":
	case cfg.region != "" || len(api.Regions) > 0:
		i := slices.IndexFunc(api.Regions, func(r Region) bool { return r.Name == cfg.region })
		if i < 0 {
			known := make([]string, len(api.Regions))
			for i, r := range api.Regions {
				known[i] = r.Name
			}
			return origin{}, &RegionError{Region: cfg.region, Known: known}
		}
		text = api.Regions[i].Endpoint
	case len(api.Servers) > 0:
		var err error
		if text, err = serverURL(&api.Servers[0], cfg.variables); err != nil {
			return origin{}, err
		}
	default:
		return origin{}, &RegionError{}
	}
	return parseEndpoint(text, cfg.insecureHTTP)
}

// serverURL puts the variables of a server into its URL. A variable is a part of a name or one
// segment: it can neither end the host nor open another.
func serverURL(s *Server, given []param) (string, error) {
	text := s.URL
	for _, v := range s.Variables {
		value := v.Default
		for _, g := range given {
			if g.name == v.Name {
				value = g.value
			}
		}
		if len(v.Enum) > 0 && !slices.Contains(v.Enum, value) {
			return "", &ParamError{In: "option", Name: v.Name, Reason: "is none of " + strings.Join(v.Enum, ", ")}
		}
		if value != v.Default && len(v.Enum) == 0 {
			for i := range len(value) {
				if !unreserved(value[i]) {
					return "", &ParamError{In: "option", Name: v.Name, Reason: "may hold letters, digits, '-', '.', '_' and '~' only"}
				}
			}
			if value == "" || value == "." || value == ".." {
				return "", &ParamError{In: "option", Name: v.Name, Reason: "is empty or a dot segment"}
			}
		}
		text = strings.ReplaceAll(text, "{"+v.Name+"}", value)
	}
	return text, nil
}

// parseEndpoint reads and judges the URL of an endpoint. The URL is not repeated in errors: it may
// hold a password.
func parseEndpoint(text string, insecure bool) (origin, error) {
	bad := func(reason string) (origin, error) {
		return origin{}, &ParamError{In: "option", Name: "endpoint", Reason: reason}
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return bad("is not a URL")
	case u.Scheme == "" && u.Host == "":
		return bad("is not an absolute URL: set one with WithEndpoint")
	case u.Scheme != "https" && u.Scheme != "http":
		return bad("must be an https URL")
	case u.Host == "" || u.Hostname() == "":
		return bad("has no host")
	case u.User != nil:
		return bad("may not hold user information")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return bad("may not hold a query or fragment")
	case u.Scheme == "http" && !insecure && !loopback(u.Hostname()):
		return bad("must be an https URL; WithInsecureHTTP allows plain http")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	if reason := badPath(path); path != "" && reason != "" {
		return bad(reason)
	}
	return origin{u.Scheme, u.Host, path}, nil
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
