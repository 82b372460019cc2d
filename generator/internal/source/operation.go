package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// site is where an operation stands: what the document and the path item say of it.
type site struct {
	root     *node    // of its document
	item     pathItem // around it
	template          // its path

	method string
}

// methodCall is an operation of a path item and its method.
type methodCall struct {
	method string
	node   *node
}

// calls lists the operations of a path item, in document order.
func (l *loader) calls(item pathItem) []methodCall {
	var list []methodCall
	add := func(method string, m *node) {
		if slices.ContainsFunc(list, func(c methodCall) bool { return c.method == method }) {
			return
		}
		n := m
		if m.get("$ref") != nil { // not OpenAPI, but some documents of many files have it
			if n = l.deref(m); n == nil {
				n = m // the call is there, whatever it is
			}
		}
		if l.object(n) {
			list = append(list, methodCall{method, n})
		}
	}
	for _, n := range item {
		for _, m := range n.members {
			switch m.key {
			case "get", "put", "post", "delete", "options", "head", "patch", "trace", "query":
				add(strings.ToUpper(m.key), m)
			case "additionalOperations": // 3.2: any other method
				for _, other := range l.fields(m) {
					if isToken(other.key) {
						add(other.key, other)
					} else {
						l.warnf(other.keyPos(), "method-invalid", "%q cannot be a method of HTTP; its operation is left out", other.key)
					}
				}
			}
		}
	}
	return list
}

// isToken reports whether a word can be a method of HTTP.
func isToken(word string) bool {
	return word != "" && strings.IndexFunc(word, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", r))
	}) < 0
}

// operation reads an operation, or its variants.
func (l *loader) operation(at site, n *node) {
	if have := l.operations[n]; have != nil && have.Method == at.method && have.Path == at.path {
		return // of two documents that share it
	}
	if !l.selected(at, n) {
		return
	}
	x := l.extension(n, l.vocab.operation)
	variants := x.get("variants").entries()
	if len(variants) == 0 {
		op := l.call(at, n, x, nil)
		l.identify(op, n.get("operationId"))
		op.Body = l.body(l.requestBody(at, n))
		l.addOperation(op)
		return
	}
	for _, v := range variants {
		op := l.call(at, n, x, v)
		l.identify(op, v.get("operationId"))
		op.Variant = true
		op.Body = l.variantBody(l.requestBody(at, n), v.get("request"))
		l.addOperation(op)
	}
}

func (l *loader) addOperation(op *model.Operation) {
	l.api.Operations = append(l.api.Operations, op)
	l.all = append(l.all, op)
}

// call reads everything of an operation but its body. A variant, where there is one, comes first.
func (l *loader) call(at site, n, x, v *node) *model.Operation {
	outer := l.source(x.get("source"))
	op := &model.Operation{
		Pos: n.pos(), Method: at.method, Path: at.path, Doc: l.operationDoc(n, at.item),
	}
	op.Source = outer
	if v != nil {
		op.Pos = v.pos()
		op.Source = inherit(l.source(v.get("source")), outer)
		op.Deprecated = op.Deprecated || v.flag("deprecated")
		if v.get("summary") != nil || v.get("description") != nil {
			op.Summary, op.Text = v.str("summary"), v.str("description")
		}
	}
	says := func(name string) *node { // x-pantograph of the variant, then of the operation
		if m := v.get(name); m != nil {
			return m
		}
		return x.get(name)
	}
	op.Verb = says("method").scalar()
	if v != nil {
		op.Verb = v.str("method") // variants never share a verb
	}
	if m := says("idempotent"); m != nil {
		idempotent := m.text == "true"
		op.Idempotent = &idempotent
	}
	if m := says("rateLimit"); m != nil {
		op.RateLimit = &model.RateLimit{Window: m.str("window")}
		op.RateLimit.PerUser, _ = m.get("perUser").integer()
		op.RateLimit.Total, _ = m.get("total").integer()
	}
	op.Parameters = l.templated(op, l.mergeParameters(op.Source, outer, n.get("parameters"), append(at.item.parameters(), n.get("parameters"), v.get("parameters"))...), at.template)
	if v.get("responses") != nil {
		op.Responses = l.responses(v.get("responses"))
	} else {
		op.Responses = l.responses(n.get("responses"))
	}
	l.operationResource(op, n, says("resource"))
	if servers := n.get("servers"); servers != nil {
		op.Servers = l.servers(servers)
	} else {
		op.Servers = l.servers(at.item.get("servers"))
	}
	if at.server != nil && len(op.Servers) == 0 {
		op.Servers = []*model.Server{at.server}
	}
	op.Callbacks = l.callbacks(n.get("callbacks"))
	op.Validations = l.validations(n.get(validations), outer)
	if own := n.get("security"); own != nil && !own.is(kindNull) {
		l.security(own, &op.Security)
	} else if shared := at.root.get("security"); shared != nil && len(l.list(shared)) > 0 {
		l.security(shared, &op.Security)
	}
	if m := says("result"); m != nil {
		op.Result = m.text
		l.checks = append(l.checks, func() { l.checkResult(op, m) })
	}
	if m := says("errors"); m != nil {
		for _, code := range m.entries() {
			op.Errors = append(op.Errors, code.text)
		}
		l.checks = append(l.checks, func() { l.checkErrors(m) })
	}
	if m := says("pagination"); m != nil {
		op.Pagination = l.pagination(m)
		l.checks = append(l.checks, func() { l.checkPagination(op, m) })
	}
	if m := says("batch"); m != nil {
		op.Batch = readBatch(m)
		l.checks = append(l.checks, func() { l.checkBatch(op, m) })
	}
	if m := says("change"); m != nil {
		op.Change = readChange(m)
		l.checks = append(l.checks, func() { l.checkChange(op, m) })
	}
	if m := says("simulate"); m != nil {
		op.Simulate = l.simulatedAct(m)
		l.checks = append(l.checks, func() { l.checkSimulatedAct(op, m) })
	}
	if m := says("link"); m != nil {
		op.Link = &model.LinkCall{Pos: m.pos(), Method: m.str("method")}
		l.checks = append(l.checks, func() { l.checkLink(op, m) })
	}
	if m := says("single"); m != nil {
		op.Single = &model.Single{Pos: m.pos(), Method: m.str("method")}
	}
	if m := says("session"); m != nil {
		op.Session = readSession(m)
		l.checks = append(l.checks, func() { l.checkSession(op, m) })
	}
	if l.operations[n] == nil {
		l.operations[n] = op
	}
	return op
}

