package schematext

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Together says how a schema is meant that puts others together, by reference, allOf or as the members of a union, of which some
// permit no members but their own: that is not what the members of all are refused for.
type Together struct {
	Open   map[*model.Schema]bool     // those that permit further members here
	Closed bool                       // the whole permits no members but those of its parts
	Names  map[*model.Schema][]string // members of unions that permit no members but their own and these
}

// inside is the schema that is being written as part of another.
type inside struct {
	*Together
	of string // the name of the whole
}

// part is a schema within another.
type part struct {
	node *model.Schema
	in   *inside
}

// begin takes the schema to be written as a whole, unless it is part of one already.
func (w *Writer) begin(s *model.Schema) (in *inside, whole bool) {
	if w.in != nil || w.Together == nil {
		return w.in, false
	}
	t := w.Together(s)
	if t == nil {
		return nil, false
	}
	name := s.Name
	if name == "" {
		name = s.ID()
	}
	return &inside{t, name}, true
}

// within writes what is part of a schema, in that it is about the same value; nil: what stands by itself.
func (w *Writer) within(in *inside, write func()) {
	outer := w.in
	w.in = in
	write()
	w.in = outer
}

// part is the entry of a schema that is otherwise within another; nil: it is the same there.
func (w *Writer) part(s *model.Schema) *entry {
	if w.in == nil || !w.in.changes(s, map[*model.Schema]bool{}) {
		return nil
	}
	key := part{s, w.in}
	if e := w.parts[key]; e != nil {
		return e
	}
	if w.parts == nil {
		w.parts = map[part]*entry{}
	}
	name := s.Name
	if name == "" {
		name = s.ID()
	}
	e := &entry{name: w.unique(name + " in " + w.in.of), node: s}
	w.parts[key] = e
	w.entries = append(w.entries, e)
	e.text = w.alone(s, nil)
	return e
}

// changes reports whether a schema is written otherwise within the whole.
func (in *inside) changes(s *model.Schema, seen map[*model.Schema]bool) bool {
	if s == nil || seen[s] {
		return false
	}
	seen[s] = true
	if in.Open[s] || in.changes(s.Ref, seen) {
		return true
	}
	for _, list := range [][]*model.Schema{s.AllOf, s.AnyOf, s.OneOf} {
		if slices.ContainsFunc(list, func(m *model.Schema) bool { return in.Names[m] != nil || in.changes(m, seen) }) {
			return true
		}
	}
	return false
}

// variant is the text of a member of a union.
func (w *Writer) variant(m *model.Schema) string {
	text := w.schema(m)
	if w.in == nil || w.in.Names[m] == nil {
		return text
	}
	names := object{b: []byte{'{'}}
	for _, name := range w.in.Names[m] {
		names.add(name, "true")
	}
	return `{"allOf":[` + text + `],"properties":` + string(append(names.b, '}')) + `,"unevaluatedProperties":false}`
}
