package plan

import (
	"cmp"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// session plans the method that stays logged in.
func (b *builder) session(s *Service, m *Method, d *model.Session) {
	result := b.returned(m)
	if result == nil {
		b.diags.Errorf(d.Pos, "session-result", "what %s answers is no object", m.Operation.ID)
		return
	}
	out := &Session{}
	text := func(from *Struct, dotted, what string) []*Field {
		if dotted == "" {
			return nil
		}
		path := b.path(from, dotted)
		if len(path) == 0 || !b.textual(path[len(path)-1]) {
			b.diags.Errorf(d.Pos, "session-member", "%s of what %s answers, %q, is no text", what, m.Operation.ID, dotted)
			return nil
		}
		return path
	}
	if name, inHeader := strings.CutPrefix(d.Token, "header:"); inHeader {
		out.Header = name
	} else {
		out.Token = text(result, d.Token, "the token")
	}
	if d.Expires != "" {
		out.Expires = b.path(result, d.Expires)
		if n := len(out.Expires); n == 0 || out.Expires[n-1].Held().Name != "Time" {
			b.diags.Errorf(d.Pos, "session-member", "the end of the token in what %s answers, %q, is no time", m.Operation.ID, d.Expires)
			return
		}
	}
	if c := d.Catalog; c != nil {
		list := func(from *Struct, dotted, what string) ([]*Field, *Struct) {
			path := b.path(from, dotted)
			if n := len(path); n > 0 && path[n-1].Type.Kind == Slice && path[n-1].Type.Elem.Kind == Defined {
				if item := b.fieldStruct(path[n-1]); item != nil {
					return path, item
				}
			}
			b.diags.Errorf(c.Pos, "session-member", "%s in what %s answers, %q, are no list of objects", what, m.Operation.ID, dotted)
			return nil, nil
		}
		var service, endpoint *Struct
		if out.Services, service = list(result, c.Services, "the services"); service == nil {
			return
		}
		if out.Endpoints, endpoint = list(service, c.Endpoints, "the endpoints"); endpoint == nil {
			return
		}
		out.Type, out.Name = text(service, c.Type, "the type of a service"), text(service, c.Name, "the name of a service")
		out.URL, out.Region = text(endpoint, c.URL, "the URL of an endpoint"), text(endpoint, c.Region, "the region of an endpoint")
		out.Interface = text(endpoint, c.Interface, "the interface of an endpoint")
	}
	b.extra(s, &Extra{Kind: ExtraSession, Name: b.namer.Exported(cmp.Or(d.Method, "session")), PathArgs: m.PathArgs, Method: m, Session: out}, d.Pos)
}
