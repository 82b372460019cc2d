package plan

// circles numbers the circles of types that consist of one another, by way of their members, elements or
// variants. Go has no variables that are initialised by way of themselves, so within a circle some
// descriptions are led to over a link.
func (b *builder) circles() {
	c := circler{codec: &b.pkg.Codec}
	n := len(c.codec.Types) + len(c.codec.Unions)
	c.index, c.low, c.open = make([]int, n), make([]int, n), make([]bool, n)
	for i := range n {
		if c.index[i] == 0 {
			c.visit(i)
		}
	}
}

// circler finds strongly connected components, as Tarjan does. The unions are numbered after the types.
type circler struct {
	codec *Codec
	index []int // order in which the nodes were met, from 1
	low   []int // the first node that is reached from a node
	open  []bool
	stack []int
	next  int
	found int
}

func (c *circler) visit(i int) {
	c.next++
	c.index[i], c.low[i], c.open[i] = c.next, c.next, true
	c.stack = append(c.stack, i)
	self := false
	for _, j := range c.edges(i) {
		self = self || i == j
		if c.index[j] == 0 {
			c.visit(j)
			c.low[i] = min(c.low[i], c.low[j])
		} else if c.open[j] {
			c.low[i] = min(c.low[i], c.index[j])
		}
	}
	if c.low[i] != c.index[i] {
		return
	}
	at := len(c.stack) - 1
	for c.stack[at] != i {
		at--
	}
	members := c.stack[at:]
	c.stack = c.stack[:at]
	if len(members) > 1 || self {
		c.found++
	}
	for _, j := range members {
		c.open[j] = false
		if len(members) > 1 || self {
			*c.circle(j).number = c.found
		}
	}
	if len(members) > 1 || self {
		for _, j := range newLinker(members, c.edges).chosen() {
			*c.circle(j).linked = true
		}
	}
}

// inCircle is where it stands which circle a type is in, and whether it is led to over a link there.
type inCircle struct {
	number *int
	linked *bool
}

func (c *circler) circle(i int) inCircle {
	if i < len(c.codec.Types) {
		t := c.codec.Types[i]
		return inCircle{&t.Circle, &t.Linked}
	}
	u := c.codec.Unions[i-len(c.codec.Types)]
	return inCircle{&u.Circle, &u.Linked}
}

// edges are the nodes that a node leads to.
func (c *circler) edges(i int) []int {
	var out []int
	add := func(f CodecField) {
		switch {
		case f.Sub < 0 || f.Kind == "Wired" || f.Kind == "Marshaled":
		case f.Kind == "Interface":
			out = append(out, len(c.codec.Types)+f.Sub)
		default:
			out = append(out, f.Sub)
		}
	}
	if i >= len(c.codec.Types) {
		for _, v := range c.codec.Unions[i-len(c.codec.Types)].Variants {
			out = append(out, v.Codec)
		}
		return out
	}
	t := c.codec.Types[i]
	if t.Struct == nil {
		add(t.Field)
		return out
	}
	for _, f := range t.Struct.Fields {
		add(f.Codec)
	}
	if rest := t.Struct.Additional; rest != nil {
		out = append(out, rest.Codec.Sub)
	}
	return out
}
