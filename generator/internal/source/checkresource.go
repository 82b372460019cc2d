package source

import (
	"slices"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/model"
)

// The checks of the resource layer: all that it names exists, and is what it has to be.

// checkParent makes sure that the parent is a declared resource, and that nobody is their own ancestor.
func (l *loader) checkParent(r *model.Resource, m *node) {
	seen := map[string]bool{r.Name: true}
	for name := m.text; ; {
		up := l.resources[name]
		if up == nil || !up.Declared {
			l.checkResource(m)
			return
		}
		if seen[name] {
			l.errorf(m.pos(), "resource-circle", "the resource %q is its own ancestor", name)
			return
		}
		seen[name] = true
		if up.Parent == nil {
			break
		}
		name = up.Parent.Name
	}
	if l.resources[m.text].Identity == nil {
		l.errorf(m.pos(), "resource-identity", "the parent %q has no identity", m.text)
	}
}

// verb finds the operation of a resource with a verb.
func (l *loader) verb(resource, verb string) *model.Operation {
	for _, op := range l.all {
		if op.Resource == resource && op.Verb == verb {
			return op
		}
	}
	return nil
}

// needVerb is verb for one that must be there.
func (l *loader) needVerb(m *node, resource, verb string) *model.Operation {
	op := l.verb(resource, verb)
	if op == nil {
		l.errorf(m.pos(), "resource-operation", "the resource %q has no operation with the method %q", resource, verb)
		var verbs []string
		for _, op := range l.all {
			if op.Resource == resource && op.Verb != "" {
				verbs = append(verbs, op.Verb)
			}
		}
		l.didYouMean(verb, verbs)
	}
	return op
}

// kindsOf are the schemas of what a resource is: what get answers, else the items of its list.
func (l *loader) kindsOf(r *model.Resource) []*model.Schema {
	if op := l.verb(r.Name, "get"); op != nil {
		return resultsOf(op)
	}
	return itemsOf(l.verb(r.Name, listOf(r)))
}

func listOf(r *model.Resource) string {
	if r.Find != nil && r.Find.List != "" {
		return r.Find.List
	}
	return "list"
}

// resultsOf are the schemas of what the method of an operation returns.
func resultsOf(op *model.Operation) []*model.Schema {
	list := successes(op)
	if op.Result == "" {
		return list
	}
	var out []*model.Schema
	for _, s := range list {
		if s = schemaAt(s, op.Result); s != nil {
			out = append(out, s)
		}
	}
	return out
}

// itemsOf are the schemas of the items of a list that is read in pages.
func itemsOf(op *model.Operation) []*model.Schema {
	if op == nil || op.Pagination == nil {
		return nil
	}
	var out []*model.Schema
	for _, s := range successes(op) {
		if s = schemaAt(s, op.Pagination.Items); s != nil && s.Items != nil {
			out = append(out, s.Items.Target())
		}
	}
	return out
}

// needMember finds a member that must be there.
func (l *loader) needMember(m *node, list []*model.Schema, what string) *model.Schema {
	if m == nil {
		return nil
	}
	for _, s := range list {
		if found := schemaAt(s, m.text); found != nil {
			return found
		}
	}
	l.errorf(m.pos(), "resource-member", "%s has no member %q", what, m.text)
	l.didYouMean(m.text, membersOf(list))
	return nil
}

// checkIdentity makes sure that a resource has the members and the parameter that identify it.
func (l *loader) checkIdentity(r *model.Resource, m *node) {
	list := l.kindsOf(r)
	if len(list) == 0 {
		l.errorf(m.pos(), "resource-identity", "the resource %q has neither an operation with the method \"get\" that answers it nor a list of it with pagination", r.Name)
		return
	}
	what := "the resource " + r.Name
	for _, name := range []string{"id", "name"} {
		if s := l.needMember(m.get(name), list, what); s != nil && !s.Is(model.TypeString) && !s.Is(model.TypeInteger) {
			l.errorf(m.get(name).pos(), "resource-member", "the member %q of %s is no text and no number", m.str(name), what)
		}
	}
	if p := m.get("parameter"); p != nil {
		var names []string
		for _, op := range l.all {
			if op.Resource == r.Name {
				names = append(names, templateNames(op.Sent())...)
			}
		}
		if !slices.Contains(names, p.text) {
			l.errorf(p.pos(), "resource-parameter", "no path of the resource %q has the parameter %q", r.Name, p.text)
			l.didYouMean(p.text, names)
		}
	} else if op := l.verb(r.Name, "get"); op == nil || len(templateNames(op.Sent())) == 0 {
		l.errorf(m.pos(), "resource-parameter", "the identity of %q needs a \"parameter\": no operation with the method \"get\" has one", r.Name)
	}
}

