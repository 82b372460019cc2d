package plan

import (
	"github.com/pantograph-go/pantograph/generator/internal/rules/schematext"
	"github.com/pantograph-go/pantograph/generator/model"
)

// observed writes the schemas by which answers are judged. Only the runtime reads them, and only when someone listens,
// so they cost a program no more than their text.
func (b *builder) observed() {
	if !b.opt.CheckResponses {
		return
	}
	withheld := func(p *model.Property) bool {
		return anyOf(p.Schema, func(s *model.Schema) bool { return s.WriteOnly })
	}
	w := schematext.Writer{Asserts: b.opt.asserts, Hidden: withheld, Overlap: b.overlap, Together: b.together, Report: b.badPattern}
	for _, c := range b.called {
		seen := false
		for _, r := range c.model.Responses {
			for _, m := range r.Content {
				if (r.Success() || r.Status == "default") && isJSONType(m.Name) && m.Schema != nil && m.Items == nil {
					w.Alias(m.Schema, c.model.ID+" "+r.Status)
					seen = true
					break
				}
			}
		}
		for _, m := range c.methods {
			m.Operation.Observed = seen
		}
	}
	for _, e := range w.Entries() {
		b.pkg.Answers = append(b.pkg.Answers, &SchemaText{Name: e.Name, JSON: e.JSON})
	}
}