// operationDoc is what an operation says about itself, or else its path item.
func (l *loader) operationDoc(n *node, item pathItem) model.Doc {
	doc := l.doc(n)
	if doc.Summary == "" && item.get("summary") != nil {
		doc.Summary = l.text(item.get("summary"))
	}
	if doc.Text == "" && item.get("description") != nil {
		doc.Text = l.text(item.get("description"))
	}
	return doc
}

// operationResource finds the resource of an operation: the declared one, else the first tag, else the path.
func (l *loader) operationResource(op *model.Operation, n, declared *node) {
	if declared != nil {
		op.Resource = declared.text
		l.checks = append(l.checks, func() { l.checkResource(declared) })
		return
	}
	r := &model.Resource{Pos: op.Pos, Name: resourceOfPath(op.Path)}
	if tags := l.tagsOf(n); len(tags) > 0 {
		tag := tags[0]
		if known := l.tagged[tag]; known != nil {
			r = known
		} else if tag != "" {
			r.Name = tag
		}
	}
	op.Resource = r.Name
	l.checks = append(l.checks, func() { // after all declared ones
		l.resource(r)
	})
}

// resourceOfPath is the first fixed segment of a path that is not a version: "groups" of
// /v1/{project_id}/groups/{id}.
func resourceOfPath(path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		if segment != "" && !strings.Contains(segment, "{") && segment != "api" && !isVersion(segment) {
			return segment
		}
	}
	return "default"
}

// isVersion reports whether a segment is a version: v1, v2.0, v1-beta2.
func isVersion(segment string) bool {
	rest, ok := strings.CutPrefix(segment, "v")
	if !ok || rest == "" || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	rest = strings.TrimLeft(rest, "0123456789")
	for rest != "" {
		part := strings.TrimLeft(rest[1:], "0123456789abcdefghijklmnopqrstuvwxyz")
		if !strings.ContainsRune("._-", rune(rest[0])) || len(part) == len(rest)-1 {
			return false
		}
		rest = part
	}
	return true
}

// pagination reads how a list is cut into pages.
func (l *loader) pagination(m *node) *model.Pagination {
	p := &model.Pagination{
		Pos: m.pos(), Kind: model.PaginationKind(m.str("kind")), Cursor: m.str("cursor"), Limit: m.str("limit"), Items: m.str("items"),
		Total: m.str("total"), Next: m.str("next"), ItemMarker: m.str("itemMarker"),
	}
	if p.NextItem = l.selector(m.get("next")); p.NextItem != nil {
		p.Next = ""
	}
	p.First, _ = m.get("first").integer()
	if p.Kind == model.PageNumber && m.get("first") == nil {
		p.First = 1
	}
	return p
}
