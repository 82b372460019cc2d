package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// services plans one service per resource and one method per operation.
func (b *builder) services() {
	byName := b.resources()
	calls := b.calls(byName)
	b.share()
	b.headers(calls)
	for _, op := range calls {
		s := byName[op.model.Resource]
		if s == nil {
			b.diags.Errorf(op.model.Pos, "unknown-resource", "operation %s belongs to no resource", op.model.ID)
			continue
		}
		var shared *Method
		for i := range op.ways {
			m := b.method(s, op, &op.ways[i], shared)
			if shared == nil {
				shared = m
			}
			s.Methods = append(s.Methods, m)
			op.methods = append(op.methods, m)
		}
	}
	b.called = calls
	b.pkg.Services = slices.DeleteFunc(b.pkg.Services, func(s *Service) bool { return len(s.Methods) == 0 })
	for _, s := range b.pkg.Services {
		b.iterators(s)
	}
	b.layers(byName)
	b.byName = byName
}

// callName names a call for its types: CreateGroup, ListGroups, ListPoliciesForResource.
func (b *builder) callName(op *model.Operation) string {
	if op.Verb == "" {
		return b.namer.Exported(b.ids[op])
	}
	many, one := op.Resource, ""
	for _, r := range b.api.Resources {
		if r.Name == op.Resource {
			one = r.Singular
		}
	}
	if one == "" {
		one = singular(many)
	}
	ws := words(op.Verb)
	n := 1
	if ws[0] == "batch" && len(ws) > 1 {
		n = 2
	}
	noun := b.namer.Exported(one)
	qualified := n < len(ws) && !slices.Contains([]string{"All", "For", "By", "Of", "In", "With"}, ws[n])
	if ws[0] == "batch" || ws[0] == "list" && !qualified {
		noun = b.namer.Exported(many)
	}
	return b.namer.Exported(strings.Join(ws[:n], "_")) + noun + b.namer.Exported(strings.Join(ws[n:], "_"))
}

// Sent is the template of the path as it is sent: its parameters have the names that are declared.
func (op *Operation) Sent() string { return cmp.Or(op.Template, op.Path) }

// Asked is the path as the document writes it, with its fixed query.
func (op *Operation) Asked() string {
	if op.Query == "" {
		return op.Path
	}
	return op.Path + "?" + op.Query
}

// method plans one way to call an operation. All ways share the parameters of the first.
func (b *builder) method(s *Service, c *call, w *way, shared *Method) *Method {
	op := c.model
	m := &Method{Name: w.method, Call: w.call, Doc: b.text(op.Doc), Delete: op.Method == "DELETE"}
	b.lock.pin(LockEntry{Kind: "method", ID: w.id(op), Name: m.Name, Note: s.Field, Place: op.Pos.ID()})
	m.Operation = &Operation{
		Var: w.variable, ID: op.ID, Resource: op.Resource, Method: op.Method, Path: op.Path, Template: op.Template, Query: op.Query,
		Anonymous: b.asked[op].anonymous,
	}
	if l := b.ownServers[op]; l != nil {
		m.Operation.Servers = l.Var
		m.Operation.Base = b.base(l)
	}
	if r := b.asked[op].requirement; r != nil {
		m.Operation.Security = r.Var
	}
	if text := scopes(op.Security); text != "" {
		m.Doc.Facts = append(m.Doc.Facts, text)
	}
	if op.Idempotent != nil {
		m.Operation.Idempotent = *op.Idempotent
	} else {
		m.Operation.Idempotent = slices.Contains([]string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}, op.Method)
	}
	b.pkg.Operations = append(b.pkg.Operations, m.Operation)
	if shared == nil {
		b.parameters(s, m, op, c.name)
	} else {
		m.Params = shared.Params
		for _, arg := range shared.PathArgs {
			own := *arg
			m.PathArgs = append(m.PathArgs, &own)
		}
	}
	b.requestBody(m, op, w, c.name)
	b.result(m, op, w, c.name)
	b.codesFact(m, op)
	b.answerNotes(m, op)
	b.pages(m, op)
	b.argNames(m)
	return m
}

// finishCodec gives every description its final name.
func (b *builder) finishCodec() {
	used := map[string]bool{}
	for _, t := range b.pkg.Codec.Types {
		for used[t.Var] {
			t.Var += "_"
		}
		used[t.Var] = true
		if t.Struct != nil {
			t.Field.Flags = nil
		}
	}
}
