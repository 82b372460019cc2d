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

// TreeBuffer takes values apart in memory that it keeps for the next, so that most take none of their own. The zero
// TreeBuffer is empty.
type TreeBuffer struct {
	text []byte
	g    grower
}

// maxKept is the size of the text up to which a TreeBuffer keeps its memory.
const maxKept = 64 << 10

// Tree is TreeOf. The tree, and the texts in it, are there until the next call of a method.
func (b *TreeBuffer) Tree(v Ref) (*Tree, error) {
	b.Reset()
	var err error
	if b.text, err = Append(b.text[:0], v); err != nil {
		return nil, err
	}
	s := view(b.text)
	visit(s, space(s, 0), &b.g)
	return &b.g.root, nil
}

// TreeOfText is the function of that name. The tree, and the texts in it, are there until the next call of a method.
func (b *TreeBuffer) TreeOfText(data []byte) (*Tree, error) {
	b.Reset()
	if err := Valid(data); err != nil {
		return nil, err
	}
	b.text = append(b.text[:0], data...)
	s := view(b.text)
	visit(s, space(s, 0), &b.g)
	return &b.g.root, nil
}

// Reset lets go of what was large.
func (b *TreeBuffer) Reset() {
	if cap(b.text) > maxKept {
		*b = TreeBuffer{}
	}
	clear(b.text) // it may hold secrets
	b.g.open, b.g.root = b.g.open[:0], b.g.root.emptied()
}

// emptied is a tree without anything in it, which has the memory of t.
func (t *Tree) emptied() Tree { return Tree{Names: t.Names[:0], Items: t.Items[:0]} }

// grower makes a tree of what it is told of a value.
type grower struct {
	root Tree
	open []*Tree // arrays and objects that are not at their end
}

func (g *grower) add(kind TreeKind, scalar ScalarKind, text string) *Tree {
	t := &g.root
	if n := len(g.open); n > 0 {
		in := g.open[n-1]
		if len(in.Items) < cap(in.Items) {
			in.Items = in.Items[:len(in.Items)+1] // what was there before has memory to use
		} else {
			in.Items = append(in.Items, Tree{})
		}
		t = &in.Items[len(in.Items)-1]
	}
	*t = t.emptied()
	t.Kind, t.Scalar, t.Text = kind, scalar, text
	return t
}

// The methods of a Visitor.

func (g *grower) BeginObject() { g.open = append(g.open, g.add(TreeObject, 0, "")) }
func (g *grower) BeginArray()  { g.open = append(g.open, g.add(TreeArray, 0, "")) }
func (g *grower) End()         { g.open = g.open[:len(g.open)-1] }
func (g *grower) Null()        { g.add(TreeNull, 0, "") }

func (g *grower) Name(name string) {
	in := g.open[len(g.open)-1]
	in.Names = append(in.Names, name)
}

func (g *grower) Scalar(kind ScalarKind, text string) { g.add(TreeScalar, kind, text) }
