package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// What is asked of a value as it is written, the runtime judges: it writes the value and looks at that. Much of it can be
// asked of the value itself instead. Like stated rules, that is lowered once all types are known.

// typedAsks makes checks of all that can be asked of values of Go types.
func (b *builder) typedAsks() {
	t := &typedAsks{b: b, types: rules.NewTypes(b.shapes), reading: rules.Reading{Asserts: b.opt.asserts, Overlap: b.overlap, Hidden: hidden}}
	for _, s := range b.pkg.Structs {
		for _, f := range s.All() {
			f.Checks = t.of(f.Checks)
		}
		s.Checks = t.of(s.Checks)
	}
	for _, u := range b.pkg.Codec.Unions { // their own checks are about values of several types
		for _, v := range u.Variants {
			v.Checks = t.of(v.Checks)
		}
	}
	for _, p := range b.pkg.Params {
		for _, f := range p.Fields {
			f.Checks = t.of(f.Checks)
		}
	}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			for _, a := range m.PathArgs {
				a.Checks = t.of(a.Checks)
			}
			if m.Request != nil {
				m.Request.Checks = t.of(m.Request.Checks)
			}
		}
	}
}

type typedAsks struct {
	b       *builder
	types   *rules.Types
	reading rules.Reading
}

// of are checks, with those in the place of what is asked that say the same. What cannot be said otherwise is asked still.
func (t *typedAsks) of(checks []*Check) []*Check {
	var out []*Check
	for _, c := range checks {
		c.Items = t.of(c.Items)
		if c.Op != CheckSchema || c.value.form == raw || c.value.form == iface {
			out = append(out, c)
			continue
		}
		asks := c.Asks
		c.Asks = nil
		for _, a := range asks {
			if typed, ok := t.ask(c, a); ok {
				out = append(out, typed...)
			} else {
				c.Asks = append(c.Asks, a)
			}
		}
		if len(c.Asks) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// ask lowers one keyword; false: there is no Go for it.
func (t *typedAsks) ask(c *Check, a *Ask) ([]*Check, bool) {
	parts, ok := t.types.Typed(a.stated, a.of, a.self, t.reading)
	if !ok {
		return nil, false
	}
	said := len(t.b.diags)
	var out []*Check
	for _, part := range parts {
		l := &lowering{b: t.b, frame: t.b.newFrame(), id: a.Rule.ID, vars: map[string]value{}, locals: map[string]string{}}
		l.self = l.heldAs(&Code{Op: CodeSelf}, c.value, always)
		broken, shown := l.truth(part.Cond, true).opposite(), l.shown(part.Path)
		if l.bad {
			t.b.diags = t.b.diags[:said] // it is asked otherwise, and no matter to anyone
			return nil, false
		}
		if c.value.form == list && slices.Contains([]string{"contains", "maxContains", "minProperties"}, a.keyword) { // one that is nil is not there
			broken = allOf(guardOf(always, infix("!=", l.self.code, name("nil"))), broken)
		}
		check := &Check{Op: CheckCode, Rule: a.Rule, Path: strings.Join(part.Path, "."), about: c.value, matchers: l.matchers}
		check.Code = l.site().when(broken, func(at site) []*Code { return at.fail(shown, nil) })
		if tidy(&check.Code); len(check.Code) > 0 {
			out = append(out, check)
		}
	}
	return out, true
}
