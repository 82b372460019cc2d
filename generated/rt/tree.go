package rt

import "github.com/pantograph-go/pantograph/generated/rt/json"

// tree is a value taken apart, for parameters and forms, which write something else than JSON of it.
type tree struct {
	kind   treeKind
	text   string          // scalar
	scalar json.ScalarKind // what the scalar is in JSON
	names  []string        // object
	items  []tree          // object, list
}

type treeKind uint8

const (
	treeNull treeKind = iota
	treeScalar
	treeList
	treeObject
)

// treeOf takes the value at ref apart.
func treeOf(ref json.Ref) (tree, error) {
	var g grower
	err := json.Visit(ref, &g)
	return g.root, err
}

// defined is the value without what is null in it: to styles and forms that is not there (RFC 6570, section 2.3).
// What lies deeper stays: it may be written as JSON.
func (t *tree) defined() tree {
	out := *t
	out.items, out.names = nil, nil
	for i := range t.items {
		if t.items[i].kind == treeNull {
			continue
		}
		out.items = append(out.items, t.items[i])
		if t.kind == treeObject {
			out.names = append(out.names, t.names[i])
		}
	}
	return out
}

// plain is the text of the value where a style knows scalars only: lists and objects are JSON.
func (t *tree) plain() string {
	if t.kind >= treeList {
		return string(t.appendJSON(nil))
	}
	return t.text
}

// appendJSON appends the value as JSON.
func (t *tree) appendJSON(b []byte) []byte {
	switch t.kind {
	case treeNull:
		return append(b, "null"...)
	case treeScalar:
		if t.scalar == json.StringScalar {
			return json.AppendString(b, t.text)
		}
		return append(b, t.text...)
	case treeList:
		b = append(b, '[')
		for i := range t.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = t.items[i].appendJSON(b)
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i := range t.items {
		if i > 0 {
			b = append(b, ',')
		}
		b = t.items[i].appendJSON(append(json.AppendString(b, t.names[i]), ':'))
	}
	return append(b, '}')
}

// grower makes a tree of what it is told of a value.
type grower struct {
	root tree
	open []*tree // lists and objects that are not at their end
}

func (g *grower) add(t tree) *tree {
	if len(g.open) == 0 {
		g.root = t
		return &g.root
	}
	in := g.open[len(g.open)-1]
	in.items = append(in.items, t)
	return &in.items[len(in.items)-1]
}

// The methods of a json.Visitor.

func (g *grower) BeginObject() { g.open = append(g.open, g.add(tree{kind: treeObject})) }
func (g *grower) BeginArray()  { g.open = append(g.open, g.add(tree{kind: treeList})) }
func (g *grower) End()         { g.open = g.open[:len(g.open)-1] }
func (g *grower) Null()        { g.add(tree{kind: treeNull}) }

func (g *grower) Name(name string) {
	in := g.open[len(g.open)-1]
	in.names = append(in.names, name)
}

func (g *grower) Scalar(kind json.ScalarKind, text string) {
	g.add(tree{kind: treeScalar, scalar: kind, text: text})
}
