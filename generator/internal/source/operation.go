package source

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
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
	at := site{root: f.root, item: item, path: m.key}
	for _, op := range item.members {
		if slices.Contains([]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}, op.key) {
			at.method = strings.ToUpper(op.key)
			// A reference here is not OpenAPI, but some documents of many files have it.
			if n := l.deref(op); n != nil && l.object(n) {
				l.operation(at, n)
			}
		}
	}
}

// operation reads an operation, or its variants.
func (l *loader) operation(at site, n *node) {
	x := l.extension(n, l.vocab.operation)
	l.operationID(n.get("operationId"))
	if cb := n.get("callbacks"); cb != nil {
		l.notef(cb.keyPos(), "callbacks-not-read", "callbacks are calls that the server makes; a client has none")
	}
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
	op.Parameters = l.parameters(at, op, outer, n.get("parameters"), v.get("parameters"))
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
	if own := n.get("security"); own != nil {
		op.Security = l.security(own)
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

// templateNames lists the parameters of a path template, in its order.
func templateNames(path string) []string {
	var names []string
	for _, m := range regexp.MustCompile(`\{([^{}]*)\}`).FindAllStringSubmatch(path, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// normalTemplate is a path with its parameters made nameless: two paths that differ in nothing else
// are the same.
func normalTemplate(path string) string {
	return regexp.MustCompile(`\{[^{}]*\}`).ReplaceAllString(path, "{}")
}

// parameters merges the parameters of the path item, the operation and the variant; of two with the
// same name and place the latter counts. Path parameters come first, in the order of the template.
func (l *loader) parameters(at site, op *model.Operation, outer *model.Source, own, variant *node) []*model.Parameter {
	var merged []*model.Parameter
	for _, list := range []*node{at.item.get("parameters"), own, variant} {
		var here []*model.Parameter
		for _, m := range l.list(list) {
			inherited := outer
			if list != own {
				inherited = nil // several operations share it
			}
			p := l.parameter(m, op.Source, inherited)
			if p == nil {
				continue
			}
			same := func(q *model.Parameter) bool { return q.In == p.In && q.Name == p.Name }
			if slices.ContainsFunc(here, same) {
				l.warnf(m.pos(), "parameter-repeated", "the %s parameter %q is listed twice", p.In, p.Name)
				continue
			}
			here = append(here, p)
			if i := slices.IndexFunc(merged, same); i >= 0 {
				merged[i] = p
			} else {
				merged = append(merged, p)
			}
		}
	}
	var ordered []*model.Parameter
	for _, name := range templateNames(op.Path) {
		i := slices.IndexFunc(merged, func(p *model.Parameter) bool { return p.In == model.InPath && p.Name == name })
		if i >= 0 {
			ordered = append(ordered, merged[i])
			continue
		}
		l.warnf(op.Pos, "path-parameter-undeclared", "the path parameter %q of %s is not declared; it is taken for a string", name, op.Path)
		l.hint("add it to the parameters: {name: %s, in: path, required: true, schema: {type: string}}", name)
		ordered = append(ordered, &model.Parameter{
			Pos: op.Pos, Name: name, In: model.InPath, Required: true, Style: "simple",
			Schema: &model.Schema{Pos: op.Pos, Types: []model.Type{model.TypeString}},
		})
	}
	for _, p := range merged {
		if p.In != model.InPath {
			ordered = append(ordered, p)
		} else if !slices.Contains(ordered, p) {
			l.warnf(p.Pos, "path-parameter-unused", "the path %s has no parameter %q", op.Path, p.Name)
			l.related(op.Pos)
		}
	}
	return ordered
}

// parameter reads a parameter; nil when it is unusable. It inherits the source of its operation, and its
// schema that of the operation to which it belongs alone.
func (l *loader) parameter(m *node, outer, alone *model.Source) *model.Parameter {
	n := l.deref(m)
	if n == nil || !l.object(n) {
		return nil
	}
	p := &model.Parameter{Name: n.str("name"), In: model.In(n.str("in"))}
	if p.Name == "" {
		l.errorf(n.pos(), "parameter-invalid", "a parameter needs a name")
		return nil
	}
	switch p.In {
	case model.InPath:
		p.Style = "simple"
		if !n.flag("required") {
			l.warnf(n.pos(), "path-parameter-optional", "the path parameter %q must be required; it is taken to be", p.Name)
			l.hint("add required: true")
		}
	case model.InHeader:
		p.Style = "simple"
	case model.InQuery, model.InCookie:
		p.Style = "form"
	default:
		l.errorf(n.pos(), "parameter-invalid", "the parameter %q stands in %q, which is no place", p.Name, string(p.In))
		l.hint("the places are path, query, header and cookie")
		return nil
	}
	x := l.extension(n, l.vocab.parameter)
	p.PinnedName = x.str("name")
	own := readSource(x.get("source"))
	if m != n {
		alone = nil
	}
	l.fillParameter(p, n, rowed(inherit(own, within(alone, p.Name)), p.Name))
	p.Source = rowed(inherit(own, within(outer, p.Name)), p.Name)
	p.Required = p.In == model.InPath || n.flag("required")
	if m != n && m.get("description") != nil { // 3.1: a reference may describe the use
		p.Text = m.str("description")
	}
	return p
}

// fillParameter reads what parameters and headers share; their schema inherits the source.
func (l *loader) fillParameter(p *model.Parameter, n *node, src *model.Source) {
	p.Pos = n.pos()
	p.Doc = model.Doc{Summary: n.str("summary"), Text: n.str("description"), Deprecated: n.flag("deprecated"), Source: src}
	if style := n.str("style"); style != "" {
		p.Style = style
	}
	p.Explode = p.Style == "form"
	if e := n.get("explode"); e != nil {
		p.Explode = l.flagOf(e)
	}
	p.AllowReserved = n.flag("allowReserved")
	switch content := l.fields(n.get("content")); {
	case len(content) > 0:
		p.Content = l.mediaType(content[0], src)
	case n.get("schema") == nil:
		l.warnf(n.pos(), "schema-missing", "%s says nothing of its type; it is taken for a string", fmt.Sprintf("%q", p.Name))
		p.Schema = &model.Schema{Pos: n.pos(), Types: []model.Type{model.TypeString}}
	default:
		p.Schema = l.use(n.get("schema"), src)
	}
}
