// Package jsonpath finds values in a tree by queries of RFC 9535. It knows trees by an interface, so that what it
// finds are the nodes of the caller, with whatever they know of themselves.
package jsonpath

import (
	"errors"
	"fmt"
)

// Kind is the JSON kind of a node.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// Node is a value of a tree. Nodes are comparable: one node is equal to itself alone.
type Node interface {
	Kind() Kind
	Text() string                 // of a string, number or boolean
	Len() int                     // of an array or object
	At(i int) Node                // entry of an array, member of an object in document order
	Name(i int) string            // of that member
	Get(name string) (Node, bool) // member of an object
}

// Path is a query.
type Path struct{ segments []segment }

// segment selects children, or children of the node and all its descendants.
type segment struct {
	descendant bool
	selectors  []selector
}

// selector adds what it selects of one node.
type selector interface {
	apply(r *run, n Node, add func(Node))
}

// Error is a query that is not well formed.
type Error struct {
	Offset  int // in bytes
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("at character %d: %s", e.Offset+1, e.Message) }

// ErrLimit is returned when a query takes too many steps.
var ErrLimit = errors.New("the query takes too many steps")

// maxSteps bounds a query: a document of two million values can be visited twenty times.
const maxSteps = 40_000_000

// Select returns the nodes that the query finds below root, in document order, each as often as it is found.
func (p *Path) Select(root Node) (found []Node, err error) {
	defer func() {
		if e := recover(); e != nil {
			if e != ErrLimit {
				panic(e)
			}
			found, err = nil, ErrLimit
		}
	}()
	r := &run{root: root}
	return r.follow(root, p.segments), nil
}

// run is one evaluation.
type run struct {
	root  Node
	steps int
}

func (r *run) step() {
	if r.steps++; r.steps > maxSteps {
		panic(ErrLimit)
	}
}

// follow applies segments to a node.
func (r *run) follow(n Node, segments []segment) []Node {
	nodes := []Node{n}
	for _, s := range segments {
		var next []Node
		add := func(n Node) { next = append(next, n) }
		for _, n := range nodes {
			if s.descendant {
				r.descend(n, s.selectors, add)
			} else {
				r.selectFrom(n, s.selectors, add)
			}
		}
		nodes = next
	}
	return nodes
}

func (r *run) selectFrom(n Node, selectors []selector, add func(Node)) {
	for _, s := range selectors {
		r.step()
		s.apply(r, n, add)
	}
}

// descend applies selectors to a node, then to its descendants.
func (r *run) descend(n Node, selectors []selector, add func(Node)) {
	r.selectFrom(n, selectors, add)
	each(n, func(child Node) {
		r.step()
		r.descend(child, selectors, add)
	})
}

// each visits the children of a node.
func each(n Node, visit func(Node)) {
	if n.Kind() == Array || n.Kind() == Object {
		for i := range n.Len() {
			visit(n.At(i))
		}
	}
}

type byName string

func (s byName) apply(_ *run, n Node, add func(Node)) {
	if n.Kind() != Object {
		return
	}
	if m, ok := n.Get(string(s)); ok {
		add(m)
	}
}

type byIndex int

func (s byIndex) apply(_ *run, n Node, add func(Node)) {
	if n.Kind() != Array {
		return
	}
	i := int(s)
	if i < 0 {
		i += n.Len()
	}
	if i >= 0 && i < n.Len() {
		add(n.At(i))
	}
}

type wildcard struct{}

func (wildcard) apply(r *run, n Node, add func(Node)) {
	each(n, func(m Node) {
		r.step()
		add(m)
	})
}

// slice selects the entries from start to end, end excluded. Nil: not given.
type slice struct {
	start, end *int
	step       int
}

func (s slice) apply(r *run, n Node, add func(Node)) {
	if n.Kind() != Array || s.step == 0 {
		return
	}
	size := n.Len()
	bound := func(given *int, otherwise, least, most int) int {
		if given == nil {
			return otherwise
		}
		i := *given
		if i < 0 {
			i += size
		}
		return min(max(i, least), most)
	}
	if s.step > 0 {
		for i, end := bound(s.start, 0, 0, size), bound(s.end, size, 0, size); i < end; i += s.step {
			r.step()
			add(n.At(i))
		}
		return
	}
	for i, end := bound(s.start, size-1, -1, size-1), bound(s.end, -1, -1, size-1); i > end; i += s.step {
		r.step()
		add(n.At(i))
	}
}

// filter selects the children for which an expression holds.
type filter struct{ test expression }

func (s filter) apply(r *run, n Node, add func(Node)) {
	each(n, func(m Node) {
		r.step()
		if s.test.holds(r, m) {
			add(m)
		}
	})
}
