package rt

import (
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
)

// origin is the endpoint of a client, taken apart. Requests are put together from it and never
// parsed again, so nothing in a path can move the host.
type origin struct {
	scheme string
	host   string
	path   string // escaped, without a trailing slash
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
	if reason := badPath(path, false); path != "" && reason != "" {
		return bad(reason)
	}
	return origin{u.Scheme, u.Host, path}, nil
}

// origins are those of servers that operations have. There are few and each is added once, so that a copy is made for each
// and none waits for another. A sync.Map would do, but is of a generic type: every client would compile it anew.
type origins struct {
	adding sync.Mutex
	known  atomic.Value // map[*Server]origin, which does not change
}

func (o *origins) of(s *Server) (origin, bool) {
	known, _ := o.known.Load().(map[*Server]origin)
	base, ok := known[s]
	return base, ok
}

func (o *origins) add(s *Server, base origin) {
	o.adding.Lock()
	defer o.adding.Unlock()
	known, _ := o.known.Load().(map[*Server]origin)
	grown := make(map[*Server]origin, len(known)+1)
	for s, base := range known {
		grown[s] = base
	}
	grown[s] = base
	o.known.Store(grown)
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
