package shape

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// origin remembers what a schema that stands in no document was made of, and for which one.
type origin struct {
	owner  *model.Schema
	any    bool // a union; otherwise a conjunction
	of     []*model.Schema
	nested int // how many made-up schemas lie around it
}

// maxNested bounds how many made-up schemas lie within one another, and maxMade how many there are at all.
const (
	maxNested = 10
	maxMade   = 50000
)

// combine returns the schema that is the conjunction of several at one place below owner, the nearest
// first. It is one of them when that one says it all, and the one around it when that is the same conjunction: a
// tree combined with a tree has combined trees below.
func (x *Shapes) combine(owner *model.Schema, step string, list []*model.Schema) *model.Schema {
	if list = x.essential(list); len(list) == 1 {
		return list[0]
	}
	return x.made(owner, step, &origin{owner: owner, of: x.sources(list, false)}, &model.Schema{Pos: below(owner, step, list[0]), AllOf: list})
}

// either is combine for a union.
func (x *Shapes) either(owner *model.Schema, step string, list []*model.Schema) *model.Schema {
	if list = x.sources(list, true); len(list) == 1 {
		return list[0]
	}
	return x.made(owner, step, &origin{owner: owner, any: true, of: list}, &model.Schema{Pos: below(owner, step, list[0]), AnyOf: list})
}

// made registers a made-up schema, unless one of those around it is the same.
func (x *Shapes) made(owner *model.Schema, step string, o *origin, s *model.Schema) *model.Schema {
	for at := owner; at != nil; {
		outer := x.lineage[at]
		if outer == nil {
			if !o.any && at.Name != "" && sameSet(x.sources([]*model.Schema{at}, false), o.of) {
				return at
			}
			break
		}
		if outer.any == o.any && sameSet(outer.of, o.of) {
			return at
		}
		o.nested = max(o.nested, outer.nested+1)
		at = outer.owner
	}
	if o.nested > maxNested || len(x.lineage) > maxMade {
		x.warn(owner.Pos, "schema-limit", "the schemas that are combined here are too many, or lie too deep in one another; below, the nearest counts")
		return o.of[0]
	}
	x.lineage[s] = o
	return s
}

// essential drops the schemas that another one in the list covers or combines already.
func (x *Shapes) essential(list []*model.Schema) []*model.Schema {
	if len(list) == 1 {
		return list
	}
	var out []*model.Schema
	for i, s := range list {
		if slices.Contains(list[:i], s) {
			continue
		}
		needless := false
		for j, t := range list {
			needless = needless || t != s && (combines(t, s) || j < i && x.Covers(t, s))
		}
		if !needless {
			out = append(out, s)
		}
	}
	if len(out) == 0 { // they combine one another
		return list[:1]
	}
	return out
}

// combines reports whether a schema is among the conjuncts of another.
func combines(s, conjunct *model.Schema) bool {
	for p := range s.Conjuncts() {
		if p == conjunct {
			return true
		}
	}
	return false
}

// sources are the schemas of the document that a conjunction or a union is made of.
func (x *Shapes) sources(list []*model.Schema, any bool) []*model.Schema {
	var out []*model.Schema
	for _, s := range list {
		of := []*model.Schema{s}
		if o := x.lineage[s]; o != nil && o.any == any {
			of = o.of
		} else if o == nil && !any && !speaks(s) && len(s.AllOf) > 1 {
			of = s.AllOf
		}
		for _, t := range of {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

func sameSet(a, b []*model.Schema) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(s *model.Schema) bool { return !slices.Contains(b, s) })
}

// below is the position of a made-up schema: the place of what it is made of, and a pointer of its own.
func below(owner *model.Schema, step string, near *model.Schema) model.Pos {
	pos := owner.Pos
	if near.File == owner.File {
		pos = near.Pos
	}
	pos.Pointer = owner.Pointer + step
	return pos
}
