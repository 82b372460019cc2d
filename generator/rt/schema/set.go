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
	runs  sync.Pool // of *run, for their memory
}

// Value is a value to be judged. A value that cannot be written is none: what it breaks is found when it is sent.
type Value struct {
	of     json.Ref
	text   []byte
	isText bool
}

// Of returns the value of a generated type, as it is written.
func Of(v json.Ref) Value { return Value{of: v} }

// OfText returns the value that a text of JSON is. An empty text is null, as it is written.
func OfText(text []byte) Value { return Value{text: text, isText: true} }

// Conforms reports whether a value is what the schema describes.
func (s *Set) Conforms(name string, v Value) bool {
	r := s.begin(v)
	defer r.end()
	return r.value == nil || r.valid(s.node(name), r.value, nil, nil) || r.spent()
}

// Broken reports whether a value breaks what one keyword of a schema asserts, and the place within the value: the
// innermost that can be told, empty for the value itself. Of the keywords about members that depend on another, the
// keyword has the name of that behind a slash. What is judged is taken apart in memory that is kept.
func (s *Set) Broken(name, keyword string, v Value) (place string, broken bool) {
	r := s.begin(v)
	defer r.end()
	if r.value == nil || r.holds(s.node(name), keyword, nil) {
		return "", false
	}
	return s.place(name, keyword, v)
}

// place judges again, with all that may be spent, to tell where the keyword is broken.
func (s *Set) place(name, keyword string, v Value) (place string, broken bool) {
	r := s.begin(v)
	defer r.end()
	rep := &reporter{tell: func(at string, _ *assertion) {
		if !broken {
			place, broken = at, true
		}
	}}
	if r.holds(s.node(name), keyword, rep) {
		return "", false
	}
	return place, true
}

// holds reports whether what one keyword of a schema asserts is true of the value, or was given up.
func (r *run) holds(n *node, keyword string, rep *reporter) bool {
	marks := r.marks(n, r.value, nil)
	for i := range n.asserted {
		switch a := &n.asserted[i]; {
		case a.keyword == keyword:
			return a.holds(r, r.value, marks, rep) || r.spent()
		case n.collects:
			a.holds(r, r.value, marks, nil) // for what it judges
		}
	}
	return true
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
