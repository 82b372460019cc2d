package schema

import "github.com/pantograph-go/pantograph/generator/rt/json"

// combined are the keywords that combine schemas.
func (r *reader) combined() {
	if _, all := r.schemas("allOf"); len(all) > 0 {
		r.add("allOf", "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			ok := true
			for _, n := range all {
				ok = r.inPlace(n, v, m, rep) && ok
			}
			return ok
		})
	}
	// Which member of a union a value was meant to be is not known, so nothing is told of why it is none.
	count := func(nodes []*node) func(r *run, v *json.Tree, m marks) int {
		return func(r *run, v *json.Tree, m marks) int {
			n := 0
			for _, of := range nodes {
				if r.inPlace(of, v, m, nil) {
					if n++; n > 1 && m == nil {
						return n
					}
				}
			}
			return n
		}
	}
	if _, nodes := r.schemas("anyOf"); len(nodes) > 0 {
		fitting := count(nodes)
		r.add("anyOf", "", func(r *run, v *json.Tree, m marks, _ *reporter) bool { return fitting(r, v, m) > 0 })
	}
	if _, nodes := r.schemas("oneOf"); len(nodes) > 0 {
		fitting := count(nodes)
		r.add("oneOf", "", func(r *run, v *json.Tree, m marks, _ *reporter) bool { return fitting(r, v, m) == 1 })
	}
	if not := r.schema("not"); not != nil {
		r.add("not", "", func(r *run, v *json.Tree, _ marks, _ *reporter) bool {
			return !r.valid(not, v, nil, nil)
		})
	}
	r.conditional()
}

func (r *reader) conditional() {
	cond := r.schema("if")
	if cond == nil {
		return
	}
	yes, no := r.schema("then"), r.schema("else")
	r.add("if", "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
		branch := no
		if r.inPlace(cond, v, m, nil) {
			branch = yes
		}
		return branch == nil || r.inPlace(branch, v, m, rep)
	})
}

// unevaluated are the keywords about what nothing else has judged.
func (r *reader) unevaluated() {
	add := func(keyword string, kind json.TreeKind, apply func(r *run, n *node, v *json.Tree, i int, rep *reporter) bool) {
		n := r.schema(keyword)
		if n == nil {
			return
		}
		r.n.collects = true
		r.add(keyword, "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			if v.Kind != kind {
				return true
			}
			ok := true
			for i, judged := range m {
				if judged {
					continue
				}
				m.mark(i)
				ok = apply(r, n, v, i, rep) && ok
			}
			return ok
		})
	}
	add("unevaluatedItems", json.TreeArray, (*run).item)
	add("unevaluatedProperties", json.TreeObject, (*run).member)
}
