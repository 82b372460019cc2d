package plan

import (
	"maps"
	"slices"
	"strconv"
)

// frame is the function that rules are written in, one after the other.
type frame struct {
	b     *builder
	temps map[string]*temp
	names map[*temp]string // of variables
	taken map[string]bool
	bound map[*temp]bool // defined for all rules that follow
	by    bool           // what the rules are about is had by a pointer
}

func (b *builder) newFrame(taken ...string) *frame {
	f := &frame{b: b, temps: map[string]*temp{}, names: map[*temp]string{}, taken: map[string]bool{}, bound: map[*temp]bool{}}
	for _, name := range append(taken, "c", "v", "x", "e", "i", "k", "ok", "rt", "rule", "bytes", "math", "slices", "strconv", "strings", "time") {
		f.taken[name] = true
	}
	return f
}

// forRule is the frame of one rule: what is defined for all is there, all else is its own.
func (f *frame) forRule() *frame {
	own := &frame{b: f.b, temps: map[string]*temp{}, names: map[*temp]string{}, taken: maps.Clone(f.taken), bound: f.bound, by: f.by}
	for key, t := range f.temps {
		if f.bound[t] {
			own.temps[key], own.names[t] = t, f.names[t]
		}
	}
	return own
}

// keep takes over what a rule has defined for all.
func (f *frame) keep(own *frame) {
	for key, t := range own.temps {
		if f.bound[t] {
			name := own.names[t]
			f.temps[key], f.names[t], f.taken[name], f.taken["has"+upperFirst(name)] = t, name, true, true
		}
	}
}

// local is a name for a variable that no other of the function has.
func (f *frame) local(base string) string {
	base = f.b.namer.variable(base)
	if goWords.has(base) {
		base += "Value"
	}
	return f.free(base)
}

