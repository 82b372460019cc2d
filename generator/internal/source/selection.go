package source

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Selection says which operations are read. Each entry is a kind and a pattern: "tag:pets", "path:/v1/**",
// "operation:list*". In a pattern, * stands for anything, in paths for anything within a segment, and ** for anything.
type Selection struct {
	Include []string // only what one of them matches; none: everything
	Exclude []string // but nothing that one of these matches
}

// selector is the selection at work.
type selector struct {
	include, exclude []*pattern
	leftOut          []*model.LeftOut
	skipped          map[*model.Operation]bool
	seen             map[string][]string // names by kind, for hints
}

// pattern is one entry of a selection.
type pattern struct {
	text string
	kind string
	glob *regexp.Regexp
	used bool
}

// newSelector parses a selection.
func (l *loader) newSelector(s Selection) *selector {
	return &selector{
		include: l.patterns(s.Include), exclude: l.patterns(s.Exclude),
		skipped: map[*model.Operation]bool{}, seen: map[string][]string{},
	}
}

func (l *loader) patterns(list []string) []*pattern {
	var patterns []*pattern
	for _, text := range list {
		kind, glob, ok := strings.Cut(text, ":")
		if !ok || glob == "" || kind != "tag" && kind != "path" && kind != "operation" {
			l.errorf(model.Pos{}, "selection-invalid", "%q selects nothing", text)
			l.hint("write tag:NAME, path:/PATH or operation:ID; * stands for anything, and ** in a path for any number of segments")
			continue
		}
		patterns = append(patterns, &pattern{text: text, kind: kind, glob: globbed(glob, kind == "path")})
	}
	return patterns
}

// globbed makes an expression of a pattern.
func globbed(pattern string, path bool) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`^`)
	for len(pattern) > 0 {
		i := strings.IndexByte(pattern, '*')
		if i < 0 {
			i = len(pattern)
		}
		b.WriteString(regexp.QuoteMeta(pattern[:i]))
		switch pattern = pattern[i:]; {
		case strings.HasPrefix(pattern, "**"):
			b.WriteString(`(?s:.*)`)
			pattern = pattern[2:]
		case pattern != "" && path:
			b.WriteString(`[^/]*`)
			pattern = pattern[1:]
		case pattern != "":
			b.WriteString(`(?s:.*)`)
			pattern = pattern[1:]
		}
	}
	b.WriteString(`$`)
	return regexp.MustCompile(b.String())
}

// active reports whether anything is selected at all.
func (s *selector) active() bool { return len(s.include)+len(s.exclude) > 0 }

// reason says why something is left out; it is empty when it is not.
func (s *selector) reason(names map[string][]string) string {
	for kind, list := range names {
		s.seen[kind] = append(s.seen[kind], list...)
	}
	matches := func(p *pattern) bool {
		ok := slices.ContainsFunc(names[p.kind], p.glob.MatchString)
		p.used = p.used || ok
		return ok
	}
	reason, included := "", len(s.include) == 0
	for _, p := range s.include { // all: each is to know whether it is of use
		included = matches(p) || included
	}
	for _, p := range s.exclude {
		if matches(p) && reason == "" {
			reason = "excluded by " + p.text
		}
	}
	if reason == "" && !included {
		return "not included"
	}
	return reason
}

// selected reports whether an operation is to be read. One that is not still counts where ids must differ, so that names do
// not depend on the selection.
func (l *loader) selected(at site, n *node) bool {
	if !l.selection.active() {
		return true
	}
	op := &model.Operation{Pos: n.pos(), Method: at.method, Path: at.path}
	id := n.get("operationId")
	op.ID = l.str(n, "operationId")
	ids := []string{op.ID}
	if op.ID == "" {
		ids = []string{derivedID(op)}
	}
	for _, v := range n.at(extension, "variants").entries() {
		ids = append(ids, v.str("operationId"))
	}
	reason := l.selection.reason(map[string][]string{"tag": l.tagsOf(n), "path": {at.path}, "operation": ids})
	if reason == "" {
		return true
	}
	l.identify(op, id)
	l.operations[n] = op
	l.all = append(l.all, op)
	l.selection.skipped[op] = true
	l.selection.leftOut = append(l.selection.leftOut, &model.LeftOut{Pos: op.Pos, Method: op.Method, Path: op.Path, Why: reason})
	return false
}

