package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// webhook reads the calls of one path item that the server makes. The expression is that of a callback.
func (l *loader) webhook(m *node, name, expression string) []*model.Webhook {
	item := l.pathItem(m)
	var hooks []*model.Webhook
	for _, c := range l.calls(item) {
		n := c.node
		l.noExtension(n, "a webhook")
		hooks = append(hooks, &model.Webhook{
			Pos: n.pos(), Name: name, Expression: expression, ID: l.str(n, "operationId"), Method: c.method, Doc: l.operationDoc(n, item),
			Parameters: l.mergeParameters(nil, nil, nil, append(item.parameters(), n.get("parameters"))...),
			Body:       l.body(n.get("requestBody")), Responses: l.responses(n.get("responses")),
		})
	}
	return hooks
}

// callbacks reads the calls that the server makes because of an operation.
func (l *loader) callbacks(list *node) []*model.Webhook {
	var hooks []*model.Webhook
	for _, m := range l.fields(list) {
		n := l.deref(m)
		if n == nil || !l.object(n) || strings.HasPrefix(m.key, "x-") {
			continue
		}
		for _, item := range n.members {
			if !strings.HasPrefix(item.key, "x-") && item.key != "$ref" {
				hooks = append(hooks, l.webhook(item, m.key, item.key)...)
			}
		}
	}
	return hooks
}

// links reads how a response leads to further calls.
func (l *loader) links(list *node) []*model.Link {
	var links []*model.Link
	for _, m := range l.fields(list) {
		n := l.deref(m)
		if n == nil || !l.object(n) || strings.HasPrefix(m.key, "x-") {
			continue
		}
		link := &model.Link{Pos: n.pos(), Name: m.key, Doc: l.doc(n)}
		if m != n && m.get("description") != nil {
			link.Text = l.str(m, "description")
		}
		for _, p := range l.fields(n.get("parameters")) {
			link.Parameters = append(link.Parameters, &model.LinkParameter{Pos: p.pos(), Name: p.key, Value: l.value(p, nil)})
		}
		if body := n.get("requestBody"); body != nil {
			link.Body = l.value(body, nil)
		}
		l.checks = append(l.checks, func() { l.linkTarget(link, n) })
		links = append(links, link)
	}
	return links
}

// linkTarget finds the operation to which a link leads.
func (l *loader) linkTarget(link *model.Link, n *node) {
	if id := n.get("operationId"); id != nil {
		i := slices.IndexFunc(l.api.Operations, func(op *model.Operation) bool { return op.ID == id.scalar() })
		if i >= 0 {
			link.Operation = l.api.Operations[i].ID
			return
		}
		l.linkLost(id)
	} else if ref := n.get("operationRef"); ref != nil {
		if op := l.operations[l.peek(ref)]; op != nil {
			link.Operation = op.ID
			return
		}
		l.linkLost(ref)
	}
}

func (l *loader) linkLost(m *node) {
	if l.reported[m] {
		return
	}
	l.reported[m] = true
	l.warnf(m.pos(), "link-operation-missing", "the link leads to %q, which is no operation of the API", m.scalar())
}
