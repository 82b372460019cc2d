package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// What operations ask for. The alternatives of most operations are the same: they stand once, in the description of the
// API, and operations say only what is different.

// Requirement is what operations ask for: alternatives, each the names of the schemes that it needs together.
type Requirement struct {
	Var          string     `json:"var,omitempty"` // of operations that do not ask for what most do
	Alternatives [][]string `json:"alternatives"`
}

// asked is what one operation asks for: nothing, or a requirement; nil is that of the API.
type asked struct {
	anonymous   bool
	requirement *Requirement
}

// requirements plans what each operation asks for.
func (b *builder) requirements() {
	stated := slices.ContainsFunc(b.api.Operations, func(op *model.Operation) bool { return namesScheme(op.Security) })
	b.asked = map[*model.Operation]asked{}
	known := map[string]*Requirement{}
	count := map[string]int{}
	var keys []string
	for _, op := range b.api.Operations {
		if !namesScheme(op.Security) {
			// The standard: what is not stated is not asked for. A document that states nothing at all leaves it to the caller.
			b.asked[op] = asked{anonymous: op.Security != nil || stated}
			continue
		}
		list := b.alternatives(op.Security)
		if len(list) == 1 && len(list[0]) == 0 { // but for mutual TLS, which is the transport's
			b.asked[op] = asked{anonymous: true}
			continue
		}
		key := fmt.Sprintf("%q", list)
		if known[key] == nil {
			known[key] = &Requirement{Alternatives: list}
			keys = append(keys, key)
		}
		count[key]++
		b.asked[op] = asked{requirement: known[key]}
	}
	// The most frequent one stands for all; of equals, the one that sorts first.
	most := ""
	for key := range count {
		if c := cmp.Compare(count[key], count[most]); c > 0 || c == 0 && key < most {
			most = key
		}
	}
	c := &b.pkg.Client
	c.Security = known[most]
	var list []member
	for _, key := range keys {
		if key != most {
			c.Requirements = append(c.Requirements, known[key])
			list = append(list, member{wire: key, base: b.requirementName(known[key].Alternatives)})
		}
	}
	for i, name := range b.members(scope{what: "variable", fallback: "X"}, list) {
		c.Requirements[i].Var = "security" + name
	}
}

// requirementName is a requirement in words: APIKeyAndAppKeyOrToken.
func (b *builder) requirementName(alternatives [][]string) string {
	var out []string
	for _, names := range alternatives {
		if len(names) == 0 {
			names = []string{"nothing"}
		}
		out = append(out, strings.Join(names, "_and_"))
	}
	return b.namer.Exported(strings.Join(out, "_or_"))
}

// namesScheme reports whether any alternative asks for something.
func namesScheme(alternatives []model.SecurityRequirement) bool {
	return slices.ContainsFunc(alternatives, func(r model.SecurityRequirement) bool { return len(r) > 0 })
}

// alternatives are the names of the schemes of each alternative, equal ones once, and one that asks for nothing last:
// who has credentials wants them sent.
func (b *builder) alternatives(list []model.SecurityRequirement) [][]string {
	var out [][]string
	nothing := false
	for _, r := range list {
		names := []string{}
		for _, use := range r {
			if !slices.Contains(names, use.Scheme) && !b.isTLS(use.Scheme) {
				names = append(names, use.Scheme)
			}
		}
		switch {
		case len(names) == 0:
			nothing = true
		case !slices.ContainsFunc(out, func(have []string) bool { return slices.Equal(have, names) }):
			out = append(out, names)
		}
	}
	if nothing {
		out = append(out, []string{})
	}
	return out
}

func (b *builder) isTLS(scheme string) bool {
	return slices.ContainsFunc(b.api.Security, func(s *model.SecurityScheme) bool { return s.Name == scheme && s.Type == "mutualTLS" })
}

// scopes says which permissions a token needs.
func scopes(list []model.SecurityRequirement) string {
	var all []string
	for _, r := range list {
		for _, use := range r {
			for _, scope := range use.Scopes {
				if !slices.Contains(all, scope) {
					all = append(all, scope)
				}
			}
		}
	}
	switch len(all) {
	case 0:
		return ""
	case 1:
		return "Scope: " + all[0] + "."
	}
	return "Scopes: " + strings.Join(all, ", ") + "."
}
