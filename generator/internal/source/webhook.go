package source

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// webhook reads the calls of one path item that the server makes. The expression is that of a callback.
func (l *loader) webhook(m *node, name, expression string) []*model.Webhook {
	item := l.pathItem(m)
	var hooks []*model.Webhook
	for _, c := range l.calls(item) {
		n := c.node
		if expression == "" && !l.hookSelected(name, c) {
			continue
		}
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
		if group := l.ids[id.scalar()]; len(group) > 0 {
			l.leads(link, group[0].op)
			return
		}
		l.linkLost(id)
	} else if ref := n.get("operationRef"); ref != nil {
		if op := l.operations[l.peek(ref)]; op != nil {
			l.leads(link, op)
			return
		}
		l.linkLost(ref)
	}
}

// leads completes a link; one to an operation that is left out leads nowhere now.
func (l *loader) leads(link *model.Link, op *model.Operation) {
	if !l.selection.skipped[op] {
		link.Operation = op.ID
	}
}

func (l *loader) linkLost(m *node) {
	if l.reported[m] {
		return
	}
	l.reported[m] = true
	l.warnf(m.pos(), "link-operation-missing", "the link leads to %q, which is no operation of the API", m.scalar())
}
