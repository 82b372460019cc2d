package shape

import "github.com/pantograph-go/pantograph/generator/model"

// conditional adds the members that only schemas with a condition declare: then, else and dependentSchemas, and what these
// combine. A value has them when the condition holds, and may have them when it does not; that one is of several types is no
// conflict, as they hold at different times. What is asked of their values is asked under the condition: see unasked and Member.Depends.
// Where further members have a place of their own they stand there.
func (x *Shapes) conditional(sh *Shape, c *parts, required map[string]bool) {
	if len(sh.Members) == 0 || sh.Additional != nil || sh.Closed {
		return
	}
	var found []*Member // the first declaration of each name
	declared := map[string][]*model.Schema{}
	for _, p := range c.order {
		for property := range branches(p) {
			name, s := property.Name, property.Schema
			if s.Always != nil && !*s.Always || sh.Member(name) != nil || c.declare(name) {
				continue
			}
			if declared[name] == nil {
				found = append(found, &Member{Property: property, In: c.owners[p], Depends: true})
			}
			declared[name] = append(declared[name], x.unasked(s))
		}
	}
	for _, m := range found {
		property := *m.Property
		property.Required = required[m.Name]
		property.Schema = x.eitherSaid(sh.Node, "/properties/"+model.PointerToken(m.Name), declared[m.Name])
		m.Property = &property
		sh.Members = append(sh.Members, m)
	}
}

// eitherSaid is either without the schemas that say nothing, unless none says anything.
func (x *Shapes) eitherSaid(owner *model.Schema, step string, list []*model.Schema) *model.Schema {
	var said []*model.Schema
	for _, s := range list {
		if silent := s.Ref == nil && s.Represents == nil && len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(x.types([]*model.Schema{s})) == 0; !silent {
			said = append(said, s)
		}
	}
	if len(said) == 0 {
		return list[0]
	}
	return x.either(owner, step, said)
}

// unasked is a schema in place without what it asks of texts, numbers and lists: what remains is their types. What is
// a type of its own, an object or a component, is that.
func (x *Shapes) unasked(s *model.Schema) *model.Schema {
	if s == nil || s.Name != "" || s.Ref != nil || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(s.Properties)+len(s.PrefixItems) > 0 || s.Additional != nil {
		return s
	}
	if x.bare[s] == nil {
		x.bare[s] = &model.Schema{
			Pos: s.Pos, Doc: s.Doc, PinnedName: s.PinnedName, Title: s.Title, Always: s.Always,
			Types: x.types([]*model.Schema{s}), Nullable: s.Nullable, Format: s.Format, Default: s.Default, Examples: s.Examples,
			ContentEncoding: s.ContentEncoding, ContentMediaType: s.ContentMediaType, ContentSchema: s.ContentSchema,
			ReadOnly: s.ReadOnly, WriteOnly: s.WriteOnly, Items: x.unasked(s.Items), XML: s.XML,
			Represents: s.Represents, Tristate: s.Tristate, Secret: s.Secret, Unit: s.Unit,
		}
	}
	return x.bare[s]
}

// declare reports whether a member is declared among the parts, or by another member of their unions.
func (c *parts) declare(name string) bool {
	for _, list := range [][]*model.Schema{c.near, c.others} {
		for _, p := range list {
			if declares(p, name) {
				return true
			}
		}
	}
	return false
}

// branches yields what the schemas that hold under a condition declare, in the order of the document.
func branches(s *model.Schema) func(yield func(*model.Property) bool) {
	return func(yield func(*model.Property) bool) {
		seen := map[*model.Schema]bool{}
		var visit func(*model.Schema) bool
		conditions := func(s *model.Schema) bool {
			for _, branch := range []*model.Schema{s.Then, s.Else} {
				if !visit(branch) {
					return false
				}
			}
			for _, d := range s.DependentSchemas {
				if !visit(d.Schema) {
					return false
				}
			}
			return true
		}
		visit = func(s *model.Schema) bool {
			if s == nil || seen[s] {
				return true
			}
			seen[s] = true
			for p := range s.Conjuncts() {
				for _, property := range p.Properties {
					if !yield(property) {
						return false
					}
				}
				for _, m := range append(append([]*model.Schema(nil), p.OneOf...), p.AnyOf...) {
					if !visit(m) {
						return false
					}
				}
				if !conditions(p) {
					return false
				}
			}
			return true
		}
		conditions(s)
	}
}
