package schema

import (
	"slices"
	"strconv"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

const (
	// maxSteps is how many schemas are applied to a value at least, and perPart how many more to each of its parts.
	maxSteps = 1 << 16
	perPart  = 256
	// maxNested is how many schemas are applied one within the other. Values nest less.
	maxNested = 1 << 14
)

// run is one judgement of a value, what is left to spend on it, and its memory.
type run struct {
	steps, depth int
	value        *json.Tree // nil: it cannot be written

	set    *Set
	buffer json.TreeBuffer
	text   []byte    // of a value that is compared
	name   json.Tree // of a member that is judged itself
	judged []bool    // a stack of marks
}

// spent reports whether the judgement was given up. Whatever came of it then means nothing.
func (r *run) spent() bool { return r.steps < 0 }

// begin takes a value apart.
func (s *Set) begin(v Value) *run {
	r, _ := s.runs.Get().(*run)
	if r == nil {
		r = &run{set: s}
	}
	var err error
	switch {
	case !v.isText:
		r.value, err = r.buffer.Tree(v.of)
	case len(v.text) == 0:
		r.value, err = r.buffer.Tree(json.Ref{})
	default:
		r.value, err = r.buffer.TreeOfText(v.text)
	}
	if err != nil {
		r.value = nil
		return r
	}
	r.steps, r.depth, r.judged = maxSteps+perPart*parts(r.value), 0, r.judged[:0]
	return r
}

// end gives the memory to the next judgement.
func (r *run) end() {
	r.buffer.Reset()
	clear(r.text)
	r.value, r.name = nil, json.Tree{}
	r.set.runs.Put(r)
}

func parts(v *json.Tree) int {
	n := 1
	for i := range v.Items {
		n += parts(&v.Items[i])
	}
	return n
}

// valid reports whether a value is what a schema describes. Without a reporter it stops at the first that is not.
func (r *run) valid(n *node, v *json.Tree, m marks, rep *reporter) bool {
	if r.steps--; r.depth > maxNested {
		r.steps = -1
	}
	if r.spent() {
		return true
	}
	r.depth++
	top := len(r.judged)
	defer func() { r.depth, r.judged = r.depth-1, r.judged[:top] }()
	m = r.marks(n, v, m)
	ok := true
	for i := range n.asserted {
		a := &n.asserted[i]
		told := rep.count()
		if a.holds(r, v, m, rep) {
			continue
		}
		if ok = false; rep == nil {
			return false
		}
		if rep.count() == told && !r.spent() { // it has not told more exactly what is wrong
			rep.report(a)
		}
	}
	return ok
}

// inPlace applies another schema to the same value. What it judges counts when the value conforms to it.
func (r *run) inPlace(n *node, v *json.Tree, m marks, rep *reporter) bool {
	top := len(r.judged)
	var own marks
	if m != nil {
		own = r.fresh(len(m))
	}
	ok := r.valid(n, v, own, rep)
	if ok {
		m.merge(own)
	}
	r.judged = r.judged[:top]
	return ok
}

// marks are what was judged of a value: members or items. They are nil where nobody asks.
type marks []bool

// marks are those that the keywords of a schema fill: the ones of whoever applies it, or its own where it asks itself.
func (r *run) marks(n *node, v *json.Tree, m marks) marks {
	if m == nil && n.collects {
		return r.fresh(len(v.Items))
	}
	return m
}

// fresh are marks that nobody has made yet, on the top of the stack.
func (r *run) fresh(n int) marks {
	top := len(r.judged)
	r.judged = slices.Grow(r.judged, n)[:top+n]
	out := marks(r.judged[top : top+n : top+n])
	clear(out)
	return out
}

func (m marks) merge(o marks) {
	if m == nil {
		return
	}
	for i, is := range o {
		m[i] = m[i] || is
	}
}

func (m marks) mark(i int) {
	if m != nil {
		m[i] = true
	}
}

// reporter is told what is broken, and where. Where one of several may hold there is none.
type reporter struct {
	tell func(place string, a *assertion)
	path []byte
	told int
}

func (p *reporter) count() int {
	if p == nil {
		return 0
	}
	return p.told
}

func (p *reporter) report(a *assertion) {
	if p != nil {
		p.told++
		p.tell(string(p.path), a)
	}
}

// member applies a schema to a member of an object.
func (r *run) member(n *node, v *json.Tree, i int, rep *reporter) bool {
	if rep == nil {
		return r.valid(n, &v.Items[i], nil, nil)
	}
	was := len(rep.path)
	if was > 0 {
		rep.path = append(rep.path, '.')
	}
	rep.path = append(rep.path, v.Names[i]...)
	ok := r.valid(n, &v.Items[i], nil, rep)
	rep.path = rep.path[:was]
	return ok
}

// item applies a schema to an item of a list.
func (r *run) item(n *node, v *json.Tree, i int, rep *reporter) bool {
	if rep == nil {
		return r.valid(n, &v.Items[i], nil, nil)
	}
	was := len(rep.path)
	rep.path = append(strconv.AppendInt(append(rep.path, '['), int64(i), 10), ']')
	ok := r.valid(n, &v.Items[i], nil, rep)
	rep.path = rep.path[:was]
	return ok
}
