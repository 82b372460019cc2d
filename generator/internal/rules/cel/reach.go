package cel

import (
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// reach lists schemas, and all to which they lead, once each. It keeps its own stack: documents make chains of any
// length.
type reach struct {
	list []*model.Schema
	seen map[*model.Schema]bool
}

func (r *reach) add(s *model.Schema) {
	if r.seen == nil {
		r.seen = map[*model.Schema]bool{}
	}
	if s == nil || r.seen[s] {
		return
	}
	r.seen[s] = true
	for stack := []*model.Schema{s}; len(stack) > 0; {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		r.list = append(r.list, s)
		for _, child := range slices.Backward(s.Children()) {
			if !r.seen[child] {
				r.seen[child] = true
				stack = append(stack, child)
			}
		}
	}
}

// operations adds what the operations of an API lead to, and its webhooks.
func (r *reach) operations(api *model.API) {
	hooks := slices.Clone(api.Webhooks)
	for _, op := range api.Operations {
		r.parameters(op.Parameters)
		r.body(op.Body)
		r.responses(op.Responses)
		hooks = append(hooks, op.Callbacks...)
	}
	for _, h := range hooks {
		r.parameters(h.Parameters)
		r.body(h.Body)
		r.responses(h.Responses)
	}
}

func (r *reach) parameters(list []*model.Parameter) {
	for _, p := range list {
		r.add(p.Schema)
		if p.Content != nil {
			r.add(p.Content.Schema)
		}
	}
}

func (r *reach) body(b *model.Body) {
	if b != nil {
		r.content(b.Content)
	}
}

func (r *reach) content(list []*model.MediaType) {
	for _, m := range list {
		r.add(m.Schema)
		r.add(m.Items)
	}
}

func (r *reach) responses(list []*model.Response) {
	for _, response := range list {
		r.content(response.Content)
		r.parameters(response.Headers)
	}
}

// unused reports rules about what no operation leads to: nothing will ever check them.
func (c *compiler) unused(used reach) {
	all := reach{}
	for _, s := range c.api.Schemas {
		all.add(s)
	}
	for _, s := range all.list {
		if used.seen[s] {
			continue
		}
		for _, v := range s.Validations {
			c.diags.Warnf(v.Pos, "rule-unused", "no operation leads to what the rule %s is about", v.ID)
		}
	}
}
