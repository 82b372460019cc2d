package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// servers reads a servers list.
func (l *loader) servers(list *node) []*model.Server {
	var servers []*model.Server
	seen := map[string]bool{}
	for _, m := range l.list(list) {
		if !l.object(m) {
			continue
		}
		l.noExtension(m, "a server")
		s := &model.Server{Pos: m.pos(), Name: l.str(m, "name"), URL: l.str(m, "url"), Doc: l.doc(m)}
		if s.URL == "" {
			l.warnf(m.pos(), "server-invalid", "a server needs a url; it is left out")
			continue
		}
		if seen[s.URL] {
			continue
		}
		seen[s.URL] = true
		for _, v := range l.fields(m.get("variables")) {
			if l.object(v) {
				s.Variables = append(s.Variables, l.serverVariable(v))
			}
		}
		l.undeclaredVariables(s)
		servers = append(servers, s)
	}
	return servers
}

func (l *loader) serverVariable(m *node) *model.ServerVariable {
	v := &model.ServerVariable{Pos: m.pos(), Name: m.key, Doc: l.doc(m)}
	seen := map[string]bool{}
	for _, e := range l.list(m.get("enum")) {
		if value := l.text(e); !seen[value] {
			seen[value] = true
			v.Enum = append(v.Enum, value)
		}
	}
	value := m.get("default")
	switch {
	case value != nil:
		v.Default = l.text(value)
		if len(v.Enum) > 0 && !slices.Contains(v.Enum, v.Default) {
			l.warnf(value.pos(), "server-variable", "the default %q of %q is none of its values; it is taken for one", v.Default, v.Name)
			v.Enum = append(v.Enum, v.Default)
		}
	case len(v.Enum) > 0:
		v.Default = v.Enum[0]
		l.warnf(m.pos(), "server-variable", "the variable %q has no default; its first value is taken", v.Name)
	default:
		l.warnf(m.pos(), "server-variable", "the variable %q has no default", v.Name)
	}
	return v
}

// undeclaredVariables adds the variables of the URL that the list lacks; they have no default.
func (l *loader) undeclaredVariables(s *model.Server) {
	declared := map[string]bool{}
	for _, v := range s.Variables {
		declared[v.Name] = true
	}
	for _, name := range templateNames(s.URL) {
		if declared[name] {
			continue
		}
		l.warnf(s.Pos, "server-variable", "the variable %q of %q is not declared", name, s.URL)
		s.Variables = append(s.Variables, &model.ServerVariable{Pos: s.Pos, Name: name})
	}
}
