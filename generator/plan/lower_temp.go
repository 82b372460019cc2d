package plan

import "slices"

// Temporaries: which are needed where, and the statements that define them.

// uses reports whether a condition reads a temporary: its value, or with "ok" whether it has one.
func uses(c *cond, t *temp, which string) bool {
	found := false
	c.visit(func(x *Code) { found = found || x.temp == t && x.Name == which })
	return found
}

// visit shows all code of a condition, but for what lies in functions: see Code.visit.
func (c *cond) visit(see func(*Code)) {
	if c == nil {
		return
	}
	if c.kind == condAtom {
		c.code.visit(see)
	}
	for _, arg := range c.args {
		arg.visit(see)
	}
}

// visit shows code and all that is in it.
func (c *Code) visit(see func(*Code)) {
	if c == nil {
		return
	}
	see(c)
	for _, x := range c.Args {
		x.visit(see)
	}
	for _, inner := range []*cond{c.when, c.pair, c.sure} {
		inner.visit(see)
	}
	c.give.code.visit(see)
	if c.temp != nil {
		c.temp.call.visit(see)
		c.temp.can.visit(see)
		for _, b := range c.temp.choice {
			b.when.visit(see)
			b.give.code.visit(see)
		}
	}
}

// needs are the temporaries that have to be defined before a condition can be written, those they need first. What
// lies in a function is defined there.
func (s site) needs(conds ...*cond) []*temp {
	var out []*temp
	for _, c := range conds {
		s.collect(c, &out)
	}
	return out
}

func (s site) collect(c *cond, out *[]*temp) {
	if c == nil {
		return
	}
	if c.kind == condAtom {
		s.collectCode(c.code, c, out)
	}
	for _, arg := range c.args {
		s.collect(arg, out)
	}
}

func (s site) collectCode(x *Code, in *cond, out *[]*temp) {
	if x == nil || x.Op == codeClosure && len(x.Params) > 0 {
		return
	}
	if t := x.temp; t != nil {
		s.collectTemp(t, x.Name == "", in, out)
	}
	for _, arg := range x.Args {
		s.collectCode(arg, in, out)
	}
	if x.Op == codeClosure {
		s.collect(x.when, out)
	}
}

// collectTemp adds a temporary. One that has a plain form is a variable only where its value is read, and it can be
// called at once.
func (s site) collectTemp(t *temp, value bool, in *cond, out *[]*temp) {
	if _, have := s.vars[t]; have || slices.Contains(*out, t) {
		return
	}
	if t.plain != nil && (!value || !t.can.simplify(s.known).isAlways() || t.okay().simplify(s.known).isAlways()) {
		for _, x := range []*Code{t.plain, t.plainOK} {
			s.collectCode(x, in, out)
		}
		return
	}
	s.collect(t.can.simplify(s.known), out)
	if t.choice == nil {
		s.collectCode(t.call, in, out)
	}
	if !slices.Contains(*out, t) {
		*out = append(*out, t)
	}
}

// define writes the statements that define temporaries.
func (s site) define(list []*temp, c *cond) []*Code {
	var out []*Code
	for _, t := range list {
		value, has := s.nameOf(t)
		if s.outer {
			s.bound[t] = true
		}
		if t.choice != nil {
			out = append(out, s.choose(t, value)...)
			s.vars[t] = ""
			continue
		}
		names := []string{value, has}
		can := t.can.simplify(s.known).simplify(s.known)
		if can.isAlways() {
			out = append(out, &Code{Op: CodeDefine, Names: names, Args: []*Code{s.code(t.call)}})
		} else {
			inner := s.inner().with(can)
			out = append(out,
				&Code{Op: CodeVar, Names: []string{value}, Type: ptr(t.typ)},
				&Code{Op: CodeDefine, Names: []string{has}, Args: []*Code{s.written(can)}},
				&Code{Op: CodeIf, Args: []*Code{name(has)}, Body: []*Code{{Op: CodeAssign, Names: names, Args: []*Code{inner.code(t.call)}}}})
		}
		s.vars[t] = has
	}
	return out
}

// choose writes the statements that give a variable one of several values.
func (s site) choose(t *temp, variable string) []*Code {
	out := []*Code{{Op: CodeVar, Names: []string{variable}, Type: ptr(t.typ)}}
	give := func(b branch) func(site) []*Code {
		return func(s site) []*Code {
			c := atom(b.give.code)
			code := s.define(s.needs(c), c)
			v := b.give
			v.code = s.code(v.code)
			return append(code, &Code{Op: CodeAssign, Names: []string{variable}, Args: []*Code{v.in(t.typ)}})
		}
	}
	for i, b := range t.choice {
		code := s.when(b.when, give(b))
		if last := i+2 == len(t.choice); last && len(code) == 1 && code[0].Op == CodeIf && code[0].Init == nil && t.choice[i+1].when.simplify(s.known.with(b.when.simplify(s.known).opposite())).isAlways() {
			code[0].Else = give(t.choice[i+1])(s.inner().with(t.choice[i+1].when))
			return append(out, code...)
		}
		out = append(out, code...)
	}
	return out
}
