package source

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// mergeParameters merges lists of parameters, those that count more last; of two with the same name and place the
// latter counts. All inherit the source; those of the operation's own list give it to their schemas.
func (l *loader) mergeParameters(src, alone *model.Source, own *node, lists ...*node) []*model.Parameter {
	type key struct {
		in   model.In
		name string
	}
	var merged []*model.Parameter
	place := map[key]int{} // in merged
	for _, list := range lists {
		entries := l.list(list)
		here := make(map[key]bool, len(entries))
		for _, m := range entries {
			inherited := alone
			if list != own {
				inherited = nil // several operations share it
			}
			p := l.parameter(m, src, inherited)
			if p == nil {
				continue
			}
			k := key{p.In, p.Name}
			if here[k] {
				l.warnf(m.pos(), "parameter-repeated", "the %s parameter %q is listed twice", p.In, p.Name)
				continue
			}
			here[k] = true
			if i, have := place[k]; have {
				merged[i] = p
			} else {
				place[k] = len(merged)
				merged = append(merged, p)
			}
		}
	}
	return merged
}

// templated puts path parameters first, in the order of the template, and makes those that are not declared. Those that the
// template calls otherwise keep the names that are declared: styles send them.
func (l *loader) templated(op *model.Operation, merged []*model.Parameter, at template) []*model.Parameter {
	merged = withNamed(merged, at.named)
	op.Query, merged = withFixed(merged, at.fixed)
	names := templateNames(op.Path)
	inTemplate := set(names)
	declared := map[string]*model.Parameter{}
	var ordered, unused []*model.Parameter
	for _, p := range merged {
		switch {
		case p.In != model.InPath:
		case inTemplate(p.Name):
			declared[p.Name] = p
		case len(unused) < maxHops: // more are no mistake
			unused = append(unused, p)
		}
	}
	for _, name := range names {
		if p := declared[name]; p != nil {
			ordered = append(ordered, p)
			continue
		}
		if i := slices.IndexFunc(unused, func(p *model.Parameter) bool { return sameParameter(p.Name, name) }); i >= 0 {
			p := unused[i]
			l.warnf(p.Pos, "path-parameter-name", "the path %s has no parameter %q; it is taken for %q", op.Path, p.Name, name)
			l.related(op.Pos)
			op.Template = strings.ReplaceAll(op.Sent(), "{"+name+"}", "{"+p.Name+"}")
			ordered = append(ordered, p)
			unused = slices.Delete(unused, i, i+1)
			continue
		}
		l.warnf(op.Pos, "path-parameter-undeclared", "the path parameter %q of %s is not declared; it is taken for a string", name, op.Path)
		l.hint("add it to the parameters: {name: %s, in: path, required: true, schema: {type: string}}", name)
		at := op.Pos
		at.Pointer += "/parameters/" + escapePointer(name)
		ordered = append(ordered, &model.Parameter{
			Pos: at, Name: name, In: model.InPath, Required: true, Style: "simple",
			Schema: &model.Schema{Pos: at, Types: []model.Type{model.TypeString}},
		})
	}
	for _, p := range merged {
		if p.In != model.InPath {
			ordered = append(ordered, p)
		}
	}
	for _, p := range unused {
		l.warnf(p.Pos, "path-parameter-unused", "the path %s has no parameter %q", op.Path, p.Name)
		l.related(op.Pos)
	}
	return ordered
}

// withNamed adds the parameters that a query in the path names. What is declared of them counts, in whatever place.
func withNamed(merged, named []*model.Parameter) []*model.Parameter {
	merged = slices.Clone(merged)
	for _, f := range named {
		i := slices.IndexFunc(merged, func(p *model.Parameter) bool {
			return p.Name == f.Name && (p.In == model.InQuery || p.In == model.InPath)
		})
		if i < 0 {
			merged = append(merged, f)
		} else if p := *merged[i]; p.In == model.InPath {
			p.In, p.Style, p.Explode = f.In, f.Style, f.Explode
			merged[i] = &p
		}
	}
	return merged
}

// withFixed returns the query that is sent with each call, and the parameters beside it: one that is declared counts, unless it can
// have no value but that of the path.
func withFixed(merged []*model.Parameter, fixed []string) (query string, rest []*model.Parameter) {
	var sent []string
	for _, pair := range fixed {
		name, value, _ := strings.Cut(pair, "=")
		i := slices.IndexFunc(merged, func(p *model.Parameter) bool { return p.In == model.InQuery && p.Name == unescaped(name) })
		if i >= 0 && !only(merged[i].Schema, unescaped(value)) {
			continue
		}
		if i >= 0 {
			merged = slices.Delete(merged, i, i+1)
		}
		sent = append(sent, pair)
	}
	return strings.Join(sent, "&"), merged
}

// only reports whether a text is all that a schema lets through.
func only(s *model.Schema, text string) bool {
	if s == nil {
		return false
	}
	value := s.Const
	if len(value) == 0 && len(s.Enum) == 1 {
		value = s.Enum[0].Value
	}
	return string(value) == text || string(value) == string(quote(text))
}

// sameParameter reports whether a declared name means one of a template, which may have other letters, or marks of
// another template language: {+name}, {;name*}, {name:regex}.
func sameParameter(declared, template string) bool {
	plain := func(name string) string {
		name, _, _ = strings.Cut(name, ":")
		name, _, _ = strings.Cut(name, "=")
		return strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "", "+", "", "*", "", ";", "", " ", "").Replace(name))
	}
	return plain(declared) != "" && plain(declared) == plain(template) && !strings.ContainsAny(declared, "{}/")
}

