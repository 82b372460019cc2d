package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Listing is the rules of a package as programs can look them up: those of each type, and those of each operation.
// Whatever holds another is told where that one stands, so that the listing is no larger than the package.
type Listing struct {
	Types      []*ListedType      `json:"types,omitempty"`
	Operations []*ListedOperation `json:"operations,omitempty"`
}

// ListedType is a type of requests, or the parameters of a call, with rules of its own or of what it holds.
type ListedType struct {
	Name  string  `json:"name"`
	Union bool    `json:"union,omitempty"` // it has no values of its own that rules could be asked of
	Rules []*Rule `json:"rules,omitempty"`
	Holds []int   `json:"holds,omitempty"` // places in Types

	holds []string // other types
}

// ListedOperation is an operation with rules: of parameters and body together, and those of the types it holds.
type ListedOperation struct {
	ID    string  `json:"id"`
	Rules []*Rule `json:"rules,omitempty"`
	Holds []int   `json:"holds,omitempty"` // places in Listing.Types
}

// list lists the rules of all types and operations. It stands behind checks, which finds out what is checked.
func (b *builder) list() {
	var all []*ListedType
	for _, s := range b.pkg.Structs {
		if !s.Validated {
			continue
		}
		t := &ListedType{Name: s.Name}
		for _, f := range s.All() {
			t.take(f.Checks)
		}
		t.take(s.Rules)
		t.take(s.Checks)
		t.Rules = appendNew(t.Rules, s.server)
		s.Table = b.table("rules"+s.Name, s.Name, t.Rules)
		all = append(all, t)
	}
	for _, u := range b.pkg.Codec.Unions {
		t := &ListedType{Name: u.Name, Union: true}
		t.take(u.Checks)
		for _, v := range u.Variants {
			if t.take(v.Checks); v.Struct != nil {
				t.holds = append(t.holds, v.Struct.Name)
			}
		}
		u.Table = b.table("rules"+u.Name, u.Name, t.Rules)
		all = append(all, t)
	}
	for _, p := range b.pkg.Params {
		t := &ListedType{Name: p.Name}
		for _, f := range p.Fields {
			t.take(f.Checks)
		}
		p.Table = b.table("rules"+p.Name, p.Name, t.Rules)
		all = append(all, t)
	}
	b.pkg.Listing.Types = withRules(all)
	at := map[string]int{}
	for i, t := range b.pkg.Listing.Types {
		at[t.Name] = i
	}
	for _, t := range b.pkg.Listing.Types {
		t.Holds = places(nil, t.holds, at)
	}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			b.listMethod(m, at)
		}
	}
}

// withRules are the types that have rules, or hold some that do.
func withRules(all []*ListedType) []*ListedType {
	holders := map[string][]*ListedType{}
	for _, t := range all {
		for _, name := range t.holds {
			holders[name] = append(holders[name], t)
		}
	}
	with := map[*ListedType]bool{}
	var mark func(t *ListedType)
	mark = func(t *ListedType) {
		if with[t] {
			return
		}
		with[t] = true
		for _, holder := range holders[t.Name] {
			mark(holder)
		}
	}
	for _, t := range all {
		if len(t.Rules) > 0 {
			mark(t)
		}
	}
	return slices.DeleteFunc(all, func(t *ListedType) bool { return !with[t] })
}

// places adds where types stand, of those that do.
func places(list []int, names []string, at map[string]int) []int {
	for _, name := range names {
		if i, ok := at[name]; ok && !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	return list
}

// take adds the rules of checks, and the types whose own checks they are.
func (t *ListedType) take(checks []*Check) {
	for _, c := range checks {
		if c.Rule != nil {
			t.Rules = appendNew(t.Rules, []*Rule{c.Rule})
		}
		for _, a := range c.Asks {
			t.Rules = appendNew(t.Rules, []*Rule{a.Rule})
		}
		switch c.Op {
		case CheckNested:
			t.holds = append(t.holds, c.Struct.Name)
		case CheckVariant:
			t.holds = append(t.holds, c.Union.Name)
		}
		t.take(c.Items)
	}
}

// listMethod lists the rules of an operation: all ways to call it are one.
func (b *builder) listMethod(m *Method, at map[string]int) {
	whole := &ListedType{}
	whole.take(m.Rules)
	whole.Rules = appendNew(whole.Rules, m.server)
	if m.Params != nil {
		whole.holds = append(whole.holds, m.Params.Name)
	}
	if r := m.Request; r != nil {
		if whole.take(r.Checks); r.Struct != nil {
			whole.holds = append(whole.holds, r.Struct.Name)
		}
	}
	for _, a := range m.PathArgs {
		whole.take(a.Checks)
	}
	m.Table = b.table(m.table, m.Call, whole.Rules)
	holds := places(nil, whole.holds, at)
	if len(whole.Rules)+len(holds) == 0 {
		return
	}
	i := slices.IndexFunc(b.pkg.Listing.Operations, func(o *ListedOperation) bool { return o.ID == m.Operation.ID })
	if i < 0 {
		i = len(b.pkg.Listing.Operations)
		b.pkg.Listing.Operations = append(b.pkg.Listing.Operations, &ListedOperation{ID: m.Operation.ID})
	}
	o := b.pkg.Listing.Operations[i]
	o.Rules = appendNew(o.Rules, whole.Rules)
	o.Holds = places(o.Holds, whole.holds, at)
}

func appendNew(list, more []*Rule) []*Rule {
	for _, r := range more {
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// maxTold is how long a rule in words may be that comments tell. Beyond, what the document says of it reads better.
const maxTold = 160

// told are the rules of a subject in plain words, as comments list them.
func told(list []*rules.Rule) []string {
	var out []string
	for _, r := range list {
		v := r.Stated
		text := v.Message
		if path := strings.Join(r.Path, "."); path != "" && text != "" {
			text = path + " " + text
		}
		if r.Cond != nil {
			words := r.Cond.Words()
			if involved := len(words) > maxTold || strings.Contains(words, "((") || strings.Contains(words, "else nothing"); text == "" || !involved {
				text = words
			}
		}
		switch v.Severity {
		case model.SeverityServer:
			text = "only the service can tell: " + text
		case model.SeverityWarning:
			text += " (told, but not refused)"
		}
		out = append(out, text+" ("+v.ID+")")
	}
	return out
}
