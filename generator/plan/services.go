package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/filename"
	"github.com/pantograph-go/pantograph/generator/model"
)

// services plans one service per resource and one method per operation.
func (b *builder) services() {
	list := make([]member, len(b.api.Resources))
	for i, r := range b.api.Resources {
		list[i] = member{wire: r.Name, id: r.Name, pos: r.Pos}
	}
	names := b.members(scope{what: "client field", kind: "resource", fallback: "Resource", hint: "rename one of the resources", reserved: map[string]bool{"Send": true}}, list)
	byName := map[string]*Service{}
	for i, r := range b.api.Resources {
		s := &Service{Field: names[i], Doc: b.text(r.Doc)}
		s.Type = b.derive("service", r.Name, names[i]+"Service", "API", r.Pos)
		byName[r.Name] = s
		b.pkg.Services = append(b.pkg.Services, s)
	}
	b.files()
	calls := b.callNames(byName)
	for i, op := range b.api.Operations {
		s := byName[op.Resource]
		if s == nil {
			b.diags.Errorf(op.Pos, "unknown-resource", "operation %s belongs to no resource", op.ID)
			continue
		}
		s.Methods = append(s.Methods, b.method(s, op, calls[i]))
	}
	b.pkg.Services = slices.DeleteFunc(b.pkg.Services, func(s *Service) bool { return len(s.Methods) == 0 })
	for _, s := range b.pkg.Services {
		b.iterators(s)
	}
}

// ownFiles are the files of the package that are no service's.
var ownFiles = []string{"client", "options", "models", "enums", "validate", "codec", "operations", "errors", "doc", "params", "json"}

// files gives every service a file whose name means the same on every system.
func (b *builder) files() {
	taken := map[string]bool{}
	for _, name := range ownFiles {
		taken[name] = true
	}
	for _, s := range b.pkg.Services {
		name := strings.ToLower(s.Field)
		if taken[name] {
			name += "_service"
		}
		if taken[name] {
			name += "_" + shortHash(s.Field)
		}
		taken[name] = true
		s.File = strings.TrimSuffix(filename.SafeGo(name), ".go")
	}
}

// callNames are the names of an operation: its method, its call in the whole package, its variable.
type callNames struct{ method, call, variable string }

// callNames names all operations at once.
func (b *builder) callNames(services map[string]*Service) []callNames {
	out := make([]callNames, len(b.api.Operations))
	calls, variables := make([]member, len(out)), make([]member, len(out))
	type slot struct {
		list []member
		ops  []int
	}
	slots := map[string]*slot{}
	for i, op := range b.api.Operations {
		variables[i] = member{wire: op.ID, pos: op.Pos}
		calls[i] = member{wire: op.ID, base: b.callName(op), pos: op.Pos}
		m := member{wire: op.ID, pos: op.Pos, base: b.namer.Exported(op.Verb)}
		if e, ok := b.lock.get("method", op.ID); ok && op.Verb == "" {
			m.pinned = e.Name
		}
		if slots[op.Resource] == nil {
			slots[op.Resource] = new(slot)
		}
		at := slots[op.Resource]
		at.list, at.ops = append(at.list, m), append(at.ops, i)
	}
	before := len(b.diags)
	for _, r := range b.api.Resources {
		at := slots[r.Name]
		if at == nil || services[r.Name] == nil {
			continue
		}
		names := b.members(scope{what: services[r.Name].Field + " method", fallback: "Call", hint: "give one of them another x-pantograph.method"}, at.list)
		for i, op := range at.ops {
			out[op].method = names[i]
		}
	}
	said := slices.Clone(b.diags[before:])
	server := map[string]bool{"ServeHTTP": true, "Client": true, "Requests": true, "Forward": true}
	for i, name := range b.members(scope{what: "call", fallback: "Call", reserved: server, hint: "give one of them another operationId or x-pantograph.method"}, calls) {
		out[i].call = name
	}
	for i, name := range b.members(scope{what: "variable", fallback: "Call"}, variables) {
		out[i].variable = "op" + name
	}
	more := slices.DeleteFunc(b.diags[before+len(said):], func(d diag.Diagnostic) bool { // once is enough
		return slices.ContainsFunc(said, func(e diag.Diagnostic) bool { return e.Pos == d.Pos }) || strings.HasPrefix(d.Message, "the variable")
	})
	b.diags = b.diags[:before+len(said)+len(more)]
	return out
}

// callName names a call for its types: CreateGroup, ListGroups, ListPoliciesForResource.
func (b *builder) callName(op *model.Operation) string {
	if op.Verb == "" {
		return b.namer.Exported(op.ID)
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

// anonymous reports whether an operation says of itself that it takes no credentials: an empty list of
// requirements, or the empty requirement alone. One that says nothing takes what the client has.
func anonymous(alternatives []model.SecurityRequirement) bool {
	return alternatives != nil && !slices.ContainsFunc(alternatives, func(r model.SecurityRequirement) bool { return len(r) > 0 })
}

func (b *builder) method(s *Service, op *model.Operation, names callNames) *Method {
	call := names.call
	m := &Method{Name: names.method, Call: call, Doc: b.text(op.Doc), Delete: op.Method == "DELETE"}
	b.lock.pin(LockEntry{Kind: "method", ID: op.ID, Name: m.Name, Note: s.Field})
	m.Operation = &Operation{
		Var: names.variable, ID: op.ID, Resource: op.Resource, Method: op.Method, Path: op.Path,
		Anonymous: anonymous(op.Security),
	}
	if op.Idempotent != nil {
		m.Operation.Idempotent = *op.Idempotent
	} else {
		m.Operation.Idempotent = slices.Contains([]string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}, op.Method)
	}
	b.pkg.Operations = append(b.pkg.Operations, m.Operation)
	b.parameters(s, m, op, call)
	b.requestBody(m, op, call)
	b.result(m, op, call)
	b.pages(m, op)
	b.argNames(m)
	return m
}

// finishCodec gives every struct its table entry's final name and marks the elements.
func (b *builder) finishCodec() {
	used := map[string]bool{}
	for _, t := range b.pkg.Codec.Types {
		for used[t.Const] {
			t.Const += "_"
		}
		used[t.Const] = true
		if t.Struct != nil {
			t.Field.Flags = nil
		}
	}
}
