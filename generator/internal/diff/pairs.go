package diff

import (
	"fmt"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Schemas are compared in pairs: the old and the new one of a place. A component is compared once, for all its users, on each
// side of the wire on which it is used. So all pairs are found first, with their sides, and then looked at.

// side is where a schema is used.
type side int

// The sides of the wire.
const (
	request side = 1 << iota
	response
)

func (s side) has(t side) bool { return s&t != 0 }

// pair is two schemas that stand at one place.
type pair struct{ old, now *model.Schema }

// pairs are all pairs in the order in which they are met.
type pairs struct {
	order []pair
	where map[pair]string
	sides map[pair]side
}

// pair notes that two schemas stand at one place, with all below them.
func (w *walk) pair(where string, s side, old, now *model.Schema) {
	if old == nil || now == nil {
		if old != now {
			w.oneSided(where, s, old, now)
		}
		return
	}
	p := pair{old, now}
	if w.pairs.where == nil {
		w.pairs.where, w.pairs.sides = map[pair]string{}, map[pair]side{}
	}
	before, met := w.pairs.sides[p]
	if met && before|s == before {
		return
	}
	if !met {
		w.pairs.order = append(w.pairs.order, p)
		if now.Name != "" {
			where = "schema " + now.Name
		}
		w.pairs.where[p] = where
	}
	w.pairs.sides[p] = before | s
	w.below(w.pairs.where[p], s, old, now)
}

// oneSided reports a place that says what its values are in one version only.
func (w *walk) oneSided(where string, s side, old, now *model.Schema) {
	c := Change{Kind: "schema-added", Level: Major, Where: where, Text: "it says now what its values are", Wire: refused}
	var at, to model.Pos
	if old != nil {
		at, c.Kind, c.Text = old.Pos, "schema-removed", "it does not say any more what its values are"
		c.Wire = newValues
	} else {
		to = now.Pos
	}
	w.add(c, at, to)
}

// below pairs what stands in two schemas.
func (w *walk) below(where string, s side, old, now *model.Schema) {
	if old.Ref != nil || now.Ref != nil {
		w.pair(where, s, or(old.Ref, old), or(now.Ref, now))
		return
	}
	for _, p := range now.Properties {
		if q := property(old, p.Name); q != nil {
			w.pair(where+", member "+p.Name, s, q.Schema, p.Schema)
		}
	}
	if old.Items != nil && now.Items != nil {
		w.pair(where+", entry", s, old.Items, now.Items)
	}
	if old.Additional != nil && now.Additional != nil {
		w.pair(where+", further member", s, old.Additional, now.Additional)
	}
	for i, p := range now.PrefixItems {
		if i < len(old.PrefixItems) {
			w.pair(fmt.Sprintf("%s, entry %d", where, i+1), s, old.PrefixItems[i], p)
		}
	}
	for _, list := range [][2][]*model.Schema{{old.AllOf, now.AllOf}, {old.OneOf, now.OneOf}, {old.AnyOf, now.AnyOf}} {
		same, _, _ := variants(list[0], list[1])
		for i, p := range same {
			w.pair(fmt.Sprintf("%s, form %d", where, i+1), s, p.old, p.now)
		}
	}
}

func or(s, other *model.Schema) *model.Schema {
	if s != nil {
		return s
	}
	return other
}

func property(s *model.Schema, name string) *model.Property {
	for _, p := range s.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// variants pairs the members of a combination: components by name, then what is left in its order.
func variants(old, now []*model.Schema) (same []pair, gone, fresh []*model.Schema) {
	rest := slices.Clone(old)
	take := func(ok func(*model.Schema) bool) *model.Schema {
		i := slices.IndexFunc(rest, ok)
		if i < 0 {
			return nil
		}
		found := rest[i]
		rest = slices.Delete(rest, i, i+1)
		return found
	}
	for _, n := range now {
		if o := take(func(o *model.Schema) bool { return o.Name != "" && o.Name == n.Name }); n.Name != "" && o != nil {
			same = append(same, pair{o, n})
		} else {
			fresh = append(fresh, n)
		}
	}
	left := fresh
	fresh = nil
	for _, n := range left {
		if o := take(func(o *model.Schema) bool { return o.Name == "" }); n.Name == "" && o != nil {
			same = append(same, pair{o, n})
		} else {
			fresh = append(fresh, n)
		}
	}
	return same, rest, fresh
}
