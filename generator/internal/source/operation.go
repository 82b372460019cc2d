package source

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// site is where an operation stands: what the document and the path item say of it.
type site struct {
	root *node // of its document
	item *node // the path item, resolved
	path string

	method string
}

// path reads the operations of a path item.
func (l *loader) path(f *file, m *node) {
	item := l.deref(m)
	if !l.object(item) {
		return
	}
	if !strings.HasPrefix(m.key, "/") {
		l.errorf(m.keyPos(), "path-invalid", "the path %q does not begin with a slash", m.key)
		return
	}
	if previous := l.templates[normalTemplate(m.key)]; previous != nil {
		l.warnf(m.keyPos(), "path-repeated", "the path %q is the same as %q at %s", m.key, previous.key, previous.keyPos())
		l.related(previous.keyPos())
	} else {
		l.templates[normalTemplate(m.key)] = m
	}
	l.noExtension(item, "a path item")
	for _, c := range l.calls(item) {
		l.operation(site{root: f.root, item: item, path: m.key, method: c.method}, c.node)
	}
}

// methodCall is an operation of a path item and its method.
type methodCall struct {
	method string
	node   *node
}

// calls lists the operations of a path item, in document order.
func (l *loader) calls(item *node) []methodCall {
	var list []methodCall
	add := func(method string, m *node) {
		// A reference here is not OpenAPI, but some documents of many files have it.
		if n := l.deref(m); n != nil && l.object(n) {
			list = append(list, methodCall{method, n})
		}
	}
	for _, m := range item.members {
		switch m.key {
		case "get", "put", "post", "delete", "options", "head", "patch", "trace", "query":
			add(strings.ToUpper(m.key), m)
		case "additionalOperations": // 3.2: any other method
			for _, other := range l.fields(m) {
				add(other.key, other)
			}
		}
	}
	return list
}

// operation reads an operation, or its variants.
func (l *loader) operation(at site, n *node) {
	x := l.extension(n, l.vocab.operation)
	l.operationID(n.get("operationId"))
	variants := x.get("variants").entries()
	if len(variants) == 0 {
		op := l.call(at, n, x, nil)
		op.Body = l.body(n.get("requestBody"))
		l.api.Operations = append(l.api.Operations, op)
		return
	}
	for _, v := range variants {
		l.operationID(v.get("operationId"))
		op := l.call(at, n, x, v)
		op.Variant = true
		op.Body = l.variantBody(n.get("requestBody"), v.get("request"))
		l.api.Operations = append(l.api.Operations, op)
	}
}

// operationID keeps the ids unique: they are the names by which operations are told apart.
func (l *loader) operationID(id *node) {
	if id == nil || l.text(id) == "" {
		return
	}
	if first := l.ids[id.text]; first != nil {
		l.errorf(id.pos(), "operation-id-repeated", "the operationId %q is already that of the operation at %s", id.text, first.pos())
		l.hint("operationIds are unique over all documents of an API")
		l.related(first.pos())
		return
	}
	l.ids[id.text] = id
}

// call reads everything of an operation but its body. A variant, where there is one, comes first.
func (l *loader) call(at site, n, x, v *node) *model.Operation {
	outer := readSource(x.get("source"))
	op := &model.Operation{
		Pos: n.pos(), Method: at.method, Path: at.path, ID: n.str("operationId"),
		Doc: model.Doc{
			Summary: cmp.Or(n.str("summary"), at.item.str("summary")), Text: cmp.Or(n.str("description"), at.item.str("description")),
			Deprecated: n.flag("deprecated"), Source: outer,
		},
	}
	if v != nil {
		op.Pos, op.ID = v.pos(), v.str("operationId")
		op.Source = inherit(readSource(v.get("source")), outer)
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
	op.Parameters = l.templated(op, l.mergeParameters(op.Source, outer, at.item.get("parameters"), n.get("parameters"), v.get("parameters")))
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
	op.Callbacks = l.callbacks(n.get("callbacks"))
	if own := n.get("security"); own != nil {
		if op.Security = l.security(own); op.Security == nil {
			op.Security = []model.SecurityRequirement{} // none is wanted, which is not the same as none is stated
		}
	} else {
		op.Security = l.security(at.root.get("security"))
	}
	if m := says("result"); m != nil {
		op.Result = m.text
		l.checks = append(l.checks, func() { l.checkResult(op, m) })
	}
	if m := says("pagination"); m != nil {
		op.Pagination = l.pagination(m)
		l.checks = append(l.checks, func() { l.checkPagination(op, m) })
	}
	if op.ID == "" {
		l.derived = append(l.derived, op)
	}
	if l.operations[n] == nil {
		l.operations[n] = op
	}
	return op
}

// operationResource finds the resource of an operation: the declared one, else the first tag, else the path.
func (l *loader) operationResource(op *model.Operation, n, declared *node) {
	if declared != nil {
		op.Resource = declared.text
		l.checks = append(l.checks, func() { l.checkResource(declared) })
		return
	}
	r := &model.Resource{Pos: op.Pos, Name: resourceOfPath(op.Path)}
	if tags := l.list(n.get("tags")); len(tags) > 0 {
		tag := tags[0].scalar()
		if known := l.tagged[tag]; known != nil {
			r = known
		} else if tag != "" {
			r.Name = tag
		}
	}
	op.Resource = r.Name
	l.checks = append(l.checks, func() { // after all declared ones
		if l.findResource(r.Name) == nil {
			l.api.Resources = append(l.api.Resources, r)
		}
	})
}

// resourceOfPath is the first fixed segment of a path that is not a version: "groups" of
// /v1/{project_id}/groups/{id}.
func resourceOfPath(path string) string {
	version := regexp.MustCompile(`^(api|v[0-9]+([._-][0-9a-z]+)*)$`)
	for segment := range strings.SplitSeq(path, "/") {
		if segment != "" && !strings.Contains(segment, "{") && !version.MatchString(segment) {
			return segment
		}
	}
	return "default"
}

// pagination reads how a list is cut into pages.
func (l *loader) pagination(m *node) *model.Pagination {
	p := &model.Pagination{
		Pos: m.pos(), Kind: model.PaginationKind(m.str("kind")), Cursor: m.str("cursor"), Limit: m.str("limit"), Items: m.str("items"),
		Total: m.str("total"), Next: m.str("next"), ItemMarker: m.str("itemMarker"),
	}
	p.First, _ = m.get("first").integer()
	if p.Kind == model.PageNumber && m.get("first") == nil {
		p.First = 1
	}
	return p
}

// nameDerived gives operations without an id one made of method and path: getV1GroupsByGroupId. Where
// that is not unique, all that share it take method and path as they are, so that no order decides.
func (l *loader) nameDerived() {
	count := map[string]int{}
	for id := range l.ids {
		count[id]++
	}
	for _, op := range l.derived {
		op.ID = derivedID(op)
		count[op.ID]++
	}
	for _, op := range l.derived {
		if count[op.ID] > 1 {
			op.ID = op.Method + " " + op.Path
		}
	}
}

func derivedID(op *model.Operation) string {
	var b strings.Builder
	b.WriteString(strings.ToLower(op.Method))
	for segment := range strings.SplitSeq(op.Path, "/") {
		if strings.HasPrefix(segment, "{") {
			b.WriteString("By")
		}
		words := strings.FieldsFunc(segment, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		})
		for _, w := range words {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
	}
	return b.String()
}
