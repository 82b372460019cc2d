package json

// Tree is a value taken apart, for those who write something else than JSON of it and need more than one look.
type Tree struct {
	Kind   TreeKind
	Scalar ScalarKind // what a scalar is
	Text   string     // of a scalar
	Names  []string   // of the members of an object
	Items  []Tree     // members of an object, elements of an array
}

// TreeKind is the form of a value.
type TreeKind uint8

// The forms. Those from TreeArray on have items.
const (
	TreeNull TreeKind = iota
	TreeScalar
	TreeArray
	TreeObject
)

// TreeOf takes the value at v apart. The error is that of Visit.
func TreeOf(v Ref) (Tree, error) {
	var g grower
	err := Visit(v, &g)
	return g.root, err
}

// TreeOfText takes a text of JSON apart. The error is that of Valid.
func TreeOfText(data []byte) (Tree, error) {
	var g grower
	err := VisitText(data, &g)
	return g.root, err
}

// AppendTree appends the JSON of a tree.
func AppendTree(b []byte, t *Tree) []byte {
	switch t.Kind {
	case TreeNull:
		return append(b, "null"...)
	case TreeScalar:
		if t.Scalar == StringScalar {
			return AppendString(b, t.Text)
		}
		return append(b, t.Text...)
	case TreeArray:
		b = append(b, '[')
		for i := range t.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendTree(b, &t.Items[i])
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i := range t.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendTree(append(AppendString(b, t.Names[i]), ':'), &t.Items[i])
	}
	return append(b, '}')
}

// grower makes a tree of what it is told of a value.
type grower struct {
	root Tree
	open []*Tree // arrays and objects that are not at their end
}

func (g *grower) add(t Tree) *Tree {
	if len(g.open) == 0 {
		g.root = t
		return &g.root
	}
	in := g.open[len(g.open)-1]
	in.Items = append(in.Items, t)
	return &in.Items[len(in.Items)-1]
}

// The methods of a Visitor.

func (g *grower) BeginObject() { g.open = append(g.open, g.add(Tree{Kind: TreeObject})) }
func (g *grower) BeginArray()  { g.open = append(g.open, g.add(Tree{Kind: TreeArray})) }
func (g *grower) End()         { g.open = g.open[:len(g.open)-1] }
func (g *grower) Null()        { g.add(Tree{Kind: TreeNull}) }

func (g *grower) Name(name string) {
	in := g.open[len(g.open)-1]
	in.Names = append(in.Names, name)
}

func (g *grower) Scalar(kind ScalarKind, text string) {
	g.add(Tree{Kind: TreeScalar, Scalar: kind, Text: text})
}