// parameter reads a parameter; nil when it is unusable. It inherits the source of its operation, and its
// schema that of the operation to which it belongs alone.
func (l *loader) parameter(m *node, outer, alone *model.Source) *model.Parameter {
	n := l.deref(m)
	if n == nil || !l.object(n) {
		return nil
	}
	p := &model.Parameter{Name: l.str(n, "name"), In: l.place(n)}
	if p.In == "" {
		return nil
	}
	if p.Name == "" {
		l.warnf(n.pos(), "parameter-invalid", "a parameter needs a name; it is left out")
		return nil
	}
	p.Style = "form"
	if p.In == model.InPath || p.In == model.InHeader {
		p.Style = "simple"
	}
	if p.Required = l.flag(n, "required"); p.In == model.InPath && !p.Required {
		l.warnf(n.pos(), "path-parameter-optional", "the path parameter %q must be required; it is taken to be", p.Name)
		l.hint("add required: true")
		p.Required = true
	}
	x := l.extension(n, l.vocab.parameter)
	p.PinnedName = x.str("name")
	own := l.source(x.get("source"))
	if m != n {
		alone = nil
	}
	l.fillParameter(p, n, rowed(inherit(own, within(alone, p.Name)), p.Name))
	p.Source = rowed(inherit(own, within(outer, p.Name)), p.Name)
	if m != n && m.get("description") != nil { // 3.1: a reference may describe the use
		p.Text = l.str(m, "description")
	}
	return p
}

// place reads where a parameter stands; it is empty when it stands nowhere, or in the body, which is read with it.
func (l *loader) place(n *node) model.In {
	stated := l.str(n, "in")
	in := model.In(strings.ToLower(strings.TrimSpace(stated)))
	switch {
	case isBody(n) && !n.doc().two:
		return ""
	case in != model.InPath && in != model.InQuery && in != model.InHeader && in != model.InCookie:
		l.warnf(n.pos(), "parameter-invalid", "the parameter %q stands in %q, which is no place; it is left out", l.str(n, "name"), stated)
		l.hint("the places are path, query, header and cookie")
		return ""
	case string(in) != stated:
		l.warnf(n.get("in").pos(), "parameter-invalid", "the parameter %q stands in %q; it is taken for %s", l.str(n, "name"), stated, in)
	}
	return in
}

// fillParameter reads what parameters and headers share; their schema inherits the source.
func (l *loader) fillParameter(p *model.Parameter, n *node, src *model.Source) {
	p.Pos = n.pos()
	p.Doc = l.doc(n)
	p.Source = src
	p.Style = l.style(n, p)
	p.Explode = p.Style == "form"
	if e := n.get("explode"); e != nil {
		p.Explode = l.flagOf(e)
	}
	p.AllowReserved, p.AllowEmptyValue = l.flag(n, "allowReserved"), l.flag(n, "allowEmptyValue")
	content := l.fields(n.get("content"))
	if len(content) == 0 && n.get("schema") == nil && l.untyped(p, n) {
		return
	}
	if len(content) > 0 {
		if p.Content = l.mediaType(content[0], src); len(content) > 1 {
			l.warnf(content[1].keyPos(), "parameter-content", "the content of %q has several media types; the first is taken", p.Name)
		}
		return
	}
	p.Schema = l.use(n.get("schema"), src)
}

// untyped gives a type to a parameter without one, and reports whether there is none at all. Some documents say
// it as Swagger 2.0 does, beside the name.
func (l *loader) untyped(p *model.Parameter, n *node) bool {
	if n.get("type") != nil || n.get("enum") != nil || n.get("items") != nil {
		l.warnf(n.pos(), "parameter-old", "%q says its type as in Swagger 2.0; it is read as a schema", p.Name)
		lift := &swagger{loader: l, lifted: map[*node]bool{}}
		lift.parameter(n)
		return false
	}
	l.warnf(n.pos(), "schema-missing", "%q says nothing of its type; it is taken for a string", p.Name)
	p.Schema = &model.Schema{Pos: n.pos(), Types: []model.Type{model.TypeString}}
	return true
}

// style reads the style of a parameter, which must be one of its place.
func (l *loader) style(n *node, p *model.Parameter) string {
	m := n.get("style")
	if m == nil {
		return p.Style
	}
	style := l.text(m)
	allowed := map[model.In][]string{
		model.InPath: {"simple", "label", "matrix"}, model.InHeader: {"simple"}, model.InCookie: {"form", "cookie"},
		model.InQuery: {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	}[p.In]
	if !slices.Contains(allowed, style) {
		l.warnf(m.pos(), "style-invalid", "%q is no style of a %s parameter; %s is taken", style, p.In, p.Style)
		l.hint("the styles are %s", strings.Join(allowed, ", "))
		return p.Style
	}
	return style
}

// templateNames lists the parameters of a path template, in its order.
func templateNames(path string) []string {
	var names []string
	eachParameter(path, func(start, end int) { names = append(names, path[start:end]) })
	return distinct(names)
}

// normalTemplate is a path with its parameters made nameless: two paths that differ in nothing else
// are the same.
func normalTemplate(path string) string {
	var b strings.Builder
	last := 0
	eachParameter(path, func(start, end int) {
		b.WriteString(path[last:start])
		last = end
	})
	b.WriteString(path[last:])
	return b.String()
}

// eachParameter visits the names in braces, by where they begin and end.
func eachParameter(path string, visit func(start, end int)) {
	start := -1
	for i := range len(path) {
		switch {
		case path[i] == '{':
			start = i + 1
		case path[i] == '}' && start >= 0:
			visit(start, i)
			start = -1
		}
	}
}
