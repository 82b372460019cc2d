package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/model"
)

// The rules that a document states in its own language, x-validations, become checks: of the struct that is the
// object they are about, of the field whose value they are about, or of a call. They are lowered last, since they look
// at members of types that are planned later than what they stand on.

// ruled are the rules of a schema.
func (b *builder) ruled(s *model.Schema) []*rules.Rule {
	if b.subjects == nil {
		b.subjects = map[*model.Schema]*rules.Subject{}
		for _, subject := range b.opt.Rules {
			if subject.Schema != nil {
				b.subjects[subject.Schema] = subject
			}
		}
	}
	if subject := b.subjects[s]; subject != nil {
		return subject.Rules
	}
	return nil
}

// statedChecks are the rules of a value that stand where it is used, or are about no object: those of a struct are
// its own.
func (b *builder) statedChecks(s *model.Schema, r repr, secret bool) []*Check {
	if len(b.opt.Rules) == 0 {
		return nil
	}
	own := map[*model.Schema]bool{}
	if r.form == object {
		for p := range r.object.Schema.Conjuncts() {
			own[p] = true
		}
	}
	var out []*Check
	for p := range s.Conjuncts() {
		if !own[p] {
			out = append(out, b.statedBy(p, r, secret)...)
		}
	}
	return out
}

// statedBy are the rules that one schema states.
func (b *builder) statedBy(s *model.Schema, about repr, secret bool) []*Check {
	var out []*Check
	for _, r := range b.ruled(s) {
		out = append(out, &Check{Op: CheckCode, stated: r, about: about, Rule: b.statedRule(r, secret || secretAt(about.object, r.Path))})
	}
	return out
}

// secretAt reports whether a way through members leads to a secret.
func secretAt(s *Struct, path []string) bool {
	for _, name := range path {
		if s == nil {
			return false
		}
		i := slices.IndexFunc(s.Fields, func(f *Field) bool { return f.Wire == name })
		if i < 0 {
			return false
		}
		if s.Fields[i].Secret {
			return true
		}
		s = s.Fields[i].repr.object
	}
	return false
}

// statedRule is a rule as the package holds it. One that is about several types is there once.
func (b *builder) statedRule(r *rules.Rule, secret bool) *Rule {
	key := statedKey{r, secret}
	if have := b.statedRules[key]; have != nil {
		return have
	}
	v := r.Stated
	out := &Rule{ID: v.ID, Text: r.Text(), Codes: v.Codes, Secret: secret}
	if v.Severity != model.SeverityError {
		out.Severity = v.Severity
	}
	if r.Source != nil {
		out.Source = sourceText(r.Source)
	}
	b.statedRules[key] = out
	return out
}

// statedKey tells apart what is told of the values of a rule.
type statedKey struct {
	rule   *rules.Rule
	secret bool
}

// lowerRules makes Go of the rules of all types and calls.
func (b *builder) lowerRules() {
	if len(b.opt.Rules) == 0 {
		return
	}
	for _, s := range b.pkg.Structs {
		if !s.Validated {
			continue
		}
		r := repr{typ: pointer(defined(s.Name)), form: object, object: s, codec: CodecField{Kind: "Object", Sub: s.Codec}}
		for p := range s.Schema.Conjuncts() {
			s.Rules = append(s.Rules, b.statedBy(p, r, false)...)
			s.Doc.Rules = append(s.Doc.Rules, told(b.ruled(p))...)
		}
		frame := b.newFrame()
		frame.by = true
		for _, c := range s.Rules {
			if b.lowerRule(c, frame); c.Op == CheckServer {
				s.server = append(s.server, c.Rule)
			}
		}
		frame.share(s.Rules)
		tidyChecks(s.Rules)
		for _, f := range s.All() {
			b.lowerChecks(f.Checks)
		}
	}
	for _, u := range b.pkg.Codec.Unions {
		for _, v := range u.Variants {
			b.lowerChecks(v.Checks)
		}
	}
	for _, p := range b.pkg.Params {
		for _, f := range p.Fields {
			b.lowerChecks(f.Checks)
		}
	}
	for _, c := range b.called {
		for _, m := range c.methods {
			if m.Request != nil {
				b.lowerChecks(m.Request.Checks)
			}
		}
		b.lowerCall(c)
	}
}

