package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// OpenAPI 3.0 and older say some things of a schema in another way than 3.1. They are read as 3.1
// whatever version the document claims: the two do not contradict each other, and documents mix them.

// lift gives the forms of 3.0 their 3.1 meaning, once all keywords are read.
func (r *schemaReader) lift() {
	s := r.s
	if r.n.flag("exclusiveMinimum") { // a flag makes minimum exclusive
		s.ExclusiveMinimum, s.Minimum = s.Minimum, ""
		r.move("minimum", "exclusiveMinimum")
	}
	if r.n.flag("exclusiveMaximum") {
		s.ExclusiveMaximum, s.Maximum = s.Maximum, ""
		r.move("maximum", "exclusiveMaximum")
	}
	if s.Format == "byte" && s.ContentEncoding == "" {
		s.ContentEncoding = "base64"
	}
	r.fitEnum()
	r.checkLimits()
	s.OneOf = r.withoutNull(s.OneOf)
	s.AnyOf = r.withoutNull(s.AnyOf)
	r.unwrap()
}

// exclusive reads a limit that is excluded: a number since 3.1, a flag of the other limit before. Either is taken
// in either version.
func (r *schemaReader) exclusive(m *node) model.Number {
	if isFlag(m) {
		if r.flagOf(m); !m.doc().old {
			r.warnf(m.pos(), "exclusive-flag", "%s is a limit of its own since OpenAPI 3.1; the flag is read as in 3.0", m.key)
		}
		return ""
	}
	limit := r.limit(m)
	if m.doc().old && limit != "" {
		r.warnf(m.pos(), "exclusive-number", "%s is a flag in OpenAPI 3.0 and older; the number is read as in 3.1", m.key)
	}
	return limit
}

// move gives a lifted keyword the place of the one that states it.
func (r *schemaReader) move(from, to string) {
	list := r.s.Keywords
	list = slices.DeleteFunc(list, func(k model.KeywordPlace) bool { return k.Name == to })
	for i := range list {
		if list[i].Name == from {
			list[i].Name = to
		}
	}
	r.s.Keywords = list
}

// withoutNull takes {type: null} out of a union: the schema is nullable then.
func (r *schemaReader) withoutNull(union []*model.Schema) []*model.Schema {
	if len(union) < 2 {
		return union
	}
	return slices.DeleteFunc(union, func(m *model.Schema) bool {
		null := m.Name == "" && m.Ref == nil && m.Const.IsNull() && len(m.Types) == 0
		r.s.Nullable = r.s.Nullable || null
		return null
	})
}

// unwrap turns a composition of one reference into that reference, with the other members as its
// siblings: in 3.0 that was the way to describe a use, and {oneOf: [ref, null]} is the way to make one
// nullable. Components keep their form.
func (r *schemaReader) unwrap() {
	s := r.s
	if s.Name != "" || s.Ref != nil || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) != 1 || r.n.get("properties") != nil || s.Additional != nil {
		return
	}
	target := slices.Concat(s.AllOf, s.OneOf, s.AnyOf)[0]
	if target.Name == "" || s.Discriminator != nil || s.Items != nil || s.Not != nil {
		return
	}
	s.Ref, s.Types = target, nil
	s.AllOf, s.OneOf, s.AnyOf = nil, nil, nil
}

// hasSiblings reports whether a reference has members beside it that say something.
func (l *loader) hasSiblings(n *node) bool {
	return slices.ContainsFunc(n.members, func(m *node) bool {
		return m.key != "$ref" && m.key != "summary" && (!n.doc().old || isAnnotation(m.key))
	})
}

// annotationsOnly reports whether the schema is a reference in a document of 3.0, where the
// assertions beside it do not count. (Nothing beside it counts there, to the letter; but everybody
// who writes a description, a default or nullable next to a reference means it.)
func (r *schemaReader) annotationsOnly() bool { return r.n.doc().old && r.n.get("$ref") != nil }

func isAnnotation(keyword string) bool {
	return slices.Contains([]string{
		"$ref", "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "nullable", "x-nullable", extension,
	}, keyword)
}

// examples lists the values of an examples keyword: a list in 3.1; some documents write an object of
// Example objects, as media types have.
func (l *loader) examples(m *node) []*node {
	if !m.is(kindObject) {
		return l.list(m)
	}
	var values []*node
	for _, e := range m.members {
		if v := e.get("value"); v != nil {
			values = append(values, v)
		}
	}
	return values
}