// hookSelected reports whether a webhook is to be read; it has no path.
func (l *loader) hookSelected(name string, c methodCall) bool {
	if !l.selection.active() {
		return true
	}
	reason := l.selection.reason(map[string][]string{"tag": l.tagsOf(c.node), "operation": {l.str(c.node, "operationId")}})
	if reason != "" {
		l.selection.leftOut = append(l.selection.leftOut, &model.LeftOut{Pos: c.node.pos(), Method: c.method, Webhook: name, Why: reason})
	}
	return reason == ""
}

func (l *loader) tagsOf(n *node) []string {
	var tags []string
	for _, t := range l.list(n.get("tags")) {
		tags = append(tags, l.text(t))
	}
	return tags
}

// prune leaves out the schemas to which no selected operation refers, and reports what came of the selection.
func (l *loader) prune() {
	s := l.selection
	if !s.active() {
		return
	}
	for _, p := range slices.Concat(s.include, s.exclude) {
		if !p.used {
			l.errorf(model.Pos{}, "selection-no-match", "%q matches no operation", p.text)
			_, name, _ := strings.Cut(p.text, ":")
			if near := diag.Nearest(name, s.seen[p.kind]); near != "" {
				l.hint("did you mean %s:%s?", p.kind, near)
			}
		}
	}
	reached := l.reached()
	selection := &model.Selection{LeftOut: s.leftOut}
	var kept []*model.Schema
	for _, schema := range l.api.Schemas {
		if reached[schema] {
			kept = append(kept, schema)
			selection.Schemas = append(selection.Schemas, schema.ID())
		}
	}
	l.notef(l.specs[0].root.pos(), "selection", "%d of %d operations are selected; they refer to %d of %d schemas",
		len(l.api.Operations), len(l.all), len(kept), len(l.api.Schemas))
	l.api.Schemas, l.api.Selection = kept, selection
}

// reached are the schemas to which the operations and webhooks of the API refer, in any way.
func (l *loader) reached() map[*model.Schema]bool {
	derived := map[*model.Schema][]*model.Schema{} // what is all of a schema with a discriminator is one of its cases
	for _, s := range l.schemas {
		for _, part := range s.AllOf {
			if base := part.Target(); base.Discriminator != nil {
				derived[base] = append(derived[base], s)
			}
		}
	}
	reached := map[*model.Schema]bool{}
	walk{
		next: func(s *model.Schema) []*model.Schema {
			next := append(s.Children(), derived[s]...)
			if s.Discriminator != nil {
				for _, c := range s.Discriminator.Mapping {
					next = append(next, c.Schema)
				}
			}
			return next
		},
		enter: func(s *model.Schema) { reached[s] = true },
		leave: func(*model.Schema) {},
	}.from(l.used())
	return reached
}

// used are the schemas that operations and webhooks name themselves.
func (l *loader) used() []*model.Schema {
	var list []*model.Schema
	add := func(s *model.Schema) {
		if s != nil {
			list = append(list, s)
		}
	}
	var parameters func(ps []*model.Parameter)
	content := func(types []*model.MediaType) {
		for _, t := range types {
			add(t.Schema)
			add(t.Items)
			for _, e := range t.Encoding {
				parameters(e.Headers)
			}
		}
	}
	parameters = func(ps []*model.Parameter) {
		for _, p := range ps {
			if add(p.Schema); p.Content != nil {
				content([]*model.MediaType{p.Content})
			}
		}
	}
	call := func(ps []*model.Parameter, body *model.Body, responses []*model.Response) {
		if parameters(ps); body != nil {
			content(body.Content)
		}
		for _, r := range responses {
			parameters(r.Headers)
			content(r.Content)
		}
	}
	hooks := l.api.Webhooks
	for _, op := range l.api.Operations {
		call(op.Parameters, op.Body, op.Responses)
		hooks = append(hooks[:len(hooks):len(hooks)], op.Callbacks...)
	}
	for _, h := range hooks {
		call(h.Parameters, h.Body, h.Responses)
	}
	return list
}
