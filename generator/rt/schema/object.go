package schema

import (
	"regexp"
	"strconv"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// objects are the keywords about objects.
func (r *reader) objects() {
	object := func(keyword, limit string, holds func(r *run, v *json.Tree, m marks, rep *reporter) bool) {
		r.add(keyword, limit, func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			return v.Kind != json.TreeObject || holds(r, v, m, rep)
		})
	}
	counted := func(keyword string, holds func(have, limit int) bool) {
		if n, ok := r.count(keyword); ok {
			object(keyword, strconv.Itoa(n), func(_ *run, v *json.Tree, _ marks, _ *reporter) bool { return holds(len(v.Items), n) })
		}
	}
	counted("minProperties", func(have, limit int) bool { return have >= limit })
	counted("maxProperties", func(have, limit int) bool { return have <= limit })
	if t := r.get("required"); t != nil {
		names := texts(t)
		object("required", joined(names), func(_ *run, v *json.Tree, _ marks, _ *reporter) bool { return hasAll(v, names) })
	}
	r.members(object)
	if names := r.schema("propertyNames"); names != nil {
		object("propertyNames", "", func(r *run, v *json.Tree, _ marks, _ *reporter) bool {
			for _, name := range v.Names {
				r.name = json.Tree{Kind: json.TreeScalar, Scalar: json.StringScalar, Text: name} // which has no members itself
				if !r.valid(names, &r.name, nil, nil) {
					return false
				}
			}
			return true
		})
	}
	if t := r.get("dependentRequired"); t != nil {
		for i, name := range t.Names {
			needs := texts(&t.Items[i])
			object("dependentRequired/"+name, joined(needs), func(_ *run, v *json.Tree, _ marks, _ *reporter) bool {
				return member(v, name) == nil || hasAll(v, needs)
			})
		}
	}
	names, nodes := r.schemas("dependentSchemas")
	for i, name := range names {
		object("dependentSchemas/"+name, "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			return member(v, name) == nil || r.inPlace(nodes[i], v, m, rep)
		})
	}
}

func hasAll(v *json.Tree, names []string) bool {
	for _, name := range names {
		if member(v, name) == nil {
			return false
		}
	}
	return true
}

// members are the keywords about each member.
func (r *reader) members(object func(keyword, limit string, holds func(r *run, v *json.Tree, m marks, rep *reporter) bool)) {
	names, nodes := r.schemas("properties")
	declared := make(map[string]*node, len(names))
	for i, name := range names {
		declared[name] = nodes[i]
	}
	// Each goes over the members and applies the schemas that a name asks for, of which there are n at most; nil is none.
	each := func(keyword string, n int, of func(name string, i int) *node) {
		object(keyword, "", func(r *run, v *json.Tree, m marks, rep *reporter) bool {
			ok := true
			for i, name := range v.Names {
				for j := range n {
					if asked := of(name, j); asked != nil {
						m.mark(i)
						ok = (rep != nil || ok) && r.member(asked, v, i, rep) && ok
					}
				}
				if !ok && rep == nil {
					return false
				}
			}
			return ok
		})
	}
	if len(declared) > 0 {
		each("properties", 1, func(name string, _ int) *node { return declared[name] })
	}
	patterns, matched := r.schemas("patternProperties")
	exprs := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		exprs[i], _ = regexp.Compile(p)
	}
	if len(exprs) > 0 {
		each("patternProperties", len(exprs), func(name string, i int) *node {
			if re := exprs[i]; re == nil || !re.MatchString(name) {
				return nil
			}
			return matched[i]
		})
	}
	further := r.schema("additionalProperties")
	if further == nil {
		return
	}
	each("additionalProperties", 1, func(name string, _ int) *node {
		if declared[name] != nil {
			return nil
		}
		for _, re := range exprs {
			if re == nil || re.MatchString(name) {
				return nil
			}
		}
		return further
	})
}
