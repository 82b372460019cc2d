package schema

import (
	"sync"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// Text is a schema under its name, as JSON.
type Text struct{ Name, JSON string }

// Set is the schemas of a package. It is a static literal; what is read of it is kept, which is safe for concurrent use.
type Set struct {
	Texts []Text

	mu    sync.Mutex
	nodes map[string]*node
}

// Value is a value to be judged. A value that cannot be written is none: what it breaks is found when it is sent.
type Value struct {
	tree json.Tree
	ok   bool
}

// Of returns the value of a generated type, as it is written.
func Of(v json.Ref) Value {
	t, err := json.TreeOf(v)
	return Value{t, err == nil}
}

// OfText returns the value that a text of JSON is. An empty text is null, as it is written.
func OfText(text []byte) Value {
	if len(text) == 0 {
		return Value{ok: true}
	}
	t, err := json.TreeOfText(text)
	return Value{t, err == nil}
}

// Conforms reports whether a value is what the schema describes.
func (s *Set) Conforms(name string, v Value) bool {
	if !v.ok {
		return true
	}
	r := newRun(&v.tree)
	return r.valid(s.node(name), &v.tree, nil, nil) || r.spent()
}

// Broken reports whether a value breaks what one keyword of a schema asserts, and the place within the value: the
// innermost that can be told, empty for the value itself. Of the keywords about members that depend on another, the
// keyword has the name of that behind a slash.
func (s *Set) Broken(name, keyword string, v Value) (place string, broken bool) {
	if !v.ok {
		return "", false
	}
	r := newRun(&v.tree)
	n := s.node(name)
	marks := n.marks(&v.tree, nil)
	for i := range n.asserted {
		a := &n.asserted[i]
		if a.keyword != keyword {
			if n.collects {
				a.holds(r, &v.tree, marks, nil) // for what it judges
			}
			continue
		}
		rep := &reporter{tell: func(at string, _ *assertion) {
			if !broken {
				place, broken = at, true
			}
		}}
		if a.holds(r, &v.tree, marks, rep) || r.spent() {
			return "", false
		}
		return place, true
	}
	return "", false
}

// node is the schema of a name, read when it is first asked for. One that is not there accepts everything, as does a
// text that is no schema: the generator writes none.
func (s *Set) node(name string) *node {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.named(name)
}

func (s *Set) named(name string) *node {
	if n, ok := s.nodes[name]; ok {
		return n
	}
	if s.nodes == nil {
		s.nodes = map[string]*node{}
	}
	n := &node{}
	s.nodes[name] = n // before it is read: it may refer to itself
	for i := range s.Texts {
		if s.Texts[i].Name == name {
			if t, err := json.TreeOfText([]byte(s.Texts[i].JSON)); err == nil {
				s.read(n, &t)
			}
			break
		}
	}
	return n
}
