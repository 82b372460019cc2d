package source

import (
	"regexp"
	"slices"

	"github.com/pantograph-go/pantograph/generator/model"
)

// mergeParameters merges the parameters of the path item, the operation and the variant; of two with the
// same name and place the latter counts. All inherit the source; those of the operation alone give it to their schemas.
func (l *loader) mergeParameters(src, alone *model.Source, item, own, variant *node) []*model.Parameter {
	var merged []*model.Parameter
	for _, list := range []*node{item, own, variant} {
		var here []*model.Parameter
		for _, m := range l.list(list) {
			inherited := alone
			if list != own {
				inherited = nil // several operations share it
			}
			p := l.parameter(m, src, inherited)
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
	return merged
}

// templated puts path parameters first, in the order of the template, and makes those that are not declared.
func (l *loader) templated(op *model.Operation, merged []*model.Parameter) []*model.Parameter {
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
		l.warnf(n.pos(), "schema-missing", "%q says nothing of its type; it is taken for a string", p.Name)
		p.Schema = &model.Schema{Pos: n.pos(), Types: []model.Type{model.TypeString}}
	default:
		p.Schema = l.use(n.get("schema"), src)
	}
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