// lowerChecks makes Go of the rules of a value. Each is in a block of its own.
func (b *builder) lowerChecks(checks []*Check) {
	for _, c := range checks {
		if b.lowerChecks(c.Items); c.stated != nil {
			b.lowerRule(c, b.newFrame())
			tidy(&c.Code)
		}
	}
}

// tidyChecks leaves out what nobody reads of rules that stand in one function.
func tidyChecks(checks []*Check) {
	pieces := make([]*[]*Code, len(checks))
	for i, c := range checks {
		pieces[i] = &c.Code
	}
	tidy(pieces...)
}

// lowerRule makes Go of a rule about one value.
func (b *builder) lowerRule(c *Check, frame *frame) {
	l := &lowering{b: b, frame: frame.forRule(), id: c.Rule.ID, vars: map[string]value{}, locals: map[string]string{}}
	l.self = l.heldAs(&Code{Op: CodeSelf}, c.about, always)
	c.Path = strings.Join(c.stated.Path, ".")
	l.lower(c, c.stated.Path)
	frame.keep(l.frame)
}

// lower writes the statements that find a rule broken. The path leads to what is told of it.
func (l *lowering) lower(c *Check, path []string) {
	r := c.stated
	if r.Cond == nil {
		c.Op = CheckServer
		return
	}
	if r.Items != nil {
		l.itemByItem(c)
		return
	}
	broken := l.truth(r.Cond, true).opposite()
	shown, message := l.shown(path), l.message(r)
	if l.bad {
		return
	}
	c.Code = l.site().when(broken, func(at site) []*Code { return at.fail(shown, message) })
	c.matchers = l.matchers
	if len(c.Code) == 0 {
		l.b.diags.Warnf(r.Pos, "rule-holds", "the rule %s holds for every value", r.Stated.ID)
	}
}

// site is where the code of a rule begins.
func (l *lowering) site() site {
	vars := map[*temp]string{}
	for t := range l.frame.bound {
		if _, has := l.frame.nameOf(t); t.choice == nil {
			vars[t] = has
		} else {
			vars[t] = ""
		}
	}
	return site{frame: l.frame, known: known{}, vars: vars, outer: true}
}

// itemByItem writes the statements that find the items of a list that break a rule.
func (l *lowering) itemByItem(c *Check) {
	r := c.stated
	others := &rules.Expr{Op: rules.OpOr, Type: r.Cond.Type, Pos: r.Cond.Pos}
	for _, other := range r.Cond.Args {
		if r.Cond.Op == rules.OpOr && other != r.Items {
			others.Args = append(others.Args, other)
		}
	}
	guard, certain := l.truth(others, false), l.decided(others)
	of := l.over(r.Items)
	if l.bad {
		return
	}
	var shown held
	item := l.each(r.Items, of, func(f *Code) {
		certain = allOf(certain, l.decided(r.Items.Args[1]))
		f.when = l.truth(r.Items.Args[1], false)
		shown = l.shownIn(held{value: l.vars[r.Items.Name], owner: always, has: always}, r.Within)
	})
	message := l.message(r)
	if !certain.isAlways() {
		l.refuse(r.Pos, "it may be neither true nor false, and then no item can be told")
	}
	if l.bad {
		return
	}
	names := []string{l.frame.local("index"), item.Params[0].Name}
	if of.byPlace() {
		names = names[1:]
	}
	c.Code = l.site().when(allOf(of.ok, guard), func(at site) []*Code {
		body := at.inner().when(item.when, func(at site) []*Code {
			list := at.fail(shown, message)
			fail := list[len(list)-1]
			fail.Name, fail.Text = names[0], strings.Join(r.Within, ".")
			return list
		})
		if len(body) == 0 {
			return nil
		}
		return []*Code{{Op: CodeFor, Names: names, Args: []*Code{at.code(of.code)}, Body: body}}
	})
	c.matchers = l.matchers
	if len(c.Code) == 0 {
		l.b.diags.Warnf(r.Pos, "rule-holds", "the rule %s holds for every value", r.Stated.ID)
	}
}

// shown is the member that a rule is about, as it is told with a broken rule.
func (l *lowering) shown(path []string) held {
	return l.shownIn(held{value: l.self, owner: always, has: always}, path)
}

func (l *lowering) shownIn(of held, path []string) held {
	for _, name := range path {
		if of.kind != rules.Object {
			return l.absent(of.value)
		}
		of = l.memberIn(of.value, name, model.Pos{})
	}
	if of.kind == rules.Object || of.kind == rules.JSON {
		return l.absent(of.value)
	}
	return of
}

