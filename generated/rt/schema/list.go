package schema

import (
	"strconv"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// lists are the keywords about lists.
func (r *reader) lists() {
	array := func(keyword, limit string, holds func(r *run, v *json.Tree, m marks, rep *reporter) bool) {
		r.add(keyword, limit, func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			return v.Kind != json.TreeArray || holds(r, v, m, rep)
		})
	}
	counted := func(keyword string, holds func(have, limit int) bool) {
		if n, ok := r.count(keyword); ok {
			array(keyword, strconv.Itoa(n), func(_ *run, v *json.Tree, _ marks, _ *reporter) bool { return holds(len(v.Items), n) })
		}
	}
	counted("minItems", func(have, limit int) bool { return have >= limit })
	counted("maxItems", func(have, limit int) bool { return have <= limit })
	if r.text("uniqueItems") == "true" {
		array("uniqueItems", "", func(_ *run, v *json.Tree, _ marks, _ *reporter) bool { return unique(v) })
	}
	_, prefix := r.schemas("prefixItems")
	if len(prefix) > 0 {
		array("prefixItems", "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			ok := true
			for i := range min(len(prefix), len(v.Items)) {
				m.mark(i)
				ok = r.item(prefix[i], v, i, rep) && ok
			}
			return ok
		})
	}
	if rest := r.schema("items"); rest != nil {
		array("items", "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			ok := true
			for i := len(prefix); i < len(v.Items); i++ {
				m.mark(i)
				if ok = r.item(rest, v, i, rep) && ok; !ok && rep == nil {
					return false
				}
			}
			return ok
		})
	}
	r.contains(array)
}

func (r *reader) contains(array func(keyword, limit string, holds func(r *run, v *json.Tree, m marks, rep *reporter) bool)) {
	wanted := r.schema("contains")
	if wanted == nil {
		return
	}
	count := func(r *run, v *json.Tree, m marks) int {
		n := 0
		for i := range v.Items {
			if r.valid(wanted, &v.Items[i], nil, nil) {
				m.mark(i)
				n++
			}
		}
		return n
	}
	least, given := r.count("minContains")
	if !given {
		least = 1
	}
	array("contains", strconv.Itoa(least), func(r *run, v *json.Tree, m marks, _ *reporter) bool { return count(r, v, m) >= least })
	if most, ok := r.count("maxContains"); ok {
		array("maxContains", strconv.Itoa(most), func(r *run, v *json.Tree, _ marks, _ *reporter) bool { return count(r, v, nil) <= most })
	}
}

// unique reports whether no two items are equal.
func unique(v *json.Tree) bool {
	if len(v.Items) < 2 {
		return true
	}
	seen := make(map[string]bool, len(v.Items))
	var b []byte
	for i := range v.Items {
		b = json.AppendCanonical(b[:0], &v.Items[i])
		if seen[string(b)] {
			return false
		}
		seen[string(b)] = true
	}
	return true
}
