package rt

import (
	"slices"
	"strings"
)

// WithEndpoint sets the URL that paths are appended to: "https://as.example.com". It wins over a region and over servers of
// the document, those of single operations included. It has no user information, query or fragment.
//
//go:noinline
func WithEndpoint(url string) SharedOption {
	return sharedOption(func(c *callConfig) { c.endpoint = url })
}

// WithServer chooses one of the document's servers, by its URL as it stands there. A client takes one of the API's; a call,
// also one of its operation's own.
//
//go:noinline
func WithServer(url string) SharedOption {
	return sharedOption(func(c *callConfig) { c.server = url })
}

// WithServerVariable sets a variable of the document's server URLs.
//
//go:noinline
func WithServerVariable(name, value string) SharedOption {
	return sharedOption(func(c *callConfig) { c.variables = append(slices.Clip(c.variables), param{name: name, value: value}) })
}

// endpoint finds the endpoint of a client: option, region, or one of the document's servers, the first unless another is
// chosen.
func endpoint(api *API, cfg *config) (origin, error) {
	call := &cfg.call
	switch {
	case call.endpoint != "":
		return parseEndpoint(call.endpoint, cfg.insecureHTTP)
	case cfg.region != "" || len(api.Regions) > 0:
		i := slices.IndexFunc(api.Regions, func(r Region) bool { return r.Name == cfg.region })
		if i < 0 {
			known := make([]string, len(api.Regions))
			for i, r := range api.Regions {
				known[i] = r.Name
			}
			return origin{}, &RegionError{Region: cfg.region, Known: known}
		}
		return parseEndpoint(api.Regions[i].Endpoint, cfg.insecureHTTP)
	case len(api.Servers) == 0:
		return origin{}, &RegionError{}
	}
	s, err := api.server(call.server)
	if err != nil {
		return origin{}, err
	}
	for _, v := range call.variables {
		if !s.has(v.name) && slices.ContainsFunc(api.Servers, func(other Server) bool { return other.has(v.name) }) {
			return origin{}, &ParamError{In: "option", Name: v.name, Reason: "is no variable of the server " + linkText(s.URL)}
		}
	}
	return s.endpoint(call.variables, cfg.insecureHTTP)
}

// server is the chosen server of the API; the first when none is chosen.
func (a *API) server(url string) (*Server, error) {
	if url == "" {
		return &a.Servers[0], nil
	}
	for i := range a.Servers {
		if a.Servers[i].URL == url {
			return &a.Servers[i], nil
		}
	}
	return nil, &ParamError{In: "option", Name: "server", Reason: "is none of the document's"}
}

// find is the server of that URL; nil if it is not in the list.
func find(list []Server, url string) *Server {
	if i := slices.IndexFunc(list, func(s Server) bool { return s.URL == url }); i >= 0 {
		return &list[i]
	}
	return nil
}

func (s *Server) has(variable string) bool {
	return slices.ContainsFunc(s.Variables, func(v ServerVariable) bool { return v.Name == variable })
}

// settle finds the endpoint of the call: one given for it, or a server of its operation, or that of the client. Operations
// with servers of their own follow an endpoint that the user gave to the client, so that all of an API moves together.
func (x *exchange) settle() error {
	c, cfg, own := x.client, x.cfg, x.call.Operation.Servers
	x.base = &c.base
	use := func(base origin, err error) error {
		x.base = &base
		return err
	}
	chosen := cfg.server != c.call.server
	switch {
	case cfg.endpoint != c.call.endpoint:
		return use(parseEndpoint(cfg.endpoint, c.insecure))
	case chosen && find(own, cfg.server) == nil,
		len(own) == 0 && len(cfg.variables) != len(c.call.variables) && cfg.endpoint == "" && len(c.api.Regions) == 0 && len(c.api.Servers) > 0:
		s, err := c.api.server(cfg.server)
		if err != nil {
			return err
		}
		return use(s.endpoint(cfg.variables, c.insecure))
	case len(own) > 0:
		return use(x.ownServer(own))
	}
	return nil
}

// ownServer is the endpoint of an operation with servers of its own. One that is a path only is at the same origin as the
// API, and takes the place of the path there.
func (x *exchange) ownServer(own []Server) (origin, error) {
	c := x.client
	s := find(own, x.cfg.server)
	if s == nil {
		s = &own[0]
	}
	explicit := c.call.endpoint != ""
	if strings.HasPrefix(s.URL, "/") {
		base := c.base
		if rest, ok := strings.CutSuffix(base.path, c.path); ok || !explicit {
			if !explicit {
				rest = ""
			}
			base.path = rest + strings.TrimRight(s.URL, "/")
		}
		if reason := badPath(base.path, false); base.path != "" && reason != "" {
			return origin{}, &ParamError{In: "path", Reason: "of the server " + reason}
		}
		return base, nil
	}
	if explicit {
		return c.base, nil
	}
	if len(x.cfg.variables) != len(c.call.variables) {
		return s.endpoint(x.cfg.variables, c.insecure)
	}
	if known, ok := c.origins.of(s); ok {
		return known, nil
	}
	base, err := s.endpoint(x.cfg.variables, c.insecure)
	if err == nil {
		c.origins.add(s, base)
	}
	return base, err
}

// documentPath is the path of the document's first server.
func documentPath(api *API) string {
	if len(api.Servers) == 0 {
		return ""
	}
	text, err := serverURL(&api.Servers[0], nil)
	if err != nil {
		return ""
	}
	if _, rest, ok := strings.Cut(text, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		text = "/" + path
	}
	return strings.TrimRight(text, "/")
}

// endpoint puts the variables of a server into its URL.
func (s *Server) endpoint(given []param, insecure bool) (origin, error) {
	text, err := serverURL(s, given)
	if err != nil {
		return origin{}, err
	}
	if strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") {
		return origin{}, &ParamError{In: "option", Name: "endpoint", Reason: "is not an absolute URL: the document has only its path " + linkText(text) + "; set it whole with WithEndpoint"}
	}
	return parseEndpoint(text, insecure)
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
		bad := func(reason string) (string, error) {
			return "", &ParamError{In: "option", Name: v.Name, Reason: reason}
		}
		switch {
		case strings.ContainsAny(value, "{}"):
			return bad("has to be set: it is a variable of the server, and the document gives no value")
		case value == v.Default:
		case len(v.Enum) > 0:
			if !slices.Contains(v.Enum, value) {
				return bad("is none of " + strings.Join(v.Enum, ", "))
			}
		case value == "" || value == "." || value == "..":
			return bad("is empty or a dot segment")
		default:
			for i := range len(value) {
				if !unreserved(value[i]) {
					return bad("may hold letters, digits, '-', '.', '_' and '~' only")
				}
			}
		}
		text = strings.ReplaceAll(text, "{"+v.Name+"}", value)
	}
	return text, nil
}