// checkFind makes sure that there is a list to look through, and what it is narrowed by.
func (l *loader) checkFind(r *model.Resource, m *node) {
	if r.Identity == nil {
		l.errorf(m.pos(), "resource-identity", "what is found needs an identity")
		return
	}
	op := l.needVerb(m, r.Name, listOf(r))
	if op == nil {
		return
	}
	items := itemsOf(op)
	if len(items) == 0 {
		l.errorf(m.pos(), "resource-list", "the operation %s does not say by its pagination where its items are", op.ID)
		l.hint("for a list that comes whole: pagination: {kind: whole, items: …}")
		return
	}
	if f := m.get("filter"); f != nil {
		var names []string
		for _, p := range op.Parameters {
			if p.In == model.InQuery {
				names = append(names, p.Name)
			}
		}
		if !slices.Contains(names, f.text) {
			l.errorf(f.pos(), "resource-filter", "%s has no query parameter %q", op.ID, f.text)
			l.didYouMean(f.text, names)
		}
	}
	for _, part := range []struct{ own, identity string }{{"id", r.Identity.ID}, {"name", r.Identity.Name}} {
		if n := m.get(part.own); n != nil {
			l.needMember(n, items, "an item of "+op.ID)
		} else if part.identity != "" && !slices.ContainsFunc(items, func(s *model.Schema) bool { return schemaAt(s, part.identity) != nil }) {
			l.errorf(m.pos(), "resource-member", "an item of %s has no member %q; say in \"find\" which one is its %s", op.ID, part.identity, part.own)
		}
	}
}

// checkWait makes sure that a state can be read, and that it knows the values.
func (l *loader) checkWait(r *model.Resource, m *node) {
	if r.Identity == nil {
		l.errorf(m.pos(), "resource-identity", "what is waited for needs an identity")
		return
	}
	what := "the resource " + r.Name
	list := l.kindsOf(r)
	s := l.needMember(m.get("member"), list, what)
	l.needMember(m.get("equals"), list, what)
	for _, n := range m.get("also").entries() {
		l.needMember(n, list, what)
	}
	gone := m.str("missing") == "true"
	switch {
	case !gone && m.get("member") == nil:
		l.errorf(m.pos(), "wait-incomplete", "a wait needs a \"member\", or \"missing\"")
	case !gone && m.get("equals") == nil && len(m.get("success").entries()) == 0:
		l.errorf(m.pos(), "wait-incomplete", "a wait for a member needs \"success\" or \"equals\"")
	case m.get("member") == nil && len(m.get("failure").entries()) > 0:
		l.errorf(m.pos(), "wait-incomplete", "a wait with \"failure\" needs a \"member\"")
	case m.get("also") != nil && (m.get("member") == nil || m.get("equals") != nil):
		l.errorf(m.get("also").pos(), "wait-incomplete", "\"also\" goes with \"member\" and \"success\"")
	case m.get("equals") != nil && len(m.get("success").entries())+len(m.get("failure").entries()) > 0:
		l.errorf(m.pos(), "wait-incomplete", "a wait has \"equals\", or \"success\" and \"failure\"")
	}
	l.checkTimes(m)
	if s == nil || len(s.Enum) == 0 {
		return
	}
	known := enumTexts(s)
	for _, name := range []string{"success", "failure"} {
		for _, v := range m.get(name).entries() {
			if !slices.Contains(known, v.text) {
				l.errorf(v.pos(), "wait-value", "%q is no value of the member %q", v.text, m.str("member"))
				l.didYouMean(v.text, known)
			}
		}
	}
}

