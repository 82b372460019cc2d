package plan

import (
	"math"
	"slices"
)

// linker chooses the types of a circle that the others reach over a link: so few that without the ways to them no type
// consists of itself. The fewest are hard to find; those with the most ways through them come close. A link costs a type
// and two functions, in every build of the client.
type linker struct {
	types map[int]*linkNode
	order []*linkNode
}

// linkNode is a type with the ways to and from it within the circle.
type linkNode struct {
	of       int
	to, from []*linkNode
	in, out  int // how many of those are left
	gone     bool
}

func newLinker(circle []int, edges func(int) []int) *linker {
	l := &linker{types: make(map[int]*linkNode, len(circle))}
	for _, i := range circle {
		w := &linkNode{of: i}
		l.types[i], l.order = w, append(l.order, w)
	}
	for _, w := range l.order {
		for _, j := range edges(w.of) {
			if next := l.types[j]; next != nil {
				w.to, next.from = append(w.to, next), append(next.from, w)
				w.out, next.in = w.out+1, next.in+1
			}
		}
	}
	return l
}

// chosen returns the types to link, those with the most ways through them first, and in the order of the document where that
// is equal. For a type that consists of itself directly there is no other choice.
func (l *linker) chosen() []int {
	through := make(map[*linkNode]int, len(l.order))
	for _, w := range l.order {
		if through[w] = w.in * w.out; slices.Contains(w.to, w) {
			through[w] = math.MaxInt
		}
	}
	slices.SortFunc(l.order, func(a, b *linkNode) int {
		switch x, y := through[a], through[b]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return a.of - b.of
	})
	var linked []int
	for _, w := range l.order {
		if !w.gone {
			linked = append(linked, w.of)
			w.remove()
		}
	}
	return linked
}

// remove takes out a type with the ways from and to it, and then those that are in no circle any more because no way leads
// to them, or none from them.
func (w *linkNode) remove() {
	pending := []*linkNode{w}
	for len(pending) > 0 {
		w, pending = pending[len(pending)-1], pending[:len(pending)-1]
		if w.gone {
			continue
		}
		w.gone = true
		for _, next := range w.to {
			if next.in--; next.in == 0 {
				pending = append(pending, next)
			}
		}
		for _, before := range w.from {
			if before.out--; before.out == 0 {
				pending = append(pending, before)
			}
		}
	}
}
