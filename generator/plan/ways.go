package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// An operation that speaks several media types is called in several ways: one method for each, the first
// of which has the operation's own name and the others a suffix that says what they speak.

// call is an operation and the ways to call it.
type call struct {
	model *model.Operation
	name  string // in the whole package, for its types: CreateGroup
	ways  []way

	methods []*Method // one for each way
}

// way is one way to call an operation.
type way struct {
	suffix  string // of the method's name: Text; the first has none
	request requestWay
	answer  answerWay

	wayNames
}

// wayNames are the names of a way: of the method, of the call in the whole package, of its description.
type wayNames struct{ method, call, variable string }

// requestWay is how the request of an operation is written.
type requestWay struct {
	suffix string
	kind   BodyKind
	media  *model.MediaType // nil: without a body
	also   []string         // further media types that are written in the same way
}

// id names a way in the lock.
func (w *way) id(op *model.Operation) string {
	if w.suffix == "" {
		return op.ID
	}
	return op.ID + " " + w.suffix
}

// waysOf are the ways to call an operation: each way to write the request with the first answer, and the first
// with each way to read the answer. Who wants both otherwise has Client.Send: a method for each pair would mostly be one for
// nobody.
func (b *builder) waysOf(op *model.Operation) []way {
	requests, answers := b.requestWays(op), b.answerWays(op)
	var out []way
	for _, a := range answers {
		word := a.suffix
		if word != "" && slices.ContainsFunc(requests, func(o requestWay) bool { return o.suffix == word }) {
			word = "As" + word // what is sent has that suffix
		}
		out = append(out, way{suffix: word, request: requests[0], answer: a})
	}
	for _, r := range requests[1:] {
		out = append(out, way{suffix: r.suffix, request: r, answer: answers[0]})
	}
	return out
}

// baseNames are the names that a way has when no other wants them.
func (b *builder) baseNames(op *model.Operation, suffix string) wayNames {
	id := b.namer.Exported(b.ids[op])
	n := wayNames{method: b.short[op] + suffix, call: b.callName(op) + suffix, variable: id + suffix}
	if op.Verb != "" {
		n.method = b.namer.Exported(op.Verb) + suffix
	}
	return n
}

// plainNames are the names of operations, to which the further ways of others yield.
func (b *builder) plainNames() map[string]bool {
	plain := map[string]bool{}
	for _, op := range b.api.Operations {
		n := b.baseNames(op, "")
		plain[n.method], plain[n.call], plain[n.variable] = true, true, true
	}
	return plain
}

// calls names all operations and their ways at once.
func (b *builder) calls(services map[string]*Service) []*call {
	out := make([]*call, len(b.api.Operations))
	var calls, variables []member
	var all []*way // of all operations, in the order of these lists
	type slot struct {
		list []member
		ways []*way
	}
	slots := map[string]*slot{}
	b.ids = b.plainIDs()
	b.short = b.methodNames()
	plain := b.plainNames()
	for i, op := range b.api.Operations {
		out[i] = &call{model: op, ways: b.waysOf(op)}
		resource := b.resource(op.Resource)
		at := slots[resource]
		if at == nil {
			at = new(slot)
			slots[resource] = at
		}
		for j := range out[i].ways {
			w := &out[i].ways[j]
			base := b.baseNames(op, w.suffix)
			if w.suffix != "" && (plain[base.method] || plain[base.call] || plain[base.variable]) {
				w.suffix = "As" + w.suffix // an operation has that name already
				base = b.baseNames(op, w.suffix)
			}
			variables = append(variables, member{wire: op.ID, base: base.variable, place: w.suffix, pos: op.Pos})
			calls = append(calls, member{wire: op.ID, base: base.call, place: w.suffix, id: w.id(op), pos: op.Pos})
			m := member{wire: op.ID, base: base.method, place: w.suffix, pos: op.Pos}
			if e, ok := b.lock.get("method", w.id(op)); ok && op.Verb == "" {
				m.pinned = e.Name
			}
			at.list, at.ways, all = append(at.list, m), append(at.ways, w), append(all, w)
		}
	}
	before := len(b.diags)
	for _, r := range b.api.Resources {
		at := slots[r.Name]
		if at == nil || services[r.Name] == nil {
			continue
		}
		names := b.members(scope{what: services[r.Name].Field + " method", fallback: "Call", reserved: serviceMethods, hint: "give one of them another x-pantograph.method"}, at.list)
		for i, w := range at.ways {
			w.method = names[i]
		}
	}
	said := slices.Clone(b.diags[before:])
	for i, name := range b.members(scope{what: "call", kind: "call", fallback: "Call", reserved: fakeServer, hint: "give one of them another operationId or x-pantograph.method"}, calls) {
		all[i].call = name
	}
	for i, name := range b.members(scope{what: "variable", fallback: "Call"}, variables) {
		all[i].variable = "op" + name
	}
	more := slices.DeleteFunc(b.diags[before+len(said):], func(d diag.Diagnostic) bool { // once is enough
		return slices.ContainsFunc(said, func(e diag.Diagnostic) bool { return e.Pos == d.Pos }) || strings.HasPrefix(d.Message, "the variable")
	})
	b.diags = b.diags[:before+len(said)+len(more)]
	for _, c := range out {
		c.name = c.ways[0].call
	}
	return out
}
