package source

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// checkGraph looks for schemas that contain themselves by reference or allOf alone (no value is of such a
// type), and for chains of references that are too long to follow.
func (l *loader) checkGraph() {
	length := map[*model.Schema]int{} // of the chain of references that begins at a schema
	cycles := walk{
		next: func(s *model.Schema) []*model.Schema {
			if s.Ref == nil {
				return s.AllOf
			}
			return append(slices.Clone(s.AllOf), s.Ref)
		},
		back: func(s, to *model.Schema) {
			l.errorf(s.Pos, "schema-cycle", "the schema contains itself, by references or allOf")
			l.related(to.Pos)
		},
		leave: func(s *model.Schema) {
			if s.Ref == nil {
				return
			}
			if length[s] = length[s.Ref] + 1; length[s] == maxChain {
				l.errorf(s.Pos, "limit", "this is the head of a chain of more than %d references", maxChain)
			}
		},
	}
	cycles.from(l.roots())
}

// refDepth is the number of components through which a reader that follows every reference has to go at once.
func (l *loader) refDepth() int {
	depth, deepest := 0, 0
	all := walk{
		next: (*model.Schema).Children,
		enter: func(s *model.Schema) {
			if s.Name != "" {
				depth++
				deepest = max(deepest, depth)
			}
		},
		leave: func(s *model.Schema) {
			if s.Name != "" {
				depth--
			}
		},
	}
	all.from(l.roots())
	return deepest
}

// roots are the schemas from which all others can be reached, but for those of operations.
func (l *loader) roots() []*model.Schema {
	roots := make([]*model.Schema, len(l.named))
	for i, n := range l.named {
		roots[i] = l.schemas[n]
	}
	return roots
}

// walk visits every schema of a graph once, depth first. It keeps its own stack, for a document can make
// paths of any length.
type walk struct {
	next         func(*model.Schema) []*model.Schema
	enter, leave func(*model.Schema)
	back         func(s, to *model.Schema) // an edge to a schema that is being visited
}

func (w walk) from(roots []*model.Schema) {
	const open, closed = 1, 2
	type frame struct {
		s    *model.Schema
		next []*model.Schema
	}
	state := map[*model.Schema]int{}
	var stack []frame
	push := func(s *model.Schema) {
		state[s] = open
		if w.enter != nil {
			w.enter(s)
		}
		stack = append(stack, frame{s, w.next(s)})
	}
	for _, root := range roots {
		if state[root] == 0 {
			push(root)
		}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.next) == 0 {
				state[top.s] = closed
				w.leave(top.s)
				stack = stack[:len(stack)-1]
				continue
			}
			to := top.next[0]
			top.next = top.next[1:]
			switch state[to] {
			case 0:
				push(to)
			case open:
				if w.back != nil {
					w.back(top.s, to)
				}
			}
		}
	}
}