// checkTimes makes sure that a wait can come to its end, and in one way only.
func (l *loader) checkTimes(m *node) {
	if n := m.get("settle"); n != nil {
		if v, _ := n.integer(); v < 1 {
			l.errorf(n.pos(), "wait-value", "a state has to be seen once at least")
		}
	}
	every, _ := time.ParseDuration(m.str("every"))
	within, _ := time.ParseDuration(m.str("within"))
	if within > 0 && every > within {
		l.errorf(m.get("every").pos(), "wait-value", "the time is up (%s) before the second look (%s)", m.str("within"), m.str("every"))
	}
	for _, v := range m.get("failure").entries() {
		if slices.Contains(textsOf(m.get("success")), v.text) {
			l.errorf(v.pos(), "wait-value", "%q is a success, too", v.text)
		}
	}
}

// checkEnsure makes sure that a resource can be found, created and updated.
func (l *loader) checkEnsure(r *model.Resource, m *node) {
	if r.Find == nil || r.Identity == nil || r.Identity.Name == "" {
		l.errorf(m.pos(), "resource-identity", "\"ensure\" needs \"find\", and an identity with a name")
		return
	}
	for _, part := range []string{"create", "update"} {
		verb := m.str(part)
		if verb == "" {
			verb = part
		}
		l.needVerb(m, r.Name, verb)
	}
	l.needVerb(m, r.Name, "get")
}

// checkDependent makes sure that what is deleted first belongs to the resource, and can be listed and deleted.
func (l *loader) checkDependent(r *model.Resource, m *node) {
	n := m.get("resource")
	child := l.resources[n.scalar()]
	switch {
	case child == nil || !child.Declared:
		l.checkResource(n)
	case child.Parent == nil || child.Parent.Name != r.Name:
		l.errorf(n.pos(), "resource-dependent", "the parent of %q is not %q", child.Name, r.Name)
	case child.Identity == nil:
		l.errorf(n.pos(), "resource-identity", "the resource %q has no identity", child.Name)
	default:
		if op := l.needVerb(m, child.Name, listOf(child)); op != nil && len(itemsOf(op)) == 0 {
			l.errorf(m.pos(), "resource-list", "the operation %s does not say by its pagination where its items are", op.ID)
		}
		verb := m.str("method")
		if verb == "" {
			verb = "delete"
		}
		l.needVerb(m, child.Name, verb)
		l.needVerb(m, r.Name, "delete")
	}
}

// bodies are the schemas of the request body.
func bodiesOf(op *model.Operation) []*model.Schema {
	var list []*model.Schema
	if op.Body != nil {
		for _, c := range op.Body.Content {
			if c.Schema != nil {
				list = append(list, c.Schema.Target())
			}
		}
	}
	return list
}

// checkBatch makes sure that what is split is a list with a limit.
func (l *loader) checkBatch(op *model.Operation, m *node) {
	s := l.needMember(m.get("items"), bodiesOf(op), "the body of "+op.ID)
	switch {
	case s == nil:
	case strings.Contains(m.str("items"), ".") || !s.Is(model.TypeArray) && s.Items == nil:
		l.errorf(m.get("items").pos(), "batch-items", "%q is no list of the body of %s", m.str("items"), op.ID)
	case m.get("limit") != nil && op.Batch.Limit <= 0:
		l.errorf(m.get("limit").pos(), "batch-limit", "a part has one item at least")
	case op.Batch.Limit <= 0 && s.MaxItems == nil:
		l.errorf(m.pos(), "batch-limit", "the list %q has no maxItems: say the \"limit\"", m.str("items"))
	case op.Batch.Limit <= 0:
		op.Batch.Limit = int(*s.MaxItems)
	}
}

// checkChange makes sure that what is replaced can be read, in a form that a request can be made of.
func (l *loader) checkChange(op *model.Operation, m *node) {
	verb := op.Change.Read
	if verb == "" {
		verb = "get"
	}
	at := m
	if n := m.get("read"); n != nil {
		at = n
	}
	if read := l.needVerb(at, op.Resource, verb); read != nil {
		l.needMember(m.get("from"), resultsOf(read), "the result of "+read.ID)
	}
	if len(bodiesOf(op)) == 0 {
		l.errorf(m.pos(), "change-body", "%s has no body to change", op.ID)
		return
	}
	for _, n := range m.get("maps").entries() {
		s := l.needMember(n, bodiesOf(op), "the body of "+op.ID)
		if s != nil && s.Additional == nil {
			l.errorf(n.pos(), "change-map", "%q is no map of the body of %s", n.text, op.ID)
		}
	}
}
