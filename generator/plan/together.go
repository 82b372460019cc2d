package plan

import (
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// together is what contradicts says of Go types, said to those who judge values as they are written; nil: nothing is meant
// otherwise than it is written.
func (b *builder) together(s *model.Schema) *schematext.Together {
	if !combines(s) {
		return nil
	}
	sh := b.shapes.Of(s)
	t := &schematext.Together{Open: map[*model.Schema]bool{}, Names: map[*model.Schema][]string{}}
	for p := range s.Conjuncts() {
		if closes(p) && (b.contradicts(p, sh) || b.shutsOut(p, sh)) {
			t.Open[p], t.Closed = true, true
		}
	}
	around := conjuncts(s)
	for _, v := range sh.Variants {
		if len(v.Members) == len(b.shapes.Of(v.Member).Members) {
			continue // nothing is declared beside it, and what it means by itself it says itself
		}
		for p := range v.Node.Conjuncts() {
			if !around[p] && closes(p) && b.contradicts(p, v.Shape) {
				t.Open[p], t.Names[v.Member] = true, memberNames(v.Shape)
			}
		}
	}
	if len(t.Open) == 0 {
		return nil
	}
	return t
}

// combines reports whether a schema puts others together. One that only refers to another is that one.
func combines(s *model.Schema) bool {
	beside := s.Ref != nil && (len(s.Properties) > 0 || closes(s))
	return beside || len(s.AllOf) > 0 || len(s.OneOf) > 0 || len(s.AnyOf) > 0
}

func memberNames(sh *shape.Shape) []string {
	out := make([]string, len(sh.Members))
	for i, m := range sh.Members {
		out[i] = m.Name
	}
	return out
}
