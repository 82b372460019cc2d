package rt

import (
	"net/http"
	"strings"
)

// headerOf is the first value of a header whose name is given in canonical form, as all constants are: what [http.Header.Get] costs
// is to bring names into that form.
func headerOf(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// badHeader says why a header cannot be sent. Nothing that could end a line or a header gets
// through, and none of the headers that frame the message.
func badHeader(name, value string) string {
	if name == "" {
		return "has no name"
	}
	if !token(name) {
		return "has a name that is no token"
	}
	switch http.CanonicalHeaderKey(name) {
	case "Host", "Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Te", "Upgrade", "Accept-Encoding":
		return "belongs to the transport"
	}
	for i := range len(value) {
		if c := value[i]; c < 0x20 && c != '\t' || c == 0x7f {
			return "has a control character in its value"
		}
	}
	return ""
}

// badMediaType says why a text cannot be the media type of a body.
func badMediaType(text string) string {
	base, _, _ := strings.Cut(text, ";")
	kind, sub, ok := strings.Cut(strings.TrimSpace(base), "/")
	if !ok || !token(kind) || !token(sub) || strings.Contains(base, "*") {
		return "is no media type"
	}
	return badHeader("Content-Type", text)
}

// token reports whether a text is one token of a header.
func token(s string) bool {
	for i := range len(s) {
		if !tokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// tokenByte reports whether c may stand in a header name (RFC 9110, section 5.6.2).
func tokenByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// badCookie says why a cookie cannot be sent: the name is no token, or the value holds more than RFC 6265 lets a
// cookie hold. A list may hold commas, which OpenAPI separates its entries with.
func badCookie(name, value string, list bool) string {
	if !token(name) {
		return "has a name that no cookie may have"
	}
	for i := range len(value) {
		if c := value[i]; c <= 0x20 || c >= 0x7f || c == '"' || c == ',' && !list || c == ';' || c == '\\' {
			return "has a character that no cookie may hold"
		}
	}
	return ""
}

// mediaTypes sets what the headers of all attempts share, once: a transport may go on reading the
// header of an attempt that is over.
func (x *exchange) mediaTypes() (err error) {
	op := x.call.Operation
	if x.hasBody {
		if x.typed[0], err = x.contentType(); err != nil {
			return err
		}
	}
	x.accepted[0] = op.Accept
	if op.Accept == "" && !x.call.Result.IsNil() {
		x.accepted[0] = "application/json"
	}
	return nil
}

// header makes the header of one attempt. The map is fresh, the values of constants are shared: to
// change a header, set it.
func (x *exchange) header() (http.Header, error) {
	c, call, cfg, op := x.client, x.call, x.cfg, x.call.Operation
	h := make(http.Header, 8)
	for i := range c.constants {
		h[c.constants[i].name] = c.constants[i].values
	}
	if x.typed[0] != "" {
		h["Content-Type"] = x.typed[:]
	}
	if x.accepted[0] != "" {
		h["Accept"] = x.accepted[:]
	}
	for i, p := range c.api.ParamHeaders {
		if p.Signed && !x.signs {
			continue
		}
		if v, ok := c.pathValue(p.Param, call, cfg); ok {
			if own := &c.own[i]; own.name != "" && own.values[0] == v.value {
				h[own.name] = own.values
			} else if err := setHeader(h, op, p.Header, v.value); err != nil {
				return nil, err
			}
		}
	}
	for i := range call.params {
		if f := &call.params[i]; f.kind == inHeader {
			if err := setHeader(h, op, f.name, f.value); err != nil {
				return nil, err
			}
		}
	}
	if r := call.rare; r != nil && len(r.cookies) > 0 {
		h["Cookie"] = []string{string(r.cookies)}
	}
	for _, f := range cfg.headers {
		if err := setHeader(h, op, f.Name, f.Value); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func setHeader(h http.Header, op *Operation, name, value string) error {
	if reason := badHeader(name, value); reason != "" {
		return &ParamError{Operation: op.ID, In: "header", Name: name, Reason: reason}
	}
	h[http.CanonicalHeaderKey(name)] = []string{value}
	return nil
}
