package plan

import (
	"net/url"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Server is a server of the document.
type Server struct {
	Const     string                  `json:"const,omitempty"` // empty: there is nothing to choose
	Name      string                  `json:"name,omitempty"`  // in the document
	URL       string                  `json:"url"`             // may hold {variables}; of an operation, may be a path at the API's origin
	Variables []*model.ServerVariable `json:"variables,omitempty"`
	Doc       Text                    `json:"doc"`
}

// ServerList are the servers that operations have of their own.
type ServerList struct {
	Var     string    `json:"var"`
	Servers []*Server `json:"servers"`
}

// servers plans the servers of the API and of its operations.
func (b *builder) servers() {
	c := &b.pkg.Client
	c.Servers = b.apiServers()
	b.ownServers = map[*model.Operation]*ServerList{}
	lists := map[string]*ServerList{}
	var keys []string
	count := map[string]int{}
	for _, op := range b.api.Operations {
		own := b.operationServers(op)
		if len(own) == 0 {
			continue
		}
		key := serversKey(own)
		if lists[key] == nil {
			lists[key] = &ServerList{Servers: own}
			c.ServerLists = append(c.ServerLists, lists[key])
			lists[key].Var = "servers" + b.namer.Exported(strings.Join(distinctWords(own[0].URL), "_"))
			keys = append(keys, key)
			count[lists[key].Var]++
		}
		b.ownServers[op] = lists[key]
	}
	for i, l := range c.ServerLists {
		if count[l.Var] > 1 || l.Var == "servers" {
			l.Var += "X" + shortHash(keys[i])
		}
	}
	b.serverConstants()
	b.serverVariables()
}

// serversKey tells lists of servers apart.
func serversKey(list []*Server) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.URL + "\n")
		for _, v := range s.Variables {
			b.WriteString("\t" + v.Name + "=" + v.Default + ":" + strings.Join(v.Enum, ",") + "\n")
		}
	}
	return b.String()
}

// apiServers are the servers of the API that a client can use, in document order: those that are absolute or, without any,
// the first path.
func (b *builder) apiServers() []*Server {
	var absolute, relative []*Server
	for _, s := range withoutTwins(b.api.Servers) {
		switch p := b.server(s); whereIs(p.URL) {
		case elsewhere:
			absolute = append(absolute, p)
		case here:
			relative = append(relative, p)
		default:
			b.diags.Warnf(s.Pos, "server-unusable", "this is no URL of a server")
			b.diags.Hint("give the endpoint with WithEndpoint")
		}
	}
	if len(absolute) == 0 && len(relative) > 0 {
		return relative[:1]
	}
	return absolute
}

// withoutTwins leaves out a server that differs from another in nothing but being http: a plain connection needs the user's
// leave, and then an endpoint says it all.
func withoutTwins(list []*model.Server) []*model.Server {
	return slices.DeleteFunc(slices.Clone(list), func(s *model.Server) bool {
		rest, plain := strings.CutPrefix(s.URL, "http://")
		return plain && slices.ContainsFunc(list, func(t *model.Server) bool { return t.URL == "https://"+rest })
	})
}

// operationServers are the servers of an operation; none when they are those of the API. What is at the origin of the API's
// first server becomes a path, so that it follows when the user moves the API elsewhere.
func (b *builder) operationServers(op *model.Operation) []*Server {
	api := b.pkg.Client.Servers
	first := ""
	if len(api) > 0 && len(api[0].Variables) == 0 && len(b.api.Regions) == 0 {
		first = api[0].URL
	}
	var out, unusable []*Server
	for _, s := range withoutTwins(op.Servers) {
		p := b.server(s)
		if where := whereIs(p.URL); where == nowhere {
			b.diags.Warnf(s.Pos, "server-unusable", "this is no URL of a server")
			b.diags.Hint("give the endpoint of a call with WithEndpoint")
			unusable = append(unusable, p)
			continue
		}
		if path, same := atOrigin(p.URL, first); same && len(p.Variables) == 0 {
			p.URL = path
		}
		out = append(out, p)
	}
	if len(out) == 0 && len(unusable) > 0 {
		out = unusable[:1] // a call says that it needs an endpoint
	}
	if path, _ := atOrigin(first, first); first != "" && len(out) == 1 && len(out[0].Variables) == 0 && out[0].URL == path {
		return nil
	}
	if serversKey(out) == serversKey(api) {
		return nil
	}
	return out
}

// server takes a server over, with the variables that its URL has.
func (b *builder) server(s *model.Server) *Server {
	out := &Server{Name: s.Name, URL: s.URL, Doc: b.text(s.Doc)}
	if len(out.URL) > 1 {
		out.URL = strings.TrimRight(out.URL, "/")
		if strings.HasSuffix(out.URL, ":") {
			out.URL = s.URL // it has no more
		}
	}
	if rest, ok := strings.CutPrefix(out.URL, "./"); ok {
		out.URL = "/" + rest
	}
	for _, v := range s.Variables {
		if strings.Contains(out.URL, "{"+v.Name+"}") {
			out.Variables = append(out.Variables, v)
		}
	}
	return out
}

// location is where a server is.
type location int

const (
	nowhere   location = iota // it is no URL of a server
	here                      // a path
	elsewhere                 // at an origin of its own
)

// whereIs judges the URL of a server, whatever the values of its variables.
func whereIs(text string) location {
	if strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") {
		return here
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if strings.HasPrefix(scheme, "{") && strings.HasSuffix(scheme, "}") {
		scheme = "https"
	}
	var plain strings.Builder // each variable is one letter
	depth := 0
	for _, r := range rest {
		switch {
		case r == '{':
			depth++
			plain.WriteByte('1')
		case r == '}':
			depth--
		case depth == 0:
			plain.WriteRune(r)
		}
	}
	u, err := url.Parse(scheme + "://" + plain.String())
	if !ok || err != nil || depth != 0 || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nowhere
	}
	return elsewhere
}

// atOrigin returns the path of a URL, and whether it is at the origin of the other.
func atOrigin(text, other string) (path string, same bool) {
	u, err := url.Parse(text)
	v, err2 := url.Parse(other)
	if err != nil || err2 != nil || v.Host == "" || u.Host != v.Host || u.Scheme != v.Scheme {
		return "", false
	}
	if path = strings.TrimRight(u.EscapedPath(), "/"); path == "" {
		path = "/"
	}
	return path, true
}

// base is the path in front of an operation's where an endpoint without a path takes the place of all servers, as that of
// the fake server does: that of a server which is a path, where the API's has none.
func (b *builder) base(l *ServerList) string {
	api, own := b.pkg.Client.Servers, l.Servers[0].URL
	if len(b.api.Regions) > 0 || len(api) == 0 || whereIs(own) != here {
		return ""
	}
	_, rest, _ := strings.Cut(api[0].URL, "://")
	if strings.Contains(rest, "/") {
		return ""
	}
	return strings.TrimRight(own, "/")
}