// message is a text that a rule makes.
type message struct {
	ok   *cond // when it can be made
	of   *Code // what makes it then
	code *Code // what is empty else: the rule is told as it stands in the listing
}

// message is the text that a rule makes.
func (l *lowering) message(r *rules.Rule) *message {
	if r.Message == nil {
		return nil
	}
	l.locals = map[string]string{} // loops of the rule have used the names
	v := l.value(r.Message)
	r.Message.Walk(func(e *rules.Expr) bool {
		if e.Type.Schema != nil && isSecret(e.Type.Schema) {
			v = l.refuse(e.Pos, "its message would tell a secret")
		}
		return true
	})
	t := l.temp(&temp{name: "message", typ: basic("string"), can: always, call: callFunc("", "message", v.plain()), choice: []branch{{v.ok, v}}})
	return &message{ok: v.ok, of: v.plain(), code: &Code{Op: codeTemp, temp: t}}
}

// fail writes what is told of a broken rule: the value where there is one, and the message, if it is made and can be.
func (s site) fail(shown held, message *message) []*Code {
	given := func(s site) *Code {
		switch {
		case shown.has.simplify(s.known).isNever():
		case s.by && shown.owner.simplify(s.known).isAlways() && shown.place() != nil:
			return &Code{Op: CodeUnary, Name: "&", Args: []*Code{s.code(shown.place())}}
		case shown.value.ok.simplify(s.known).isAlways() && len(s.needs(atom(shown.code))) == 0:
			return s.code(shown.code)
		case shown.opt != nil && shown.owner.simplify(s.known).isAlways():
			return callFunc(s.b.opt.Runtime, "Given", s.code(shown.opt))
		}
		return name("nil")
	}
	for t, ok := range s.vars { // what may have no value is asked anew
		if ok == "ok" {
			delete(s.vars, t)
		}
	}
	fail := &Code{Op: CodeFail, Args: []*Code{given(s)}}
	if message == nil {
		return []*Code{fail}
	}
	text := message.code
	if message.ok.simplify(s.known).isAlways() {
		text = message.of
	}
	c := atom(text)
	out := s.define(s.needs(c), c)
	fail.Args = append(fail.Args, s.code(text))
	return append(out, fail)
}

// place is code of what can be pointed at: a member of the value that rules are about, or of an item of a list in it; nil for other
// code. A member that is optional is pointed at as it is held.
func (h held) place() *Code {
	of := h.code
	if h.opt != nil {
		of = h.opt
	}
	if of.Op == CodeMethod && of.Name == "Or" {
		of = of.Args[0]
	}
	x := of
	for x.Op == CodeMember || x.Op == CodeIndex && x.Args[1].Op == CodeName {
		x = x.Args[0]
	}
	if x.Op != CodeSelf || x == of {
		return nil
	}
	return of
}

// lowerCall makes Go of the rules about a call, for each of its ways.
func (b *builder) lowerCall(c *call) {
	for _, subject := range b.opt.Rules {
		if subject.Operation != c.model {
			continue
		}
		for _, m := range c.methods {
			frame := b.newFrame("params", "req")
			for _, a := range m.PathArgs {
				frame.taken[a.Name] = true
			}
			for _, r := range subject.Rules {
				check := &Check{Op: CheckCode, stated: r, Rule: b.statedRule(r, false)}
				l := &lowering{b: b, frame: frame.forRule(), id: check.Rule.ID, vars: map[string]value{}, locals: map[string]string{}, call: &callSelf{method: m, body: describes(m, c.model)}}
				l.self = value{ok: always, kind: rules.Object, whole: true}
				if len(r.Path) > 1 {
					check.Path = strings.Join(r.Path[1:], ".")
				}
				l.lower(check, r.Path)
				frame.keep(l.frame)
				if m.Rules = append(m.Rules, check); check.Op == CheckServer {
					m.server = append(m.server, check.Rule)
				}
			}
			m.Doc.Rules = append(m.Doc.Rules, told(subject.Rules)...)
			tidyChecks(m.Rules)
		}
	}
}

// describes reports whether the body of a method is the one that rules know.
func describes(m *Method, op *model.Operation) bool {
	if m.Request == nil || m.Request.media == nil {
		return false
	}
	first := op.Body.Content[0]
	return m.Request.media == first || sameSchema(m.Request.media.Schema, first.Schema)
}
