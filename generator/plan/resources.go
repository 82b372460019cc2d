package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/model"
)

// resources plans a service for each resource. Tags that differ in case or punctuation only are one.
func (b *builder) resources() map[string]*Service {
	b.twins = b.twinTags()
	var list []member
	var own []*model.Resource
	for _, r := range b.api.Resources {
		if b.resource(r.Name) == r.Name {
			list = append(list, member{wire: r.Name, id: r.Name, pos: r.Pos})
			own = append(own, r)
		}
	}
	names := b.members(scope{what: "client field", kind: "resource", fallback: "Resource", hint: "rename one of the resources", reserved: clientFields}, list)
	byName := map[string]*Service{}
	for i, r := range own {
		s := &Service{Field: names[i], Doc: b.text(r.Doc)}
		s.Type = b.deriveAs("service", r.Name, want{name: names[i] + "Service", alt: "API" + names[i] + "Service", rank: foremost}, r.Pos)
		byName[r.Name] = s
		b.pkg.Services = append(b.pkg.Services, s)
	}
	for _, r := range b.api.Resources {
		s := byName[b.resource(r.Name)]
		if byName[r.Name] = s; s.Doc.Summary == "" && s.Doc.Body == "" {
			s.Doc = b.text(r.Doc)
		}
	}
	ids := make([]string, len(own))
	for i, r := range own {
		ids[i] = r.Name
	}
	b.files(ids)
	return byName
}

// resource is the resource that a name stands for.
func (b *builder) resource(name string) string {
	if twin, ok := b.twins[name]; ok {
		return twin
	}
	return name
}

// twinTags finds the tags that differ from another resource in case or punctuation only. Declared resources are what they
// are, and so are those whose names are published apart.
func (b *builder) twinTags() map[string]string {
	groups := map[string][]*model.Resource{}
	for _, r := range b.api.Resources {
		if name := b.namer.Exported(r.Name); name != "" {
			groups[name] = append(groups[name], r)
		}
	}
	twins := map[string]string{}
	for _, name := range sortedKeys(groups) {
		group := groups[name]
		first := slices.MinFunc(group, func(r, s *model.Resource) int {
			if r.Declared != s.Declared {
				if r.Declared {
					return -1
				}
				return 1
			}
			return strings.Compare(r.Name, s.Name)
		})
		for _, r := range group {
			if _, published := b.lock.get("resource", r.Name); r == first || r.Declared || published {
				continue
			}
			twins[r.Name] = first.Name
			b.diags.Notef(r.Pos, "tag-twin", "the resources %q and %q differ in case or punctuation only; they are one", bounded(first.Name), bounded(r.Name))
		}
	}
	return twins
}

// ownFiles are the files of the package that are no service's.
var ownFiles = []string{"client", "options", "models", "enums", "validate", "rules", "schemas", "codec", "operations", "errors", "doc", "params", "json", "results", "headers", "webhooks", "wire", "xml", "handles", "resources", "aliases"}

// files gives every service a file whose name means the same on every system, and keeps those that are published: the note
// of a resource in the lock.
func (b *builder) files(ids []string) {
	taken := map[string]bool{}
	for _, name := range ownFiles {
		taken[name] = true
	}
	for i, s := range b.pkg.Services {
		if e, ok := b.lock.get("resource", ids[i]); ok && e.Note != "" && !taken[e.Note] {
			s.File = e.Note
			taken[s.File] = true
		}
	}
	for i, s := range b.pkg.Services {
		if s.File == "" {
			s.File = fileOf(s.Field, taken)
			taken[s.File] = true
		}
		if e, ok := b.lock.used["resource\t"+ids[i]]; ok {
			e.Note = s.File
			b.lock.pin(e)
		}
	}
}

// fileOf is the name of a file for a field of the client.
func fileOf(field string, taken map[string]bool) string {
	name := strings.ToLower(field)
	if taken[name] {
		name += "_service"
	}
	if taken[name] {
		name += "_" + shortHash(field)
	}
	return strings.TrimSuffix(filename.SafeGo(name), ".go")
}
