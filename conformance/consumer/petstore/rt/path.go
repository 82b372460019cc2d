package rt

import (
	"net/url"
	"strings"
)

// target is where a request goes, below the origin.
type target struct {
	path    string // unescaped
	escaped string // escaped; empty when it is the same as path
	query   string // escaped
}

// locate puts path and query of a call together.
func (x *exchange) locate() (target, error) {
	call, cfg := x.call, x.cfg
	if rooted(cfg.link) {
		return x.base.follow(call.Operation.ID, cfg.link)
	}
	buf := make([]byte, 0, 256)
	buf = append(buf, x.base.path...)
	buf, err := x.client.expand(buf, call, cfg)
	if err != nil {
		return target{}, err
	}
	if cfg.link != "" {
		return x.base.follow(call.Operation.ID, beside(string(buf), cfg.link))
	}
	end := len(buf)
	buf = append(buf, call.Operation.Query...)
	for _, query := range [][]byte{call.query, cfg.query} {
		if len(query) > 0 && len(buf) > end {
			buf = append(buf, '&')
		}
		buf = append(buf, query...)
	}
	text := string(buf)
	t := target{path: text[:end], query: text[end:]}
	if !goodPath(t.path) {
		if reason := badPath(t.path, call.Operation.hollow()); reason != "" {
			return target{}, &ParamError{Operation: call.Operation.ID, In: "path", Reason: reason}
		}
		if !plainPath(t.path) {
			t.escaped = t.path
			if t.path, err = url.PathUnescape(t.escaped); err != nil {
				return target{}, &ParamError{Operation: call.Operation.ID, In: "path", Reason: "has a broken escape"}
			}
		}
	}
	return t, nil
}

// expand appends the path template of the operation with its parameters in place.
func (c *Client) expand(buf []byte, call *Call, cfg *callConfig) ([]byte, error) {
	rest := call.Operation.Path
	if rest == "" || rest[0] != '/' {
		buf = append(buf, '/')
	}
	for {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			return append(buf, rest...), nil
		}
		buf = append(buf, rest[:open]...)
		rest = rest[open+1:]
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return nil, &ParamError{Operation: call.Operation.ID, In: "path", Reason: "template is broken"}
		}
		name := rest[:end]
		rest = rest[end+1:]
		value, ok := c.pathValue(name, call, cfg)
		if ok && value.plain() {
			buf = append(buf, value.value...)
			continue
		}
		reason := "is not set"
		if ok {
			reason = value.bad()
		}
		if reason != "" {
			return nil, &ParamError{Operation: call.Operation.ID, In: "path", Name: name, Reason: reason}
		}
		if value.kind == inPathEscaped {
			buf = append(buf, value.value...)
		} else {
			buf = appendSegment(buf, value.value)
		}
	}
}

// plain reports, at a glance, that bad has nothing against a parameter, and that it stands in a path as it is. Of others it does not know.
func (p *param) plain() bool {
	return p.value != "" && p.value[0] != '.' && segmentBytes.all(p.value)
}

// bad says why a parameter cannot stand in a path.
func (p *param) bad() string {
	if p.kind == inPathEscaped && p.value != "" {
		return badEscaped(p.value, false)
	}
	return badSegment(p.value)
}

// pathValue finds a path parameter: of the call, of its options, of the client. The last one given
// wins.
func (c *Client) pathValue(name string, call *Call, cfg *callConfig) (param, bool) {
	for i := len(call.params) - 1; i >= 0; i-- {
		if p := call.params[i]; p.name == name && p.kind != inHeader {
			return p, true
		}
	}
	return cfg.param(name)
}

func (c *callConfig) param(name string) (param, bool) {
	for i := len(c.params) - 1; i >= 0; i-- {
		if c.params[i].name == name {
			return c.params[i], true
		}
	}
	return param{}, false
}