// free is the name, or the name with a number where there is a variable of that name.
func (f *frame) free(base string) string {
	name := base
	for i := 2; f.taken[name] || f.b.variables[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	f.taken[name] = true
	return name
}

// nameOf is the variable of a temporary, and the one that says whether it has a value.
func (f *frame) nameOf(t *temp) (value, ok string) {
	name := f.names[t]
	if name == "" {
		name = f.local(t.name)
		f.names[t] = name
		f.taken["has"+upperFirst(name)] = true
	}
	return name, "has" + upperFirst(name)
}

// site is what is known, and which variables there are, where code stands.
type site struct {
	*frame
	known known
	vars  map[*temp]string // by the name of the variable that says whether there is a value; empty: there is
	outer bool             // the function itself: what is defined here is there for the rules that follow
}

func (s site) with(c *cond) site {
	s.known = s.known.with(c)
	return s
}

func (s site) inner() site {
	s.outer = false
	vars := map[*temp]string{}
	for t, ok := range s.vars {
		vars[t] = ok
	}
	s.vars = vars
	return s
}

// when is the code that does something where a condition holds.
func (s site) when(c *cond, then func(site) []*Code) []*Code {
	c = c.simplify(s.known).simplify(s.known)
	switch {
	case c.isNever():
		return nil
	case c.isAlways():
		return then(s)
	}
	parts := []*cond{c}
	if c.kind == condAll {
		parts = c.args
	}
	n := 0 // parts that come before anything has to be defined
	for n < len(parts) && len(s.needs(parts[n])) == 0 && !s.binds(parts[n], parts[n+1:], then) {
		n++
	}
	if n == len(parts) {
		return []*Code{{Op: CodeIf, Args: []*Code{s.written(c)}, Body: then(s.inner().with(c))}}
	}
	if n > 0 {
		first := allOf(parts[:n]...)
		inner := s.inner().with(first)
		return joinIfs(&Code{Op: CodeIf, Args: []*Code{s.written(first)}}, inner.when(allOf(parts[n:]...), then))
	}
	if s.binds(parts[0], parts[1:], then) { // if x, ok := …; ok && …
		t := parts[0].temp
		value, _ := s.nameOf(t)
		inner := s.inner().with(parts[0])
		inner.vars[t] = ""
		init := &Code{Op: CodeDefine, Names: []string{value, "ok"}, Args: []*Code{s.code(t.call)}}
		return joinIfs(&Code{Op: CodeIf, Init: init, Args: []*Code{name("ok")}}, inner.when(allOf(parts[1:]...), then))
	}
	needs := s.needs(c)
	if t := needs[0]; len(needs) == 1 && t.call != nil && t.choice == nil && t.can.simplify(s.known).isAlways() { // if x, ok := …; !ok || …
		value, _ := s.nameOf(t)
		inner := s.inner()
		inner.vars[t] = "ok"
		if !uses(c, t, "") {
			value = "_"
		}
		init := &Code{Op: CodeDefine, Names: []string{value, "ok"}, Args: []*Code{s.code(t.call)}}
		return []*Code{{Op: CodeIf, Init: init, Args: []*Code{inner.written(c)}, Body: then(s.inner().with(c))}}
	}
	if !s.outer {
		s = s.inner()
	}
	out := s.define(needs, c)
	return append(out, &Code{Op: CodeIf, Args: []*Code{s.written(c)}, Body: then(s.inner().with(c))})
}

// joinIfs makes one if of two that stand alone within one another.
func joinIfs(outer *Code, body []*Code) []*Code {
	if len(body) == 1 && body[0].Op == CodeIf && body[0].Init == nil {
		outer.Args[0] = conjunction(outer.Args[0], body[0].Args[0])
		body = body[0].Body
	}
	if len(body) == 0 {
		return nil
	}
	outer.Body = body
	return []*Code{outer}
}

func conjunction(x, y *Code) *Code {
	out := &Code{Op: CodeBinary, Name: "&&"}
	for _, c := range []*Code{x, y} {
		if c.Op == CodeBinary && c.Name == "&&" {
			out.Args = append(out.Args, c.Args...)
		} else {
			out.Args = append(out.Args, c)
		}
	}
	return out
}

// binds reports whether a condition is that something is there whose value is used behind it.
func (s site) binds(c *cond, rest []*cond, then func(site) []*Code) bool {
	t := c.temp
	if t == nil || c.not || t.choice != nil {
		return false
	}
	if _, have := s.vars[t]; have || !t.can.simplify(s.known).isAlways() {
		return false
	}
	return t.plain == nil || slices.ContainsFunc(rest, func(c *cond) bool { return uses(c, t, "") })
}

// written is a condition as an expression. All that it needs is defined.
func (s site) written(c *cond) *Code {
	c = c.simplify(s.known)
	switch {
	case c.isAlways() || c.isNever():
		return name(strconv.FormatBool(c.isAlways()))
	case c.kind == condAtom:
		return negated(s.code(c.code), c)
	}
	out := &Code{Op: CodeBinary, Name: "&&"}
	if c.kind == condAny {
		out.Name = "||"
	}
	at := s
	for _, arg := range c.args {
		out.Args = append(out.Args, at.written(arg))
		if at = at.with(arg); c.kind == condAny {
			at = s.with(arg.opposite())
		}
	}
	return out
}

// negated is code, or its opposite.
func negated(x *Code, c *cond) *Code {
	switch {
	case !c.not:
		return x
	case x.Op == CodeUnary && x.Name == "!":
		return x.Args[0]
	case x.Op == CodeBinary && c.exact && inverse[x.Name] != "":
		return &Code{Op: CodeBinary, Name: inverse[x.Name], Args: x.Args}
	}
	return &Code{Op: CodeUnary, Name: "!", Args: []*Code{x}}
}

// code is code with its temporaries and functions as they are here.
func (s site) code(x *Code) *Code {
	switch {
	case x == nil:
		return nil
	case x.temp != nil:
		t := x.temp
		has, have := s.vars[t]
		switch {
		case !have && x.Name != "":
			return s.code(t.plainOK)
		case !have:
			return s.code(t.plain)
		case x.Name != "" && has == "":
			return name("true")
		case x.Name != "":
			return name(has)
		}
		value, _ := s.nameOf(t)
		return name(value)
	case x.Op == codeClosure && len(x.Params) == 0:
		return s.written(x.when)
	case x.Op == codeClosure:
		return s.closure(x)
	}
	out := *x
	out.Args = make([]*Code, len(x.Args))
	for i, arg := range x.Args {
		out.Args[i] = s.code(arg)
	}
	return &out
}

// closure writes a function of an item.
func (s site) closure(x *Code) *Code {
	out := &Code{Op: CodeFunc, Params: x.Params, Type: x.Type}
	in := s.inner()
	if x.sure != nil {
		in = in.with(x.sure)
	}
	results := []*cond{x.when}
	if x.when == nil {
		results = []*cond{atom(x.give.code)}
	}
	if x.pair != nil {
		results = append(results, x.pair)
		out.Names = []string{"bool"}
		if t := x.give.code.temp; t != nil && x.pair.key() == t.okay().key() && t.can.simplify(in.known).isAlways() && t.plain != nil { // func(s Step) (float64, bool) { return s.Lower.Get() }
			out.Body = []*Code{{Op: CodeReturn, Args: []*Code{in.code(t.call)}}}
			return out
		}
	}
	if x.pair != nil && !x.give.safely().simplify(in.known).isAlways() {
		zero := append(in.define(in.needs(x.pair), nil), &Code{Op: CodeIf, Args: []*Code{in.written(x.pair.opposite())}, Body: []*Code{{Op: CodeReturn, Args: []*Code{zeroOf(x.give.kind, *x.Type), name("false")}}}})
		out.Body = append(out.Body, zero...)
		in = in.with(x.pair).with(x.give.ok)
	}
	for i, c := range results {
		results[i] = c.simplify(in.known).simplify(in.known)
	}
	out.Body = append(out.Body, in.define(in.needs(results...), nil)...)
	ret := &Code{Op: CodeReturn}
	for i, c := range results {
		if x.when == nil && i == 0 {
			ret.Args = append(ret.Args, in.code(x.give.code))
		} else {
			ret.Args = append(ret.Args, in.written(c))
		}
	}
	out.Body = append(out.Body, ret)
	return out
}
