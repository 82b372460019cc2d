package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Names of the package level: types, constants, functions. (Those of narrower scopes: members.go.)

// claimComponents names all component schemas at once, so that a name depends on the schema and
// never on the order. Given names are pinned; derived names that collide are qualified, all of them.
func (b *builder) claimComponents() {
	b.claimed = map[*model.Schema]string{}
	byName := map[string][]*model.Schema{}
	for _, s := range b.api.Schemas {
		if !b.isType(s) {
			continue
		}
		pinned := upperFirst(s.PinnedName)
		key := typeKey{schema: s}
		if _, ordinary := b.reach[key]; !ordinary {
			key.parts = true // it is nothing but a multipart body
		}
		if e, ok := b.lock.get("type", key.id()); ok && pinned == "" {
			pinned = e.Name
		}
		if pinned == "" {
			name := b.componentName(s)
			byName[name] = append(byName[name], s)
			continue
		}
		if b.pinned(pinned, s.Pos) {
			b.claimed[s] = pinned
		}
	}
	for _, name := range sortedKeys(byName) {
		group := byName[name]
		if len(group) == 1 && !b.taken(name, "type\t"+group[0].ID()) {
			b.claim(name, group[0].Pos)
			b.claimed[group[0]] = name
			continue
		}
		for i, got := range b.qualified(name, group) {
			b.claim(got, group[i].Pos)
			b.claimed[group[i]] = got
		}
		for _, s := range group {
			b.collision(s.Pos, name, b.claimed[s])
		}
	}
}

// isType reports whether a component is used and becomes a Go type.
func (b *builder) isType(s *model.Schema) bool {
	if _, used := b.reach[typeKey{schema: s}]; !used {
		return b.parts[s]
	}
	sh := b.shapes.Of(s)
	if _, mapped := b.mapped(sh); mapped {
		return false
	}
	switch sh.Kind {
	case shape.Object, shape.Tuple, shape.Union:
		return sh.Represents == nil
	case shape.String:
		_, formatted := b.formatted(sh)
		return sh.Represents == nil && (len(sh.Enum) > 0 || !formatted)
	case shape.Integer:
		return sh.Represents == nil
	case shape.Number:
		return len(sh.Enum) > 0
	}
	return false
}

// componentName is the name a component gets when nothing else wants it.
func (b *builder) componentName(s *model.Schema) string {
	name := b.namer.Exported(s.Name)
	if name == "" {
		name = b.namer.Spelled(s.Name)
	}
	if name == "" {
		name = "Unnamed"
	}
	if reservedTypes.has(name) {
		name += "Schema"
	}
	return name
}

// pinned claims a name that an author gave or that is published, and reports whether it is free.
func (b *builder) pinned(name string, pos model.Pos) bool {
	if reservedTypes.has(name) {
		b.diags.Errorf(pos, "duplicate-name", "the name %s is one of the package's own", name)
		b.diags.Hint("choose another x-pantograph.name")
		return false
	}
	if other, taken := b.names[name]; taken {
		b.diags.Errorf(pos, "duplicate-name", "the name %s is taken by %s", name, other)
		b.diags.Hint("change x-pantograph.name here or there")
		return false
	}
	b.claim(name, pos)
	return true
}

// qualified gives the components of one derived name names that tell them apart: by a folder or the file they are in,
// the nearest first, by folder and file, by the spelling, at last by a hash of the place.
func (b *builder) qualified(name string, group []*model.Schema) []string {
	element := func(s *model.Schema, n int) string { // of the path, from its end
		parts := strings.Split(s.File, "/")
		if n >= len(parts) {
			return ""
		}
		word, _, _ := strings.Cut(parts[len(parts)-1-n], ".")
		return b.namer.Exported(word)
	}
	depth := 0
	for _, s := range group {
		depth = max(depth, strings.Count(s.File, "/"))
	}
	ways := []func(s *model.Schema) string{
		func(s *model.Schema) string { return element(s, 1) + name },
		func(s *model.Schema) string { return element(s, 0) + name },
		func(s *model.Schema) string { return element(s, 1) + element(s, 0) + name },
	}
	for n := 2; n <= depth; n++ {
		ways = append(ways, func(s *model.Schema) string { return element(s, n) + name })
	}
	ways = append(ways, func(s *model.Schema) string { return b.namer.Spelled(s.Name) })
	for _, way := range ways {
		names := make([]string, len(group))
		for i, s := range group {
			names[i] = way(s)
			if names[i] == name || b.taken(names[i], "type\t"+s.ID()) || slices.Contains(names[:i], names[i]) {
				names = nil
				break
			}
		}
		if names != nil {
			return names
		}
	}
	names := make([]string, len(group))
	for i, s := range group {
		names[i] = name + "X" + shortHash(s.ID())
	}
	return names
}

// collision reports a derived name that another node wants too.
func (b *builder) collision(pos model.Pos, wanted, got string) {
	add := b.diags.Warnf
	if b.opt.Strict {
		add = b.diags.Errorf
	}
	add(pos, "name-collision", "the name %s is wanted by several nodes; this one is called %s", wanted, got)
	b.diags.Hint("pin a name with x-pantograph.name")
	if other, ok := b.names[wanted]; ok && other != (model.Pos{}) && other != pos {
		b.diags[len(b.diags)-1].Related = []model.Pos{other}
	}
}

func (b *builder) claim(name string, pos model.Pos) { b.names[name] = pos }

// taken reports whether a name cannot be that of a node, given by kind and id: it is in use, ours, or published for
// another node.
func (b *builder) taken(name, key string) bool {
	_, used := b.names[name]
	return used || reservedTypes.has(name) || b.lock.holds(name, key)
}

// own claims a name that goes before those of the document's types.
func (b *builder) own(name, id string) string {
	if _, used := b.names[name]; used || reservedTypes.has(name) {
		name += "X" + shortHash(id)
	}
	b.claim(name, model.Pos{})
	return name
}

// upperFirst is a plain word as an exported name.
func upperFirst(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
