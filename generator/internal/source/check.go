package source

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// finish reads what was only referred to, and looks at what only the whole can tell.
func (l *loader) finish() {
	l.drain()
	l.checkGraph()
	if l.diags.HasErrors() {
		return // what follows walks the schemas
	}
	l.nameOperations()
	for _, check := range l.checks {
		check()
	}
	l.checkInstances()
	l.sortSchemas()
	l.prune()
}

// sortSchemas lists the component schemas: by document, then by place in it.
func (l *loader) sortSchemas() {
	rank := map[*file]int{}
	for _, f := range append(slices.Clone(l.specs), l.files.order...) {
		if _, ok := rank[f]; !ok {
			rank[f] = len(rank)
		}
	}
	slices.SortStableFunc(l.named, func(a, b *node) int {
		return cmp.Or(cmp.Compare(rank[a.file], rank[b.file]), cmp.Compare(a.keyLine, b.keyLine), cmp.Compare(a.keyCol, b.keyCol))
	})
	for _, n := range l.named {
		l.api.Schemas = append(l.api.Schemas, l.schemas[n])
	}
}

// checkClientParameter makes sure that some path has the parameter.
func (l *loader) checkClientParameter(m *node) {
	if l.names == nil {
		l.names = map[string]bool{}
		for _, op := range l.all {
			for _, name := range templateNames(op.Sent()) {
				l.names[name] = true
			}
		}
	}
	if !l.names[m.text] {
		l.errorf(m.pos(), "client-parameter-missing", "no path has the parameter %q", m.text)
		l.didYouMean(m.text, slices.Sorted(maps.Keys(l.names)))
	}
}

// checkResource makes sure that the resource is declared.
func (l *loader) checkResource(m *node) {
	if r := l.resources[m.text]; r != nil && r.Declared || l.reported[m] {
		return
	}
	l.reported[m] = true
	l.errorf(m.pos(), "resource-missing", "the resource %q is not declared", m.text)
	var names []string
	for _, r := range l.api.Resources {
		if r.Declared {
			names = append(names, r.Name)
		}
	}
	l.didYouMean(m.text, names)
}

// checkResult makes sure that a response has the member.
func (l *loader) checkResult(op *model.Operation, m *node) {
	for _, s := range successes(op) {
		if schemaAt(s, m.text) != nil {
			return
		}
	}
	l.errorf(m.pos(), "result-missing", "no successful response of %s has the member %q", op.ID, m.text)
	l.didYouMean(m.text, membersOf(successes(op)))
}

// successes are the schemas of the successful responses.
func successes(op *model.Operation) []*model.Schema {
	var list []*model.Schema
	for _, r := range op.Responses {
		if !r.Success() && r.Status != "default" {
			continue
		}
		for _, c := range r.Content {
			if c.Schema != nil {
				list = append(list, c.Schema.Target())
			}
		}
	}
	return list
}

// schemaAt follows a dotted path of members; nil when there is none.
func schemaAt(s *model.Schema, path string) *model.Schema {
	for name := range strings.SplitSeq(path, ".") {
		p := property(s, name, 0)
		if p == nil {
			return nil
		}
		s = p.Schema.Target()
	}
	return s
}

// property finds a member of an object, or of what it is composed of.
func property(s *model.Schema, name string, depth int) *model.Property {
	if s = s.Target(); s == nil || depth > 20 {
		return nil
	}
	for _, p := range s.Properties {
		if p.Name == name {
			return p
		}
	}
	for _, part := range slices.Concat(s.AllOf, s.OneOf, s.AnyOf) {
		if p := property(part, name, depth+1); p != nil {
			return p
		}
	}
	return nil
}

// membersOf lists the names of members, for hints.
func membersOf(list []*model.Schema) []string {
	var names []string
	for _, s := range list {
		for _, p := range s.Properties {
			names = append(names, p.Name)
		}
		for _, part := range s.AllOf {
			for _, p := range part.Target().Properties {
				names = append(names, p.Name)
			}
		}
	}
	return names
}
