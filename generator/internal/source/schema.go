package source

import (
	"path"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// use returns the schema that a value at n has: a component, shared by all its users; or, where a
// reference has siblings or the schema stands in place, a schema of its own.
func (l *loader) use(n *node, outer *model.Source) *model.Schema {
	if n == nil {
		return nil
	}
	if ref := n.get("$ref"); ref != nil && !l.hasSiblings(n) {
		if target := l.resolve(ref); target != nil {
			return l.shared(target)
		}
		return &model.Schema{Pos: n.pos()}
	}
	s, ok := l.schemas[n]
	if !ok {
		s = &model.Schema{}
		l.schemas[n] = s
	}
	l.read(s, n, outer)
	return s
}

// shared returns the schema that stands at the target of a reference. It is read later: references
// may form cycles, and chains of any length.
func (l *loader) shared(target *node) *model.Schema {
	s, ok := l.schemas[target]
	if ok {
		return s
	}
	s = &model.Schema{Pos: target.pos()}
	l.schemas[target] = s
	if s.Name = componentName(target); s.Name != "" {
		l.named = append(l.named, target)
		l.queue = append(l.queue, target)
	} else {
		l.inner = append(l.inner, target)
	}
	return s
}

// drain reads the schemas that were referred to, components first: a reference into the inside of a
// component then finds it read, with the source it inherits.
func (l *loader) drain() {
	for len(l.queue)+len(l.inner) > 0 {
		list := &l.queue
		if len(*list) == 0 {
			list = &l.inner
		}
		n := (*list)[0]
		*list = (*list)[1:]
		l.read(l.schemas[n], n, nil)
	}
}

// componentName is the name of a schema that stands for itself, not as a part of something: the last
// token of its pointer, or the name of its file. It is empty for parts.
func componentName(n *node) string {
	if n.parent == nil {
		base := path.Base(n.file.name)
		return strings.TrimSuffix(base, path.Ext(base))
	}
	switch {
	case n.parent.parent == nil:
		return n.key
	case slices.Contains([]string{"schemas", "definitions", "$defs"}, n.parent.key) && n.parent.parent.key != "properties":
		return n.key
	case slices.Contains([]string{"properties", "patternProperties", "dependentSchemas", "allOf", "oneOf", "anyOf", "prefixItems"}, n.parent.key),
		slices.Contains([]string{"items", "additionalProperties", "propertyNames", "not", "schema", "if", "then", "else", "contains"}, n.key):
		return ""
	}
	return n.key
}

// read fills s from n, once.
func (l *loader) read(s *model.Schema, n *node, outer *model.Source) {
	if l.done[n] {
		return
	}
	l.done[n] = true
	s.Pos = n.pos()
	if n.is(kindBool) {
		always := n.text == "true"
		s.Always = &always
		return
	}
	if !l.object(n) {
		return
	}
	r := &schemaReader{loader: l, s: s, n: n}
	r.vocabulary(outer)
	r.types()
	for _, m := range n.members {
		r.keyword(m)
	}
	r.lift()
	r.properties()
}
