package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Names of inline types, parameters, results and the like are made of places, and two places may come to one name. Which
// of them has it must not depend on the order in which they are met. So a package is planned until nothing
// new is learned: while planning, everything gets the name it wants, and who wants what is noted; names that several
// want are settled between two runs, by looking at all who want them. Mostly the first run is the last.

// maxRuns bounds how often a package is planned. After half of them, who yielded once yields for good, so that no two
// nodes go on making room for each other; in the last one, who comes first has the name.
const maxRuns = 8

// want is the name that a node wants.
type want struct {
	name string
	alt  string // where others want that name and it is not this node's
	rank rank   // of those that want a name, the lowest has it, if that is one's alone
}

// The ranks of wanted names.
const (
	foremost rank = iota - 1 // of services, and of what the lock holds in parts
	asCalled                 // made of names as they stand
	oneOf                    // made of a plural: the item of a list
)

// settled is what is known from the runs before.
type settled struct {
	owners map[string]string // of names that several want, whose they are: kind and id; empty: nobody's
	places map[string]place  // of inline types that several places hold, by id: the one they are named after
}

func (s settled) equal(t settled) bool {
	return maps.Equal(s.owners, t.owners) && maps.Equal(s.places, t.places)
}

// wish is who wants a name.
type wish struct {
	key  string // kind and id
	rank rank
	pos  model.Pos
}

// derive claims the name of a node: the published one, or the wanted one. When that is not to be had, the place qualifies it.
func (b *builder) derive(kind, id, name, place string, pos model.Pos) string {
	return b.deriveAs(kind, id, want{name: name, alt: place + name}, pos)
}

func (b *builder) deriveAs(kind, id string, w want, pos model.Pos) string {
	key := kind + "\t" + id
	got := ""
	if e, ok := b.lock.get(kind, id); ok && !b.taken(e.Name, key) && b.free(e.Name, key) {
		got = e.Name
	}
	for _, name := range []string{w.name, w.alt, w.name + "X" + shortHash(id)} {
		if got != "" {
			break
		}
		if b.taken(name, key) {
			continue
		}
		b.wishes[name] = append(b.wishes[name], wish{key, w.rank, pos})
		if owner, contested := b.settled.owners[name]; (!contested || owner == key) && b.free(name, key) {
			got = name
		}
	}
	if got == "" { // even the hash is somebody's
		got = w.name + "X" + shortHash(key+w.name)
	}
	b.derived[got] = key
	if kind != "constant" || got != w.name { // that of type and value is in the lock already
		b.lock.pin(LockEntry{Kind: kind, ID: id, Name: got})
	}
	if _, known := b.lock.get(kind, id); got != w.name && !known {
		b.collision(pos, w.name, got)
	}
	return got
}

// free reports whether a derived name is nobody else's in this run.
func (b *builder) free(name, key string) bool {
	owner, used := b.derived[name]
	return !used || owner == key
}

// meet notes where an inline type is met, and returns the place it is named after.
func (b *builder) meet(k typeKey, at place) place {
	if !k.base && b.claimed[k.schema] != "" {
		return at
	}
	k.input = false
	id, own := k.id(), at
	own.input = false
	if !slices.Contains(b.met[id], own) {
		b.met[id] = append(b.met[id], own)
	}
	if p, ok := b.settled.places[id]; ok {
		p.input = at.input
		return p
	}
	return at
}

// settle says what this run has taught.
func (b *builder) settle() settled {
	out := settled{owners: map[string]string{}, places: map[string]place{}}
	for name, list := range b.wishes {
		if owner, several := ownerOf(list); several {
			out.owners[name] = owner
		}
	}
	for name, owner := range b.settled.owners {
		if _, known := out.owners[name]; !known && b.run > maxRuns/2 {
			out.owners[name] = owner
		}
	}
	for id, places := range b.met {
		if len(places) > 1 {
			out.places[id] = slices.MinFunc(places, func(p, q place) int {
				return cmp.Or(cmp.Compare(p.rank, q.rank), cmp.Compare(len(p.name), len(q.name)), strings.Compare(p.name, q.name), strings.Compare(p.owner, q.owner), strings.Compare(p.alt, q.alt))
			})
		}
	}
	return out
}

// ownerOf says whose a name is that several want.
func ownerOf(list []wish) (owner string, several bool) {
	lowest, alone := list[0], true
	for _, w := range list[1:] {
		switch {
		case w.key == lowest.key:
		case w.rank < lowest.rank:
			lowest, alone, several = w, true, true
		case w.rank == lowest.rank:
			alone, several = false, true
		default:
			several = true
		}
	}
	if !alone {
		return "", several
	}
	return lowest.key, several
}

// want is the name of an inline type met at a place.
func (p place) want() want {
	w := want{name: p.name, alt: p.alt, rank: p.rank}
	switch {
	case w.alt != "":
	case p.owner == "Operation":
		w.alt = p.name + "Body"
	case p.owner == "Param":
		w.alt = p.name + "Param"
	case strings.HasPrefix(p.name, p.owner):
		w.alt = p.name + "Field"
	default:
		w.alt = p.owner + p.name
	}
	return w
}
