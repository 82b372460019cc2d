package schema

import (
	"regexp"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/rt/decimal"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// node is a schema that was read: what it asserts, in the order in which it is asked.
type node struct {
	asserted []assertion
	collects bool // it asks which members or items nothing has judged
}

// assertion is one keyword. Holds reports whether it is true of a value; it marks what it judges, and tells the
// reporter, where there is one, what is broken.
type assertion struct {
	keyword string
	limit   string // as text, for messages
	holds   func(r *run, v *json.Tree, m marks, rep *reporter) bool
}

// reader reads the keywords of one schema.
type reader struct {
	set *Set
	n   *node
	t   *json.Tree
}

// read fills a node. Keywords that ask what others have judged come last.
func (s *Set) read(n *node, t *json.Tree) {
	r := reader{s, n, t}
	if t.Kind == json.TreeScalar {
		if t.Text == "false" {
			r.add("false", "", func(*run, *json.Tree, marks, *reporter) bool { return false })
		}
		return
	}
	if ref := r.text("$ref"); ref != "" {
		to := s.named(ref)
		r.add("$ref", "", func(r *run, v *json.Tree, m marks, rep *reporter) bool { return r.inPlace(to, v, m, rep) })
	}
	r.values()
	r.strings()
	r.numbers()
	r.lists()
	r.objects()
	r.combined()
	r.unevaluated()
}

func (r *reader) add(keyword, limit string, holds func(r *run, v *json.Tree, m marks, rep *reporter) bool) {
	r.n.asserted = append(r.n.asserted, assertion{keyword, limit, holds})
}

// check adds an assertion about the value alone.
func (r *reader) check(keyword, limit string, holds func(v *json.Tree) bool) {
	r.add(keyword, limit, func(_ *run, v *json.Tree, _ marks, _ *reporter) bool { return holds(v) })
}

// get is the value of a keyword; nil: it is not there.
func (r *reader) get(keyword string) *json.Tree {
	for i, name := range r.t.Names {
		if name == keyword {
			return &r.t.Items[i]
		}
	}
	return nil
}

func (r *reader) text(keyword string) string {
	if t := r.get(keyword); t != nil {
		return t.Text
	}
	return ""
}

func (r *reader) count(keyword string) (int, bool) {
	n, err := strconv.Atoi(r.text(keyword))
	return n, err == nil
}

// schema is the schema of a keyword.
func (r *reader) schema(keyword string) *node {
	if t := r.get(keyword); t != nil {
		return r.of(t)
	}
	return nil
}

func (r *reader) of(t *json.Tree) *node {
	n := &node{}
	r.set.read(n, t)
	return n
}

// schemas are those of a list, or of the members of an object.
func (r *reader) schemas(keyword string) (names []string, nodes []*node) {
	t := r.get(keyword)
	if t == nil {
		return nil, nil
	}
	for i := range t.Items {
		nodes = append(nodes, r.of(&t.Items[i]))
	}
	return t.Names, nodes
}

// values are the keywords about values of every type.
func (r *reader) values() {
	if t := r.get("type"); t != nil {
		types := []string{t.Text}
		if t.Kind == json.TreeArray {
			types = texts(t)
		}
		r.check("type", joined(types), func(v *json.Tree) bool {
			for _, name := range types {
				if isOf(v, name) {
					return true
				}
			}
			return false
		})
	}
	permitted := func(keyword string, values []json.Tree) {
		list := make([]string, len(values))
		shown := make([]string, len(values))
		for i := range values {
			list[i] = string(json.AppendCanonical(nil, &values[i]))
			shown[i] = string(json.AppendTree(nil, &values[i]))
		}
		r.add(keyword, joined(shown), func(r *run, v *json.Tree, _ marks, _ *reporter) bool {
			r.text = json.AppendCanonical(r.text[:0], v)
			for _, value := range list {
				if string(r.text) == value {
					return true
				}
			}
			return false
		})
	}
	if t := r.get("enum"); t != nil {
		permitted("enum", t.Items)
	}
	if t := r.get("const"); t != nil {
		permitted("const", []json.Tree{*t})
	}
}

// strings are the keywords about strings.
func (r *reader) strings() {
	if n, ok := r.count("minLength"); ok {
		r.check("minLength", strconv.Itoa(n), func(v *json.Tree) bool { return !isText(v) || length(v) >= n })
	}
	if n, ok := r.count("maxLength"); ok {
		r.check("maxLength", strconv.Itoa(n), func(v *json.Tree) bool { return !isText(v) || length(v) <= n })
	}
	if p := r.get("pattern"); p != nil {
		re, _ := regexp.Compile(p.Text)
		r.check("pattern", p.Text, func(v *json.Tree) bool { return !isText(v) || re == nil || re.MatchString(v.Text) })
	}
	if f := r.text("format"); f != "" {
		r.check("format", f, func(v *json.Tree) bool { return !isText(v) || IsFormat(f, v.Text) })
	}
}

// numbers are the keywords about numbers.
func (r *reader) numbers() {
	compared := func(keyword string, holds func(v, limit decimal.Number) bool) {
		limit, ok := decimal.Parse(r.text(keyword))
		if r.get(keyword) == nil || !ok {
			return
		}
		r.check(keyword, r.text(keyword), func(v *json.Tree) bool {
			if v.Kind != json.TreeScalar || v.Scalar != json.NumberScalar {
				return true
			}
			n, ok := decimal.Parse(v.Text)
			return ok && holds(n, limit)
		})
	}
	compared("minimum", func(v, limit decimal.Number) bool { return v.Compare(limit) >= 0 })
	compared("maximum", func(v, limit decimal.Number) bool { return v.Compare(limit) <= 0 })
	compared("exclusiveMinimum", func(v, limit decimal.Number) bool { return v.Compare(limit) > 0 })
	compared("exclusiveMaximum", func(v, limit decimal.Number) bool { return v.Compare(limit) < 0 })
	compared("multipleOf", decimal.Number.MultipleOf)
}
