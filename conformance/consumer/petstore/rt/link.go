package rt

import (
	"net/url"
	"strings"
)

// Link is the address of a call, as a service has handed it out whole: a capability, which is a secret by itself.
type Link struct {
	endpoint string
	params   []param
}

// ParseLink takes the address of a call of an operation apart. It has to end with the operation's path; a slash behind it is
// allowed, a query is not. No error shows the address.
func ParseLink(op *Operation, link string) (*Link, error) {
	bad := func(reason string) (*Link, error) {
		return nil, &ParamError{Operation: op.ID, In: "link", Reason: reason}
	}
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return bad("is not a URL")
	case u.Scheme == "" || u.Host == "":
		return bad("is not an absolute URL")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return bad("may not hold user information, a query or a fragment")
	}
	have := strings.Split(strings.TrimRight(u.EscapedPath(), "/"), "/")
	want := strings.Split(strings.Trim(op.Path, "/"), "/")
	at := len(have) - len(want)
	if at < 1 {
		return bad("does not end with " + op.Path)
	}
	l := &Link{endpoint: u.Scheme + "://" + u.Host + strings.Join(have[:at], "/")}
	for i, segment := range want {
		name, ok := strings.CutPrefix(segment, "{")
		if !ok {
			if have[at+i] != segment {
				return bad("does not end with " + op.Path)
			}
			continue
		}
		value, err := url.PathUnescape(have[at+i])
		if err != nil || value == "" {
			return bad("does not end with " + op.Path)
		}
		l.params = append(l.params, param{name: strings.TrimSuffix(name, "}"), value: value})
	}
	return l, nil
}

// Param is the value of a parameter in the path.
func (l *Link) Param(name string) string {
	for _, p := range l.params {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// Options are those of the call, which goes where the link says. An endpoint among them wins, as it does for every call.
func (l *Link) Options(opts []CallOption) []CallOption {
	return append([]CallOption{WithEndpoint(l.endpoint)}, opts...)
}

// String does not show the address.
func (l *Link) String() string { return "a link" }

// GoString does not either.
func (l *Link) GoString() string { return l.String() }
