package cel

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/model"
)

// step is a part of a path: a member, or the variable of a loop over the items of the list before it.
var step = regexp.MustCompile(`^(\.[A-Za-z_][A-Za-z0-9_]*|\['[^']*'\]|\[[A-Za-z_][A-Za-z0-9_]*\])`)

// fieldPath reads where a rule is reported, .interval.lower_bound, ['lower-bound'] or .disks[d].size, and follows it through the
// members.
func (c *compiler) fieldPath(r *rules.Rule, e model.Expression, self *rules.Type) {
	path, t := &r.Path, self
	for offset, rest := 0, strings.TrimSpace(e.Text); rest != ""; {
		m := step.FindString(rest)
		if m == "" {
			c.diags.Errorf(e.At(offset), "rule-path", "%q is no path of members", e.Text)
			c.diags.Hint("a path is written .interval.lower_bound, ['lower-bound'], or .disks[d].size with the variable of a loop of the rule")
			return
		}
		name := strings.Trim(m, ".[]'")
		if item := strings.HasPrefix(m, "[") && !strings.HasPrefix(m, "['"); item {
			if r.Cond == nil { // what is wrong with it has been said, or it is the server's
				return
			}
			if r.Items = loopOver(r.Cond, name, r.Path); r.Items == nil || path != &r.Path {
				c.diags.Errorf(e.At(offset), "rule-path", "the rule has no self%s.all(%s, …) that decides it", strings.TrimSpace(e.Text)[:offset], name)
				c.diags.Hint("the rule is such a loop, or an || of which one operand is")
				r.Items = nil
				return
			}
			path, t = &r.Within, t.Elem
		} else {
			f := t.Field(name)
			if f == nil {
				c.diags.Errorf(e.At(offset), "rule-path", "there is no member %q", name)
				var names []string
				for _, f := range t.Fields {
					names = append(names, f.Name)
				}
				c.hintNear(name, names)
				return
			}
			*path, t = append(*path, name), f.Type
		}
		rest, offset = rest[len(m):], offset+len([]rune(m))
	}
}

// loopOver finds the loop over the list at a path whose items decide a rule, where the other operands of it do not: the rule
// itself, or one of its alternatives.
func loopOver(cond *rules.Expr, variable string, path []string) *rules.Expr {
	alternatives := []*rules.Expr{cond}
	if cond.Op == rules.OpOr {
		alternatives = cond.Args
	}
	var found *rules.Expr
	for _, x := range alternatives {
		if x.Op != rules.OpAll || x.Name != variable || x.Args[0].Type.Kind != rules.List || !slices.Equal(membersOf(x.Args[0]), path) {
			continue
		}
		if found != nil {
			return nil
		}
		found = x
	}
	return found
}

// membersOf are the names that lead from self to a member; nil where something else is on the way.
func membersOf(e *rules.Expr) []string {
	var path []string
	for ; e.Op == rules.OpMember; e = e.Args[0] {
		path = append([]string{e.Name}, path...)
	}
	if e.Op != rules.OpSelf {
		return nil
	}
	return path
}

// constant is a value of the document as an expression sees it.
func constant(t *rules.Type, v model.Value) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(v))
	dec.UseNumber()
	var raw any
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	return eval.Bind(t, raw)
}