// badSegment says why a value cannot be one segment of a path. Servers and proxies disagree on what
// an escaped slash or dot segment means, so none is ever sent.
func badSegment(s string) string {
	switch s {
	case "":
		return "is empty"
	case ".", "..":
		return "is a dot segment"
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '/' || c == '\\':
			return "holds a slash"
		case c < 0x20 || c == 0x7f:
			return "holds a control character"
		}
	}
	return ""
}

// hollow reports whether the path has empty segments in the document, so that requests have them. A parameter is never empty.
func (op *Operation) hollow() bool { return strings.Contains(op.Path, "//") }

// badPath judges an escaped path as a whole, whatever it was made of: each segment, unescaped once,
// must be one that badSegment accepts, but for the last, which may be empty, and others where the path is hollow.
func badPath(path string, hollow bool) string {
	if path == "" || path[0] != '/' {
		return "does not begin with a slash"
	}
	rest := path[1:]
	for {
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			return badEscaped(rest, true)
		}
		if reason := badEscaped(rest[:i], hollow); reason != "" {
			return reason
		}
		rest = rest[i+1:]
	}
}

func badEscaped(s string, empty bool) string {
	if s == "" {
		if empty {
			return ""
		}
		return "has an empty segment"
	}
	if strings.ContainsAny(s, "?#") {
		return "holds a query or fragment"
	}
	if strings.IndexByte(s, '%') >= 0 {
		plain, err := url.PathUnescape(s)
		if err != nil {
			return "has a broken escape"
		}
		s = plain
	}
	return badSegment(s)
}

// goodPath reports, at a glance, that badPath has nothing against a path and that plainPath is true of it. Of others it does not know.
func goodPath(path string) bool {
	return path != "" && path[0] == '/' && plainPath(path) && !strings.Contains(path, "//") && !strings.Contains(path, "/.")
}

// plainPath reports whether net/url writes the path as it is.
func plainPath(path string) bool { return pathBytes.all(path) }

// rooted reports whether a link is a URL, or begins with a slash: its path is not relative to that of the request.
func rooted(link string) bool {
	i := strings.IndexAny(link, ":/?#")
	return i >= 0 && (link[i] == ':' || link[i] == '/' && i == 0)
}

// beside puts a relative link where it belongs: in place of the query of a path, or of its last segment too.
func beside(path, link string) string {
	if link[0] != '?' {
		path = path[:strings.LastIndexByte(path, '/')+1]
	}
	return path + link
}

// follow checks the link of a next page: it must lie at the origin and below the path of the
// endpoint.
func (o *origin) follow(operation, link string) (target, error) {
	bad := func(reason string) (target, error) {
		return target{}, &ParamError{Operation: operation, In: "link", Reason: reason}
	}
	for i := range len(link) {
		if link[i] <= 0x20 || link[i] == 0x7f || link[i] == '\\' {
			return bad("holds a character that no URL has")
		}
	}
	u, err := url.Parse(link)
	if err != nil || u.Opaque != "" {
		return bad("is not a URL")
	}
	if u.User != nil {
		return bad("holds user information")
	}
	if u.Scheme != "" || u.Host != "" {
		if (u.Scheme != "" && !strings.EqualFold(u.Scheme, o.scheme)) || !strings.EqualFold(u.Host, o.host) {
			return bad("leads to another origin")
		}
	}
	path := u.EscapedPath()
	if reason := badPath(path, false); reason != "" {
		return bad(reason)
	}
	if o.path != "" && path != o.path && !strings.HasPrefix(path, o.path+"/") {
		return bad("leads out of the path of the endpoint")
	}
	t := target{path: u.Path, query: u.RawQuery}
	if !plainPath(path) {
		t.escaped = path
	}
	return t, nil
}

// linkText is what may be shown of a link: not its query, which may hold credentials.
func linkText(link string) string {
	if i := strings.IndexAny(link, "?#"); i >= 0 {
		link = link[:i]
	}
	if i := strings.LastIndexByte(link, '@'); i >= 0 {
		link = link[i+1:]
	}
	return link
}
